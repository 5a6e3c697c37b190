"""One import, or command about pairings, at a time: the second is told so, and a killed one bars nobody."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from application.one_at_a_time import alone
from application.settings import Settings
from application.system import System
from application.verbs.pairing.pairings import (
    start_pairing,
)
from domain.kernel.errors import Conflict
from interface.composition import build
from interface.ledgers.importing import import_folder
from tests.kit.acts import carried

FIELD = Path(__file__).parents[1] / "golden" / "field" / "00-base"
HOLDER = """
import sys
from pathlib import Path
from interface.composition import build
from application.one_at_a_time import alone
from application.settings import Settings

system = build(Settings(folder=Path(sys.argv[1]), database_url=sys.argv[2] or None))
with alone(system):
    print("held", flush=True)
    sys.stdin.read()
"""


def opened(folder: Path, database: object) -> System:
    folder.mkdir(exist_ok=True)
    return build(Settings(folder=folder, database_url=getattr(database, "url", None)))


def test_a_second_import_is_told_to_wait(database: object, tmp_path: Path) -> None:
    first, second = (opened(tmp_path / "data", database) for _ in range(2))
    with alone(first):
        with pytest.raises(Conflict, match="under way"):
            import_folder(second, FIELD)
        with pytest.raises(Conflict, match="under way"):
            carried(second, start_pairing, branch="b-1", village="v-1", started_on=date(2025, 1, 1))
        assert import_folder(second, FIELD, dry_run=True).recorded > 0
    assert import_folder(second, FIELD).recorded > 0
    assert import_folder(first, FIELD).events == 0
    first.close()
    second.close()


def test_an_import_that_was_killed_bars_nobody(database: object, tmp_path: Path) -> None:
    system = opened(tmp_path / "data", database)
    words = [sys.executable, "-c", HOLDER, str(tmp_path / "data"), getattr(database, "url", None) or ""]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with pytest.raises(Conflict, match="under way"):
            import_folder(system, FIELD)
        holder.kill()
    assert import_folder(system, FIELD).recorded > 0
    system.close()
