"""Activities, needs and projects by themselves, whatever the pairing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from itertools import islice
from typing import Annotated, Any, TypeVar

from sqlalchemy import ColumnElement, Table, and_, or_, select

from application.actor import EVERYBODY, Owner
from application.question import USUAL, Asker, Limit, Listing, no_row, question
from application.questions.answers.registry.pairings import ActivityRow, NeedRow, ProjectRow
from application.things import ACTIVITY, NEED, PROJECT
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, KeyOf, PairingKey, Year
from projections.boards.livelihood import needs, projects
from projections.boards.pairings import activities, pairings
from projections.kit.columns import known


@dataclass(frozen=True)
class Owned:
    """Whose it is; of a need, ``pairing_id`` and ``branch`` are empty until it is matched."""

    pairing_id: str
    branch: str
    village: str


@dataclass(frozen=True)
class Activity(Owned, ActivityRow):
    """An activity and whose it is."""


@dataclass(frozen=True)
class Need(Owned, NeedRow):
    """A need and whose it is."""


@dataclass(frozen=True)
class Project(Owned, ProjectRow):
    """A project and whose it is."""


W = TypeVar("W", Activity, Need, Project)


@question("/activities")
def list_activities(
    asker: Asker,
    *,
    year: Year | None,
    pairing_id: PairingKey | None,
    after: Annotated[str, KeyOf("activity")] | None,
    limit: Limit | None,
) -> Listing[Activity]:
    """Activities, those held last first; a clerk sees the own ones."""
    return _listed(asker, Activity, activities, "held_on", year, pairing_id, after, limit)


@question("/activities/{key}", EVERYBODY, on=ACTIVITY)
def show_activity(asker: Asker, *, key: Key) -> Activity:
    """One activity."""
    return _one(asker, Activity, activities, key)


@question("/needs")
def list_needs(
    asker: Asker,
    *,
    year: Year | None,
    pairing_id: PairingKey | None,
    after: Annotated[str, KeyOf("need")] | None,
    limit: Limit | None,
) -> Listing[Need]:
    """Needs, those raised last first; a clerk sees the own ones, a unit's also those that nobody has matched."""
    return _listed(asker, Need, needs, "raised_on", year, pairing_id, after, limit)


@question("/needs/{key}", EVERYBODY, on=NEED)
def show_need(asker: Asker, *, key: Key) -> Need:
    """One need."""
    return _one(asker, Need, needs, key)


@question("/projects")
def list_projects(
    asker: Asker,
    *,
    year: Year | None,
    pairing_id: PairingKey | None,
    after: Annotated[str, KeyOf("project")] | None,
    limit: Limit | None,
) -> Listing[Project]:
    """Projects, those begun last first; a clerk sees the own ones. ``year``: in which they began."""
    return _listed(asker, Project, projects, "started_on", year, pairing_id, after, limit)


@question("/projects/{key}", EVERYBODY, on=PROJECT)
def show_project(asker: Asker, *, key: Key) -> Project:
    """One project."""
    return _one(asker, Project, projects, key)


def _rows(
    asker: Asker, kind: type[W], table: Table, *where: ColumnElement[bool], by: Any = ()
) -> Iterator[W]:
    named = [each.name for each in fields(kind)]
    paired = and_(pairings.c.pairing_id == table.c.pairing_id, known(pairings, asker.known_at))
    columns = [table.c[name] if name in table.c else pairings.c[name] for name in named]
    source = table.outerjoin(pairings, paired)
    query = select(*columns).select_from(source).where(known(table, asker.known_at), *where).order_by(*by)
    return (kind(*row) for row in asker.connection.execute(query))


def _listed(
    asker: Asker,
    kind: type[W],
    table: Table,
    day: str,
    year: int | None,
    pairing_id: str | None,
    after: str | None,
    limit: int | None,
) -> Listing[W]:
    c, most = table.c, limit or USUAL
    where: list[ColumnElement[bool]] = []
    key = c[fields(kind)[0].name]
    if year is not None:
        where.append(c[day].between(date(year, 1, 1), date(year, 12, 31)))
    if pairing_id is not None:
        where.append(c.pairing_id == pairing_id)
    if after is not None:
        last = asker.connection.execute(
            select(c[day]).where(key == after, known(table, asker.known_at))
        ).scalar()
        if last is None:
            raise no_row(after)
        where.append(or_(c[day] < last, and_(c[day] == last, key > after)))
    rows = _rows(asker, kind, table, *where, by=(c[day].desc(), key))
    seen = tuple(islice((each for each in rows if asker.sees(Owner(each.branch, each.village))), most + 1))
    more = len(seen) > most
    return Listing(seen[:most], str(getattr(seen[most - 1], key.name)) if more else None)


def _one(asker: Asker, kind: type[W], table: Table, key: str) -> W:
    for row in _rows(asker, kind, table, table.c[fields(kind)[0].name] == key):
        return row
    raise Unknown(table.name, key)
