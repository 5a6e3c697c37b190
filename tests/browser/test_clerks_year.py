"""The clerks' year in a real browser, end to end; the village on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from selenium.webdriver import Chrome

from tests.kit.hands import Hand, Phone
from tests.kit.lived import lived
from tests.kit.serving import app_of, served

pytestmark = pytest.mark.browser
OTHER, HEIR = "龙田村", "云州审计局"
"""A village whose unit is replaced, and by which."""


@dataclass(frozen=True)
class Desks:
    """Where people sit: the offices and the unit at the mouse, the village with a phone."""

    browser: Chrome
    address: str

    def at_mouse(self, username: str) -> Hand:
        hand = Hand(self.browser, self.address)
        hand.sign_in(username)
        return hand

    def on_phone(self, username: str) -> Phone:
        # Signing in is done at the width of the phone, too.
        phone = Phone(self.browser, self.address)
        phone.sign_in(username)
        return phone


@pytest.fixture(scope="module")
def desks(browser: Chrome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    system = lived(tmp_path_factory.mktemp("lived"))
    with served(app_of(system)) as address:
        yield Desks(browser, address)
        # A page that keeps drafts would go on asking a server that is gone.
        browser.get("about:blank")
    system.close()


@pytest.fixture(autouse=True)
def nothing_severe(desks: Desks) -> Iterator[None]:
    desks.browser.get_log("browser")
    yield
    severe = [entry for entry in desks.browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert severe == []


@pytest.mark.long
def test_a_disputed_activity_is_settled(desks: Desks) -> None:
    unit = desks.at_mouse("danwei")
    unit.follow("登记活动")
    unit.fill("活动类型", "调研座谈会")
    unit.fill("活动主题", "冬季座谈")
    unit.fill("日期", "2026-11-25")
    unit.fill("参加人数", "12")
    unit.press("登记活动")
    unit.sees("冬季座谈")

    village = desks.on_phone("cun")
    village.follow("冬季座谈")
    village.follow("更多")
    village.follow("提出异议")
    village.fill("异议内容", "当日到场 8 人")
    village.press("提出异议")
    village.sees("村（社区）有异议", "当日到场 8 人")

    unit = desks.at_mouse("danwei")
    unit.follow("冬季座谈")
    unit.fill("情况说明", "签到表有 12 人，附后")
    unit.press("说明登记属实")
    unit.sees("签到表有 12 人")

    office = desks.at_mouse("ducha")
    office.follow("认定异议", beside="冬季座谈")
    office.fill("认定结果", "否")
    office.fill("认定依据", "签到表 8 人签名，请更正")
    office.press("认定异议")
    office.sees("签到表 8 人签名")

    unit = desks.at_mouse("danwei")
    unit.follow("冬季座谈")
    unit.follow("更多")
    unit.follow("更正活动")
    unit.fill("参加人数", "8")
    unit.fill("理由", "按签到表更正")
    unit.press("更正活动")
    unit.sees("按签到表更正")

    village = desks.on_phone("cun")
    village.follow("确认活动", beside="冬季座谈")
    village.press("确认活动")
    village.sees("村（社区）已确认")


@pytest.mark.long
def test_a_need_goes_from_raising_to_rating(desks: Desks) -> None:
    village = desks.on_phone("cun")
    village.follow("提出需求")
    village.fill("类别", "产业发展")
    village.fill("内容", "修水渠三百米")
    village.press("提出需求")
    village.sees("修水渠三百米")

    unit = desks.at_mouse("danwei")
    unit.follow("结对档案")
    unit.follow("更多")
    unit.follow("需求清单")
    unit.follow("修水渠三百米")
    unit.press("认领需求或邀请单位")
    unit.sees("待答复认领")

    village = desks.on_phone("cun")
    village.follow("同意认领", beside="修水渠三百米")
    village.press("同意认领")
    village.sees("待办结")

    unit = desks.at_mouse("danwei")
    unit.follow("办结需求", beside="修水渠三百米")
    unit.press("办结需求")
    unit.sees("待村级确认")

    village = desks.on_phone("cun")
    village.follow("修水渠三百米")
    village.follow("更多")
    village.follow("退回办结")
    village.fill("尚缺什么", "还差五十米")
    village.press("退回办结")
    village.sees("还差五十米")

    unit = desks.at_mouse("danwei")
    unit.follow("办结需求", beside="修水渠三百米")
    unit.press("办结需求")
    unit.sees("待村级确认")

    village = desks.on_phone("cun")
    village.follow("确认办结", beside="修水渠三百米")
    village.fill("满意度", "5")
    village.press("确认办结")
    village.sees("已确认", "5")


@pytest.mark.long
def test_a_unit_replaced_in_mid_year_leaves_two_scores_by_days(desks: Desks) -> None:
    office = desks.at_mouse("ducha")
    office.search(OTHER)
    office.follow(f"云州商务局 × {OTHER}")
    office.follow("更多")
    office.follow("更换联建单位")
    office.fill("接替的单位", HEIR)
    office.fill("接替日期", "2026-07-01")
    office.fill("理由", "机构改革")
    office.press("更换联建单位")
    office.press("确认，更换联建单位")
    office.sees("2026-06-30 结束")
    office = desks.at_mouse("kaohe")
    office.search(OTHER)
    office.follow(f"{HEIR} × {OTHER}")
    office.follow("查看得分依据")
    office.sees("结对 184 天")
    office.search(OTHER)
    office.follow(f"云州商务局 × {OTHER}")
    office.follow("查看得分依据")
    office.sees("结对 181 天")


@pytest.mark.long
def test_last_years_pairings_are_issued_anew(desks: Desks) -> None:
    office = desks.at_mouse("ducha")
    office.follow("结对档案")
    office.follow("更多")
    office.follow("2026 年度结对名单")
    office.fill("青山村", "")
    office.press("下一步")
    office.sees("变动 1 对，续结 1", "不能撤回")
    office.fill("变动", "结束结对")
    office.fill("理由", "村改居，不再结对")
    office.press("确认：变动 1 对")
    office.sees("2026-01-01 起执行", "村改居，不再结对")
    office.follow("结对覆盖")
    office.sees("结对覆盖 146/147", "青山村")
