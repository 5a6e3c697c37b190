"""What assessors state becomes facts of one indicator; stated again it replaces what was said, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import create_engine, select

import projections.catalogue  # noqa: F401  (registers the handlers)
from domain.assessment.year.events import (
    EvidenceReviewed,
    EvidenceReviewedAgain,
    LineVerified,
    RatingsRecorded,
    SatisfactionSurveyed,
    SuperiorRanked,
    SuperiorScored,
    Verdict,
)
from domain.kernel.event import Event
from domain.kernel.recorded import By, Recorded, Source
from domain.pairing.events import ActivityHeld, ActivityKind, CaseLevel, CasePublished
from projections.facts.fact_table import facts
from projections.facts.facts import facts_projection
from projections.kit.rows import Rows
from projections.kit.writer import Writer
from tests.kit.neighbours import demand_neighbours_untouched

P, Q = (f"2025-v-0000000{n}-b-00000001" for n in (1, 2))
DAY = date(2026, 1, 20)


def of(pairing: str, **more: Any) -> dict[str, Any]:
    return {"pairing_id": pairing, "branch": "b-00000001", "village": pairing[5:15]} | more


def verified(points: int, pairing: str = P, indicator: str = "X1", year: int = 2025) -> Event:
    return LineVerified(
        **of(pairing, indicator=indicator, year=year),
        points_hundredths=points,
        self_hundredths=None,
        computed_hundredths=None,
        because="",
        verified_by="kaohe",
        verified_on=DAY,
    )


def scored(score: int, issuer: str = "州委", pairing: str = P) -> Event:
    own = of(pairing, indicator="X1", issuer=issuer, document_no="1", recorded_by="kaohe", year=2025)
    return SuperiorScored(**own, score_hundredths=score, scored_on=DAY)


def placed(place: int, issuer: str = "州委", indicator: str = "X1") -> Event:
    own = of(P, indicator=indicator, issuer=issuer, document_no="1", recorded_by="kaohe", year=2025)
    return SuperiorRanked(**own, place=place, ranked_on=DAY)


def rated(group: str, *ballots: int, pairing: str = P) -> Event:
    own = of(pairing, indicator="X1", group=group, invited=9, ballots=ballots, recorded_by="kaohe")
    own["year"] = 2025
    return RatingsRecorded(**own, rated_on=DAY)


def surveyed(batch: str, issued: int, yes: int, no: int) -> Event:
    own = of(P, indicator="X1", survey_id=batch, issued=issued, returned=yes + no, valid=yes + no)
    own["year"] = 2025
    return SatisfactionSurveyed(
        **own, options=(("满意", yes), ("不满意", no)), recorded_by="kaohe", surveyed_on=DAY
    )


def held(activity: str, pairing: str = P) -> Event:
    return ActivityHeld(
        **of(pairing),
        activity_id=activity,
        kind=ActivityKind.FORUM,
        held_on=date(2025, 5, 1),
        topic="座谈",
        participants=4,
        persons_visited=None,
    )


def published(level: CaseLevel) -> Event:
    return CasePublished(
        **of(P), case_id=f"c-{level.value}", case_name="c", level=level, published_on=date(2025, 5, 1)
    )


def reviewed(verdict: Verdict, reference: str, pairing: str = P, again: bool = True, item: int = 1) -> Event:
    own = of(pairing, year=2025, item=item, indicator="B3", reference=reference, verdict=verdict, because="")
    if again:
        return EvidenceReviewedAgain(**own, reviewed_by="fukao", reviewed_on=DAY)
    return EvidenceReviewed(**own, reviewed_by="kaohe", reviewed_on=DAY)


Fact = tuple[Any, ...]


def projected(events: Sequence[Event], page: int) -> list[Fact]:
    """(kind, pairing, reference, type, level, quantity) of the facts that stand after pages of so many events."""
    demand_neighbours_untouched([facts_projection], events)
    engine = create_engine("sqlite://")
    c = facts.c
    with engine.begin() as connection:
        for table in facts_projection.tables:
            table.create(connection)
        for first in range(0, len(events), page):
            write = Writer(Rows.of(connection))
            for n, event in enumerate(events[first : first + page], first + 1):
                by = By(actor="kaohe", source=Source(kind="page"))
                at = datetime(2026, 1, 20, tzinfo=UTC)
                recorded = Recorded(position=n, stream="s", version=n, recorded_at=at, by=by, event=event)
                facts_projection.apply(write, recorded)
            write.flush()
        stands = select(c.kind, c.pairing, c.reference, c.type, c.level, c.quantity)
        rows = connection.execute(stands.where(c.retracted_at.is_(None)).order_by(c.position, c.seq))
        return [tuple(row) for row in rows]


@pytest.mark.parametrize("page", [1, 100])
@pytest.mark.parametrize(
    ("events", "facts_left"),
    [
        (
            [verified(300), verified(100, Q), verified(200, indicator="X2"), verified(400)],
            [
                ("verified_points", Q, "X1", "", "", 100),
                ("verified_points", P, "X2", "", "", 200),
                ("verified_points", P, "X1", "", "", 400),
            ],
        ),
        (
            [scored(9000), scored(8000, "省委"), scored(7000, pairing=Q), scored(9500)],
            [
                ("superior_score", P, "X1", "省委", "", 8000),
                ("superior_score", Q, "X1", "州委", "", 7000),
                ("superior_score", P, "X1", "州委", "", 9500),
            ],
        ),
        (
            [placed(3), placed(4, "省委"), placed(5, indicator="X2"), placed(1)],
            [
                ("superior_rank", P, "X1", "省委", "", 4),
                ("superior_rank", P, "X2", "州委", "", 5),
                ("superior_rank", P, "X1", "州委", "", 1),
            ],
        ),
        (
            [
                rated("班子", 9000, 9500),
                rated("村民", 8000),
                rated("班子", 1, pairing=Q),
                rated("班子", 7000, 7000, 7100),
            ],
            [
                ("rating", P, "X1", "", "村民", 8000),
                ("rating", Q, "X1", "", "班子", 1),
                ("rating", P, "X1", "", "班子", 7000),
                ("rating", P, "X1", "", "班子", 7000),
                ("rating", P, "X1", "", "班子", 7100),
            ],
        ),
        (
            [surveyed("one", 50, 20, 10), surveyed("two", 9, 2, 1), surveyed("one", 60, 30, 10)],
            [
                (kind, P, "X1", batch, option, n)
                for batch, issued, yes, no in (("two", 9, 2, 1), ("one", 60, 30, 10))
                for kind, option, n in (
                    ("survey_issued", "", issued),
                    ("survey_returned", "", yes + no),
                    ("survey_valid", "", yes + no),
                    ("survey_option", "满意", yes),
                    ("survey_option", "不满意", no),
                )
            ],
        ),
        (
            [
                held("a-1"),
                held("a-2"),
                held("a-3", Q),
                held(""),
                reviewed(Verdict.REJECTED, "a-1", again=False),
                reviewed(Verdict.ACCEPTED, "a-2"),
                reviewed(Verdict.REJECTED, ""),
                reviewed(Verdict.REJECTED, "a-3"),
            ],
            [
                ("activity", P, "a-1", "forum", "", 4),
                ("activity", P, "a-2", "forum", "", 4),
                ("activity", Q, "a-3", "forum", "", 4),
                ("activity", P, "", "forum", "", 4),
            ],
        ),
        (
            [held("a-1"), held("a-2"), reviewed(Verdict.REJECTED, "a-1")],
            [("activity", P, "a-2", "forum", "", 4)],
        ),
        (
            [
                published(CaseLevel.COUNTY),
                published(CaseLevel.PROVINCE),
                reviewed(Verdict.REJECTED, "c", item=2),
            ],
            [("case_published", P, "c", "", "county", 0)],
        ),
    ],
)
def test_what_stands_after(events: Sequence[Event], facts_left: list[Fact], page: int) -> None:
    assert projected(events, page) == facts_left


STATED = (verified(300), scored(9000), placed(3), rated("班子", 9000), surveyed("one", 50, 20, 10))


@pytest.mark.parametrize("stated", STATED, ids=lambda event: type(event).__name__)
def test_what_is_stated_about_a_year_leaves_every_other_year_as_it_stood(stated: Event) -> None:
    later = replace(stated, year=2026)
    alone = projected([stated], 1)
    assert projected([stated, later], 1) == [*alone, *alone]
    assert projected([stated, later, stated], 1) == [*alone, *alone]
