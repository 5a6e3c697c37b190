"""The vault of personal names, and of the ledgers that came with them: beside the log, erasable. Events hold only a
reference and a salted commitment, or a digest.

The embedded default keeps it in a database of its own (``vault.sqlite3``), so that it has its own backup rotation.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from sqlalchemy import Connection, Engine, delete, insert, select, update

from application.stores import import_batches
from application.stores.databases import create_tables, empty_journal, take_turn
from application.stores.vault_tables import metadata, persons, workbooks
from domain.kernel.person import PersonRef, name_commitment, normal_name

TURN = 7105414
"""Of who enters what may be there already."""
Without = Callable[[bytes, Iterable[str]], bytes | None]
"""A kept workbook to the copy in which nobody of the names can be read any more; ``None`` where it names none of them."""


class Vault:
    """Names by reference. ``scope`` (a unit, an office) keeps namesakes apart."""

    def __init__(self, engine: Engine, without: Without) -> None:
        self._engine = engine
        self._without = without

    def create_tables(self) -> None:
        """Create the tables that are missing."""
        create_tables(self._engine, metadata, TURN)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def person(self, name: str, scope: str) -> PersonRef:
        """The reference of a person; the same name in the same scope is the same person."""
        return self.people([(name, scope)])[name, scope]

    def people(
        self, wanted: Iterable[tuple[str, str]], *, dry_run: bool = False
    ) -> dict[tuple[str, str], PersonRef]:
        """References of many persons in few statements; unknown ones are entered (not in a dry run).

        Keyed as written; one name in its normal form is one person. Raises ``ValueError`` for an empty name.
        """
        written = list(wanted)
        normal = {each: (normal_name(each[0]), each[1]) for each in written}
        asked = list(dict.fromkeys(normal.values()))
        if any(not name for name, _ in asked):
            raise ValueError("a person has a name")
        with self._engine.connect() as connection:
            found = _find(connection, asked)
        missing = sorted(each for each in asked if each not in found)
        if missing and dry_run:
            found |= {each: PersonRef(ref=f"p-{secrets.token_hex(8)}", commitment="") for each in missing}
        elif missing:
            found |= self._enter(missing)
        return {each: found[normal[each]] for each in written}

    def _enter(self, missing: list[tuple[str, str]]) -> dict[tuple[str, str], PersonRef]:
        """Enter those that nobody else has entered meanwhile."""
        with self._engine.begin() as connection:
            take_turn(connection, TURN)
            found = _find(connection, missing)
            new = [
                {
                    "ref": f"p-{secrets.token_hex(8)}",
                    "name": name,
                    "scope": scope,
                    "salt": secrets.token_bytes(16),
                }
                for name, scope in missing
                if (name, scope) not in found
            ]
            if new:
                connection.execute(insert(persons), new)
            return _find(connection, missing)

    def erase(self, ref: str) -> bool:
        """Delete a name, in the kept workbooks and with all uploads too, or nothing; whether it was there.

        The references in the events lead to nobody afterwards.
        """
        if not self.names([ref]):
            return False
        with self._engine.begin() as connection:
            for digest, copy in self._blanked(connection, ref):
                connection.execute(update(workbooks).where(workbooks.c.digest == digest).values(content=copy))
            connection.execute(delete(persons).where(persons.c.ref == ref))
            import_batches.forget(connection)
        self.forget_journal()
        return True

    def _blanked(self, connection: Connection, ref: str) -> Iterator[tuple[str, bytes]]:
        """Each kept workbook that has the person's name, as the copy without it."""
        name = connection.execute(select(persons.c.name).where(persons.c.ref == ref)).scalar_one_or_none()
        if name is None:
            return
        for digest in (
            connection.execute(select(workbooks.c.digest).order_by(workbooks.c.digest)).scalars().all()
        ):
            query = select(workbooks.c.content).where(workbooks.c.digest == digest)
            copy = self._without(bytes(connection.execute(query).scalar_one()), [name])
            if copy is not None:
                yield digest, copy

    def forget_journal(self) -> None:
        """Leave nothing of what was erased in a file beside the vault's own."""
        empty_journal(self._engine)

    def blanked(self, ref: str) -> dict[str, str]:
        """The kept workbooks that have this person's name, by digest, to the digest of the copy without it."""
        with self._engine.connect() as connection:
            return {digest: sha256(copy).hexdigest() for digest, copy in self._blanked(connection, ref)}

    def keep_workbook(self, digest: str, content: bytes) -> None:
        """Keep the bytes of a ledger, once. What is there already stays: a copy without a name does not get it back."""
        with self._engine.begin() as connection:
            take_turn(connection, TURN)
            there = select(workbooks.c.digest).where(workbooks.c.digest == digest)
            if connection.execute(there).first() is None:
                connection.execute(insert(workbooks).values(digest=digest, content=content))

    def workbook(self, digest: str) -> bytes | None:
        """What is kept of a ledger: its bytes, or the copy without the names that were erased."""
        with self._engine.connect() as connection:
            query = select(workbooks.c.content).where(workbooks.c.digest == digest)
            content = connection.execute(query).scalar_one_or_none()
            return None if content is None else bytes(content)

    def commitments(self) -> dict[str, str]:
        """Reference to the commitment of the name as the vault holds it now."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(persons.c.ref, persons.c.salt, persons.c.name))
            return {ref: name_commitment(ref, salt, name) for ref, salt, name in rows}

    def scopes(self, refs: Iterable[str]) -> dict[str, str]:
        """Reference to the unit or office that it was entered for."""
        return {ref: scope for ref, (_, scope) in self.entered(refs).items()}

    def names(self, refs: Iterable[str]) -> dict[str, str]:
        """Reference to name, for those the vault still holds."""
        return {ref: name for ref, (name, _) in self.entered(refs).items()}

    def entered(self, refs: Iterable[str]) -> dict[str, tuple[str, str]]:
        """The same with the unit or office that each was entered for."""
        wanted = {ref for ref in refs if ref}
        if not wanted:
            return {}
        with self._engine.connect() as connection:
            query = select(persons.c.ref, persons.c.name, persons.c.scope).where(persons.c.ref.in_(wanted))
            return {ref: (name, scope) for ref, name, scope in connection.execute(query)}

    def namesakes(self, refs: Iterable[str]) -> set[str]:
        """The references of everybody who bears the name of one of these, in whatever scope, themselves included."""
        wanted = set(refs)
        names = select(persons.c.name).where(persons.c.ref.in_(wanted))
        with self._engine.connect() as connection:
            found = connection.execute(select(persons.c.ref).where(persons.c.name.in_(names))).scalars()
            return wanted | set(found)


def _find(connection: Connection, asked: list[tuple[str, str]]) -> dict[tuple[str, str], PersonRef]:
    """Those of ``asked`` that the vault holds; nothing is remembered, since another process may erase them."""
    names = sorted({name for name, _ in asked})
    rows = [
        row
        for first in range(0, len(names), 500)
        for row in connection.execute(select(persons).where(persons.c.name.in_(names[first : first + 500])))
    ]
    wanted = set(asked)
    return {
        (row.name, row.scope): PersonRef(ref=row.ref, commitment=name_commitment(row.ref, row.salt, row.name))
        for row in rows
        if (row.name, row.scope) in wanted
    }
