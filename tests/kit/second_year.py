"""Two years of a county: the ledgers of both, and whoever knows the truth answering what an import asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from application.ledgers.matching.questions import Answers, Question
from application.ledgers.result import ImportResult
from application.system import System
from domain.assessment.scheme_file.moving_on import moved_on
from domain.assessment.schemes import scheme_text
from interface.ledgers.importing import import_folder
from tests.kit.acts import adopt
from tests.kit.next_year import NextYear, next_year
from tests.kit.yearend import by

MOST = 4
"""Imports after which nothing may be asked any more."""


@dataclass(frozen=True)
class TwoYears:
    """The folders with the ledgers of each year, and what is true of the second."""

    folders: Mapping[int, Path]
    truth: NextYear

    @property
    def second(self) -> int:
        """The second year."""
        return self.truth.year


@dataclass
class Taken:
    """What came of importing a year's ledgers, until nothing was asked any more."""

    results: list[ImportResult] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> list[Question]:
        """What was asked, each question once."""
        found = {each.id: each for result in self.results for each in result.asked}
        return list(found.values())

    @property
    def last(self) -> ImportResult:
        """The import after which nothing was asked."""
        return self.results[-1]


def two_years(folder: Path, seed: int = 1) -> TwoYears:
    """The demo county's ledgers, and those of the year after, written into ``folder``."""
    with as_file(files("interface.demo").joinpath("ledgers")) as source:
        first = source
    truth = next_year(first, folder, seed)
    return TwoYears({truth.year - 1: first, truth.year: folder}, truth)


def alone(years: TwoYears, folder: Path) -> Path:
    """The second year's ledgers as a county would write them that began with them. A pairing that they renew is stated as the
    first year's ledgers state it, and what of the first year falls due in the second is in them, whoever forgot it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    truth = years.truth
    names = {each.before: each.after for each in (*truth.renamed_units, *truth.renamed_villages)}
    for path in years.folders[truth.year].glob("*.xlsx"):
        now, then = load_workbook(path), load_workbook(years.folders[truth.year - 1] / path.name)
        for page in now.worksheets:
            before = [_renamed(row, names) for row in _rows(then[page.title])]
            if page.title == "结对台账":
                _state_as_first(page, before, {(each.unit, each.village) for each in truth.renewed})
            elif page.title in DUE:
                _add_due(page, before, DUE[page.title], truth.year)
        now.save(folder / path.name)
    return folder


DUE = {"民生实事项目": ("计划完工日期",), "问题整改台账": ("整改期限", "延期后期限")}
"""Sheet to the columns whose last day says when a row of it falls due."""
FIRST = ("结对日期", "协议编号", "协议签订日期")
"""What a renewal states anew."""
Row = dict[str, Any]


def _headers(page: Worksheet) -> list[str]:
    return [str(cell.value) for cell in page[2]]


def _rows(page: Worksheet) -> list[Row]:
    """The rows of a sheet by heading."""
    headers = _headers(page)
    return [dict(zip(headers, row, strict=False)) for row in page.iter_rows(min_row=3, values_only=True)]


def _renamed(row: Row, names: Mapping[str, str]) -> Row:
    called = {key: names.get(str(value), value) for key, value in row.items() if "单位" in key or "村" in key}
    return row | called


def _state_as_first(page: Worksheet, before: list[Row], renewed: Collection[tuple[str, str]]) -> None:
    headers = _headers(page)
    first = {(row["联建单位"], row["联建村（社区）"]): row for row in before}
    for number, row in enumerate(_rows(page), start=3):
        couple = row["联建单位"], row["联建村（社区）"]
        if couple in renewed:
            for header in FIRST:
                page.cell(number, headers.index(header) + 1).value = first[couple][header]


def _add_due(page: Worksheet, before: list[Row], columns: tuple[str, ...], year: int) -> None:
    headers = _headers(page)
    known = {row[headers[0]] for row in _rows(page)}
    for row in before:
        days = [row[each] for each in columns if row.get(each) is not None]
        if row[headers[0]] not in known and days and days[-1].year == year:
            page.append([row.get(header) for header in headers])


def take(system: System, years: TwoYears, year: int, folder: Path | None = None) -> Taken:
    """Import a year's ledgers, answering truly what is asked, until nothing is."""
    taken = Taken()
    for _ in range(MOST):
        answers = Answers(dict(taken.given))
        result = import_folder(system, folder or years.folders[year], year=year, answers=answers)
        taken.results.append(result)
        if not result.asked:
            return taken
        taken.given |= {each.id: answer(each, years.truth) for each in result.asked}
    raise AssertionError(f"still asked: {[each.value for each in result.asked]}")


def answer(question: Question, truth: NextYear) -> str:
    """What is true. Raises ``AssertionError`` where that is not among the choices."""
    renamed = [*truth.renamed_units, *truth.renamed_villages]
    for each in renamed:
        if question.value == each.after:
            return _chosen(question, "renamed", each.before, each.on)
        if question.value == each.before:
            return _chosen(question, "is", each.after)
    return _chosen(question, "new")


def _chosen(question: Question, verb: str, name: str = "", on: date | None = None) -> str:
    """The choice with this verb whose words name the thing."""
    fit = [
        choice
        for choice in question.choices
        if choice.answer.split()[0] == verb
        and (f"“{name}”" in choice.zh or f"“{name}（" in choice.zh or not name)
    ]
    assert len(fit) == 1, (question.value, verb, name, [choice.answer for choice in question.choices])
    return fit[0].answer.replace("DAY", str(on))


def move_on(system: System, year: int) -> None:
    """The scheme of the year before holds for ``year`` too, moved on."""
    text = moved_on(scheme_text(year - 1), year - 1, year)
    adopt(system, text, by=by("kaohe"))
