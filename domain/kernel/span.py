"""How long a thing lasts, for what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """From the first to the last day, both included; ``ended_on`` is ``None`` while it lasts."""

    began_on: date
    ended_on: date | None = None

    def begins_by(self, on: date) -> bool:
        """Whether the day is not before the first."""
        return self.began_on <= on

    def includes(self, on: date) -> bool:
        """Whether the day is none before the first or after the last."""
        return self.begins_by(on) and (self.ended_on is None or on <= self.ended_on)

    def meets(self, other: Span) -> bool:
        """Whether they have a day in common."""
        return self.begins_by(other.ended_on or date.max) and other.begins_by(self.ended_on or date.max)

    def __str__(self) -> str:
        return f"{self.began_on} – {self.ended_on or '…'}"
