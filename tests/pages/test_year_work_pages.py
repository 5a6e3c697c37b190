"""The year's work on its pages: own scores, verification, ballots, evidence by two persons, the cut-off, the hub."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx2 as httpx
import pytest
from fastapi import FastAPI

from application.question import ask
from application.questions.answers.year_end.evidence import EvidenceQueue, list_evidence
from application.system import System
from application.things import key_of_sheet
from application.verbs.assessment.year_work import self_score
from domain.account.role import Role
from domain.assessment.year.evidence import draw
from domain.assessment.year.pairing_lines import OwnScore
from domain.kernel.errors import Rejected
from interface.demo.accounts import DEMO_ACTORS, VILLAGE
from tests.kit.acts import carried_out
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import PAIRING
from tests.kit.manual_scheme import manual_scheme
from tests.kit.prepared import prepared
from tests.kit.serving import Visitor, app_of
from tests.kit.yearend import by, run_named

SELF, CHECK = f"/self-scores/{PAIRING}", f"/verification/{PAIRING}"
Served = tuple[System, FastAPI]


@pytest.fixture(scope="module")
def year_end(module_database: DatabaseCase) -> Iterator[Served]:
    """The county under a scheme that asks for everything that people can enter."""
    system = prepared(module_database.folder, module_database.url, scheme=manual_scheme(), year=2025)
    yield system, app_of(system)
    system.close()


def row(page: str, code: str) -> str:
    """The row of a line."""
    return page.split(f'<tr id="{code}">')[1].split("</tr>")[0]


def step(hub: str, title: str) -> str:
    """A step of the year on the page of its steps."""
    return next(each for each in hub.split("<li>")[1:] if re.search(rf'class="what">\d\. {title}<', each))


SHEET = f"/score-sheets/{key_of_sheet(2025, PAIRING)}"


def scores(**lines: tuple[str, str]) -> dict[str, str]:
    """A form of own scores: indicator to points and note, the indicator standing there whatever is filled in."""
    return {
        f"scores.{place}.{column}": value
        for place, (code, (points, note)) in enumerate(lines.items())
        for column, value in (("indicator", code), ("points_hundredths", points), ("note", note))
    }


def test_a_unit_scores_itself_and_what_is_wrong_is_said_beside_its_line(year_end: Served) -> None:
    system, app = year_end
    clerk = Visitor(app, "danwei")
    before = system.log.position()
    form = {"A3": ("12", "每月都有"), "S1": ("11", ""), "S4": ("", "")}
    answer = clerk.post(f"{SHEET}/self-score", **scores(**form, B1=("八分", "")))
    assert answer.status_code == 422 and system.log.position() == before
    assert "“八分”不是分值" in row(answer.text, "B1") and 'value="12"' in row(answer.text, "A3")
    assert "fault" not in row(answer.text, "A3") and "目前计算" in answer.text
    answer = clerk.post(f"{SHEET}/self-score", **scores(**form))
    assert answer.status_code == 409 and system.log.position() == before
    assert "S1: 11.00 / 10.00" in answer.text and 'value="11"' in row(answer.text, "S1")
    form = {**form, "S1": ("9.5", "")}
    answer = clerk.post(f"{SHEET}/self-score", **scores(**form))
    assert answer.status_code == 200 and system.log.position() == before + 2
    assert 'value="12.00"' in row(answer.text, "A3") and "每月都有" in row(answer.text, "A3")
    counted = re.search(r"已自评 2 项，共 (\d+) 项", answer.text)
    assert counted is not None and int(counted[1]) == answer.text.count('.points_hundredths" value='), (
        "every line to be scored"
    )
    own = step(clerk.get("/assessment?year=2025").text, "单位自评")
    assert counted[0] in own, "the page of the year's steps counts the same lines"
    assert "已办<" not in own, "two lines of many"
    assert clerk.post(f"{SHEET}/self-score", **scores(**{**form, "S1": ("9.50", "")})).status_code == 200
    assert system.log.position() == before + 2, "what did not change is not recorded again"
    assert clerk.get(f"{SHEET}/self-score").status_code == 200, "a reload of the form is no error"
    then = clerk.get(f"{SELF}?at={before}").text
    assert "每月都有" not in then and "banner" in then


def test_a_clerk_scores_the_own_unit_only_and_a_village_none(year_end: Served) -> None:
    system, app = year_end
    with system.reading() as connection:
        results = system.scoring.results(connection, 2025, system.log.position())
    other = next(each.pairing for each in results if each.pairing != PAIRING)
    clerk = Visitor(app, "danwei")
    assert clerk.get(f"/self-scores/{other}").status_code == 403
    theirs = f"/score-sheets/{key_of_sheet(2025, other)}/self-score"
    assert clerk.post(theirs, **scores(A3=("1", ""))).status_code == 403
    assert Visitor(app, "cun").get(SELF).status_code == 403
    for username, allowed in (("danwei", 403), ("lingdao", 200), ("shenji", 200)):
        assert Visitor(app, username).get(CHECK).status_code == allowed


def verify(visitor: Visitor, code: str, points: str, because: str = "", seen: str = "0") -> httpx.Response:
    """Send the form of one line."""
    line = {"indicator": code, "points_hundredths": points, "because": because, "seen": seen}
    return visitor.post(f"{SHEET}/verify-lines", **{f"verifications.7.{k}": v for k, v in line.items()})


def test_verification_stands_beside_the_own_and_the_computed_score(year_end: Served) -> None:
    system, app = year_end
    assessor, clerk = Visitor(app, "kaohe"), Visitor(app, "danwei")
    page = assessor.get(CHECK).text
    computed = re.search(r'\.points_hundredths" value="([0-9.]+)"', row(page, "A3"))
    assert computed is not None and computed[1] == "10.00" and "12.00" in row(page, "A3")
    refused = verify(assessor, "A3", "10.00")
    assert refused.status_code == 409 and "assessment.DIFFERENCE_EXPLAINED" in refused.text
    assert verify(assessor, "A3", "11.00").status_code == 409
    answer = verify(assessor, "A3", "10.00", because="一月、二月没有主题党日")
    assert "10.00</strong>" in row(answer.text, "A3") and "一月、二月没有主题党日" in row(answer.text, "A3")
    assert "一月、二月没有主题党日" in row(clerk.get(SELF).text, "A3")
    assert ".points_hundredths" not in row(clerk.get(SELF).text, "A3")
    with pytest.raises(Rejected, match="SELF_SCORED_BEFORE_VERIFIED"):
        own = (OwnScore("A3", 1100),)
        carried_out(system, self_score, key_of_sheet(2025, PAIRING), scores=own, by=by("danwei"))
    hub = step(assessor.get("/assessment?year=2025").text, "审核得分")
    assert "已审核 1 项" in hub and "已办<" not in hub, "one line of a county's"
    together = assessor.get(CHECK).text
    ticked = re.findall(r'name="(verifications\.\d+)[^>]+checked', together)
    sent = {
        name: value
        for name, value in re.findall(r'name="(verifications[^"]+)" value="([^"]*)"', together)
        if not name.endswith(".points_hundredths") or name.rpartition(".")[0] in ticked
    }
    answer = assessor.post(f"{SHEET}/verify-lines", **sent)
    assert ticked and answer.status_code == 200 and " checked" not in answer.text
    assert "确认" in row(answer.text, "S4") and "再次审核" in row(answer.text, "B1"), (
        "S4 still lacks its score"
    )
    overview = assessor.get("/verification?year=2025").text
    mine = overview.split(CHECK)[1].split("</tr>")[0]
    assert "S1、S2、S3、S4、S5" in mine and "S1" in overview.split("/verification/pr-")[1]


def test_two_assessors_at_once_do_not_overwrite_one_another(year_end: Served) -> None:
    app = year_end[1]
    first, second = Visitor(app, "kaohe"), Visitor(app, "fukao")
    assert second.get(CHECK).status_code == 200
    assert verify(first, "S1", "8", "两项特色工作").status_code == 200
    late = verify(second, "S1", "6", "重复计算")
    assert late.status_code == 409 and "assessment.NEWEST_SEEN" in late.text
    assert 'value="重复计算"' in row(late.text, "S1"), "what was entered stands there again"
    again = verify(second, "S1", "6", "重复计算", seen="1")
    assert again.status_code == 200 and "6.00</strong>" in row(again.text, "S1")


def test_what_raters_respondents_and_superiors_say_becomes_points(year_end: Served) -> None:
    system, app = year_end
    assessor = Visitor(app, "kaohe")
    day = system.today().isoformat()
    rate = {"indicator": "S2", "group": "leaders", "invited": "3", "rated_on": day, "because": ""}
    for ballots, status in (("90 80，101", 409), ("90 8O", 422), ("90 80 70 60", 409)):
        assert assessor.post(f"{SHEET}/record-ratings", **rate, ballots=ballots).status_code == status
    assert assessor.post(f"{SHEET}/record-ratings", **rate, ballots="90，80\n70").status_code == 200
    assert assessor.post(f"{SHEET}/record-ratings", **rate, ballots="90 80").status_code == 409
    residents = {**rate, "group": "residents", "ballots": "100"}
    assert assessor.post(f"{SHEET}/record-ratings", **residents).status_code == 200
    survey = {
        "indicator": "S3",
        "survey_id": "CP-1",
        "issued": "30",
        "returned": "25",
        "valid": "20",
        **{
            f"options.{place}.option": each
            for place, each in enumerate(("satisfied", "fair", "dissatisfied"))
        },
        "options.0.count": "15",
        "options.1.count": "5",
        "options.2.count": "0",
        "surveyed_on": day,
        "because": "",
    }
    wrong = assessor.post(f"{SHEET}/record-survey", **{**survey, "options.1.count": "6"})
    assert wrong.status_code == 409 and "assessment.SURVEY_ADDS_UP" in wrong.text
    assert 'name="options.1.count" value="6"' in wrong.text, "the form comes back as it was filled in"
    answer = assessor.post(f"{SHEET}/record-survey", **survey)
    assert "样本偏小" in answer.text
    paper = {"issuer": "州委组织部", "document_no": "州组〔2026〕1号"}
    score, place = {"indicator": "S4", "score_hundredths": "92"}, {"indicator": "S5", "place": "3"}
    assert assessor.post(f"{SHEET}/record-superior-score", **score, **paper).status_code == 200
    assert assessor.post(f"{SHEET}/record-superior-rank", **place, **paper).status_code == 200
    assert (
        assessor.post(f"{SHEET}/record-superior-rank", indicator="A3", place="1", **paper).status_code == 409
    )
    assert (
        assessor.post(f"{SHEET}/record-superior-rank", indicator="Z9", place="1", **paper).status_code == 404
    )
    page = assessor.get(CHECK).text
    shown = {code: row(page, code) for code in ("S2", "S3", "S4", "S5")}
    # 60% × 80 + 40% × 100; (15 × 100% + 5 × 60%) / 20; 92 / 100 × 5; place 3.
    for code, figure in (("S2", "8.80"), ("S3", "9.00"), ("S4", "4.60"), ("S5", "3.00")):
        assert f'.points_hundredths" value="{figure}"' in shown[code], code
    assert "S2" not in assessor.get("/verification?year=2025").text.split(CHECK)[1].split("</tr>")[0]
    for username in ("danwei", "cun", "kaohe"):
        sheet = Visitor(app, username).get(f"/scores/{PAIRING}").text
        ballots = sheet.split('<div class="inside" id="S2">')[1].split("</details>")[0]
        told = re.findall(r'<td class="num">(.*?)</td>', ballots)
        small = ' <span class="tag light-yellow">样本少于 5</span>'
        assert told == [f"3 票，不记名{small}", f"1 票，不记名{small}"], (
            "of no ballot is it told what it said"
        )


def positions(page: str) -> list[str]:
    return re.findall(r'name="key" value="(\d+)"', page)


def item(page: str, key: str) -> str:
    """What is said of a thing on the page of many."""
    return next(each for each in page.split("<li>")[1:] if f"/evidence-items/{key}" in each)


def test_evidence_rejected_by_two_persons_no_longer_counts_and_the_sheet_says_why(year_end: Served) -> None:
    system, app = year_end
    first, second, clerk = (Visitor(app, name) for name in ("kaohe", "fukao", "danwei"))
    queue = f"/evidence?year=2025&q={VILLAGE}"
    page = first.get(queue).text
    found = positions(page)
    assert len(found) == 10 and "待初审" in page and "主题党日" in page
    once, again = "/evidence-items/review-evidence", "/evidence-items/review-evidence-again"
    chosen = {"key": found[0], "verdict": "rejected", "year": "2025"}
    assert first.post(once, verdict="accepted", year="2025").status_code == 422
    assert "请更正" in first.post(once, **{**chosen, "verdict": "maybe"}).text
    assert first.post(once, **chosen).status_code == 409
    assert first.post(again, **chosen, because="无").status_code == 409
    assert first.post(once, **chosen, because="没有签到").status_code == 200
    assert "待复审" in first.get(queue).text and "10.00" in clerk.get(f"/scores/{PAIRING}").text
    same = first.post(again, **chosen, because="没有签到")
    assert same.status_code == 409 and "assessment.SECOND_PERSON" in same.text
    before = system.log.position()
    both = {**chosen, "key": [found[0], found[1]]}
    answer = second.post(again, **both, because="确无签到")
    assert answer.status_code == 409 and system.log.position() == before + 1
    assert "已办" in item(answer.text, found[0]) and "checked" not in item(answer.text, found[0])
    assert "assessment.REVIEWED_FIRST" in item(answer.text, found[1]), "of each it is said what became of it"
    assert "确无签到" in answer.text and f'value="{found[1]}" checked' in answer.text
    assert second.get(f"{again}?key={found[1]}").status_code == 200, "a reload is no error"
    with system.reading() as connection:
        told = system.scoring.explain(connection, 2025, PAIRING, "A3", system.log.position())
    assert told.line.final == 900
    assert (int(found[0]), "evidence_rejected") in {(out.fact.position, out.code) for out in told.excluded}
    sheet = clerk.get(f"/scores/{PAIRING}").text
    assert "佐证经复审不予认可：确无签到" in sheet.split('id="A3"')[1].split("</details>")[0], (
        "the sheet says why it was taken out"
    )
    assert "不计分" in first.get(queue).text and found[0] not in positions(first.get(queue).text)
    assert "审核后计算分有变" in first.get(CHECK).text
    hub = step(first.get("/assessment?year=2025").text, "佐证审核")
    left = re.search(r"待审 (\d+) 项，共 (\d+) 项", hub)
    assert left is not None and int(left[1]) == int(left[2]) - 1 and "已办<" not in hub, "one of many"
    then = first.get(f"{queue}&at={before}").text
    assert "待复审" in then and positions(then) == []


def test_evidence_is_asked_for_page_by_page_each_item_once(year_end: Served) -> None:
    system = year_end[0]
    kaohe = next(each for each in DEMO_ACTORS if each.username == "kaohe")

    def pages(limit: int, **asked: Any) -> list[EvidenceQueue]:
        stated: dict[str, Any] = {field.name: None for field in list_evidence.fields}
        stated |= {"year": 2025, "indicator": "", "q": "", "sample": "", "limit": limit, **asked}
        found = [ask(system, list_evidence, kaohe, "", stated)]
        while further := found[-1].next:
            found.append(ask(system, list_evidence, kaohe, "", {**stated, "after": further}))
        return found

    everything = [row for page in pages(200) for row in page.rows]
    by_fewer = pages(170)
    assert [row for page in by_fewer for row in page.rows] == everything and len(by_fewer) > 3
    assert len({each.record for each in everything}) == len(everything) == by_fewer[0].found
    assert sum(each.count for each in by_fewer[0].counts) == len(everything)
    (one,) = pages(40, item=everything[-1].record)
    assert one.rows == (everything[-1],)
    own = [row for page in pages(170, indicator="A3") for row in page.rows]
    assert own == [each for each in everything if "A3" in each.indicators]


def test_a_sample_is_drawn_from_what_was_accepted_and_anybody_draws_it_again(year_end: Served) -> None:
    system, app = year_end
    first = Visitor(app, "kaohe")
    todo = positions(first.get("/evidence?year=2025&state=open&indicator=A3").text)[:8]
    accept = {"key": todo, "verdict": "accepted", "year": "2025"}
    assert first.post("/evidence-items/review-evidence", **accept).status_code == 200
    page = first.get("/evidence?year=2025").text
    seed = re.search(r'name="seed"[^>]*value="([0-9a-f]{32})"', page)
    assert seed is not None
    answer = first.post("/samples/2025/draw-sample", percent="3", seed=seed[1])
    assert "一致" in answer.text and "2025-1" in answer.text
    again = first.post("/samples/2025/draw-sample", percent="3", seed=seed[1])
    assert again.status_code == 409 and "assessment.SEED_NEW" in again.text
    (event,) = [r.event for r in system.log.named("assessment.EvidenceSampleDrawn")]
    items, population = event.values()["items"], event.values()["population"]
    assert items == draw(seed[1], population, 3) and set(map(int, todo)) <= set(population)
    shown = first.get("/evidence?year=2025&sample=2025-1").text
    assert shown.count("抽样</span>") == min(len(items), 25) > 0
    assert sorted(map(int, positions(shown))) == sorted(items)[:25] or len(items) > 25


def test_the_cut_off_is_set_late_entries_are_listed_and_the_hub_tells_where_things_stand(
    year_end: Served,
) -> None:
    system, app = year_end
    assessor, clerk = Visitor(app, "kaohe"), Visitor(app, "danwei")
    today = system.today().isoformat()
    page = assessor.get("/late?year=2025").text
    assert "尚未确定" in page and "填报晚于截止" in page and "总分相差" in page
    assert assessor.post("/cut-offs/2025/set-cut-off", record_on="2199-01-01", because="").status_code == 409
    answer = assessor.post("/cut-offs/2025/set-cut-off", record_on=today, because="")
    assert answer.status_code == 200 and today in answer.text
    assert assessor.post("/cut-offs/2025/set-cut-off", record_on=today, because="").status_code == 409
    activity = {"kind": "themed_party_day", "topic": "补一次", "held_on": "2025-01-09", "participants": "9"}
    clerk.post("/activities/record-activity", pairing_id=PAIRING, **activity)
    late = assessor.get("/late?year=2025").text
    assert "补一次" in late and "录入晚于截止日" in late
    table = assessor.get("/late/export?format=csv&year=2025").text
    assert table.count("\n") > 1 and ",是," in table
    hub = assessor.get("/assessment?year=2025").text
    assert "录入截止 " + today in hub and "/late?year=2025" in hub and "已审核" in hub
    assert "/runs/r-" not in hub and "尚未核定" in hub
    assert assessor.post("/results/2025/freeze-run", acknowledged="1", because="年终核定").status_code == 200
    later = assessor.get("/assessment?year=2025").text
    run = run_named(system, "2025-1")
    assert f"/runs/{run}/grades" in later and f"/notice/{run}" in later and "尚未核定" not in later
    for title in ("单位自评", "审核得分"):
        left = step(later, title)
        assert "未办完" in left and "已办<" not in left, "a run does not finish what it did not wait for"
    mine = clerk.get("/assessment?year=2025").text
    assert SELF in mine and "/evidence" not in mine and "佐证审核" not in mine
    assert "单位自评" not in Visitor(app, "cun").get("/assessment?year=2025").text.split("<main")[1]


@pytest.mark.parametrize("path", [SELF, "/verification", CHECK, "/evidence", "/late", "/assessment"])
@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.APPROVER, Role.AUDITOR])
def test_every_page_is_shown_in_both_languages_now_and_then(year_end: Served, path: str, role: Role) -> None:
    visitor = Visitor(year_end[1], next(each.username for each in DEMO_ACTORS if each.role is role))
    for language in ("zh", "en"):
        assert visitor.get(f"{path}?year=2025&lang={language}").status_code == 200
        then = visitor.get(f"{path}?year=2025&lang={language}&at=8000")
        assert then.status_code == 200 and 'class="banner"' in then.text
        sent = re.findall(r'method="post" action="([^"]+)"', then.text.split("<main")[1])
        assert {each.partition("?")[0] for each in sent} <= {"/me/views"}, "nothing is decided in the past"


LISTS = ("/findings", "/appeals", "/needs", "/projects", "/activities", "/pairings", "/complaints", "/burden")
LISTS_OF_OFFICES = (
    "/ranking",
    "/result-uses",
    "/facts?figure=visits",
    "/likenesses",
    "/agreements",
    "/accesses",
)


def test_every_heading_of_a_list_sorts_it_both_ways(year_end: Served) -> None:
    office = Visitor(year_end[1], "kaohe")
    followed = 0
    for path in (*LISTS, *LISTS_OF_OFFICES):
        page = office.get(path).text
        for name in sorted(set(re.findall(r"[?&;]sort=-?(\w+)", page))):
            for sort in (name, f"-{name}"):
                answer = office.get(f"{path}{'&' if '?' in path else '?'}sort={sort}")
                assert answer.status_code == 200, (path, sort)
                followed += 1
    assert followed > 40
