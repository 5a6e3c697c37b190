"""One activity: held, perhaps corrected, perhaps voided."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from domain.kernel.decisions import demand
from domain.kernel.parties import parties
from domain.kernel.span import Span
from domain.kernel.values import Count, Happened, Key, PairingKey, Text, Today, Words
from domain.pairing import clauses, events
from domain.pairing.days import demand_happened, demand_within

Topic = Annotated[str, Text(200)]


@dataclass(frozen=True)
class Activity:
    """``activity_id`` is empty until it is recorded."""

    activity_id: str = ""
    pairing_id: str = ""
    branch: str = ""
    village: str = ""
    reported_on: date | None = None
    voided: bool = False

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

    def after(self, event: events.PairingEvent) -> Activity:
        match event:
            case events.ActivityHeld():
                return Activity(
                    event.activity_id,
                    event.pairing_id,
                    event.branch,
                    event.village,
                    event.reported_on,
                )
            case events.ActivityCorrected():
                return replace(self, reported_on=event.reported_on)
            case events.ActivityVoided():
                return replace(self, voided=True)
        return self


def likeness(topic: str) -> str:
    """What two spellings of one topic have in common: its letters and digits in their compatibility form (NFKC)."""
    plain = unicodedata.normalize("NFKC", topic).casefold()
    return "".join(each for each in plain if unicodedata.category(each)[0] in "LN")


def _demand_sound(kind: events.ActivityKind, persons_visited: int | None) -> None:
    is_visit = kind is events.ActivityKind.CONDOLENCE_VISIT
    named = persons_visited is not None
    demand(is_visit == named, clauses.VISIT_NAMES_ITS_COUNT, str(persons_visited))
