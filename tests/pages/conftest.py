"""The demo county behind its pages, once for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from interface.composition import System
from tests.kit.serving import demo_app


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    """The system and its application."""
    system, app = demo_app(tmp_path_factory.mktemp("county"))
    yield system, app
    system.close()
