"""An office that goes from one account to another on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.account.events import HandoverProposed, OfficeHandedOver
from domain.account.role import Role


@dataclass(frozen=True)
class Handover:
    """One that nobody has withdrawn; it waits for approval while it is only proposed."""

    stated: HandoverProposed | OfficeHandedOver

    def __str__(self) -> str:
        return f"{self.username} → {self.successor}, {self.stated.from_on}"

    @property
    def username(self) -> str:
        """The account that leaves."""
        return self.stated.username

    @property
    def successor(self) -> str:
        """The account that takes the office."""
        return self.stated.successor

    @property
    def role(self) -> Role:
        """What goes over."""
        return self.stated.role

    @property
    def proposed(self) -> HandoverProposed | None:
        """What waits for approval."""
        return self.stated if isinstance(self.stated, HandoverProposed) else None

    def is_due(self, day: date) -> bool:
        """Whether the office is in other hands on the day."""
        return self.proposed is None and self.stated.from_on <= day

    def concerns(self, username: str) -> bool:
        """Whether the account leaves, or takes the office."""
        return username in (self.username, self.successor)
