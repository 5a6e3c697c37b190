"""A pairing, its agreement and its two posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from domain.kernel.person import PersonRef
from domain.kernel.span import Span
from domain.pairing import clauses
from domain.pairing.events import (
    AgreementSigned,
    AppointedToPost,
    CaseLevel,
    CasePublished,
    LeftPost,
    MeetingHosted,
    PairingEnded,
    PairingStarted,
    Post,
)
from domain.pairing.pairing import Pairing
from domain.pairing.recognition import Recognition
from tests.kit.given import given

WHO: dict[str, Any] = {"pairing_id": "2025-v-b", "branch": "b", "village": "v"}
STARTED = PairingStarted(**WHO, year=2025, started_on=date(2025, 1, 1))
SIGNED = AgreementSigned(**WHO, agreement_no="〔2025〕1号", signed_on=date(2025, 2, 1))
ENDED = PairingEnded(**WHO, started_on=date(2025, 1, 1), ended_on=date(2025, 6, 30), because="调整")
FIRST, SECOND = PersonRef(ref="p1", commitment="c1"), PersonRef(ref="p2", commitment="c2")
SECRETARY = Post.PART_TIME_SECRETARY
TODAY = date(2025, 12, 31)
THEN: dict[str, Any] = {"within": Span(date(2025, 1, 1)), "today": TODAY}
HELD = AppointedToPost(**WHO, post=SECRETARY, person=FIRST, began_on=date(2025, 1, 10))
LEFT = LeftPost(
    **WHO, post=SECRETARY, person_ref="p1", began_on=date(2025, 1, 10), ended_on=date(2025, 5, 10)
)


def test_a_pairing_is_started_once() -> None:
    start = {**WHO, "year": 2025, "started_on": date(2025, 1, 1)}
    given(Pairing()).when(lambda p: p.start_pairing(**start, today=TODAY)).then(STARTED)
    given(Pairing(), STARTED).when(lambda p: p.start_pairing(**start, today=TODAY)).refused(
        clauses.PAIRED_ONCE, "2025-v-b"
    )


def test_a_pairing_ends_with_a_reason_not_before_it_began() -> None:
    running = given(Pairing(), STARTED)
    running.when(lambda p: p.end_pairing(ended_on=date(2025, 6, 30), because="调整", today=TODAY)).then(ENDED)
    running.when(lambda p: p.end_pairing(ended_on=date(2025, 6, 30), because=" ", today=TODAY)).refused(
        clauses.REASON_GIVEN
    )
    running.when(lambda p: p.end_pairing(ended_on=date(2024, 12, 31), because="调整", today=TODAY)).refused(
        clauses.ENDS_AFTER_START, "2024-12-31 < 2025-01-01"
    )
    given(Pairing()).when(
        lambda p: p.end_pairing(ended_on=date(2025, 6, 30), because="调整", today=TODAY)
    ).refused(clauses.STARTED_FIRST)


def test_one_agreement_is_signed_while_the_pairing_lasts() -> None:
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
    after.when(state(date(2025, 1, 2), date(2025, 1, 10))).then(earlier)
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


def test_a_case_and_a_meeting_are_recorded_once() -> None:
    case: dict[str, Any] = {
        **WHO, "case_name": "南溪经验", "level": CaseLevel.COUNTY, "published_on": date(2025, 8, 5),
    }  # fmt: skip
    given(Recognition()).when(lambda r: r.publish_case(**case, **THEN)).then(CasePublished(**case))
    given(Recognition(), CasePublished(**case)).when(lambda r: r.publish_case(**case, **THEN)).refused(
        clauses.RECORDED_ONCE, "南溪经验"
    )
    meeting: dict[str, Any] = {**WHO, "hosted_on": date(2025, 9, 22)}
    given(Recognition()).when(lambda r: r.host_meeting(**meeting, **THEN)).then(MeetingHosted(**meeting))
    given(Recognition(), MeetingHosted(**meeting)).when(lambda r: r.host_meeting(**meeting, **THEN)).refused(
        clauses.RECORDED_ONCE
    )


def test_what_happened_before_a_pairing_began_is_none_of_it() -> None:
    started = given(Pairing(), STARTED)
    before = date(2024, 12, 31)
    started.when(lambda p: p.sign_agreement(agreement_no="1", signed_on=before, today=TODAY)).refused(
        clauses.NOT_BEFORE_ITS_START, "2024-12-31 < 2025-01-01"
    )
    started.when(
        lambda p: p.appoint_to_post(post=SECRETARY, person=FIRST, began_on=before, today=TODAY)
    ).refused(clauses.NOT_BEFORE_ITS_START)
    given(Recognition()).when(
        lambda r: r.publish_case(**WHO, case_name="x", level=CaseLevel.COUNTY, published_on=before, **THEN)
    ).refused(clauses.NOT_BEFORE_ITS_START)
    given(Recognition()).when(lambda r: r.host_meeting(**WHO, hosted_on=before, **THEN)).refused(
        clauses.NOT_BEFORE_ITS_START
    )


def test_a_case_may_be_published_after_the_end_a_meeting_is_not_held_then() -> None:
    then: dict[str, Any] = {"within": Span(date(2025, 1, 1), date(2025, 6, 30)), "today": TODAY}
    case: dict[str, Any] = {
        **WHO,
        "case_name": "x",
        "level": CaseLevel.COUNTY,
        "published_on": date(2025, 7, 1),
    }
    given(Recognition()).when(lambda r: r.publish_case(**case, **then)).then(CasePublished(**case))
    given(Recognition()).when(lambda r: r.host_meeting(**WHO, hosted_on=date(2025, 7, 1), **then)).refused(
        clauses.NOT_AFTER_ITS_END, "2025-07-01 > 2025-06-30"
    )


def test_the_same_case_on_another_day_differs_from_what_is_on_record() -> None:
    case: dict[str, Any] = {
        **WHO,
        "case_name": "x",
        "level": CaseLevel.COUNTY,
        "published_on": date(2025, 7, 1),
    }
    other = {**case, "published_on": date(2025, 7, 2)}
    given(Recognition(), CasePublished(**case)).when(lambda r: r.publish_case(**other, **THEN)).refused(
        clauses.LEDGER_DIFFERS, "x"
    )
