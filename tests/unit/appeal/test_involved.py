"""Who took part in what an appeal contests: each kind of part by somebody else, so that none stands in for another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, create_engine

from domain.appeal.events import AppealAdmitted, AppealFiled
from domain.assessment.year.events import (
    EvidenceReviewed,
    EvidenceReviewedAgain,
    GradeAdjustmentApproved,
    GradeAdjustmentProposed,
    LineVerified,
    ObjectionAnswered,
    RatingsRecorded,
    ResultServed,
    RunConsented,
    RunSigned,
    SelfScored,
    SignStep,
    Verdict,
)
from domain.assessment.year.streams import stream_of_lines, stream_of_review, stream_of_runs
from domain.kernel.event import Event
from domain.kernel.parties import Side
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By, Recorded, Source
from domain.pairing.events import ActivityHeld, ActivityKind, ActivityVoided, MeetingHosted
from domain.supervision.events import (
    FindingRaised,
    FindingReinspected,
    FindingType,
    Method,
    RectificationOrdered,
    RectificationSubmitted,
    Severity,
)
from projections.boards.trail import trail_board
from projections.figures.involved_people import involved_in_finding, involved_in_line
from projections.kit.runner import Runner
from tests.kit.events import Events

DAY = date(2026, 1, 12)
MINE, OTHER = "2025-v-00000001-b-00000001", "2025-v-00000002-b-00000002"
WHOSE: dict[str, Any] = {"pairing_id": MINE, "branch": "b-00000001", "village": "v-00000001"}
LINE_OF: dict[str, Any] = {**WHOSE, "year": 2025}
RUNS, REVIEWED = stream_of_runs(2025), stream_of_review(1)
STATED = stream_of_lines(2025, MINE)
"""Where everything stated about the lines of the pairing in the year is recorded."""
RUN: dict[str, Any] = {"run_id": "2025-1", "year": 2025}
Step = tuple[str, str, Event]
"""Stream, account, event."""


def person(ref: str) -> PersonRef:
    return PersonRef(ref=ref, commitment="c")


@dataclass(frozen=True)
class Acted(Events):
    """Events at positions 1, 2, 3, each in its stream, by its account."""

    steps: Sequence[Step] = ()
    kind: str = "page"

    def read(self, after: int = 0, limit: int = 1000, until: int | None = None) -> list[Recorded]:
        rows = [
            Recorded(
                position=n,
                stream=stream,
                version=1,
                recorded_at=datetime(2026, 1, 12, tzinfo=UTC),
                by=By(actor=actor, source=Source(kind=self.kind, name="/test")),
                event=event,
            )
            for n, (stream, actor, event) in enumerate(self.steps, start=1)
        ]
        return [row for row in rows if row.position > after][:limit]

    def position(self) -> int:
        return len(self.steps)


def told(steps: Sequence[Step], kind: str = "page") -> Connection:
    engine = create_engine("sqlite://")
    runner = Runner(engine, Acted([event for *_, event in steps], steps, kind), [trail_board])
    runner.create_tables()
    runner.catch_up()
    return engine.connect()


def held(pairing_id: str = MINE) -> ActivityHeld:
    return ActivityHeld(
        **{**WHOSE, "pairing_id": pairing_id},
        activity_id="a",
        kind=ActivityKind.FORUM,
        topic="座谈",
        held_on=DAY,
        participants=9,
        persons_visited=None,
    )


def verified(pairing_id: str = MINE, indicator: str = "C2") -> LineVerified:
    return LineVerified(
        **{**LINE_OF, "pairing_id": pairing_id},
        indicator=indicator,
        points_hundredths=525,
        self_hundredths=None,
        computed_hundredths=525,
        because="",
        verified_by="",
        verified_on=DAY,
    )


def adjustment(pairing_id: str = MINE) -> GradeAdjustmentProposed:
    return GradeAdjustmentProposed(
        **RUN,
        pairing_id=pairing_id,
        grade_before="good",
        grade_after="fair",
        because="舆情",
        basis="纪要",
        proposed_by="",
        proposed_on=DAY,
    )


REVIEW: dict[str, Any] = {
    **LINE_OF,
    "item": 1,
    "indicator": "F",
    "reference": "a",
    "verdict": Verdict.ACCEPTED,
    "because": "",
    "reviewed_on": DAY,
}
"""Drawn for another line that counts the same activity."""
FILED = AppealFiled(
    number="SS2026-001",
    **LINE_OF,
    appeal_id="SS-1",
    side=Side.UNIT,
    run_id="2025-1",
    indicator="C2",
    finding_id="",
    filed_on=DAY,
    filed_by="甲局",
    grounds="有佐证",
    contested_points_hundredths=525,
    known_at=1,
    facts_digest="f",
)
ADMITTED = AppealAdmitted(appeal_id="SS-1", pairing_id=MINE, admitted_on=DAY, due_on=DAY)
LINE: list[Step] = [
    ("activity-a", "recorded", held()),
    ("activity-a", "voided", ActivityVoided(**WHOSE, activity_id="a", because="误", voided_on=DAY)),
    (REVIEWED, "reviewed", EvidenceReviewed(**REVIEW, reviewed_by="")),
    (REVIEWED, "reviewed-again", EvidenceReviewedAgain(**REVIEW, reviewed_by="")),
    (
        STATED,
        "scored",
        SelfScored(**LINE_OF, indicator="C2", points_hundredths=700, note="", scored_by="", scored_on=DAY),
    ),
    (STATED, "verified", verified()),
    (
        STATED,
        "rated",
        RatingsRecorded(
            **LINE_OF, indicator="C2", group="g", invited=1, ballots=(1,), recorded_by="", rated_on=DAY
        ),
    ),
    (RUNS, "adjusted", adjustment()),
    (
        RUNS,
        "approved",
        GradeAdjustmentApproved(
            **RUN,
            pairing_id=MINE,
            grade_after="fair",
            approver=person("p-approver"),
            office="",
            approved_by="",
            approved_on=DAY,
        ),
    ),
    (
        RUNS,
        "signed",
        RunSigned(
            **RUN,
            step=SignStep.OFFICE,
            signer=person("p-signer"),
            office="",
            opinion="同意",
            signed_by="",
            signed_on=DAY,
        ),
    ),
    (
        RUNS,
        "answered",
        ObjectionAnswered(
            **RUN,
            objection_id="o",
            number="YY2025-1-01",
            pairing_id=MINE,
            upheld=False,
            answer="否",
            answered_by="",
            answered_on=DAY,
        ),
    ),
    (
        RUNS,
        "consented",
        RunConsented(
            **RUN,
            consenter=person("p-consenter"),
            office="",
            because="更正",
            consented_by="",
            consented_on=DAY,
        ),
    ),
    (
        RUNS,
        "served",
        ResultServed(**RUN, branch="b-00000001", served_to="办", served_by="", served_on=DAY),
    ),
    ("appeal-SS-1", "filed", FILED),
]
"""Everybody who took part in the line, each under an account that says how."""
BESIDE: list[Step] = [
    ("activity-b", "recorded-elsewhere", held(OTHER)),
    (STATED, "verified-another-line", verified(indicator="D1")),
    (RUNS, "adjusted-another-pairing", adjustment(OTHER)),
    ("meeting-m", "hosted", MeetingHosted(**WHOSE, meeting_id="m", hosted_on=DAY)),
    ("appeal-SS-1", "admitted", ADMITTED),
]
"""Everybody else."""


def in_line(connection: Connection) -> Any:
    return involved_in_line(
        connection, year=2025, pairing_id=MINE, indicator="C2", behind={1}, appeal_id="SS-1"
    )


def test_everybody_who_took_part_in_a_line_is_involved_and_nobody_else() -> None:
    with told(LINE + BESIDE) as connection:
        found = in_line(connection)
    assert found.accounts == {actor for _, actor, _ in LINE}
    assert found.persons == {"p-approver", "p-signer", "p-consenter"}


def test_a_policy_makes_nobody_a_party() -> None:
    with told(LINE, kind="policy") as connection:
        assert in_line(connection).accounts == in_line(connection).persons == set()


OF: dict[str, Any] = {"pairing_id": MINE, "finding_id": "WT-1"}
FINDING: list[Step] = [
    (
        "finding-WT-1",
        "raised",
        FindingRaised(
            **WHOSE,
            finding_id="WT-1",
            number="WT-1",
            found_on=DAY,
            method=Method.ON_SITE,
            inspector=person("p-finder"),
            description="缺页",
            finding_type=FindingType.DUTY,
            severity=Severity.MINOR,
        ),
    ),
    (
        "finding-WT-1",
        "ordered",
        RectificationOrdered(**OF, ordered_on=DAY, due_on=DAY, document_no="1号", measures="改"),
    ),
    ("finding-WT-1", "submitted", RectificationSubmitted(**OF, submitted_on=DAY, account="已改")),
    (
        "finding-WT-1",
        "looked-again",
        FindingReinspected(**OF, reinspected_on=DAY, inspector=person("p-looked-again"), passed=True),
    ),
    (REVIEWED, "reviewed", EvidenceReviewed(**{**REVIEW, "reference": "WT-1"}, reviewed_by="")),
    ("appeal-SS-1", "filed", FILED),
]


def test_everybody_who_took_part_in_a_finding_is_involved_and_nobody_else() -> None:
    with told(FINDING + BESIDE) as connection:
        found = involved_in_finding(connection, "WT-1", "SS-1")
    assert found.accounts == {actor for _, actor, _ in FINDING}
    assert found.persons == {"p-finder", "p-looked-again"}
