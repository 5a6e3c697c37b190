"""One year end with everything in it, on both databases: what is public stands, and all that is made of the log holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from application.proof.packaging import package
from application.proof.verifying import verify_system
from application.questions.answers.year_end.comparison import comparison_shown
from application.questions.results.comparing import standpoint_of
from application.questions.results.reproducing import reproduce
from application.questions.results.run_results import run_results
from application.system import System
from application.things import key_of_sheet
from application.verbs.assessment import results as verbs
from application.verbs.assessment.evidence import review_evidence, review_evidence_again, set_cut_off
from application.verbs.assessment.year_work import (
    record_ratings,
    record_superior_rank,
    record_superior_score,
    record_survey,
    self_score,
    verify_lines,
)
from application.verbs.pairing.activities import (
    record_activity,
)
from domain.assessment.scoring.comparing import Cause
from domain.assessment.year.pairing_lines import OwnScore, Verification
from domain.integrity.evidence import check
from domain.pairing.events import ActivityKind
from interface.demo.accounts import UNIT
from projections.figures.evidence_queue import counting
from tests.kit.acts import act, carried, carried_out
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import BRANCH, PAIRING
from tests.kit.manual_scheme import manual_scheme
from tests.kit.prepared import prepared
from tests.kit.serving import Visitor, app_of
from tests.kit.yearend import by, freeze, publish, runs_of

pytestmark = pytest.mark.long
"""What ``make test`` plays of it is the shorter way of test_year_end, and on PostgreSQL the course of a finding."""

MINE = key_of_sheet(2025, PAIRING)
LAST_DAY, FROZEN, LATER = date(2026, 1, 9), date(2026, 1, 12), date(2026, 2, 2)
PAPERS = (
    f"/documents/notice/2025-1/{BRANCH}",
    "/documents/notices/2025-1/print",
    "/documents/circular/2025-1",
)
SEAL = r'<section class="seal".*?</section>'
"""What a paper says of when it was printed, and by which record."""


class Clock:
    """Turned by hand; no two readings are the same."""

    now = datetime(2026, 1, 9, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now

    def turn_to(self, day: date) -> None:
        self.now = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


@dataclass
class County:
    """The system with its pages and its clock."""

    system: System
    app: FastAPI
    clock: Clock

    def points(self, indicator: str, at: int | None = None) -> int | None:
        """A line of the sheet as known at a position."""
        known_at = self.system.log.position() if at is None else at
        with self.system.reading() as connection:
            told = self.system.scoring.explain(connection, 2025, PAIRING, indicator, known_at)
            results = self.system.scoring.results(connection, 2025, known_at)
        (sheet,) = [each.sheet for each in results if each.pairing == PAIRING]
        assert told.line.final == sheet.line(indicator).final
        return told.line.final


@pytest.fixture
def county(database: DatabaseCase) -> Iterator[County]:
    """The county under a scheme that asks for everything that people can enter."""
    clock = Clock()
    system = prepared(database.folder, database.url, clock, scheme=manual_scheme(), year=2025)
    yield County(system, app_of(system), clock)
    system.close()


@pytest.mark.parametrize(
    "database",
    [
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.postgresql),
    ],
    indirect=True,
)
def test_a_year_end_with_everything_in_it(county: County) -> None:
    system, clock = county.system, county.clock
    score_itself(system)
    clock.turn_to(LAST_DAY + timedelta(days=1))
    cut_off(county)
    enter_what_people_give(county)
    reject_evidence(county)
    clock.turn_to(LATER)
    first = freeze(system, day=FROZEN)
    assert publish(system, first, FROZEN) <= system.today()
    act(
        system,
        verbs.serve_result,
        first,
        branches=[BRANCH],
        served_to="办公室",
        served_on=LATER,
        day=LATER,
        by=by("kaohe"),
    )
    public_at = system.log.position()
    words = papers(county, None)
    rows_before = rows_of(county, first)

    second = appeal(county)
    assert papers(county, None) == words, "a run that is only frozen changes nothing that is public"
    before = papers(county, public_at)
    assert publish(system, second, LATER) > LATER
    clock.turn_to(date(2026, 3, 2))
    # Handing the first result out, and every step to the second, leaves what was published as it was.
    assert papers(county, public_at) == before
    assert without_successor(papers(county, None)) == words
    assert rows_of(county, first) == rows_before
    assert rows_of(county, second) != rows_before
    what_moved(system, first, second)
    assert county.points("A3", public_at) == 900 and county.points("A3") == 1000

    # On the last day of the year as much is true as is known of it now: what was struck, what came late, what was ruled.
    assert business_day(system, public_at) == 900
    assert business_day(system, system.log.position()) == 1000

    everything_holds(county, (first, second))


def business_day(system: System, known_at: int) -> int | None:
    """The line of Party days as it had come by the end of the year, by what was known at a position."""
    then = system.about(date(2025, 12, 31), known_at)
    with then.reading() as connection:
        return then.scoring.explain(connection, 2025, PAIRING, "A3", known_at).line.final


def score_itself(system: System) -> None:
    own = (OwnScore("A3", 1000, "按台账"), OwnScore("S1", 900), OwnScore("B1", 100))
    outcome = carried_out(system, self_score, MINE, scores=own, day=LAST_DAY, by=by("danwei"))
    assert len(outcome.events) == 3


def cut_off(county: County) -> None:
    """The day is set, then something is entered late, which counts nowhere."""
    system = county.system
    act(system, set_cut_off, "2025", record_on=LAST_DAY, by=by("kaohe"))
    before = county.points("A3"), county.points("B1")
    for month in range(1, 13):
        day = date(2025, month, 9)
        carried(
            system,
            record_activity,
            near="",
            pairing_id=PAIRING,
            kind=ActivityKind.THEMED_PARTY_DAY,
            topic=f"{month} 月主题党日",
            held_on=day,
            participants=12,
            persons_visited=None,
            reported_on=day,
            today=system.today(),
            by=by("danwei"),
        )
    assert (county.points("A3"), county.points("B1")) == before
    late = Visitor(county.app, "kaohe").get("/late?year=2025").text
    assert UNIT in late


def enter_what_people_give(county: County) -> None:
    """Assessors work after the cut-off, which is for entries of units; what they enter counts."""
    system, today, kaohe = county.system, county.system.today(), by("kaohe")
    lines = (Verification("A3", 1000), Verification("S1", 700, "一项不符"))
    assert len(carried_out(system, verify_lines, MINE, verifications=lines, by=kaohe).events) == 2
    for group, ballots in (("leaders", (9000, 8000)), ("residents", (10000, 9500, 9000))):
        rated: dict[str, Any] = {"indicator": "S2", "group": group, "ballots": ballots}
        carried_out(system, record_ratings, MINE, **rated, invited=5, rated_on=today, because="", by=kaohe)
    chosen = [
        {"option": "satisfied", "count": 30},
        {"option": "fair", "count": 5},
        {"option": "dissatisfied", "count": 5},
    ]
    batch = {"survey_id": "第一批", "issued": 50, "returned": 45, "valid": 40}
    act(system, record_survey, MINE, indicator="S3", **batch, options=chosen, surveyed_on=today, by=kaohe)
    paper = {"issuer": "州联建办", "document_no": "州联建〔2026〕1 号"}
    act(
        system,
        record_superior_score,
        MINE,
        indicator="S4",
        score_hundredths="90",
        **paper,
        scored_on=today,
        by=kaohe,
    )
    paper["document_no"] = "州联建〔2026〕2 号"
    act(system, record_superior_rank, MINE, indicator="S5", place=2, **paper, ranked_on=today, by=kaohe)
    # 0.6 x 85 + 0.4 x 95 = 89; (30 x 100 + 5 x 60) / 40 = 82.5
    expected = {"S1": 700, "S2": 890, "S3": 825, "S4": 450, "S5": 300}
    assert {code: county.points(code) for code in expected} == expected


def reject_evidence(county: County) -> None:
    """One of ten Party days is found wanting by two persons, after the cut-off."""
    system = county.system
    at = system.log.position()
    with system.reading() as connection:
        scheme = system.scoring.scheme(connection, 2025, at)
        queue = counting(connection, scheme, at, None, [PAIRING])
    ten = [each for each in queue if "A3" in each.indicators and each.occurred_on.day != 9]
    assert county.points("A3") == 1000
    item, no = str(ten[0].position), {"year": 2025, "verdict": "rejected", "because": "照片系往年"}
    act(system, review_evidence, item, **no, by=by("kaohe"))
    assert county.points("A3") == 1000, "one person alone changes nothing"
    act(system, review_evidence_again, item, **no, by=by("fukao"))
    assert county.points("A3") == 900


def without_successor(found: dict[str, str]) -> dict[str, str]:
    """What a replaced run's papers say besides that it was replaced, which each notice and the circular do say."""
    told = {path: re.subn(r"；自 [0-9-]+ 起由核定 2025-2 取代", "", page) for path, page in found.items()}
    assert all(n == 1 for path, (_, n) in told.items() if "/notice/" in path or "/circular/" in path)
    return {path: page for path, (page, _) in told.items()}


def papers(county: County, at: int | None) -> dict[str, str]:
    """The first run's documents, without when they were printed. ``at`` is ``None`` for now: then what they say, without the
    addresses behind their figures, which lead to the page as it is known now.
    """
    visitor = Visitor(county.app, "kaohe")
    found = {}
    for path in PAPERS:
        answer = visitor.get(path if at is None else f"{path}?at={at}")
        assert answer.status_code == 200, path
        page = answer.text
        if at is None:
            page = page[page.index("<article") : page.rindex("</article>")]
            page = re.sub(r"<[^>]+>", "", re.sub(SEAL, "", page, flags=re.DOTALL))
        else:
            page = page[page.index("<main") : page.index("</main>")]
            page, times = re.subn(r"(<dt>制作时间</dt><dd>)[^·]*·", r"\1", page)
            assert times
        found[path] = page
    return found


def rows_of(county: County, run_id: str) -> list[tuple[str, str, int]]:
    """The results of a run as they are public now."""
    with county.system.reading() as connection:
        found = run_results(county.system.scoring, connection, run_id, None)
    return [(each.result.pairing, each.grade, each.result.sheet.total) for each in found.graded]


def appeal(county: County) -> str:
    """The unit shows the right photograph; the line is corrected, and a new run follows."""
    unit, reviewer = Visitor(county.app, "danwei"), Visitor(county.app, "fuhe")
    answer = unit.post(
        "/appeals/file-appeal", year="2025", pairing_id=PAIRING, indicator="A3", grounds="照片为当年拍摄"
    )
    assert answer.status_code == 200, answer.text
    path = answer.url.path
    assert reviewer.post(f"{path}/admit-appeal").status_code == 200
    decided = reviewer.post(
        f"{path}/decide-appeal",
        outcome="varied",
        corrected_points_hundredths="10",
        reasons="照片经核系当年拍摄",
    )
    assert decided.status_code == 200, decided.text
    newest = list(runs_of(county.system).runs.values())[-1].frozen
    assert newest.appeal_id and newest.run_no == "2025-2"
    return newest.run_id


def what_moved(system: System, first: str, second: str) -> None:
    """One line of one pairing, by the ruling."""
    with system.reading() as connection:
        one, _ = standpoint_of(system, connection, first)
        two, _ = standpoint_of(system, connection, second)
        found = comparison_shown(system, connection, 2025, one, two, None, None)
    (moved,) = found.rows
    assert (moved.pairing_id, moved.by, found.moved) == (PAIRING, "1.00", 1)
    (line,) = moved.lines
    assert (line.indicator, line.before, line.after) == ("A3", "9.00", "10.00")
    assert [(each.cause, each.points) for each in line.movements] == [(Cause.RULING, "1.00")]


def everything_holds(county: County, run_ids: tuple[str, ...]) -> None:
    system = county.system
    for run_id in run_ids:
        assert reproduce(system, run_id).differing == [], run_id
    for kind, about in (("score", PAIRING), ("appeal", "SS2026-001")):
        check(package(system, kind, about, by("shenji"), 2025))
    # Tables as rebuilt from the log, runs as worked out anew, and what has just been packaged.
    assert verify_system(system).problems == []
    visitor = Visitor(county.app, "shenji")
    frozen_at = runs_of(system).run(run_ids[0]).frozen.known_at
    for path in (
        "/assessment",
        f"/scores/{PAIRING}",
        "/runs",
        "/late",
        "/evidence",
        f"/verification/{PAIRING}",
    ):
        for when in (f"at={frozen_at}", "about=2026-01-12", "lang=en"):
            assert visitor.get(f"{path}?{when}").status_code == 200, (path, when)
    live = rows_of(county, run_ids[-1])
    system.runner.rebuild()
    assert rows_of(county, run_ids[-1]) == live
