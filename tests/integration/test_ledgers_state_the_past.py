"""A ledger states the past: what broke a rule of procedure is recorded and marked, what cannot be is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from application.ledgers.result import ImportResult
from application.settings import Settings
from application.system import System
from domain.kernel.event import Event
from domain.pairing.events import AgreementSigned, AppointedToPost, LeftPost, PairingStarted
from domain.supervision.events import (
    FindingClosed,
    FindingRaised,
    FindingReinspected,
    RectificationOrdered,
    RectificationSubmitted,
)
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.boards.findings import findings
from projections.facts.fact_table import facts
from tests.kit.numbers import finding_id
from tests.unit.ledgers.ledger_books import Row, header, pairing, right, write_book

GOLDEN = Path(__file__).parents[1] / "golden"
FINDER = "丁某"


@pytest.fixture
def system(database: object, tmp_path: Path) -> Iterator[System]:
    (tmp_path / "data").mkdir()
    opened = build(Settings(folder=tmp_path / "data", database_url=getattr(database, "url", None)))
    yield opened
    opened.close()


def imported(system: System, folder: Path, **rows: list[Row]) -> ImportResult:
    """What an import of one workbook with these rows says; the pairing is there."""
    folder.mkdir(exist_ok=True)
    write_book(folder / "台账.xlsx", {"pairings": [pairing()], **rows})
    return import_folder(system, folder, year=2025)


def happened(system: System, stream: str) -> list[Event]:
    return system.log.load(stream)


def places(rows: Any) -> list[tuple[int, str, str]]:
    return [(row.row, row.column, row.code) for row in rows]


def counted(system: System, kind: str) -> int:
    with system.reading() as connection:
        where = (facts.c.kind == kind) & facts.c.retracted_at.is_(None)
        return len(connection.execute(select(facts.c.position).where(where)).all())


IRREGULAR: list[tuple[Row, type[Event], str, str]] = [
    ({"reinspector": FINDER}, FindingReinspected, "reinspector", "supervision.REINSPECTED_BY_ANOTHER"),
    ({"reinspector": None}, FindingReinspected, "reinspector", "supervision.REINSPECTOR_NAMED"),
    (
        {"reinspection": None, "reinspected_on": None, "reinspector": None},
        FindingClosed,
        "closed_on",
        "supervision.CLOSE_AFTER_PASSED",
    ),
]


@pytest.mark.parametrize(("changes", "kind", "field", "clause"), IRREGULAR)
def test_a_finding_counts_although_a_rule_of_procedure_was_broken(
    system: System, tmp_path: Path, changes: Row, kind: type[Event], field: str, clause: str
) -> None:
    row = right("findings", finding_type="弄虚作假", severity="严重", **changes)
    result = imported(system, tmp_path / "ledgers", findings=[row])
    assert result.refused == []
    assert places(result.irregular) == [(3, header("findings", field), clause)]
    assert result.as_dict()["irregular"][0]["code"] == clause
    (marked,) = [
        event
        for event in happened(system, f"finding-{finding_id(system, 'WT2025-001')}")
        if type(event) is kind
    ]
    assert marked.values()["irregular"] == (clause,)
    assert counted(system, "finding_raised") == counted(system, "finding_closed") == 1
    again = imported(system, tmp_path / "ledgers", findings=[row])
    assert (again.events, again.refused, again.irregular) == (0, [], [])


def test_a_regular_row_is_not_marked(system: System, tmp_path: Path) -> None:
    result = imported(system, tmp_path / "ledgers", findings=[right("findings")])
    assert (result.refused, result.irregular) == ([], [])


CANNOT_BE: list[tuple[Row, str, list[type[Event]]]] = [
    ({"found_on": date(2025, 12, 1)}, "ordered_on", [FindingRaised]),
    ({"due_on": date(2025, 3, 2)}, "due_on", [FindingRaised]),
    ({"submitted_on": date(2025, 2, 1)}, "submitted_on", [FindingRaised, RectificationOrdered]),
    (
        {"reinspected_on": date(2025, 2, 1)},
        "reinspected_on",
        [FindingRaised, RectificationOrdered, RectificationSubmitted],
    ),
    (
        {"reinspection": "不通过"},
        "closed_on",
        [FindingRaised, RectificationOrdered, RectificationSubmitted, FindingReinspected],
    ),
    (
        {"closed_on": "某日"},
        "closed_on",
        [FindingRaised, RectificationOrdered, RectificationSubmitted, FindingReinspected],
    ),
    (
        {"closed_on": date(2090, 1, 1)},
        "closed_on",
        [FindingRaised, RectificationOrdered, RectificationSubmitted, FindingReinspected],
    ),
]


@pytest.mark.parametrize(("changes", "field", "steps"), CANNOT_BE)
def test_a_step_that_cannot_be_is_refused_and_what_came_before_it_recorded(
    system: System, tmp_path: Path, changes: Row, field: str, steps: list[type[Event]]
) -> None:
    row = right("findings", **changes)
    result = imported(system, tmp_path / "ledgers", findings=[row])
    assert [(row, column) for row, column, _ in places(result.refused)] == [(3, header("findings", field))]
    assert (result.recorded, result.partly) == (1, 1)
    assert [type(event) for event in happened(system, f"finding-{finding_id(system, 'WT2025-001')}")] == steps
    again = imported(system, tmp_path / "ledgers", findings=[row])
    assert (again.events, again.partly, len(again.refused)) == (0, 0, 1)


def test_a_corrected_row_brings_the_steps_that_were_missing(system: System, tmp_path: Path) -> None:
    imported(system, tmp_path / "ledgers", findings=[right("findings", closed_on="某日")])
    result = imported(system, tmp_path / "ledgers", findings=[right("findings")])
    assert (result.refused, result.events) == ([], 1)
    assert isinstance(happened(system, f"finding-{finding_id(system, 'WT2025-001')}")[-1], FindingClosed)


def test_a_finding_not_ordered_yet_is_a_state_and_half_an_order_an_error(
    system: System, tmp_path: Path
) -> None:
    later = ("submitted_on", "reinspected_on", "reinspector", "reinspection", "closed_on")
    waiting = right("findings", **dict.fromkeys(("ordered_on", "due_on", *later)))
    result = imported(system, tmp_path / "ledgers", findings=[waiting])
    assert (result.refused, result.recorded) == ([], 2)
    for given, missing in ("ordered_on", "due_on"), ("due_on", "ordered_on"):
        half = waiting | {given: date(2025, 3, 3)}
        result = imported(system, tmp_path / "ledgers", findings=[half])
        assert [(r.column, r.code) for r in result.refused] == [(header("findings", missing), "required")]


def test_a_post_held_by_two_is_recorded_and_marked(system: System, tmp_path: Path) -> None:
    before = pairing(part_time_secretary_ended_on=date(2025, 7, 10))
    rows = {"pairings": [before], "post_changes": [right("post_changes")]}
    result = imported(system, tmp_path / "ledgers", **rows)
    assert result.refused == []
    assert [
        (r.sheet, *place) for r, place in zip(result.irregular, places(result.irregular), strict=True)
    ] == [("任职变动", 3, header("post_changes", "began_on"), "pairing.HELD_BY_ONE")]
    (stream,) = _pairing_streams(system)
    posts = [event for event in happened(system, stream) if isinstance(event, AppointedToPost | LeftPost)]
    assert len(posts) == 4


def test_a_predecessor_named_after_the_successor_is_no_second_holder(system: System, tmp_path: Path) -> None:
    now = pairing(part_time_secretary_began_on=date(2025, 7, 1))
    before = right("post_changes", began_on=date(2025, 1, 5), ended_on=date(2025, 7, 1))
    result = imported(system, tmp_path / "ledgers", pairings=[now], post_changes=[before])
    assert (result.refused, result.irregular) == ([], [])


def test_a_wrong_cell_of_a_post_does_not_make_the_pairing_vanish(system: System, tmp_path: Path) -> None:
    wrong = pairing(part_time_secretary_ended_on="某日")
    result = imported(system, tmp_path / "ledgers", pairings=[wrong], activities=[right("activities")])
    assert [r.column for r in result.refused] == [header("pairings", "part_time_secretary_ended_on")]
    assert (result.recorded, result.partly) == (1, 1)
    (stream,) = _pairing_streams(system)
    kinds = [type(event) for event in happened(system, stream)]
    assert kinds == [PairingStarted, AgreementSigned, AppointedToPost, AppointedToPost]


def test_the_untidy_county_records_what_its_wrong_rows_state_before(system: System) -> None:
    result = import_folder(system, GOLDEN / "messy")
    assert result.partly == 4
    with system.reading() as connection:
        known = set(connection.scalars(select(findings.c.number)))
    ids = {row.finding_id for row in result.ledgers.partial if hasattr(row, "finding_id")}
    assert len(ids) == 2 and ids <= known


def test_an_older_copy_of_a_ledger_states_nothing_against_the_page(system: System, tmp_path: Path) -> None:
    need = right("needs", met_on=None, confirmed_on=None, rating=None)
    imported(system, tmp_path / "ledgers", needs=[need])
    imported(system, tmp_path / "ledgers", needs=[right("needs")])
    result = imported(system, tmp_path / "ledgers", needs=[need])
    assert (result.refused, result.events) == ([], 0)
    for changes in {"met_on": date(2025, 2, 21)}, {"rating": 4}, {"matched_on": date(2025, 1, 21)}:
        differs = imported(system, tmp_path / "ledgers", needs=[right("needs", **changes)])
        assert [r.code for r in differs.refused] == ["livelihood.LEDGER_DIFFERS"]


def _pairing_streams(system: System) -> set[str]:
    return {each.stream for each in system.log.read(limit=1000) if isinstance(each.event, PairingStarted)}


def test_what_depends_on_a_refused_pairing_says_so_once(system: System, tmp_path: Path) -> None:
    rows = {
        "activities": [right("activities"), right("activities", theme="入户走访")],
        "findings": [right("findings")],
        "needs": [right("needs")],
        "slips": [right("slips")],
        "resources": [right("resources")],
    }
    wrong = imported(system, tmp_path / "l", pairings=[pairing(paired_on="某日")], **rows)
    assert [(r.sheet, r.row, r.column, r.code) for r in wrong.refused] == [
        ("结对台账", 3, "", "rows_wait"),
        ("结对台账", 3, header("pairings", "paired_on"), "invalid_date"),
    ]
    assert wrong.refused[0].message == "6 rows of other sheets wait for this pairing"
    assert "台账.xlsx › 活动台账: 2" in wrong.refused[0].value
    assert (wrong.recorded, wrong.unchanged) == (0, 0)
    future = imported(system, tmp_path / "l", pairings=[pairing(paired_on=date(2090, 1, 1))], **rows)
    assert sorted(r.code for r in future.refused) == ["pairing.NOT_IN_THE_FUTURE", "rows_wait"]
    right_now = imported(system, tmp_path / "l", **rows)
    assert (right_now.refused, right_now.recorded) == ([], 7)
