"""A document number is claimed together with what the document does, or neither is recorded; on either database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from application.ledgers.result import ImportResult
from application.look import look_of
from application.settings import Settings
from application.system import System
from application.things import FINDING
from application.verbs.pairing.pairings import (
    start_pairing,
)
from application.verbs.supervision import issue_circular, order_rectification, raise_finding
from domain.kernel.errors import Rejected
from domain.kernel.ids import SeededIds
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By, Source
from domain.registry import clauses
from domain.registry.events import DocumentRegistered
from domain.supervision.events import CircularKind, FindingType, Method, RectificationOrdered, Severity
from domain.supervision.finding_history import Status
from interface.composition import build
from interface.ledgers.importing import import_folder
from tests.kit.acts import carried
from tests.kit.entries import registered_unit, registered_village
from tests.kit.numbers import finding_id
from tests.unit.ledgers.ledger_books import Row, pairing, right, write_book

BY = By(actor="ducha", source=Source(kind="command", name="test"))
FINDER = PersonRef(ref="p-0000000000000001", commitment="c" * 64)
UNITS = {"水利局": "甲村", "林业局": "乙村"}
NUMBER = "联督〔2025〕7号"
FOUND, ORDERED, DUE = date(2025, 3, 1), date(2025, 3, 3), date(2025, 3, 31)


@pytest.fixture
def system(database: object, tmp_path: Path) -> Iterator[System]:
    (tmp_path / "data").mkdir()
    opened = build(
        Settings(folder=tmp_path / "data", database_url=getattr(database, "url", None)), ids=SeededIds("test")
    )
    for unit, village in UNITS.items():
        codes = {
            "branch": registered_unit(opened, unit, by=BY),
            "village": registered_village(opened, village, "城关镇", by=BY),
        }
        carried(opened, start_pairing, **codes, started_on=FOUND, today=FOUND, by=BY)
    yield opened
    opened.close()


def where(unit: str) -> dict[str, str]:
    drawn = SeededIds("test")
    names = ("branch", "village", "pairing_id")
    return {each: dict(zip(names, map(drawn, ("b", "v", "pr")), strict=True)) for each in UNITS}[unit]


def found(system: System, number: str, unit: str = "水利局") -> str:
    return carried(
        system,
        raise_finding,
        number=number,
        **where(unit),
        found_on=FOUND,
        method=Method.ON_SITE,
        inspector=FINDER,
        description="问题",
        finding_type=FindingType.DUTY,
        severity=Severity.MINOR,
        today=DUE,
        by=BY,
    )


def order(system: System, finding_id: str, number: str = NUMBER, on: date = ORDERED) -> None:
    carried(
        system,
        order_rectification,
        finding_id,
        ordered_on=on,
        due_on=DUE,
        document_no=number,
        measures="改",
        today=DUE,
        by=BY,
    )


def circulate(system: System, unit: str, number: str, on: date = ORDERED) -> None:
    carried(
        system,
        issue_circular,
        **where(unit),
        kind=CircularKind.PRAISE,
        document_no=number,
        issued_on=on,
        today=DUE,
        by=BY,
    )


def refused(step: Any) -> str:
    with pytest.raises(Rejected) as refusal:
        step()
    assert refusal.value.clause is clauses.NUMBER_OF_ONE_DOCUMENT
    return refusal.value.because


def claims(system: System) -> list[str]:
    return [
        r.event.document_no for r in system.log.read(limit=9000) if isinstance(r.event, DocumentRegistered)
    ]


def test_an_order_and_its_number_are_recorded_together_or_not_at_all(system: System) -> None:
    first, other = found(system, "WT-1"), found(system, "WT-2", "林业局")
    order(system, first)
    before = system.log.position()
    for number in (NUMBER, "联督[2025]7号", "联督（２０２５） 第7号"):
        held = refused(lambda number=number: order(system, other, number))
        assert held == f"{NUMBER}: {first}, {ORDERED}"
    assert system.log.position() == before
    assert FINDING.state(look_of(system), other).status is Status.RAISED
    order(system, other, "联督〔2025〕8号")
    assert claims(system) == [NUMBER, "联督〔2025〕8号"]
    events = [r.event.NAME for r in system.log.read(after=before)]
    assert events == ["supervision.RectificationOrdered", "registry.DocumentRegistered"]


def test_one_order_covers_several_findings_of_a_unit_but_not_on_another_day(system: System) -> None:
    for number in ("WT-1", "WT-2"):
        order(system, found(system, number))
    refused(lambda: order(system, found(system, "WT-3"), on=DUE))
    assert claims(system) == [NUMBER]


def test_one_circular_names_several_pairings_and_shares_its_number_with_no_order(system: System) -> None:
    for unit in ("水利局", "林业局"):
        circulate(system, unit, "联通〔2025〕1号")
    finding = found(system, "WT-1")
    refused(lambda: order(system, finding, "联通[2025]1号"))
    order(system, finding, NUMBER)
    assert refused(lambda: circulate(system, "林业局", NUMBER)) == f"{NUMBER}: {finding}, {ORDERED}"
    assert claims(system) == ["联通〔2025〕1号", NUMBER]


def order_at_once(system: System, number: str, *finding_ids: str) -> list[Rejected]:
    """What those who came too late are told."""
    start, told = threading.Barrier(len(finding_ids)), list[Rejected]()

    def act(finding_id: str) -> None:
        start.wait()
        try:
            order(system, finding_id, number)
        except Rejected as refusal:
            told.append(refusal)

    threads = [threading.Thread(target=act, args=(each,)) for each in finding_ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_of_two_who_order_with_one_number_at_once_one_is_told_who_has_it(system: System) -> None:
    for n in range(8):
        pair = [found(system, f"WT-{n}-1"), found(system, f"WT-{n}-2", "林业局")]
        (refusal,) = order_at_once(system, f"联督〔2025〕{n}号", *pair)
        (won,) = [each for each in pair if FINDING.state(look_of(system), each).ordered_on]
        assert refusal.clause is clauses.NUMBER_OF_ONE_DOCUMENT and won in refusal.because
    assert len(claims(system)) == 8


def imported(system: System, folder: Path, **rows: list[Row]) -> ImportResult:
    folder.mkdir(exist_ok=True)
    write_book(folder / "台账.xlsx", {"pairings": [pairing()], **rows})
    return import_folder(system, folder, year=2025)


def test_a_ledger_row_takes_its_number_with_its_order_and_again_records_nothing(
    system: System, tmp_path: Path
) -> None:
    row = right("findings")
    number = row["order_number"]
    result = imported(system, tmp_path / "a", findings=[row])
    assert (result.refused, claims(system)) == ([], [number])
    spelt = {**row, "order_number": number.replace("〔", "[").replace("〕", "]")}
    again = imported(system, tmp_path / "b", findings=[spelt])
    assert (again.refused, again.events) == ([], 0)


def test_a_ledger_row_with_another_orders_number_keeps_what_came_before(
    system: System, tmp_path: Path
) -> None:
    row = right("findings")
    order(system, found(system, "WT-1"), row["order_number"])
    result = imported(system, tmp_path / "a", findings=[row])
    (told,) = result.refused
    assert told.code == clauses.NUMBER_OF_ONE_DOCUMENT.id
    finding = FINDING.state(look_of(system), finding_id(system, row["finding_id"]))
    assert finding.status is Status.RAISED and not finding.on_record(RectificationOrdered)
    assert claims(system) == [row["order_number"]]
