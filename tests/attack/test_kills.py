"""The kills on SQLite for the long tests: of a server and of an import; ``make attack`` has more."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from application.settings import Settings
from tests.attack.kills import campaign, told_of


@pytest.mark.long
def test_nothing_answered_for_is_lost_and_nothing_is_torn(tmp_path: Path) -> None:
    told: list[str] = []
    numbers = count(1)
    campaign(lambda: Settings(folder=tmp_path / f"data{next(numbers)}"), 2, seed=7, say=told.append)
    assert len(told) == 4 and told[-1].startswith("all that was answered for")


@pytest.mark.parametrize(("error", "what"), [(AssertionError("3 rows"), "3 rows"), (KeyError(), "KeyError")])
def test_a_failure_says_what_was_wrong_where_in_which_round_of_which_seed(
    error: Exception, what: str
) -> None:
    said = rf"^round 3 of 9, seed 7, list: {what} \(test_kills\.py, line \d+\)$"
    with pytest.raises(AssertionError, match=said), told_of("round 3 of 9", [], 7):
        raise error
