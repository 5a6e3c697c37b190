"""A supervision slip or a circular: issued once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.kernel.decisions import demand
from domain.supervision import clauses
from domain.supervision.events import CircularIssued, CircularKind, Colour, SlipIssued, SupervisionEvent


@dataclass(frozen=True)
class Issued:
    """One slip or one circular."""

    issued: bool = False

    def issue_slip(
        self, *, slip_id: str, pairing_id: str, branch: str, village: str, colour: Colour, issued_on: date
    ) -> SlipIssued:
        """Issue a slip of a colour."""
        demand(not self.issued, clauses.ISSUED_ONCE, slip_id)
        return SlipIssued(
            slip_id=slip_id,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            colour=colour,
            issued_on=issued_on,
        )

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
    ) -> CircularIssued:
        """Issue a circular of criticism or praise."""
        demand(not self.issued, clauses.ISSUED_ONCE, document_no)
        return CircularIssued(
            circular_id=circular_id,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            kind=kind,
            document_no=document_no,
            issued_on=issued_on,
        )

    def after(self, event: SupervisionEvent) -> Issued:
        return Issued(issued=True)
