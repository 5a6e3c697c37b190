"""What differs between two schemes, rule by rule, in an order one can read."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from domain.assessment.scheme.scheme import Group, Indicator, Part, Scheme
from domain.assessment.scheme.text import Text


class Aspect(enum.Enum):
    """What about a group, an indicator or a part differs."""

    ADDED = "added"
    REMOVED = "removed"
    TITLE = "title"
    CLAUSE = "clause"
    MOST = "most"
    BASE = "base"
    EVIDENCE = "evidence"
    MEASURE = "measure"
    RULE = "rule"
    OTHER = "other"


ASPECTS = {
    "title": Aspect.TITLE,
    "unit": Aspect.TITLE,
    "clause": Aspect.CLAUSE,
    "source": Aspect.CLAUSE,
    "most": Aspect.MOST,
    "base": Aspect.BASE,
    "floor": Aspect.BASE,
    "evidence": Aspect.EVIDENCE,
    "measure": Aspect.MEASURE,
    "rule": Aspect.RULE,
}
"""Field to aspect; any other field is something else."""
JUDGING = frozenset(Aspect) - {Aspect.TITLE, Aspect.CLAUSE, Aspect.EVIDENCE}
"""Aspects that can move points; a title cannot, nor what is to be shown."""
APART = {"groups", "indicators", "parts", "cases", "digest", "year", "version", "unit_class", "group"}
"""What is compared piece by piece, or says nothing."""


@dataclass(frozen=True)
class Change:
    """``code`` of a group, indicator or part, or the name of a field of the whole scheme. ``before`` and ``after`` hold what
    stood there: a value of the field ``field``, or the whole piece that was removed or added.
    """

    code: str
    title: Text
    aspect: Aspect
    field: str
    before: Any
    after: Any


def changes(old: Scheme, new: Scheme) -> tuple[Change, ...]:
    """All differences but year, version and digest: the whole scheme's first, then group by group in the new order."""
    return (
        *(
            Change(each.name, new.title, ASPECTS.get(each.name, Aspect.OTHER), each.name, before, after)
            for each in fields(Scheme)
            if each.name not in APART
            and (before := getattr(old, each.name)) != (after := getattr(new, each.name))
        ),
        *_pieces(_by_code(old.groups), _by_code(new.groups)),
        *_pieces(_by_code(old.indicators), _by_code(new.indicators)),
        *_pieces({each.id: each for each in old.parts}, {each.id: each for each in new.parts}),
    )


def of_indicator(found: tuple[Change, ...], indicator: str, group: str) -> frozenset[Aspect]:
    """What differs about an indicator, its parts and its group, so far as it can move points."""
    return frozenset(
        each.aspect
        for each in found
        if each.aspect in JUDGING
        and (each.code in (indicator, group) or each.code.startswith(f"{indicator}."))
    )


def _by_code(pieces: Any) -> dict[str, Any]:
    return {each.code: each for each in pieces}


def _pieces(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for code, piece in new.items():
        if code not in old:
            yield Change(code, piece.title, Aspect.ADDED, "", None, piece)
        elif old[code] != piece:
            yield from _fields(code, old[code], piece)
    for code, piece in old.items():
        if code not in new:
            yield Change(code, piece.title, Aspect.REMOVED, "", piece, None)


def _fields(code: str, old: Group | Indicator | Part, new: Group | Indicator | Part) -> Iterator[Change]:
    for each in fields(new):
        before, after = getattr(old, each.name), getattr(new, each.name)
        if each.name not in APART and before != after:
            aspect = ASPECTS.get(each.name, Aspect.OTHER)
            yield Change(code, new.title, aspect, each.name, before, after)
