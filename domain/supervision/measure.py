"""A supervision slip or a circular: issued once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.kernel.decisions import demand
from domain.kernel.span import Span
from domain.supervision import clauses
from domain.supervision.events import CircularIssued, CircularKind, Colour, SlipIssued, SupervisionEvent


@dataclass(frozen=True)
class Issued:
    """One slip or one circular; ``None`` until it is issued."""

    issued: SupervisionEvent | None = None

    def issue_slip(
        self,
        *,
        slip_id: str,
        pairing_id: str,
        branch: str,
        village: str,
        colour: Colour,
        issued_on: date,
        within: Span,
        today: date,
    ) -> SlipIssued:
        """Issue a slip of a colour. ``within``: how long the pairing lasts."""
        slip = SlipIssued(
            slip_id=slip_id,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            colour=colour,
            issued_on=issued_on,
        )
        self._demand_new(slip, slip_id)
        _demand_possible(issued_on, within, today)
        return slip

    def issue_circular(
        self,
        *,
        circular_id: str,
        pairing_id: str,
        branch: str,
        village: str,
        kind: CircularKind,
        document_no: str,
        issued_on: date,
        within: Span,
        today: date,
    ) -> CircularIssued:
        """Issue a circular of criticism or praise. ``within``: how long the pairing lasts."""
        circular = CircularIssued(
            circular_id=circular_id,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            kind=kind,
            document_no=document_no,
            issued_on=issued_on,
        )
        # The same number in another spelling is the same circular.
        spelt = self.issued.document_no if isinstance(self.issued, CircularIssued) else document_no
        self._demand_new(replace(circular, document_no=spelt), document_no)
        _demand_possible(issued_on, within, today)
        return circular

    def _demand_new(self, stated: SupervisionEvent, number: str) -> None:
        """Not the same again; and not something else under the same number."""
        demand(self.issued != stated, clauses.ISSUED_ONCE, number)
        demand(self.issued is None, clauses.LEDGER_DIFFERS, number)

    def after(self, event: SupervisionEvent) -> Issued:
        return Issued(event)


def _demand_possible(issued_on: date, within: Span, today: date) -> None:
    """A slip or circular may come after the pairing's end, about what was before."""
    demand(issued_on <= today, clauses.NOT_IN_THE_FUTURE, f"{issued_on} > {today}")
    demand(within.begins_by(issued_on), clauses.WITHIN_ITS_PAIRING, f"{issued_on}: {within}")
