"""A kept workbook read again: as it was imported, or as the copy that is left when a name in it was erased.

Such a copy is JSON: the cells as a person saw them, each erased name in them replaced by `ERASED`. It is made the same
way every time, so that the digest which the log states of it can be compared.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from application.ledgers.cells import shown
from application.ledgers.raw import RawSheet, Unreadable
from interface.ledgers.xlsx.workbook import read_workbook

FORMAT: Final = "lianjian/copy-of-workbook/v1"
ERASED: Final = "■■"
_BETWEEN: Final = r"[\s\u200b-\u200f\u2060\ufeff]*"
"""What may stand between the signs of a name without changing it."""


def sheets_of(content: bytes) -> list[RawSheet]:
    """The sheets of a workbook, or of a copy. Raises `Unreadable`."""
    return _sheets_of_copy(json.loads(content)) if is_copy(content) else read_workbook(content)


def is_copy(content: bytes) -> bool:
    """Whether this is a copy that `without` made."""
    return content.startswith(b"{")


def without(content: bytes, names: Iterable[str]) -> bytes | None:
    """The copy in which nobody of ``names`` can be read any more; ``None`` where no cell has any of them.

    ``names`` are in the one form of names (`normal_name`). A cell of a namesake loses the name as well: one cannot tell
    them apart. Bytes that are no workbook any more have no cells, so nobody is named in them.
    """
    pattern = _pattern(names)
    try:
        sheets = sheets_of(content)
    except Unreadable:
        return None
    written = [_written(sheet, pattern) for sheet in sheets]
    if not any(found for _, found in written):
        return None
    copy = {"format": FORMAT, "sheets": [sheet for sheet, _ in written]}
    return json.dumps(copy, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(set(names), key=lambda name: (-len(name), name))
    return re.compile(
        "|".join(_BETWEEN.join(map(re.escape, "".join(name.split()))) for name in longest_first) or "(?!)",
        re.IGNORECASE,
    )


def _written(sheet: RawSheet, pattern: re.Pattern[str]) -> tuple[dict[str, Any], int]:
    """The sheet as JSON can hold it, and how many cells lost a name."""
    rows: dict[str, dict[str, str]] = {}
    found = 0
    for number, cells in sheet.rows.items():
        row = rows[str(number)] = {}
        for column, value in cells.items():
            text = shown(value)
            if pattern.search(unicodedata.normalize("NFKC", text)):
                text, found = pattern.sub(ERASED, unicodedata.normalize("NFKC", text)), found + 1
            row[str(column)] = text
    return {"title": sheet.title, "rows": rows, "merged": sheet.merged, "hidden": sheet.hidden}, found


def _sheets_of_copy(copy: dict[str, Any]) -> list[RawSheet]:
    return [
        RawSheet(
            sheet["title"],
            rows={
                int(number): {int(column): text for column, text in row.items()}
                for number, row in sheet["rows"].items()
            },
            merged=[(top, left, bottom, right) for top, left, bottom, right in sheet["merged"]],
            hidden=sheet["hidden"],
        )
        for sheet in copy["sheets"]
    ]
