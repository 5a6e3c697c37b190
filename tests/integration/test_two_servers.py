"""Several processes on one folder or database: they begin one log, and nobody's writing is refused or lost.

On PostgreSQL it is seen by ``make test-long``; in ``make test`` the crowd of tests/attack/test_writers.py writes there.
"""

from __future__ import annotations

from sqlalchemy import func, select

from application.proof.verifying import verify_system
from application.settings import Settings
from application.stores.vault_tables import persons
from interface.composition import build
from tests.kit import busy_writer
from tests.kit.databases import DatabaseCase
from tests.kit.processes import Beside

TIMES = 25
WRITERS = ("甲", "乙", "丙")


def test_several_processes_write_to_everything_at_once(database: DatabaseCase) -> None:
    where = database.url or "-", str(database.folder)
    running = {name: Beside(busy_writer.main, *where, name, str(TIMES)) for name in WRITERS}
    ended = {name: process.ended() for name, process in running.items()}
    assert [code for code, _ in ended.values()] == [0, 0, 0], ended
    system = build(Settings(folder=database.folder, database_url=database.url), begin=False)
    assert verify_system(system).problems == []
    names = [recorded.event.NAME for recorded in system.log.read(limit=5000)]
    assert names.count("system.LogOpened") == 1
    assert names.count("registry.VillageRegistered") == TIMES * len(WRITERS)
    with system.vault._engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(persons)) == TIMES * (
            len(WRITERS) + 1
        ) + len(WRITERS)
    assert len(system.accesses.list(limit=1000)) == TIMES * len(WRITERS)
    system.close()
