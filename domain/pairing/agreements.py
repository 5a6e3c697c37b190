"""The agreements of a pairing: signed, amended, renewed, ended, corrected, and whose number they bear."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Self, TypedDict

from domain.kernel.decisions import demand, demanded
from domain.kernel.parties import parties
from domain.kernel.values import (
    Happened,
    KeyOf,
    Line,
    OptionalLine,
    OptionalWords,
    Today,
    Words,
)
from domain.pairing import clauses, events
from domain.pairing.agreement import Agreement
from domain.pairing.days import demand_happened
from domain.pairing.paired import Paired

OtherBearer = Annotated[str, KeyOf("pairing", may_be_empty=True)]
"""The other pairing whose agreement bears a number; empty where a document bears it."""


class _Newest(TypedDict):
    """Of the newest agreement, for an event's fields of these names."""

    newest_no: str
    newest_on: date | None


@dataclass(frozen=True)
class Agreements(Paired):
    """What is decided about them."""

    agreements: tuple[Agreement, ...] = ()
    judged_with: frozenset[tuple[str, str]] = frozenset()
    """Pairing and number of agreements that somebody judged beside its own."""

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

    judge_number_allowed = Paired._demand_started

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

    def _with_agreement(self, signed_on: date, right: Agreement | None) -> Self:
        """With the right one in the place of that of the day; without it where there is none."""
        at = next(n for n, each in enumerate(self.agreements) if each.signed_on == signed_on)
        rest = self.agreements[:at] + ((right,) if right else ()) + self.agreements[at + 1 :]
        return replace(self, agreements=rest)

    def after(self, event: events.PairingEvent) -> Self:
        match event:
            case events.AgreementCorrected():
                wrong = self._agreement(event.signed_before)
                right = replace(wrong, number=event.agreement_no, signed_on=event.signed_on)
                return self._with_agreement(event.signed_before, right)
            case events.AgreementVoided():
                return self._with_agreement(event.signed_on, None)
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
        return super().after(event)
