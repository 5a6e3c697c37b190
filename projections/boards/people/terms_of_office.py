"""What each account was for, from which day to which."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Connection, Date, String, select

from projections.kit.columns import known, versioned_table
from projections.kit.rows import Row
from projections.kit.writer import Writer

terms_of_office = versioned_table(
    "term_of_office",
    Column("term_id", String(90), nullable=False),
    Column("username", String(60), nullable=False),
    Column("role", String(20), nullable=False),
    Column("began_on", Date, nullable=False),
    Column("ended_on", Date),
)
"""``ended_on``: the first day on which it had the role no more; it may lie ahead, as ``began_on`` may."""


@dataclass(frozen=True)
class TermOfOffice:
    """An account had a role from ``began_on`` until the day before ``ended_on``, or has it still."""

    username: str
    role: str
    began_on: date
    ended_on: date | None


def begin_term(write: Writer, username: str, role: str, day: date) -> None:
    """It has the role from the day on."""
    term_id = f"{username}/{write.recorded.position}"
    write.add(terms_of_office, term_id=term_id, username=username, role=role, began_on=day, ended_on=None)


def end_terms(write: Writer, username: str, day: date) -> None:
    """What it has begun to be, it is until the day."""
    for key, row in _of(write, username):
        if row["began_on"] <= day and (row["ended_on"] is None or day < row["ended_on"]):
            write.change(terms_of_office, key, ended_on=day)


def keep_terms(write: Writer, username: str, successor: str, today: date) -> None:
    """What would have passed from one to the other stays where it is."""
    for key, row in _of(write, username):
        if row["ended_on"] is not None and row["ended_on"] > today:
            write.change(terms_of_office, key, ended_on=None)
    for key, row in _of(write, successor):
        if row["began_on"] > today:
            write.end(terms_of_office, key)


def _of(write: Writer, username: str) -> Iterator[tuple[str, Row]]:
    for (key,) in write.distinct(terms_of_office, ("term_id",), username=username):
        row = write.get(terms_of_office, key)
        if row is not None:
            yield key, row


def terms_of(
    connection: Connection, usernames: Collection[str], known_at: int | None = None
) -> list[TermOfOffice]:
    """Of these accounts, by their first days."""
    c = terms_of_office.c
    query = select(c.username, c.role, c.began_on, c.ended_on)
    query = query.where(known(terms_of_office, known_at), c.username.in_(usernames))
    return [TermOfOffice(*row) for row in connection.execute(query.order_by(c.began_on, c.username))]
