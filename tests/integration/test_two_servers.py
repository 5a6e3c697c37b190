"""Several processes on one folder or database: they begin one log, and nobody's writing is refused or lost.

On PostgreSQL it is seen by ``make test-long``; in ``make test`` the crowd of tests/attack/test_writers.py writes there.
"""

from __future__ import annotations

import subprocess
import sys

from sqlalchemy import func, select

from application.proof.verifying import verify_system
from application.settings import Settings
from application.stores.vault_tables import persons
from interface.composition import build
from tests.kit.databases import DatabaseCase

TIMES = 25
WRITERS = ("甲", "乙", "丙")


def test_several_processes_write_to_everything_at_once(database: DatabaseCase) -> None:
    command = [sys.executable, "-m", "tests.kit.busy_writer", database.url or "-", str(database.folder)]
    running = [
        subprocess.Popen([*command, name, str(TIMES)], stderr=subprocess.PIPE, text=True) for name in WRITERS
    ]
    said = {process.args[-2]: process.communicate()[1] for process in running}  # type: ignore[index]
    assert [process.returncode for process in running] == [0, 0, 0], said
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
