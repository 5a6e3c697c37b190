"""Supervision slips and circulars: issued once; the entry of a slip may be corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.kernel.decisions import demand
from domain.kernel.errors import Rejected
from domain.kernel.parties import parties
from domain.kernel.span import Span
from domain.kernel.values import Happened, Key, OptionalLine, PairingKey, Today, Words
from domain.supervision import clauses, events


@dataclass(frozen=True)
class Slip:
    """One slip; ``issued`` is ``None`` until it is issued, then the right values."""

    issued: events.SlipIssued | events.SlipCorrected | None = None
    voided: bool = False

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
        if self.issued is None:
            raise Rejected(clauses.ISSUED_FIRST)
        demand(not self.voided, clauses.VOIDED_ONCE)
        return self.issued

    def void_slip(self, *, because: Words, today: Today) -> events.SlipVoided:
        """It was never issued."""
        wrong = self.correct_slip_allowed()
        return events.SlipVoided(**parties(wrong), slip_id=wrong.slip_id, because=because, voided_on=today)

    void_slip_allowed = correct_slip_allowed

    def after(self, event: events.SupervisionEvent) -> Slip:
        if isinstance(event, events.SlipVoided):
            return replace(self, voided=True)
        return Slip(event) if isinstance(event, events.SlipIssued | events.SlipCorrected) else self


@dataclass(frozen=True)
class Circular:
    """What one circular says of one pairing; ``issued`` is ``None`` until it is issued."""

    issued: events.CircularIssued | events.CircularCorrected | None = None
    voided: bool = False

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

    def correct_circular(
        self, *, kind: events.CircularKind, issued_on: Happened, because: Words, within: Span, today: Today
    ) -> events.CircularCorrected:
        """State the right values, with a reason; a wrong number takes a circular of its own."""
        wrong = self.correct_circular_allowed()
        _demand_possible(issued_on, within, today)
        return events.CircularCorrected(
            **parties(wrong),
            circular_id=wrong.circular_id,
            kind=kind,
            document_no=wrong.document_no,
            issued_on=issued_on,
            kind_before=wrong.kind,
            issued_before=wrong.issued_on,
            because=because,
        )

    def correct_circular_allowed(self) -> events.CircularIssued | events.CircularCorrected:
        """What was issued."""
        if self.issued is None:
            raise Rejected(clauses.ISSUED_FIRST)
        demand(not self.voided, clauses.VOIDED_ONCE)
        return self.issued

    def void_circular(self, *, because: Words, today: Today) -> events.CircularVoided:
        """It said nothing of this pairing."""
        wrong = self.correct_circular_allowed()
        return events.CircularVoided(
            **parties(wrong),
            circular_id=wrong.circular_id,
            document_no=wrong.document_no,
            because=because,
            voided_on=today,
        )

    void_circular_allowed = correct_circular_allowed

    def after(self, event: events.SupervisionEvent) -> Circular:
        if isinstance(event, events.CircularVoided):
            return replace(self, voided=True)
        return (
            Circular(event) if isinstance(event, events.CircularIssued | events.CircularCorrected) else self
        )


def _demand_possible(issued_on: date, within: Span, today: date) -> None:
    """A slip or circular may come after the pairing's end, about what was before."""
    demand(issued_on <= today, clauses.NOT_IN_THE_FUTURE, f"{issued_on} > {today}")
    demand(within.begins_by(issued_on), clauses.WITHIN_ITS_PAIRING, f"{issued_on}: {within}")
