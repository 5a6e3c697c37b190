"""One ledger row, as the decisions it stands for. A row imported again decides nothing; a later state of it
decides only the steps that are new.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from application.ledgers.matching.organisations import Couple, NameMeaning
from application.ledgers.recording.ledger_finding import LedgerFinding, record_ledger_finding
from application.ledgers.recording.livelihood_rows import LivelihoodRows
from application.ledgers.recording.pairing_rows import PairingRows
from application.ledgers.recording.parent_rows import ParentRows
from application.ledgers.recording.row_recorder import OFFICE, RowRecorder
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
    ParentRow,
    PostChangeRow,
    ProjectRow,
    ResourceRow,
    RowSource,
    SlipRow,
)
from domain.kernel.recorded import By

ORDER: tuple[type[LedgerRow], ...] = (
    PairingRow,
    ParentRow,
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


def inspectors_of(row: LedgerRow) -> list[tuple[str, str]]:
    """(name, scope) of every inspector a row names."""
    if isinstance(row, FindingRow):
        return [(name, OFFICE) for name in (row.inspector, row.reinspector) if name]
    return []


@dataclass(eq=False)
class Recorder(RowRecorder):
    """Records rows of every kind, each by the recorder of its kind."""

    _couples: Mapping[RowSource, Couple]
    _listed: Mapping[str, NameMeaning]
    _year: int
    _statements: Statements
    _rows: Sequence[LedgerRow]

    def __post_init__(self) -> None:
        of_all = self._look, self._lookups, self._people, self._today
        self.pairings = PairingRows(*of_all, self._couples)
        self.parents = ParentRows(*of_all, self._listed, self._rows)
        self.statements = StatementRows(*of_all, self._year, self._statements, self._rows)
        livelihood = LivelihoodRows(*of_all, self._statements)
        self._by_kind: dict[type[LedgerRow], Callable[[Any, By], list[RefusedStep]]] = {
            PairingRow: self.pairings.pairing,
            ParentRow: self.parents.parent,
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
        inspector = self._people.person(row.inspector, OFFICE)
        reinspector = self._people.person(row.reinspector, OFFICE) if row.reinspector else None
        stated = LedgerFinding(row, paired, inspector, reinspector, self._today)
        return record_ledger_finding(self._look, stated, by)
