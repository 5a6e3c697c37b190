"""What was entered wrongly of a pairing: its day, its agreements, its posts, or that there was one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from domain.kernel.person import PersonRef
from domain.pairing import clauses, events
from domain.pairing.agreement import Agreement
from domain.pairing.events import Post
from domain.pairing.pairing import Pairing
from tests.kit.given import given

WHO: dict[str, Any] = {"pairing_id": "pr-1", "branch": "b", "village": "v"}
STARTED = events.PairingStarted(**WHO, started_on=date(2025, 1, 6))
WHY: dict[str, Any] = {"because": "录错", "today": date(2025, 12, 31)}
ANNA, BERT = PersonRef(ref="p-1", commitment="1"), PersonRef(ref="p-2", commitment="2")
POST = Post.INVITED_MEMBER


def signed(number: str, on: date) -> events.AgreementSigned:
    return events.AgreementSigned(**WHO, agreement_no=number, signed_on=on)


def appointed(person: PersonRef, on: date) -> events.AppointedToPost:
    return events.AppointedToPost(**WHO, post=POST, person=person, began_on=on)


def test_the_day_is_corrected_where_nothing_lies_before_it() -> None:
    new = {"started_on": date(2025, 2, 1), **WHY}
    given(Pairing(), STARTED).when(lambda p: p.correct_pairing_day(**new, rests="")).then(
        events.PairingDayCorrected(
            **WHO,
            started_on=date(2025, 2, 1),
            started_before=date(2025, 1, 6),
            ended_on=None,
            because="录错",
        )
    )
    given(Pairing(), STARTED, signed("1", date(2025, 1, 20))).when(
        lambda p: p.correct_pairing_day(**new, rests="")
    ).refused(clauses.NOTHING_RESTS_ON_IT)
    given(Pairing(), STARTED).when(lambda p: p.correct_pairing_day(**new, rests="2025-01-09")).refused(
        clauses.NOTHING_RESTS_ON_IT
    )


def test_a_voided_pairing_lasted_no_day_and_takes_nothing_more() -> None:
    voided = events.PairingVoided(**WHO, started_on=date(2025, 1, 6), because="录错", voided_on=WHY["today"])
    given(Pairing(), STARTED, signed("1", date(2025, 1, 20))).when(
        lambda p: p.void_pairing(**WHY, rests="")
    ).then(voided)
    after = Pairing().after(STARTED).after(voided)
    assert not after.span.includes(date(2025, 1, 6)) and not after.agreements
    given(Pairing(), STARTED, voided).when(
        lambda p: p.sign_agreement(agreement_no="1", signed_on=date(2025, 3, 1), today=WHY["today"])
    ).refused(clauses.VOIDED_ONCE)


def test_a_renewal_is_voided_and_what_rests_on_it_is_not_left_alone() -> None:
    first, second = (events.PairingRenewed(**WHO, renewed_on=date(2025, month, 1)) for month in (4, 6))

    def void(day: date) -> Callable[[Pairing], Any]:
        return lambda p: p.void_renewal(renewed_before=day, **WHY)

    def voided(day: date, newest_on: date | None) -> events.RenewalVoided:
        return events.RenewalVoided(
            **WHO, renewed_on=day, newest_on=newest_on, because="录错", voided_on=WHY["today"]
        )

    both = given(Pairing(), STARTED, first, second)
    both.when(void(date(2025, 6, 1))).then(voided(date(2025, 6, 1), date(2025, 4, 1)))
    both.when(void(date(2025, 4, 1))).then(voided(date(2025, 4, 1), date(2025, 6, 1)))
    both.when(void(date(2025, 5, 1))).refused(clauses.RECORDED_FIRST, "2025-05-01")
    given(Pairing(), STARTED).when(void(date(2025, 4, 1))).refused(clauses.RECORDED_FIRST)
    gone = voided(date(2025, 4, 1), None)
    after = given(Pairing(), STARTED, first, gone)
    after.when(void(date(2025, 4, 1))).refused(clauses.RECORDED_FIRST)
    after.when(lambda p: p.renew_pairing(renewed_on=date(2025, 4, 1), today=WHY["today"])).then(first)
    # A ledger that is read again does not bring it back by itself, and a person does.
    stated: dict[str, Any] = {"paired_on": date(2024, 4, 1), "today": WHY["today"]}
    older = events.PairingStarted(**WHO, started_on=date(2023, 1, 6))
    again = events.PairingRenewed(**WHO, renewed_on=date(2024, 4, 1))
    given(Pairing(), older, again, voided(date(2024, 4, 1), None)).when(
        lambda p: p.state_pairing_day(**stated)
    ).refused(clauses.LEDGER_DIFFERS)
    signed_twice = STARTED, signed("1", date(2025, 1, 20)), first, signed("2", date(2025, 4, 2))
    given(Pairing(), *signed_twice).when(void(date(2025, 4, 1))).refused(clauses.NOTHING_RESTS_ON_IT, "2")
    given(Pairing(), *signed_twice, second).when(void(date(2025, 6, 1))).then(
        voided(date(2025, 6, 1), date(2025, 4, 1))
    )


def test_a_number_is_judged_that_two_agreements_bear() -> None:
    said: dict[str, Any] = {"other": "pr-2", "agreement_no": "1", "verdict": events.NumberVerdict.SAME, **WHY}
    judged = events.NumberJudged(
        **WHO,
        other_pairing="pr-2",
        agreement_no="1",
        number_verdict=said["verdict"],
        because="录错",
        judged_on=WHY["today"],
    )
    paired = given(Pairing(), STARTED, signed("1", date(2025, 1, 20)))
    paired.when(lambda p: p.judge_number(**said, borne=True)).then(judged)
    paired.when(lambda p: p.judge_number(**said, borne=False)).refused(clauses.NUMBER_BORNE_BY_BOTH, "1")
    voided = events.PairingVoided(**WHO, started_on=date(2025, 1, 6), because="录错", voided_on=WHY["today"])
    given(Pairing(), STARTED, voided).when(lambda p: p.judge_number(**said, borne=True)).refused(
        clauses.VOIDED_ONCE
    )


def test_the_newest_agreement_stands_after_another_was_voided() -> None:
    renewed = events.PairingRenewed(**WHO, renewed_on=date(2025, 6, 1))
    both = STARTED, signed("1", date(2025, 1, 20)), renewed, signed("2", date(2025, 6, 2))
    given(Pairing(), *both).when(lambda p: p.void_agreement(signed_before=date(2025, 6, 2), **WHY)).then(
        events.AgreementVoided(
            **WHO,
            agreement_no="2",
            signed_on=date(2025, 6, 2),
            because="录错",
            voided_on=WHY["today"],
            newest_no="1",
            newest_on=date(2025, 1, 20),
        )
    )
    given(Pairing(), *both).when(lambda p: p.void_agreement(signed_before=date(2025, 6, 3), **WHY)).refused(
        clauses.RECORDED_FIRST
    )
    right = events.AgreementCorrected(
        **WHO,
        agreement_no="1号",
        signed_on=date(2025, 1, 21),
        agreement_no_before="1",
        signed_before=date(2025, 1, 20),
        because="录错",
        newest_no="2",
        newest_on=date(2025, 6, 2),
    )
    said = {"signed_before": date(2025, 1, 20), "agreement_no": "1号", "signed_on": date(2025, 1, 21)}
    given(Pairing(), *both).when(lambda p: p.correct_agreement(**said, **WHY)).then(right)
    state = Pairing()
    for each in (*both, right):
        state = state.after(each)
    assert state.agreements == (Agreement("1号", date(2025, 1, 21)), Agreement("2", date(2025, 6, 2)))


def test_a_term_is_corrected_to_another_person_and_other_days_unless_the_post_is_held() -> None:
    left = events.LeftPost(
        **WHO, post=POST, person_ref="p-1", began_on=date(2025, 1, 6), ended_on=date(2025, 5, 1)
    )
    history = STARTED, appointed(ANNA, date(2025, 1, 6)), left, appointed(BERT, date(2025, 5, 1))
    said: dict[str, Any] = {"post": POST, "known_from": date(2025, 1, 6), "person": BERT, **WHY}
    days = {"began_on": date(2025, 1, 7), "ended_on": date(2025, 4, 30)}
    corrected = events.TermCorrected(
        **WHO,
        post=POST,
        person=BERT,
        **days,
        person_before="p-1",
        known_from=date(2025, 1, 6),
        ended_before=date(2025, 5, 1),
        because="录错",
    )
    given(Pairing(), *history).when(lambda p: p.correct_term(**said, **days)).then(corrected)
    late = {**days, "ended_on": date(2025, 5, 2)}
    given(Pairing(), *history).when(lambda p: p.correct_term(**said, **late)).refused(clauses.HELD_BY_ONE)
    voided = {"post": POST, "known_from": date(2025, 5, 1), **WHY}
    given(Pairing(), *history).when(lambda p: p.void_term(**voided)).then(
        events.TermVoided(
            **WHO,
            post=POST,
            person_ref="p-2",
            began_on=date(2025, 5, 1),
            because="录错",
            voided_on=WHY["today"],
        )
    )
