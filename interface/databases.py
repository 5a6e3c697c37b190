"""SQLAlchemy engines for the read models, the vault and the accounts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from interface.settings import Settings


def open_engine(settings: Settings, name: str) -> Engine:
    """The one PostgreSQL database, or the SQLite file ``<name>.sqlite3`` of the data folder.

    A request holds one connection and at times needs a second: there are two for each that is worked on at once
    (interface/web/desk.py), and a few for the signer and the sign-in.
    """
    size, beyond = settings.at_once, settings.at_once + 4
    if settings.database_url is not None:
        url = settings.database_url.replace("postgres://", "postgresql://", 1)
        return create_engine(
            url.replace("postgresql://", "postgresql+psycopg://", 1), pool_size=size, max_overflow=beyond
        )
    engine = create_engine(
        f"sqlite:///{settings.folder / (name + '.sqlite3')}",
        connect_args={"check_same_thread": False, "timeout": 30},
        pool_size=size,
        max_overflow=beyond,
    )
    prepare_sqlite(engine)
    return engine


def prepare_sqlite(engine: Engine) -> None:
    """WAL, and real transactions: a writer takes the write lock at once, a reader never does."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writer")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
