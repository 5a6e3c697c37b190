"""What one command asks PostgreSQL, and that read models which are not there keep nobody from recording."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any

import psycopg
import pytest

from application.system import System
from tests.kit.county import register, rename
from tests.kit.databases import DatabaseCase
from tests.kit.writing import demand_sound, only_on, opened

pytestmark = pytest.mark.both_databases
DAY = date(2026, 1, 9)


@pytest.fixture
def system(database: DatabaseCase) -> Iterator[System]:
    only_on(database, "postgresql")
    with closing(opened(database)) as system:
        yield system


def test_a_command_waits_for_the_server_three_times_and_for_its_commit(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = register(system.log, "甲村")
    rename(system.log, village, "乙村", DAY)
    asked: list[str] = []
    execute: Any = psycopg.Cursor.execute

    def heard(cursor: Any, query: Any, *rest: Any, **more: Any) -> Any:
        asked.append(query.decode() if isinstance(query, bytes) else str(query))
        return execute(cursor, query, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", heard)
        register(system.log, "丙村")
    begun, events, *rest = asked
    assert begun.startswith("BEGIN") and "projection_stamp" in begun
    assert "stored_events" in events
    (all_else,) = rest
    assert "INSERT INTO leaves" in all_else and "UPDATE projection_stamp" in all_else
    demand_sound(system)


def test_read_models_that_are_not_there_keep_nobody_from_recording(
    system: System, database: DatabaseCase
) -> None:
    village = register(system.log, "甲村")
    with psycopg.connect(str(database.url), autocommit=True) as other:
        other.execute("ALTER TABLE projection_stamp RENAME TO put_away")
        rename(system.log, village, "乙村", DAY)
        assert len(system.log.load(f"village-{village}")) == 2
        other.execute("ALTER TABLE put_away RENAME TO projection_stamp")
    assert system.runner.position() < system.log.position()
    system.runner.catch_up()
    rename(system.log, village, "丙村", DAY)
    demand_sound(system)
