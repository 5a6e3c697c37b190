"""The board of the year's work: each event changes its own row, and the past stays readable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Table, select

from domain.assessment.year.events import (
    CutOffSet,
    EvidenceReviewed,
    EvidenceReviewedAgain,
    EvidenceSampleDrawn,
    LineVerified,
    RatingsRecorded,
    SatisfactionSurveyed,
    SelfScored,
    SuperiorRanked,
    SuperiorScored,
    Verdict,
)
from domain.kernel.event import Event
from projections.boards.assessment.year_work import (
    cut_off_at,
    cut_offs,
    entries_of,
    entries_of_year,
    lines_of,
    ratings,
    reviews,
    samples,
    scored_lines,
    superiors,
    surveys,
    year_work_board,
)
from projections.kit.columns import known
from tests.kit.events import projected

DAY = date(2026, 1, 12)


def of(n: int) -> dict[str, Any]:
    return {
        "year": 2025,
        "pairing_id": f"2025-v-{n}-b-{n}",
        "branch": f"b-{n}",
        "village": f"v-{n}",
        "indicator": "S1",
    }


def own(n: int, points: int) -> SelfScored:
    return SelfScored(**of(n), points_hundredths=points, note="自评", scored_by="danwei", scored_on=DAY)


def verified(n: int, points: int, because: str = "") -> LineVerified:
    return LineVerified(
        **of(n),
        points_hundredths=points,
        self_hundredths=800,
        computed_hundredths=None,
        because=because,
        verified_by="kaohe",
        verified_on=DAY,
    )


def rated(n: int, *ballots: int, because: str = "") -> RatingsRecorded:
    return RatingsRecorded(
        **of(n),
        group="leaders",
        invited=3,
        ballots=ballots,
        recorded_by="kaohe",
        rated_on=DAY,
        because=because,
    )


def surveyed(n: int, valid: int) -> SatisfactionSurveyed:
    return SatisfactionSurveyed(
        **of(n),
        survey_id="CP-1",
        issued=40,
        returned=36,
        valid=valid,
        options=(("satisfied", valid),),
        recorded_by="kaohe",
        surveyed_on=DAY,
        because="",
    )


def superior(n: int, score: int) -> SuperiorScored:
    paper = {"issuer": "州委", "document_no": "州〔2026〕1号", "recorded_by": "kaohe"}
    return SuperiorScored(**of(n), **paper, score_hundredths=score, scored_on=DAY)


def placed(n: int, place: int) -> SuperiorRanked:
    paper = {"issuer": "州委", "document_no": "州〔2026〕2号", "recorded_by": "kaohe"}
    return SuperiorRanked(**of(n), **paper, place=place, ranked_on=DAY)


def cut(year: int, at: int) -> CutOffSet:
    return CutOffSet(year=year, record_on=DAY, known_at=at, because="", set_by="kaohe", set_on=DAY)


def reviewed(item: int) -> EvidenceReviewed:
    return EvidenceReviewed(
        item=item,
        **of(item),
        reference="a",
        verdict=Verdict.REJECTED,
        because="不清",
        reviewed_by="kaohe",
        reviewed_on=DAY,
    )


AGAIN = EvidenceReviewedAgain(
    item=1,
    **of(1),
    reference="a",
    verdict=Verdict.ACCEPTED,
    because="",
    reviewed_by="fukao",
    reviewed_on=DAY,
)


@pytest.mark.parametrize(
    ("table", "events", "columns", "before", "after"),
    [
        (scored_lines, [own(1, 800), own(2, 800), own(1, 900)], ("self_hundredths",), (800,), (900,)),
        (
            scored_lines,
            [own(1, 800), own(2, 800), verified(1, 700, "少一次")],
            ("verified_hundredths", "self_then", "because", "verifications"),
            (None, None, "", 0),
            (700, 800, "少一次", 1),
        ),
        (
            scored_lines,
            [verified(1, 700), verified(2, 700), verified(1, 750, "改")],
            ("verified_hundredths", "verifications", "self_hundredths"),
            (700, 1, None),
            (750, 2, None),
        ),
        (
            ratings,
            [rated(1, 9000), rated(2, 9000), rated(1, 8000, 9000, because="漏录")],
            ("ballots", "because"),
            ([9000], ""),
            ([8000, 9000], "漏录"),
        ),
        (
            surveys,
            [surveyed(1, 30), surveyed(2, 30), surveyed(1, 31)],
            ("valid", "options"),
            (30, [["satisfied", 30]]),
            (31, [["satisfied", 31]]),
        ),
        (superiors, [superior(1, 90), superior(2, 90), superior(1, 95)], ("score_hundredths",), (90,), (95,)),
        (superiors, [placed(1, 3), placed(2, 3), placed(1, 2)], ("place",), (3,), (2,)),
        (
            reviews,
            [reviewed(1), reviewed(2), AGAIN],
            ("verdict", "second_verdict", "second_by"),
            ("rejected", "", ""),
            ("rejected", "accepted", "fukao"),
        ),
        (cut_offs, [cut(2025, 5), cut(2024, 5), cut(2025, 7)], ("last_position",), (5,), (7,)),
    ],
)
def test_each_event_changes_its_own_row(
    table: Table, events: list[Event], columns: tuple[str, ...], before: Any, after: Any
) -> None:
    engine, runner = projected([year_work_board], *events)
    shown = [table.c[name] for name in columns]
    with engine.connect() as connection:
        now = connection.execute(
            select(*shown).where(known(table, None)).order_by(table.c.known_from.desc())
        ).all()
        then = connection.execute(select(*shown).where(known(table, 2))).all()
    assert sorted(map(repr, map(tuple, now))) == sorted([repr(after), repr(before)])
    assert {repr(tuple(row)) for row in then} == {repr(before)} and len(then) == 2
    assert runner.check() == []


def test_a_score_and_a_place_of_one_superior_are_two_things() -> None:
    engine, _ = projected([year_work_board], superior(1, 90), placed(1, 3), superior(2, 80))
    with engine.connect() as connection:
        rows = entries_of(connection, superiors, of(1)["pairing_id"], 2025, 3)
    assert [(row.place, row.score_hundredths) for row in rows] == [(3, None), (None, 90)]


def test_lines_and_the_cut_off_are_read_as_known_then() -> None:
    engine, _ = projected([year_work_board], own(1, 800), cut(2025, 1), own(1, 850), own(2, 1))
    with engine.connect() as connection:
        assert lines_of(connection, of(1)["pairing_id"], 2025, 2)["S1"].self_hundredths == 800
        assert lines_of(connection, of(1)["pairing_id"], 2025, 4)["S1"].self_hundredths == 850
        assert [cut_off_at(connection, 2025, at) for at in (1, 2)] == [None, 1]
        assert cut_off_at(connection, 2024, 4) is None


@pytest.mark.parametrize(
    ("table", "event"),
    [
        (scored_lines, own(1, 800)),
        (scored_lines, verified(1, 800)),
        (ratings, rated(1, 90)),
        (surveys, surveyed(1, 30)),
        (superiors, superior(1, 90)),
        (superiors, placed(1, 3)),
        (reviews, reviewed(1)),
    ],
    ids=lambda each: type(each).__name__,
)
def test_what_is_said_for_a_year_stands_beside_what_was_said_for_another(table: Table, event: Any) -> None:
    engine, runner = projected([year_work_board], event, replace(event, year=2026))
    pairing = of(1)["pairing_id"]
    with engine.connect() as connection:
        for year, at in ((2025, 1), (2026, 2)):
            (row,) = entries_of(connection, table, pairing, year, 2)
            assert row.known_from == at
            assert entries_of_year(connection, table, year, 2) == [row]
    assert runner.check() == []


def test_a_sample_is_kept_whole() -> None:
    event = EvidenceSampleDrawn(
        sample_id="sa-1",
        year=2025,
        number=1,
        seed="lots",
        percent=50,
        population=(1, 2),
        items=(2,),
        drawn_by="kaohe",
        drawn_on=DAY,
    )
    engine, _ = projected([year_work_board], own(1, 1), event)
    with engine.connect() as connection:
        (row,) = connection.execute(select(samples)).all()
    assert (row.population, row.items, row.seed, row.known_from) == ([1, 2], [2], "lots", 2)
