"""A ledger that contradicts what is on record is refused row by row; what is on record stays."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import pytest
from openpyxl import load_workbook

from interface.ledgers.importing import import_folder
from tests.kit.prepared import prepared

CHANGES = [
    ("结对台账.xlsx", "结对日期", "2025-02-02", "pairing.LEDGER_DIFFERS"),
    ("问题整改台账.xlsx", "问题等级", "严重", "supervision.LEDGER_DIFFERS"),
    ("民生实事项目台账.xlsx", "受益人数", 999, "livelihood.LEDGER_DIFFERS"),
]


@pytest.mark.parametrize(("file", "column", "value", "clause"), CHANGES)
def test_a_changed_row_is_refused(tmp_path: Path, file: str, column: str, value: object, clause: str) -> None:
    system = prepared(tmp_path)
    with as_file(files("interface.demo").joinpath("ledgers")) as ledgers:
        book = load_workbook(ledgers / file)
    sheet = book.worksheets[0]
    cells = [cell for row in sheet.iter_rows(max_row=6) for cell in row]
    (header,) = [cell for cell in cells if column in str(cell.value)]
    changed = sheet.cell(header.row + 1, header.column)
    assert changed.value not in (None, value)
    changed.value = value
    folder = tmp_path / "changed"
    folder.mkdir()
    book.save(folder / file)
    before = system.log.position()
    result = import_folder(system, folder)
    assert [(row.file, row.row, row.code) for row in result.refused] == [(file, header.row + 1, clause)]
    assert system.log.position() == before
    system.close()
