"""An import that is cut off among the rows that bring names is imported again without a question."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from eventsourcing.persistence import PersistenceError

from application.eventlog.log import CHUNK
from domain.kernel.errors import Conflict
from domain.pairing.events import PairingStarted
from interface.ledgers.importing import import_folder
from tests.kit.cut_off import cut_off
from tests.kit.databases import DatabaseCase
from tests.kit.writing import demand_sound, opened


@pytest.mark.both_databases
def test_an_import_cut_off_among_its_names_asks_nothing_afterwards(
    database: DatabaseCase, tmp_path: Path
) -> None:
    system = opened(database)
    with as_file(files("interface.demo").joinpath("ledgers")) as ledgers:
        shutil.copy(ledgers / "结对台账.xlsx", tmp_path)
    with cut_off(database, 2 * CHUNK), pytest.raises((PersistenceError, Conflict)):
        import_folder(system, tmp_path)
    assert system.log.named(PairingStarted.NAME) == []
    result = import_folder(system, tmp_path)
    assert (result.asked, result.refused) == ([], [])
    assert len(system.log.named(PairingStarted.NAME)) > 100
    demand_sound(system)
    system.close()
