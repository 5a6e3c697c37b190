"""What stands over a column: one row of headings, or a row of groups (兼职书记) over a row of parts (姓名, 到任日期)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from application.ledgers.cells import key_of, shown
from application.ledgers.raw import RawSheet, Value

_REQUIRED_MARK: Final = re.compile(r"^[*＊]+|[*＊]+$|[(（]必填[)）]$")
_LONGEST: Final = 100
_THE_THING_ITSELF: Final = frozenset(["姓名", "名称", "名字"])
"""Parts that add nothing to their group: 兼职书记 over 姓名 is the column 兼职书记."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column as written, and what it may be called, the likeliest first."""

    text: str
    spellings: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        """All it may be called."""
        return frozenset(self.spellings)


Headings = tuple[int, Mapping[int, Heading]]
"""The last row of a heading, and what it says by column."""


def one_row(raw: RawSheet, number: int) -> Headings:
    """Row ``number`` as a heading."""
    return number, {column: _one(value) for column, value in raw.rows[number].items()}


def two_rows(raw: RawSheet, numbers: Iterable[int]) -> Iterator[Headings]:
    """Each of these rows together with the row below it, where that one holds words only."""
    for number in numbers:
        upper, lower = raw.rows[number], raw.rows.get(number + 1)
        if lower is not None and all(isinstance(value, str) for value in lower.values()):
            yield number + 1, _two_rows(raw, number, upper, lower)


def _text(value: Value) -> str:
    return _REQUIRED_MARK.sub("", shown(value)[:_LONGEST].strip())


def _one(value: Value) -> Heading:
    return Heading(_text(value), (key_of(_text(value)),))


def _two_rows(
    raw: RawSheet, number: int, upper: Mapping[int, Value], lower: Mapping[int, Value]
) -> dict[int, Heading]:
    merged = [(left, right) for top, left, _, right in raw.merged if top == number and right > left][:100]
    found = {column: _one(value) for column, value in upper.items() if column not in lower}
    group: Value | None = None
    end = 0
    for column in sorted({*upper, *lower}):
        if column in upper:
            group = upper[column]
            end = next((right for left, right in merged if left == column), 0)
        if column in lower:
            # A group that is not merged reaches as far as parts without a group of their own follow.
            over = group if group is not None and (not end or column <= end) else None
            found[column] = _part(over, lower[column])
    return found


def _part(group: Value | None, part: Value) -> Heading:
    text = _text(part)
    if group is None:
        return _one(part)
    whole = _text(group)
    itself = (key_of(whole),) if key_of(text) in _THE_THING_ITSELF else ()
    return Heading(whole + text, (key_of(whole + text), *itself, key_of(text)))
