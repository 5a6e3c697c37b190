"""Facts of supervision, assessment and appeals; same table, same projection as ``projections.facts``."""

from __future__ import annotations

from domain.assessment.events import PointsRuled
from domain.kernel.recorded import Recorded
from domain.supervision.events import (
    CircularIssued,
    ExtensionGranted,
    FindingClosed,
    FindingRaised,
    FindingReinspected,
    FindingRelapsed,
    FindingWithdrawn,
    RectificationOrdered,
    RectificationReturned,
    RectificationSubmitted,
    SlipIssued,
)
from projections.fact_table import facts
from projections.facts import facts_projection, state_fact
from projections.kit.writer import Writer


@facts_projection.on(FindingRaised)
def _raised(write: Writer, recorded: Recorded, event: FindingRaised) -> None:
    state_fact(
        write,
        recorded,
        event,
        "finding_raised",
        event.found_on,
        type=event.finding_type.value,
        level=event.severity.value,
        reference=event.finding_id,
    )


@facts_projection.on(RectificationOrdered)
def _ordered(write: Writer, recorded: Recorded, event: RectificationOrdered) -> None:
    state_fact(write, recorded, event, "finding_due", event.due_on, reference=event.finding_id)


@facts_projection.on(ExtensionGranted)
def _extended(write: Writer, recorded: Recorded, event: ExtensionGranted) -> None:
    write.retract(facts, recorded.position, kind="finding_due", reference=event.finding_id)
    state_fact(write, recorded, event, "finding_due", event.due_on, reference=event.finding_id)


@facts_projection.on(RectificationSubmitted)
def _submitted(write: Writer, recorded: Recorded, event: RectificationSubmitted) -> None:
    state_fact(write, recorded, event, "finding_submitted", event.submitted_on, reference=event.finding_id)


@facts_projection.on(RectificationReturned)
def _returned(write: Writer, recorded: Recorded, event: RectificationReturned) -> None:
    # What was returned does not count as submitted.
    write.retract(facts, recorded.position, kind="finding_submitted", reference=event.finding_id)


@facts_projection.on(FindingReinspected)
def _reinspected(write: Writer, recorded: Recorded, event: FindingReinspected) -> None:
    state_fact(
        write,
        recorded,
        event,
        "finding_reinspected",
        event.reinspected_on,
        level="passed" if event.passed else "failed",
        reference=event.finding_id,
    )


@facts_projection.on(FindingClosed)
def _closed(write: Writer, recorded: Recorded, event: FindingClosed) -> None:
    state_fact(write, recorded, event, "finding_closed", event.closed_on, reference=event.finding_id)


@facts_projection.on(FindingRelapsed)
def _relapsed(write: Writer, recorded: Recorded, event: FindingRelapsed) -> None:
    # The scheme counts a relapse with its finding, in the year the finding was made.
    state_fact(write, recorded, event, "finding_relapsed", event.found_on, reference=event.finding_id)


@facts_projection.on(FindingWithdrawn)
def _withdrawn(write: Writer, recorded: Recorded, event: FindingWithdrawn) -> None:
    write.retract(facts, recorded.position, reference=event.finding_id)


@facts_projection.on(SlipIssued)
def _slip(write: Writer, recorded: Recorded, event: SlipIssued) -> None:
    state_fact(
        write,
        recorded,
        event,
        "slip_issued",
        event.issued_on,
        level=event.colour.value,
        reference=event.slip_id,
    )


@facts_projection.on(CircularIssued)
def _circular(write: Writer, recorded: Recorded, event: CircularIssued) -> None:
    state_fact(
        write,
        recorded,
        event,
        "circular_issued",
        event.issued_on,
        type=event.kind.value,
        reference=event.circular_id,
    )


@facts_projection.on(PointsRuled)
def _ruled(write: Writer, recorded: Recorded, event: PointsRuled) -> None:
    write.retract(
        facts,
        recorded.position,
        kind="ruling",
        reference=event.indicator,
        pairing=event.pairing_id,
        type=str(event.year),
    )
    state_fact(
        write,
        recorded,
        event,
        "ruling",
        event.ruled_on,
        type=str(event.year),
        quantity=event.points_hundredths,
        reference=event.indicator,
    )
