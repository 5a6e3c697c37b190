"""Model cases and on-site meetings: recorded once, perhaps corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.kernel.decisions import demand
from domain.kernel.errors import Rejected
from domain.kernel.parties import parties
from domain.kernel.span import Span
from domain.kernel.values import Happened, Key, Line, PairingKey, Today, Words
from domain.pairing import clauses, events
from domain.pairing.days import demand_begun, demand_happened, demand_within


@dataclass(frozen=True)
class ModelCase:
    """One publication of a case at one level; ``published`` is ``None`` until it is recorded, then the right values."""

    published: events.CasePublished | events.CaseCorrected | None = None
    voided: bool = False

    def publish_case(
        self,
        *,
        case_id: Key,
        pairing_id: PairingKey,
        branch: str,
        village: str,
        case_name: Line,
        level: events.CaseLevel,
        published_on: Happened,
        within: Span,
        today: Today,
    ) -> events.CasePublished:
        """Record that a model case was published at ``level``, perhaps after the pairing's end."""
        demand(self.published is None, clauses.RECORDED_ONCE, case_name)
        demand_happened(published_on, today)
        demand_begun(within, published_on)
        return events.CasePublished(
            case_id=case_id,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            case_name=case_name,
            level=level,
            published_on=published_on,
        )

    def correct_case(
        self,
        *,
        case_name: Line,
        level: events.CaseLevel,
        published_on: Happened,
        because: Words,
        within: Span,
        today: Today,
    ) -> events.CaseCorrected:
        """State the right values, with a reason."""
        wrong = self.correct_case_allowed()
        demand_happened(published_on, today)
        demand_begun(within, published_on)
        return events.CaseCorrected(
            **parties(wrong),
            case_id=wrong.case_id,
            case_name=case_name,
            level=level,
            published_on=published_on,
            case_name_before=wrong.case_name,
            level_before=wrong.level,
            published_before=wrong.published_on,
            because=because,
        )

    def correct_case_allowed(self) -> events.CasePublished | events.CaseCorrected:
        """What is on record."""
        if self.published is None:
            raise Rejected(clauses.RECORDED_FIRST)
        demand(not self.voided, clauses.VOIDED_ONCE)
        return self.published

    def void_case(self, *, because: Words, today: Today) -> events.CaseVoided:
        """It was never published so."""
        wrong = self.correct_case_allowed()
        return events.CaseVoided(
            **parties(wrong),
            case_id=wrong.case_id,
            case_name=wrong.case_name,
            level=wrong.level,
            because=because,
            voided_on=today,
        )

    void_case_allowed = correct_case_allowed

    def after(self, event: events.PairingEvent) -> ModelCase:
        if isinstance(event, events.CaseVoided):
            return replace(self, voided=True)
        return ModelCase(event) if isinstance(event, events.CasePublished | events.CaseCorrected) else self


@dataclass(frozen=True)
class Meeting:
    """One on-site meeting; ``hosted`` is ``None`` until it is recorded, then the right day."""

    hosted: events.MeetingHosted | events.MeetingCorrected | None = None
    voided: bool = False

    def host_meeting(
        self,
        *,
        meeting_id: Key,
        pairing_id: PairingKey,
        branch: str,
        village: str,
        hosted_on: Happened,
        within: Span,
        today: Today,
    ) -> events.MeetingHosted:
        """Record that the village hosted an on-site meeting."""
        demand(self.hosted is None, clauses.RECORDED_ONCE, str(hosted_on))
        demand_happened(hosted_on, today)
        demand_within(within, hosted_on)
        return events.MeetingHosted(
            meeting_id=meeting_id,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            hosted_on=hosted_on,
        )

    def correct_meeting(
        self, *, hosted_on: Happened, because: Words, within: Span, today: Today
    ) -> events.MeetingCorrected:
        """State the right day, with a reason."""
        wrong = self.correct_meeting_allowed()
        demand_happened(hosted_on, today)
        demand_within(within, hosted_on)
        return events.MeetingCorrected(
            **parties(wrong),
            meeting_id=wrong.meeting_id,
            hosted_on=hosted_on,
            hosted_before=wrong.hosted_on,
            because=because,
        )

    def correct_meeting_allowed(self) -> events.MeetingHosted | events.MeetingCorrected:
        """What is on record."""
        if self.hosted is None:
            raise Rejected(clauses.RECORDED_FIRST)
        demand(not self.voided, clauses.VOIDED_ONCE)
        return self.hosted

    def void_meeting(self, *, because: Words, today: Today) -> events.MeetingVoided:
        """It never took place."""
        wrong = self.correct_meeting_allowed()
        return events.MeetingVoided(
            **parties(wrong),
            meeting_id=wrong.meeting_id,
            hosted_on=wrong.hosted_on,
            because=because,
            voided_on=today,
        )

    void_meeting_allowed = correct_meeting_allowed

    def after(self, event: events.PairingEvent) -> Meeting:
        if isinstance(event, events.MeetingVoided):
            return replace(self, voided=True)
        return Meeting(event) if isinstance(event, events.MeetingHosted | events.MeetingCorrected) else self
