"""Ledgers after the registry changed: merged, retired, known by one name; and answers where a row was refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from application.ledgers.matching.questions import Answers
from application.ledgers.result import ImportResult
from application.settings import Settings
from application.system import System
from application.verb import Verb
from application.verbs.registry.units_and_villages import (
    learn_branch_alias,
    merge_branch,
    merge_village,
    retire_village,
)
from domain.kernel.recorded import By, Source
from domain.registry.events import EntryKind
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.boards.pairing.activities import activities
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.names import names_on
from projections.boards.registry.units_and_villages import found_by_name
from projections.kit.columns import known
from tests.kit.acts import carried
from tests.unit.ledgers.ledger_books import (
    OTHER_UNIT,
    OTHER_VILLAGE,
    RIGHT,
    UNIT,
    VILLAGE,
    Row,
    other_pairing,
    pairing,
    right,
    write_book,
)

BY = By(actor="kaohe", source=Source(kind="command", name="test"))
MERGED_ON, TODAY = date(2026, 3, 1), date(2026, 6, 30)
EVERY_SHEET = {key: [row] for key, row in RIGHT.items()} | {"pairings": [pairing(), other_pairing()]}
BARE = {
    f"{post}{what}": None for post in ("part_time_secretary", "invited_member") for what in ("", "_began_on")
}
BARE |= {"agreement_number": None, "agreement_signed_on": None}


@pytest.fixture
def system(database: object, tmp_path: Path) -> Iterator[System]:
    (tmp_path / "data").mkdir()
    opened = build(Settings(folder=tmp_path / "data", database_url=getattr(database, "url", None)))
    yield opened
    assert opened.runner.check() == []
    opened.close()


def imported(
    system: System, folder: Path, rows: dict[str, list[Row]], year: int = 2025, answers: Answers | None = None
) -> ImportResult:
    folder = folder / str(year)
    folder.mkdir(parents=True, exist_ok=True)
    write_book(folder / f"{year}年台账.xlsx", rows)
    return import_folder(system, folder, year=year, answers=answers)


def entry(system: System, kind: EntryKind, name: str) -> str:
    with system.reading() as connection:
        return found_by_name(connection, kind, name).meant[0].entry


def merge(system: System, kind: EntryKind, name: str, into: str) -> None:
    verb: Verb[Any, Any] = merge_village if kind is EntryKind.VILLAGE else merge_branch
    of, other = entry(system, kind, name), entry(system, kind, into)
    carried(system, verb, of, into=other, merged_on=MERGED_ON, today=TODAY, by=BY)


def paired(system: System) -> list[tuple[str, str]]:
    """First day and last renewal of each pairing."""
    c = pairings.c
    with system.reading() as connection:
        query = select(c.started_on, c.renewed_on).where(known(pairings, None)).order_by(c.started_on)
        return [(str(start), str(renewed or "-")) for start, renewed in connection.execute(query)]


@pytest.mark.parametrize(
    ("kind", "name", "into"),
    [
        (EntryKind.VILLAGE, VILLAGE, OTHER_VILLAGE),
        (EntryKind.VILLAGE, OTHER_VILLAGE, VILLAGE),
        (EntryKind.BRANCH, UNIT, OTHER_UNIT),
    ],
)
def test_what_was_merged_is_found_by_its_ledgers(
    system: System, tmp_path: Path, kind: EntryKind, name: str, into: str
) -> None:
    assert imported(system, tmp_path / "l", EVERY_SHEET).refused == []
    merge(system, kind, name, into)
    again = imported(system, tmp_path / "l", EVERY_SHEET)
    assert (again.refused, again.asked, again.events) == ([], [], 0)
    # The ledger of a new year says the pairings of before the merging again, and what happened in them.
    held = date(2026, 2, 1)
    rows = {
        "pairings": [each | BARE | {"paired_on": date(2026, 1, 5)} for each in (pairing(), other_pairing())],
        "activities": [right("activities", held_on=held, reported_on=held)],
        "needs": [right("needs", raised_on=held, matched_on=held, met_on=held, confirmed_on=held)],
        "meetings": [{"village": VILLAGE, "held_on": held}],
    }
    result = imported(system, tmp_path / "l", rows, 2026)
    assert (result.refused, result.asked, result.new["pairings"]) == ([], [], [])
    assert paired(system) == [("2025-01-01", "2026-01-05")] * 2
    assert imported(system, tmp_path / "l", rows, 2026).events == 0


def test_the_one_that_goes_on_stands_for_what_was_merged_into_it(system: System, tmp_path: Path) -> None:
    imported(system, tmp_path / "l", {"pairings": [pairing(), other_pairing()]})
    merge(system, EntryKind.VILLAGE, VILLAGE, OTHER_VILLAGE)
    held = date(2026, 4, 1)
    row = right("activities", village=OTHER_VILLAGE, held_on=held, reported_on=held)
    result = imported(system, tmp_path / "activities", {"activities": [row]}, 2026)
    assert (result.refused, result.events) == ([], 1)


def test_a_unit_paired_with_both_of_two_that_were_merged_has_two_pairings(
    system: System, tmp_path: Path
) -> None:
    both = {"pairings": [pairing(), pairing(village=OTHER_VILLAGE)]}
    both["activities"] = [right("activities", village=name) for name in (VILLAGE, OTHER_VILLAGE)]
    imported(system, tmp_path / "l", both)
    merge(system, EntryKind.VILLAGE, VILLAGE, OTHER_VILLAGE)
    again = imported(system, tmp_path / "l", both)
    assert (again.events, again.refused, again.asked) == (0, [], [])
    for rows in (both["pairings"], both["pairings"][::-1]):
        next_year = [each | BARE | {"paired_on": date(2026, 1, 5)} for each in rows]
        result = imported(system, tmp_path / "l", {"pairings": next_year}, 2026)
        assert (result.refused, result.asked, result.new["pairings"]) == ([], [], [])
    assert paired(system) == [("2025-01-01", "2026-01-05")] * 2


def test_nothing_is_paired_with_what_is_no_more(system: System, tmp_path: Path) -> None:
    imported(system, tmp_path / "l", {"pairings": [pairing(), other_pairing()]})
    of = entry(system, EntryKind.VILLAGE, VILLAGE)
    carried(system, retire_village, of, retired_on=MERGED_ON, because="撤销", today=TODAY, by=BY)
    by_other = other_pairing() | {"village": VILLAGE, "township": "城关镇", "target_kind": "行政村"} | BARE
    for on, refused in ((MERGED_ON, ["registry.THERE_BY_THEN"]), (date(2026, 2, 28), [])):
        result = imported(system, tmp_path / "l", {"pairings": [by_other | {"paired_on": on}]}, 2026)
        assert [(each.code) for each in result.refused] == refused
        assert [each.column for each in result.refused] == ["结对日期"] * len(refused)
    again = imported(system, tmp_path / "l", {"pairings": [pairing(), other_pairing()]})
    assert (again.refused, again.events) == ([], 0)


def test_a_name_of_two_units_is_asked_about_where_nothing_tells_which(system: System, tmp_path: Path) -> None:
    rows = {"pairings": [pairing(), other_pairing()]}
    imported(system, tmp_path / "l", rows)
    for name in (UNIT, OTHER_UNIT):
        of = entry(system, EntryKind.BRANCH, name)
        carried(system, learn_branch_alias, of, alias="联建办", because="简称", by=BY)
    offered = rows | {"resources": [right("resources", unit="联建办")]}
    result = imported(system, tmp_path / "l", offered)
    assert (result.events, result.refused, len(result.asked)) == (0, [], 1)
    (question,) = result.asked
    assert (question.column, len(question.choices)) == ("联建单位", 2)
    answers = Answers({question.id: question.choices[1].answer})
    assert imported(system, tmp_path / "l", offered, answers=answers).events == 1


@pytest.mark.parametrize("verb", ["is", "renamed", "new"])
def test_an_answer_counts_though_the_first_row_with_the_name_is_refused(
    system: System, tmp_path: Path, verb: str
) -> None:
    imported(system, tmp_path / "l", {"pairings": [pairing(), pairing(village="中河村")]})
    rows = {
        "pairings": [
            pairing(unit="云州水文局", paired_on=date(2095, 1, 1)),
            pairing(unit="云州水文局", village="中河村"),
            pairing(unit="云州水文局", village="前河村"),
        ]
    }
    question = next(
        each for each in imported(system, tmp_path / "l", rows).asked if each.value == "云州水文局"
    )
    said = next(each.answer for each in question.choices if each.answer.startswith(verb))
    new_village = {
        each.id: "new" for each in imported(system, tmp_path / "l", rows).asked if each.id != question.id
    }
    answers = Answers({question.id: said.replace("DAY", "2025-06-01")} | new_village)
    result = imported(system, tmp_path / "l", rows, answers=answers)
    assert [each.row for each in result.refused if each.code == "pairing.NOT_IN_THE_FUTURE"] == [3]
    with system.reading() as connection:
        names = list(names_on(connection, EntryKind.BRANCH).values())
    assert names == {"is": [UNIT], "renamed": ["云州水文局"], "new": [UNIT, "云州水文局"]}[verb]
    # It is known from now on, with no answer.
    again = imported(system, tmp_path / "l", rows)
    assert [each for each in again.asked if each.value == "云州水文局"] == []


def test_a_row_of_which_no_name_is_known_is_asked_about_until_it_is(system: System, tmp_path: Path) -> None:
    imported(system, tmp_path / "l", {"pairings": [pairing(unit="财政局", village="下河")]})
    rows = {"activities": [right("activities", unit="州财政局", village="下河新社区")]}
    said: dict[str, str] = {}
    for name in ("州财政局", "下河新社区"):
        result = imported(system, tmp_path / "activities", rows, answers=Answers(said))
        (question,) = result.asked
        assert (question.value, question.column) == (name, "联建单位" if not said else "联建村（社区）")
        said[question.id] = question.choices[0].answer
    result = imported(system, tmp_path / "activities", rows, answers=Answers(said))
    assert (result.refused, result.asked, result.recorded) == ([], [], 1)


def test_whoever_is_meant_can_be_named_though_only_another_is_likely(system: System, tmp_path: Path) -> None:
    """The unit is on record by its short name; the village's long name is on record as that of another village alone."""
    before = [
        pairing(unit="水利局", village="上坪"),
        other_pairing() | {"unit": "县林业站", "branch": "县林业站党支部", "village": "上坪村"},
    ]
    imported(system, tmp_path / "l", {"pairings": before})
    rows = {"activities": [right("activities", unit="云州水务局", village="上坪村")]}
    result = imported(system, tmp_path / "a", rows)
    (question,) = result.asked
    assert [each.zh for each in question.choices] == ["就是“县林业站”", "是其他在册单位（名称另填）"]
    said = {question.id: "is 水利局"}
    (further,) = imported(system, tmp_path / "a", rows, answers=Answers(said)).asked
    assert (further.value, [each.zh for each in further.choices]) == ("上坪村", ["就是“上坪（城关镇）”"])
    said[further.id] = further.choices[0].answer
    result = imported(system, tmp_path / "a", rows, answers=Answers(said))
    assert (result.refused, result.asked, result.recorded) == ([], [], 1)
    unit, village = entry(system, EntryKind.BRANCH, "水利局"), entry(system, EntryKind.VILLAGE, "上坪")
    with system.reading() as connection:
        held = connection.execute(select(activities)).one()
        its = pairings.c.pairing_id == held.pairing_id
        of = connection.execute(select(pairings).where(its, known(pairings, None))).one()
    assert (of.branch, of.village) == (unit, village)


def test_a_name_like_none_is_asked_about_and_only_one_on_record_is_an_answer(
    system: System, tmp_path: Path
) -> None:
    imported(system, tmp_path / "l", {"pairings": [pairing(), other_pairing(), pairing(township="青石镇")]})
    rows = {"slips": [right("slips", village="前进社区")]}
    (question,) = imported(system, tmp_path / "c", rows).asked
    assert [each.answer for each in question.choices] == ["is NAME"]
    for said in ("is NAME", "is 前进社区", "is", f"is {VILLAGE}", "new"):
        result = imported(system, tmp_path / "c", rows, answers=Answers({question.id: said}))
        assert ([each.unfit for each in result.asked], result.events) == ([said], 0)
    said = f"is {VILLAGE}（青石镇）"
    assert imported(system, tmp_path / "c", rows, answers=Answers({question.id: said})).complete


@pytest.mark.parametrize("written", ["前进\n社区", "前进" + " " * 300 + "社区", "前\x85进社区"])
def test_a_name_is_learned_as_it_should_stand_however_its_cell_was_broken(
    system: System, tmp_path: Path, written: str
) -> None:
    imported(system, tmp_path / "l", {"pairings": [pairing(), other_pairing()]})
    rows = {"slips": [right("slips", village=written)]}
    (question,) = imported(system, tmp_path / "c", rows).asked
    answers = Answers({question.id: f"is {VILLAGE}"})
    assert imported(system, tmp_path / "c", rows, answers=answers).complete
    assert entry(system, EntryKind.VILLAGE, "前进社区") == entry(system, EntryKind.VILLAGE, VILLAGE)


@pytest.mark.parametrize("column", ["unit", "parent"])
def test_of_a_unit_and_its_parent_that_one_is_asked_about_which_nobody_bears(
    system: System, tmp_path: Path, column: str
) -> None:
    imported(system, tmp_path / "l", {"pairings": [pairing(), other_pairing()]})
    rows = {"parents": [right("parents") | {column: "云州\n水务局"}]}
    (question,) = imported(system, tmp_path / "p", rows).asked
    assert question.value == "云州水务局"
    answers = Answers({question.id: f"is {right('parents')[column]}"})
    assert imported(system, tmp_path / "p", rows, answers=answers).complete


def test_an_answer_that_the_registry_refuses_is_told_at_its_row_and_holds_up_no_other(
    system: System, tmp_path: Path
) -> None:
    imported(system, tmp_path / "l", {"pairings": [pairing(), other_pairing()]})
    endless = "㍿" * 60
    rows = {"slips": [right("slips"), right("slips", village=endless)]}
    (question,) = imported(system, tmp_path / "c", rows).asked
    result = imported(system, tmp_path / "c", rows, answers=Answers({question.id: f"is {VILLAGE}"}))
    assert [each.id for each in result.asked] == [question.id]
    place = question.source.row, question.column
    codes = {
        (each.row, each.column): each.code for each in result.refused if each.code.startswith("registry")
    }
    assert (result.unchanged, codes) == (1, {place: "registry.NAME_IN_BOUNDS"})


def test_the_name_of_a_neighbour_is_not_offered_as_another_name_of_the_units_village(
    system: System, tmp_path: Path
) -> None:
    """Which the registry would refuse."""
    neighbour = other_pairing() | {"township": pairing()["township"]}
    imported(system, tmp_path / "l", {"pairings": [pairing(), neighbour]})
    rows = {"activities": [right("activities", unit=UNIT, village=OTHER_VILLAGE)]}
    result = imported(system, tmp_path / "c", rows)
    assert ([each.code for each in result.refused], result.asked) == (["not_paired"], [])


def test_nobody_is_asked_whom_a_name_means_that_these_ledgers_bring(system: System, tmp_path: Path) -> None:
    imported(system, tmp_path / "l", {"pairings": [pairing()]})
    new = other_pairing()
    rows = {
        "pairings": [new],
        "activities": [
            right("activities", unit=new["unit"], village="下河"),
            right("activities", unit="甲乙丙丁", village=new["village"]),
        ],
    }
    result = imported(system, tmp_path / "both", rows)
    assert [each.value for each in result.refused] == ["下河", "甲乙丙丁"]
    assert result.asked == []
