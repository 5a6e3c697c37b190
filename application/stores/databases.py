"""SQLAlchemy engines for the read models, the vault and the accounts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, event

from application.settings import Settings
from projections.kit.sqlite import prepare_sqlite


class SqliteEngine(Engine):
    """``begin`` is for writing: it takes the write lock at once and waits for it. ``connect`` is for reading.

    A transaction that reads first and writes then is refused by SQLite ("database is locked") when another process has
    written in between, however long it would have waited.
    """

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with self.connect() as connection, connection.execution_options(writer=True).begin():
            yield connection


def open_engine(settings: Settings, name: str) -> Engine:
    """The one PostgreSQL database, or the SQLite file ``<name>.sqlite3`` of the data folder.

    A request holds one connection and at times needs a second: there are two for each that is worked on at once
    (interface/http/desk.py), and a few for the signer and the sign-in.
    """
    size, beyond = settings.at_once, settings.at_once + 4
    if settings.database_url is not None:
        url = settings.database_url.replace("postgres://", "postgresql://", 1)
        # A connection that the server has ended meanwhile (a restart, a fail-over) is replaced, not tried on somebody.
        return create_engine(
            url.replace("postgresql://", "postgresql+psycopg://", 1),
            pool_size=size,
            max_overflow=beyond,
            pool_pre_ping=True,
        )
    return open_sqlite_file(settings.folder / f"{name}.sqlite3", size, beyond)


def open_erasable(settings: Settings, name: str) -> Engine:
    """The same for a store from which names are erased: what is deleted in its file is overwritten."""
    engine = open_engine(settings, name)
    if isinstance(engine, SqliteEngine):

        @event.listens_for(engine, "connect")
        def _connected(connection: Any, _record: Any) -> None:
            connection.execute("PRAGMA secure_delete=ON")

    return engine


def take_turn(connection: Connection, key: int) -> None:
    """Wait until no other transaction has taken a turn under this key; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({key})")


def create_tables(engine: Engine, metadata: MetaData, key: int) -> None:
    """Create those that are missing; ``key``: whose turn it is, since two that create at once fail."""
    with engine.begin() as connection:
        take_turn(connection, key)
        metadata.create_all(connection)


def empty_journal(engine: Engine) -> None:
    """Move what SQLite keeps beside a file into it, so that what was deleted is not read there any more.

    Where somebody reads at this very moment it is left to the next time, or to the end of the last process.
    """
    if isinstance(engine, SqliteEngine):
        # Not by way of connect(), which begins a transaction, within which no checkpoint is made.
        with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def open_sqlite_file(path: Path, size: int = 5, beyond: int = 15) -> Engine:
    """An engine over one SQLite file, with ``size`` connections kept and some more at times."""
    made = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"check_same_thread": False, "timeout": 30},
        pool_size=size,
        max_overflow=beyond,
    )
    engine = SqliteEngine(made.pool, made.dialect, made.url)
    prepare_sqlite(engine)
    return engine
