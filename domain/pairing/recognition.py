"""Model cases and on-site meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.kernel.decisions import demand
from domain.kernel.span import Span
from domain.pairing import clauses
from domain.pairing.days import demand_begun, demand_happened, demand_within
from domain.pairing.events import CaseLevel, CasePublished, MeetingHosted, PairingEvent


@dataclass(frozen=True)
class Recognition:
    """One publication of a case at one level, or one meeting; ``None`` until it is recorded."""

    recorded: PairingEvent | None = None

    def publish_case(
        self,
        *,
        pairing_id: str,
        branch: str,
        village: str,
        case_name: str,
        level: CaseLevel,
        published_on: date,
        within: Span | None,
        today: date,
    ) -> CasePublished:
        """Record that a model case was published at ``level``, perhaps after the pairing's end."""
        published = CasePublished(
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            case_name=case_name,
            level=level,
            published_on=published_on,
        )
        self._demand_new(published, case_name)
        demand_happened(published_on, today)
        demand_begun(within, published_on)
        return published

    def host_meeting(
        self,
        *,
        pairing_id: str,
        branch: str,
        village: str,
        hosted_on: date,
        within: Span | None,
        today: date,
    ) -> MeetingHosted:
        """Record that the village hosted an on-site meeting."""
        hosted = MeetingHosted(pairing_id=pairing_id, branch=branch, village=village, hosted_on=hosted_on)
        self._demand_new(hosted, str(hosted_on))
        demand_happened(hosted_on, today)
        demand_within(within, hosted_on)
        return hosted

    def _demand_new(self, stated: PairingEvent, what: str) -> None:
        """Not the same again; and not the same case at the same level on another day."""
        demand(self.recorded != stated, clauses.RECORDED_ONCE, what)
        demand(self.recorded is None, clauses.LEDGER_DIFFERS, what)

    def after(self, event: PairingEvent) -> Recognition:
        return Recognition(event)
