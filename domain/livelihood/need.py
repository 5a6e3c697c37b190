"""A village's need: raised, matched, met, confirmed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from domain.kernel.decisions import demand, demanded
from domain.kernel.span import Span
from domain.kernel.values import (
    Happened,
    Key,
    KeyOf,
    Line,
    PairingKey,
    Today,
    VillageKey,
    Whole,
    Words,
)
from domain.livelihood import clauses, events
from domain.livelihood.days import demand_happened, demand_within

OfPairing = Annotated[str, KeyOf("pairing", may_be_empty=True)]
"""The pairing that is meant, empty where none is yet."""
Rating = Annotated[int, Whole(1, 5)]


@dataclass(frozen=True)
class Need:
    """``need_id`` is empty until it is raised; a day is ``None`` until that step was taken."""

    need_id: str = ""
    number: str = ""
    village: str = ""
    pairing_id: str = ""
    category: events.Category | None = None
    content: str = ""
    raised_on: date | None = None
    branch: str = ""
    matched_on: date | None = None
    met_on: date | None = None
    confirmed_on: date | None = None
    rating: int | None = None

    def raise_need(
        self,
        *,
        need_id: Key,
        number: Line,
        village: VillageKey,
        pairing_id: OfPairing,
        category: events.Category,
        content: Words,
        raised_on: Happened,
        of_village: bool,
        today: Today,
    ) -> events.NeedRaised:
        """Put a need on the village's list. ``of_village``: the pairing is the village's, where one is stated."""
        demand(not self.need_id, clauses.RECORDED_ONCE, number)
        demand(of_village, clauses.PAIRED_WITH_ITS_VILLAGE, pairing_id)
        demand_happened(raised_on, today)
        return events.NeedRaised(
            need_id=need_id,
            number=number,
            village=village,
            pairing_id=pairing_id,
            category=category,
            content=content,
            raised_on=raised_on,
        )

    def match_need(
        self,
        *,
        pairing_id: PairingKey,
        branch: str,
        of_village: bool,
        matched_on: Happened,
        within: Span,
        today: Today,
    ) -> events.NeedMatched:
        """A unit takes the need on. ``of_village``: its pairing is with the village; ``within``: how long that lasts."""
        raised_on, category = self.match_need_allowed()
        demand(of_village, clauses.PAIRED_WITH_ITS_VILLAGE, pairing_id)
        demand(matched_on >= raised_on, clauses.IN_ORDER, f"{matched_on} < {raised_on}")
        demand_happened(matched_on, today)
        demand_within(within, matched_on)
        return events.NeedMatched(
            need_id=self.need_id,
            village=self.village,
            pairing_id=pairing_id,
            pairing_before=self.pairing_id,
            branch=branch,
            category=category,
            raised_on=raised_on,
            matched_on=matched_on,
        )

    def match_need_allowed(self) -> tuple[date, events.Category]:
        """When it was raised, and of what category it is."""
        raised_on = demanded(self.raised_on, clauses.RAISED_FIRST)
        category = demanded(self.category, clauses.RAISED_FIRST)
        demand(self.matched_on is None, clauses.RECORDED_ONCE, f"{self.number}: {self.matched_on}")
        return raised_on, category

    def meet_need(self, *, met_on: Happened, today: Today) -> events.NeedMet:
        """The unit reports the need as met."""
        matched_on = self.meet_need_allowed()
        demand(met_on >= matched_on, clauses.IN_ORDER, f"{met_on} < {matched_on}")
        demand_happened(met_on, today)
        return events.NeedMet(need_id=self.need_id, pairing_id=self.pairing_id, met_on=met_on)

    def meet_need_allowed(self) -> date:
        """When it was matched."""
        matched_on = demanded(self.matched_on, clauses.MATCHED_FIRST, self.number)
        demand(self.met_on is None, clauses.RECORDED_ONCE, f"{self.number}: {self.met_on}")
        return matched_on

    def confirm_need(
        self, *, confirmed_on: Happened, rating: Rating | None, today: Today
    ) -> events.NeedConfirmed:
        """The village confirms, and may rate from 1 to 5. [考核细则 D1, D3]"""
        met_on = self.confirm_need_allowed()
        demand(confirmed_on >= met_on, clauses.IN_ORDER, f"{confirmed_on} < {met_on}")
        demand_happened(confirmed_on, today)
        return events.NeedConfirmed(
            need_id=self.need_id,
            pairing_id=self.pairing_id,
            confirmed_on=confirmed_on,
            rating=rating,
        )

    def confirm_need_allowed(self) -> date:
        """When it was met."""
        met_on = demanded(self.met_on, clauses.MET_FIRST)
        demand(self.confirmed_on is None, clauses.RECORDED_ONCE, f"{self.number}: {self.confirmed_on}")
        return met_on

    def after(self, event: events.LivelihoodEvent) -> Need:
        match event:
            case events.NeedRaised():
                return Need(
                    event.need_id,
                    event.number,
                    event.village,
                    event.pairing_id,
                    event.category,
                    event.content,
                    event.raised_on,
                )
            case events.NeedMatched():
                return replace(
                    self,
                    pairing_id=event.pairing_id,
                    branch=event.branch,
                    matched_on=event.matched_on,
                )
            case events.NeedMet():
                return replace(self, met_on=event.met_on)
            case events.NeedConfirmed():
                return replace(self, confirmed_on=event.confirmed_on, rating=event.rating)
        return self
