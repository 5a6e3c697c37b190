"""Cells of CSV files that a spreadsheet program will open: no text of a stranger becomes a formula there."""

from __future__ import annotations

from typing import Any, Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula begins with; some programs take the full-width signs as well."""


def cell_of(value: Any) -> Any:
    """The cell to write: an apostrophe before a text that a program would take for a formula, other values as they are.

    A text that is our own figure (-3.00) is written without this function, so that numbers stay numbers.
    """
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA) else value
