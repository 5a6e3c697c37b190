"""The numbers of the appeals filed in one year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from domain.appeal.events import AppealEvent, AppealNumbered


@dataclass(frozen=True)
class AppealNumbers:
    """``given``: number to the id of the appeal that has it, in their order."""

    given: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def number_appeal(self, *, appeal_id: str, pairing_id: str, numbered_on: date) -> AppealNumbered:
        """Give the next number of the year to an appeal."""
        year = numbered_on.year
        return AppealNumbered(
            appeal_id=appeal_id,
            pairing_id=pairing_id,
            year=year,
            number=self.next_number(year),
            numbered_on=numbered_on,
        )

    def next_number(self, year: int) -> str:
        """The number that the next appeal of the year gets."""
        return f"SS{year}-{len(self.given) + 1:03d}"

    def after(self, event: AppealEvent) -> AppealNumbers:
        if isinstance(event, AppealNumbered):
            return AppealNumbers({**self.given, event.number: event.appeal_id})
        return self
