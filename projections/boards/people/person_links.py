"""Which references into the vault are said to be one person."""

from __future__ import annotations

from sqlalchemy import Column, Connection, String, select

from domain.account.events import PersonLinkEvent, PersonsLinked, PersonsUnlinked
from projections.kit.columns import known, said, versioned_table
from projections.kit.writer import Writer

person_links = versioned_table(
    "person_link", Column("link", String(120), nullable=False), *said(PersonsLinked, "ref", "other")
)


def _id(event: PersonLinkEvent) -> str:
    return "/".join(sorted((event.ref, event.other)))


def link(write: Writer, event: PersonsLinked) -> None:
    """Two references are one person."""
    write.put(person_links, link=_id(event))


def unlink(write: Writer, event: PersonsUnlinked) -> None:
    """They are two after all."""
    write.end(person_links, _id(event))


def links(connection: Connection, known_at: int | None = None) -> frozenset[frozenset[str]]:
    """The pairs as known at a position, now by default."""
    c = person_links.c
    rows = connection.execute(select(c.ref, c.other).where(known(person_links, known_at)))
    return frozenset(frozenset({row.ref, row.other}) for row in rows)
