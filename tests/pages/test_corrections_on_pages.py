"""What is on record of a pairing is put right where it stands: its day, its posts, its agreements, its cases and meetings; and
the acts that end or refuse something. Each with a reason that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from application.system import System
from tests.kit.demo_ids import BRANCH
from tests.kit.entries import registered_unit, registered_village
from tests.kit.results import BY
from tests.kit.serving import Visitor

County = tuple[System, FastAPI]
_NAMES = iter(range(100))


class Desk:
    """A pairing of the demo's unit with a village of its own, as the office and the unit see it."""

    def __init__(self, county: County) -> None:
        self.system, app = county
        self.office, self.unit, self.leader = (Visitor(app, name) for name in ("ducha", "danwei", "lingdao"))
        self.name = f"更正{next(_NAMES)}村"
        self.village = registered_village(self.system, self.name, "丙镇", by=BY)
        start = {"branch": BRANCH, "village": self.village, "started_on": "2025-01-01"}
        self.path = str(self.office.post("/pairings/start-pairing", **start).url.path)

    @property
    def pairing(self) -> str:
        return self.path.rpartition("/")[2]

    def does(self, step: str, **values: str) -> str:
        answer = self.office.post(f"{self.path}/{step}", **values)
        assert answer.status_code == 200, answer.text
        return answer.text

    def seen(self, path: str = "") -> str:
        """As the unit reads it."""
        return self.unit.get(path or f"{self.path}?year=2025").text


@pytest.fixture
def desk(county: County) -> Iterator[Desk]:
    yield Desk(county)


def test_a_post_is_handed_over_and_a_term_put_right_or_voided(desk: Desk) -> None:
    post = {"post": "part_time_secretary"}
    desk.does("appoint-to-post", **post, person="甲书记", began_on="2025-01-10")
    desk.does("leave-post", **post, ended_on="2025-05-31")
    assert "空缺" in desk.seen(), "until somebody follows"
    desk.does("appoint-to-post", **post, person="乙书记", began_on="2025-06-01")
    page = desk.seen()
    assert "甲书记 · 2025-01-10 – 2025-05-31" in page and "乙书记 · 2025-06-01 – 在任" in page
    right = {**post, "known_from": "2025-01-10", "person": "丙书记", "began_on": "2025-01-12"}
    refused = desk.unit.post(f"{desk.path}/correct-term", **right, ended_on="2025-05-31", because="录错")
    assert refused.status_code == 403
    desk.does("correct-term", **right, ended_on="2025-05-31", because="任命文件是丙书记")
    page = desk.seen()
    assert "丙书记 · 2025-01-12 – 2025-05-31" in page and "任命文件是丙书记" in page
    desk.does("void-term", **post, known_from="2025-06-01", because="尚未任命")
    assert "乙书记 · 2025-06-01" not in desk.seen() and "尚未任命" in desk.seen()


def test_an_agreement_is_renewed_put_right_ended_early_and_voided(desk: Desk) -> None:
    def state(on: str) -> list[str]:
        listed = desk.seen(f"/agreements?pairing_id={desk.pairing}&on={on}")
        return re.findall(r"light-\w+\">([^<]+)</span></td><td><a class=\"what\"", listed)

    desk.does("sign-agreement", agreement_no=f"{desk.name}〔2025〕1号", signed_on="2025-01-15")
    terms = {"amended_on": "2025-01-15", "duties": "每月到村一次", "ends_on": "2025-06-30", "others": ""}
    desk.does("amend-agreement", **terms, because="")
    assert state("2025-06-30") == ["有效"] and state("2025-07-01") == ["已到期或者终止"]
    desk.does("renew-agreement", renewed_on="2025-06-20", ends_on="2025-12-31")
    assert state("2025-07-01") == ["有效"]
    right = {
        "signed_before": "2025-01-15",
        "agreement_no": f"{desk.name}〔2025〕2号",
        "signed_on": "2025-01-16",
    }
    desk.does("correct-agreement", **right, because="编号和日期录错")
    page = desk.seen()
    assert f"{desk.name}〔2025〕2号" in page and "编号和日期录错" in page
    desk.does("end-agreement", ended_on="2025-09-30", because="双方同意重签")
    assert state("2025-09-30") == ["有效"] and state("2025-10-01") == ["已到期或者终止"]
    assert "双方同意重签" in desk.seen()
    desk.does("void-agreement", signed_before="2025-01-16", because="未实际签订")
    assert state("2025-03-01") == [] and "未签订协议" in desk.seen()


def test_the_day_is_put_right_the_pairing_ended_and_a_mistaken_one_voided(county: County, desk: Desk) -> None:
    desk.does("correct-pairing-day", started_on="2025-02-01", because="以会议纪要为准")
    page = desk.seen()
    assert "结对日期</dt><dd>2025-02-01" in page and "以会议纪要为准" in page
    ended = desk.does("end-pairing", ended_on="2025-11-30", because="村改居")
    assert "2025-11-30 结束" in ended and "村改居" in ended
    assert desk.unit.post(f"{desk.path}/end-pairing", ended_on="2025-11-30", because="我").status_code == 403
    mistaken = Desk(county)
    mistaken.does("void-pairing", because="登记错了村")
    assert (
        mistaken.name
        not in mistaken.office.get(f"/pairings?year=2025&q={mistaken.name}").text.partition("<tbody>")[2]
    )
    assert mistaken.name in mistaken.office.get("/coverage").text, "nobody is paired with it"


def test_a_pairing_is_renewed_once_a_day_while_it_lasts(desk: Desk) -> None:
    assert f"{desk.path}/renew-pairing" in desk.office.get(desk.path).text
    assert desk.unit.post(f"{desk.path}/renew-pairing", renewed_on="2025-07-01").status_code == 403
    assert f"{desk.name} 续结，自 2025-07-01 起" in desk.does("renew-pairing", renewed_on="2025-07-01")
    assert "续结日期</dt><dd>2025-07-01" in desk.seen()
    for wrong, says in (
        ("2025-07-01", "2025-07-01"),
        ("2025-01-01", "2025-01-01"),
        ("2024-12-31", "2024-12-31"),
        ("2099-01-01", "2099-01-01"),
    ):
        refused = desk.office.post(f"{desk.path}/renew-pairing", renewed_on=wrong)
        assert refused.status_code in (409, 422) and says in refused.text, wrong
    # One that was found out of late is on record, and the newest one is shown still.
    desk.does("renew-pairing", renewed_on="2025-04-01")
    assert "续结日期</dt><dd>2025-07-01" in desk.seen()
    assert desk.unit.post(f"{desk.path}/void-renewal", renewed_before="2025-07-01").status_code == 403
    wrong = desk.office.post(f"{desk.path}/void-renewal", renewed_before="2025-07-02", because="录错")
    assert wrong.status_code == 409 and "2025-07-02" in wrong.text
    before = desk.system.log.position()
    told = desk.does("void-renewal", renewed_before="2025-07-01", because="另一结对的日期")
    assert "自 2025-07-01 的续结：另一结对的日期" in told
    assert "续结日期</dt><dd>2025-04-01" in desk.seen()
    then = desk.office.get(f"{desk.path}?at={before}").text
    assert "续结日期</dt><dd>2025-07-01" in then, "as it was known"
    desk.does("renew-pairing", renewed_on="2025-07-01")
    early = desk.office.post(f"{desk.path}/end-pairing", ended_on="2025-06-30", because="村改居")
    assert early.status_code in (409, 422)
    desk.does("end-pairing", ended_on="2025-11-30", because="村改居")
    late = desk.office.post(f"{desk.path}/renew-pairing", renewed_on="2025-12-01")
    assert late.status_code == 409


def test_a_case_and_a_meeting_are_recorded_put_right_and_voided(desk: Desk) -> None:
    case = {"case_name": "院坝夜话", "level": "county", "published_on": "2025-08-01"}
    recorded = desk.office.post("/cases/publish-case", pairing_id=desk.pairing, **case)
    assert recorded.status_code == 200
    assert (
        desk.office.post(
            "/meetings/host-meeting", pairing_id=desk.pairing, hosted_on="2025-09-01"
        ).status_code
        == 200
    )
    listed = desk.office.get(f"/cases?year=2025&pairing_id={desk.pairing}").text
    of_case, of_meeting = (
        re.search(rf"/{kind}/([\w-]+)/correct-{kind[:-1]}", listed) for kind in ("cases", "meetings")
    )
    assert (
        of_case is not None and of_meeting is not None and "correct-case" not in desk.seen("/cases?year=2025")
    )
    right = {**case, "level": "prefecture", "because": "州级刊发"}
    assert desk.unit.post(of_case[0], **right).status_code == 403
    assert desk.office.post(of_case[0], **right).status_code == 200
    assert desk.office.post(of_meeting[0], hosted_on="2025-09-02", because="日期录错").status_code == 200
    page = desk.seen()
    assert "院坝夜话（州级）" in page and "2025-09-02" in page and "州级刊发" in page
    for step in (of_case[0], of_meeting[0]):
        voided = desk.office.post(step.replace("/correct-", "/void-"), because="不属本结对")
        assert voided.status_code == 200
    assert "院坝夜话（州级）" not in desk.seen() and "不属本结对" in desk.seen()


def test_a_proposal_is_refused_or_withdrawn_with_a_reason(desk: Desk) -> None:
    on = desk.system.today().isoformat()

    def proposed() -> str:
        village = registered_village(desk.system, f"建议{next(_NAMES)}村", "丙镇", by=BY)
        form = {"branch": BRANCH, "village": village, "because": "产业对口", "starts_on": on}
        return str(desk.unit.post("/proposals/propose-pairing", **form).url.path)

    path = proposed()
    assert desk.unit.post(f"{path}/refuse-proposal", because="自答").status_code == 403
    assert desk.leader.post(f"{path}/refuse-proposal", because="该村另有安排").status_code == 200
    answered = desk.seen(path)
    assert "不同意" in answered and "该村另有安排" in answered
    assert desk.office.post(f"{path}/start-proposed", started_on=on).status_code == 409
    path = proposed()
    assert desk.unit.post(f"{path}/withdraw-proposal", because="单位已调整").status_code == 200
    assert "单位已调整" in desk.leader.get(path).text and "已撤回" in desk.leader.get(path).text


def test_codes_aliases_classes_and_ends_of_the_registry(desk: Desk) -> None:
    name = f"登记{next(_NAMES)}局"
    unit = registered_unit(desk.system, name, by=BY)
    office, path = desk.office, f"/units/{unit}"
    code = {"system": "credit", "code": "91350100M000100Y43"}
    assert office.post(f"{path}/give-branch-code", **{**code, "code": "91350100M000100Y44"}).status_code in (
        409,
        422,
    )
    assert code["code"] in office.post(f"{path}/give-branch-code", **code).text
    assert (
        code["code"] not in office.post(f"{path}/take-branch-code-back", system="credit", because="录错").text
    )
    known = office.post(f"{path}/learn-branch-alias", alias=f"简称{unit[-4:]}", because="台账这样写")
    assert known.status_code == 200 and f"简称{unit[-4:]}" in known.text
    assert f"/units/{unit}" in office.get(f"/units?q=简称{unit[-4:]}").text
    back = office.post(f"{path}/take-branch-alias-back", alias=f"简称{unit[-4:]}", because="另有所指")
    assert back.status_code == 200
    changed = {"level": "county", "unit_class": "enterprise", "reclassified_on": "2026-02-01"}
    assert "县级 · 企业" in office.post(f"{path}/reclassify-branch", **changed).text
    assert "县级 · 机关" in office.get(f"{path}?on=2026-01-31").text
    assert office.post(f"{path}/reclassify-branch", **changed).status_code == 409, "it is one already"
    # And back again: each day shows the class of its time.
    back = {"level": "county", "unit_class": "agency", "reclassified_on": "2026-03-01"}
    assert desk.unit.post(f"{path}/reclassify-branch", **back).status_code == 403
    early = office.post(f"{path}/reclassify-branch", **{**back, "reclassified_on": "2026-01-31"})
    assert early.status_code in (409, 422), "the change before is of a later day"
    assert "县级 · 机关" in office.post(f"{path}/reclassify-branch", **back).text
    for on, says in (
        ("2026-01-31", "机关"),
        ("2026-02-01", "企业"),
        ("2026-02-28", "企业"),
        ("2026-03-01", "机关"),
    ):
        assert f"县级 · {says}" in office.get(f"{path}?on={on}").text, on
    listed = f"/units?unit_class=enterprise&q={name}&on="
    assert path in office.get(f"{listed}2026-02-28").text
    assert path not in office.get(f"{listed}2026-03-01").text
    village = registered_village(desk.system, f"撤销{next(_NAMES)}村", "丙镇", by=BY)
    gone = office.post(f"/villages/{village}/retire-village", retired_on="2026-03-01", because="村改居")
    assert gone.status_code == 200 and "已撤销" in gone.text
    back = office.post(f"/villages/{village}/restore-village", because="误撤")
    assert back.status_code == 200 and "在册" in back.text
