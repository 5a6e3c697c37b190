"""What villages bear: visits, requests, fields filled in and files attached, by month, and what the county wants at most."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import distinct, extract, func, select

from application.actors.actor import READERS, Owner
from application.input.keyset import After, Place
from application.question import Asker, Limit, Listing, question
from domain.account.role import Role
from domain.burden.events import Burden
from domain.kernel.values import OptionalLine, VillageKey, Year
from domain.registry.events import EntryKind
from projections.boards.burdens import (
    BORNE_IN,
    ENTRIES,
    INSPECTION,
    REQUEST,
    UPLOAD,
    borne,
    changed_since,
    limits_at,
    limits_of,
)
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.names import Names
from projections.kit.columns import known
from projections.kit.memory import Reading

Counted = Mapping[tuple[str, int], Mapping[str, int]]
"""Village and month to how much of each kind."""
AGAIN = 50
"""Villages that are counted again for themselves; where more bore something, such as by a ledger, all are."""


class BurdenOrder(enum.Enum):
    """By what is borne in the year, the most first, or by the village's name."""

    MOST = "-total"
    LEAST = "total"
    NAME = "name"
    NAME_LAST = "-name"


@dataclass(frozen=True)
class BurdenOfMonth:
    """A month: how many activities were held in the village, on how many days it was inspected, how many on-site meetings; what
    it was asked for; fields filled in and files attached by its clerk. ``beyond``: of what it bore more than the limit of that
    month."""

    month: int
    activities: int
    inspections: int
    meetings: int
    requests: int
    entries: int
    uploads: int
    beyond: tuple[Burden, ...]

    @property
    def visits(self) -> int:
        """What somebody came for."""
        return self.activities + self.inspections + self.meetings


@dataclass(frozen=True)
class VillageBurden:
    """A village's year, January first. ``total``: visits and requests; ``months_beyond``: in how many months it bore more than
    the limit of anything."""

    village: str
    village_name: str
    township: str
    total: int
    visits: int
    requests: int
    entries: int
    uploads: int
    months_beyond: int
    months: tuple[BurdenOfMonth, ...]


@dataclass(frozen=True)
class LimitOfMonth:
    """From ``month`` on, at most so many of each a month; ``None`` for no limit."""

    month: str
    visits: int | None
    requests: int | None
    entries: int | None
    uploads: int | None


@dataclass(frozen=True)
class VillageBurdens:
    """A page of the villages. ``limits``: those that hold in the year, the first first."""

    found: int
    limits: tuple[LimitOfMonth, ...]
    rows: tuple[VillageBurden, ...]
    next: str | None


@question("/burden", READERS)
def list_burdens(
    asker: Asker,
    *,
    year: Year,
    village: VillageKey | None,
    q: OptionalLine,
    sort: BurdenOrder | None,
    after: After | None,
    limit: Limit | None,
) -> VillageBurdens:
    """What each village bears by month, the heaviest first where no order is stated; a clerk of a village sees the own, one of a
    unit those it is paired with."""
    names = Names(asker.connection, asker.known_at)
    seen = _villages(asker, names)
    wanted = [each for each in seen if village in (None, each) and (not q or names.matches(q, each))]
    limits = limits_of(asker.connection, asker.known_at)
    last = date(year, 12, 31)
    counted = _counted(asker, year, frozenset(seen)) if village is None else _of_year(asker, year, wanted)
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for (each, _), of_month in counted.items():
        totals[each].update(of_month)

    def total(each: str) -> Place:
        borne = of_burdens(totals[each])
        in_fields = borne[Burden.ENTRIES] + borne[Burden.UPLOADS]
        return borne[Burden.VISITS] + borne[Burden.REQUESTS], in_fields, each

    def name(each: str) -> Place:
        return names.called(each, last).name, each

    places = {"total": total, "name": name}
    listed = Listing.ordered(wanted, places, sort or BurdenOrder.MOST, after, limit)
    begun = [n for n, (month, _) in enumerate(limits) if month <= f"{year}-01"]
    holding = [each for each in limits[begun[-1] if begun else 0 :] if each[0] <= f"{last:%Y-%m}"]
    return VillageBurdens(
        found=len(wanted),
        limits=tuple(
            LimitOfMonth(month, **{each.value: most.get(each) for each in Burden}) for month, most in holding
        ),
        rows=tuple(_borne(counted, year, each, names, limits) for each in listed.rows),
        next=listed.next,
    )


def _villages(asker: Asker, names: Names) -> Collection[str]:
    actor, every = asker.actor, names.entries(EntryKind.VILLAGE)
    if actor.role is Role.BRANCH_CLERK:
        of_unit = select(pairings.c.village).where(
            known(pairings, asker.known_at), pairings.c.branch == actor.branch
        )
        paired = set(asker.connection.execute(of_unit).scalars())
        return [each for each in every if each in paired]
    return [each for each in every if asker.sees(Owner(village=each))]


def _counted(asker: Asker, year: int, villages: frozenset[str]) -> Counted:
    """What these villages bore in a year. All are counted once, and then those again of which something is recorded."""

    def go_on(before: int, found: Counted) -> Counted:
        changed = changed_since(asker.connection, before)
        if len(changed) > AGAIN:
            return _of_year(asker, year, villages)
        return {key: n for key, n in found.items() if key[0] not in changed} | _of_year(
            asker, year, changed & villages
        )

    if not isinstance(asker.connection, Reading):
        return _of_year(asker, year, villages)
    key = "borne", year, villages
    return asker.connection.carried_on(
        BORNE_IN, asker.known_at, key, lambda: _of_year(asker, year, villages), go_on
    )


def _of_year(asker: Asker, year: int, villages: Collection[str]) -> dict[tuple[str, int], Mapping[str, int]]:
    return counts(asker, date(year, 1, 1), date(year, 12, 31), villages)


def _borne(
    counted: Counted, year: int, village: str, names: Names, limits: list[tuple[str, dict[Burden, int]]]
) -> VillageBurden:
    months = tuple(_month(counted, village, year, n, limits) for n in range(1, 13))
    called = names.called(village, date(year, 12, 31))
    visits, requests = (sum(getattr(each, name) for each in months) for name in ("visits", "requests"))
    return VillageBurden(
        village=village,
        village_name=called.name,
        township=called.township,
        total=visits + requests,
        visits=visits,
        requests=requests,
        entries=sum(each.entries for each in months),
        uploads=sum(each.uploads for each in months),
        months_beyond=sum(bool(each.beyond) for each in months),
        months=months,
    )


def _month(
    counted: Counted,
    village: str,
    year: int,
    month: int,
    limits: list[tuple[str, dict[Burden, int]]],
) -> BurdenOfMonth:
    found = counted.get((village, month), {})
    most = limits_at(limits, f"{year}-{month:02}")
    totals = of_burdens(found)
    return BurdenOfMonth(
        month=month,
        activities=found.get("activity", 0),
        inspections=found.get(INSPECTION, 0),
        meetings=found.get("meeting", 0),
        requests=totals[Burden.REQUESTS],
        entries=totals[Burden.ENTRIES],
        uploads=totals[Burden.UPLOADS],
        beyond=tuple(each for each, n in most.items() if totals[each] > n),
    )


def of_burdens(found: Mapping[str, int]) -> dict[Burden, int]:
    """What was counted of a month by kind, as it is limited."""
    return {
        Burden.VISITS: sum(found.get(each, 0) for each in ("activity", INSPECTION, "meeting")),
        Burden.REQUESTS: found.get(REQUEST, 0),
        Burden.ENTRIES: found.get(ENTRIES, 0),
        Burden.UPLOADS: found.get(UPLOAD, 0),
    }


def counts(
    asker: Asker, first: date, last: date, villages: Collection[str]
) -> dict[tuple[str, int], Mapping[str, int]]:
    """Of one year or less."""
    c = borne(asker.known_at, first, last, villages).c
    by = (c.village, extract("month", c.day), c.kind, c.name, c.filled)
    query = select(*by, func.count(), func.count(distinct(c.day))).group_by(*by)
    found: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for village, of, kind, name, filled, n, days in asker.connection.execute(query):
        # Several findings of a day are of one inspection.
        stated = len(asker.look.system.stated.get(name, frozenset()).intersection(filled.split()))
        weight = days if kind == INSPECTION else n * stated if kind == ENTRIES else n
        found[village, int(of)][kind] += weight
    return dict(found)


@dataclass(frozen=True)
class Bearing:
    """What a village bears in a month, of one kind: ``borne`` of at most ``most``."""

    village: str
    village_name: str
    burden: Burden
    borne: int
    most: int

    @property
    def beyond(self) -> bool:
        """Whether one more is more than the county wants."""
        return self.borne >= self.most


@question("/burden/this-month")
def list_bearing(asker: Asker, *, burden: Burden, village: VillageKey | None) -> tuple[Bearing, ...]:
    """What a village bears of a kind this month; where none is named, those for which one more is too much, the heaviest first.
    Nothing where there is no limit."""
    today = asker.look.today()
    most = limits_at(limits_of(asker.connection, asker.known_at), f"{today:%Y-%m}").get(burden)
    if most is None:
        return ()
    names = Names(asker.connection, asker.known_at)
    wanted = [each for each in _villages(asker, names) if village in (None, each)]
    first = today.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    counted = counts(asker, first, last, wanted)
    found = {each: of_burdens(counted.get((each, today.month), {}))[burden] for each in wanted}
    heaviest = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    called = names.villages(today)
    return tuple(
        Bearing(each, called.get(each, each), burden, n, most) for each, n in heaviest if village or n >= most
    )
