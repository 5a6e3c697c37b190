"""Who acts for whom, from which day to which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Connection, Date, String, or_, select

from domain.account.events import DeputyEnded, DeputyNamed
from projections.kit.columns import known, said, versioned_table
from projections.kit.rows import Row
from projections.kit.writer import Writer

deputyships = versioned_table(
    "deputyship",
    Column("deputyship", String(80), nullable=False),
    Column("username", String(60), nullable=False),
    Column("deputy", String(60), nullable=False),
    *said(DeputyNamed, "from_on", "until_on", "because", "named_by", "named_on"),
    Column("ended_on", Date),
)
"""``deputyship``: account and number. ``ended_on``: the day on which it was ended before its last, or ended by itself, or will
end with a handover that is arranged."""


@dataclass(frozen=True)
class DeputyRow:
    """A time for which ``deputy`` acts for ``username``. ``ended_on``: the day on which it ended before its last; from then on
    nobody acts."""

    username: str
    deputy: str
    from_on: date
    until_on: date
    because: str
    named_by: str
    named_on: date
    ended_on: date | None

    def in_force(self, day: date) -> bool:
        """Whether the deputy may act on the day."""
        return self.lasts(day) and self.from_on <= day

    def lasts(self, day: date) -> bool:
        """Whether it has begun or will, and is not over."""
        return (self.ended_on is None or day < self.ended_on) and day <= self.until_on


def _id(event: DeputyNamed | DeputyEnded) -> str:
    return f"{event.username}/{event.number}"


def name_one(write: Writer, event: DeputyNamed) -> None:
    """A deputy is named."""
    write.add(deputyships, deputyship=_id(event))


def end_one(write: Writer, event: DeputyEnded) -> None:
    """A deputy's time is ended before its last day."""
    write.change(deputyships, _id(event), "ended_on")


def end_deputies(write: Writer, username: str, day: date) -> None:
    """All that the account has a part in end on a day, with its role."""
    for key, row in _of(write, username):
        if day <= row["until_on"] and (row["ended_on"] is None or day < row["ended_on"]):
            write.change(deputyships, key, ended_on=day)


def keep_deputies(write: Writer, username: str, today: date) -> list[str]:
    """What would have ended with a handover of the account lasts after all. Who else has a part in it: it may end with a
    handover of theirs."""
    others = []
    for key, row in list(_of(write, username)):
        if row["ended_on"] is not None and today < row["ended_on"]:
            write.change(deputyships, key, ended_on=None)
            others.append(str(row["deputy"] if row["username"] == username else row["username"]))
    return others


def _of(write: Writer, username: str) -> Iterator[tuple[str, Row]]:
    for name in ("username", "deputy"):
        for (key,) in write.distinct(deputyships, ("deputyship",), **{name: username}):
            row = write.get(deputyships, key)
            if row is not None:
                yield key, row


def deputies_about(
    connection: Connection, username: str | None = None, known_at: int | None = None
) -> list[DeputyRow]:
    """Those in which an account has a part, or all; the newest first."""
    c = deputyships.c
    query = select(deputyships).where(known(deputyships, known_at))
    if username is not None:
        query = query.where(or_(c.username == username, c.deputy == username))
    rows = connection.execute(query.order_by(c.from_on.desc(), c.deputyship))
    names = DeputyRow.__dataclass_fields__
    return [DeputyRow(**{name: getattr(row, name) for name in names}) for row in rows]
