"""The reversal of an import is one transaction: where it fails in the middle, nothing of it is on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from eventsourcing.persistence import PersistenceError
from sqlalchemy import select

from application.eventlog.log import CHUNK
from application.ledgers.reversing import foreseen_reversal, reverse_import
from application.system import System
from application.verbs.pairing import activities as verbs
from domain.kernel.errors import Conflict
from domain.pairing.events import ActivityKind
from interface.ledgers.importing import import_folder
from projections.boards.pairing.activities import activities
from tests.kit.acts import CLERK, carried
from tests.kit.cut_off import cut_off
from tests.kit.databases import DatabaseCase
from tests.kit.writing import demand_sound, opened
from tests.unit.ledgers.ledger_books import pairing, right, write_book

MANY = CHUNK + 20


def imported(system: System, folder: Path, **rows: object) -> str:
    """The id of the import of one workbook."""
    folder.mkdir()
    write_book(folder / "book.xlsx", rows)  # type: ignore[arg-type]
    import_folder(system, folder)
    return system.imports.newest(None, 1)[0].id


@pytest.fixture
def system(database: DatabaseCase, tmp_path: Path) -> Iterator[System]:
    system = opened(database)
    imported(system, tmp_path / "paired", pairings=[pairing()])
    yield system
    system.close()


def test_a_reversal_that_fails_in_the_middle_leaves_the_log_as_it_was(
    system: System, database: DatabaseCase, tmp_path: Path
) -> None:
    batch = imported(
        system,
        tmp_path / "held",
        activities=[right("activities", theme=f"第{n}次学习", held_on=date(2025, 3, 1)) for n in range(MANY)],
    )
    before = system.log.position()
    with cut_off(database, before + MANY - 5), pytest.raises((Conflict, PersistenceError)):
        reverse_import(system, batch, "传错了", CLERK)
    assert system.log.position() == before
    assert len(foreseen_reversal(system, batch).begun) == MANY
    reverse_import(system, batch, "传错了", CLERK)
    assert len(system.log.read(before, limit=2 * MANY)) == MANY
    demand_sound(system)


def test_what_somebody_did_meanwhile_is_not_passed_over(
    system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clerk corrects one of the activities after the reversal was decided, and before it has the lock."""
    batch = imported(
        system, tmp_path / "held", activities=[right("activities"), right("activities", theme="别的")]
    )
    with system.reading() as connection:
        one = connection.scalars(select(activities.c.activity_id).order_by(activities.c.topic)).first()
    append, values = system.log.append, {"kind": ActivityKind.FORUM, "topic": "座谈", "participants": 9}

    def late(*entries: object, **said: object) -> None:
        evidence = {"held_on": date(2025, 3, 2), "persons_visited": None, "because": "改期"}
        carried(system, verbs.correct_activity, one, **values, **evidence)
        append(*entries, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(system.log, "append", late)
    before = system.log.position()
    with pytest.raises(Conflict):
        reverse_import(system, batch, "传错了", CLERK)
    assert system.log.position() == before + 1


def test_cumulative_ledgers_are_reversed_the_last_first(system: System, tmp_path: Path) -> None:
    """The second ledger says the first one's rows again, and more: each takes away what came with it alone."""
    rows = [right("activities"), right("needs")]
    first = imported(system, tmp_path / "march", activities=[rows[0]], needs=[rows[1]])
    project = right("projects")
    second = imported(
        system,
        tmp_path / "april",
        activities=[rows[0], right("activities", theme="四月")],
        needs=[rows[1]],
        projects=[project],
    )
    assert [each.kind for each in foreseen_reversal(system, second).begun] == ["activity", "project"]
    assert foreseen_reversal(system, first).possible
    assert reverse_import(system, second, "传错了", CLERK).possible
    assert reverse_import(system, first, "传错了", CLERK).possible
    with system.reading() as connection:
        assert set(
            connection.scalars(select(activities.c.status).where(activities.c.known_to.is_(None)))
        ) == {"voided"}
    demand_sound(system)
