"""Fields as JSON Schema (2020-12): one branch per kind, nothing else knows what a field looks like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from application.input.fields import Field, fields_of_row
from application.input.reading import LONGEST_KEY
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
from interface.words.pages.examples import example
from interface.words.phrase import FieldWords

Schema = dict[str, Any]
Words = Callable[[str], FieldWords]
"""The words of a field by its name."""
NOT_BLANK = r"\S"


def schema_of(kind: Kind) -> Schema:
    """What a value of a kind looks like in JSON."""
    match kind:
        case Text():
            blank = {} if kind.may_be_empty else {"minLength": 1, "pattern": NOT_BLANK}
            return {"type": "string", "maxLength": kind.limit, **blank}
        case Whole():
            return {"type": "integer", "minimum": kind.low, "maximum": kind.high}
        case Points():
            return {
                "type": "string",
                "pattern": rf"^-?[0-9]{{1,{len(str(kind.high)) - 2}}}(\.[0-9]{{1,2}})?$",
            }
        case Day():
            return {"type": "string", "format": "date"}
        case Choice():
            return {"type": "string", "enum": [str(each.value) for each in kind.kind if each.value]}
        case YesNo() | Tick():
            return {"type": "boolean"}
        case Person():
            return {"type": "string", "minLength": 1, "maxLength": kind.limit, "pattern": NOT_BLANK}
        case KeyOf():
            blank = {} if kind.may_be_empty else {"minLength": 1, "pattern": NOT_BLANK}
            return {"type": "string", "maxLength": LONGEST_KEY, **blank}
        case Many():
            return {"type": "array", "items": schema_of(kind.each), **_bounds(kind)}
        case Rows():
            columns = fields_of_row(kind.row)
            return {"type": "array", "items": _object(columns, {}), **_bounds(kind)}


def _bounds(kind: Many | Rows) -> Schema:
    return {"minItems": kind.least, "maxItems": kind.most}


def described(field: Field, words: FieldWords) -> Schema:
    """A field's schema with its words in both languages and an example; what need not be stated may be ``null``."""
    schema = {**schema_of(field.kind), "examples": [example(field, words)]}
    if not field.required:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    return {"title": words.label.zh, "description": description(words), **schema}


def description(words: FieldWords) -> str:
    """The label and the hint of a field, in both languages."""
    both = [words.label] if words.hint is None else [words.label, words.hint]
    return (
        "（".join(each.zh for each in both)
        + "）" * (len(both) - 1)
        + " / "
        + ": ".join(each.en for each in both)
    )


def body_of(fields: Sequence[Field], words: Words) -> Schema:
    """The JSON object that a verb reads; it has no further members."""
    return _object(fields, {field.name: described(field, words(field.name)) for field in fields})


def _object(fields: Sequence[Field], schemas: dict[str, Schema]) -> Schema:
    found: Schema = {
        "type": "object",
        "properties": {field.name: schemas.get(field.name) or schema_of(field.kind) for field in fields},
        "required": [field.name for field in fields if field.required],
        "additionalProperties": False,
    }
    return found
