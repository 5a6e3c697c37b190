"""Ballots are anonymous: a sheet tells how many a group cast, never one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

SMALL_SAMPLE = 5
"""Fewer ballots than this are named a small sample: one might be told from the others. [default]"""


def folded(facts: Iterable[Any]) -> Sequence[tuple[Any, int]]:
    """The facts of a line, counted or left out, each with how many it stands for: the ballots of one recording are one row.

    A fact left out carries its own fact in ``fact``.
    """
    rows: dict[tuple[object, ...], Any] = {}
    counts: Counter[tuple[object, ...]] = Counter()
    for each in facts:
        fact = getattr(each, "fact", each)
        ballot = fact.kind == "rating"
        key = (fact.position, fact.level) if ballot else (fact.position, fact.seq)
        rows.setdefault(key, each)
        counts[key] += 1
    return [(each, counts[key]) for key, each in rows.items()]
