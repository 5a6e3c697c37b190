"""A power failure leaves files as they stood between any two syncs: the log as it was answered for, the read models at most
behind. Read models of a longer log, such as beside a restored one, are built anew and never shown."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from application.proof.verifying import verify_system
from application.settings import Settings
from interface.composition import build
from projections.boards.registry.units_and_villages import villages
from tests.kit.county import register, rename

ACTS = 6


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The whole folder after each of some acts, copied while the process that writes it lives on."""
    folder = tmp_path_factory.mktemp("power")
    system = build(Settings(folder=folder / "data"), tell=lambda sentence: None)
    found = []
    village = register(system.log, "甲村")
    for n in range(ACTS):
        rename(system.log, village, f"甲{n}村", date(2026, 1, 9))
        found.append(folder / f"moment{n}")
        shutil.copytree(folder / "data", found[-1])
    system.close()
    return found


def mixed(log: Path, views: Path, at: Path) -> Path:
    """A folder with the log of one moment and the read models of another; what is in shared memory is lost."""
    shutil.copytree(log, at)
    for file in [*at.glob("views.sqlite3*"), *at.glob("*-shm")]:
        file.unlink(missing_ok=True)
    for file in views.glob("views.sqlite3*"):
        if not file.name.endswith("-shm"):
            shutil.copy(file, at)
    return at


def demand_shown(folder: Path, name: str) -> list[str]:
    """The read models say what the log says; what was told when it was opened."""
    told: list[str] = []
    system = build(Settings(folder=folder), tell=told.append, begin=False)
    with system.reading() as connection:
        rows = connection.execute(villages.select().where(villages.c.known_to.is_(None))).all()
    assert [row.name for row in rows] == [name]
    assert verify_system(system).problems == []
    system.close()
    return told


@pytest.mark.parametrize("behind", range(ACTS))
def test_read_models_that_are_behind_catch_up(moments: list[Path], behind: int, tmp_path: Path) -> None:
    folder = mixed(moments[-1], moments[behind], tmp_path / "data")
    assert demand_shown(folder, f"甲{ACTS - 1}村") == []


@pytest.mark.parametrize("ahead", range(1, ACTS))
def test_read_models_of_a_longer_log_are_built_anew_and_it_is_said(
    moments: list[Path], ahead: int, tmp_path: Path
) -> None:
    folder = mixed(moments[0], moments[ahead], tmp_path / "data")
    told = demand_shown(folder, "甲0村")
    assert len(told) == 1 and "come from another log" in told[0]


def test_read_models_that_were_half_written_catch_up(moments: list[Path], tmp_path: Path) -> None:
    """What was not synced may be cut off anywhere."""
    rng = random.Random(5)
    for n in range(12):
        folder = mixed(moments[-1], moments[rng.randrange(ACTS)], tmp_path / f"data{n}")
        wal = folder / "views.sqlite3-wal"
        with wal.open("r+b") as file:
            file.truncate(rng.randrange(wal.stat().st_size))
        assert demand_shown(folder, f"甲{ACTS - 1}村") == []
