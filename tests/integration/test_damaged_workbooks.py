"""The short form of ``python -m tests.attack.workbooks``: the same twenty damaged workbooks every time; the long one, forty."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attack.damage import LEVELS, damaged
from tests.attack.workbooks import COUNTY, empty_county, try_one


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_county(tmp_path_factory.mktemp("attack") / "empty")


SEEDS = range(1, 21)


@pytest.mark.parametrize(
    "seed", [*SEEDS, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(21, 41))]
)
def test_a_damaged_workbook_does_no_harm(seed: int, empty: Path, tmp_path: Path) -> None:
    tried = try_one(seed, empty, tmp_path)
    assert not tried.harm, f"{tried.damage} of {tried.file}"


def test_every_level_of_damage_is_among_them_and_a_seed_is_one_file() -> None:
    data = next(iter(sorted(COUNTY.iterdir()))).read_bytes()
    tried = [damaged(seed, data) for seed in SEEDS]
    assert {name for names, _ in tried for name in names.split("+")} == LEVELS.keys()
    assert tried == [damaged(seed, data) for seed in SEEDS]
