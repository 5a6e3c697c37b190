"""A village's need: raised, matched, met, confirmed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.kernel.decisions import demand
from domain.kernel.span import Span
from domain.livelihood import clauses
from domain.livelihood.days import demand_happened, demand_within
from domain.livelihood.events import (
    Category,
    LivelihoodEvent,
    NeedConfirmed,
    NeedMatched,
    NeedMet,
    NeedRaised,
)


@dataclass(frozen=True)
class Need:
    """``need_id`` is empty until it is raised; a day is ``None`` until that step was taken."""

    need_id: str = ""
    number: str = ""
    village: str = ""
    pairing_id: str = ""
    category: Category | None = None
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
        need_id: str,
        number: str,
        village: str,
        pairing_id: str,
        category: Category,
        content: str,
        raised_on: date,
        today: date,
    ) -> NeedRaised:
        """Put a need on the village's list."""
        demand(not self.need_id, clauses.RECORDED_ONCE, number)
        demand_happened(raised_on, today)
        return NeedRaised(
            need_id=need_id,
            number=number,
            village=village,
            pairing_id=pairing_id,
            category=category,
            content=content,
            raised_on=raised_on,
        )

    def match_need(
        self, *, pairing_id: str, branch: str, matched_on: date, within: Span, today: date
    ) -> NeedMatched:
        """A unit takes the need on. ``within``: how long its pairing with the village lasts."""
        demand(self.raised_on is not None, clauses.RAISED_FIRST)
        assert self.raised_on is not None and self.category is not None
        demand(
            self.matched_on is None,
            clauses.RECORDED_ONCE,
            f"{self.number}: {self.matched_on}",
        )
        demand(
            matched_on >= self.raised_on,
            clauses.IN_ORDER,
            f"{matched_on} < {self.raised_on}",
        )
        demand_happened(matched_on, today)
        demand_within(within, matched_on)
        return NeedMatched(
            need_id=self.need_id,
            village=self.village,
            pairing_id=pairing_id,
            pairing_before=self.pairing_id,
            branch=branch,
            category=self.category,
            raised_on=self.raised_on,
            matched_on=matched_on,
        )

    def meet_need(self, *, met_on: date, today: date) -> NeedMet:
        """The unit reports the need as met."""
        demand(self.matched_on is not None, clauses.MATCHED_FIRST)
        assert self.matched_on is not None
        demand(self.met_on is None, clauses.RECORDED_ONCE, f"{self.number}: {self.met_on}")
        demand(met_on >= self.matched_on, clauses.IN_ORDER, f"{met_on} < {self.matched_on}")
        demand_happened(met_on, today)
        return NeedMet(need_id=self.need_id, pairing_id=self.pairing_id, met_on=met_on)

    def confirm_need(self, *, confirmed_on: date, rating: int | None, today: date) -> NeedConfirmed:
        """The village confirms, and may rate from 1 to 5. [考核细则 D1, D3]"""
        demand(self.met_on is not None, clauses.MET_FIRST)
        assert self.met_on is not None
        demand(
            self.confirmed_on is None,
            clauses.RECORDED_ONCE,
            f"{self.number}: {self.confirmed_on}",
        )
        demand(
            confirmed_on >= self.met_on,
            clauses.IN_ORDER,
            f"{confirmed_on} < {self.met_on}",
        )
        demand_happened(confirmed_on, today)
        demand(rating is None or 1 <= rating <= 5, clauses.RATING_ONE_TO_FIVE, str(rating))
        return NeedConfirmed(
            need_id=self.need_id,
            pairing_id=self.pairing_id,
            confirmed_on=confirmed_on,
            rating=rating,
        )

    def after(self, event: LivelihoodEvent) -> Need:
        match event:
            case NeedRaised():
                return Need(
                    event.need_id,
                    event.number,
                    event.village,
                    event.pairing_id,
                    event.category,
                    event.content,
                    event.raised_on,
                )
            case NeedMatched():
                return replace(
                    self,
                    pairing_id=event.pairing_id,
                    branch=event.branch,
                    matched_on=event.matched_on,
                )
            case NeedMet():
                return replace(self, met_on=event.met_on)
            case NeedConfirmed():
                return replace(self, confirmed_on=event.confirmed_on, rating=event.rating)
        return self
