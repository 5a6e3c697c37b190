"""What is on record, as workbooks that an import reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from application.ledgers.on_record import LedgersOnRecord
from application.ledgers.sheets import SHEETS, WORKBOOKS
from application.system import System
from interface.ledgers.uploads import known_names
from interface.ledgers.writer import ledgers


def ledgers_of(system: System, kind: str) -> bytes:
    """A workbook of what is on record, or all of them in one (``all``). Raises ``KeyError`` for what is no workbook."""
    sheets = SHEETS if kind == "all" else WORKBOOKS[kind]
    return ledgers(sheets, LedgersOnRecord(system).rows(), known_names(system))


def write_folder(system: System, folder: Path, failed: Callable[[OSError], object]) -> dict[str, int]:
    """Write each workbook into the folder; sheet to its number of rows. ``failed`` is told where it could not be written."""
    rows, names = list(LedgersOnRecord(system).rows()), known_names(system)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for sheets in WORKBOOKS.values():
            (folder / f"{sheets[0].workbook}.xlsx").write_bytes(ledgers(sheets, rows, names))
    except OSError as error:
        failed(error)
    return {sheet.title: sum(isinstance(row, sheet.row_type) for row in rows) for sheet in SHEETS}
