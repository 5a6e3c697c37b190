"""A pairing of one branch with one village in one year: its agreement and its two posts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.kernel.decisions import broken, demand
from domain.kernel.person import PersonRef
from domain.kernel.span import Span
from domain.pairing import clauses
from domain.pairing.days import demand_happened, demand_within
from domain.pairing.events import (
    AgreementSigned,
    AppointedToPost,
    LeftPost,
    PairingEnded,
    PairingEvent,
    PairingStarted,
    Post,
)


@dataclass(frozen=True)
class Term:
    """Somebody's time in a post; both days count, ``ended_on`` is ``None`` while it lasts."""

    post: Post
    person_ref: str
    began_on: date
    ended_on: date | None = None


@dataclass(frozen=True)
class Pairing:
    """``pairing_id`` is empty until the pairing is started."""

    pairing_id: str = ""
    branch: str = ""
    village: str = ""
    started_on: date = date.min
    ended_on: date | None = None
    agreement_no: str = ""
    signed_on: date | None = None
    terms: tuple[Term, ...] = ()

    @property
    def span(self) -> Span:
        """How long it lasts."""
        return Span(self.started_on, self.ended_on)

    def start_pairing(
        self, *, pairing_id: str, year: int, branch: str, village: str, started_on: date, today: date
    ) -> PairingStarted:
        """Pair a branch with a village for ``year``."""
        demand(not self.pairing_id, clauses.PAIRED_ONCE, pairing_id)
        demand_happened(started_on, today)
        return PairingStarted(
            pairing_id=pairing_id,
            year=year,
            branch=branch,
            village=village,
            started_on=started_on,
        )

    def end_pairing(self, *, ended_on: date, because: str, today: date) -> PairingEnded:
        """End the pairing; ``ended_on`` is its last day."""
        self._demand_started()
        later = self.ended_on is not None and ended_on > self.ended_on
        demand(not later, clauses.NOT_AFTER_ITS_END, f"{ended_on} > {self.ended_on}")
        demand(bool(because.strip()), clauses.REASON_GIVEN)
        demand_happened(ended_on, today)
        demand(
            ended_on >= self.started_on,
            clauses.ENDS_AFTER_START,
            f"{ended_on} < {self.started_on}",
        )
        return PairingEnded(
            pairing_id=self.pairing_id,
            branch=self.branch,
            village=self.village,
            started_on=self.started_on,
            ended_on=ended_on,
            because=because,
        )

    def sign_agreement(self, *, agreement_no: str, signed_on: date, today: date) -> AgreementSigned:
        """Record the signed pairing agreement. [seed: 147 agreements]"""
        self._demand_live(signed_on, today)
        demand(self.signed_on is None, clauses.SIGNED_ONCE, self.agreement_no)
        return AgreementSigned(
            pairing_id=self.pairing_id,
            branch=self.branch,
            village=self.village,
            agreement_no=agreement_no,
            signed_on=signed_on,
        )

    def appoint_to_post(
        self, *, post: Post, person: PersonRef, began_on: date, today: date
    ) -> AppointedToPost:
        """Somebody takes up a post. It must be empty on that day, or left on that very day (hand-over)."""
        self._demand_live(began_on, today)
        for term in self._overlapping(post, began_on, None):
            demand(False, clauses.HELD_BY_ONE, f"{term.began_on} – {term.ended_on or '…'}")
        return self._appointment(post, person, began_on)

    def state_appointment(
        self, *, post: Post, person: PersonRef, began_on: date, ended_on: date | None, today: date
    ) -> AppointedToPost:
        """A ledger states who held a post, as far as it says until ``ended_on``; another may have held it too, against
        the rule.
        """
        self._demand_live(began_on, today)
        free = not self._overlapping(post, began_on, ended_on)
        appointed = self._appointment(post, person, began_on)
        return replace(appointed, irregular=broken((free, clauses.HELD_BY_ONE)))

    def _overlapping(self, post: Post, began_on: date, ended_on: date | None) -> list[Term]:
        """Terms in the post that share a day with these days; one left on the very day of the next is no overlap."""
        return [
            term
            for term in self.terms
            if term.post is post
            and (term.ended_on is None or began_on < term.ended_on)
            and (ended_on is None or term.began_on < ended_on)
        ]

    def _appointment(self, post: Post, person: PersonRef, began_on: date) -> AppointedToPost:
        return AppointedToPost(
            pairing_id=self.pairing_id,
            branch=self.branch,
            village=self.village,
            post=post,
            person=person,
            began_on=began_on,
        )

    def leave_post(self, *, post: Post, ended_on: date, today: date, person_ref: str = "") -> LeftPost:
        """The holder leaves; ``ended_on`` is the last day in the post. ``person_ref``: of whom, where two hold it."""
        self._demand_started()
        holder = self.holder(post, person_ref)
        demand(holder is not None, clauses.LEAVES_WHO_HOLDS, post.value)
        assert holder is not None
        demand_happened(ended_on, today)
        demand(
            ended_on >= holder.began_on,
            clauses.ENDS_AFTER_START,
            f"{ended_on} < {holder.began_on}",
        )
        return LeftPost(
            pairing_id=self.pairing_id,
            branch=self.branch,
            village=self.village,
            post=post,
            person_ref=holder.person_ref,
            began_on=holder.began_on,
            ended_on=ended_on,
        )

    def holder(self, post: Post, person_ref: str = "") -> Term | None:
        """The term that has not ended, if any; of this person where one is named."""
        lasting = (t for t in self.terms if t.post is post and t.ended_on is None)
        return next((t for t in lasting if person_ref in ("", t.person_ref)), None)

    def _demand_started(self) -> None:
        demand(bool(self.pairing_id), clauses.STARTED_FIRST)

    def _demand_live(self, on: date, today: date) -> None:
        self._demand_started()
        demand_happened(on, today)
        demand_within(self.span, on)

    def after(self, event: PairingEvent) -> Pairing:
        match event:
            case PairingStarted():
                return Pairing(event.pairing_id, event.branch, event.village, event.started_on)
            case PairingEnded():
                return replace(self, ended_on=event.ended_on)
            case AgreementSigned():
                return replace(self, agreement_no=event.agreement_no, signed_on=event.signed_on)
            case AppointedToPost():
                return replace(
                    self,
                    terms=(
                        *self.terms,
                        Term(event.post, event.person.ref, event.began_on),
                    ),
                )
            case LeftPost():
                return replace(
                    self,
                    terms=tuple(
                        replace(t, ended_on=event.ended_on)
                        if (t.post, t.person_ref, t.began_on)
                        == (event.post, event.person_ref, event.began_on)
                        else t
                        for t in self.terms
                    ),
                )
        return self
