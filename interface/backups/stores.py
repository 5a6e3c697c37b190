"""What stands beside the log in tables that change: names, accounts, accesses; copied row by row, from any database to any."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, MetaData, insert, inspect, select, text

from application.stores.accesses import accesses
from application.stores.accounts.drafts import drafts, form_tokens
from application.stores.accounts.kept_answers import answers
from application.stores.accounts.throttle import failures
from application.stores.accounts.tokens import tokens
from application.stores.databases import open_sqlite_file
from application.stores.vault_tables import metadata as of_vault

STORES: dict[str, MetaData] = {
    "vault": of_vault,
    "accounts": failures.metadata,
    "accesses": accesses.metadata,
}
"""Database (a file on SQLite) and its tables."""
FLEETING = {"session", failures.name, tokens.name, answers.name, drafts.name, form_tokens.name}
"""Tables that no copy takes along: whoever is signed in signs in again, tokens are issued anew (one that was revoked meanwhile
must not be good again), what was not sent is nobody's record, and nothing is held against anybody."""
PAGE = 1000


def copy_tables(metadata: MetaData, source: Connection, target: Connection) -> None:
    """All rows into new tables; those that the source does not have stay empty."""
    metadata.create_all(target)
    there = set(inspect(source).get_table_names())
    for table in metadata.sorted_tables:
        if table.name in FLEETING or table.name not in there:
            continue
        rows = source.execute(select(table))
        while page := [dict(row._mapping) for row in rows.fetchmany(PAGE)]:
            target.execute(insert(table), page)
        if target.dialect.name == "postgresql":
            for column in table.primary_key.columns:
                if column.type.python_type is int:
                    _go_on(target, table.name, column.name)


def _go_on(target: Connection, table: str, column: str) -> None:
    """Let the numbers go on after those that were copied."""
    target.execute(
        text(
            f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), max({column})) FROM {table} "
            f"HAVING max({column}) IS NOT NULL"
        )
    )


def save_store(name: str, source: Connection, folder: Path) -> None:
    """The tables of a store as a file of their own."""
    engine = open_sqlite_file(folder / f"{name}.sqlite3")
    try:
        with engine.begin() as target:
            copy_tables(STORES[name], source, target)
    finally:
        engine.dispose()
    whole(folder / f"{name}.sqlite3")


def whole(path: Path) -> None:
    """Let a database be one file, without a journal beside it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
