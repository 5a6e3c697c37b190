"""A county begun by its clerks in an empty folder, in a real browser: no shell after the first two administrators."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait
from typer.testing import CliRunner

from application.settings import Settings
from application.stores.accounts.keeping import accounts_of
from interface.cli.main import app as command
from interface.composition import build
from interface.web.app import create_app
from tests.kit.hands import WAIT, Hand, Phone
from tests.kit.serving import QUICK, served
from tests.unit.ledgers.ledger_books import UNIT, VILLAGE, pairing, write_book

# Its pages are played without a browser in every run.
pytestmark = [pytest.mark.browser, pytest.mark.long]
TOLD, OWN = "bei-hai-7-qiao", "qiu-shan-9-lu"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    for name in ("one", "two"):
        said = ["account", "add", name, "--name", f"管理{name}", "--office", "县联建办", "--first", "--ask"]
        added = CliRunner().invoke(command, [*said, "--data", str(tmp_path / "data")], input=f"{TOLD}\n")
        assert added.exit_code == 0, added.output
    system = build(Settings(folder=tmp_path / "data"))
    app = create_app(system, accounts_of(system, QUICK))
    with served(app) as found:
        yield found
    app.state.uploads.close()
    system.close()


def enter(hand: Hand, username: str, password: str = OWN) -> None:
    """Sign in, whoever was signed in before."""
    hand.browser.get(f"{hand.address}/sign-in")
    hand.browser.delete_all_cookies()
    hand.browser.get(f"{hand.address}/sign-in")
    hand.fill("账号", username)
    hand.fill("密码", password)
    hand.press("登录")
    WebDriverWait(hand.browser, WAIT).until(lambda b: "/sign-in" not in b.current_url)


def enter_first(hand: Hand, username: str) -> None:
    """Sign in with the password that another has told, and set an own one."""
    enter(hand, username, TOLD)
    hand.fill("现在的密码", TOLD)
    hand.fill("新密码", OWN)
    hand.fill("再次输入新密码", OWN)
    hand.press("更改密码")
    hand.sees("密码已更改", "我的工作")


def open_account(hand: Hand, username: str, role: str, office: str = "县联建办", **side: str) -> None:
    enter(hand, "one")
    hand.follow("账号管理")
    hand.follow("开立账号")
    hand.fill("账号", username)
    hand.fill("使用人姓名", f"人{username}")
    hand.fill("显示名", username)
    hand.fill("单位或机构", office)
    hand.fill("角色", role)
    for label, name in side.items():
        hand.fill(label, name)
    hand.fill("首次登录的密码", TOLD)
    hand.press("开立账号")
    hand.sees(f"人{username}")


def test_clerks_begin_a_county(browser: Chrome, address: str, tmp_path: Path) -> None:
    browser.get_log("browser")
    hand = Hand(browser, address)
    for each in ("one", "two"):
        enter_first(hand, each)
    open_account(hand, "ducha", "督查员")
    enter_first(hand, "ducha")
    hand.follow("数据")
    book = write_book(tmp_path / "结对台账.xlsx", {"pairings": [pairing()]})
    browser.find_element(By.CSS_SELECTOR, "form[data-upload] input[type=file]").send_keys(str(book))
    hand.press("上传并预览")
    hand.sees("将登记 1 行")
    hand.press("确认导入")
    hand.sees("已导入")
    open_account(hand, "danwei", "单位填报员", office=UNIT, 所属联建单位=UNIT)
    open_account(hand, "cun", "村级填报员", office=VILLAGE, **{"所属村（社区）": VILLAGE})

    enter_first(hand, "danwei")

    hand.follow("登记活动")
    hand.fill("活动类型", "调研座谈会")
    hand.fill("活动主题", "春耕座谈")
    hand.fill("参加人数", "9")
    hand.press("登记活动")
    hand.sees("春耕座谈", UNIT)

    phone = Phone(browser, address)
    enter_first(phone, "cun")

    phone.follow("确认活动", beside="春耕座谈")
    phone.press("确认活动")
    phone.sees("村（社区）已确认")
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
    # A page that keeps drafts would go on asking a server that is gone.
    browser.get("about:blank")
