"""An example of every field, as somebody would write it: in the API's description, in the help of commands, in tests."""

from __future__ import annotations

from typing import Any

from application.input.fields import Field, fields_of_row
from domain.kernel.values import (
    Choice,
    Day,
    KeyOf,
    Kind,
    Many,
    Person,
    Points,
    Rows,
    Text,
    Tick,
    Whole,
    YesNo,
)
from interface.words.phrase import FieldWords

KEYS = {
    "grade": "good",
    "branch": "b-a40cabb5b6b975f9",
    "pairing": "pr-c4ff21d149cd18d1",
    "score-sheet": "2025-pr-c4ff21d149cd18d1",
    "village": "v-c4ff21d149cd18d1",
}
"""Ids of the demo county, by kind of thing."""
OF_FIELDS: dict[str, Any] = {
    "document_no": "联督〔2025〕12号",
    "due_on": "2025-06-07",
    "found_on": "2025-05-06",
    "inspector": "甲督衡",
    "number": "WT2025-900",
    "ordered_on": "2025-05-07",
    "year": 2025,
}
"""Where an example says more than its kind does."""
NAME = "甲督衡"


def example(field: Field, words: FieldWords) -> Any:
    """A value that the field reads."""
    found = OF_FIELDS.get(field.name)
    return found if found is not None else _of_kind(field.kind, words.label.zh)


def _of_kind(kind: Kind, called: str) -> Any:
    match kind:
        case Text():
            return _text(kind, called)
        case Whole():
            return max(kind.low, min(kind.high, 1))
        case Points():
            return f"{max(kind.low, min(kind.high, 850)) / 100:.2f}"
        case Day():
            return "2025-05-08"
        case Choice():
            return next(str(member.value) for member in kind.kind if member.value)
        case YesNo() | Tick():
            return True
        case Person():
            return NAME
        case KeyOf():
            return KEYS.get(kind.thing, f"{kind.thing}-1f0c2b3a4d5e6f70")
        case Many():
            return [_of_kind(kind.each, called)] * max(kind.least, 1)
        case Rows():
            columns = fields_of_row(kind.row)
            row = {each.name: OF_FIELDS.get(each.name) or _of_kind(each.kind, called) for each in columns}
            # Of rows that may not repeat, each names another in the column that tells them apart.
            return [row, *({**row, kind.once: f"{row[kind.once]}-{n}"} for n in range(2, kind.least + 1))]


def _text(kind: Text, called: str) -> str:
    fitting = (called, "WT2025-900", "2025-1", "A1")
    fits = kind.pattern.fits if kind.pattern is not None else bool
    return next((each for each in fitting if len(each) <= kind.limit and fits(each)), called[: kind.limit])
