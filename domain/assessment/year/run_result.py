"""One frozen run on its way to the public: what was computed, adjusted, signed, objected to, published and served."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from domain.assessment.year import events

CHAIN = (events.SignStep.SCORING_GROUP, events.SignStep.OFFICE, events.SignStep.LEADING_GROUP)
"""Who signs after whom."""


@dataclass(frozen=True)
class ComputedGrades:
    """What a run computed: pairing to grade, and grade to its places (``None``: no quota), the best first.

    ``totals``: pairing to its points, ``least``: grade to where it begins, both in hundredths; ``vetoed``: the pairings
    that a veto strikes.
    """

    grades: Mapping[str, str]
    places: Mapping[str, int | None]
    totals: Mapping[str, int]
    least: Mapping[str, int]
    vetoed: Collection[str] = ()


@dataclass(frozen=True)
class Objection:
    """An objection and, once there is one, its answer."""

    filed: events.ObjectionFiled
    answered: events.ObjectionAnswered | None = None


@dataclass(frozen=True)
class YearDecisions:
    """What was decided on a year beside its runs, and counts from the next run on: appeals that were won, pairings that
    take part in no grade, objections that were upheld. ``ruled`` and ``upheld``: each to its number.
    """

    ruled: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    excluded: frozenset[str] = frozenset()
    upheld: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def after(self, event: events.AssessmentEvent) -> YearDecisions:
        match event:
            case events.PointsRuled() | events.FindingRuledOut():
                return replace(self, ruled={**self.ruled, event.appeal_id: event.appeal_no})
            case events.PairingExcluded():
                return replace(self, excluded=self.excluded | {event.pairing_id})
            case events.PairingIncluded():
                return replace(self, excluded=self.excluded - {event.pairing_id})
            case events.ObjectionAnswered() if event.upheld:
                return replace(self, upheld={**self.upheld, event.objection_id: event.number})
        return self


@dataclass(frozen=True)
class RunResult:
    """One frozen run on its way to the public. ``takes_in``: what had been decided when it was frozen."""

    frozen: events.RunFrozen
    takes_in: YearDecisions = YearDecisions()
    proposed: Mapping[str, events.GradeAdjustmentProposed] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """Adjustments that nobody decided on yet, by pairing."""
    approved: Mapping[str, events.GradeAdjustmentProposed] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """Those that hold, by pairing: the last one of each."""
    signatures: tuple[events.RunSigned, ...] = ()
    consented: bool = False
    notice: events.NoticeOpened | None = None
    objections: Mapping[str, Objection] = field(default_factory=lambda: MappingProxyType({}))
    closed: bool = False
    published_on: date | None = None
    served: frozenset[str] = frozenset()

    @property
    def run_no(self) -> str:
        """Its number as people write it."""
        return self.frozen.run_no

    @property
    def adjusted(self) -> dict[str, str]:
        """Pairing to the grade that an approved adjustment gave it."""
        return {pairing: each.grade_after for pairing, each in self.approved.items()}

    @property
    def next_step(self) -> events.SignStep | None:
        """Who signs next; ``None`` once the chain is complete."""
        return CHAIN[len(self.signatures)] if len(self.signatures) < len(CHAIN) else None

    @property
    def open_objections(self) -> list[str]:
        """The numbers of those not answered yet."""
        return [each.filed.number for each in self.objections.values() if each.answered is None]

    def after(self, event: events.AssessmentEvent) -> RunResult:
        match event:
            case events.GradeAdjustmentProposed():
                return replace(self, proposed={**self.proposed, event.pairing_id: event})
            case events.GradeAdjustmentApproved():
                approved = {**self.approved, event.pairing_id: self.proposed[event.pairing_id]}
                return replace(self, proposed=_without(self.proposed, event.pairing_id), approved=approved)
            case events.GradeAdjustmentRefused():
                return replace(self, proposed=_without(self.proposed, event.pairing_id))
            case events.RunConsented():
                return replace(self, consented=True)
            case events.RunSigned():
                return replace(self, signatures=(*self.signatures, event))
            case events.NoticeOpened():
                return replace(self, notice=event)
            case events.ObjectionFiled():
                return replace(self, objections={**self.objections, event.objection_id: Objection(event)})
            case events.ObjectionAnswered():
                answered = replace(self.objections[event.objection_id], answered=event)
                return replace(self, objections={**self.objections, event.objection_id: answered})
            case events.NoticeClosed():
                return replace(self, closed=True)
            case events.RunPublished():
                return replace(self, published_on=event.published_on)
            case events.ResultServed():
                return replace(self, served=self.served | {event.branch})
        return self


def _without(
    proposed: Mapping[str, events.GradeAdjustmentProposed], pairing_id: str
) -> dict[str, events.GradeAdjustmentProposed]:
    return {key: each for key, each in proposed.items() if key != pairing_id}
