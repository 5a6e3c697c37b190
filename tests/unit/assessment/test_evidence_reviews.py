"""Evidence is looked at by two persons where it matters; samples can be drawn again by anybody."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as some

from domain.assessment.year import clauses
from domain.assessment.year.events import (
    EvidenceReviewed,
    EvidenceReviewedAgain,
    EvidenceSampleDrawn,
    Verdict,
)
from domain.assessment.year.evidence import EvidenceReview, EvidenceSamples, Item, draw
from domain.kernel.clause import Clause
from tests.kit.given import given
from tests.kit.persons import ALONE, same

DAY = date(2026, 1, 12)
ITEM = Item(812, 2025, "2025-v-b", "b", "v", "C2", "activity-1", entered_by=("danwei",))
SAID: dict[str, Any] = {
    "item": 812,
    "year": 2025,
    "pairing_id": "2025-v-b",
    "branch": "b",
    "village": "v",
    "indicator": "C2",
    "reference": "activity-1",
    "reviewed_on": DAY,
}
FIRST = EvidenceReviewed(**SAID, verdict=Verdict.REJECTED, because="照片不清", reviewed_by="kaohe")
SECOND = EvidenceReviewedAgain(**SAID, verdict=Verdict.ACCEPTED, because="", reviewed_by="fukao")


def test_two_persons_look_and_the_second_settles() -> None:
    given(EvidenceReview()).when(
        lambda r: r.review_evidence(
            item=ITEM,
            verdict=Verdict.REJECTED,
            because="照片不清",
            reviewed_by="kaohe",
            today=DAY,
            persons=ALONE,
        )
    ).then(FIRST)
    given(EvidenceReview(), FIRST).when(
        lambda r: r.review_evidence_again(
            item=ITEM, verdict=Verdict.ACCEPTED, because="", reviewed_by="fukao", today=DAY, persons=ALONE
        )
    ).then(SECOND)


def test_in_whose_name_it_was_entered_does_not_review_it() -> None:
    entered = replace(ITEM, entered_by=("danwei", "kaohe"))
    given(EvidenceReview()).when(
        lambda r: r.review_evidence(
            item=entered,
            verdict=Verdict.ACCEPTED,
            because="",
            reviewed_by="kaohe",
            today=DAY,
            persons=ALONE,
        )
    ).refused(clauses.OTHERS_REVIEW)


@pytest.mark.parametrize(
    ("events", "again", "wrong", "clause"),
    [
        ((FIRST,), False, {}, clauses.REVIEWED_ONCE),
        ((), False, {"because": " "}, clauses.REJECTION_EXPLAINED),
        ((), False, {"reviewed_by": "danwei"}, clauses.OTHERS_REVIEW),
        ((), True, {}, clauses.REVIEWED_FIRST),
        ((FIRST,), True, {"reviewed_by": "kaohe"}, clauses.SECOND_PERSON),
        ((FIRST,), True, {"persons": same("kaohe", "fukao")}, clauses.SECOND_PERSON),
        ((), False, {"persons": same("danwei", "fukao")}, clauses.OTHERS_REVIEW),
        ((FIRST,), True, {"reviewed_by": "danwei"}, clauses.OTHERS_REVIEW),
        ((FIRST,), True, {"because": ""}, clauses.REJECTION_EXPLAINED),
        ((FIRST, SECOND), True, {}, clauses.REVIEWED_AGAIN_ONCE),
    ],
)
def test_a_review_is_refused(
    events: tuple[Any, ...], again: bool, wrong: dict[str, Any], clause: Clause
) -> None:
    said = {
        "verdict": Verdict.REJECTED,
        "because": "照片不清",
        "reviewed_by": "fukao",
        "today": DAY,
        "persons": ALONE,
        **wrong,
    }
    given(EvidenceReview(), *events).when(
        lambda r: (
            r.review_evidence_again(item=ITEM, **said) if again else r.review_evidence(item=ITEM, **said)
        )
    ).refused(clause)


def test_a_sample_is_drawn_with_all_that_is_needed_to_draw_it_again() -> None:
    event = EvidenceSampleDrawn(
        sample_id="sa-1",
        year=2025,
        number=1,
        seed="lots",
        percent=34,
        population=(3, 5, 8),
        items=draw("lots", (3, 5, 8), 34),
        drawn_by="kaohe",
        drawn_on=DAY,
    )
    wanted: dict[str, Any] = {
        "sample_id": "sa-1",
        "year": 2025,
        "seed": "lots",
        "percent": 34,
        "population": [8, 3, 5, 3],
        "drawn_by": "kaohe",
        "today": DAY,
    }
    given(EvidenceSamples()).when(lambda s: s.draw_sample(**wanted)).then(event)
    assert len(event.items) == 2 and event.sample_no == "2025-1"
    again = given(EvidenceSamples(), event)
    again.when(lambda s: s.draw_sample(**wanted)).refused(clauses.SEED_NEW, "lots")
    again.when(lambda s: s.draw_sample(**{**wanted, "seed": "x", "population": []})).refused(
        clauses.POPULATION_THERE
    )
    assert again.state.draw_sample(**{**wanted, "seed": "x"}).sample_no == "2025-2"


def test_anybody_draws_the_same_by_hand() -> None:
    shuffled = sorted(range(1, 11), key=lambda n: hashlib.sha256(f"云岭|{n}".encode()).hexdigest())
    assert draw("云岭", range(1, 11), 25) == tuple(sorted(shuffled[:3]))


@for_all(some.text(max_size=8), some.sets(some.integers(1, 10**9), min_size=1), some.integers(1, 100))
def test_a_draw_is_a_part_of_the_population_of_the_size_asked_for(
    seed: str, population: set[int], percent: int
) -> None:
    drawn = draw(seed, population, percent)
    assert set(drawn) <= population and list(drawn) == sorted(set(drawn))
    assert len(drawn) == -(-len(population) * percent // 100)
    assert drawn == draw(seed, sorted(population, reverse=True), percent)
