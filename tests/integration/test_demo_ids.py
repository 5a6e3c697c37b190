"""The demo county's ids are those that the tests name."""

from __future__ import annotations

from pathlib import Path

from domain.registry.events import EntryKind
from interface.demo.accounts import UNIT, VILLAGE
from projections.boards.registry.units_and_villages import entries_by_name
from tests.kit import demo_ids
from tests.kit.prepared import prepared


def test_the_demo_county_has_the_ids_that_tests_name(tmp_path: Path) -> None:
    system = prepared(tmp_path)
    with system.reading() as connection:
        made = {
            "BRANCH": entries_by_name(connection, EntryKind.BRANCH)[UNIT],
            "VILLAGE_ID": entries_by_name(connection, EntryKind.VILLAGE)[VILLAGE],
        }
    system.close()
    named = {name: getattr(demo_ids, name) for name in made}
    assert named == made, f"write these into tests/kit/demo_ids.py: {made}"
