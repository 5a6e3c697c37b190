"""Villages and months: how often somebody came, what was asked for, and where it was more than the county wants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from application.questions.answers.burdens import BurdenOfMonth, VillageBurden
from interface.web.kit.pictures.picture import (
    Key,
    Link,
    Mark,
    Note,
    Picture,
    Row,
    Rule,
    Say,
    months_of,
    placed,
)
from interface.web.kit.pictures.strip import GAP, TALL
from interface.words import label

TOP, NAME, BETWEEN = 20.0, 18.0, 8.0
"""Pixels for the months, for a village's name, and below each village."""
BEYOND, SOME, NONE = "day-none", "some", "none"


def burden_map(
    rows: Sequence[VillageBurden], year: int, say: Say, link: Link, *, named: bool = True
) -> Picture:
    """A strip for each village, its name above it where there are several: visits and requests of each month."""
    marks: list[Mark] = []
    notes = [Note(x + w / 2, TOP - 7, str(n + 1)) for n, (x, w) in enumerate(placed(12, GAP))]
    rules = []
    y = TOP
    for each in rows:
        if named:
            notes.append(Note(0, y + NAME - 5, each.village_name, "start", "name"))
            y += NAME
        marks += _marks(each, year, say, link, y)
        y += TALL + BETWEEN
        rules.append(Rule(0, y - BETWEEN / 2, 100, y - BETWEEN / 2, "faint"))
    return Picture(
        title=say("%(year)s 年各村各月来访和要求", year=year),
        height=y,
        head=(say("村（社区）"), *map(str, range(1, 13))),
        marks=tuple(marks),
        notes=tuple(notes),
        rules=tuple(rules),
        together=tuple(_rows(rows, year, say, link)),
        keys=_keys(say, [month for each in rows for month in each.months]),
        told=say("每格为当月来访次数 / 要求次数；带“!”的超过当月限额。"),
    )


def _marks(each: VillageBurden, year: int, say: Say, link: Link, y: float) -> Iterator[Mark]:
    for n, (x, w) in enumerate(placed(12, GAP)):
        month = each.months[n]
        sign = _sign(month)
        yield Mark(
            x=x,
            y=y,
            w=w,
            h=TALL,
            tone=BEYOND if month.beyond else SOME if sign else NONE,
            href=_link(each, year, n, link),
            cells=(each.village_name, months_of(year)[n], told_of(month, say)),
            sign=sign,
        )


def told_of(month: BurdenOfMonth, say: Say) -> str:
    """A month in words; what there was none of is not said."""
    parts = [
        (month.activities, say("活动 %(n)s 次", n=month.activities)),
        (month.inspections, say("检查 %(n)s 天", n=month.inspections)),
        (month.meetings, say("现场会 %(n)s 次", n=month.meetings)),
        (month.requests, say("要求 %(n)s 次", n=month.requests)),
        (month.entries, say("填报 %(n)s 项", n=month.entries)),
        (month.uploads, say("上传 %(n)s 个", n=month.uploads)),
    ]
    told = [text for count, text in parts if count]
    if month.beyond:
        told.append(
            say(
                "超限额：%(what)s",
                what=say("、").join(say(label("burden", each.value)) for each in month.beyond),
            )
        )
    return " · ".join(told) or "–"


def _rows(rows: Sequence[VillageBurden], year: int, say: Say, link: Link) -> Iterator[Row]:
    for each in rows:
        yield Row(
            link("/activities", year=year, q=each.village_name), (each.village_name, *map(_sign, each.months))
        )


def _sign(month: BurdenOfMonth) -> str:
    """Visits and requests; nothing where there were none."""
    any_ = month.visits or month.requests or month.beyond
    return f"{month.visits}/{month.requests}{'!' if month.beyond else ''}" if any_ else ""


def _link(each: VillageBurden, year: int, n: int, link: Link) -> str:
    return link("/activities", year=year, month=n + 1, q=each.village_name)


def _keys(say: Say, months: Sequence[BurdenOfMonth]) -> tuple[Key, ...]:
    found = [(SOME, "n/m", say("来访次数 / 要求次数"), any(each.visits or each.requests for each in months))]
    found.append((BEYOND, "!", say("超过限额"), any(each.beyond for each in months)))
    return tuple(Key(tone, sign, text) for tone, sign, text, shown in found if shown)
