"""Supervision slips and circulars: issued once; the entry of a slip may be corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.kernel.decisions import demand
from domain.kernel.parties import parties
from domain.kernel.span import Span
from domain.kernel.values import Happened, Key, OptionalLine, PairingKey, Today, Words
from domain.supervision import clauses, events


@dataclass(frozen=True)
class Slip:
    """One slip; ``issued`` is ``None`` until it is issued, then the right values."""

    issued: events.SlipIssued | events.SlipCorrected | None = None

    def issue_slip(
        self,
        *,
        slip_id: Key,
        pairing_id: PairingKey,
        branch: str,
        village: str,
        colour: events.Colour,
        issued_on: Happened,
        within: Span,
        today: Today,
    ) -> events.SlipIssued:
        """Issue a slip of a colour. ``within``: how long the pairing lasts."""
        demand(self.issued is None, clauses.ISSUED_ONCE, str(issued_on))
        _demand_possible(issued_on, within, today)
        return events.SlipIssued(
            slip_id=slip_id,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            colour=colour,
            issued_on=issued_on,
        )

    def correct_slip(
        self, *, colour: events.Colour, issued_on: Happened, because: Words, within: Span, today: Today
    ) -> events.SlipCorrected:
        """State the right values, with a reason."""
        wrong = self.correct_slip_allowed()
        _demand_possible(issued_on, within, today)
        return events.SlipCorrected(
            **parties(wrong),
            slip_id=wrong.slip_id,
            colour=colour,
            issued_on=issued_on,
            colour_before=wrong.colour,
            issued_before=wrong.issued_on,
            because=because,
        )

    def correct_slip_allowed(self) -> events.SlipIssued | events.SlipCorrected:
        """What was issued."""
        demand(self.issued is not None, clauses.ISSUED_FIRST)
        assert self.issued is not None
        return self.issued

    def after(self, event: events.SupervisionEvent) -> Slip:
        return Slip(event) if isinstance(event, events.SlipIssued | events.SlipCorrected) else self


@dataclass(frozen=True)
class Circular:
    """What one circular says of one pairing; ``issued`` is ``None`` until it is issued."""

    issued: events.CircularIssued | None = None

    def issue_circular(
        self,
        *,
        circular_id: Key,
        pairing_id: PairingKey,
        branch: str,
        village: str,
        kind: events.CircularKind,
        document_no: OptionalLine,
        issued_on: Happened,
        within: Span,
        today: Today,
    ) -> events.CircularIssued:
        """Issue a circular of criticism or praise. ``within``: how long the pairing lasts."""
        demand(self.issued is None, clauses.ISSUED_ONCE, document_no)
        _demand_possible(issued_on, within, today)
        return events.CircularIssued(
            circular_id=circular_id,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            kind=kind,
            document_no=document_no,
            issued_on=issued_on,
        )

    def after(self, event: events.SupervisionEvent) -> Circular:
        return Circular(event) if isinstance(event, events.CircularIssued) else self


def _demand_possible(issued_on: date, within: Span, today: date) -> None:
    """A slip or circular may come after the pairing's end, about what was before."""
    demand(issued_on <= today, clauses.NOT_IN_THE_FUTURE, f"{issued_on} > {today}")
    demand(within.begins_by(issued_on), clauses.WITHIN_ITS_PAIRING, f"{issued_on}: {within}")
