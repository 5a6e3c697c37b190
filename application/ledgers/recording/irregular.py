"""What an import says of a row: the clause at its cell, whether it refuses a step or marks it as irregular."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from application.ledgers.problems import RefusedRow
from application.ledgers.rows import LedgerRow, RowSource
from application.ledgers.sheets import SHEETS, Sheet
from domain.kernel.clause import Clause
from domain.kernel.event import Event
from domain.livelihood import clauses as livelihood_clauses
from domain.pairing import clauses as pairing_clauses
from domain.registry import clauses as registry_clauses
from domain.supervision import clauses as supervision_clauses

PROCEDURE: dict[str, Clause] = {
    clause.id: clause
    for clause in (
        supervision_clauses.REINSPECTOR_NAMED,
        supervision_clauses.REINSPECTED_BY_ANOTHER,
        supervision_clauses.CLOSE_AFTER_PASSED,
        pairing_clauses.HELD_BY_ONE,
    )
}
"""Rules of procedure: a ledger may state that one was broken. docs/decisions/0015-ledgers-state-the-past.md"""
OF_THE_DAY: frozenset[Clause] = frozenset(
    {
        pairing_clauses.NOT_IN_THE_FUTURE,
        pairing_clauses.NOT_BEFORE_ITS_START,
        pairing_clauses.NOT_AFTER_ITS_END,
        registry_clauses.PARENT_THERE,
        registry_clauses.THERE_BY_THEN,
        livelihood_clauses.NOT_IN_THE_FUTURE,
        livelihood_clauses.WITHIN_ITS_PAIRING,
        supervision_clauses.NOT_IN_THE_FUTURE,
        supervision_clauses.WITHIN_ITS_PAIRING,
    }
)
"""Clauses that refuse the day of a row."""
_SHEET_OF: dict[type[LedgerRow], Sheet] = {sheet.row_type: sheet for sheet in SHEETS}
_CELL: dict[str, tuple[str, ...]] = {
    supervision_clauses.REINSPECTOR_NAMED.id: ("reinspector",),
    supervision_clauses.REINSPECTED_BY_ANOTHER.id: ("reinspector",),
    supervision_clauses.CLOSE_AFTER_PASSED.id: ("closed_on",),
    pairing_clauses.HELD_BY_ONE.id: ("{post}_began_on", "began_on"),
}
"""Clause to the field that states what breaks it; the first that the sheet has."""


def at_row(row: LedgerRow, clause: Clause, field: str = "", value: str = "") -> RefusedRow:
    """The clause at a field of the row, or at the whole row."""
    column = _SHEET_OF[type(row)].by_field.get(field)
    return at_cell(row.source, column.header if column else "", clause, value)


def at_cell(source: RowSource, column: str, clause: Clause, value: str = "") -> RefusedRow:
    """The clause at a cell, or at the whole row where no column is given."""
    return RefusedRow(
        file=source.file,
        sheet=source.sheet,
        row=source.row,
        column=column,
        code=clause.id,
        message=clause.en,
        remedy=clause.remedy_en,
        message_zh=clause.zh,
        remedy_zh=clause.remedy_zh,
        value=value,
    )


def irregular_steps(row: LedgerRow, decided: Iterable[Event]) -> Iterator[RefusedRow]:
    """Each clause that a step of the row broke, at the cell that says so."""
    has = _SHEET_OF[type(row)].by_field
    for event in decided:
        said = event.values()
        for broken in said.get("irregular", ()):
            post = said["post"].value if "post" in said else ""
            fields = [name.format(post=post) for name in _CELL[broken]]
            field = next((name for name in fields if name in has), "")
            value = getattr(row, field, None)
            yield at_row(row, PROCEDURE[broken], field, "" if value is None else str(value))
