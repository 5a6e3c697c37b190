"""Each role's day, in the words that the pages show: what ``test_journeys.py`` plays in four ways.

All of it is played in the lived county, in this order: what one does, the next sees. The asserted counts are clicks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from interface.demo.accounts import VILLAGE
from tests.kit.hands import Hand


def from_finding_to_closed(hand: Hand) -> None:
    """A supervisor finds and orders, a clerk puts right, the supervisor looks again. The form of the order says that it cannot
    be taken back, and the clerk's signature serves it: nine clicks."""
    hand.sign_in("ducha")
    hand.follow("登记问题")
    hand.fill("结对", VILLAGE)
    hand.fill("检查方式", "实地检查")
    hand.fill("检查人", "程晓岚")
    hand.fill("问题", "慰问登记缺签字")
    hand.fill("类型", "台账管理")
    hand.fill("等级", "一般")
    hand.press("登记问题")
    hand.sees("慰问登记缺签字", "下达整改")
    hand.fill("整改期限", "2026-12-20")
    hand.fill("整改要求", "补齐签字")
    hand.sees("文书不能收回", "签收之日即为送达之日")
    hand.press("下达整改")
    hand.sees("整改通知已下达，等待单位签收")
    hand.sign_in("danwei")
    hand.follow("签收整改通知", beside="慰问登记缺签字")
    hand.press("签收整改通知")
    hand.sees("提交整改", "系统送达")
    hand.fill("整改情况", "签字已补齐")
    hand.press("提交整改")
    hand.sees("签字已补齐")
    hand.sign_in("ducha")
    hand.follow("登记复查", beside="慰问登记缺签字")
    hand.fill("复查人", "顾明远")
    hand.fill("复查结果", "是")
    hand.press("登记复查")
    hand.sees("销号")
    hand.press("销号")
    hand.sees("已销号")
    assert hand.clicks <= 9, hand.clicks


def supervisor_answers_an_extension(hand: Hand) -> None:
    hand.sign_in("ducha")
    hand.follow("往后办理")
    hand.follow("同意延期", beside="特邀委员连续两月未到岗")
    hand.press("同意延期")
    hand.sees("2026-12-21")


def unit_clerk_sees_why_points_were_lost(hand: Hand) -> None:
    hand.sign_in("danwei")
    hand.follow("分丢在哪里")
    hand.sees("A3", "主题党日覆盖")


def assessor_finds_why_a_village_lost_points(hand: Hand) -> None:
    """Why did the village lose points in A3: at most three clicks."""
    hand.sign_in("kaohe")
    hand.search(VILLAGE)
    hand.follow(f"云州法院 × {VILLAGE}")
    hand.follow("查看得分依据")
    hand.sees("分丢在哪里", "A3", "主题党日覆盖")
    assert hand.clicks <= 3, hand.clicks


def unit_clerk_acknowledges_and_hands_in(hand: Hand) -> None:
    hand.sign_in("danwei")
    hand.follow("签收整改通知", beside="结对资源清单与实际不符")
    hand.press("签收整改通知")
    hand.sees("提交整改")
    hand.sign_in("danwei")
    hand.follow("提交整改", beside="慰问物资发放未公示")
    hand.fill("整改情况", "已在公示栏公示七天")
    hand.press("提交整改")
    hand.sees("已在公示栏公示七天")


def village_clerk_confirms(hand: Hand) -> None:
    """From home, at most two taps."""
    hand.sign_in("cun")
    hand.sees("老年人免费体检")
    hand.follow("确认办结", beside="老年人免费体检")
    hand.press("确认办结")
    hand.sees("已确认")
    assert hand.clicks <= 2, hand.clicks


def assessor_verifies_a_line(hand: Hand) -> None:
    """The unit thinks otherwise of one line: it is verified with a reason, the others as they were worked out."""
    hand.sign_in("kaohe")
    hand.follow("2026 年度")
    hand.follow("2025 年度")
    hand.sees("2025 年度")
    hand.follow("年度考核")
    hand.sees("2025 年度得分")
    hand.follow("自评与审核")
    hand.sees("自评不同")
    hand.follow("有差异")
    hand.sees("松泉村")
    hand.follow("松泉村")
    hand.fill("确认 C2", "")
    hand.fill("理由 C2", "第一季度没有特色活动的记录")
    hand.press("审核")
    hand.sees("kaohe · 2026-11-26", "第一季度没有特色活动的记录")


def assessor_finds_who_is_at_risk(hand: Hand) -> None:
    """At most two clicks."""
    hand.sign_in("kaohe")
    hand.follow("有风险")
    hand.sees("距较差仅", "超期问题")
    assert hand.clicks <= 2, hand.clicks


def approver_signs(hand: Hand) -> None:
    hand.sign_in("lingdao")
    hand.follow("同意替换", beside="2025-3")
    hand.fill("同意人", "领导小组组长")
    hand.fill("理由", "依申诉更正")
    hand.press("同意替换")
    hand.sees("依申诉更正")


def reviewer_admits_and_decides(hand: Hand) -> None:
    hand.sign_in("fuhe")
    hand.follow("受理申诉", beside="资源清单所列培训场地")
    hand.press("受理申诉")
    hand.sees("已受理")
    hand.follow("作出决定")
    hand.fill("决定", "维持")
    hand.fill("决定理由", "移交在检查之后登记，维持原认定")
    hand.press("作出决定")
    hand.sees("移交在检查之后登记")


def auditor_looks_back(hand: Hand) -> None:
    """What was known on 1 September 2025: at most two clicks. Then what has changed since."""
    hand.sign_in("shenji")
    hand.follow("时点")
    hand.fill("系统在这一天知道什么", "2025-09-01")
    hand.press("查看")
    hand.sees("您看到的是第", "回到现在")
    assert hand.clicks <= 2, hand.clicks
    hand.follow("与现在比较")
    hand.sees("比较")


def administrator_opens_an_account(hand: Hand) -> None:
    hand.sign_in("guanli")
    hand.follow("账号管理")
    hand.follow("开立账号")
    hand.fill("账号", "xinren")
    hand.fill("使用人姓名", "辰新人")
    hand.fill("显示名", "新填报员")
    hand.fill("单位或机构", "云州法院")
    hand.fill("角色", "单位填报员")
    hand.fill("所属联建单位", "云州法院")
    hand.fill("首次登录的密码", "lianjian-2026-new")
    hand.press("开立账号")
    hand.sees("xinren", "辰新人")


JOURNEYS: Mapping[str, Callable[[Hand], None]] = {
    each.__name__: each
    for each in (
        from_finding_to_closed,
        supervisor_answers_an_extension,
        unit_clerk_sees_why_points_were_lost,
        assessor_finds_why_a_village_lost_points,
        unit_clerk_acknowledges_and_hands_in,
        village_clerk_confirms,
        assessor_verifies_a_line,
        assessor_finds_who_is_at_risk,
        approver_signs,
        reviewer_admits_and_decides,
        auditor_looks_back,
        administrator_opens_an_account,
    )
}
