"""A whole system for tests of the writing session, and what is asked of it whatever happened."""

from __future__ import annotations

import pytest

from application.proof.verifying import verify_system
from application.settings import Settings
from application.system import System
from interface.composition import build
from tests.kit.databases import DatabaseCase


def opened(database: DatabaseCase) -> System:
    """The system on this database."""
    return build(Settings(folder=database.folder, database_url=database.url), tell=lambda sentence: None)


def demand_sound(system: System) -> None:
    """The log verifies, and the read models are what a rebuild would make of it."""
    # It compares the tables with a rebuild, too.
    assert verify_system(system).problems == []


def only_on(database: DatabaseCase, name: str) -> None:
    """Skip the test on the other database."""
    if database.name != name:
        pytest.skip(f"only on {name}")
