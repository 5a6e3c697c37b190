"""A pairing of one branch with one village, from its start to its end: its agreements and its two posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, TypedDict

from domain.kernel.decisions import broken, demand, demanded
from domain.kernel.parties import parties
from domain.kernel.person import PersonRef
from domain.kernel.span import Span
from domain.kernel.values import (
    BranchKey,
    Happened,
    Key,
    KeyOf,
    Line,
    OptionalLine,
    OptionalWords,
    Today,
    VillageKey,
    Words,
)
from domain.pairing import clauses, events
from domain.pairing.agreement import Agreement
from domain.pairing.days import demand_happened, demand_within

OtherBearer = Annotated[str, KeyOf("pairing", may_be_empty=True)]
"""The other pairing whose agreement bears a number; empty where a document bears it."""


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


class _Newest(TypedDict):
    """Of the newest agreement, for an event's fields of these names."""

    newest_no: str
    newest_on: date | None


@dataclass(frozen=True)
class Pairing:
    """``pairing_id`` is empty until the pairing is started."""

    pairing_id: str = ""
    branch: str = ""
    village: str = ""
    started_on: date = date.min
    ended_on: date | None = None
    ended_because: str = ""
    renewals: tuple[date, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    terms: tuple[Term, ...] = ()
    voided: bool = False
    judged_with: frozenset[tuple[str, str]] = frozenset()
    """Pairing and number of agreements that somebody judged beside its own."""

    @property
    def span(self) -> Span:
        """How long it lasts."""
        return Span(self.started_on, self.ended_on)

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
        demand(paired_on.year not in years, clauses.LEDGER_DIFFERS, f"{known} / {paired_on}")
        if paired_on > self.started_on:
            return [self.renew_pairing(renewed_on=paired_on, today=today)]
        return [
            events.PairingBegunEarlier(
                **parties(self), started_on=paired_on, renewed_on=self.started_on, ended_on=self.ended_on
            )
        ]

    @property
    def _paired_on(self) -> tuple[date, ...]:
        return (self.started_on, *self.renewals)

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

    def correct_agreement(
        self,
        *,
        signed_before: date,
        agreement_no: OptionalLine,
        signed_on: Happened,
        because: Words,
        today: Today,
    ) -> events.AgreementCorrected:
        """The agreement that was entered for ``signed_before`` has this number and day."""
        wrong = self._agreement(signed_before)
        self._demand_live(signed_on, today)
        return events.AgreementCorrected(
            **parties(self),
            agreement_no=agreement_no,
            signed_on=signed_on,
            agreement_no_before=wrong.number,
            signed_before=wrong.signed_on,
            because=because,
            **self._newest(wrong, Agreement(agreement_no, signed_on)),
        )

    def void_agreement(self, *, signed_before: date, because: Words, today: Today) -> events.AgreementVoided:
        """The agreement of that day was never signed."""
        wrong = self._agreement(signed_before)
        return events.AgreementVoided(
            **parties(self),
            agreement_no=wrong.number,
            signed_on=wrong.signed_on,
            because=because,
            voided_on=today,
            **self._newest(wrong, None),
        )

    def judge_number(
        self,
        *,
        other: OtherBearer,
        agreement_no: Line,
        verdict: events.NumberVerdict,
        because: Words,
        borne: bool,
        today: Today,
    ) -> events.NumberJudged:
        """Say what two agreements are that bear one number, this pairing's and the ``other``'s, or what this pairing's and a
        document are. ``borne``: whether both do."""
        self._demand_started()
        demand(borne, clauses.NUMBER_BORNE_BY_BOTH, agreement_no)
        return events.NumberJudged(
            **parties(self),
            other_pairing=other,
            agreement_no=agreement_no,
            number_verdict=verdict,
            because=because,
            judged_on=today,
        )

    judge_number_allowed = void_pairing_allowed

    def _newest(self, wrong: Agreement, right: Agreement | None) -> _Newest:
        """The newest agreement once the right one stands in the place of the wrong one."""
        rest = self._with_agreement(wrong.signed_on, right).agreements
        newest = max(rest, key=lambda each: each.signed_on, default=None)
        return {
            "newest_no": newest.number if newest else "",
            "newest_on": newest.signed_on if newest else None,
        }

    def _agreement(self, signed_on: date) -> Agreement:
        self._demand_started()
        of_day = [each for each in self.agreements if each.signed_on == signed_on]
        demand(bool(of_day), clauses.RECORDED_FIRST, str(signed_on))
        return of_day[0]

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

    def _term(self, post: events.Post, began_on: date) -> Term:
        self._demand_started()
        of_day = [each for each in self.terms if (each.post, each.began_on) == (post, began_on)]
        demand(bool(of_day), clauses.RECORDED_FIRST, began_on.isoformat())
        return of_day[-1]

    def sign_agreement(
        self, *, agreement_no: OptionalLine, signed_on: Happened, today: Today
    ) -> events.AgreementSigned:
        """Record a signed pairing agreement: one a year at most, or one for the start and for each renewal.
        [practice: 每对结对每年签订一份联建协议]
        """
        self._demand_live(signed_on, today)
        signed = ", ".join(each.number for each in self.agreements)
        first = all(each.signed_on.year != signed_on.year for each in self.agreements)
        demand(first or len(self.agreements) <= len(self.renewals), clauses.SIGNED_ONCE, signed)
        return events.AgreementSigned(**parties(self), agreement_no=agreement_no, signed_on=signed_on)

    def amend_agreement(
        self,
        *,
        amended_on: Happened,
        others: OptionalLine,
        duties: Words,
        ends_on: date | None,
        because: OptionalWords,
        today: Today,
    ) -> events.AgreementAmended:
        """Say from a day on what the two agreed to in the newest agreement: whole each time, and with a reason where something
        was said before.
        """
        agreement = self.amend_agreement_allowed()
        self._demand_live(amended_on, today)
        agreement.demand_in_force(amended_on)
        demand(not agreement.duties or bool(because), clauses.AMENDED_WITH_A_REASON)
        agreement.demand_end(ends_on)
        return events.AgreementAmended(
            **parties(self),
            **agreement.own,
            amended_on=amended_on,
            others=others,
            duties=duties,
            ends_on=ends_on,
            others_before=agreement.others,
            duties_before=agreement.duties,
            ends_before=agreement.ends_on,
            because=because,
        )

    def amend_agreement_allowed(self) -> Agreement:
        """The newest agreement, which was not ended."""
        self._demand_started()
        agreement = demanded(
            max(self.agreements, key=lambda each: each.signed_on, default=None), clauses.SIGNED_FIRST
        )
        demand(agreement.ended_on is None, clauses.AGREEMENT_ENDED_ONCE, str(agreement.ended_on))
        return agreement

    def renew_agreement(
        self, *, renewed_on: Happened, ends_on: date, today: Today
    ) -> events.AgreementRenewed:
        """Let the newest agreement go on until another day, without signing another."""
        agreement = self.renew_agreement_allowed()
        self._demand_live(renewed_on, today)
        agreement.demand_end(ends_on)
        longer = agreement.ends_on is None or ends_on > agreement.ends_on
        demand(longer, clauses.RENEWED_FOR_LONGER, f"{ends_on} / {agreement.ends_on}")
        return events.AgreementRenewed(
            **parties(self),
            **agreement.own,
            renewed_on=renewed_on,
            ends_on=ends_on,
            ends_before=agreement.ends_on,
        )

    renew_agreement_allowed = amend_agreement_allowed

    def end_agreement(self, *, ended_on: Happened, because: Words, today: Today) -> events.AgreementEnded:
        """End the newest agreement early, on its last day; the pairing goes on."""
        agreement = self.end_agreement_allowed()
        demand_happened(ended_on, today)
        agreement.demand_in_force(ended_on)
        return events.AgreementEnded(**parties(self), **agreement.own, ended_on=ended_on, because=because)

    end_agreement_allowed = amend_agreement_allowed

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

    def _leaving(self, term: Term, ended_on: date) -> events.LeftPost:
        return events.LeftPost(
            **parties(self),
            post=term.post,
            person_ref=term.person_ref,
            began_on=term.began_on,
            ended_on=ended_on,
        )

    def leave_post_allowed(self) -> None:
        """Refuse where nobody holds a post; the decision says which."""
        self._demand_started()
        demand(any(each.ended_on is None for each in self.terms), clauses.LEAVES_WHO_HOLDS)

    def holder(self, post: events.Post, person_ref: str = "") -> Term | None:
        """The term that has not ended, if any; of this person where one is named."""
        lasting = (t for t in self.terms if t.post is post and t.ended_on is None)
        return next((t for t in lasting if person_ref in ("", t.person_ref)), None)

    def _demand_started(self) -> None:
        demand(bool(self.pairing_id), clauses.STARTED_FIRST)
        demand(not self.voided, clauses.VOIDED_ONCE, self.pairing_id)

    def _demand_live(self, on: date, today: date) -> None:
        self._demand_started()
        demand_happened(on, today)
        demand_within(self.span, on)

    def after(self, event: events.PairingEvent) -> Pairing:
        match event:
            case events.PairingStarted():
                return Pairing(event.pairing_id, event.branch, event.village, event.started_on)
            case events.PairingRenewed():
                return replace(self, renewals=(*self.renewals, event.renewed_on))
            case events.PairingBegunEarlier():
                return replace(self, started_on=event.started_on, renewals=(event.renewed_on, *self.renewals))
            case events.PairingEnded():
                return replace(self, ended_on=event.ended_on, ended_because=event.because)
            case events.PairingDayCorrected():
                return replace(self, started_on=event.started_on)
            case events.PairingVoided():
                # A span that ends before it begins has no day.
                nothing = Pairing(event.pairing_id, event.branch, event.village, event.started_on)
                return replace(nothing, ended_on=event.started_on - timedelta(days=1), voided=True)
            case events.AgreementCorrected():
                wrong = self._agreement(event.signed_before)
                right = replace(wrong, number=event.agreement_no, signed_on=event.signed_on)
                return self._with_agreement(event.signed_before, right)
            case events.AgreementVoided():
                return self._with_agreement(event.signed_on, None)
            case events.TermCorrected():
                term = Term(event.post, event.person.ref, event.began_on, event.ended_on)
                return self._with_term((event.post, event.person_before, event.known_from), term)
            case events.TermVoided():
                return self._with_term((event.post, event.person_ref, event.began_on), None)
            case events.NumberJudged():
                judged = (event.other_pairing, event.agreement_no)
                return replace(self, judged_with=self.judged_with | {judged})
            case events.AgreementSigned():
                return replace(
                    self, agreements=(*self.agreements, Agreement(event.agreement_no, event.signed_on))
                )
            case events.AgreementAmended() | events.AgreementRenewed() | events.AgreementEnded():
                agreements = tuple(each.after(event) for each in self.agreements)
                return replace(self, agreements=agreements)
            case events.TermBegunEarlier():
                return self._restated(event, event.known_from)
            case events.AppointedToPost():
                term = Term(event.post, event.person.ref, event.began_on)
                return replace(self, terms=(*self.terms, term))
            case events.LeftPost():
                return self._restated(event, event.began_on)
        return self

    def _with_agreement(self, signed_on: date, right: Agreement | None) -> Pairing:
        """With the right one in the place of that of the day; without it where there is none."""
        at = next(n for n, each in enumerate(self.agreements) if each.signed_on == signed_on)
        rest = self.agreements[:at] + ((right,) if right else ()) + self.agreements[at + 1 :]
        return replace(self, agreements=rest)

    def _with_term(self, wrong: tuple[events.Post, str, date], right: Term | None) -> Pairing:
        """The same of a term, which is named by post, person and first day."""
        named = [(each.post, each.person_ref, each.began_on) for each in self.terms]
        at = len(named) - 1 - named[::-1].index(wrong)
        rest = self.terms[:at] + ((right,) if right else ()) + self.terms[at + 1 :]
        return replace(self, terms=rest)

    def _restated(self, event: events.TermBegunEarlier | events.LeftPost, known_from: date) -> Pairing:
        """With the days that the event gives to the term which was known to begin on ``known_from``."""
        meant = (event.post, event.person_ref, known_from)
        terms = tuple(
            replace(t, began_on=event.began_on, ended_on=event.ended_on or t.ended_on)
            if (t.post, t.person_ref, t.began_on) == meant
            else t
            for t in self.terms
        )
        return replace(self, terms=terms)
