"""The JSON Schema of the scheme format, for editors that complete and check while one types.

Made from the enumerations the reader knows; what only the reader can judge (sums, orders, what fits what) is left to it.
``python -m domain.assessment.scheme_file.schema`` writes the file that ships.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from domain.assessment.scheme.measures import MeasureKind, Period, RankedBy, Window
from domain.assessment.scheme.points import RoundingMode
from domain.assessment.scheme.rules.deductions import Otherwise
from domain.assessment.scheme.rules.opinions import WhenMissing
from domain.assessment.scheme.rules.stated import ConvertedTo
from domain.assessment.scheme.scheme import Demand, QuotaRounding, Ties, WhenNotApplicable
from domain.assessment.scheme.vocabulary import LEVELS, STATED, TYPES, UNIT_CLASSES
from domain.assessment.scheme_file.tree_text import SIGNS

Schema = dict[str, Any]

STRING: Schema = {"type": "string", "minLength": 1}
BOOLEAN: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
POINTS: Schema = {"type": "number", "minimum": 0, "exclusiveMaximum": 1000}
FIGURE: Schema = {"anyOf": [{"type": "number"}, {"const": "n/a"}]}
ANYTHING: Schema = {}


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
    """What is written once, under ``SHARED``."""
    return {"$ref": f"#/$defs/{name}"}


TEXT, CLAUSE, CONDITION = shared("text"), shared("clause"), shared("condition")
MANY = whole(1, 1_000_000)
ALL_TYPES = {each for known in TYPES.values() for each in known}
ALL_LEVELS = {each for known in LEVELS.values() for each in known}
NONE = {"when_none": POINTS, "not_applicable_when_none": BOOLEAN}

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


def _of_kind(kind: str, required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    return table({"kind": {"const": kind}, **required}, optional)


def _measure(kind: MeasureKind) -> Schema:
    own = [each for each in Window if each is not Window.BY_OWN_DAY]
    if kind in STATED:
        facts = {"fact": word(STATED[kind])} if len(STATED[kind]) > 1 else {}
        return _of_kind(kind.value, facts, {"window": word(each.value for each in own)})
    required = {**FILTER, "window": word(each.value for each in own)}
    match kind:
        case MeasureKind.CADENCE:
            required |= {"every": word(Period), "at_least": whole(1, 1000)}
        case MeasureKind.RANK:
            required |= {"by": word(RankedBy)}
        case MeasureKind.SHARE:
            required |= {"met": tables(CONDITION)}
    return _of_kind(kind.value, required, FILTER_MORE)


LABELLED = {"points": POINTS, "label": TEXT}
RULES: dict[str, Schema] = {
    "by_date": _of_kind("by_date", {"steps": tables(table({"last": DAY, "points": POINTS}))}),
    "of_total": _of_kind("of_total", {"at_full": POINTS}, NONE),
    "each": _of_kind("each", {"each": POINTS}, {"at_most": POINTS}),
    "to_target": _of_kind("to_target", {"target": MANY, "at_target": POINTS}),
    "steps": _of_kind("steps", {"steps": tables(table({"from": MANY, "points": POINTS}))}),
    "mean": _of_kind("mean", {"at_least": MANY}, {"times": POINTS}),
    "per_level": _of_kind(
        "per_level", {"levels": tables(table({"level": STRING, **LABELLED}))}, {"at_most": POINTS}
    ),
    "flat": _of_kind("flat", {"points": POINTS}, {"when_none": POINTS}),
    "per_missing": _of_kind("per_missing", {"expected": MANY, "each": POINTS, "at_full": POINTS}),
    "per_unmet": _of_kind("per_unmet", {"at_full": POINTS, "each": POINTS}, NONE),
    "threshold": _of_kind(
        "threshold", {"at_least": POINTS, "points": POINTS, "otherwise": word(Otherwise)}, NONE
    ),
    "by_place": _of_kind("by_place", {"places": tables(table({"to": MANY, "points": POINTS}))}),
    "converted": _of_kind("converted", {"full": POINTS, "at_full": POINTS, "as": word(ConvertedTo)}, NONE),
    "given": _of_kind("given", {"at_most": POINTS}),
    "rated": _of_kind(
        "rated",
        {
            "full": POINTS,
            "at_full": POINTS,
            "at_least": MANY,
            "when_missing": word(WhenMissing),
            "groups": tables(table({"group": STRING, "weight": POINTS, "label": TEXT})),
        },
    ),
    "satisfaction": _of_kind(
        "satisfaction",
        {
            "at_full": POINTS,
            "at_least": MANY,
            "options": tables(table({"option": STRING, "worth": POINTS, "label": TEXT})),
        },
        {
            "when_fewer": POINTS,
            "warn_below": table({}, {"valid": MANY, "returned_percent": whole(1, 100)}),
        },
    ),
}
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
