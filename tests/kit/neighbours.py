"""Things of other kinds and other pairings that bear the very numbers of a test: whatever it does, they stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, create_engine, select

from domain.assessment.year.events import LineVerified, ResultUse, ResultUseOrdered
from domain.kernel.event import Event
from domain.kernel.recorded import By, Recorded, Source
from domain.livelihood.events import (
    Category,
    NeedConfirmed,
    NeedMatched,
    NeedMet,
    NeedRaised,
    ProjectCompleted,
    ProjectOpened,
)
from domain.pairing.events import (
    ActivityHeld,
    ActivityKind,
    AgreementSigned,
    CaseLevel,
    CasePublished,
    MeetingHosted,
    PairingStarted,
)
from domain.supervision.events import (
    CircularIssued,
    CircularKind,
    Colour,
    FindingClosed,
    FindingRaised,
    FindingReinspected,
    FindingType,
    Method,
    RectificationOrdered,
    RectificationSubmitted,
    Severity,
    SlipIssued,
)
from projections.kit.projection import Projection
from projections.kit.rows import Rows
from projections.kit.writer import Writer

PAIRING, BRANCH, VILLAGE = "2025-v-0000ffff-b-0000eeee", "b-0000eeee", "v-0000ffff"
DAY = date(2025, 4, 1)
NUMBERS = (
    "activity_id",
    "need_id",
    "project_id",
    "finding_id",
    "slip_id",
    "circular_id",
    "use_id",
    "agreement_no",
    "case_id",
    "meeting_id",
    "case_name",
    "indicator",
)
"""Fields whose values name a thing within its kind."""
_AT = datetime(2026, 1, 12, tzinfo=UTC)
_BY = By(actor="kaohe", source=Source(kind="page", name="/test"))


def neighbours_of(events: Sequence[Event]) -> list[Event]:
    """The life of another pairing, every number of ``events`` borne by a thing of each kind that has it not itself."""
    taken = {(name, getattr(event, name, "")) for event in events for name in NUMBERS}
    numbers = sorted({number for _, number in taken if number})
    told: list[Event] = [PairingStarted(pairing_id=PAIRING, branch=BRANCH, village=VILLAGE, started_on=DAY)]
    for number in numbers:
        for name, life in _lives(number).items():
            if (name, number) not in taken or name in ("agreement_no", "case_name", "indicator"):
                told += life
    return told


def _lives(number: str) -> dict[str, list[Event]]:
    """Field that names it to the events of a thing of that kind. What names nothing outside its pairing comes last."""
    of: dict[str, Any] = {"pairing_id": PAIRING}
    whose: dict[str, Any] = {**of, "branch": BRANCH, "village": VILLAGE}
    need: dict[str, Any] = {**of, "need_id": number}
    finding: dict[str, Any] = {**of, "finding_id": number}
    kind: dict[str, Any] = {"category": Category.INDUSTRY, "raised_on": DAY}
    use: dict[str, Any] = {"measure": "m", "because": "b", "due_on": DAY, "ordered_by": "kaohe"}
    return {
        "activity_id": [
            ActivityHeld(
                **whose,
                activity_id=number,
                kind=ActivityKind.CONDOLENCE_VISIT,
                topic="慰问",
                held_on=DAY,
                participants=5,
                persons_visited=3,
            )
        ],
        "need_id": [
            NeedRaised(**need, number=number, village=VILLAGE, content="修路", **kind),
            NeedMatched(
                **need, **kind, village=VILLAGE, branch=BRANCH, pairing_before=PAIRING, matched_on=DAY
            ),
            NeedMet(**need, met_on=DAY),
            NeedConfirmed(**need, confirmed_on=DAY, rating=4),
        ],
        "project_id": [
            ProjectOpened(
                **whose,
                project_id=number,
                number=number,
                name="路灯",
                category=Category.INDUSTRY,
                budget_cents=1,
                started_on=DAY,
                planned_end_on=DAY,
                beneficiaries=1,
            ),
            ProjectCompleted(**of, project_id=number, completed_on=DAY),
        ],
        "finding_id": [
            FindingRaised(
                **whose,
                finding_id=number,
                number=number,
                found_on=DAY,
                method=Method.ON_SITE,
                inspector=None,
                description="问题",
                finding_type=FindingType.DUTY,
                severity=Severity.MINOR,
            ),
            RectificationOrdered(
                **finding, ordered_on=DAY, due_on=DAY, document_no="联督〔2025〕99号", measures="整改"
            ),
            RectificationSubmitted(**finding, submitted_on=DAY, account="已改"),
            FindingReinspected(**finding, reinspected_on=DAY, inspector=None, passed=True),
            FindingClosed(**finding, closed_on=DAY),
        ],
        "slip_id": [SlipIssued(**whose, slip_id=number, colour=Colour.RED, issued_on=DAY)],
        "circular_id": [
            CircularIssued(
                **whose,
                circular_id=number,
                kind=CircularKind.CRITICISM,
                document_no="联督〔2025〕98号",
                issued_on=DAY,
            )
        ],
        "use_id": [
            ResultUseOrdered(
                **whose, use_id=number, year=2025, run_id="", use=ResultUse.DUTY, ordered_on=DAY, **use
            )
        ],
        "agreement_no": [AgreementSigned(**whose, agreement_no=number, signed_on=DAY)],
        "case_id": [
            CasePublished(**whose, case_id=number, case_name="经验", level=CaseLevel.COUNTY, published_on=DAY)
        ],
        "case_name": [
            CasePublished(**whose, case_id="c-9", case_name=number, level=CaseLevel.COUNTY, published_on=DAY)
        ],
        "meeting_id": [MeetingHosted(**whose, meeting_id=number, hosted_on=DAY)],
        "indicator": [
            LineVerified(
                **whose,
                year=2025,
                indicator=number,
                points_hundredths=100,
                self_hundredths=None,
                computed_hundredths=None,
                because="",
                verified_by="kaohe",
                verified_on=DAY,
            )
        ],
    }


def demand_neighbours_untouched(projections: Sequence[Projection], events: Sequence[Event]) -> None:
    """Every row of the neighbours stands after ``events`` as it stood without them."""
    others = neighbours_of(events)
    alone, together = _rows(projections, others, ()), _rows(projections, others, events)
    for table, rows in alone.items():
        left = list(together[table])
        for row in rows:
            assert row in left, f"{table}: what happened to something else changed {row}"
            left.remove(row)


def _rows(
    projections: Sequence[Projection], others: Sequence[Event], events: Sequence[Event]
) -> dict[str, list[str]]:
    """Table to its rows, the neighbours at positions below zero, so that ``events`` keep the positions they name."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        for projection in projections:
            for table in projection.tables:
                table.create(connection)
        for recorded in (*_recorded(others, -len(others)), *_recorded(events, 1)):
            write = Writer(Rows.of(connection))
            for projection in projections:
                projection.apply(write, recorded)
            write.flush()
        found = {table.name: _all(connection, table) for each in projections for table in each.tables}
    engine.dispose()
    return found


def _all(connection: Connection, table: Any) -> list[str]:
    return [repr(tuple(row)) for row in connection.execute(select(table))]


def _recorded(events: Sequence[Event], first: int) -> Iterator[Recorded]:
    for n, event in enumerate(events):
        stream = f"s{min(first, 0)}"
        yield Recorded(
            position=first + n, stream=f"{stream}-{n}", version=n + 1, recorded_at=_AT, by=_BY, event=event
        )
