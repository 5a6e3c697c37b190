"""Pieces of JSON Schema from which that of the scheme format is put together."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Any

Schema = dict[str, Any]

STRING: Schema = {"type": "string", "minLength": 1}
BOOLEAN: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
POINTS: Schema = {"type": "number", "minimum": 0, "exclusiveMaximum": 1000}


def table(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """A table that has the required keys, may have the optional ones, and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def tables(of: Schema) -> Schema:
    """A list of tables, at least one."""
    return {"type": "array", "items": of, "minItems": 1}


def whole(least: int, most: int) -> Schema:
    """A whole number."""
    return {"type": "integer", "minimum": least, "maximum": most}


def word(known: Iterable[str] | type[enum.Enum]) -> Schema:
    """One of the known words."""
    values = [each.value for each in known] if isinstance(known, type) else list(known)
    return {"enum": sorted(values)}


def words(known: Iterable[str]) -> Schema:
    """A list of known words, each once."""
    return {"type": "array", "items": word(known), "minItems": 1, "uniqueItems": True}


def shared(name: str) -> Schema:
    """What is written once, under ``$defs``."""
    return {"$ref": f"#/$defs/{name}"}


TEXT = shared("text")
MANY = whole(1, 1_000_000)
