"""Everything as of one moment, while the service runs: the log, the stores beside it, and the keys.

A name is entered before the event that refers to it, and erased after the event that says so; a signature is remembered
before it is kept. So the signer and the writers stand still for the instant in which the moment is fixed, and no longer.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect

from application.eventlog.copying import Select
from application.stores.databases import open_engine
from application.system import System
from interface.backups.stores import STORES


@dataclass(frozen=True)
class Moment:
    """``stores`` has a connection for each store that is there; ``keys`` the files of the signer by name."""

    select: Select
    stores: dict[str, Connection]
    keys: dict[str, bytes]


@contextmanager
def one_moment(system: System) -> Iterator[Moment]:
    """A view of everything that stays as it is; the service goes on meanwhile."""
    fixed = _sqlite if system.settings.database_url is None else _postgres
    with ExitStack() as opened:
        with system.custody.still():
            keys = _keys(system.settings.keys)
            select, stores = fixed(system, opened)
        yield Moment(select, stores, keys)


def _keys(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.suffix in (".key", ".note") and path.is_file()
    }


def _sqlite(system: System, opened: ExitStack) -> tuple[Select, dict[str, Connection]]:
    folder = system.settings.folder
    stores = {
        name: _reading(system, name, opened) for name in STORES if (folder / f"{name}.sqlite3").exists()
    }
    log = opened.enter_context(closing(_connect(folder)))
    with closing(_connect(folder)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        log.execute("BEGIN")
        log.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for connection in stores.values():
            inspect(connection).get_table_names()
        writer.execute("ROLLBACK")
    return (lambda statement: log.execute(statement)), stores


def _connect(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "log.sqlite3", isolation_level=None, timeout=30)


def _reading(system: System, name: str, opened: ExitStack) -> Connection:
    engine = open_engine(system.settings, name)
    opened.callback(engine.dispose)
    return opened.enter_context(engine.connect())


def _postgres(system: System, opened: ExitStack) -> tuple[Select, dict[str, Connection]]:
    connection = _reading(system, "vault", opened)
    connection.execution_options(isolation_level="REPEATABLE READ", stream_results=True)
    there = set(inspect(connection).get_table_names())
    stores = {name: connection for name, metadata in STORES.items() if there & set(metadata.tables)}
    return (lambda statement: connection.exec_driver_sql(statement)), stores
