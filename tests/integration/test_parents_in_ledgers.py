"""Under which unit another stands, as ledgers state it: in any order of rows, once, and refused with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

from application.ledgers.matching.questions import Answers
from application.ledgers.result import ImportResult
from application.settings import Settings
from application.system import System
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.boards.registry.listing import listed
from tests.unit.ledgers.ledger_books import UNIT, Row, other_pairing, pairing, write_book

OLD, NEW = date(2025, 2, 1), date(2025, 5, 1)


@pytest.fixture
def system(tmp_path: Path) -> System:
    return build(Settings(folder=tmp_path / "data"))


def imported(system: System, folder: Path, *rows: Row, pairings: Sequence[Row] = ()) -> ImportResult:
    """What an import of these rows of the sheet of parents comes to."""
    folder.mkdir(exist_ok=True)
    write_book(folder / "book.xlsx", {"pairings": pairings or [pairing(), other_pairing()], "parents": rows})
    return import_folder(system, folder, year=2025)


def refused(result: ImportResult) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.code) for each in result.refused]


def parents(system: System) -> dict[str, str]:
    """Who stands under whom now."""
    with system.reading() as connection:
        return {each.name: each.parent_name for each in listed(connection) if each.parent_name}


def entered(name: str, parent: str | None = None, **said: object) -> Row:
    of_unit = {"unit": name, "unit_level": "县", "unit_class": "机关", "branch": f"{name}党支部"}
    return {**of_unit, "parent": parent, **said}


def test_a_row_may_name_a_parent_that_a_later_row_enters(system: System, tmp_path: Path) -> None:
    rows = [{"unit": UNIT, "parent": "县水利局"}, entered("县水利局", "县政府"), entered("县政府")]
    result = imported(system, tmp_path / "in", *rows)
    assert (refused(result), result.asked) == ([], [])
    assert parents(system) == {UNIT: "县水利局", "县水利局": "县政府"}
    assert set(result.new["units"]) >= {"县水利局", "县政府"}
    again = imported(system, tmp_path / "in", *rows)
    assert (again.events, refused(again)) == (0, [])
    system.close()


def test_an_end_is_stated_once_and_one_that_another_row_follows_states_nothing_false(
    system: System, tmp_path: Path
) -> None:
    first = {"unit": UNIT, "parent": "县水利局", "from_on": OLD, "until_on": date(2025, 4, 30)}
    then = {"unit": UNIT, "parent": "县政府", "from_on": NEW}
    heads = entered("县水利局"), entered("县政府")
    before = imported(system, tmp_path / "in", *heads)
    assert refused(before) == []
    result = imported(system, tmp_path / "in", then, first, *heads)
    assert (refused(result), result.events) == ([], 2), "one statement a row, none that there was no parent"
    assert parents(system) == {UNIT: "县政府"}
    ended = imported(system, tmp_path / "in", {**then, "until_on": date(2025, 6, 30)}, *heads)
    assert (refused(ended), ended.events) == ([], 1)
    assert parents(system) == {}
    system.close()


def before_and_after(unit: str, before: str, after: str) -> list[Row]:
    """Under the one until the day, under the other from it on."""
    first = {"unit": unit, "parent": before, "until_on": date(2025, 4, 30)}
    return [first, {"unit": unit, "parent": after, "from_on": NEW}]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("one", ["甲局", "丙局"])
def test_two_units_change_places_on_one_day_in_one_upload(
    system: System, tmp_path: Path, one: str, turned: bool
) -> None:
    """Whichever of the two comes first by its name, and in either order of rows."""
    other = "乙局"
    heads = [entered(one), entered(other), entered("县政府")]
    placed = [*before_and_after(other, one, "县政府"), *before_and_after(one, "县政府", other)]
    rows = [*heads, *(reversed(placed) if turned else placed)]
    result = imported(system, tmp_path / "in", *rows)
    assert (refused(result), result.asked) == ([], [])
    assert parents(system) == {one: other, other: "县政府"}
    again = imported(system, tmp_path / "in", *rows)
    assert (again.events, refused(again)) == (0, [])
    system.close()


@pytest.mark.parametrize("turned", [False, True])
def test_who_was_above_stands_below_from_the_day_on_which_the_other_left(
    system: System, tmp_path: Path, turned: bool
) -> None:
    left = {"unit": UNIT, "parent": "县水利局", "until_on": date(2025, 4, 30)}
    rows = [left, {"unit": "县水利局", "parent": UNIT, "from_on": NEW}]
    result = imported(system, tmp_path / "in", *(reversed(rows) if turned else rows), entered("县水利局"))
    assert refused(result) == []
    assert parents(system) == {"县水利局": UNIT}
    system.close()


def test_many_change_places_with_those_above_on_a_day_after_an_earlier_upload(
    system: System, tmp_path: Path
) -> None:
    chain = [f"第{n}站" for n in "一二三四五"]
    heads = [entered(name) for name in chain]
    up = [{"unit": below, "parent": above, "from_on": OLD} for below, above in pairwise(chain)]
    assert refused(imported(system, tmp_path / "in", *heads, *up)) == []
    down = [{"unit": below, "parent": above, "from_on": NEW} for above, below in pairwise(chain)]
    ends = {"unit": chain[0], "parent": chain[1], "from_on": OLD, "until_on": date(2025, 4, 30)}
    result = imported(system, tmp_path / "in", *heads, *down, ends)
    assert refused(result) == []
    assert parents(system) == {below: above for above, below in pairwise(chain)}
    system.close()


def test_a_circle_is_refused_whatever_the_order(system: System, tmp_path: Path) -> None:
    ring = ["甲局", "乙局", "丙局"]
    rows = [{"unit": each, "parent": ring[n - 1], "from_on": NEW} for n, each in enumerate(ring)]
    result = imported(system, tmp_path / "in", *(entered(each) for each in ring), *rows)
    assert [code for _, _, code in refused(result)] == ["registry.PARENT_ABOVE"]
    assert len(parents(system)) == 2
    system.close()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"unit": UNIT, "parent": "无此单位"}], (3, "上级单位", "unknown_unit")),
        ([{"unit": "没有登记的站", "parent": UNIT}], (3, "单位", "unknown_unit")),
        ([{"unit": UNIT, "from_on": OLD}], (3, "上级单位", "required")),
        ([{"unit": "新局", "unit_level": "县", "branch": "新局支部"}], (3, "单位类别", "required")),
        ([{"unit": UNIT, "parent": UNIT, "from_on": OLD}], (3, "", "registry.PARENT_ABOVE")),
        (
            [{"unit": UNIT, "parent": "石桥县林业局"}, {"unit": "石桥县林业局", "parent": UNIT}],
            (3, "", "registry.PARENT_ABOVE"),
        ),
        (
            [{"unit": UNIT, "parent": "石桥县林业局", "from_on": NEW, "until_on": OLD}],
            (3, "至何日止", "order"),
        ),
        (
            [entered("县政府"), {"unit": UNIT, "parent": "石桥县林业局"}, {"unit": UNIT, "parent": "县政府"}],
            (4, "", "registry.LEDGER_DIFFERS"),
        ),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_reason(
    system: System, tmp_path: Path, rows: list[Row], told: tuple[int, str, str]
) -> None:
    assert refused(imported(system, tmp_path / "in", *rows)) == [told]
    system.close()


def test_a_unit_whose_row_was_refused_is_nobodys_parent(system: System, tmp_path: Path) -> None:
    gone = other_pairing(paired_on=date(2099, 1, 1))
    rows = [{"unit": UNIT, "parent": "石桥县林业局"}]
    result = imported(system, tmp_path / "in", *rows, pairings=[pairing(), gone])
    assert (3, "", "ledger.UNIT_LISTED") in refused(result)
    assert parents(system) == {}
    system.close()


def test_a_name_like_one_on_record_is_asked(system: System, tmp_path: Path) -> None:
    imported(system, tmp_path / "in", entered("石桥县水务发展集团"))
    rows = entered("石桥县水务发展集团公司"), {"unit": UNIT, "parent": "石桥县水务发展集团公司"}
    result = imported(system, tmp_path / "in", *rows)
    (question,) = result.asked
    assert [each.answer.split()[0] for each in question.choices] == ["is", "new"]
    assert (sum(question.waiting.values()), parents(system)) == (2, {})
    answers = Answers({question.id: question.choices[0].answer})
    assert refused(import_folder(system, tmp_path / "in", year=2025, answers=answers)) == []
    assert parents(system) == {UNIT: "石桥县水务发展集团"}
    system.close()


def test_an_answer_is_recorded_with_the_first_row_that_can_be(system: System, tmp_path: Path) -> None:
    imported(system, tmp_path / "in", entered("石桥县水务发展集团"))
    written = "石桥县水务发展集团公司"
    # The row that enters nothing comes first, and is refused: nobody is the own parent.
    rows = {"unit": written, "parent": "石桥县水务发展集团"}, entered(written, UNIT)
    (question,) = imported(system, tmp_path / "in", *rows).asked
    answers = Answers({question.id: question.choices[0].answer})
    told = import_folder(system, tmp_path / "in", year=2025, answers=answers)
    assert [each.code for each in told.refused] == ["registry.PARENT_ABOVE"]
    learnt = [each for each in system.log.read(limit=1000) if each.event.NAME == "registry.AliasLearned"]
    assert [each.event.values()["alias"] for each in learnt] == [written]
    system.close()


def test_a_workbook_without_the_sheet_is_whole_and_a_list_of_units_is_no_ledger(
    system: System, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    path = write_book(tmp_path / "in" / "book.xlsx", {"pairings": [pairing(), other_pairing()]})
    book = openpyxl.load_workbook(path)
    del book["上级单位"]
    page = book.create_sheet("通讯录")
    page.append(["单位", "上级单位", "电话"])
    page.append([UNIT, "省水文局", "1"])
    book.save(path)
    result = import_folder(system, tmp_path / "in", year=2025)
    assert refused(result) == []
    assert [(each.code, each.sheet) for each in result.warnings] == [("unknown_sheet", "通讯录")]
    assert parents(system) == {}
    system.close()
