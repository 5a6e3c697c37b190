"""The JSON Schema of the scheme format, for editors that complete and check while one types.

Made from the enumerations the reader knows; what only the reader can judge (sums, orders, what fits what) is left to it.
``python -m domain.assessment.scheme_file.schema`` writes the file that ships.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from domain.assessment.scheme.json_schema import (
    BOOLEAN,
    DAY,
    POINTS,
    STRING,
    TEXT,
    Schema,
    shared,
    table,
    tables,
    whole,
    word,
    words,
)
from domain.assessment.scheme.measures import MeasureKind, Period, RankedBy, Window
from domain.assessment.scheme.points import RoundingMode
from domain.assessment.scheme.rules.registry import KINDS
from domain.assessment.scheme.scheme import Demand, QuotaRounding, Ties, WhenNotApplicable
from domain.assessment.scheme.vocabulary import LEVELS, STATED, TARGET_CLASSES, TYPES, UNIT_CLASSES
from domain.assessment.scheme_file.tree_text import SIGNS

FIGURE: Schema = {"anyOf": [{"type": "number"}, {"const": "n/a"}]}
ANYTHING: Schema = {}
CLAUSE, CONDITION = shared("clause"), shared("condition")
ALL_TYPES = {each for known in TYPES.values() for each in known}
ALL_LEVELS = {each for known in LEVELS.values() for each in known}

SHARED: Schema = {
    "text": table({"zh": STRING, "en": STRING}),
    "clause": table({"number": STRING, "text": TEXT}),
    "condition": table(
        {"fact": shared("fact"), "window": word(Window)},
        {"types": shared("types"), "levels": shared("levels")},
    ),
    "fact": word(TYPES),
    "types": words(ALL_TYPES),
    "levels": words(ALL_LEVELS),
}
FILTER = {"fact": shared("fact"), "window": word(Window)}
FILTER_MORE = {
    "types": shared("types"),
    "levels": shared("levels"),
    "reported_by_cut_off": BOOLEAN,
    "having": tables(CONDITION),
}


def _named(kind: str, own: Schema) -> Schema:
    """The table with the key that says of what kind it is."""
    properties = {"kind": {"const": kind}, **own["properties"]}
    return {**own, "properties": properties, "required": ["kind", *own["required"]]}


def _measure(kind: MeasureKind) -> Schema:
    own = [each for each in Window if each is not Window.BY_OWN_DAY]
    if kind in STATED:
        facts = {"fact": word(STATED[kind])} if len(STATED[kind]) > 1 else {}
        return _named(kind.value, table(facts, {"window": word(each.value for each in own)}))
    required = {**FILTER, "window": word(each.value for each in own)}
    match kind:
        case MeasureKind.CADENCE:
            required |= {"every": word(Period), "at_least": whole(1, 1000)}
        case MeasureKind.RANK:
            required |= {"by": word(RankedBy)}
        case MeasureKind.SHARE:
            required |= {"met": tables(CONDITION)}
    return _named(kind.value, table(required, FILTER_MORE))


RULES = {kind: _named(kind, rule.SCHEMA) for kind, rule in KINDS.items()}
MEASURES: dict[str, Schema] = {kind.value: _measure(kind) for kind in MeasureKind}

CASE = table({"measured": ANYTHING, "points": {"anyOf": [POINTS, STRING]}}, {"note": STRING})
PART = table(
    {
        "id": STRING,
        "title": TEXT,
        "unit": TEXT,
        "measure": {"oneOf": list(MEASURES.values())},
        "rule": {"oneOf": list(RULES.values())},
    },
    {"from": DAY, "until": DAY, "cases": tables(CASE)},
)
INDICATOR = table(
    {"code": STRING, "title": TEXT, "clause": CLAUSE, "parts": tables(PART)},
    {
        "max": POINTS,
        "base": POINTS,
        "floor": {"type": "number", "minimum": -999, "exclusiveMaximum": 1000},
        "evidence": table({"demand": word(Demand)}, {"text": TEXT}),
        "when_not_applicable": word(WhenNotApplicable),
    },
)
GROUP = table(
    {"code": STRING, "title": TEXT, "sign": word(SIGNS), "indicators": tables(INDICATOR)},
    {
        "max": POINTS,
        "for": words(UNIT_CLASSES),
        "bonus": BOOLEAN,
        "fallback": {"type": "array", "items": STRING, "minItems": 1, "uniqueItems": True},
        "when_not_applicable": word(WhenNotApplicable),
    },
)
VETO = {"title": TEXT, "clause": CLAUSE, **FILTER}
VETO_MORE = {"grade": STRING, "lower_by": whole(1, 99), **FILTER_MORE}
FIGURES: Schema = {"type": "object", "additionalProperties": FIGURE}
FILE = table(
    {
        "format": {"const": 1},
        "year": whole(1949, 9999),
        "version": whole(1, 9999),
        "title": TEXT,
        "source": STRING,
        "first_day": DAY,
        "last_day": DAY,
        "cut_off": DAY,
        "rounding": table({"mode": word(RoundingMode), "to": {"enum": [0.01, 0.1, 1]}}),
        "order": {"type": "array", "items": STRING, "minItems": 1, "uniqueItems": True},
        "groups": tables(GROUP),
        "grades": tables(
            table({"id": STRING, "label": TEXT, "at_least": POINTS}, {"quota_percent": whole(0, 100)})
        ),
    },
    {
        "targets": words(TARGET_CLASSES),
        "grading": table(
            {},
            {
                "min_days_paired": whole(1, 366),
                "ties": word(Ties),
                "quota_rounding": word(QuotaRounding),
            },
        ),
        "veto": table(VETO, VETO_MORE),
        "vetoes": tables(table({"id": STRING, **VETO}, VETO_MORE)),
        "cases": tables(
            table(
                {"name": STRING},
                {
                    "for": word(UNIT_CLASSES),
                    "measured": {"type": "object"},
                    "lines": FIGURES,
                    "groups": FIGURES,
                    "total": FIGURE,
                    "vetoed": BOOLEAN,
                },
            )
        ),
    },
)
SHIPPED = "scheme.schema.json"


def schema_text() -> str:
    """The schema as it ships."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "支部联建考核细则 · branch pairing assessment scheme",
    }
    return json.dumps({**head, **FILE, "$defs": SHARED}, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(str(files("domain.assessment.schemes").joinpath(SHIPPED))).write_text(
        schema_text(), encoding="utf-8"
    )
