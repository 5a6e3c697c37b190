"""Rows that wait for a pairing whose own row was refused: told once, at the pairing's row, not row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from application.ledgers import problems
from application.ledgers.cells import key_of, parse_name
from application.ledgers.ledgers import Ledgers
from application.ledgers.problems import RefusedRow, refused
from application.ledgers.rows import LedgerRow, PairingRow, RowSource


@dataclass
class RefusedPairings:
    """The pairings that were refused, by what their rows name, and how many rows of which sheet wait for each."""

    _named: list[tuple[str, str, RowSource]] = field(default_factory=list)
    _waiting: dict[RowSource, Counter[tuple[str, str]]] = field(default_factory=dict)

    def learn(self, ledgers: Ledgers) -> None:
        """Take in the rows of the pairing ledger that could not be read."""
        good = {row.source for row in (*ledgers.rows, *ledgers.partial) if isinstance(row, PairingRow)}
        for row in ledgers.written:
            if row.sheet_key == "pairings" and row.source not in good:
                unit, village = (parse_name(row.cells.get(name) or "") for name in ("unit", "village"))
                if isinstance(unit, str) and isinstance(village, str):
                    self._named.append((key_of(unit), key_of(village), row.source))

    def add(self, row: PairingRow) -> None:
        """A pairing that could be read and not recorded."""
        self._named.append((key_of(row.unit), key_of(row.village), row.source))

    def takes(self, row: LedgerRow) -> bool:
        """Whether the row waits for one of them; it is then told with it."""
        unit, village = getattr(row, "unit", None), getattr(row, "village", None)
        for of_unit, of_village, source in self._named:
            if unit in (None, "") and village in (None, ""):
                continue
            if (not unit or key_of(unit) == of_unit) and (not village or key_of(village) == of_village):
                waiting = self._waiting.setdefault(source, Counter())
                waiting[row.source.file, row.source.sheet] += 1
                return True
        return False

    def told(self) -> Iterator[RefusedRow]:
        """One entry for each pairing that rows wait for."""
        for source, waiting in self._waiting.items():
            where = _listed(waiting.items())
            problem = problems.rows_wait(waiting.total())
            yield refused(problem, file=source.file, sheet=source.sheet, row=source.row, value=where)


def _listed(sheets: Iterable[tuple[tuple[str, str], int]]) -> str:
    named: Sequence[tuple[tuple[str, str], int]] = sorted(sheets)
    return "、".join(f"{file} › {sheet}: {rows}" for (file, sheet), rows in named)
