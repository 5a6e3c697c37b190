"""A pairing of one branch with one village, from its start to its end; its agreements and its posts have files of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from domain.kernel.decisions import demand
from domain.kernel.parties import parties
from domain.kernel.values import (
    BranchKey,
    Happened,
    Key,
    Today,
    VillageKey,
    Words,
)
from domain.pairing import clauses, events
from domain.pairing.agreements import Agreements
from domain.pairing.days import demand_happened
from domain.pairing.posts import Posts


@dataclass(frozen=True)
class Pairing(Agreements, Posts):
    """``pairing_id`` is empty until the pairing is started."""

    def start_pairing(
        self,
        *,
        pairing_id: Key,
        branch: BranchKey,
        village: VillageKey,
        started_on: Happened,
        paired: str,
        today: Today,
    ) -> events.PairingStarted:
        """Pair a branch with a village. ``paired``: the id of a pairing of the two on that day or later; empty where there is
        none.
        """
        demand(not self.pairing_id, clauses.PAIRED_ONCE, pairing_id)
        demand(not paired, clauses.PAIRED_ONCE, paired)
        demand_happened(started_on, today)
        return events.PairingStarted(
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            started_on=started_on,
        )

    def renew_pairing(self, *, renewed_on: Happened, today: Today) -> events.PairingRenewed:
        """Pair the two anew while they are paired."""
        self._demand_live(renewed_on, today)
        demand(renewed_on not in self._paired_on, clauses.PAIRED_ONCE, str(renewed_on))
        return events.PairingRenewed(**parties(self), renewed_on=renewed_on)

    def state_pairing_day(self, *, paired_on: Happened, today: Today) -> Sequence[events.PairingEvent]:
        """A ledger states on which day the two were paired: in another year than is known, a renewal or an earlier start."""
        self._demand_started()
        if paired_on in self._paired_on:
            return []
        years = {on.year for on in self._paired_on}
        known = ", ".join(map(str, self._paired_on))
        differs = paired_on.year in years or paired_on in self.renewals_voided
        demand(not differs, clauses.LEDGER_DIFFERS, f"{known} / {paired_on}")
        if paired_on > self.started_on:
            return [self.renew_pairing(renewed_on=paired_on, today=today)]
        return [
            events.PairingBegunEarlier(
                **parties(self), started_on=paired_on, renewed_on=self.started_on, ended_on=self.ended_on
            )
        ]

    def replace_pairing(
        self, *, branch: BranchKey, replaced_on: Happened, because: Words, today: Today
    ) -> events.PairingEnded:
        """Let another branch take the village over from a day on; this pairing ends the day before."""
        self._demand_started()
        demand(branch != self.branch, clauses.PAIRED_ONCE, self.pairing_id)
        return self.end_pairing(ended_on=replaced_on - timedelta(days=1), because=because, today=today)

    def end_pairing(self, *, ended_on: Happened, because: Words, today: Today) -> events.PairingEnded:
        """End the pairing; ``ended_on`` is its last day, none before it was last renewed."""
        self._demand_started()
        later = self.ended_on is not None and ended_on > self.ended_on
        demand(not later, clauses.NOT_AFTER_ITS_END, f"{ended_on} > {self.ended_on}")
        demand(bool(because.strip()), clauses.REASON_GIVEN)
        demand_happened(ended_on, today)
        begun = max(self._paired_on)
        demand(ended_on >= begun, clauses.ENDS_AFTER_START, f"{ended_on} < {begun}")
        return events.PairingEnded(
            **parties(self), started_on=self.started_on, ended_on=ended_on, because=because
        )

    def correct_pairing_day(
        self, *, started_on: Happened, because: Words, rests: str, today: Today
    ) -> events.PairingDayCorrected:
        """The two were paired from another day. ``rests``: what of it is dated before that day, empty where nothing is."""
        self._demand_started()
        demand_happened(started_on, today)
        last = min((*self.renewals, *(() if self.ended_on is None else (self.ended_on,))), default=today)
        demand(started_on <= last, clauses.ENDS_AFTER_START, f"{started_on} > {last}")
        own = [*(each.signed_on for each in self.agreements), *(each.began_on for each in self.terms)]
        early = [str(day) for day in own if day < started_on]
        demand(not early and not rests, clauses.NOTHING_RESTS_ON_IT, ", ".join(early) or rests)
        return events.PairingDayCorrected(
            **parties(self),
            started_on=started_on,
            started_before=self.started_on,
            ended_on=self.ended_on,
            because=because,
        )

    def void_renewal(self, *, renewed_before: date, because: Words, today: Today) -> events.RenewalVoided:
        """The two were not paired anew on that day. No agreement rests on it: none signed since, beside another of its year."""
        self.void_renewal_allowed()
        demand(renewed_before in self.renewals, clauses.RECORDED_FIRST, str(renewed_before))
        left = sorted(set(self.renewals) - {renewed_before})
        years = Counter(each.signed_on.year for each in self.agreements)
        rest = [
            each
            for each in self.agreements
            if each.signed_on >= renewed_before and years[each.signed_on.year] > 1
        ]
        named = ", ".join(each.number or str(each.signed_on) for each in rest)
        demand(not rest or len(self.agreements) <= 1 + len(left), clauses.NOTHING_RESTS_ON_IT, named)
        return events.RenewalVoided(
            **parties(self),
            renewed_on=renewed_before,
            newest_on=left[-1] if left else None,
            because=because,
            voided_on=today,
        )

    def void_renewal_allowed(self) -> None:
        """Refuse what was not started, is voided, or was never renewed."""
        self._demand_started()
        demand(bool(self.renewals), clauses.RECORDED_FIRST)

    def void_pairing(self, *, because: Words, rests: str, today: Today) -> events.PairingVoided:
        """The two were never paired. ``rests``: what was entered of it and stands, empty where nothing does."""
        self._demand_started()
        demand(not rests, clauses.NOTHING_RESTS_ON_IT, rests)
        return events.PairingVoided(
            **parties(self), started_on=self.started_on, because=because, voided_on=today
        )

    def void_pairing_allowed(self) -> None:
        """Refuse what was not started, or is voided."""
        self._demand_started()

    def after(self, event: events.PairingEvent) -> Self:
        match event:
            case events.PairingStarted():
                return type(self)(event.pairing_id, event.branch, event.village, event.started_on)
            case events.PairingRenewed():
                again = tuple(day for day in self.renewals_voided if day != event.renewed_on)
                return replace(self, renewals=(*self.renewals, event.renewed_on), renewals_voided=again)
            case events.RenewalVoided():
                left = tuple(day for day in self.renewals if day != event.renewed_on)
                return replace(self, renewals=left, renewals_voided=(*self.renewals_voided, event.renewed_on))
            case events.PairingBegunEarlier():
                return replace(self, started_on=event.started_on, renewals=(event.renewed_on, *self.renewals))
            case events.PairingEnded():
                return replace(self, ended_on=event.ended_on, ended_because=event.because)
            case events.PairingDayCorrected():
                return replace(self, started_on=event.started_on)
            case events.PairingVoided():
                # A span that ends before it begins has no day.
                nothing = type(self)(event.pairing_id, event.branch, event.village, event.started_on)
                return replace(nothing, ended_on=event.started_on - timedelta(days=1), voided=True)
        return super().after(event)
