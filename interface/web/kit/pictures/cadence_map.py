"""Pairings and months: where themed party days are held, and where they are not."""

from __future__ import annotations

from collections.abc import Sequence

from application.questions.answers.pairing.cadence import Cadence
from interface.web.kit.pictures.picture import Link, Mark, Note, Picture, Row, Rule, Say, placed
from interface.web.kit.pictures.strip import GAP, TALL, fixed_now, keys, month_marks, standing

TOP, NAME, BETWEEN = 20.0, 18.0, 8.0
"""Pixels for the months, for a pairing's name, and below each pairing."""


def cadence_map(rows: Sequence[Cadence], year: int, say: Say, link: Link) -> Picture:
    """A strip for each pairing, its name above it."""
    marks: list[Mark] = []
    notes = [Note(x + w / 2, TOP - 7, str(n + 1)) for n, (x, w) in enumerate(placed(12, GAP))]
    rules = []
    y = TOP
    for each in rows:
        name = " · ".join(filter(None, (_named(each), fixed_now(each, say))))
        notes.append(Note(0, y + NAME - 5, name, "start", "name"))
        marks += month_marks(each, year, say, link, y + NAME, named=name)
        y += NAME + TALL + BETWEEN
        rules.append(Rule(0, y - BETWEEN / 2, 100, y - BETWEEN / 2, "faint"))
    return Picture(
        title=say("%(year)s 年各结对主题党日", year=year),
        height=y,
        head=(say("结对"), *map(str, range(1, 13))),
        marks=tuple(marks),
        notes=tuple(notes),
        rules=tuple(rules),
        together=tuple(
            Row(
                link(f"/pairings/{each.pairing_id}", year=year),
                (_named(each), *(" ".join(standing(each, n, say)) for n in range(12))),
            )
            for each in rows
        ),
        keys=keys(say, tuple(day for each in rows for day in each.party_days)),
    )


def _named(each: Cadence) -> str:
    return f"{each.village_name} × {each.unit_name}"
