"""What a sheet holds before it is known to be a ledger: filled cells and the context they are read with."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from application.ledgers.problems import Problem, too_large

MAX_MERGED_CELLS: Final = 500_000
EPOCH_1900: Final = date(1899, 12, 30)
"""Day 0 of most workbooks, as it counts from 1 March 1900 on; the fault before that day concerns no ledger."""
EPOCH_1904: Final = date(1904, 1, 1)
"""Day 0 of a workbook with the 1904 date system."""
_DAY: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell whose value is a spreadsheet error such as ``#REF!``."""

    text: str


@dataclass(frozen=True, slots=True)
class NoResult:
    """A formula that was saved without its result: a program wrote the file, no spreadsheet has opened it."""


Value = str | Decimal | date | CellError | NoResult
"""A filled cell. Numbers are exact decimals; a number shown as a date is that date."""

Places = dict[int, set[int]]
"""Columns by row, both from 1."""


class Unreadable(Exception):
    """The file is no workbook that can be read; carries the one problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def day_of(number: Decimal, epoch: date) -> date | None:
    """The day of a spreadsheet's day number; none outside the calendar.

    Rounded to the millisecond, finer than a spreadsheet counts: 45716.99999999999 is the midnight that begins 45717.
    """
    if not 0 <= number < 2_958_466:
        return None
    try:
        return epoch + timedelta(days=int((number * _DAY).to_integral_value()) // _DAY)
    except OverflowError:
        return None


@dataclass(slots=True)
class RawSheet:
    """One sheet: filled cells by 1-based row and column, and its merged ranges (top, left, bottom, right).

    ``struck`` names filled cells with text struck through, ``hidden_rows`` and ``hidden_columns`` what the program
    does not show (set by hand or by a filter), ``epoch`` day 0 of the workbook's day numbers.
    """

    title: str
    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    struck: Places = field(default_factory=dict)
    epoch: date = EPOCH_1900

    def fill_down(self, below: int) -> tuple[dict[int, dict[int, Value]], Places]:
        """The rows under row ``below`` with the value of a merged range given to each of its rows, and the cells,
        the range's own included, whose value stands for several rows.

        Only the range's first column is filled: a cell merged over two columns belongs to the first. Rows
        without any cell of their own stay away, so merging down to the end of the page makes no rows.
        """
        rows = {number: dict(cells) for number, cells in self.rows.items() if number > below}
        spread: Places = {}
        numbers = sorted(rows)
        filled = 0
        for top, left, bottom, _right in self.merged:
            value = self.rows.get(top, {}).get(left)
            if value is None or bottom <= below or top <= below:
                continue
            for number in numbers[bisect_left(numbers, top + 1) :]:
                if number > bottom:
                    break
                filled += 1
                if filled > MAX_MERGED_CELLS:
                    raise Unreadable(too_large("too many merged cells", "合并单元格过多"))
                rows[number][left] = value
                spread.setdefault(number, set()).add(left)
                spread.setdefault(top, set()).add(left)
        return rows, spread

    def shows_column(self, column: int) -> bool:
        """Whether a column is visible."""
        return not any(low <= column <= high for low, high in self.hidden_columns)
