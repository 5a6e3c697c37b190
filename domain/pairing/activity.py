"""One activity: held, perhaps corrected, perhaps voided."""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from domain.kernel.decisions import demand
from domain.kernel.errors import Rejected
from domain.kernel.parties import parties
from domain.kernel.person import PersonRef
from domain.kernel.span import Span
from domain.kernel.values import (
    Choice,
    Count,
    Happened,
    Key,
    KeyOf,
    Many,
    OptionalLine,
    OptionalWords,
    PairingKey,
    Points,
    Text,
    Today,
    Words,
)
from domain.pairing import clauses, events
from domain.pairing.days import demand_happened, demand_within

Topic = Annotated[str, Text(200)]
Tags = Annotated[tuple[events.ActivityTag, ...], Many(Choice(events.ActivityTag), least=0, most=20)]

Hours = Annotated[int, Points(1, 20_000)]
"""Hours of a training, to 0.01 hours, at most 200."""
TAUGHT = (events.ActivityKind.TRAINING, events.ActivityKind.LECTURE)
"""Kinds of activities that have hours and a teacher."""
Others = Annotated[tuple[str, ...], Many(KeyOf("pairing"), most=20)]


class Attestation(enum.Enum):
    """What the village says of an entry. ``UNHEARD``: nothing yet, or not since it was corrected; ``MAINTAINED``: the unit
    stands by what the village disputes; ``SETTLED``: the office found that it stands.
    """

    UNHEARD = "unheard"
    ATTESTED = "attested"
    DISPUTED = "disputed"
    MAINTAINED = "maintained"
    SETTLED = "settled"


HEARD_WITHIN_DAYS = 30
"""Days from the report within which the village is asked; one that says nothing has no objection (practice, as for
objections to a conclusion, 《政府督查工作条例》 art. 17)."""
_IN_DISPUTE = (Attestation.DISPUTED, Attestation.MAINTAINED)


@dataclass(frozen=True)
class Activity:
    """``activity_id`` is empty until it is recorded. ``shared_with``: further pairings that it was entered for;
    ``judged_with``: activities that somebody judged it to be the same as, or another than.
    """

    activity_id: str = ""
    pairing_id: str = ""
    branch: str = ""
    village: str = ""
    reported_on: date | None = None
    held: events.ActivityHeld | events.ActivityCorrected | None = None
    described: events.ActivityDescribed | None = None
    taught: events.TrainingDescribed | None = None
    voided: bool = False
    attestation: Attestation = Attestation.UNHEARD
    shared_with: frozenset[str] = frozenset()
    judged_with: frozenset[str] = frozenset()

    def record_activity(
        self,
        *,
        activity_id: Key,
        pairing_id: PairingKey,
        branch: str,
        village: str,
        kind: events.ActivityKind,
        topic: Topic,
        held_on: Happened,
        participants: Count,
        persons_visited: Count | None,
        reported_on: date | None,
        within: Span,
        near: str,
        today: Today,
    ) -> events.ActivityHeld:
        """Record what the pairing did together on ``held_on``, reported on ``reported_on``. ``within``: how long the
        pairing lasts. ``near``: the topic of an activity on record of the same day and kind
        with the same ``likeness``, empty where there is none or somebody said that this is another.
        """
        demand(not self.activity_id, clauses.RECORDED_ONCE, topic)
        demand(not near, clauses.ASKED_IF_SAME, near)
        _demand_sound(kind, persons_visited)
        demand_happened(reported_on or held_on, today)
        demand_happened(held_on, reported_on or today)
        demand_within(within, held_on)
        return events.ActivityHeld(
            activity_id=activity_id,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            kind=kind,
            topic=topic,
            held_on=held_on,
            participants=participants,
            persons_visited=persons_visited,
            reported_on=reported_on,
        )

    def correct_activity(
        self,
        *,
        kind: events.ActivityKind,
        topic: Topic,
        held_on: Happened,
        participants: Count,
        persons_visited: Count | None,
        because: Words,
        within: Span,
        today: Today,
        reported_on: date | None = None,
    ) -> events.ActivityCorrected:
        """State the right values; the day it was first reported stays, unless ``reported_on`` says that that was wrong, too."""
        self.correct_activity_allowed()
        _demand_sound(kind, persons_visited)
        _demand_heads(participants, self.described.distinct_persons if self.described else None)
        demand_happened(reported_on or held_on, today)
        demand_happened(held_on, reported_on or today)
        demand_within(within, held_on)
        return events.ActivityCorrected(
            **parties(self),
            activity_id=self.activity_id,
            kind=kind,
            topic=topic,
            held_on=held_on,
            participants=participants,
            persons_visited=persons_visited,
            because=because,
            reported_on=reported_on or self.reported_on,
        )

    def correct_activity_allowed(self) -> None:
        """Refuse where there is none, or it was voided."""
        demand(bool(self.activity_id), clauses.RECORDED_FIRST)
        demand(not self.voided, clauses.VOIDED_ONCE)

    def void_activity(self, *, because: Words, voided_on: Today) -> events.ActivityVoided:
        """Take the entry out of all counts; it stays readable."""
        self.void_activity_allowed()
        return events.ActivityVoided(
            **parties(self),
            activity_id=self.activity_id,
            because=because,
            voided_on=voided_on,
            reported_on=voided_on,
        )

    void_activity_allowed = correct_activity_allowed

    def describe_activity(
        self,
        *,
        venue: OptionalLine,
        host: OptionalLine,
        quantity: Count | None,
        measure_unit: events.MeasureUnit | None,
        distinct_persons: Count | None,
        tags: Tags,
        notes: OptionalWords,
    ) -> events.ActivityDescribed:
        """Say more of it: ``quantity`` is counted in ``measure_unit``; ``distinct_persons`` are no more than the
        participants. No tag is named twice.
        """
        held = self.describe_activity_allowed()
        demand((quantity is None) == (measure_unit is None), clauses.QUANTITY_HAS_ITS_UNIT, str(quantity))
        _demand_heads(held.participants, distinct_persons)
        return events.ActivityDescribed(
            **parties(self),
            activity_id=self.activity_id,
            held_on=held.held_on,
            venue=venue,
            host=host,
            notes=notes,
            quantity=quantity,
            measure_unit=measure_unit,
            distinct_persons=distinct_persons,
            tags=tuple(each for each in events.ActivityTag if each in tags),
        )

    def describe_activity_allowed(self) -> events.ActivityHeld | events.ActivityCorrected:
        """What is on record."""
        self.correct_activity_allowed()
        if self.held is None:
            raise Rejected(clauses.RECORDED_FIRST)
        return self.held

    def describe_training(
        self, *, hours_hundredths: Hours, teacher: PersonRef | None, teacher_office: OptionalLine
    ) -> events.TrainingDescribed:
        """Say how long it took and who taught, from which unit; the whole is stated each time."""
        held = self.describe_training_allowed()
        return events.TrainingDescribed(
            **parties(self),
            activity_id=self.activity_id,
            held_on=held.held_on,
            hours_hundredths=hours_hundredths,
            teacher=teacher,
            teacher_office=teacher_office,
        )

    def describe_training_allowed(self) -> events.ActivityHeld | events.ActivityCorrected:
        """What is on record; refuse where it is neither a training nor a lecture."""
        held = self.describe_activity_allowed()
        demand(held.kind in TAUGHT, clauses.TRAINING_HAS_HOURS, held.kind)
        return held

    def share_activity(
        self, *, pairings: Others, into: tuple[str, ...], of_unit: bool, already: bool
    ) -> events.ActivityShared:
        """Enter it, with its tags as they are now, for other pairings of the unit, which held it together. ``into``: the id of
        each entry; ``of_unit``: all are the unit's; ``already``: one of them has one like it.
        """
        held = self.describe_activity_allowed()
        demand(of_unit, clauses.SHARED_WITHIN_THE_UNIT)
        twice = already or not {self.pairing_id, *self.shared_with}.isdisjoint(pairings)
        demand(not twice, clauses.SHARED_ONCE)
        return events.ActivityShared(
            **parties(self), activity_id=self.activity_id, held_on=held.held_on, pairings=pairings, into=into
        )

    share_activity_allowed = correct_activity_allowed

    def judge_likeness(
        self,
        *,
        other: Annotated[str, KeyOf("activity")],
        verdict: events.LikenessVerdict,
        because: Words,
        other_stands: bool,
        today: Today,
    ) -> Sequence[events.LikenessJudged | events.ActivityVoided]:
        """Say what this entry and the ``other`` are; of the same one entered twice this one is voided, and ``other_stands``."""
        self.judge_likeness_allowed()
        demand(other != self.activity_id and other_stands, clauses.JUDGED_OF_TWO, other)
        judged = events.LikenessJudged(
            **parties(self),
            activity_id=self.activity_id,
            other_id=other,
            verdict=verdict,
            because=because,
            judged_on=today,
        )
        if verdict is not events.LikenessVerdict.SAME:
            return [judged]
        return [judged, self.void_activity(because=because, voided_on=today)]

    judge_likeness_allowed = correct_activity_allowed

    def attest_activity(self, *, today: Today) -> events.ActivityAttested:
        """The village confirms the entry, also one that it disputed before."""
        self.attest_activity_allowed()
        return events.ActivityAttested(**parties(self), activity_id=self.activity_id, attested_on=today)

    def attest_activity_allowed(self) -> None:
        """Refuse where the village has confirmed it as it is, or the office has settled it."""
        self.correct_activity_allowed()
        demand(self.attestation is not Attestation.ATTESTED, clauses.ATTESTED_ONCE)
        demand(self.attestation is not Attestation.SETTLED, clauses.SETTLED_ONCE)

    def dispute_activity(self, *, because: Words, today: Today) -> events.ActivityDisputed:
        """The village says what is not so, also of what it confirmed before."""
        self.dispute_activity_allowed()
        return events.ActivityDisputed(
            **parties(self), activity_id=self.activity_id, because=because, disputed_on=today
        )

    def dispute_activity_allowed(self) -> None:
        """Refuse where it is in dispute already, or the office has settled it."""
        self.correct_activity_allowed()
        demand(self.attestation not in _IN_DISPUTE, clauses.DISPUTED_ONCE)
        demand(self.attestation is not Attestation.SETTLED, clauses.SETTLED_ONCE)

    def maintain_activity(self, *, because: Words, today: Today) -> events.ActivityMaintained:
        """The unit stands by its entry and says why."""
        self.maintain_activity_allowed()
        return events.ActivityMaintained(
            **parties(self), activity_id=self.activity_id, because=because, maintained_on=today
        )

    def maintain_activity_allowed(self) -> None:
        """Refuse where the village disputes nothing, or the unit has answered."""
        self.correct_activity_allowed()
        demand(self.attestation in _IN_DISPUTE, clauses.DISPUTED_FIRST)
        demand(self.attestation is Attestation.DISPUTED, clauses.ANSWERED_ONCE)

    def settle_dispute(
        self, *, stands: bool, because: Words, today: Today
    ) -> Sequence[events.DisputeSettled | events.ActivityVoided]:
        """The office finds whether the entry ``stands``; one that does not is voided. One that stands with other values is
        corrected instead.
        """
        self.settle_dispute_allowed()
        settled = events.DisputeSettled(
            **parties(self), activity_id=self.activity_id, stands=stands, because=because, settled_on=today
        )
        return [settled] if stands else [settled, self.void_activity(because=because, voided_on=today)]

    def settle_dispute_allowed(self) -> None:
        """Refuse where nothing is in dispute."""
        self.correct_activity_allowed()
        demand(self.attestation in _IN_DISPUTE, clauses.DISPUTED_FIRST)

    def after(self, event: events.PairingEvent) -> Activity:
        match event:
            case events.ActivityHeld():
                return Activity(
                    event.activity_id,
                    event.pairing_id,
                    event.branch,
                    event.village,
                    event.reported_on,
                    event,
                )
            case events.ActivityCorrected():
                return replace(
                    self, held=event, reported_on=event.reported_on, attestation=Attestation.UNHEARD
                )
            case events.ActivityDescribed():
                return replace(self, described=event)
            case events.TrainingDescribed():
                return replace(self, taught=event)
            case events.ActivityShared():
                return replace(self, shared_with=self.shared_with.union(event.pairings))
            case events.LikenessJudged():
                return replace(self, judged_with=self.judged_with | {event.other_id})
            case events.ActivityVoided():
                return replace(self, voided=True)
            case events.ActivityAttested():
                return replace(self, attestation=Attestation.ATTESTED)
            case events.ActivityDisputed():
                return replace(self, attestation=Attestation.DISPUTED)
            case events.ActivityMaintained():
                return replace(self, attestation=Attestation.MAINTAINED)
            case events.DisputeSettled():
                return replace(self, attestation=Attestation.SETTLED)
        return self


def likeness(topic: str) -> str:
    """What two spellings of one topic have in common: its letters and digits in their compatibility form (NFKC)."""
    plain = unicodedata.normalize("NFKC", topic).casefold()
    return "".join(each for each in plain if unicodedata.category(each)[0] in "LN")


def _demand_sound(kind: events.ActivityKind, persons_visited: int | None) -> None:
    is_visit = kind is events.ActivityKind.CONDOLENCE_VISIT
    named = persons_visited is not None
    demand(is_visit == named, clauses.VISIT_NAMES_ITS_COUNT, str(persons_visited))


def _demand_heads(participants: int, distinct_persons: int | None) -> None:
    fits = distinct_persons is None or distinct_persons <= participants
    demand(fits, clauses.NO_MORE_PERSONS_THAN_HEADS, f"{distinct_persons} > {participants}")
