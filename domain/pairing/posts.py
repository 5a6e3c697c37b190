"""The two posts of a pairing (兼职书记、特邀委员): who took them up, left them, and what a ledger says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from domain.kernel.decisions import broken, demand, demanded
from domain.kernel.parties import parties
from domain.kernel.person import PersonRef
from domain.kernel.values import (
    Happened,
    Today,
    Words,
)
from domain.pairing import clauses, events
from domain.pairing.days import demand_happened
from domain.pairing.paired import Paired


@dataclass(frozen=True)
class Term:
    """Somebody's time in a post; both days count, ``ended_on`` is ``None`` while it lasts."""

    post: events.Post
    person_ref: str
    began_on: date
    ended_on: date | None = None

    def includes(self, on: date) -> bool:
        """Whether the day is in it, its last day left out: on that day another term of the same person may begin."""
        return self.began_on <= on and (self.ended_on is None or on < self.ended_on or on == self.began_on)


@dataclass(frozen=True)
class Posts(Paired):
    """What is decided about them."""

    terms: tuple[Term, ...] = ()

    def appoint_to_post(
        self, *, post: events.Post, person: PersonRef, began_on: Happened, today: Today
    ) -> events.AppointedToPost:
        """Somebody takes up a post. It must be empty on that day, or left on that very day (hand-over)."""
        self._demand_live(began_on, today)
        for term in self._overlapping(post, began_on, None):
            demand(False, clauses.HELD_BY_ONE, f"{term.began_on} – {term.ended_on or '…'}")
        return self._appointment(post, person, began_on)

    def state_appointment(
        self, *, post: events.Post, person: PersonRef, began_on: Happened, ended_on: date | None, today: Today
    ) -> Sequence[events.PairingEvent]:
        """A ledger states who held a post, and until when as far as it says; nothing of it that is on record already."""
        begun = list(
            self.state_beginning(post=post, person=person, began_on=began_on, ended_on=ended_on, today=today)
        )
        if ended_on is None:
            return begun
        demand_happened(ended_on, today)
        demand(ended_on >= began_on, clauses.ENDS_AFTER_START, f"{ended_on} < {began_on}")
        now = self.after(begun[0]) if begun else self
        term = next(each for each in now._of(post, person) if each.includes(began_on))
        if term.ended_on is None:
            return [*begun, self._leaving(term, ended_on)]
        demand(term.ended_on == ended_on, clauses.LEDGER_DIFFERS, f"{term.ended_on} / {ended_on}")
        return begun

    def state_beginning(
        self, *, post: events.Post, person: PersonRef, began_on: Happened, ended_on: date | None, today: Today
    ) -> Sequence[events.PairingEvent]:
        """The same without the end, which only tells what it overlaps; another may have held the post too, against the
        rule. Nothing where the person is known to have held it on that day already.
        """
        self._demand_live(began_on, today)
        mine = self._of(post, person)
        if any(each.includes(began_on) for each in mine):
            return []
        for each in mine:
            if began_on < each.began_on and (ended_on is None or each.began_on <= ended_on):
                return [self._begun_earlier(each, began_on)]
        free = not self._overlapping(post, began_on, ended_on)
        appointed = self._appointment(post, person, began_on)
        return [replace(appointed, irregular=broken((free, clauses.HELD_BY_ONE)))]

    def leave_post(
        self, *, post: events.Post, ended_on: Happened, today: Today, person_ref: str = ""
    ) -> events.LeftPost:
        """The holder leaves; ``ended_on`` is the last day in the post. ``person_ref``: of whom, where two hold it."""
        self._demand_started()
        holder = demanded(self.holder(post, person_ref), clauses.LEAVES_WHO_HOLDS, post)
        demand_happened(ended_on, today)
        began = holder.began_on
        demand(ended_on >= began, clauses.ENDS_AFTER_START, f"{ended_on} < {began}")
        return self._leaving(holder, ended_on)

    def leave_post_allowed(self) -> None:
        """Refuse where nobody holds a post; the decision says which."""
        self._demand_started()
        demand(any(each.ended_on is None for each in self.terms), clauses.LEAVES_WHO_HOLDS)

    def correct_term(
        self,
        *,
        post: events.Post,
        known_from: date,
        person: PersonRef,
        began_on: Happened,
        ended_on: date | None,
        because: Words,
        today: Today,
    ) -> events.TermCorrected:
        """Whoever was entered for the post from ``known_from`` is this person, in these days. Another may not hold it then."""
        wrong = self._term(post, known_from)
        self._demand_live(began_on, today)
        if ended_on is not None:
            demand_happened(ended_on, today)
            demand(ended_on >= began_on, clauses.ENDS_AFTER_START, f"{ended_on} < {began_on}")
        others = replace(self, terms=tuple(each for each in self.terms if each is not wrong))
        for term in others._overlapping(post, began_on, ended_on):
            demand(False, clauses.HELD_BY_ONE, f"{term.began_on} – {term.ended_on or '…'}")
        return events.TermCorrected(
            **parties(self),
            post=post,
            person=person,
            began_on=began_on,
            ended_on=ended_on,
            person_before=wrong.person_ref,
            known_from=wrong.began_on,
            ended_before=wrong.ended_on,
            because=because,
        )

    def void_term(
        self, *, post: events.Post, known_from: date, because: Words, today: Today
    ) -> events.TermVoided:
        """Whoever was entered for the post from that day never held it then."""
        wrong = self._term(post, known_from)
        return events.TermVoided(
            **parties(self),
            post=post,
            person_ref=wrong.person_ref,
            began_on=wrong.began_on,
            because=because,
            voided_on=today,
        )

    def holder(self, post: events.Post, person_ref: str = "") -> Term | None:
        """The term that has not ended, if any; of this person where one is named."""
        lasting = (t for t in self.terms if t.post is post and t.ended_on is None)
        return next((t for t in lasting if person_ref in ("", t.person_ref)), None)

    def _term(self, post: events.Post, began_on: date) -> Term:
        self._demand_started()
        of_day = [each for each in self.terms if (each.post, each.began_on) == (post, began_on)]
        demand(bool(of_day), clauses.RECORDED_FIRST, began_on.isoformat())
        return of_day[-1]

    def _of(self, post: events.Post, person: PersonRef) -> list[Term]:
        return [each for each in self.terms if (each.post, each.person_ref) == (post, person.ref)]

    def _begun_earlier(self, term: Term, began_on: date) -> events.TermBegunEarlier:
        return events.TermBegunEarlier(
            **parties(self),
            post=term.post,
            person_ref=term.person_ref,
            began_on=began_on,
            known_from=term.began_on,
            ended_on=term.ended_on,
        )

    def _overlapping(self, post: events.Post, began_on: date, ended_on: date | None) -> list[Term]:
        """Terms in the post that share a day with these days; one left on the very day of the next is no overlap."""
        return [
            term
            for term in self.terms
            if term.post is post
            and (term.ended_on is None or began_on < term.ended_on)
            and (ended_on is None or term.began_on < ended_on)
        ]

    def _appointment(self, post: events.Post, person: PersonRef, began_on: date) -> events.AppointedToPost:
        return events.AppointedToPost(**parties(self), post=post, person=person, began_on=began_on)

    def _leaving(self, term: Term, ended_on: date) -> events.LeftPost:
        return events.LeftPost(
            **parties(self),
            post=term.post,
            person_ref=term.person_ref,
            began_on=term.began_on,
            ended_on=ended_on,
        )

    def _with_term(self, wrong: tuple[events.Post, str, date], right: Term | None) -> Self:
        """The same of a term, which is named by post, person and first day."""
        named = [(each.post, each.person_ref, each.began_on) for each in self.terms]
        at = len(named) - 1 - named[::-1].index(wrong)
        rest = self.terms[:at] + ((right,) if right else ()) + self.terms[at + 1 :]
        return replace(self, terms=rest)

    def _restated(self, event: events.TermBegunEarlier | events.LeftPost, known_from: date) -> Self:
        """With the days that the event gives to the term which was known to begin on ``known_from``."""
        meant = (event.post, event.person_ref, known_from)
        terms = tuple(
            replace(t, began_on=event.began_on, ended_on=event.ended_on or t.ended_on)
            if (t.post, t.person_ref, t.began_on) == meant
            else t
            for t in self.terms
        )
        return replace(self, terms=terms)

    def after(self, event: events.PairingEvent) -> Self:
        match event:
            case events.TermCorrected():
                term = Term(event.post, event.person.ref, event.began_on, event.ended_on)
                return self._with_term((event.post, event.person_before, event.known_from), term)
            case events.TermVoided():
                return self._with_term((event.post, event.person_ref, event.began_on), None)
            case events.TermBegunEarlier():
                return self._restated(event, event.known_from)
            case events.AppointedToPost():
                term = Term(event.post, event.person.ref, event.began_on)
                return replace(self, terms=(*self.terms, term))
            case events.LeftPost():
                return self._restated(event, event.began_on)
        return super().after(event)
