"""The short form of the kills on SQLite: one of a server; in the long tests one of an import, too; ``make attack`` has more."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from application.settings import Settings
from tests.attack.kills import campaign


@pytest.mark.parametrize("kills", [1, pytest.param(2, marks=pytest.mark.long)])
def test_nothing_answered_for_is_lost_and_nothing_is_torn(tmp_path: Path, kills: int) -> None:
    told: list[str] = []
    numbers = count(1)
    campaign(lambda: Settings(folder=tmp_path / f"data{next(numbers)}"), kills, seed=7, say=told.append)
    assert len(told) == (2 if kills == 1 else 4) and told[-1].startswith("all that was answered for")
