"""A year's ledgers in any parts, in any order, twice over, under any of the names that things bear, give what the whole
gives that was entered once under the right names.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from application.ledgers.matching.questions import ANOTHER, Answers, Question
from application.ledgers.result import ImportResult
from application.ledgers.sheets import SHEETS
from application.settings import Settings
from application.system import System
from application.verbs.registry.units_and_villages import merge_village, rename_branch, rename_village
from domain.kernel.ids import SeededIds
from domain.registry.events import EntryKind
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.boards.pairing.activities import activities
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.names import names_on
from projections.boards.registry.units_and_villages import found_by_name, mergings, villages
from projections.facts.fact_table import facts
from projections.figures.county import figures
from tests.kit.acts import carried
from tests.kit.entries import registered_village
from tests.kit.examples import examples
from tests.kit.yearend import by
from tests.unit.ledgers.ledger_books import Row, right, write_book

YEAR = 2025
NOW = date(2025, 12, 31)
MERGED = "合并村"
MOST = 9
"""Imports after which nothing may be asked any more."""


@dataclass(frozen=True)
class Called:
    """A thing's names: the first, the one it bears since a day, a short one."""

    first: str
    later: str = ""
    since: date = date.max
    short: str = ""

    def on(self, day: date) -> str:
        """The official name of a day."""
        return self.later if self.later and day >= self.since else self.first

    @property
    def last(self) -> str:
        return self.later or self.first


@dataclass(frozen=True)
class Couple:
    """A unit and its village, which lies in a township."""

    unit: Called
    village: Called
    township: str


@dataclass(frozen=True)
class World:
    """What is true: the couples, rows of the other sheets by couple, and whether the last village was merged into another."""

    couples: tuple[Couple, ...]
    rows: tuple[tuple[str, int, Row], ...]
    merged: bool = False


DAYS = st.dates(date(2025, 2, 1), date(2025, 9, 30))


def called(first: str, later: str, short: str) -> st.SearchStrategy[Called]:
    return st.builds(
        lambda renamed, since, also: Called(
            first, later if renamed else "", since if renamed else date.max, short if also else ""
        ),
        st.booleans(),
        DAYS,
        st.booleans(),
    )


COUPLES = st.tuples(
    st.builds(
        Couple,
        called("云州水利局", "云州水务局", "水利局"),
        called("上坪村", "上坪社区村", "上坪"),
        st.just("城关镇"),
    ),
    st.builds(
        Couple,
        called("云岭县林业站", "云岭县林草站", "县林业站"),
        called("上坪村", "上坪新村", "坪上村"),
        st.just("白水乡"),
    ),
    st.builds(
        Couple,
        called("州财政局", "州财政厅", "财政局"),
        called("下河社区", "下河新社区", "下河"),
        st.just("白水乡"),
    ),
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Three couples, two of whose villages bear one name, and what they did."""
    couples = draw(COUPLES)
    rows: list[tuple[str, int, Row]] = []
    for number in range(draw(st.integers(2, 7))):
        which, day = draw(st.integers(0, 2)), draw(DAYS)
        kind = draw(st.sampled_from(["activities", "needs", "findings", "cases", "circulars", "slips"]))
        rows.append((kind, which, _row(kind, number, day)))
    return World(couples, tuple(rows), draw(st.booleans()))


def _row(kind: str, n: int, day: date) -> Row:
    """A row of a kind; its names are written later."""
    match kind:
        case "activities":
            return right(kind, theme=f"学习{n}", held_on=day, reported_on=day)
        case "needs":
            later = dict.fromkeys(["matched_unit", "matched_on", "met_on", "confirmed_on", "rating"])
            return right(kind, need_id=f"XQ-{n}", raised_on=day, **later)
        case "findings":
            later = dict.fromkeys(
                ["order_number", "ordered_on", "due_on", "submitted_on", "reinspected_on", "reinspector"]
            )
            later |= dict.fromkeys(["measures", "reinspection", "closed_on", "relapsed"])
            return right(kind, finding_id=f"WT-{n}", found_on=day, **later)
        case "cases":
            return right(kind, name=f"案例{n}", published_on=day)
        case "circulars":
            return right(kind, number=f"云岭通〔2025〕{n}号", issued_on=day)
    return right(kind, issued_on=day, colour="橙")


def _day(row: Row) -> date:
    names = ("held_on", "raised_on", "found_on", "published_on", "issued_on")
    return next(row[name] for name in names if name in row)


def pairing_row(n: int, unit: str, village: str, township: str) -> Row:
    """The row of a couple in the pairing ledger."""
    return right(
        "pairings",
        unit=unit,
        branch=f"{unit}党支部",
        village=village,
        township=township,
        target_kind="行政村",
        paired_on=date(2025, 1, 1),
        agreement_number=f"协〔2025〕{n}号",
        agreement_signed_on=date(2025, 1, 20),
        part_time_secretary=f"甲{n}",
        part_time_secretary_began_on=date(2025, 1, 1),
        part_time_secretary_ended_on=None,
        invited_member=None,
        invited_member_began_on=None,
        invited_member_ended_on=None,
    )


@dataclass
class County:
    """A system, and what is asked of it answered by the truth."""

    world: World
    folder: Path
    seed: str
    given: dict[str, str] = field(default_factory=dict)
    patience: random.Random = field(default_factory=lambda: random.Random(1))

    def __post_init__(self) -> None:
        data = self.folder / f"data-{self.seed}"
        data.mkdir()
        settings = Settings(folder=data)
        self.system: System = build(settings, ids=SeededIds(self.seed), tell=lambda _: None)

    def take(self, rows: dict[str, list[Row]], name: str) -> ImportResult:
        """Import rows with the answers given so far."""
        folder = self.folder / f"{self.seed}-{name}"
        folder.mkdir(exist_ok=True)
        write_book(folder / "台账.xlsx", rows)
        return import_folder(self.system, folder, year=YEAR, answers=Answers(dict(self.given)))

    def merge(self) -> None:
        """Let the last village be part of another, once it is on record with its pairing."""
        couple = self.world.couples[-1]
        with self.system.reading() as connection:
            found = [
                found_by_name(connection, EntryKind.VILLAGE, name, township=couple.township).one
                for name in sorted(_names(couple.village))
            ]
            paired = {row.village for row in connection.execute(select(pairings))}
        village = next((each.standing for each in found if each and each.standing in paired), None)
        if village is None or not self.world.merged:
            return
        into = registered_village(self.system, MERGED, couple.township, by=by("kaohe"))
        carried(
            self.system,
            merge_village,
            village,
            into=into,
            merged_on=NOW,
            today=self.system.today(),
            by=by("kaohe"),
        )

    def answer(self, questions: Sequence[Question], rows: dict[str, list[Row]]) -> None:
        """Answer what is asked of these rows as it is in truth; now or, sometimes, only when it is asked again."""
        keys = {sheet.title: sheet.key for sheet in SHEETS}
        for question in questions:
            row = rows[keys[question.source.sheet]][question.source.row - 3]
            said = self._truth(question, self.world.couples[row["_couple"]])
            if said and self.patience.random() < 0.7:
                self.given[question.id] = said

    def _merged_into(self, couple: Couple) -> set[str]:
        """What the village of the couple may stand as."""
        return {MERGED} if self.world.merged and couple == self.world.couples[-1] else set()

    def _truth(self, question: Question, couple: Couple) -> str:
        """The right answer; empty where none of the choices is right yet."""
        offered = {choice.answer.split()[1] for choice in question.choices if " " in choice.answer}
        with self.system.reading() as connection:
            units = names_on(connection, EntryKind.BRANCH)
            towns = {row.village: row.township for row in connection.execute(select(villages))}
            named = names_on(connection, EntryKind.VILLAGE)
        for thing in offered:
            for call, bears in (
                (couple.unit, units.get(thing) in _names(couple.unit)),
                (
                    couple.village,
                    named.get(thing) in _names(couple.village) | self._merged_into(couple)
                    and towns[thing] == couple.township,
                ),
            ):
                if bears and question.value == call.later and f"renamed {thing} DAY" in _answers(question):
                    return f"renamed {thing} {call.since}"
                if bears and question.value in _names(call):
                    return f"is {thing}"
        if ANOTHER in _answers(question):
            return self._another(question, couple)
        return "new" if "new" in _answers(question) else ""

    def _another(self, question: Question, couple: Couple) -> str:
        """Which of those on record is meant, where it is and none of the likely ones is."""
        of_unit = question.value in _names(couple.unit)
        kind, call = (EntryKind.BRANCH, couple.unit) if of_unit else (EntryKind.VILLAGE, couple.village)
        with self.system.reading() as connection:
            found = [
                found_by_name(connection, kind, name, township=None if of_unit else couple.township).one
                for name in sorted(_names(call))
            ]
        return next((f"is {each.standing}" for each in found if each), "")


def _answers(question: Question) -> list[str]:
    return [choice.answer for choice in question.choices]


def _names(call: Called) -> set[str]:
    return {call.first, call.later, call.short} - {""}


def spelled(rng: random.Random, call: Called, day: date) -> str:
    """One of the names a clerk may write for what happened on a day; a later name only from its day on."""
    names = [call.on(day), call.first, *([call.short] if call.short else [])]
    return rng.choice(names)


def parts(world: World, rng: random.Random) -> Iterator[dict[str, list[Row]]]:
    """The truth in parts; each row is in one of them, under some of its names."""
    count = rng.randint(1, 3)
    found: list[dict[str, list[Row]]] = [{} for _ in range(count)]
    for n, couple in enumerate(world.couples):
        unit, village = spelled(rng, couple.unit, NOW), spelled(rng, couple.village, NOW)
        row = pairing_row(n, unit, village, couple.township) | {"_couple": n}
        rng.choice(found).setdefault("pairings", []).append(row)
    for kind, which, row in world.rows:
        couple, day = world.couples[which], _day(row)
        names = {"unit": spelled(rng, couple.unit, day), "village": spelled(rng, couple.village, day)}
        rng.choice(found).setdefault(kind, []).append(_named(kind, row, names) | {"_couple": which})
    rng.shuffle(found)
    yield from found


def _named(kind: str, row: Row, names: dict[str, str]) -> Row:
    """A row with its names; slips and needs state the unit where the bare name fits two villages."""
    if kind == "needs":
        return {**row, "village": names["village"], "matched_unit": names["unit"], "matched_on": _day(row)}
    return {**row, **names}


def whole(world: World) -> dict[str, list[Row]]:
    """The truth at once, everything under its last name."""
    rows: dict[str, list[Row]] = {}
    for n, couple in enumerate(world.couples):
        row = pairing_row(n, couple.unit.last, couple.village.last, couple.township)
        rows.setdefault("pairings", []).append(row)
    for kind, which, row in world.rows:
        couple = world.couples[which]
        names = {"unit": couple.unit.last, "village": couple.village.last}
        rows.setdefault(kind, []).append(_named(kind, row, names))
    return rows


def shown(system: System) -> dict[str, Any]:
    """Scores, figures and boards, without ids and positions."""
    at = system.log.position()
    with system.reading() as connection:
        units, named = names_on(connection, EntryKind.BRANCH), names_on(connection, EntryKind.VILLAGE)
        towns = {row.village: row.township for row in connection.execute(select(villages))}
        into = {thing: merging.into for thing, merging in mergings(connection).items()}
        couple = {
            row.pairing_id: (
                units[row.branch],
                named[into.get(row.village, row.village)],
                towns[row.village],
            )
            for row in connection.execute(select(pairings).where(pairings.c.known_to.is_(None)))
        }
        held = [
            (couple[row.pairing_id], row.kind, row.topic, row.held_on, row.participants)
            for row in connection.execute(select(activities).where(activities.c.known_to.is_(None)))
        ]
        counted = [
            (couple.get(row.pairing), row.kind, row.type, row.level, row.occurred_on, row.until_on)
            for row in connection.execute(select(facts).where(facts.c.retracted_at.is_(None)))
        ]
        results = {
            couple[each.pairing]: [
                each.sheet.total,
                each.grade.grade,
                *(line.final for line in each.sheet.lines),
            ]
            for each in system.scoring.results(connection, YEAR, at)
        }
        return {
            "couples": sorted(couple.values()),
            "held": sorted(held),
            "facts": sorted(counted, key=repr),
            "figures": figures(connection, YEAR, at).as_dict(),
            "results": results,
        }


@given(world=worlds(), seed=st.integers(0, 10_000))
@examples(8, quick=4)
def test_parts_in_any_order_and_twice_give_what_the_whole_gives(world: World, seed: int) -> None:
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="parts_") as work:
        once = County(world, Path(work), "once")
        assert once.take(whole(world), "all").complete
        once.merge()
        county = County(world, Path(work), "parts")
        pieces = list(parts(world, rng))
        merged = not world.merged
        for turn in range(MOST):
            results = [county.take(piece, str(n)) for n, piece in enumerate(pieces)]
            for piece, result in zip(pieces, results, strict=True):
                county.answer(result.asked, piece)
            if not merged and turn >= seed % 3:
                county.merge()
                merged = _is_merged(county)
            if merged and turn and all(each.complete for each in results):
                break
        assert all(each.complete for each in results), [
            (question.value, question.as_dict()["choices"]) for each in results for question in each.asked
        ] + [(row.code, row.value) for each in results for row in each.refused]
        again = [county.take(piece, str(n)) for n, piece in enumerate(pieces)]
        assert [each.events for each in again] == [0] * len(pieces)
        _name_rightly(county)
        assert shown(county.system) == shown(once.system)
        once.system.close()
        county.system.close()


def _is_merged(county: County) -> bool:
    with county.system.reading() as connection:
        return bool(mergings(connection))


def _name_rightly(county: County) -> None:
    """Where no ledger wrote the last name, it is stated now, so that both counties call everything the same."""
    for couple in county.world.couples:
        for kind, call in ((EntryKind.BRANCH, couple.unit), (EntryKind.VILLAGE, couple.village)):
            if county.world.merged and kind is EntryKind.VILLAGE and couple is county.world.couples[-1]:
                continue
            township = couple.township if kind is EntryKind.VILLAGE else None
            with county.system.reading() as connection:
                meant = [
                    found_by_name(connection, kind, name, township=township).one
                    for name in (call.first, call.later, call.short)
                    if name
                ]
                things = {each.standing for each in meant if each}
                current = {
                    **names_on(connection, EntryKind.BRANCH),
                    **names_on(connection, EntryKind.VILLAGE),
                }
            assert len(things) == 1, (call, things)
            (thing,) = things
            if current[thing] != call.last:
                today = county.system.today()
                if kind is EntryKind.BRANCH:
                    carried(
                        county.system,
                        rename_branch,
                        thing,
                        unit_name=call.last,
                        branch_name=f"{call.last}党支部",
                        renamed_on=today,
                        today=today,
                        by=by("kaohe"),
                    )
                else:
                    carried(
                        county.system,
                        rename_village,
                        thing,
                        name=call.last,
                        renamed_on=today,
                        today=today,
                        by=by("kaohe"),
                    )
