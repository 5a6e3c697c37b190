"""Evidence behind a figure: reviewed by one person, where it matters by a second, and samples anybody can draw again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, TypeVar

from domain.assessment.year import clauses, events
from domain.kernel.decisions import demand
from domain.kernel.parties import parties
from domain.kernel.person import Persons
from domain.kernel.values import Actor, OptionalWords, Text, Today, Whole, YearKey

V = TypeVar("V", bound=events.EvidenceEvent)
Seed = Annotated[str, Text(200)]
Percent = Annotated[int, Whole(1, 100)]


@dataclass(frozen=True)
class Item:
    """The event at ``position`` whose evidence is looked at: for which year's indicator it counts, and who entered it."""

    position: int
    year: int
    pairing_id: str
    branch: str
    village: str
    indicator: str
    reference: str
    entered_by: tuple[str, ...]


@dataclass(frozen=True)
class EvidenceReview:
    """Stream ``evidence-<position>``: what lasts is looked at once for each year in which it counts.

    What was rejected twice counts nowhere; one rejection alone changes nothing. Both by year.
    """

    first: Mapping[int, events.EvidenceReviewed] = field(default_factory=dict)
    second: Mapping[int, events.EvidenceReviewedAgain] = field(default_factory=dict)

    def review_evidence(
        self,
        *,
        item: Item,
        verdict: events.Verdict,
        because: OptionalWords,
        reviewed_by: Actor,
        today: Today,
        persons: Persons,
    ) -> events.EvidenceReviewed:
        """The first verdict."""
        demand(item.year not in self.first, clauses.REVIEWED_ONCE, str(item.position))
        return _reviewed(events.EvidenceReviewed, item, verdict, because, reviewed_by, today, persons)

    def review_evidence_again(
        self,
        *,
        item: Item,
        verdict: events.Verdict,
        because: OptionalWords,
        reviewed_by: Actor,
        today: Today,
        persons: Persons,
    ) -> events.EvidenceReviewedAgain:
        """The second verdict, by another person, which settles it whatever the first one was."""
        demand(item.year in self.first, clauses.REVIEWED_FIRST, str(item.position))
        demand(item.year not in self.second, clauses.REVIEWED_AGAIN_ONCE, str(item.position))
        first = self.first[item.year]
        demand(not persons.meet(reviewed_by, first.reviewed_by), clauses.SECOND_PERSON, reviewed_by)
        same = replace(item, indicator=first.indicator)
        return _reviewed(events.EvidenceReviewedAgain, same, verdict, because, reviewed_by, today, persons)

    def after(self, event: events.AssessmentEvent) -> EvidenceReview:
        match event:
            case events.EvidenceReviewed():
                return replace(self, first={**self.first, event.year: event})
            case events.EvidenceReviewedAgain():
                return replace(self, second={**self.second, event.year: event})
        return self


def _reviewed(
    verdict_as: type[V],
    item: Item,
    verdict: events.Verdict,
    because: str,
    reviewed_by: str,
    today: date,
    persons: Persons,
) -> V:
    demand(not persons.meet(reviewed_by, *item.entered_by), clauses.OTHERS_REVIEW, reviewed_by)
    explained = verdict is events.Verdict.ACCEPTED or bool(because.strip())
    demand(explained, clauses.REJECTION_EXPLAINED, str(item.position))
    return verdict_as(
        item=item.position,
        year=item.year,
        **parties(item),
        indicator=item.indicator,
        reference=item.reference,
        verdict=verdict,
        because=because.strip(),
        reviewed_by=reviewed_by,
        reviewed_on=today,
    )


def draw(seed: str, population: Iterable[int], percent: int) -> tuple[int, ...]:
    """The sample of ``percent`` of the population, rounded up, sorted.

    The items are put in the order of SHA-256(``seed|item``) in hex, and the first are taken: anybody who knows the seed
    and the population draws the same, with a sheet of paper if need be, and nobody can steer it once both are fixed.
    """
    items = sorted(set(population))
    size = -(-len(items) * percent // 100)
    shuffled = sorted(items, key=lambda item: hashlib.sha256(f"{seed}|{item}".encode()).hexdigest())
    return tuple(sorted(shuffled[:size]))


@dataclass(frozen=True)
class EvidenceSamples:
    """Stream ``evidence-samples-<year>``."""

    samples: tuple[events.EvidenceSampleDrawn, ...] = ()

    def draw_sample(
        self,
        *,
        sample_id: str,
        year: YearKey,
        seed: Seed,
        percent: Percent,
        population: Collection[int],
        drawn_by: Actor,
        today: Today,
    ) -> events.EvidenceSampleDrawn:
        """Draw ``percent`` of the population for a second look; all that is needed to draw it again is kept."""
        items = tuple(sorted(set(population)))
        demand(bool(items), clauses.POPULATION_THERE, str(year))
        demand(seed not in {each.seed for each in self.samples}, clauses.SEED_NEW, seed)
        return events.EvidenceSampleDrawn(
            sample_id=sample_id,
            year=year,
            number=len(self.samples) + 1,
            seed=seed,
            percent=percent,
            population=items,
            items=draw(seed, items, percent),
            drawn_by=drawn_by,
            drawn_on=today,
        )

    def after(self, event: events.AssessmentEvent) -> EvidenceSamples:
        match event:
            case events.EvidenceSampleDrawn():
                return EvidenceSamples((*self.samples, event))
        return self
