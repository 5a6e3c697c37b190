"""What the parts of a pairing share: which one it is, and that it lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from domain.kernel.decisions import demand
from domain.kernel.span import Span
from domain.pairing import clauses, events
from domain.pairing.days import demand_happened, demand_within


@dataclass(frozen=True)
class Paired:
    """``pairing_id`` is empty until the pairing is started."""

    pairing_id: str = ""
    branch: str = ""
    village: str = ""
    started_on: date = date.min
    ended_on: date | None = None
    ended_because: str = ""
    renewals: tuple[date, ...] = ()
    renewals_voided: tuple[date, ...] = ()
    voided: bool = False

    @property
    def span(self) -> Span:
        """How long it lasts."""
        return Span(self.started_on, self.ended_on)

    @property
    def _paired_on(self) -> tuple[date, ...]:
        return (self.started_on, *self.renewals)

    def _demand_started(self) -> None:
        demand(bool(self.pairing_id), clauses.STARTED_FIRST)
        demand(not self.voided, clauses.VOIDED_ONCE, self.pairing_id)

    def _demand_live(self, on: date, today: date) -> None:
        self._demand_started()
        demand_happened(on, today)
        demand_within(self.span, on)

    def after(self, event: events.PairingEvent) -> Self:
        """What it is once this has happened; each part knows its own events."""
        return self
