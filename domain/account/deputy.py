"""Somebody who acts for an account for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.account.events import DeputyNamed
from domain.kernel.span import Span

LONGEST = 92
"""Days of a deputy at most, the first and the last included: a quarter. [default]"""


@dataclass(frozen=True)
class Deputyship:
    """A deputy's time that nobody has ended."""

    named: DeputyNamed

    @property
    def span(self) -> Span:
        """The days on which the deputy may act."""
        return Span(self.named.from_on, self.named.until_on)

    def is_over(self, day: date) -> bool:
        """Whether the last day has passed."""
        return day > self.named.until_on

    def concerns(self, username: str) -> bool:
        """Whether the account is the deputy's, or the one that is acted for."""
        return username in (self.named.username, self.named.deputy)
