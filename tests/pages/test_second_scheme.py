"""The second scheme on its pages: begun from what comes with the software, published, filled in, amended, contested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from fastapi import FastAPI

from application.question import ask
from application.questions.answers.scoring.schemes import show_scheme_changes
from application.settings import Settings
from application.system import System
from application.things import key_of_sheet
from application.verbs.pairing.activities import (
    record_activity,
)
from application.verbs.pairing.pairings import (
    appoint_to_post,
    sign_agreement,
    start_pairing,
)
from application.verbs.supervision import issue_slip
from domain.assessment.scheme.changes import Aspect
from domain.kernel.ids import SeededIds
from domain.pairing.events import ActivityKind, Post
from domain.supervision.events import Colour
from interface.composition import build
from interface.demo.accounts import DEMO_ACTORS, UNIT, VILLAGE
from tests.kit.acts import carried
from tests.kit.entries import registered_unit, registered_village
from tests.kit.serving import Visitor, app_of
from tests.kit.yearend import by
from tests.pages.test_scheme_pages import typed

DRAWN = SeededIds("second")
BRANCH, CODE = DRAWN("b"), DRAWN("v")
PAIRING = DRAWN("pr")
SHEET, CHECK = f"/scores/{PAIRING}", f"/verification/{PAIRING}"
ENTERED = "2027-01-10"
LECTURES = '[[groups.indicators.parts]]\nid = "lectures"\n'
BEGUN = "2026-07-01"
CITED = "《联建办法》第二条"


class Clock:
    """Turned by hand; no two readings are the same."""

    now = datetime(2026, 1, 9, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now

    def turn_to(self, day: date) -> None:
        self.now = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    """One agency's year, recorded on its last day, looked at in January."""
    clock = Clock()
    system = build(Settings(folder=tmp_path_factory.mktemp("second")), clock, ids=SeededIds("second"))
    register(system)
    app = app_of(system)
    assessor = Visitor(app, "kaohe")
    assert "青岭县支部联建年度考核办法" in assessor.get("/schemes").text, "offered by its title"
    text = typed(assessor.get("/schemes/start?year=2026&start=common-and-class").text)
    publish(app, text.replace('text.zh = "', f'text.zh = "按照{CITED}，', 1), 1)
    clock.turn_to(date(2026, 12, 31))
    record(system)
    clock.turn_to(date(2027, 1, 10))
    yield system, app
    system.close()


def publish(app: FastAPI, text: str, draft: int, **amending: str) -> None:
    """Drafted by one, approved by another with what the page showed, published."""
    assessor, approver = Visitor(app, "kaohe"), Visitor(app, "lingdao")
    saved = assessor.post("/schemes/2026/draft-scheme", text=text, based_on=str(draft - 1), because="新办法")
    assert saved.status_code == 200
    page = approver.get("/schemes/2026/draft").text
    seen = dict(re.findall(r'name="(seen_\w+)" value="(\d*)"', page))
    approved = approver.post("/schemes/2026/approve-scheme", draft=str(draft), approver="组长", **seen)
    assert "已审批" in approved.text
    assert assessor.post("/schemes/2026/publish-scheme", draft=str(draft), **amending).status_code == 200


def register(system: System) -> None:
    """The unit and the village."""
    who = by("kaohe")
    registered_unit(system, UNIT, UNIT, by=who)
    registered_village(system, VILLAGE, "某镇", by=who)


def record(system: System) -> None:
    """Ten months of Party days, nine of visits, five lectures, a secretary from March, an orange slip."""
    who = by("kaohe")
    carried(
        system,
        start_pairing,
        branch=BRANCH,
        village=CODE,
        started_on=date(2026, 1, 1),
        today=date(2026, 12, 31),
        by=who,
    )
    carried(
        system,
        sign_agreement,
        PAIRING,
        agreement_no="1",
        signed_on=date(2026, 4, 15),
        today=date(2026, 12, 31),
        by=who,
    )
    carried(
        system,
        appoint_to_post,
        PAIRING,
        post=Post.PART_TIME_SECRETARY,
        person=system.vault.person("书记甲", UNIT),
        began_on=date(2026, 3, 1),
        today=date(2026, 12, 31),
        by=who,
    )
    held = [(ActivityKind.THEMED_PARTY_DAY, month) for month in range(1, 11)]
    held += [(ActivityKind.CONDOLENCE_VISIT, month) for month in range(4, 13)]
    held += [(ActivityKind.LECTURE, month) for month in (2, 4, 6, 7, 8)]
    for kind, month in held:
        day = date(2026, month, 10)
        carried(
            system,
            record_activity,
            near="",
            pairing_id=PAIRING,
            kind=kind,
            topic=f"{kind.value} {month}",
            held_on=day,
            participants=10,
            persons_visited=2 if kind is ActivityKind.CONDOLENCE_VISIT else None,
            reported_on=day,
            today=date(2026, 12, 31),
            by=who,
        )
    carried(
        system,
        issue_slip,
        pairing_id=PAIRING,
        branch=BRANCH,
        village=CODE,
        colour=Colour.ORANGE,
        issued_on=date(2026, 5, 10),
        today=date(2026, 12, 31),
        by=who,
    )


def line(page: str, code: str) -> str:
    """The words of a line of the sheet, without its facts."""
    lines = (each.split("</details>")[0] for each in page.split('<details class="line">')[1:])
    found = next(each for each in lines if f' id="{code}"' in each)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found))


def test_what_people_enter_and_what_is_counted_make_the_sheet_of_the_clauses(
    county: tuple[System, FastAPI],
) -> None:
    assessor = Visitor(county[1], "kaohe")
    paper = {"issuer": "州委", "document_no": "1号"}
    ballots = {"indicator": "J4", "invited": "2", "rated_on": ENTERED, "because": ""}
    options = {
        f"options.{place}.{column}": value
        for place, each in enumerate((("满意", "9"), ("较满意", "0"), ("一般", "0"), ("不满意", "0")))
        for column, value in zip(("option", "count"), each, strict=True)
    }
    survey = {"survey_id": "1", "issued": "30", "returned": "9", "valid": "9", "surveyed_on": ENTERED}
    score, rank = {"indicator": "J3", "scored_on": ENTERED}, {"indicator": "P2", "ranked_on": ENTERED}
    for what, values in (
        ("ratings", {**ballots, "group": "县领导", "ballots": "90 94"}),
        ("ratings", {**ballots, "group": "考评组", "ballots": "88"}),
        ("superior-score", {**score, "score_hundredths": "92.5", **paper}),
        ("superior-rank", {**rank, "place": "2", **paper}),
        ("survey", {"indicator": "K6", "because": "", **survey, **options}),
    ):
        key = key_of_sheet(2026, PAIRING)
        assert assessor.post(f"/score-sheets/{key}/record-{what}", **values).status_code == 200
    page = assessor.get(SHEET).text
    # Without needs and projects the others of the common part count 40/26 as much; 3 of 5 for April.
    assert "4.60 / 7.69" in line(page, "K1") and "3 × 20/13" in line(page, "K1")
    assert "12.30" in line(page, "K2") and "10 − 2 × 1" in line(page, "K2")
    assert "5.40" in line(page, "K3") and "5 − 3 × 0.5" in line(page, "K3")
    assert "有效的少于 10 份，不适用；不适用的计 0 分" in line(page, "K6")
    assert "8.40" in line(page, "J1") and "10 × 306/365" in line(page, "J1")
    assert "13.90" in line(page, "J3") and "92.5 ÷ 100 × 15" in line(page, "J3")
    assert "18.10" in line(page, "J4")
    assert "（县领导 184 ÷ 2 × 40% + 考评组 88 ÷ 1 × 30%）÷ 70% ÷ 100 × 20" in line(page, "J4")
    assert "5.00" in line(page, "P2") and "3.00" in line(page, "M1")
    assert "10.00 / 10" in line(page, "J2")
    # 22.3 + (8.4 + 10 + 13.9 + 18.1 + 0) + 5 − 3
    assert "74.70" in page
    assert (
        "100/13"
        not in assessor.get(CHECK).text + Visitor(county[1], "danwei").get(f"/self-scores/{PAIRING}").text
    )


def test_an_amendment_judges_its_own_days_and_the_old_position_the_old_version(
    county: tuple[System, FastAPI],
) -> None:
    system, app = county
    assessor = Visitor(app, "kaohe")
    text = typed(assessor.get("/schemes/2026/draft").text)
    begins = text.index(LECTURES)
    old = text[begins : text.index("[[groups.indicators]]", begins)]
    new = old.replace('"lectures"\n', f'"talks"\nfrom = {BEGUN}\n').replace("each = 2.5", "each = 1")
    new = re.sub(r"cases = \[.*?\]\n", "cases = [{ measured = 3, points = 3 }]\n", new, flags=re.DOTALL)
    both = old.replace('"lectures"\n', '"lectures"\nuntil = 2026-06-30\n') + new
    before = system.log.position()
    publish(app, text.replace(old, both), 2, in_force_on=BEGUN, retroactive_because="七月已发文，系统补录")
    now, then = assessor.get(SHEET).text, assessor.get(f"{SHEET}?at={before}").text
    assert "宣讲、培训（至 2026-06-30） 3 次，每次 2.5 分" in line(now, "J2")
    assert "宣讲、培训（2026-07-01 起） 2 次，每次 1 分" in line(now, "J2")
    assert "9.50 / 10" in line(now, "J2") and "细则第 2 版" in now
    assert (
        "宣讲、培训 5 次" in line(then, "J2") and "10.00 / 10" in line(then, "J2") and "细则第 1 版" in then
    )
    for code in ("K1", "K2", "J1", "M1"):
        assert line(now, code) == line(then, code)
    stated = {"version": None, "against": 2026, "against_version": 1, "known_at": None}
    told = ask(system, show_scheme_changes, DEMO_ACTORS[0], "2026", stated)
    moved = {(each.code, each.aspect) for each in told.changes}
    assert told.version == 2 and ("J2.talks", Aspect.ADDED) in moved, (
        "what the amendment changed, and nothing else"
    )
    assert {code.partition(".")[0] for code, _ in moved} == {"J2"}


def test_an_appeal_may_make_a_deduction_smaller_and_reach_a_redistributed_maximum(
    county: tuple[System, FastAPI],
) -> None:
    app = county[1]
    clerk, reviewer = Visitor(app, "danwei"), Visitor(app, "fuhe")
    assert (
        Visitor(app, "kaohe")
        .post("/results/2026/freeze-run", acknowledged="1", because="年终核定")
        .status_code
        == 200
    )
    for code, worse, better in (("M1", "3.01", "0.00"), ("K1", "7.70", "7.69")):
        filed = clerk.post(
            "/appeals/file-appeal",
            year="2026",
            pairing_id=PAIRING,
            indicator=code,
            finding_id="",
            grounds="有佐证",
        )
        path = str(filed.url.path)
        assert reviewer.post(f"{path}/admit-appeal").status_code == 200
        decide = {"outcome": "varied", "reasons": "佐证属实"}
        assert (
            reviewer.post(f"{path}/decide-appeal", **decide, corrected_points_hundredths=worse).status_code
            == 409
        )
        assert (
            reviewer.post(f"{path}/decide-appeal", **decide, corrected_points_hundredths=better).status_code
            == 200
        )
        assert better in line(reviewer.get(SHEET).text, code)


def test_a_clause_cites_a_policy_that_is_repealed_later(county: tuple[System, FastAPI]) -> None:
    _, app = county
    office, unit = Visitor(app, "ducha"), Visitor(app, "danwei")
    assert f"{CITED}</a>" not in unit.get("/schemes/2026").text
    issued = {"title": "联建办法", "document_no": "", "policy_kind": "measures", "issuing_body": "县联建办"}
    days = {"issued_on": "2026-01-05", "valid_from": "2026-01-05", "valid_until": ""}
    made = office.post("/policies/issue-policy", text="第一条 结对。\n第二条 考核。", **issued, **days)
    at = made.url.path
    link = f'<a href="{at}?on=2026-12-31#article-2">{CITED}</a>'
    for page in (unit.get("/schemes/2026").text, office.get(f"{SHEET}?year=2026").text):
        assert link in page
        assert "当日无效" not in page
    cited = office.get(at).text
    assert "考核细则 2026 年度" in cited
    assert "无效或无此条" not in cited
    # By the last day of the scheme it holds no more: the link stays, and says so.
    office.post(f"{at}/repeal-policy", repealed_from="2026-12-31", because="另有规定")
    page = unit.get("/schemes/2026").text
    assert link in page
    assert page.count("当日无效") == 1
    assert "2026-12-31 无效或无此条" in office.get(at).text
    # What was recorded in error is cited by nobody.
    office.post(f"{at}/void-policy", because="误登", confirmed="yes")
    assert f"{CITED}</a>" not in unit.get("/schemes/2026").text
