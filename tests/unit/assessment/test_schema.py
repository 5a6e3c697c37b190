"""The schema for editors and the manual say what the reader reads, no more and no less."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from domain.assessment.scheme.measures import MeasureKind
from domain.assessment.scheme.rules.registry import KINDS
from domain.assessment.scheme_file.schema import MEASURES, RULES, SHIPPED, schema_text
from domain.assessment.scheme_file.scheme_text import asked
from domain.assessment.schemes import scheme_text, shipped_texts
from tests.unit.assessment.small_scheme import small

MANUAL = Path(__file__).parents[3] / "docs" / "schemes.md"
OF_TOTAL = 'rule = { kind = "of_total", at_full = 30, not_applicable_when_none = true }'
THRESHOLD = 'rule = { kind = "threshold", at_least = 80, points = 30, otherwise = "nothing", when_none = 0 }'
VETO = """
[HEAD]
title = { zh = "反弹", en = "Relapse" }
clause = { number = "6", text = { zh = "较差。", en = "poor." } }
grade = "poor"
fact = "finding_relapsed"
window = "any_day"
having = [{ fact = "finding_raised", window = "in_year" }]
"""
OWN_WORDS = re.compile(r"^cases\.(measured|lines|groups)|\.cases\.measured")
"""Tables whose keys are codes, ids and levels of the scheme itself."""


def read_keys() -> dict[str, set[str]]:
    """Path to keys, over both shipped schemes and what they leave out."""
    texts = [
        scheme_text(2025),
        shipped_texts()["common-and-class"],
        small((OF_TOTAL, THRESHOLD)) + VETO.replace("HEAD", "veto"),
    ]
    texts.append(small() + VETO.replace("[HEAD]", '[[vetoes]]\nid = "again"'))
    found: dict[str, set[str]] = {}
    for text in texts:
        for path, keys in asked(text).items():
            if not OWN_WORDS.search(path):
                found.setdefault(path, set()).update(keys)
    return found


SCHEMA: dict[str, Any] = json.loads(schema_text())


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """What a reference refers to."""
    name = schema.get("$ref", "").removeprefix("#/$defs/")
    return SCHEMA["$defs"][name] if name else schema


def schema_keys(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, set[str]]]:
    """The same of the schema: each table's path, with its kind, and its keys."""
    schema = resolved(schema)
    if "oneOf" in schema:
        for each in schema["oneOf"]:
            yield from schema_keys(each, path)
    elif schema.get("type") == "array":
        yield from schema_keys(schema["items"], path)
    elif "properties" in schema:
        own = schema["properties"]
        kind = own.get("kind", {}).get("const")
        yield f"{path}:{kind}" if kind else path, set(own)
        for key, each in own.items():
            yield from schema_keys(each, f"{path}.{key}".removeprefix("."))


def test_the_shipped_schema_is_up_to_date() -> None:
    shipped = files("domain.assessment.schemes").joinpath(SHIPPED).read_text(encoding="utf-8")
    assert shipped == schema_text(), "run python -m domain.assessment.scheme_file.schema"


def test_the_schema_knows_exactly_the_keys_that_are_read() -> None:
    known: dict[str, set[str]] = {}
    for path, keys in schema_keys(SCHEMA):
        known.setdefault(path, set()).update(keys)
    read = read_keys()
    # What only a share may have, or has in its own way, is asked of every kind, to say so.
    for path in [path for path in read if ".measure:" in path and path in known]:
        read[path] -= {"met"} - known[path]
    assert known == {path: keys for path, keys in read.items() if path in known}
    assert {path for path in read if path not in known} == set()


JSON_TYPES: dict[str, Any] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "array": list,
    "object": dict,
}


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value fits, by the words of JSON Schema that ours uses. Dates stand as texts."""
    schema = resolved(schema)
    value = value.isoformat() if isinstance(value, date) else value
    if "type" in schema:
        if not isinstance(value, JSON_TYPES[schema["type"]]) or (
            isinstance(value, bool) and schema["type"] != "boolean"
        ):
            return False
        if isinstance(value, dict):
            own, more = schema.get("properties", {}), schema.get("additionalProperties", {})
            return set(schema.get("required", ())) <= set(value) and all(
                fits(each, own[key]) if key in own else more is not False and fits(each, more)
                for key, each in value.items()
            )
        if isinstance(value, list):
            once = len({repr(each) for each in value}) == len(value) or not schema.get("uniqueItems")
            return (
                once
                and len(value) >= schema.get("minItems", 0)
                and all(fits(each, schema["items"]) for each in value)
            )
        if isinstance(value, str):
            return len(value) >= schema.get("minLength", 0)
        if not isinstance(value, bool):
            return bool(
                schema.get("minimum", value) <= value <= schema.get("maximum", value)
            ) and not value >= schema.get("exclusiveMaximum", value + 1)
    return (
        ("enum" not in schema or value in schema["enum"])
        and ("const" not in schema or value == schema["const"])
        and ("anyOf" not in schema or any(fits(value, each) for each in schema["anyOf"]))
        and ("oneOf" not in schema or sum(fits(value, each) for each in schema["oneOf"]) == 1)
    )


@pytest.mark.parametrize("text", [scheme_text(2025), shipped_texts()["common-and-class"], small()])
def test_what_the_reader_accepts_fits_the_schema(text: str) -> None:
    assert fits(tomllib.loads(text), SCHEMA)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "each", each = 10', 'kind = "each", each = -1'),
        ('kind = "each", each = 10', 'kind = "each", at_most = 10'),
        ('kind = "each", each = 10', 'kind = "every", each = 10'),
        ('types = ["training"]', 'types = ["trainings"]'),
        ('for = ["agency"]', 'for = ["agency", "agency"]'),
        ("max = 40", 'max = "40"'),
        ('source = "test"', 'source = ""'),
        ("year = 2025", "yeer = 2025"),
    ],
)
def test_what_the_reader_refuses_by_itself_does_not_fit(old: str, new: str) -> None:
    assert not fits(tomllib.loads(small((old, new))), SCHEMA)


def test_every_kind_of_rule_and_measure_has_its_schema() -> None:
    assert set(RULES) == set(KINDS)
    assert set(MEASURES) == {each.value for each in MeasureKind}


def test_the_manual_names_every_key_and_every_kind() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    named = set(re.findall(r"`([^`]+)`", text))
    keys = {key for found in read_keys().values() for key in found}
    assert keys - named == set()
    assert {*KINDS, *(each.value for each in MeasureKind)} - named == set()
