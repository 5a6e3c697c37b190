"""The twelve months of a pairing: its themed party days, and what else was done."""

from __future__ import annotations

from collections.abc import Iterator

from application.questions.answers.pairing.cadence import Cadence, PartyDay
from interface.web.kit.pictures.picture import Key, Link, Mark, Note, Picture, Say, months_of, placed
from interface.words import label

SIGNS = {
    PartyDay.HELD: "✓",
    PartyDay.LATE: "△",
    PartyDay.NONE: "✕",
    PartyDay.NOT_YET: "!",
    PartyDay.TO_COME: "",
    PartyDay.UNPAIRED: "–",
}
TALL, GAP, TOP, DAYS = 30.0, 0.8, 18.0, 15.0
"""Pixels of a mark and above the first; percent between two; pixels for the days below the marks."""


def month_marks(
    cadence: Cadence, year: int, say: Say, link: Link, y: float, *, named: str = ""
) -> Iterator[Mark]:
    """The party days of a pairing, each leading to what was done in the month. ``named``: whose they are, in the table."""
    for n, (x, w) in enumerate(placed(12, GAP)):
        day = cadence.party_days[n]
        cells = (months_of(year)[n], " ".join(standing(cadence, n, say)))
        yield Mark(
            x=x,
            y=y,
            w=w,
            h=TALL,
            tone=f"day-{day.value}",
            href=_month(cadence, year, n, link),
            cells=(named, *cells) if named else cells,
            sign=SIGNS[day],
        )


def standing(cadence: Cadence, n: int, say: Say) -> Iterator[str]:
    """How a month stands: whether one was held and on which day, and which day is fixed."""
    yield say(label("party_day", cadence.party_days[n].value))
    held, fixed = cadence.held_on[n], cadence.fixed_on[n]
    if held is not None:
        yield say("%(day)s 日开展", day=held.day)
    if fixed is not None:
        yield say("固定日 %(day)s 日", day=fixed.day)


def fixed_now(cadence: Cadence, say: Say) -> str:
    """The day of the year's last month that one is fixed for; empty where none is."""
    fixed = next((each for each in reversed(cadence.fixed_on) if each is not None), None)
    return "" if fixed is None else say("固定日 %(day)s 日", day=fixed.day)


def _days(cadence: Cadence) -> Iterator[Note]:
    """Below the marks: on which day it was held; in brackets, which is fixed where none was."""
    for n, (x, w) in enumerate(placed(12, GAP)):
        held, fixed = cadence.held_on[n], cadence.fixed_on[n]
        if held is not None or fixed is not None:
            text = f"{held.day}" if held is not None else f"({fixed.day})" if fixed is not None else ""
            yield Note(x + w / 2, TOP + TALL + DAYS - 3, text, tone="figure")


def _month(cadence: Cadence, year: int, n: int, link: Link) -> str:
    """Where the month's activities are listed."""
    return link("/activities", year=year, pairing_id=cadence.pairing_id, month=n + 1)


def strip(cadence: Cadence, year: int, say: Say, link: Link) -> Picture:
    """A pairing's year: a row of party days, and below it how many other activities there were."""
    marks = list(month_marks(cadence, year, say, link, TOP, named=say("主题党日")))
    below = TOP + TALL + DAYS + 3
    for n, (x, w) in enumerate(placed(12, GAP)):
        count = cadence.others[n]
        cells = (say("其他活动"), months_of(year)[n], str(count))
        tone = "some" if count else "none"
        marks.append(Mark(x, below, w, TALL, tone, _month(cadence, year, n, link), cells, str(count)))
    return Picture(
        title=" · ".join(filter(None, (say("%(year)s 年各月活动", year=year), fixed_now(cadence, say)))),
        height=below + TALL,
        head=(say("活动"), say("月份"), say("情况")),
        marks=tuple(marks),
        notes=(
            *(Note(x + w / 2, TOP - 6, str(n + 1)) for n, (x, w) in enumerate(placed(12, GAP))),
            *_days(cadence),
        ),
        keys=keys(say, cadence.party_days),
        told=say("上行为主题党日，其下为开展的日期，括号内为固定日；下行为其他活动次数。"),
    )


def keys(say: Say, shown: tuple[PartyDay, ...]) -> tuple[Key, ...]:
    """What the signs mean, of those that are shown."""
    return tuple(
        Key(f"day-{day.value}", SIGNS[day], say(label("party_day", day.value)))
        for day in PartyDay
        if day in shown
    )
