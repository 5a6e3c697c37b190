"""The short form of the crowd of writers; ``make attack`` has 50 rounds on either database."""

from __future__ import annotations

import pytest

from application.settings import Settings
from tests.attack.writers import campaign
from tests.kit.databases import DatabaseCase


@pytest.mark.both_databases
def test_what_many_writers_were_answered_is_on_record_once(database: DatabaseCase) -> None:
    told: list[str] = []
    settings = Settings(folder=database.folder / "data", database_url=database.url)
    campaign(settings, 1, seed=3, say=told.append)
    assert len(told) == 2 and told[1].endswith("each is on record once")
