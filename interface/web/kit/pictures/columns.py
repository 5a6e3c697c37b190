"""Columns of the twelve months, one or two beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interface.web.kit.pictures.picture import (
    Key,
    Mark,
    Note,
    Picture,
    Rule,
    Say,
    months_of,
    placed,
    share_of,
)

TOP, TALL, BELOW = 18.0, 110.0, 20.0
"""Pixels above the highest column, of it, and below for the months."""


@dataclass(frozen=True)
class Series:
    """Twelve figures: what they count, as which tone, and where each leads."""

    title: str
    tone: str
    values: Sequence[int]
    hrefs: Sequence[str]


def columns(say: Say, title: str, year: int, series: Sequence[Series], told: str = "") -> Picture:
    """Every month's figure as a column, with its number above."""
    most = max((value for each in series for value in each.values), default=0)
    foot = TOP + TALL
    marks, notes = [], []
    named = months_of(year)
    for n, (x, w) in enumerate(placed(12, gap=1.6)):
        notes.append(Note(x + w / 2, foot + 15, str(n + 1)))
        for of, (left, wide) in zip(series, placed(len(series), 0.0, x, x + w), strict=True):
            value = of.values[n]
            tall = max(TALL * share_of(value, most), 2.0)
            cells = (named[n], of.title, str(value))
            marks.append(Mark(left, foot - tall, wide, tall, of.tone, of.hrefs[n], cells))
            if value:
                notes.append(
                    Note(
                        left + wide / 2,
                        foot - tall - 4,
                        str(value),
                        tone="figure" if of is series[-1] else "figure minor",
                    )
                )
    keys = tuple(Key(each.tone, "", each.title) for each in series) if len(series) > 1 else ()
    return Picture(
        title=title,
        height=foot + BELOW,
        head=(say("月份"), say("类别"), say("数量")),
        marks=tuple(marks),
        notes=tuple(notes),
        rules=(Rule(0, foot + 0.5, 100, foot + 0.5),),
        keys=keys,
        told=told,
    )
