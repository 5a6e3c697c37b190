"""The totals of a year on the scale of its grades, with the own place among them where there is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.assessment.scheme.scheme import Scheme
from interface.web.kit.pictures.picture import (
    WHOLE,
    Link,
    Mark,
    Note,
    Picture,
    Rule,
    Say,
    fitting,
    placed,
    said,
    share_of,
)

TOP, TALL, BAND = 26.0, 64.0, 22.0
"""Pixels above the columns for the own total, of the columns, and of the bands."""


@dataclass(frozen=True)
class GradeBand:
    """A grade from ``least`` points up."""

    id: str
    name: str
    least: float
    href: str


def bands_of(scheme: Scheme, language: str, link: Link, *, among: str = "") -> list[GradeBand]:
    """The grades of a scheme; each leads to those who have it ``among`` all, else to the scheme."""
    return [
        GradeBand(
            band.id,
            said(band.label, language),
            float(band.at_least),
            link(among, year=scheme.year, grade=band.id) if among else link(f"/schemes/{scheme.year}"),
        )
        for band in scheme.bands
    ]


def band_strip(
    bands: Sequence[GradeBand],
    totals: Sequence[float],
    say: Say,
    *,
    own: float | None = None,
    here: str = "",
    of_points: Callable[[int], str] = "#{}".format,
) -> Picture:
    """``bands``, the best first; ``totals``: all of them, none where others' are not shown; ``own``: leads to ``here``; a column
    to the totals ``of_points``.
    """
    found = Counter(int(total) for total in totals)
    known = [
        *found,
        *(int(own) for own in [own] if own is not None),
        *(band.least for band in bands if band.least),
    ]
    first = max(int(min(known, default=0)) - 2, 0)
    last = max(int(max(known, default=100)) + 2, 100)
    most = max(found.values(), default=0)
    foot = TOP + (TALL if found else 0)

    def across(points: float) -> float:
        return WHOLE * share_of(points - first, last - first)

    marks, notes, rules, over = [], [], [], []
    columns = placed(last - first, 0.3)
    for points, n in sorted(found.items()):
        x, w = columns[min(points - first, len(columns) - 1)]
        tall = max(TALL * n / most, 3.0)
        named = say("%(from)s 至 %(to)s 分", **{"from": points, "to": points + 1})
        marks.append(Mark(x, foot - tall, w, tall, "total", of_points(points), (named, say("%(n)s 个", n=n))))
    upper = float(last)
    for band in bands:
        x = across(band.least)
        w = across(upper) - x
        cells = (band.name, say("%(least)s 分及以上", least=f"{band.least:g}"))
        marks.append(Mark(x, foot, w, BAND, f"band-{band.id}", band.href, cells, fitting(band.name, w)))
        if x > 0:
            notes.append(Note(x, foot + BAND + 15, f"{band.least:g}"))
            rules.append(Rule(x, TOP, x, foot + BAND, "faint"))
        upper = max(band.least, float(first))
    if own is not None:
        x = across(own)
        marks.append(Mark(x, 2, 0, TOP - 4, "own", here, (say("本结对"), f"{own:.2f}"), f"▼ {own:.2f}"))
        over.append(Rule(x, TOP - 4, x, foot + 5, "own"))
    return Picture(
        title=say("总分与等次"),
        height=foot + BAND + 20,
        head=(say("总分"), say("情况")),
        marks=tuple(marks),
        notes=tuple(notes),
        rules=tuple(rules),
        over=tuple(over),
        told=say("等次另受名额和否决限制。"),
    )
