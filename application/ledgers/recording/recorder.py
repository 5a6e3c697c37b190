"""One ledger row, as the decisions it stands for. A row imported again decides nothing; a later state of it
decides only the steps that are new.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from application.ledgers.matching.organisations import Couple, Lookups
from application.ledgers.matching.people import People
from application.ledgers.recording.ledger_finding import LedgerFinding, record_ledger_finding
from application.ledgers.recording.livelihood_rows import LivelihoodRows
from application.ledgers.recording.pairing_rows import PairingRows
from application.ledgers.recording.row_recorder import RowRecorder
from application.ledgers.recording.statement_rows import StatementRows
from application.ledgers.recording.statements import Statements
from application.ledgers.recording.stating import RefusedStep
from application.ledgers.rows import (
    ActivityRow,
    CaseRow,
    CircularRow,
    FindingRow,
    LedgerRow,
    MeetingRow,
    NeedRow,
    PairingRow,
    PostChangeRow,
    ProjectRow,
    ResourceRow,
    RowSource,
    SlipRow,
)
from application.look import Look
from domain.kernel.recorded import By
from domain.supervision.events import FindingType, Method, Severity

ORDER: tuple[type[LedgerRow], ...] = (
    PairingRow,
    PostChangeRow,
    ResourceRow,
    NeedRow,
    ProjectRow,
    ActivityRow,
    FindingRow,
    CaseRow,
    MeetingRow,
    CircularRow,
    SlipRow,
)
"""Rows are recorded in this order, since later kinds refer to the pairings of the first."""
OFFICE = "联建办"
"""Scope of inspectors' names in the vault; other persons' is the branch that sends them."""


def inspectors_of(row: LedgerRow) -> list[tuple[str, str]]:
    """(name, scope) of every inspector a row names."""
    if isinstance(row, FindingRow):
        return [(name, OFFICE) for name in (row.inspector, row.reinspector) if name]
    return []


class Recorder(RowRecorder):
    """Records rows of every kind, each by the recorder of its kind."""

    def __init__(
        self,
        look: Look,
        lookups: Lookups,
        couples: Mapping[RowSource, Couple],
        people: People,
        today: date,
        year: int,
        statements: Statements,
        rows: Sequence[LedgerRow],
    ) -> None:
        super().__init__(look, lookups, people, today)
        of_all = look, lookups, people, today
        self.pairings = PairingRows(*of_all, couples)
        self.statements = StatementRows(*of_all, year, statements, rows)
        livelihood = LivelihoodRows(*of_all, statements)
        self._by_kind: dict[type[LedgerRow], Callable[[Any, By], list[RefusedStep]]] = {
            PairingRow: self.pairings.pairing,
            PostChangeRow: self.pairings.post_change,
            ResourceRow: livelihood.resource,
            NeedRow: livelihood.need,
            ProjectRow: livelihood.project,
            ActivityRow: self.statements.activity,
            FindingRow: self._finding,
            CaseRow: self.statements.case,
            MeetingRow: self.statements.meeting,
            CircularRow: self.statements.circular,
            SlipRow: self.statements.slip,
        }

    def record(self, row: LedgerRow, by: By) -> list[RefusedStep]:
        """Decide what is new in ``row``; the later steps of it that cannot be. Raises ``Rejected`` where its first
        step cannot be: then nothing of the row is to be recorded.
        """
        return self._by_kind[type(row)](row, by)

    def _finding(self, row: FindingRow, by: By) -> list[RefusedStep]:
        paired = self._pairing_of(row, row.unit, row.village, row.found_on)
        stated = LedgerFinding(
            number=row.finding_id,
            pairing_id=paired.pairing_id,
            branch=paired.branch,
            village=paired.village,
            found_on=row.found_on,
            method=Method(row.method),
            inspector=self._people.person(row.inspector, OFFICE),
            description=row.description,
            finding_type=FindingType(row.finding_type),
            severity=Severity(row.severity),
            ordered_on=row.ordered_on,
            due_on=row.due_on,
            document_no=row.order_number or "",
            measures=row.measures or "",
            extended_to=row.extended_due_on,
            submitted_on=row.submitted_on,
            returns=row.times_returned,
            reinspected_on=row.reinspected_on,
            reinspector=self._people.person(row.reinspector, OFFICE) if row.reinspector else None,
            passed=None if row.reinspection is None else row.reinspection == "passed",
            closed_on=row.closed_on,
            relapsed=row.relapsed,
            today=self._today,
        )
        return record_ledger_finding(self._look, stated, by)
