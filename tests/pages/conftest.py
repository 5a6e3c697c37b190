"""The demo county behind its pages, on either database, once for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from application.system import System
from tests.kit.databases import DatabaseCase
from tests.kit.serving import demo_app


@pytest.fixture(scope="module")
def county(module_database: DatabaseCase) -> Iterator[tuple[System, FastAPI]]:
    """The system and its application."""
    system, app = demo_app(module_database.folder, module_database.url)
    yield system, app
    system.close()
