"""Fixtures for all tests, and the one line nobody shall overlook."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import cache

import pytest
import typer
from anyio.from_thread import start_blocking_portal
from sqlalchemy import Connection, Engine, event
from starlette.testclient import TestClient

from application.eventlog.session import deciding
from tests.kit.browser import available, browser
from tests.kit.databases import database, module_database, postgres_server
from tests.kit.examples import examples
from tests.kit.memory_disk import work_in_memory
from tests.kit.prepared import share

__all__ = ["browser", "database", "examples", "module_database", "postgres_server"]

# Collecting makes nothing but what stays; see pytest_collection_finish.
gc.disable()
work_in_memory()


@pytest.fixture(scope="session", autouse=True)
def shelf(tmp_path_factory: pytest.TempPathFactory) -> None:
    """One county for all processes of a run: the folders of all of them lie in one."""
    folder = tmp_path_factory.getbasetemp()
    share(folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder)


@pytest.fixture(scope="session", autouse=True)
def one_loop() -> Iterator[None]:
    """All requests go through one event loop, as on a server: otherwise each begins a thread and a loop of its own."""
    with start_blocking_portal() as portal:
        TestClient.portal = portal
        yield
        TestClient.portal = None


@pytest.fixture(scope="session", autouse=True)
def one_command_line() -> Iterator[None]:
    """The commands are put together once, as by one process, and not anew for each that is run (60 ms)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("typer.testing._get_command", cache(typer.main.get_command))
        yield


@pytest.fixture(scope="session", autouse=True)
def decisions_read_streams_alone() -> Iterator[None]:
    """The contract of the writing session, for every test: a decision that asked a table would keep everybody waiting."""

    def asked(connection: Connection) -> None:
        if deciding():
            # Nobody else has it yet.
            connection.close()
            raise AssertionError(f"a decision asks {connection.engine.url}: let it be given what it needs")

    event.listen(Engine, "engine_connect", asked)
    yield
    event.remove(Engine, "engine_connect", asked)


@pytest.fixture(scope="module", autouse=True)
def garbage() -> Iterator[None]:
    """What a file of tests leaves behind goes with it; what stays lives as long as the run, and is not looked through again."""
    yield
    _stays()


def pytest_collection_finish() -> None:
    """From here on garbage is looked for, but not all that is there again and again."""
    _stays()
    gc.set_threshold(20_000, 50, 1_000)
    gc.enable()


def _stays() -> None:
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in red how many tests did not run for want of a browser."""
    skipped = [r for r in terminalreporter.getreports("skipped") if "NO CHROMIUM" in str(r.longrepr)]
    if skipped and not available():
        terminalreporter.write_sep(
            "!", f"NO CHROMIUM HERE: {len(skipped)} BROWSER TESTS DID NOT RUN", red=True
        )
