"""What happens to one thing touches no other that bears its number: a number names a thing only within its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from domain.kernel.event import Event
from domain.kernel.person import PersonRef
from domain.livelihood.events import Category, NeedMatched, NeedRaised
from domain.pairing.events import (
    ActivityCorrected,
    ActivityHeld,
    ActivityKind,
    ActivityVoided,
    AppointedToPost,
    LeftPost,
    PairingEnded,
    PairingStarted,
    Post,
)
from domain.supervision.events import (
    ExtensionGranted,
    FindingClosed,
    FindingRaised,
    FindingReinspected,
    FindingRelapsed,
    FindingType,
    FindingWithdrawn,
    Method,
    RectificationOrdered,
    RectificationReturned,
    RectificationSubmitted,
    Severity,
    StepStruck,
)
from projections.catalogue import PROJECTIONS
from projections.facts.fact_table import facts
from tests.kit.events import projected
from tests.kit.neighbours import demand_neighbours_untouched

DAY = date(2025, 3, 1)
PAIRING: dict[str, Any] = {"pairing_id": "2025-v-00000001-b-00000001"}
WHOSE: dict[str, Any] = {**PAIRING, "branch": "b-00000001", "village": "v-00000001"}
FINDING: dict[str, Any] = {**PAIRING, "finding_id": "2025-001"}
ACTIVITY: dict[str, Any] = {
    "activity_id": "2025-001",
    "kind": ActivityKind.CONDOLENCE_VISIT,
    "topic": "慰问",
    "held_on": DAY,
    "participants": 5,
    "persons_visited": 3,
}
TERM: dict[str, Any] = {**WHOSE, "post": Post.INVITED_MEMBER, "began_on": DAY}
PAIRED = PairingStarted(**WHOSE, started_on=DAY)
RAISED = FindingRaised(
    **WHOSE,
    finding_id="2025-001",
    number="2025-001",
    found_on=DAY,
    method=Method.ON_SITE,
    inspector=None,
    description="问题",
    finding_type=FindingType.DUTY,
    severity=Severity.MINOR,
)
WITHDRAWN = FindingWithdrawn(**FINDING, withdrawn_on=DAY, because="查无此事")
ROUND = (
    RectificationOrdered(**FINDING, ordered_on=DAY, due_on=DAY, document_no="2", measures="改"),
    RectificationSubmitted(**FINDING, submitted_on=DAY, account="已改"),
    FindingReinspected(**FINDING, reinspected_on=DAY, inspector=None, passed=True),
    FindingClosed(**FINDING, closed_on=DAY),
)
STORIES: dict[str, Sequence[Event]] = {
    "a finding is withdrawn": (
        RAISED,
        RectificationOrdered(**FINDING, ordered_on=DAY, due_on=DAY, document_no="1", measures="改"),
        ExtensionGranted(**FINDING, granted_on=DAY, due_on=date(2025, 3, 9)),
        RectificationSubmitted(**FINDING, submitted_on=DAY, account="已改"),
        RectificationReturned(**FINDING, returned_on=DAY, because="不清"),
        RectificationSubmitted(**FINDING, submitted_on=DAY, account="已改"),
        FindingReinspected(**FINDING, reinspected_on=DAY, inspector=None, passed=True),
        WITHDRAWN,
    ),
    "a finding comes back and is withdrawn": (
        RAISED,
        *ROUND,
        FindingRelapsed(**FINDING, found_on=DAY, relapsed_on=DAY, because="又来"),
        *(replace(each, round=2) for each in ROUND),
        replace(WITHDRAWN, round=2),
    ),
    "a step is struck": (
        RAISED,
        *ROUND[:2],
        replace(ROUND[2], irregular=("supervision.REINSPECTED_BY_ANOTHER",)),
        ROUND[3],
        StepStruck(
            **FINDING,
            record=4,
            version=4,
            struck="supervision.FindingReinspected",
            struck_on=DAY,
            because="自查自复",
        ),
    ),
    "an activity is voided": (
        PAIRED,
        ActivityHeld(**WHOSE, **ACTIVITY),
        ActivityCorrected(**WHOSE, **{**ACTIVITY, "participants": 6}, because="漏计"),
        ActivityVoided(**WHOSE, activity_id="2025-001", because="重复", voided_on=DAY),
    ),
    "a need finds another partner": (
        NeedRaised(
            **PAIRING,
            need_id="2025-001",
            number="2025-001",
            village="v-00000001",
            category=Category.INDUSTRY,
            content="修路",
            raised_on=DAY,
        ),
        NeedMatched(
            need_id="2025-001",
            village="v-00000001",
            pairing_id="2025-v-00000001-b-00000002",
            pairing_before=PAIRING["pairing_id"],
            branch="b-00000002",
            category=Category.INDUSTRY,
            raised_on=DAY,
            matched_on=DAY,
        ),
    ),
    "a post is left and the pairing ends": (
        PAIRED,
        AppointedToPost(**TERM, person=PersonRef(ref="p-1", commitment="c")),
        LeftPost(**TERM, person_ref="p-1", ended_on=DAY),
        PairingEnded(**WHOSE, started_on=DAY, ended_on=DAY, because="撤并"),
    ),
}


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_nothing_else_of_the_same_number_changes(story: str) -> None:
    demand_neighbours_untouched(PROJECTIONS, STORIES[story])


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_of_the_thing_itself_everything_that_was_taken_back_is_gone(story: str) -> None:
    engine, _ = projected(PROJECTIONS, *STORIES[story])
    with engine.connect() as connection:
        c = facts.c
        left = connection.execute(
            select(c.kind).where(c.retracted_at.is_(None)).order_by(c.position, c.kind)
        ).scalars()
        assert (
            list(left)
            == {
                "a finding is withdrawn": [],
                "a finding comes back and is withdrawn": [],
                "a step is struck": ["finding_raised", "finding_due", "finding_submitted"],
                "an activity is voided": ["paired"],
                "a need finds another partner": ["need_matched", "need_raised"],
                "a post is left and the pairing ends": ["post_held", "paired"],
            }[story]
        )
    engine.dispose()
