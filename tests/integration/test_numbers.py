"""Findings, needs and projects by their numbers (编号): one thing a number within a kind and year; on either database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from application.claims.number import thing_numbered
from application.ledgers.result import ImportResult
from application.look import look_of
from application.proof.packaging import package
from application.settings import Settings
from application.system import System
from application.things import FINDING, NEED
from application.verbs.livelihood import raise_need
from application.verbs.supervision import raise_finding
from domain.kernel.errors import Rejected, Unknown
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By, Source
from domain.livelihood.events import Category
from domain.registry import clauses
from domain.registry.events import NumberedThing, NumberTaken
from domain.supervision.events import FindingType, Method, Severity
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.boards.numbers import Numbers, thing_meant, things_numbered
from tests.kit.acts import carried
from tests.kit.databases import DatabaseCase
from tests.unit.ledgers.ledger_books import Row, pairing, right, write_book

BY = By(actor="ducha", source=Source(kind="command", name="test"))
TODAY = date(2026, 3, 1)


@pytest.fixture
def system(database: DatabaseCase, tmp_path: Path) -> Iterator[System]:
    """A pairing with a need, a project and a finding, from a ledger."""
    opened = build(Settings(folder=database.folder / "data", database_url=database.url))
    result = imported(opened, tmp_path / "first")
    assert result.refused == []
    yield opened
    opened.close()


def rows(**changes: Row) -> dict[str, list[Row]]:
    return {kind: [right(kind, **changes.get(kind, {}))] for kind in ("needs", "projects", "findings")}


def imported(system: System, folder: Path, **changes: Row) -> ImportResult:
    folder.mkdir()
    write_book(folder / "台账.xlsx", {"pairings": [pairing()], **rows(**changes)})
    return import_folder(system, folder, year=2025)


def found(system: System, number: str, on: date = date(2025, 3, 1)) -> str:
    first = FINDING.state(look_of(system), numbered(system, "findings")).raised
    assert first is not None
    return carried(
        system,
        raise_finding,
        number=number,
        pairing_id=first.pairing_id,
        branch=first.branch,
        village=first.village,
        found_on=on,
        method=Method.ON_SITE,
        inspector=PersonRef(ref="p-1", commitment="c" * 64),
        description="问题",
        finding_type=FindingType.DUTY,
        severity=Severity.MINOR,
        today=TODAY,
        by=BY,
    )


def numbered(system: System, kind: str, number: str = "") -> str:
    of = {"needs": NumberedThing.NEED, "projects": NumberedThing.PROJECT, "findings": NumberedThing.FINDING}
    return thing_numbered(system.log, of[kind], 2025, number or right(kind)[FIELDS[kind]])


LATER = (
    *("order_number", "ordered_on", "due_on", "submitted_on", "measures"),
    *("reinspected_on", "reinspector", "reinspection", "closed_on"),
)
"""What a row states of the steps after the finding."""
FIELDS = {"needs": "need_id", "projects": "project_id", "findings": "finding_id"}


def spelt(number: str) -> str:
    """The same number with other letters, blanks and dashes."""
    return " ".join(number.lower().replace("-", "—"))


@pytest.mark.parametrize("kind", FIELDS)
def test_a_row_finds_its_thing_however_the_number_is_spelt(system: System, tmp_path: Path, kind: str) -> None:
    thing = numbered(system, kind)
    assert thing and thing == numbered(system, kind, spelt(right(kind)[FIELDS[kind]]))
    assert numbered(system, kind, "nothing has it") == ""
    other = {FIELDS[kind]: spelt(right(kind)[FIELDS[kind]])}
    again = imported(system, tmp_path / "again", **{kind: other})
    assert (again.refused, again.events) == ([], 0)


def test_a_second_thing_with_the_number_is_refused_and_nothing_of_it_recorded(system: System) -> None:
    number, before = right("findings")["finding_id"], system.log.position()
    with pytest.raises(Rejected) as refusal:
        found(system, spelt(number))
    assert refusal.value.clause is clauses.NUMBER_OF_ONE_THING
    assert refusal.value.because == f"{numbered(system, 'findings')}, 2025"
    assert system.log.position() == before
    need = NEED.state(look_of(system), numbered(system, "needs"))
    with pytest.raises(Rejected) as refusal:
        carried(
            system,
            raise_need,
            number=need.number,
            village=need.village,
            pairing_id="",
            category=Category.INDUSTRY,
            content="别的需求",
            raised_on=date(2025, 12, 31),
            today=TODAY,
            by=BY,
        )
    assert refusal.value.clause is clauses.NUMBER_OF_ONE_THING
    assert system.log.position() == before


def test_another_year_and_another_kind_may_have_the_same_number(system: System) -> None:
    number = right("findings")["finding_id"]
    next_year = found(system, number, date(2026, 1, 15))
    as_a_need = carried(
        system,
        raise_need,
        number=number,
        village="v",
        pairing_id="",
        category=Category.INDUSTRY,
        content="需求",
        raised_on=date(2025, 3, 1),
        today=TODAY,
        by=BY,
    )
    first = numbered(system, "findings")
    assert len({first, next_year, as_a_need}) == 3
    with system.reading() as connection:
        assert things_numbered(connection, spelt(number)) == [next_year, first, as_a_need]
        assert things_numbered(connection, number, NumberedThing.NEED) == [as_a_need]
        assert thing_meant(connection, as_a_need, NumberedThing.FINDING) == as_a_need
        assert Numbers(connection).shown(f"{first}#2，{as_a_need}") == f"{number}#2，{number}"
        with pytest.raises(Unknown, match=next_year):
            thing_meant(connection, number, NumberedThing.FINDING)
    with pytest.raises(Unknown, match=first):
        package(system, "finding", number, BY)
    assert package(system, "finding", first, BY)


def test_one_folder_may_hold_a_number_of_two_years_and_not_one_of_the_same(
    system: System, tmp_path: Path
) -> None:
    """Seen: the second year's row was refused, since the first year's had its number."""
    row = right("findings")
    of_2024 = {**row, "finding_id": " 1 ", "found_on": date(2024, 3, 1), **dict.fromkeys(LATER)}
    of_2025 = {**of_2024, "finding_id": "１", "found_on": date(2025, 4, 1)}
    twice = {**of_2025, "finding_id": "1", "description": "别的问题"}
    (tmp_path / "years").mkdir()
    write_book(tmp_path / "years" / "台账.xlsx", {"findings": [of_2024, of_2025, twice]})
    result = import_folder(system, tmp_path / "years", year=2025)
    assert [(each.row, each.code) for each in result.refused] == [
        (3, "supervision.WITHIN_ITS_PAIRING"),
        (5, "duplicate"),
    ]
    written = FINDING.state(look_of(system), numbered(system, "findings", "1")).raised
    assert written is not None and written.number == "１", "as written"


def test_of_two_who_use_a_number_at_once_one_is_told_who_has_it(system: System) -> None:
    start, told = threading.Barrier(2), list[Any]()

    def act() -> None:
        start.wait()
        try:
            told.append(found(system, "WT2025-777"))
        except Rejected as refusal:
            told.append(refusal)

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (refusal,) = [each for each in told if isinstance(each, Rejected)]
    (won,) = [each for each in told if isinstance(each, str)]
    assert refusal.clause is clauses.NUMBER_OF_ONE_THING and won in refusal.because
    taken = [each.event for each in system.log.named(NumberTaken.NAME)]
    assert [each.thing for each in taken if isinstance(each, NumberTaken)].count(won) == 1


def test_what_has_no_number_takes_none(system: System) -> None:
    assert found(system, "") != found(system, " ")
