"""The twelve months of a pairing: its themed party days, and what else was done."""

from __future__ import annotations

from collections.abc import Iterator

from application.questions.answers.registry.cadence import Cadence, PartyDay
from interface.web.kit.pictures.picture import Key, Link, Mark, Note, Picture, Say, months_of, placed
from interface.words import label

SIGNS = {
    PartyDay.HELD: "✓",
    PartyDay.LATE: "△",
    PartyDay.NONE: "✕",
    PartyDay.TO_COME: "",
    PartyDay.UNPAIRED: "–",
}
TALL, GAP, TOP = 30.0, 0.8, 18.0


def month_marks(
    cadence: Cadence, year: int, say: Say, link: Link, y: float, *, left: float = 0.0, named: str = ""
) -> Iterator[Mark]:
    """The party days of a pairing, each leading to what was done in the month. ``named``: whose they are, in the table."""
    for n, (x, w) in enumerate(placed(12, GAP, left)):
        day = cadence.party_days[n]
        cells = (months_of(year)[n], say(label("party_day", day.value)))
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


def _month(cadence: Cadence, year: int, n: int, link: Link) -> str:
    """Where the month's activities are listed."""
    return link("/activities", year=year, pairing_id=cadence.pairing_id, month=n + 1)


def strip(cadence: Cadence, year: int, say: Say, link: Link) -> Picture:
    """A pairing's year: a row of party days, and below it how many other activities there were."""
    marks = list(month_marks(cadence, year, say, link, TOP, named=say("主题党日")))
    below = TOP + TALL + 4
    for n, (x, w) in enumerate(placed(12, GAP)):
        count = cadence.others[n]
        cells = (say("其他活动"), months_of(year)[n], str(count))
        tone = "some" if count else "none"
        marks.append(Mark(x, below, w, TALL, tone, _month(cadence, year, n, link), cells, str(count)))
    return Picture(
        title=say("%(year)s 年各月活动", year=year),
        height=below + TALL,
        head=(say("活动"), say("月份"), say("情况")),
        marks=tuple(marks),
        notes=tuple(Note(x + w / 2, TOP - 6, str(n + 1)) for n, (x, w) in enumerate(placed(12, GAP))),
        keys=keys(say, cadence.party_days),
        told=say("上行为主题党日，下行为其他活动次数。"),
    )


def keys(say: Say, shown: tuple[PartyDay, ...]) -> tuple[Key, ...]:
    """What the signs mean, of those that are shown."""
    return tuple(
        Key(f"day-{day.value}", SIGNS[day], say(label("party_day", day.value)))
        for day in PartyDay
        if day in shown
    )
