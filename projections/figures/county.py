"""The county's ten figures: everything that happened in the year, whenever it was reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, distinct, func, select, tuple_

from projections.boards.registry.units_and_villages import class_on, entry_classes
from projections.facts.fact_table import facts, known, overlaps


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Counts of a year as known at a position. ``part_time_secretaries`` and ``invited_members`` count pairings
    whose post was filled on at least one day of the year."""

    branches: int
    villages: int
    communities: int
    pairings: int
    agreements: int
    part_time_secretaries: int
    invited_members: int
    persons_visited: int
    forums: int
    field_studies: int

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


@lru_cache(maxsize=16)
def filters(year: int, known_at: int) -> Mapping[str, Any]:
    """Figure to the filter over facts, as known at a position, behind it (villages and communities: the pairings' filter).

    All tell years apart by days alone. A report asks for them some twenty times, and they take as long to put together as to run.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    c = facts.c
    happened = c.occurred_on.between(first, last)
    in_year = overlaps(facts, first, last)
    paired = (c.kind == "paired") & in_year
    # Whoever was in a post when the pairing ended is in none any more.
    held = (c.kind == "post_held") & in_year & c.pairing.in_(_paired(first, last, known_at))
    activity = (c.kind == "activity") & happened
    found = {
        "branches": paired,
        "villages": paired,
        "communities": paired,
        "pairings": paired,
        "agreements": _agreements(first, last, known_at),
        "part_time_secretaries": held & (c.type == "part_time_secretary"),
        "invited_members": held & (c.type == "invited_member"),
        "persons_visited": (c.kind == "persons_visited") & happened,
        "forums": activity & (c.type == "forum"),
        "field_studies": activity & (c.type == "field_study"),
    }
    return MappingProxyType(found)


def _paired(first: date, last: date, known_at: int) -> Any:
    """The pairings that lasted on one of these days."""
    p = facts.alias()
    return select(p.c.pairing).where(p.c.kind == "paired", overlaps(p, first, last), known(known_at, p))


def _agreements(first: date, last: date, known_at: int) -> Any:
    """Of each pairing of the year the newest agreement signed by its end: one of an earlier year stays in force while the
    pairing lasts. [往年签订的仍有效]
    """
    c, later = facts.c, facts.alias()
    newer = select(later.c.position).where(
        later.c.kind == c.kind,
        later.c.pairing == c.pairing,
        later.c.occurred_on <= last,
        tuple_(later.c.occurred_on, later.c.position) > tuple_(c.occurred_on, c.position),
        known(known_at, later),
    )
    signed = (c.kind == "agreement_signed") & (c.occurred_on <= last)
    return signed & c.pairing.in_(_paired(first, last, known_at)) & ~newer.exists()


def figures(connection: Connection, year: int, known_at: int) -> Figures:
    """The figures of ``year`` as known at position ``known_at``."""
    where, counted = filters(year, known_at), func.count(distinct(facts.c.pairing))

    def villages(of_class: str) -> Any:
        return (
            select(func.count(distinct(facts.c.village)))
            .join(entry_classes, facts.c.village == entry_classes.c.entry)
            .where(class_on(date(year, 12, 31), known_at), entry_classes.c.of_class == of_class)
        )

    counts = {
        "branches": select(func.count(distinct(facts.c.branch))),
        "villages": villages("village"),
        "communities": villages("community"),
        "pairings": select(counted),
        "agreements": select(func.count()),
        "part_time_secretaries": select(counted),
        "invited_members": select(counted),
        "persons_visited": select(func.coalesce(func.sum(facts.c.quantity), 0)),
        "forums": select(func.count()),
        "field_studies": select(func.count()),
    }
    each = (
        query.where(known(known_at), where[name]).scalar_subquery().label(name)
        for name, query in counts.items()
    )
    row = connection.execute(select(*each)).one()
    return Figures(**{name: int(value) for name, value in row._mapping.items()})
