"""The figures of a year, and what is behind one: the facts that it counts, or its amount for every pairing."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from application.actors.actor import OFFICES
from application.input.keyset import After, Place
from application.question import Asker, Limit, Listing, question
from application.questions.names_of_year import NamesOfYear
from domain.assessment.scheme.points import number
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, OptionalLine, Position, Year
from projections.boards.registry.names import Names
from projections.figures import year as year_figures
from projections.figures.year import Basis, Counting, Item, PerPairing, Sharing
from projections.scores.spread import spread


@dataclass(frozen=True)
class FiguresShown:
    """Every figure of a year."""

    year: int
    values: Mapping[str, int]


@dataclass(frozen=True)
class FigureSpread:
    """How amounts are spread: ``none``: how many are 0; ``median``: as a regulation writes a number."""

    none: int
    least: int
    median: str
    greatest: int


@dataclass(frozen=True)
class FigureBasis:
    """What a figure rests on: ``on``: the day taken as today; ``cut_off``: the last day of reporting."""

    name: str
    value: int
    how: Counting
    year: int
    on: date
    cut_off: date


@dataclass(frozen=True)
class FigureFact(Item):
    """A fact behind a figure, and whose it is."""

    unit_name: str
    village_name: str


@dataclass(frozen=True)
class FigureAmount(PerPairing):
    """What a pairing has of a figure."""

    unit_name: str
    village_name: str


@dataclass(frozen=True)
class FigureFacts:
    """A page of the facts behind a figure. ``found``: how many there are; ``spread``: of their quantities."""

    basis: FigureBasis
    found: int
    spread: FigureSpread | None
    rows: tuple[FigureFact, ...]
    next: str | None


@dataclass(frozen=True)
class FigureAmounts:
    """A page of the pairings of a year with their amounts. ``spread``: of all amounts."""

    basis: FigureBasis
    found: int
    spread: FigureSpread | None
    rows: tuple[FigureAmount, ...]
    next: str | None


@dataclass(frozen=True)
class FigureShare:
    """What a unit, a township or a month has of a figure. ``key``: the unit's id, otherwise the name; empty for what belongs to
    none."""

    key: str
    name: str
    amount: int


@dataclass(frozen=True)
class FigureShares:
    """A page of what the units, the townships or the months of a year have of a figure. ``spread``: of all amounts."""

    basis: FigureBasis
    found: int
    spread: FigureSpread | None
    rows: tuple[FigureShare, ...]
    next: str | None


class FactOrder(enum.Enum):
    """By the day it happened, by its quantity, or by the day it was reported; after a minus the other way round."""

    DAY = "day"
    DAY_LAST = "-day"
    QUANTITY = "quantity"
    QUANTITY_MOST = "-quantity"
    REPORTED = "reported"
    REPORTED_LAST = "-reported"


class AmountOrder(enum.Enum):
    """By amount, or by village; after a minus the other way round."""

    AMOUNT = "amount"
    AMOUNT_MOST = "-amount"
    VILLAGE = "village"
    VILLAGE_LAST = "-village"


class ShareOrder(enum.Enum):
    """By name, or by amount; after a minus the other way round."""

    NAME = "name"
    NAME_LAST = "-name"
    AMOUNT = "amount"
    AMOUNT_MOST = "-amount"


@question("/figures", OFFICES)
def show_figures(asker: Asker, *, year: Year) -> FiguresShown:
    """Every figure of a year; what was recorded after some position is none without that position."""
    basis = _basis(asker, year, None)
    year_figures.ahead(asker.connection, basis)
    counted = year_figures.values(asker.connection, basis)
    names = (name for name in year_figures.NAMES if name != "known_since")
    return FiguresShown(
        year,
        {
            name: counted[name] if name in counted else year_figures.value(asker.connection, name, basis)
            for name in names
        },
    )


@question("/figures/{key}/facts", OFFICES)
def list_figure_facts(
    asker: Asker,
    *,
    key: Key,
    year: Year,
    on: date | None,
    type: OptionalLine,
    level: OptionalLine,
    since: Position | None,
    sort: FactOrder | None,
    after: After | None,
    limit: Limit | None,
) -> FigureFacts:
    """The facts that a figure counts, by day where no order is stated. ``on``: the day taken as today, for lights; ``level`` may
    be ``heavy``; ``since``: only what was recorded after that record."""
    basis = _basis(asker, year, on, type, level, since)
    figure, names = _figure(asker, key, basis), NamesOfYear(asker.connection, year, asker.known_at)
    found = year_figures.items(asker.connection, key, basis)
    order = (sort or FactOrder.DAY).value
    by = order.removeprefix("-")

    def place(of: tuple[int, Item]) -> Place:
        nth, each = of
        days = {"day": each.occurred_on, "reported": each.reported_on or date.max}
        first = each.quantity if by == "quantity" else days[by].isoformat()
        return first, each.occurred_on.isoformat(), each.position, nth

    page = Listing.placed(_numbered(found), place, after, limit, falling=order.startswith("-"))
    return FigureFacts(
        basis=figure,
        found=len(found),
        spread=_spread(each.quantity for each in found),
        rows=tuple(
            FigureFact(
                **vars(each), unit_name=names.unit(each.branch), village_name=names.village(each.village)
            )
            for _, each in page.rows
        ),
        next=page.next,
    )


@question("/figures/{key}/pairings", OFFICES)
def list_figure_amounts(
    asker: Asker,
    *,
    key: Key,
    year: Year,
    on: date | None,
    type: OptionalLine,
    level: OptionalLine,
    since: Position | None,
    sort: AmountOrder | None,
    after: After | None,
    limit: Limit | None,
) -> FigureAmounts:
    """Every pairing of the year with what it has of a figure, the least first where no order is stated."""
    basis = _basis(asker, year, on, type, level, since)
    figure, names = _figure(asker, key, basis), NamesOfYear(asker.connection, year, asker.known_at)
    found = [
        FigureAmount(
            **vars(each), unit_name=names.unit(each.branch), village_name=names.village(each.village)
        )
        for each in year_figures.per_pairing(asker.connection, key, basis)
    ]
    order = (sort or AmountOrder.AMOUNT).value

    def place(each: FigureAmount) -> Place:
        first = each.village_name if order.endswith("village") else each.amount
        return first, each.village_name, each.unit_name, each.pairing

    page = Listing.placed(found, place, after, limit, falling=order.startswith("-"))
    return FigureAmounts(figure, len(found), _spread(each.amount for each in found), page.rows, page.next)


@question("/figures/{key}/shares", OFFICES)
def list_figure_shares(
    asker: Asker,
    *,
    key: Key,
    year: Year,
    by: Sharing,
    on: date | None,
    type: OptionalLine,
    level: OptionalLine,
    since: Position | None,
    sort: ShareOrder | None,
    after: After | None,
    limit: Limit | None,
) -> FigureShares:
    """What every unit, township or month of the year has of a figure, by name where no order is stated; a village is of its
    township at the year's end."""
    basis = _basis(asker, year, on, type, level, since)
    figure, names = _figure(asker, key, basis), NamesOfYear(asker.connection, year, asker.known_at)
    called = Names(asker.connection, asker.known_at)
    shares = year_figures.shares(
        asker.connection, key, basis, by, lambda village: called.called(village, basis.last).township
    )
    found = [
        FigureShare(each, names.unit(each) if by is Sharing.UNIT else each, amount)
        for each, amount in shares.items()
    ]
    order = (sort or ShareOrder.NAME).value

    def place(each: FigureShare) -> Place:
        return each.name if order.endswith("name") else each.amount, each.name, each.key

    page = Listing.placed(found, place, after, limit, falling=order.startswith("-"))
    return FigureShares(figure, len(found), _spread(each.amount for each in found), page.rows, page.next)


def _basis(
    asker: Asker, year: int, on: date | None, type: str = "", level: str = "", since: int | None = None
) -> Basis:
    try:
        cut_off = asker.look.system.scoring.scheme(asker.connection, year, asker.known_at).cut_off
    except Unknown:
        # Without a scheme nobody has set a last day; then nothing is late.
        cut_off = date.max
    return Basis(
        year=year,
        known_at=asker.known_at,
        on=on or asker.look.today(),
        cut_off=cut_off,
        type=type,
        level=level,
        since=since or 0,
    )


def _figure(asker: Asker, name: str, basis: Basis) -> FigureBasis:
    if name not in year_figures.NAMES:
        raise Unknown("figure", name)
    value, how = year_figures.value(asker.connection, name, basis), year_figures.counting(name)
    return FigureBasis(name, value, how, basis.year, basis.on, basis.cut_off)


def _numbered(items: Iterable[Item]) -> Iterator[tuple[int, Item]]:
    """What one event states is told apart by its place among what it states."""
    stated: Counter[int] = Counter()
    for each in items:
        stated[each.position] += 1
        yield stated[each.position], each


def _spread(amounts: Iterable[int]) -> FigureSpread | None:
    found = spread(list(amounts))
    return (
        None if found is None else FigureSpread(found.none, found.least, number(found.median), found.greatest)
    )
