"""A pairing, its agreement and its two posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from domain.kernel.person import PersonRef
from domain.pairing import clauses
from domain.pairing.events import (
    AgreementAmended,
    AgreementEnded,
    AgreementRenewed,
    AgreementSigned,
    AppointedToPost,
    LeftPost,
    PairingBegunEarlier,
    PairingEnded,
    PairingRenewed,
    PairingStarted,
    Post,
    TermBegunEarlier,
)
from domain.pairing.pairing import Pairing
from tests.kit.given import given

WHO: dict[str, Any] = {"pairing_id": "pr-1", "branch": "b", "village": "v"}
STARTED = PairingStarted(**WHO, started_on=date(2025, 1, 1))
SIGNED = AgreementSigned(**WHO, agreement_no="〔2025〕1号", signed_on=date(2025, 2, 1))
ENDED = PairingEnded(**WHO, started_on=date(2025, 1, 1), ended_on=date(2025, 6, 30), because="调整")
FIRST, SECOND = PersonRef(ref="p1", commitment="c1"), PersonRef(ref="p2", commitment="c2")
SECRETARY = Post.PART_TIME_SECRETARY
TODAY = date(2025, 12, 31)
HELD = AppointedToPost(**WHO, post=SECRETARY, person=FIRST, began_on=date(2025, 1, 10))
LEFT = LeftPost(
    **WHO, post=SECRETARY, person_ref="p1", began_on=date(2025, 1, 10), ended_on=date(2025, 5, 10)
)


def test_a_pairing_is_started_once() -> None:
    start: dict[str, Any] = {**WHO, "started_on": date(2025, 1, 1), "paired": ""}
    given(Pairing()).when(lambda p: p.start_pairing(**start, today=TODAY)).then(STARTED)
    given(Pairing(), STARTED).when(lambda p: p.start_pairing(**start, today=TODAY)).refused(
        clauses.PAIRED_ONCE, "pr-1"
    )
    given(Pairing()).when(lambda p: p.start_pairing(**{**start, "paired": "pr-2"}, today=TODAY)).refused(
        clauses.PAIRED_ONCE, "pr-2"
    )


def test_a_pairing_that_another_branch_takes_over_ends_the_day_before() -> None:
    def taken_over(branch: str) -> Any:
        on = date(2025, 7, 1)
        return lambda p: p.replace_pairing(branch=branch, replaced_on=on, because="调整", today=TODAY)

    given(Pairing(), STARTED).when(taken_over("b-2")).then(ENDED)
    given(Pairing(), STARTED).when(taken_over("b")).refused(clauses.PAIRED_ONCE, "pr-1")
    given(Pairing()).when(taken_over("b-2")).refused(clauses.STARTED_FIRST)


def test_a_pairing_ends_with_a_reason_not_before_it_began() -> None:
    running = given(Pairing(), STARTED)
    running.when(lambda p: p.end_pairing(ended_on=date(2025, 6, 30), because="调整", today=TODAY)).then(ENDED)
    running.when(lambda p: p.end_pairing(ended_on=date(2025, 6, 30), because=" ", today=TODAY)).refused(
        clauses.REASON_GIVEN
    )
    running.when(lambda p: p.end_pairing(ended_on=date(2024, 12, 31), because="调整", today=TODAY)).refused(
        clauses.ENDS_AFTER_START, "2024-12-31 < 2025-01-01"
    )
    renewed = given(Pairing(), STARTED, PairingRenewed(**WHO, renewed_on=date(2025, 7, 1)))
    renewed.when(lambda p: p.end_pairing(ended_on=date(2025, 6, 30), because="调整", today=TODAY)).refused(
        clauses.ENDS_AFTER_START, "2025-06-30 < 2025-07-01"
    )
    given(Pairing()).when(
        lambda p: p.end_pairing(ended_on=date(2025, 6, 30), because="调整", today=TODAY)
    ).refused(clauses.STARTED_FIRST)


def test_one_agreement_a_year_is_signed_while_the_pairing_lasts() -> None:
    sign = {"agreement_no": "〔2025〕1号", "signed_on": date(2025, 2, 1)}
    given(Pairing(), STARTED).when(lambda p: p.sign_agreement(**sign, today=TODAY)).then(SIGNED)
    given(Pairing(), STARTED, SIGNED).when(lambda p: p.sign_agreement(**sign, today=TODAY)).refused(
        clauses.SIGNED_ONCE
    )
    late = {**sign, "signed_on": date(2025, 7, 1)}
    given(Pairing(), STARTED, ENDED).when(lambda p: p.sign_agreement(**late, today=TODAY)).refused(
        clauses.NOT_AFTER_ITS_END, "2025-07-01 > 2025-06-30"
    )


def test_a_post_is_held_by_one_and_handed_over_on_one_day() -> None:
    def appoint(on: date) -> Any:
        return lambda p: p.appoint_to_post(post=SECRETARY, person=SECOND, began_on=on, today=TODAY)

    given(Pairing(), STARTED, HELD).when(appoint(date(2025, 3, 1))).refused(clauses.HELD_BY_ONE)
    after = given(Pairing(), STARTED, HELD, LEFT)
    after.when(appoint(date(2025, 5, 10))).then(
        AppointedToPost(**WHO, post=SECRETARY, person=SECOND, began_on=date(2025, 5, 10))
    )
    after.when(appoint(date(2025, 5, 9))).refused(clauses.HELD_BY_ONE, "2025-05-10")

    def state(on: date, until: date | None = None) -> Any:
        return lambda p: p.state_appointment(
            post=SECRETARY, person=SECOND, began_on=on, ended_on=until, today=TODAY
        )

    second = AppointedToPost(**WHO, post=SECRETARY, person=SECOND, began_on=date(2025, 5, 9))
    after.when(state(date(2025, 5, 9))).then(replace(second, irregular=(clauses.HELD_BY_ONE.id,)))
    after.when(state(date(2025, 5, 10))).then(replace(second, began_on=date(2025, 5, 10)))
    earlier = replace(second, began_on=date(2025, 1, 2))
    gone = replace(LEFT, person_ref="p2", began_on=date(2025, 1, 2), ended_on=date(2025, 1, 10))
    after.when(state(date(2025, 1, 2), date(2025, 1, 10))).then(earlier, gone)
    after.when(state(date(2025, 1, 2))).then(replace(earlier, irregular=(clauses.HELD_BY_ONE.id,)))
    both = given(Pairing(), STARTED, HELD, second)
    both.when(
        lambda p: p.leave_post(post=SECRETARY, ended_on=date(2025, 5, 10), person_ref="p1", today=TODAY)
    ).then(LEFT)
    other = AppointedToPost(**WHO, post=Post.INVITED_MEMBER, person=SECOND, began_on=date(2025, 3, 1))
    given(Pairing(), STARTED, HELD).when(
        lambda p: p.appoint_to_post(
            post=Post.INVITED_MEMBER, person=SECOND, began_on=date(2025, 3, 1), today=TODAY
        )
    ).then(other)


def test_only_who_holds_a_post_leaves_it() -> None:
    def leave(on: date) -> Any:
        return lambda p: p.leave_post(post=SECRETARY, ended_on=on, today=TODAY)

    given(Pairing(), STARTED, HELD).when(leave(date(2025, 5, 10))).then(LEFT)
    given(Pairing(), STARTED).when(leave(date(2025, 5, 10))).refused(clauses.LEAVES_WHO_HOLDS)
    given(Pairing(), STARTED, HELD).when(leave(date(2025, 1, 9))).refused(clauses.ENDS_AFTER_START)


def test_an_agreement_is_signed_again_in_another_year_or_after_a_renewal() -> None:
    again = {"agreement_no": "〔2025〕2号", "signed_on": date(2025, 9, 1)}
    renewed = PairingRenewed(**WHO, renewed_on=date(2025, 8, 1))
    given(Pairing(), STARTED, SIGNED).when(lambda p: p.sign_agreement(**again, today=TODAY)).refused(
        clauses.SIGNED_ONCE, "〔2025〕1号"
    )
    given(Pairing(), STARTED, SIGNED, renewed).when(lambda p: p.sign_agreement(**again, today=TODAY)).then(
        AgreementSigned(**WHO, **again)
    )
    next_year = {"agreement_no": "〔2026〕1号", "signed_on": date(2026, 2, 1)}
    given(Pairing(), STARTED, SIGNED).when(
        lambda p: p.sign_agreement(**next_year, today=date(2026, 3, 1))
    ).then(AgreementSigned(**WHO, **next_year))


def test_a_pairing_is_renewed_while_it_lasts() -> None:
    def renew(on: date) -> Any:
        return lambda p: p.renew_pairing(renewed_on=on, today=TODAY)

    running = given(Pairing(), STARTED)
    running.when(renew(date(2025, 8, 1))).then(PairingRenewed(**WHO, renewed_on=date(2025, 8, 1)))
    running.when(renew(date(2025, 1, 1))).refused(clauses.PAIRED_ONCE, "2025-01-01")
    given(Pairing(), STARTED, ENDED).when(renew(date(2025, 8, 1))).refused(clauses.NOT_AFTER_ITS_END)
    given(Pairing()).when(renew(date(2025, 8, 1))).refused(clauses.STARTED_FIRST)


def test_a_ledger_states_pairing_days_in_any_order() -> None:
    def state(on: date) -> Any:
        return lambda p: p.state_pairing_day(paired_on=on, today=date(2026, 6, 30))

    first, later = date(2025, 1, 1), date(2026, 1, 1)
    given(Pairing(), STARTED).when(state(first)).then()
    renewed = PairingRenewed(**WHO, renewed_on=later)
    given(Pairing(), STARTED).when(state(later)).then(renewed)
    given(Pairing(), STARTED, renewed).when(state(later)).then()
    began = PairingStarted(**WHO, started_on=later)
    earlier = PairingBegunEarlier(**WHO, started_on=first, renewed_on=later)
    given(Pairing(), began).when(state(first)).then(earlier)
    one_way = Pairing().after(STARTED).after(renewed)
    assert Pairing().after(began).after(earlier) == one_way
    given(Pairing(), began, earlier).when(state(later)).then()
    given(Pairing(), STARTED).when(state(date(2025, 1, 2))).refused(
        clauses.LEDGER_DIFFERS, "2025-01-01 / 2025-01-02"
    )


def test_a_ledger_states_a_term_that_began_earlier_or_is_on_record() -> None:
    def state(on: date, until: date | None = None) -> Any:
        return lambda p: p.state_appointment(
            post=SECRETARY, person=FIRST, began_on=on, ended_on=until, today=TODAY
        )

    holds = given(Pairing(), STARTED, HELD)
    holds.when(state(date(2025, 1, 10))).then()
    holds.when(state(date(2025, 4, 1))).then()
    began = {"post": SECRETARY, "person_ref": "p1", "began_on": date(2025, 1, 2)}
    earlier = TermBegunEarlier(**WHO, **began, known_from=date(2025, 1, 10))
    holds.when(state(date(2025, 1, 2))).then(earlier)
    left = given(Pairing(), STARTED, HELD, LEFT)
    left.when(state(date(2025, 1, 2))).then(replace(earlier, ended_on=date(2025, 5, 10)))
    # A term that ended before the known one is one of its own, and so is one that begins when it ends.
    alone = AppointedToPost(**WHO, post=SECRETARY, person=FIRST, began_on=date(2025, 1, 2))
    gone = replace(LEFT, began_on=date(2025, 1, 2), ended_on=date(2025, 1, 9))
    left.when(state(date(2025, 1, 2), date(2025, 1, 9))).then(alone, gone)
    holds.when(state(date(2025, 1, 2), date(2025, 1, 9))).then(alone, gone)
    left.when(state(date(2025, 5, 10))).then(replace(alone, began_on=date(2025, 5, 10)))
    assert Pairing().after(STARTED).after(HELD).after(earlier).terms[0].began_on == date(2025, 1, 2)


def test_a_ledger_states_when_a_term_ended() -> None:
    def state(until: date) -> Any:
        return lambda p: p.state_appointment(
            post=SECRETARY, person=FIRST, began_on=date(2025, 1, 10), ended_on=until, today=TODAY
        )

    given(Pairing(), STARTED).when(state(date(2025, 5, 10))).then(HELD, LEFT)
    given(Pairing(), STARTED, HELD).when(state(date(2025, 5, 10))).then(LEFT)
    left = given(Pairing(), STARTED, HELD, LEFT)
    left.when(state(date(2025, 5, 10))).then()
    left.when(state(date(2025, 5, 9))).refused(clauses.LEDGER_DIFFERS, "2025-05-10 / 2025-05-09")
    started = given(Pairing(), STARTED)
    started.when(state(date(2025, 1, 9))).refused(clauses.ENDS_AFTER_START, "2025-01-09 < 2025-01-10")
    started.when(state(date(2199, 1, 1))).refused(clauses.NOT_IN_THE_FUTURE)


def test_what_happened_before_a_pairing_began_is_none_of_it() -> None:
    started = given(Pairing(), STARTED)
    before = date(2024, 12, 31)
    started.when(lambda p: p.sign_agreement(agreement_no="1", signed_on=before, today=TODAY)).refused(
        clauses.NOT_BEFORE_ITS_START, "2024-12-31 < 2025-01-01"
    )
    started.when(
        lambda p: p.appoint_to_post(post=SECRETARY, person=FIRST, began_on=before, today=TODAY)
    ).refused(clauses.NOT_BEFORE_ITS_START)


def test_what_is_agreed_is_amended_renewed_and_ended_early() -> None:
    of: dict[str, Any] = {**WHO, "agreement_no": "〔2025〕1号", "signed_on": date(2025, 2, 1)}
    day, later, last = date(2025, 2, 2), date(2025, 9, 1), date(2025, 12, 31)

    def amend(duties: str, because: str = "", on: date = day, ends_on: date | None = last) -> Any:
        said: dict[str, Any] = {"others": "", "duties": duties, "ends_on": ends_on, "because": because}
        return lambda p: p.amend_agreement(amended_on=on, **said, today=TODAY)

    before: dict[str, Any] = {"others_before": "", "duties_before": "", "ends_before": None}
    stated = AgreementAmended(
        **of, amended_on=day, others="", duties="每月到村", ends_on=last, **before, because=""
    )
    signed, agreed = given(Pairing(), STARTED, SIGNED), given(Pairing(), STARTED, SIGNED, stated)
    signed.when(amend("每月到村")).then(stated)
    given(Pairing(), STARTED).when(amend("每月到村")).refused(clauses.SIGNED_FIRST)
    signed.when(amend("每月到村", on=date(2025, 1, 31))).refused(clauses.AGREEMENT_IN_FORCE)
    signed.when(amend("每月到村", ends_on=date(2025, 1, 31))).refused(clauses.ENDS_AFTER_START)
    agreed.when(amend("每季到村", on=later)).refused(clauses.AMENDED_WITH_A_REASON)
    agreed.when(amend("每季到村", "农忙", on=later)).then(
        AgreementAmended(
            **of,
            amended_on=later,
            others="",
            duties="每季到村",
            ends_on=last,
            others_before="",
            duties_before="每月到村",
            ends_before=last,
            because="农忙",
        )
    )
    agreed.when(lambda p: p.renew_agreement(renewed_on=later, ends_on=last, today=TODAY)).refused(
        clauses.RENEWED_FOR_LONGER
    )
    longer = date(2026, 12, 31)
    agreed.when(lambda p: p.renew_agreement(renewed_on=later, ends_on=longer, today=TODAY)).then(
        AgreementRenewed(**of, renewed_on=later, ends_on=longer, ends_before=last)
    )
    ended = AgreementEnded(**of, ended_on=later, because="单位撤并")
    agreed.when(lambda p: p.end_agreement(ended_on=later, because="单位撤并", today=TODAY)).then(ended)
    given(Pairing(), STARTED, SIGNED, stated, ended).when(amend("每季到村", "农忙", on=later)).refused(
        clauses.AGREEMENT_ENDED_ONCE
    )
