"""The demo county behind its API, once for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kit.databases import DatabaseCase
from tests.kit.scripts import Api, api_of


@pytest.fixture(scope="module")
def api(module_database: DatabaseCase) -> Iterator[Api]:
    """The system, its accounts and its server."""
    api = api_of(module_database.folder, module_database.url)
    yield api
    api.close()
