"""The units and villages of the pairing ledger: which of them are on record, which are new, and what has to be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from application.ledgers.matching.name_index import NameIndex
from application.ledgers.matching.pairing_index import PairingDays, PairingIndex
from application.ledgers.matching.questions import (
    NEW,
    Answer,
    AnswerNeeded,
    Answers,
    Choice,
    Question,
    question_id,
)
from application.ledgers.rows import LedgerRow, PairingRow, ParentRow
from domain.kernel.folding import folded
from domain.kernel.ids import Ids

UNIT: Final = "联建单位"
VILLAGE: Final = "联建村（社区）"
"""Headings of the columns that name them."""
LISTED: Final = "单位"
ABOVE: Final = "上级单位"
"""Headings of the columns of the sheet of parents."""


@dataclass(frozen=True)
class NameMeaning:
    """The thing that a name means, and what that adds to the registry: ``new``, ``is`` (a further name for it),
    ``renamed`` or ``moved`` from a day; empty where all is on record. ``like``: what a new name resembles.
    """

    thing: str
    adds: str = ""
    on: date | None = None
    like: str = ""


@dataclass(frozen=True)
class Couple:
    """The unit and the village that a row of the pairing ledger means."""

    unit: NameMeaning
    village: NameMeaning


@dataclass(frozen=True)
class _Candidate:
    """A thing on record that a name may mean."""

    thing: str
    label: str
    elsewhere: bool = False
    """It bears this very name in another township."""


class Organisations:
    """Names as they stand in the registry, and as this import leaves them."""

    def __init__(
        self,
        units: NameIndex,
        villages: NameIndex,
        parties: PairingIndex,
        pairing_rows: Sequence[PairingRow],
        answers: Answers,
        ids: Ids,
        on: date,
    ) -> None:
        self.units = units
        self.villages = villages
        self._parties = parties
        self._answers = answers
        self._ids = ids
        self._on = on
        """The day whose names are taken first: the end of the assessment year, or today."""
        self._stated_units = self._stated(units.things(row.unit, on) for row in pairing_rows)
        self._stated_villages = self._stated(
            villages.things(row.village, on, row.township) for row in pairing_rows
        )
        self.named = frozenset(
            each
            for row in pairing_rows
            for each in (*units.bearers(row.unit), *villages.bearers(row.village))
        )
        """Everything on record whose name a row of the pairing ledger bears."""
        self.new: set[str] = set()
        """Things that the pairing ledger brings; ``registered`` are those of them whose row was recorded."""
        self.registered: set[str] = set()
        self.settled: set[tuple[str, str]] = set()
        """(thing, folded name) of the answers that were recorded with a row."""
        self._meant_by: dict[tuple[str, str, str], NameMeaning] = {}
        """What was found out about names that were not on record, by kind, folded township and folded name."""
        self.unclear: dict[tuple[str, str], Question] = {}
        """Names of the pairing ledger that wait for an answer, by kind and folded name."""

    @staticmethod
    def _stated(found: Iterable[Sequence[str]]) -> frozenset[str]:
        return frozenset(thing for things in found for thing in things)

    def unit(self, row: PairingRow) -> NameMeaning:
        """The unit a row of the pairing ledger means. ``AnswerNeeded`` where that is not clear."""

        def partners() -> Iterable[str]:
            village = self.villages.things(row.village, self._on, row.township)
            return self._partners(
                (each for thing in self.villages.akin(village) for each in self._parties.of_village(thing)),
                lambda paired: self.units.standing(paired.branch, self._on),
                self._stated_units,
            )

        return self._unit(row, UNIT, partners)

    def listed(self, row: ParentRow) -> NameMeaning:
        """The unit in no pairing that a row of the sheet of parents enters. ``AnswerNeeded`` where that is not clear."""
        return self._unit(row, LISTED, tuple)

    def _unit(
        self, row: PairingRow | ParentRow, column: str, partners: Callable[[], Iterable[str]]
    ) -> NameMeaning:
        """``partners``: those that it may be besides, asked where the name leads to none or to several."""
        if meant := self._meant_by.get(("unit", "", folded(row.unit))):
            return meant
        found = self.units.things(row.unit, self._on)
        if len(found) == 1:
            return NameMeaning(found[0])
        likes = self.units.alike(row.unit)
        near = [each.thing for each in likes if each.near]
        candidates = [
            _Candidate(thing, self.units.label(thing))
            for thing in dict.fromkeys([*found, *partners(), *near])
        ]
        like = likes[0].name if likes else ""
        return self._meant("unit", row, column, row.unit, "", candidates, like, may_be_new=not found)

    def village(self, row: PairingRow) -> NameMeaning:
        """The village a row of the pairing ledger means. ``AnswerNeeded`` where that is not clear."""
        if meant := self._meant_by.get(("village", folded(row.township), folded(row.village))):
            return meant
        found = self.villages.things(row.village, self._on, row.township)
        if len(found) == 1:
            return NameMeaning(found[0])
        unit = self.units.things(row.unit, self._on)
        partners = self._partners(
            (each for thing in self.units.akin(unit) for each in self._parties.of_branch(thing)),
            lambda paired: self.villages.standing(paired.village, self._on),
            self._stated_villages,
        )
        likes = self.villages.alike(row.village, row.township)
        near = [each.thing for each in likes if each.near]
        namesakes = self.villages.elsewhere(row.village, row.township)
        candidates = [
            _Candidate(thing, self.villages.label(thing), elsewhere=thing in namesakes)
            for thing in dict.fromkeys([*found, *partners, *near])
        ]
        likely = [*map(self.villages.label, namesakes), *(each.name for each in likes)]
        like = likely[0] if likely else ""
        return self._meant(
            "village",
            row,
            VILLAGE,
            row.village,
            row.township,
            candidates,
            like,
            may_be_new=not found,
        )

    def _partners(
        self, paired: Iterable[PairingDays], side: Callable[[PairingDays], str], stated: frozenset[str]
    ) -> list[str]:
        """The other sides of pairings that go on and that no row of the ledger names: one may bear a new name now."""
        return [side(each) for each in paired if each.includes(self._on) and side(each) not in stated]

    def _meant(
        self,
        kind: str,
        row: PairingRow | ParentRow,
        column: str,
        name: str,
        township: str,
        candidates: Sequence[_Candidate],
        like: str,
        *,
        may_be_new: bool,
    ) -> NameMeaning:
        key = kind, folded(township), folded(name)
        if not candidates:
            self._meant_by[key] = self._new(kind, name, township, like)
            return self._meant_by[key]
        question = Question(
            id=question_id(*key),
            source=row.source,
            column=column,
            value=name,
            zh=f"“{name}”不在名册中，是下列之一，还是新的？" if may_be_new else f"“{name}”指下列哪一个？",
            en=f"{name} is not on record: is it one of these, or new?"
            if may_be_new
            else f"which of these is {name}?",
            choices=tuple(_choices(candidates, may_be_new, renamed=isinstance(row, PairingRow))),
        )
        question = self.unclear.setdefault((kind, folded(name)), question)
        answer = self._answers.to(question)
        self.unclear.pop((kind, folded(name)), None)
        self._meant_by[key] = (
            self._new(kind, name, township, like)
            if answer.verb == NEW
            else self._known(answer, kind, name, township)
        )
        return self._meant_by[key]

    def _new(self, kind: str, name: str, township: str, like: str) -> NameMeaning:
        thing = self._ids("b" if kind == "unit" else "v")
        self.new.add(thing)
        self._learn(thing, kind, name, township)
        return NameMeaning(thing, NEW, like=like)

    def _known(self, answer: Answer, kind: str, name: str, township: str) -> NameMeaning:
        self._learn(answer.thing, kind, name, township)
        return NameMeaning(answer.thing, answer.verb, answer.on)

    def is_there(self, thing: str) -> bool:
        """Whether the thing is in the registry, not only in a row that was refused."""
        return thing not in self.new or thing in self.registered

    def _learn(self, thing: str, kind: str, name: str, township: str) -> None:
        """From here on the name means this thing, also where its row is refused: it is the same thing for the next row."""
        names = self.units if kind == "unit" else self.villages
        names.learn(thing, name, township)


def _choices(candidates: Sequence[_Candidate], may_be_new: bool, *, renamed: bool) -> Iterable[Choice]:
    for each in candidates:
        yield Choice(
            f"is {each.thing}",
            f"就是“{each.label}”，此为另一写法或曾用名",
            f"it is {each.label}, written otherwise or under a former name",
        )
        if not may_be_new or not renamed:
            continue
        if each.elsewhere:
            yield Choice(
                f"moved {each.thing} DAY",
                f"就是“{each.label}”，自所填之日起改属此乡镇",
                f"it is {each.label}, of this township from DAY on",
            )
        else:
            yield Choice(
                f"renamed {each.thing} DAY",
                f"就是“{each.label}”，自所填之日起更名为此",
                f"it is {each.label}, renamed from DAY on",
            )
    if may_be_new:
        yield Choice(NEW, "是新的，另行登记", "it is new, to be registered")


@dataclass
class Lookups:
    """Which pairing and which village a row means."""

    organisations: Organisations
    parties: PairingIndex
    answers: Answers

    def pairings(self, unit: str | None, village: str, on: date) -> list[PairingDays]:
        """The pairings a row may mean by these names on a day; ``unit`` is ``None`` where none is named. ``AnswerNeeded`` where a
        name waits for an answer.
        """
        self._demand_clear(unit, village)
        of = self.organisations
        units = None if unit is None else of.units.bearers(unit)
        villages = of.villages.bearers(village)
        found = self.parties.meant(units, villages, on)
        if not any(each.includes(on) for each in found):
            # A pairing names the ones it was made with; by now they may be part of those whom the row names.
            units = None if units is None else of.units.akin(units)
            akin = self.parties.meant(units, of.villages.akin(villages), on)
            found = akin if any(each.includes(on) for each in akin) else found or akin
        if len(found) > 1:
            # Where several may be meant, those are who bear the names on that day.
            of_the_day = of.villages.akin(self._villages(village, on))
            found = [each for each in found if each.village in of_the_day] or found
        return found

    def goes_on(self, row: PairingRow, couple: Couple) -> PairingDays | None:
        """The pairing that a row of the pairing ledger states again: of the very ones it names, or of those that are part of
        them by now and that no row names.
        """
        of = self.organisations
        units, villages = of.units.akin([couple.unit.thing]), of.villages.akin([couple.village.thing])
        bear_unit, bear_village = of.units.bearers(row.unit), of.villages.bearers(row.village)
        for of_units, of_villages in (
            (
                [each for each in units if each in bear_unit],
                [each for each in villages if each in bear_village],
            ),
            (
                [each for each in units if each in bear_unit or each not in of.named],
                [each for each in villages if each in bear_village or each not in of.named],
            ),
        ):
            known = self.parties.goes_on(of_units, of_villages, row.paired_on, row.ended_on)
            if known is not None:
                return known
        return None

    def _villages(self, village: str, on: date) -> list[str]:
        return self.organisations.villages.things(village, on)

    def _demand_clear(self, unit: str | None, village: str) -> None:
        for kind, name in (("unit", unit), ("village", village)):
            question = name and self.organisations.unclear.get((kind, folded(name)))
            if question:
                raise AnswerNeeded(question)

    def village(self, row: LedgerRow, village: str, unit: str | None, on: date) -> str:
        """The village a row means, empty for none; ``unit`` is paired with it, where one is named. ``AnswerNeeded`` where a
        name fits several.
        """
        self._demand_clear(unit, village)
        found = list(filter(self.organisations.is_there, self.organisations.villages.bearers_on(village, on)))
        if len(found) > 1 and unit is None:
            found = self._villages(village, on)
        elif len(found) > 1:
            found = list(dict.fromkeys(each.village for each in self.pairings(unit, village, on)))
        return self.one_village(row, village, found)

    def unit(self, row: LedgerRow, unit: str, on: date) -> str:
        """The unit a row means by a bare name, empty for none. ``AnswerNeeded`` where the name waits for an answer, or fits
        several.
        """
        self._demand_clear(unit, "")
        found = filter(self.organisations.is_there, self.organisations.units.things(unit, on))
        return self._one(row, UNIT, unit, list(found), self.organisations.units)

    def listed_unit(self, row: ParentRow, column: str, name: str) -> str:
        """The unit that a row of the sheet of parents names, on record or entered by another row, empty for none.
        ``AnswerNeeded`` where the name waits for an answer, or fits several.
        """
        self._demand_clear(name, "")
        found = self.organisations.units.bearers(name)
        if len(found) > 1:
            found = self.organisations.units.things(name, row.from_on or row.until_on or date.max)
        return self._one(row, column, name, found, self.organisations.units)

    def one_village(self, row: LedgerRow, village: str, found: Sequence[str]) -> str:
        """The one, or none; ``AnswerNeeded`` for several."""
        return self._one(row, VILLAGE, village, found, self.organisations.villages)

    def _one(self, row: LedgerRow, column: str, name: str, found: Sequence[str], names: NameIndex) -> str:
        if len(found) <= 1:
            return found[0] if found else ""
        choices = [Choice(f"is {thing}", label, label) for thing in found for label in [names.label(thing)]]
        question = Question(
            id=question_id("which", column, *content_of(row)),
            source=row.source,
            column=column,
            value=name,
            zh=f"有几个“{name}”，此行指哪一个？",
            en=f"there are several {name}: which is meant here?",
            choices=tuple(choices),
        )
        return self.answers.to(question).thing


def content_of(row: LedgerRow) -> tuple[str, ...]:
    """What a row says, wherever it stands."""
    names = sorted(each.name for each in fields(row) if each.name not in ("source", "correction"))
    return (type(row).__name__, *(f"{name}={getattr(row, name)}" for name in names))
