"""A year end in a real browser, by its roles: from the draft of a scheme to published grades and printed notices."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from application.settings import Settings
from application.system import System
from application.verbs import VERBS
from domain.kernel.ids import SeededIds
from domain.registry.events import EntryKind
from interface.composition import build
from interface.demo.accounts import VILLAGE, open_demo_accounts
from interface.ledgers.importing import import_folder
from projections.boards.registry.names import names_on
from projections.measuring.facts_behind import facts_behind
from projections.measuring.measuring import NOW
from projections.scores.scores import scores_csv
from tests.kit.browser import sign_in, widen
from tests.kit.demo_ids import BRANCH, PAIRING
from tests.kit.played import Calendar
from tests.kit.serving import app_of, served
from tests.kit.yearend import runs_of

# Over HTTP the same path is walked in tests/pages/test_year_end_pages.py, every time.
pytestmark = [pytest.mark.browser, pytest.mark.long]
GOLDEN = Path(__file__).parents[1] / "golden" / "scores" / "county-2025.csv"
NUMBER = "2025-1"
PARTY_DAYS = 'title = { zh = "主题党日", en = "Themed Party day" }\nmax = 12\n'
EVIDENCE = 'evidence = { demand = "on_request", text = { zh = "活动记录", en = "Minutes" } }\n'


class Desk:
    """Somebody at the pages."""

    def __init__(self, browser: Chrome, address: str) -> None:
        self.browser, self.address = browser, address

    def sit(self, username: str, path: str) -> None:
        """Sign in and go to a page."""
        sign_in(self.browser, self.address, username)
        self.go(path)

    def go(self, path: str) -> None:
        self.browser.get(self.address + path)
        severe = [each for each in self.browser.get_log("browser") if each["level"] == "SEVERE"]
        assert severe == [], path

    def form(self, action: str) -> WebElement:
        exact = self.browser.find_elements(By.CSS_SELECTOR, f"main form[action='{action}']")
        return (
            exact[0]
            if exact
            else self.browser.find_element(By.CSS_SELECTOR, f"main form[action^='{action}']")
        )

    def send(self, action: str, then: str, **values: str) -> None:
        """Fill in the form with this action, send it, and wait until the next page says ``then``."""
        form = self.form(action)
        for name, value in values.items():
            field = form.find_element(By.NAME, name.replace("__", "."))
            if field.tag_name == "select":
                Select(field).select_by_value(value)
            elif field.get_attribute("type") == "date":
                self.browser.execute_script("arguments[0].value = arguments[1]", field, value)
            elif field.get_attribute("type") == "checkbox":
                self.browser.execute_script("arguments[0].click()", field)
            else:
                field.clear()
                field.send_keys(value)
        button = form.find_elements(By.CSS_SELECTOR, "button")[0]
        self.browser.execute_script("arguments[0].click()", button)
        verb = VERBS.get(action.rpartition("/")[2].replace("-", "_"))
        if verb is not None and verb.irreversible:
            confirm = "button[name='confirmed'][value='yes']"
            wait = WebDriverWait(self.browser, 20)
            asked = wait.until(lambda b: b.find_element(By.CSS_SELECTOR, confirm))
            self.browser.execute_script("arguments[0].click()", asked)
        self.wait_for(then)

    def wait_for(self, words: str) -> None:
        wait = WebDriverWait(self.browser, 20, ignored_exceptions=[StaleElementReferenceException])
        wait.until(
            lambda b: words in b.find_element(By.TAG_NAME, "main").text,
            f"no {words!r} in {self.main()[:2000]}",
        )

    def main(self) -> str:
        return str(self.browser.find_element(By.TAG_NAME, "main").text)

    def printed(self) -> bytes:
        """The page as the browser prints it to PDF."""
        return base64.b64decode(self.browser.print_page())


@dataclass(frozen=True)
class Office:
    """A county that has opened its log and done nothing else, and its pages."""

    system: System
    calendar: Calendar
    app: FastAPI
    address: str


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A county that has opened its log and done nothing else."""
    calendar = Calendar(date(2026, 1, 9))
    system = build(Settings(folder=tmp_path_factory.mktemp("year-end")), calendar, ids=SeededIds("demo"))
    app = app_of(system)
    with served(app) as address:
        yield Office(system, calendar, app, address)
    system.close()


def test_a_year_end_by_its_roles(browser: Chrome, office: Office) -> None:
    system, calendar, address = office.system, office.calendar, office.address
    widen(browser, 1280)
    desk = Desk(browser, address)

    # The scheme: drafted by an assessor, approved by somebody else who is named, published.
    desk.sit("kaohe", "/schemes/start?year=2025&start=2025")
    assert "格式无误" in desk.main()
    editor = browser.find_element(By.NAME, "text")
    text = str(editor.get_attribute("value"))
    assert text.count(PARTY_DAYS) == 1
    browser.execute_script(
        "arguments[0].value = arguments[1]", editor, text.replace(PARTY_DAYS, PARTY_DAYS + EVIDENCE)
    )
    desk.send("/schemes/2025/draft-scheme", "第 1 稿", because="主题党日抽查时须能提供活动记录")
    assert "活动记录" in desk.main()
    desk.sit("lingdao", "/schemes/2025/draft")
    desk.send("/schemes/2025/approve-scheme", "已审批", approver="领导小组组长")
    desk.sit("kaohe", "/schemes/2025/draft")
    desk.send("/schemes/2025/publish-scheme", "适用全年")

    # The year's ledgers come in, with what was reported late until the beginning of April.
    calendar.turn_to(date(2026, 4, 6))
    with as_file(files("interface.demo").joinpath("ledgers")) as ledgers:
        result = import_folder(system, ledgers, actor="demo", office="县联建办")
    assert (result.accepted, result.refused) == (5256, [])
    # Only now are there a unit and a village whose clerks can have accounts.
    open_demo_accounts(system, office.app.state.accounts)

    # The unit scores itself, one line otherwise than computed.
    desk.sit("danwei", f"/self-scores/{PAIRING}")
    for code, points, note in (("A3", "11", "五月的活动漏登"), ("B1", "8", "")):
        row = browser.find_element(By.ID, code)
        row.find_element(By.CSS_SELECTOR, "input[name$='.points_hundredths']").send_keys(points)
        row.find_element(By.CSS_SELECTOR, "input[name$='.note']").send_keys(note)
    desk.send("/score-sheets/", "已自评 2 项")
    desk.sit("kaohe", f"/verification/{PAIRING}")
    assert "11.00" in browser.find_element(By.ID, "A3").text
    row = browser.find_element(By.ID, "A3")
    row.find_element(By.CSS_SELECTOR, "input[name$='.because']").send_keys("五月没有主题党日的记录")
    browser.execute_script("arguments[0].click()", row.find_element(By.CSS_SELECTOR, "input[type=checkbox]"))
    desk.send("/score-sheets/", "五月没有主题党日的记录")

    # One looks at the evidence of an activity, another looks again.
    with system.reading() as connection:
        used, _ = facts_behind(connection, system.scoring.scheme(connection, 2025, NOW), "A3", PAIRING)
    item = used[0].position
    for username, again in (("kaohe", False), ("fukao", True)):
        desk.sit(username, f"/evidence?year=2025&item={item}")
        form = desk.form("/evidence-items/review-evidence")
        browser.execute_script("arguments[0].click()", form.find_element(By.NAME, "key"))
        Select(form.find_element(By.NAME, "verdict")).select_by_value("accepted")
        buttons = form.find_elements(By.TAG_NAME, "button")
        browser.execute_script("arguments[0].click()", buttons[again])
        desk.go(f"/evidence?year=2025&item={item}")
        desk.wait_for("复审：认可" if again else "初审：认可")

    # What was entered by the end of this day counts, what comes later is late.
    desk.sit("kaohe", "/late?year=2025")
    desk.send("/cut-offs/2025/set-cut-off", "第 ", record_on="2026-04-06")
    calendar.turn_to(date(2026, 4, 7))

    # The run, its digest worked out anew, and the grades.
    desk.sit("kaohe", "/runs?year=2025")
    desk.send("/results/2025/freeze-run", NUMBER, because="年终核定", acknowledged="1")
    run = next(iter(runs_of(system).runs))
    desk.go(f"/runs/{run}/grades")
    assert "待签署" in desk.main()

    # An adjustment is asked for by one and refused by another.
    desk.sit("fukao", f"/runs/{run}/grades")
    browser.find_element(By.CSS_SELECTOR, "details.card summary").click()
    desk.send(
        f"/runs/{run}/propose-adjustment",
        "待决定",
        pairing_id=PAIRING,
        grade_after="fair",
        because="年中被群众反映",
        basis="考核组会议纪要 3 号",
    )
    desk.sit("lianban", f"/runs/{run}/grades")
    desk.send(f"/runs/{run}/refuse-adjustment", "没有事实支持", because="没有事实支持")

    # Three persons sign.
    for username, step, verb, name in (
        ("kaohe", "考核组", "sign-scoring-group", "考核组长"),
        ("lianban", "联建办", "sign-office", "联建办主任"),
        ("lingdao", "领导小组", "sign-leading-group", "领导小组组长"),
    ):
        desk.sit(username, f"/runs/{run}/grades")
        assert f"{step}签署" in desk.main()
        desk.send(f"/runs/{run}/{verb}", name, signer=name)

    # Five working days of public notice, an objection by the unit and its answer.
    desk.sit("lianban", f"/runs/{run}/grades")
    desk.send(f"/runs/{run}/open-notice", "0000-12345", contact="县联建办，电话 0000-12345")
    assert "2026年4月13日" in desk.main(), "five working days from 7 April"
    desk.sit("danwei", f"/notice/{run}")
    assert VILLAGE in desk.main() and "第 86 名" not in desk.main()
    desk.send(f"/runs/{run}/file-objection", "待答复", pairing_id=PAIRING, grounds="五月的活动应予计入")
    desk.sit("lianban", f"/notice/{run}")
    desk.send(f"/runs/{run}/answer-objection", "异议不成立", upheld="no", answer="填报截止前没有登记该活动")
    desk.go(f"/runs/{run}/grades")
    assert not browser.find_elements(By.CSS_SELECTOR, "form[action$='/close-notice']")
    calendar.turn_to(date(2026, 4, 14))
    desk.sit("lianban", f"/runs/{run}/grades")
    desk.send(f"/runs/{run}/close-notice", "2026-04-14 结束")
    desk.sit("kaohe", f"/runs/{run}/grades")
    desk.send(f"/runs/{run}/publish-run", "2026-04-14", acknowledged="1")

    # The notice of the unit is printed, and served.
    desk.go(f"/documents/notice/{run}/{BRANCH}")
    assert VILLAGE in desk.main() and "84.06" in desk.main() and "未公布" not in desk.main()
    paper = desk.printed()
    assert paper.startswith(b"%PDF") and len(re.findall(rb"/Type\s*/Page\b", paper)) >= 1
    desk.go(f"/runs/{run}/service?q={quote(VILLAGE)}")
    browser.execute_script("arguments[0].click()", browser.find_element(By.ID, BRANCH))
    desk.send(f"/runs/{run}/serve-result", "送达已登记", served_to="办公室")
    desk.go(f"/runs/{run}/service?q={quote(VILLAGE)}")
    assert "办公室" in desk.main()

    # What it leads to is followed until it is done.
    desk.go(f"/results?year=2025&q={quote(VILLAGE)}")
    browser.find_element(By.CSS_SELECTOR, f"a[href*='/result-uses/new'][href*='{PAIRING}']").click()
    desk.send(
        "/result-uses/order-result-use",
        "下年度任务",
        use="duty",
        measure="建立活动当月登记制度",
        because="漏登活动",
        due_on="2026-06-30",
    )
    use = browser.current_url.removeprefix(address).partition("?")[0]
    desk.sit("danwei", use)
    desk.send(f"{use}/report-result-use", "已建立", account="已建立当月登记制度")
    desk.sit("lianban", use)
    desk.send(f"{use}/complete-result-use", "已完成", account="查看登记簿属实")

    # What was published is, to the hundredth, what the county's golden file says, and it does not move.
    frozen = next(iter(runs_of(system).runs.values())).frozen
    with system.reading() as connection:
        scheme = system.scoring.scheme(connection, 2025, frozen.known_at)
        results = system.scoring.results(connection, 2025, frozen.known_at)
        made = scores_csv(scheme, results, names_on(connection, EntryKind.VILLAGE))
    assert made == GOLDEN.read_text(encoding="utf-8")
    desk.sit("fuhe", f"/runs/{run}/grades")
    forms = "main form[method='post']:not([action='/me/views'])"
    assert not browser.find_elements(By.CSS_SELECTOR, forms), "nothing is left to be moved"
    desk.go(f"/reports/annual?year=2025&run={run}")
    for figure in ("141", "147", "2111", "159", "150"):
        assert browser.find_elements(By.XPATH, f"//main//a[normalize-space()='{figure}']"), figure
