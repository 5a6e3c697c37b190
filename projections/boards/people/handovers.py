"""Which offices went, or will go, from one account to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Connection, Date, String, or_, select

from domain.account.events import HandoverProposed, HandoverWithdrawn, OfficeHandedOver
from projections.kit.columns import known, said, versioned_table
from projections.kit.writer import Writer

handovers = versioned_table(
    "handover",
    Column("handover", String(80), nullable=False),
    *said(OfficeHandedOver, "username", "successor"),
    Column("role", String(20), nullable=False),
    *said(OfficeHandedOver, "from_on", "because", "proposed_by"),
    Column("arranged_by", String(60), nullable=False),
    Column("withdrawn_on", Date),
)
"""``handover``: account and number. ``arranged_by``: empty while it waits for approval."""


@dataclass(frozen=True)
class HandoverRow:
    """An office that goes, or went, from ``username`` to ``successor`` on ``from_on``, unless withdrawn. ``arranged_by``: empty
    for one that was not approved; ``known_from``: the position since which it is as it is."""

    username: str
    successor: str
    role: str
    from_on: date
    because: str
    proposed_by: str
    arranged_by: str
    withdrawn_on: date | None
    known_from: int

    @property
    def waits(self) -> bool:
        """Whether it is to be approved."""
        return not self.arranged_by and self.withdrawn_on is None

    def is_open(self, day: date) -> bool:
        """Whether it waits for approval or for its day."""
        return self.withdrawn_on is None and (not self.arranged_by or day < self.from_on)

    def is_done(self, day: date) -> bool:
        """Whether the office is in other hands on the day."""
        return self.withdrawn_on is None and bool(self.arranged_by) and self.from_on <= day


def _id(event: HandoverProposed | OfficeHandedOver | HandoverWithdrawn) -> str:
    return f"{event.username}/{event.number}"


def begin_handover(write: Writer, event: HandoverProposed | OfficeHandedOver) -> None:
    """It is proposed, or arranged; an approved one is arranged as what was proposed."""
    arranged_by = event.arranged_by if isinstance(event, OfficeHandedOver) else ""
    write.put(handovers, handover=_id(event), role=event.role.value, arranged_by=arranged_by)


def withdraw(write: Writer, event: HandoverWithdrawn) -> bool:
    """The office stays where it is. Whether the handover had been arranged."""
    row = write.get(handovers, _id(event))
    write.change(handovers, _id(event), "withdrawn_on")
    return row is not None and bool(row["arranged_by"])


def handovers_about(
    connection: Connection, username: str | None = None, known_at: int | None = None
) -> list[HandoverRow]:
    """Those in which an account has a part, or all; the newest first."""
    c = handovers.c
    query = select(handovers).where(known(handovers, known_at))
    if username is not None:
        query = query.where(or_(c.username == username, c.successor == username))
    rows = connection.execute(query.order_by(c.known_from.desc(), c.handover))
    return [
        HandoverRow(**{name: getattr(row, name) for name in HandoverRow.__dataclass_fields__}) for row in rows
    ]
