"""Under which units one stood, from when to when, and who stated it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from domain.registry.events import EntryKind
from domain.registry.name_book import Nature
from domain.registry.parents import Under, stood_under
from projections.boards.registry.listing import listed
from projections.boards.registry.units_and_villages import branches, unit_parents
from projections.boards.trail import trail
from projections.kit.columns import known


@dataclass(frozen=True)
class ParentOfTime:
    """A unit above another from ``from_on`` (``None``: since ever) until before ``until_on`` (``None``: still), by the name that
    it bore last in that time. ``merged``: the one that was stated had become part of it. ``record``: the position at which it was
    stated, by ``actor``, who did so for ``acting_for`` where that is not empty."""

    parent: str
    parent_name: str
    from_on: date | None
    until_on: date | None
    merged: bool
    record: int
    actor: str
    acting_for: str


@dataclass(frozen=True)
class _Unit:
    """What the domain asks of a unit to follow the mergings."""

    parents: tuple[Under, ...] = ()
    merged_into: str = ""
    ended_on: date | None = None


_NOBODY = _Unit()


def parents_of(connection: Connection, unit: str, known_at: int | None = None) -> Iterator[ParentOfTime]:
    """In the order of days, as known at a position; times under nobody are left out."""
    by_entry = {each.entry: each for each in listed(connection, known_at) if each.kind is EntryKind.BRANCH}
    official = [each for each in by_entry[unit].names if each.nature is Nature.OFFICIAL]
    since = official[0].from_on if official else None
    of_unit = select(unit_parents, trail.c.actor, trail.c.acting_for).join(
        trail, trail.c.position == unit_parents.c.stated_at
    )
    rows = connection.execute(of_unit.where(unit_parents.c.entry == unit, known(unit_parents, known_at)))
    stated = sorted(
        # Of two statements of one day the later holds; the other lasted no day.
        (row for row in rows if row.until_on is None or row.until_on > (row.from_on or since or date.min)),
        key=lambda row: row.from_on or date.min,
    )
    c = branches.c
    merged = select(c.branch, c.merged_into, c.ended_on).where(known(branches, known_at))
    units = {row.branch: _Unit((), row.merged_into, row.ended_on) for row in connection.execute(merged)}
    units[unit] = _Unit(tuple(Under(row.parent, row.from_on or since) for row in stated))
    for stood in stood_under(lambda entry: units.get(entry, _NOBODY), unit):
        first = stood.from_on or date.min
        *_, said = (row for row in stated if (row.from_on or since or date.min) <= first)
        last = stood.until_on - timedelta(days=1) if stood.until_on else date.max
        above = by_entry.get(stood.parent)
        names = [
            each.name
            for each in (above.names if above else ())
            if each.nature is Nature.OFFICIAL and (each.from_on or date.min) <= last
        ]
        yield ParentOfTime(
            parent=stood.parent,
            parent_name=names[-1] if names else stood.parent,
            from_on=stood.from_on,
            until_on=stood.until_on,
            merged=stood.parent != said.parent,
            record=said.stated_at,
            actor=said.actor,
            acting_for=said.acting_for,
        )
