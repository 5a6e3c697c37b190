"""Cells of CSV files that a spreadsheet program will open: no text of a stranger becomes a formula there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula begins with; some programs take the full-width signs as well."""
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def cells_of(row: Iterable[Any]) -> list[Any]:
    """The cells to write: an apostrophe before each text that a program would take for a formula, numbers as they are."""
    return [f"'{cell}" if _is_formula(cell) else cell for cell in row]


def _is_formula(cell: object) -> bool:
    return isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA) and not _NUMBER.fullmatch(cell)
