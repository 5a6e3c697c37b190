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
    """One publication of a case at one level, or one meeting."""

    recorded: bool = False

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
        demand(not self.recorded, clauses.RECORDED_ONCE, case_name)
        demand_happened(published_on, today)
        demand_begun(within, published_on)
        return CasePublished(
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            case_name=case_name,
            level=level,
            published_on=published_on,
        )

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
        demand(not self.recorded, clauses.RECORDED_ONCE, str(hosted_on))
        demand_happened(hosted_on, today)
        demand_within(within, hosted_on)
        return MeetingHosted(pairing_id=pairing_id, branch=branch, village=village, hosted_on=hosted_on)

    def after(self, event: PairingEvent) -> Recognition:
        return Recognition(recorded=True)
