"""Hours of trainings are a fact: they move with what is corrected, go with what is voided or does not stand, and add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from application.ledgers.on_record import LedgersOnRecord
from application.ledgers.rows import ActivityRow
from application.settings import Settings
from application.system import System
from application.verbs.pairing.activities import correct_activity, describe_training, void_activity
from domain.assessment.year.events import EvidenceReviewed, EvidenceReviewedAgain, Verdict
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.boards.pairing.activities import activities
from projections.boards.registry.names import Names
from projections.figures import year as year_figures
from projections.figures.year import Basis, Sharing
from projections.kit.columns import known
from tests.kit.acts import CLERK, act
from tests.unit.ledgers.ledger_books import other_pairing, pairing, right, write_book

HOURS = "training_hours_hundredths"
LECTURE: dict[str, Any] = {"kind": "专题讲座", "hours_hundredths": 1.5}


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    """A lecture of 1.5 hours in March, and a training in March whose hours nobody has stated."""
    system = build(Settings(folder=tmp_path / "data"))
    (tmp_path / "in").mkdir()
    held = [right("activities", **LECTURE), right("activities", kind="集中培训", held_on=date(2025, 3, 2))]
    rows = {"pairings": [pairing(), other_pairing(agreement_number="协2号")], "activities": held}
    write_book(tmp_path / "in" / "book.xlsx", rows)
    assert import_folder(system, tmp_path / "in", year=2025).refused == []
    yield system
    system.close()


def held(system: System) -> dict[str, str]:
    """The ids of the two, by their kind."""
    with system.reading() as connection:
        rows = connection.execute(select(activities).where(known(activities, None)))
        return {row.kind: row.activity_id for row in rows}


def hours(system: System, known_at: int | None = None) -> int:
    with system.reading() as connection:
        return year_figures.value(connection, HOURS, basis(system, known_at))


def basis(system: System, known_at: int | None = None) -> Basis:
    at = system.log.position() if known_at is None else known_at
    return Basis(year=2025, known_at=at, on=date(2026, 1, 5), cut_off=date(2026, 1, 10))


def shared(system: System, by: Sharing) -> dict[str, int]:
    with system.reading() as connection:
        names = Names(connection)
        return year_figures.shares(
            connection, HOURS, basis(system), by, lambda village: names.called(village).township
        )


RIGHT: dict[str, Any] = {
    "kind": "lecture",
    "topic": "讲座",
    "participants": 20,
    "persons_visited": None,
    "because": "核对后更正",
}


def test_hours_move_with_the_activity_and_come_back_with_its_kind(system: System) -> None:
    lecture, before = held(system)["lecture"], system.log.position()
    assert hours(system) == 150 and shared(system, Sharing.MONTH)["2025-03"] == 150
    act(system, correct_activity, lecture, **RIGHT, held_on=date(2025, 5, 6))
    assert (hours(system), shared(system, Sharing.MONTH)["2025-03"]) == (150, 0)
    assert shared(system, Sharing.MONTH)["2025-05"] == 150
    act(system, correct_activity, lecture, **RIGHT | {"kind": "forum"}, held_on=date(2025, 5, 6))
    assert hours(system) == 0
    told = [row for row in LedgersOnRecord(system).rows() if isinstance(row, ActivityRow)]
    assert {row.hours_hundredths for row in told} == {None}, "no ledger takes the hours of a forum"
    act(system, correct_activity, lecture, **RIGHT | {"kind": "training"}, held_on=date(2025, 5, 7))
    assert hours(system) == 150
    act(system, describe_training, lecture, hours_hundredths="2.25", teacher=None, teacher_office="")
    act(system, correct_activity, lecture, **RIGHT, held_on=date(2026, 1, 2))
    assert hours(system) == 0, "it was in the year after"
    assert hours(system, before) == 150, "as known then"
    act(system, correct_activity, lecture, **RIGHT, held_on=date(2025, 5, 6))
    act(system, void_activity, lecture, because="未举办")
    assert hours(system) == 0 and hours(system, before) == 150


def test_hours_of_what_an_office_does_not_accept_do_not_count(system: System) -> None:
    """Also those that are stated afterwards: only the activity itself, stated anew, stands again."""
    training = held(system)["training"]
    with system.reading() as connection:
        listed = year_figures.items(connection, "trainings", basis(system))
    item = next(each for each in listed if each.reference == training)
    act(system, describe_training, training, hours_hundredths="3", teacher=None, teacher_office="")
    assert hours(system) == 450
    rejected: dict[str, Any] = {
        "pairing_id": item.pairing,
        "branch": item.branch,
        "village": item.village,
        "year": 2025,
        "item": item.position,
        "indicator": "B3",
        "reference": training,
        "verdict": Verdict.REJECTED,
        "because": "照片不能说明人数",
        "reviewed_on": date(2026, 1, 4),
    }
    reviews = (
        EvidenceReviewed(**rejected, reviewed_by="kaohe"),
        EvidenceReviewedAgain(**rejected, reviewed_by="fukao"),
    )
    system.log.append([(f"evidence-{item.position}", n, each, CLERK) for n, each in enumerate(reviews, 1)])
    assert hours(system) == 150
    act(system, describe_training, training, hours_hundredths="4", teacher=None, teacher_office="")
    assert hours(system) == 150


def test_the_shares_of_units_townships_and_months_add_up(system: System) -> None:
    act(
        system,
        describe_training,
        held(system)["training"],
        hours_hundredths="2",
        teacher=None,
        teacher_office="",
    )
    for by in Sharing:
        found = shared(system, by)
        assert sum(found.values()) == hours(system) == 350, by
    assert len(shared(system, Sharing.UNIT)) == 2 and 0 in shared(system, Sharing.UNIT).values()
    assert list(shared(system, Sharing.MONTH)) == [f"2025-{month:02}" for month in range(1, 13)]
    assert "" not in shared(system, Sharing.TOWNSHIP)
