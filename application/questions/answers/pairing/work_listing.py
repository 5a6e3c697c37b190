"""Activities, needs and projects of the county as a list: whose they are, what narrows it, and a page of it."""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, FromClause, Row, Table, and_, func, or_, select

from application.input.keyset import Place, no_row, place_in, token
from application.question import USUAL, Asker
from application.questions.answers.pairing.pairings import ActivityRow, NeedRow, ProjectRow, as_taught
from application.questions.of_row import of_row
from application.questions.whose import own
from domain.kernel.errors import Unknown
from domain.livelihood.events import Category
from domain.pairing.events import ActivityTag
from domain.registry.events import EntryKind
from projections.boards.pairing.activities import tagged
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.names import Names
from projections.kit.columns import known


class NeedState(enum.Enum):
    """How far a need has come: raised, claimed by one side, matched with a unit, reported as met, confirmed by the village; or
    withdrawn by it.
    """

    RAISED = "raised"
    CLAIMED = "claimed"
    MATCHED = "matched"
    MET = "met"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class ProjectState(enum.Enum):
    """How far a project has come: under way, later than planned, completed, accepted by the village; or entered wrongly."""

    UNDER_WAY = "under_way"
    OVERDUE = "overdue"
    COMPLETED = "completed"
    ACCEPTED = "accepted"
    VOIDED = "voided"


@dataclass(frozen=True)
class Owned:
    """Whose it is, by the names of its first day; of a need, what is said of the unit is empty until it is matched."""

    pairing_id: str
    branch: str
    unit_name: str
    village: str
    village_name: str
    township: str


@dataclass(frozen=True)
class Activity(Owned, ActivityRow):
    """An activity and whose it is."""


@dataclass(frozen=True)
class Need(Owned, NeedRow):
    """A need and whose it is."""

    state: NeedState


@dataclass(frozen=True)
class Project(Owned, ProjectRow):
    """A project and whose it is. ``state``: as of today."""

    state: ProjectState


W = TypeVar("W", bound=Owned)
_STATES: dict[type[Owned], type[enum.Enum]] = {Need: NeedState, Project: ProjectState}


@dataclass(frozen=True)
class Part:
    """How many are in a state, or of a kind."""

    name: str
    count: int


@dataclass(frozen=True)
class Works(Generic[W]):
    """A page of a list. ``parts``: of all that the other filters find, by state or kind; ``found``: how many are of the one
    asked for, too. ``townships``: those of the county, for whoever sees more than one."""

    found: int
    parts: tuple[Part, ...]
    townships: tuple[str, ...]
    rows: tuple[W, ...]
    next: str | None


def _ended(after: str, column: ColumnElement[Any]) -> tuple[Any, str]:
    """The value of the column, and the key, at which the page before ended. Raises ``Malformed``."""
    place, kind = place_in(after), column.type.python_type
    try:
        value, key = place
        last: Any = date.fromisoformat(str(value)) if kind is date else value
    except ValueError:
        raise no_row(after) from None
    if not isinstance(last, kind):
        raise no_row(after)
    return last, str(key)


class WorkListing(Generic[W]):
    """The rows of a board that whoever asks may see, with whose they are. ``day``: its first; ``part``: what chips count."""

    def __init__(
        self,
        asker: Asker,
        kind: type[W],
        table: Table,
        day: ColumnElement[date],
        part: ColumnElement[str],
        *,
        texts: Sequence[str] = ("topic",),
    ) -> None:
        self._kind: type[W] = kind
        self._asker, self._table, self._day, self._part = asker, table, day, part
        self._texts = texts
        paired = and_(pairings.c.pairing_id == table.c.pairing_id, known(pairings, asker.known_at))
        self._source: FromClause = table.outerjoin(pairings, paired)
        self._key = table.c[fields(kind)[0].name]
        self._names = Names(asker.connection, asker.known_at)
        self._branch, self._village = (
            table.c[name] if name in table.c else pairings.c[name] for name in ("branch", "village")
        )
        self._where: list[ColumnElement[bool]] = [known(table, asker.known_at)]

    def narrow(
        self,
        year: int | None,
        pairing_id: str | None,
        q: str,
        township: str,
        month: int | None = None,
        category: Category | None = None,
        tag: ActivityTag | None = None,
    ) -> None:
        """To what is asked for, and to what is shown to whoever asks."""
        day = self._day
        self._where.append(own(self._asker.actor, self._branch, self._village))
        if year is not None:
            first, last = date(year, month or 1, 1), date(year, 12, 31)
            if month is not None and month < 12:
                last = date(year, month + 1, 1) - timedelta(days=1)
            self._where.append(day.between(first, last))
        if pairing_id is not None:
            self._where.append(self._table.c.pairing_id == pairing_id)
        if category is not None:
            self._where.append(self._table.c.category == category.value)
        if tag is not None:
            self._where.append(tagged(tag))
        if q:
            villages, units = (self._named(kind, q) for kind in (EntryKind.VILLAGE, EntryKind.BRANCH))
            texts = (self._table.c[name].icontains(q, autoescape=True) for name in self._texts)
            self._where.append(or_(self._village.in_(villages), self._branch.in_(units), *texts))
        if township:
            on = None if year is None else date(year, 12, 31)
            within = [
                village
                for village in self._names.entries(EntryKind.VILLAGE)
                if self._names.called(village, on).township == township
            ]
            self._where.append(self._village.in_(within))

    def page(
        self,
        part: enum.Enum | None,
        parts: type[enum.Enum],
        order: str,
        by: Mapping[str, ColumnElement[Any]],
        after: str | None,
        limit: int | None,
    ) -> Works[W]:
        """Of one of the ``parts``, or of all, in an order, behind a row. Raises ``Malformed`` where there is none like it."""
        counted = select(self._part, func.count()).select_from(self._source).where(*self._where)
        counts: dict[str, int] = {
            row[0]: row[1] for row in self._asker.connection.execute(counted.group_by(self._part))
        }
        where, most = list(self._where), limit or USUAL
        if part is not None:
            where.append(self._part == part.value)
        place, falling = by[order.removeprefix("-")], order.startswith("-")
        if after is not None:
            last, key = _ended(after, place)
            behind = place < last if falling else place > last
            where.append(or_(behind, and_(place == last, self._key > key)))
        rows = self._rows(where, (place.desc() if falling else place, self._key), most + 1)
        found = tuple(self._told(row) for row in rows[:most])
        return Works(
            found=sum(counts.values()) if part is None else counts.get(str(part.value), 0),
            parts=tuple(Part(each.value, counts.get(each.value, 0)) for each in parts),
            townships=self._townships(),
            rows=found,
            next=token(self._place(found[-1], place)) if len(rows) > most else None,
        )

    def _place(self, row: W, column: ColumnElement[Any]) -> Place:
        value, key = getattr(row, str(column.key)), str(getattr(row, self._key.name))
        return (value.isoformat() if isinstance(value, date) else value), key

    def one(self, key: str) -> W:
        """The one with a key. Raises ``Unknown``."""
        for row in self._rows([*self._where, self._key == key], (), 1):
            return self._told(row)
        raise Unknown(self._table.name, key)

    def _rows(self, where: Collection[ColumnElement[bool]], by: Sequence[Any], most: int) -> list[Row[Any]]:
        own = [self._table.c[each.name] for each in fields(self._kind) if each.name in self._table.c]
        whose = [each.label(each.name) for each in (self._branch, self._village) if each.table is pairings]
        query = select(*own, *whose, self._part.label("state"), self._day.label("first_day"))
        query = query.select_from(self._source).where(*where).order_by(*by).limit(most)
        return list(self._asker.connection.execute(query))

    def _told(self, row: Row[Any]) -> W:
        stated: dict[str, Any] = {}
        if self._kind in _STATES:
            stated["state"] = _STATES[self._kind](row.state)
        on = row.first_day
        told: W = of_row(
            self._kind,
            row,
            unit_name=self._names.units(on).get(row.branch, "") if row.branch else "",
            village_name=self._names.villages(on).get(row.village, row.village),
            township=self._names.called(row.village, on).township,
            **stated,
        )
        return as_taught(told) if isinstance(told, Activity) else told

    def _named(self, kind: EntryKind, q: str) -> list[str]:
        return [entry for entry in self._names.entries(kind) if self._names.matches(q, entry)]

    def _townships(self) -> tuple[str, ...]:
        if not self._asker.sees_all:
            return ()
        called = (self._names.called(each) for each in self._names.entries(EntryKind.VILLAGE))
        return tuple(sorted({each.township for each in called} - {""}))
