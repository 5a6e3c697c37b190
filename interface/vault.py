"""The vault of personal names: beside the log, erasable. Events hold only a reference and a salted commitment.

The embedded default keeps it in a database of its own (``vault.sqlite3``), so that it has its own backup rotation.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from sqlalchemy import (
    Column,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    insert,
    select,
)

from domain.kernel.person import PersonRef, name_commitment

_metadata = MetaData()
persons = Table(
    "person",
    _metadata,
    Column("ref", String(40), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("scope", String(120), nullable=False),
    Column("salt", LargeBinary(16), nullable=False),
    UniqueConstraint("name", "scope"),
)


class Vault:
    """Names by reference. ``scope`` (a unit, an office) keeps namesakes apart."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._cache: dict[tuple[str, str], PersonRef] = {}

    def create_tables(self) -> None:
        """Create the table when it is missing."""
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7105414)")
            _metadata.create_all(connection)

    def person(self, name: str, scope: str) -> PersonRef:
        """The reference of a person; the same name in the same scope is the same person."""
        return self.people([(name, scope)])[name, scope]

    def people(
        self, wanted: Iterable[tuple[str, str]], *, dry_run: bool = False
    ) -> dict[tuple[str, str], PersonRef]:
        """References of many persons in few statements; unknown ones are entered (not in a dry run)."""
        missing = {each for each in wanted if each not in self._cache}
        if missing:
            with self._engine.begin() as connection:
                rows = connection.execute(
                    select(persons).where(
                        persons.c.name.in_({name for name, _ in missing})
                    )
                )
                for row in rows:
                    self._remember(row.name, row.scope, row.ref, row.salt)
                new = [
                    {
                        "ref": f"p-{secrets.token_hex(8)}",
                        "name": name,
                        "scope": scope,
                        "salt": secrets.token_bytes(16),
                    }
                    for name, scope in sorted(missing)
                    if (name, scope) not in self._cache
                ]
                if new and not dry_run:
                    connection.execute(insert(persons), new)
            if dry_run:
                found = {
                    (str(row["name"]), str(row["scope"])): PersonRef(
                        ref=str(row["ref"]), commitment=""
                    )
                    for row in new
                }
                return found | {
                    each: self._cache[each] for each in wanted if each in self._cache
                }
            for row in new:
                self._remember(
                    str(row["name"]),
                    str(row["scope"]),
                    str(row["ref"]),
                    bytes(row["salt"]),
                )
        return {each: self._cache[each] for each in wanted}

    def _remember(self, name: str, scope: str, ref: str, salt: bytes) -> None:
        self._cache[name, scope] = PersonRef(
            ref=ref, commitment=name_commitment(ref, salt, name)
        )

    def names(self, refs: Iterable[str]) -> dict[str, str]:
        """Reference to name, for those the vault still holds."""
        wanted = {ref for ref in refs if ref}
        if not wanted:
            return {}
        with self._engine.connect() as connection:
            query = select(persons.c.ref, persons.c.name).where(
                persons.c.ref.in_(wanted)
            )
            return {ref: name for ref, name in connection.execute(query)}
