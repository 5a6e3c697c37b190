"""A village's need: raised, perhaps claimed, matched, met, confirmed; or said otherwise, split, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from domain.kernel.decisions import demand, demanded
from domain.kernel.parties import OwnSide
from domain.kernel.span import Span
from domain.kernel.values import (
    Happened,
    Key,
    KeyOf,
    Line,
    PairingKey,
    Rows,
    Today,
    VillageKey,
    Whole,
    Words,
)
from domain.livelihood import clauses, events
from domain.livelihood.days import demand_happened, demand_next, demand_steps, demand_within

OfPairing = Annotated[str, KeyOf("pairing", may_be_empty=True)]
"""The pairing that is meant, empty where none is yet."""
Rating = Annotated[int, Whole(1, 5)]


@dataclass(frozen=True)
class NeedPart:
    """What becomes of one part of a need that is split."""

    number: Line
    category: events.Category
    content: Words


Parts = Annotated[tuple[NeedPart, ...], Rows(NeedPart, least=2, most=20, once="number")]


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
    withdrawn_on: date | None = None
    claim: events.NeedClaimed | None = None
    voided: events.NeedVoided | None = None

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
        demand_next(matched_on, raised_on, today)
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
        self._demand_wanted()
        demand(self.matched_on is None, clauses.RECORDED_ONCE, f"{self.number}: {self.matched_on}")
        return raised_on, category

    def meet_need(self, *, met_on: Happened, today: Today) -> events.NeedMet:
        """The unit reports the need as met."""
        matched_on = self.meet_need_allowed()
        demand_next(met_on, matched_on, today)
        return events.NeedMet(need_id=self.need_id, pairing_id=self.pairing_id, met_on=met_on)

    def meet_need_allowed(self) -> date:
        """When it was matched."""
        self._demand_wanted()
        matched_on = demanded(self.matched_on, clauses.MATCHED_FIRST, self.number)
        demand(self.met_on is None, clauses.RECORDED_ONCE, f"{self.number}: {self.met_on}")
        return matched_on

    def confirm_need(
        self,
        *,
        confirmed_on: Happened,
        rating: Rating | None,
        gain: Rating | None,
        happiness: Rating | None,
        security: Rating | None,
        today: Today,
    ) -> events.NeedConfirmed:
        """The village confirms, and may rate from 1 to 5, also the senses of gain, happiness and security.
        [考核细则 D1, D3]
        """
        met_on = self.confirm_need_allowed()
        demand_next(confirmed_on, met_on, today)
        return events.NeedConfirmed(
            need_id=self.need_id,
            pairing_id=self.pairing_id,
            confirmed_on=confirmed_on,
            rating=rating,
            gain=gain,
            happiness=happiness,
            security=security,
        )

    def confirm_need_allowed(self) -> date:
        """When it was met."""
        met_on = demanded(self.met_on, clauses.MET_FIRST)
        demand(self.confirmed_on is None, clauses.RECORDED_ONCE, f"{self.number}: {self.confirmed_on}")
        return met_on

    def return_need(self, *, returned_on: Happened, because: Words, today: Today) -> events.NeedReturned:
        """The village says that it is not met, and what is lacking."""
        met_on = self.confirm_need_allowed()
        demand_next(returned_on, met_on, today)
        return events.NeedReturned(
            need_id=self.need_id,
            village=self.village,
            pairing_id=self.pairing_id,
            because=because,
            returned_on=returned_on,
        )

    return_need_allowed = confirm_need_allowed

    def revise_need(
        self, *, category: events.Category, content: Words, because: Words, today: Today
    ) -> events.NeedRevised:
        """Say otherwise what is needed, until it is met."""
        raised_on, before = self.revise_need_allowed()
        return events.NeedRevised(
            need_id=self.need_id,
            village=self.village,
            pairing_id=self.pairing_id,
            category=category,
            content=content,
            category_before=before,
            content_before=self.content,
            raised_on=raised_on,
            because=because,
            revised_on=today,
        )

    def revise_need_allowed(self) -> tuple[date, events.Category]:
        """When it was raised, and of what category it is."""
        raised_on = demanded(self.raised_on, clauses.RAISED_FIRST)
        category = demanded(self.category, clauses.RAISED_FIRST)
        self._demand_wanted()
        demand(self.met_on is None, clauses.NOT_MET_YET, f"{self.number}: {self.met_on}")
        return raised_on, category

    def withdraw_need(self, *, because: Words, today: Today) -> events.NeedWithdrawn:
        """It is needed no more."""
        self.revise_need_allowed()
        return self._withdrawn(because, (), today)

    withdraw_need_allowed = revise_need_allowed

    def split_need(
        self, *, parts: Parts, because: Words, part_ids: tuple[str, ...], today: Today
    ) -> events.NeedWithdrawn:
        """Withdraw it for ``parts`` that are raised in its place, on the day on which it was raised. ``part_ids``: one for
        each.
        """
        self.revise_need_allowed()
        return self._withdrawn(because, part_ids, today)

    split_need_allowed = revise_need_allowed

    def _withdrawn(self, because: str, into: tuple[str, ...], today: date) -> events.NeedWithdrawn:
        return events.NeedWithdrawn(
            need_id=self.need_id,
            village=self.village,
            pairing_id=self.pairing_id,
            because=because,
            into=into,
            withdrawn_on=today,
        )

    def claim_need(
        self,
        *,
        pairing_id: PairingKey,
        branch: str,
        of_village: bool,
        within: Span,
        side: OwnSide,
        today: Today,
    ) -> events.NeedClaimed:
        """A unit claims it, or the village calls on one; the other side answers. ``of_village``: the pairing is the village's;
        ``within``: how long that lasts.
        """
        self.claim_need_allowed()
        demand(of_village, clauses.PAIRED_WITH_ITS_VILLAGE, pairing_id)
        demand_within(within, today)
        return events.NeedClaimed(
            need_id=self.need_id,
            village=self.village,
            pairing_id=pairing_id,
            branch=branch,
            side=side,
            claimed_on=today,
        )

    def claim_need_allowed(self) -> None:
        """Refuse where it is taken, or a claim waits."""
        self.match_need_allowed()
        demand(self.claim is None, clauses.ONE_CLAIM_AT_A_TIME)

    def accept_claim(self, *, side: OwnSide, within: Span, today: Today) -> events.NeedMatched:
        """The other side accepts: the need is matched. ``within``: how long the pairing of the claim lasts."""
        claim = self.accept_claim_allowed()
        demand(side is not claim.side, clauses.ANSWERED_BY_THE_OTHER_SIDE)
        return self.match_need(
            pairing_id=claim.pairing_id,
            branch=claim.branch,
            of_village=True,
            matched_on=today,
            within=within,
            today=today,
        )

    def accept_claim_allowed(self) -> events.NeedClaimed:
        """The claim that waits for an answer."""
        self.match_need_allowed()
        return self._claim()

    def decline_claim(self, *, because: Words, today: Today) -> events.ClaimDeclined:
        """The other side declines, or whoever claimed takes it back."""
        claim = self.decline_claim_allowed()
        return events.ClaimDeclined(
            need_id=self.need_id,
            village=self.village,
            pairing_id=claim.pairing_id,
            branch=claim.branch,
            because=because,
            declined_on=today,
        )

    decline_claim_allowed = accept_claim_allowed

    def release_need(self, *, because: Words, today: Today) -> events.NeedReleased:
        """The unit cannot meet it and says why; another may."""
        self.release_need_allowed()
        return events.NeedReleased(
            need_id=self.need_id,
            village=self.village,
            pairing_id=self.pairing_id,
            branch=self.branch,
            because=because,
            released_on=today,
        )

    def hand_over_need(
        self, *, village: str, branch: str, successor: str, handed_on: date, because: str, today: date
    ) -> Sequence[events.NeedHandedOver]:
        """From a day on the need is of a part of its village, or of its unit, which was split; nothing where it is done."""
        if self.raised_on is None or self.confirmed_on or self.withdrawn_on or self.voided:
            return []
        demand_happened(handed_on, today)
        held = branch if self.matched_on or self.claim else ""
        return [
            events.NeedHandedOver(
                need_id=self.need_id,
                pairing_id=self.pairing_id,
                village=village,
                branch=held,
                successor=successor,
                handed_on=handed_on,
                because=because,
            )
        ]

    def release_need_allowed(self) -> None:
        """Refuse what is not matched, or reported as met."""
        self.meet_need_allowed()

    def correct_need(
        self,
        *,
        raised_on: Happened,
        matched_on: date | None,
        met_on: date | None,
        confirmed_on: date | None,
        rating: Rating | None,
        because: Words,
        within: Span,
        today: Today,
    ) -> events.NeedCorrected:
        """State the right days and rating, with a reason. The steps stay those that were taken. ``within``: how long the
        pairing lasts that it is matched with.
        """
        category = self.correct_need_allowed()
        demand_happened(raised_on, today)
        steps = (self.matched_on, matched_on), (self.met_on, met_on), (self.confirmed_on, confirmed_on)
        demand_steps(steps, raised_on, today)
        demand(rating is None or confirmed_on is not None, clauses.STEPS_STAY, f"{rating}")
        if matched_on is not None:
            demand_within(within, matched_on)
        before = (self.raised_on, self.matched_on, self.met_on, self.confirmed_on, self.rating)
        return events.NeedCorrected(
            need_id=self.need_id,
            village=self.village,
            pairing_id=self.pairing_id,
            category=category,
            raised_on=raised_on,
            matched_on=matched_on,
            met_on=met_on,
            confirmed_on=confirmed_on,
            rating=rating,
            before=", ".join(str(each) for each in before if each is not None),
            because=because,
        )

    def correct_need_allowed(self) -> events.Category:
        """Of what category it is."""
        category = demanded(self.category, clauses.RAISED_FIRST)
        self._demand_wanted()
        return category

    def void_need(self, *, because: Words, today: Today, batch: str = "") -> events.NeedVoided:
        """It was entered wrongly, with its steps. ``batch``: of the reversed import."""
        self.void_need_allowed()
        return events.NeedVoided(
            need_id=self.need_id,
            village=self.village,
            pairing_id=self.pairing_id,
            because=because,
            voided_on=today,
            batch=batch,
        )

    def void_need_allowed(self) -> None:
        """Refuse what was not raised, or is voided."""
        demand(bool(self.need_id), clauses.RAISED_FIRST)
        demand(self.voided is None, clauses.VOIDED_ONCE, self.number)

    def _claim(self) -> events.NeedClaimed:
        return demanded(self.claim, clauses.CLAIMED_FIRST, self.number)

    def _demand_wanted(self) -> None:
        demand(self.withdrawn_on is None, clauses.STILL_WANTED, f"{self.number}: {self.withdrawn_on}")

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
                    claim=None,
                )
            case events.NeedClaimed():
                return replace(self, claim=event)
            case events.ClaimDeclined():
                return replace(self, claim=None)
            case events.NeedHandedOver():
                claim = self.claim and replace(
                    self.claim, pairing_id=event.successor, branch=event.branch, village=event.village
                )
                branch = event.branch if self.matched_on else ""
                return replace(self, village=event.village, branch=branch, claim=claim)
            case events.NeedReleased():
                return replace(self, branch="", matched_on=None)
            case events.NeedReturned():
                return replace(self, met_on=None)
            case events.NeedRevised():
                return replace(self, category=event.category, content=event.content)
            case events.NeedWithdrawn():
                return replace(self, withdrawn_on=event.withdrawn_on, claim=None)
            case events.NeedCorrected():
                return replace(
                    self,
                    raised_on=event.raised_on,
                    matched_on=event.matched_on,
                    met_on=event.met_on,
                    confirmed_on=event.confirmed_on,
                    rating=event.rating,
                )
            case events.NeedVoided():
                return replace(self, withdrawn_on=event.voided_on, claim=None, voided=event)
            case events.NeedMet():
                return replace(self, met_on=event.met_on)
            case events.NeedConfirmed():
                return replace(self, confirmed_on=event.confirmed_on, rating=event.rating)
        return self
