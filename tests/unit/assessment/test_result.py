"""From a frozen run to published results: who is graded, adjusted, signed, on notice, published, served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.assessment.year import clauses
from domain.assessment.year.events import (
    AssessmentEvent,
    FindingRuledOut,
    GradeAdjustmentApproved,
    GradeAdjustmentProposed,
    GradeAdjustmentRefused,
    NoticeClosed,
    NoticeOpened,
    ObjectionAnswered,
    ObjectionFiled,
    PairingExcluded,
    PairingIncluded,
    PointsRuled,
    ResultServed,
    RunConsented,
    RunFrozen,
    RunPublished,
    RunSigned,
    SignStep,
)
from domain.assessment.year.result import YearResults
from domain.assessment.year.run_result import ComputedGrades
from domain.kernel.clause import Clause
from domain.kernel.errors import Rejected
from domain.kernel.parties import Side
from domain.kernel.person import PersonRef, Persons
from tests.kit.given import Given, given
from tests.kit.persons import ALONE, same

DAY = date(2026, 1, 12)
LAST = DAY + timedelta(days=4)
AFTER = LAST + timedelta(days=1)
RUN, NO, P, Q = "r-1", "2025-1", "p-1", "p-2"
HEAD = PersonRef(ref="p-1", commitment="c")
FROZEN = RunFrozen(
    run_id=RUN,
    year=2025,
    number=1,
    known_at=8000,
    scheme_version=1,
    results_digest="d",
    subjects=5,
    frozen_on=DAY,
    because="年终",
    frozen_by="kaohe",
)
AGAIN = replace(FROZEN, run_id="r-2", number=2)
COMPUTED = ComputedGrades(
    grades={P: "good", Q: "excellent", "r": "good", "x": "", "v": "poor", "w": "poor"},
    places={"excellent": 1, "good": None, "poor": None},
    totals={P: 9100, Q: 9500, "r": 8500, "x": 9000, "v": 9900, "w": 5800},
    least={"excellent": 9000, "good": 8000, "poor": 0},
    vetoed={"v"},
)


def of_run(event: type[AssessmentEvent], **more: Any) -> Any:
    return event(**{"run_id": RUN, "year": 2025, **more})


EXCLUDE: dict[str, Any] = {"year": 2025, "pairing_id": P, "because": "灾后重建", "basis": "县委纪要 3 号"}
EXCLUDED = PairingExcluded(**EXCLUDE, excluded_by="lianban", excluded_on=DAY)
INCLUDED = PairingIncluded(year=2025, pairing_id=P, because="已恢复", included_by="lianban", included_on=DAY)


def named(account: str) -> PersonRef:
    """The person behind an account."""
    return PersonRef(ref=f"p-{account}", commitment="c")


def signed(step: SignStep, by: str, **more: Any) -> RunSigned:
    event: RunSigned = of_run(
        RunSigned,
        step=step,
        signer=named(by),
        office="县联建办",
        opinion="同意",
        signed_by=by,
        signed_on=DAY,
        **more,
    )
    return event


CHAIN = (
    signed(SignStep.SCORING_GROUP, "fukao"),
    signed(SignStep.OFFICE, "lianban"),
    signed(SignStep.LEADING_GROUP, "lingdao"),
)
NOTICE = of_run(
    NoticeOpened,
    opened_on=DAY,
    closes_on=LAST,
    working_days=5,
    calendar_version="2026v1",
    contact="县联建办",
    ranking_basis="",
    opened_by="lianban",
)
FILED = of_run(
    ObjectionFiled,
    objection_id="ob-1",
    number="YY2025-1-01",
    pairing_id=P,
    grounds="一季度有活动",
    filed_by="danwei",
    filed_on=LAST,
)
DISMISSED = of_run(
    ObjectionAnswered,
    objection_id="ob-1",
    number="YY2025-1-01",
    pairing_id=P,
    upheld=False,
    answer="填报晚于截止日",
    answered_by="lianban",
    answered_on=LAST,
)
UPHELD = replace(DISMISSED, upheld=True)
CLOSED = of_run(NoticeClosed, closed_by="lianban", closed_on=AFTER)
PUBLISHED = of_run(RunPublished, published_on=AFTER)


def of_year(*events: AssessmentEvent) -> Given:
    return given(YearResults(), *events)


# ---------------------------------------------------------------- who is graded


def exclude(results: YearResults, **more: Any) -> PairingExcluded:
    return results.exclude_pairing(**{**EXCLUDE, "excluded_by": "lianban", "excluded_on": DAY, **more})


def include(results: YearResults, **more: Any) -> PairingIncluded:
    form: dict[str, Any] = {"year": 2025, "pairing_id": P, "because": "已恢复"}
    return results.include_pairing(**{**form, "included_by": "lianban", "included_on": DAY, **more})


def test_a_pairing_is_excluded_and_taken_back() -> None:
    of_year().when(exclude).then(EXCLUDED)
    of_year(EXCLUDED).when(exclude).refused(clauses.EXCLUDED_ONCE, P)
    of_year(EXCLUDED).when(include).then(INCLUDED)
    of_year().when(include).refused(clauses.INCLUDED_IF_EXCLUDED, P)
    of_year(EXCLUDED, INCLUDED).when(exclude).then(EXCLUDED)


def test_who_is_graded_does_not_change_once_the_year_is_public() -> None:
    public = of_year(FROZEN, *CHAIN, NOTICE, CLOSED, PUBLISHED)
    public.when(exclude).refused(clauses.EXCLUDED_BEFORE_PUBLICATION, NO)
    of_year(EXCLUDED, FROZEN, PUBLISHED).when(include).refused(clauses.EXCLUDED_BEFORE_PUBLICATION, NO)


# ---------------------------------------------------------------- adjusted grades

PROPOSE: dict[str, Any] = {
    "run_id": RUN,
    "pairing_id": P,
    "grade_after": "poor",
    "because": "年终出现重大舆情",
    "basis": "县委纪要 5 号",
    "proposed_by": "kaohe",
    "proposed_on": DAY,
}
PROPOSED = GradeAdjustmentProposed(**PROPOSE, year=2025, grade_before="good")
APPROVED = of_run(
    GradeAdjustmentApproved,
    pairing_id=P,
    grade_after="poor",
    approver=HEAD,
    office="县联建办",
    approved_by="lianban",
    approved_on=DAY,
)
REFUSED = of_run(
    GradeAdjustmentRefused, pairing_id=P, because="依据不足", refused_by="lianban", refused_on=DAY
)


def propose(results: YearResults, **more: Any) -> GradeAdjustmentProposed:
    return results.propose_adjustment(**{**PROPOSE, "computed": COMPUTED, **more})


def approve(
    results: YearResults,
    pairing: str = P,
    by: str = "lianban",
    computed: ComputedGrades = COMPUTED,
    persons: Persons = ALONE,
) -> GradeAdjustmentApproved:
    return results.approve_adjustment(
        run_id=RUN,
        pairing_id=pairing,
        approver=HEAD,
        office="县联建办",
        approved_by=by,
        approved_on=DAY,
        computed=computed,
        persons=persons,
    )


def refuse(
    results: YearResults, by: str = "lianban", because: str = "依据不足", persons: Persons = ALONE
) -> GradeAdjustmentRefused:
    return results.refuse_adjustment(
        run_id=RUN, pairing_id=P, because=because, refused_by=by, refused_on=DAY, persons=persons
    )


@pytest.mark.parametrize(
    ("more", "clause"),
    [
        ({"grade_after": "splendid"}, clauses.GRADE_OF_THE_SCHEME),
        ({"grade_after": "good"}, clauses.GRADE_DIFFERS),
        ({"pairing_id": "x"}, clauses.ADJUSTED_IF_GRADED),
        ({"pairing_id": "elsewhere"}, clauses.ADJUSTED_IF_GRADED),
        ({"pairing_id": "v", "grade_after": "excellent"}, clauses.ADJUSTED_WITHIN_VETO),
        ({"pairing_id": "v", "grade_after": "good"}, clauses.ADJUSTED_WITHIN_VETO),
        ({"pairing_id": "w", "grade_after": "excellent"}, clauses.ADJUSTED_TO_POINTS),
        ({"pairing_id": "r", "grade_after": "excellent"}, clauses.ADJUSTED_TO_POINTS),
    ],
)
def test_an_adjustment_is_proposed_of_what_was_graded(more: dict[str, Any], clause: Clause) -> None:
    of_year(FROZEN).when(propose).then(PROPOSED)
    of_year(FROZEN).when(lambda r: propose(r, **more)).refused(clause)


def test_an_adjustment_is_decided_before_the_next_and_before_anybody_signs() -> None:
    of_year(FROZEN, PROPOSED).when(propose).refused(clauses.ADJUSTMENT_DECIDED_FIRST, P)
    of_year(FROZEN, CHAIN[0]).when(propose).refused(clauses.ADJUSTED_BEFORE_SIGNING, NO)
    of_year(FROZEN, AGAIN).when(propose).refused(clauses.NEWEST_RUN, "2025-2")
    of_year(FROZEN, PROPOSED).when(lambda r: sign(r, SignStep.SCORING_GROUP, "fukao")).refused(
        clauses.ADJUSTMENTS_DECIDED, P
    )
    of_year(FROZEN, PROPOSED, REFUSED).when(propose).then(PROPOSED)
    of_year(FROZEN, PROPOSED, APPROVED).when(propose).refused(clauses.GRADE_DIFFERS, "poor")
    back = replace(PROPOSED, grade_before="poor", grade_after="good")
    of_year(FROZEN, PROPOSED, APPROVED).when(lambda r: propose(r, grade_after="good")).then(back)


def test_another_person_decides_on_an_adjustment() -> None:
    waiting = of_year(FROZEN, PROPOSED)
    waiting.when(approve).then(APPROVED)
    waiting.when(refuse).then(REFUSED)
    waiting.when(lambda r: approve(r, by="kaohe")).refused(clauses.ADJUSTED_BY_TWO, "kaohe")
    waiting.when(lambda r: refuse(r, by="kaohe")).refused(clauses.ADJUSTED_BY_TWO, "kaohe")
    twice = same("kaohe", "lianban")
    waiting.when(lambda r: approve(r, persons=twice)).refused(clauses.ADJUSTED_BY_TWO, "lianban")
    waiting.when(lambda r: refuse(r, persons=twice)).refused(clauses.ADJUSTED_BY_TWO, "lianban")
    of_year(FROZEN, PROPOSED, APPROVED).when(approve).refused(clauses.ADJUSTMENT_PROPOSED, NO)
    of_year(FROZEN, PROPOSED, REFUSED).when(refuse).refused(clauses.ADJUSTMENT_PROPOSED, NO)


def test_an_adjustment_stays_within_the_places() -> None:
    up = replace(PROPOSED, grade_after="excellent")
    of_year(FROZEN, up).when(approve).refused(clauses.ADJUSTED_WITHIN_QUOTA, "2 > 1")
    down = replace(PROPOSED, pairing_id=Q, grade_before="excellent", grade_after="good")
    freed = replace(APPROVED, pairing_id=Q, grade_after="good")
    of_year(FROZEN, down, freed, up).when(approve).then(replace(APPROVED, grade_after="excellent"))


def test_what_is_carried_over_is_what_one_may_ask_for_in_the_new_run() -> None:
    carried = replace(PROPOSED, grade_after="excellent", carried_from="r-0")
    state = of_year(FROZEN, carried)
    for computed, clause in (
        (replace(COMPUTED, vetoed={P}), clauses.ADJUSTED_WITHIN_VETO),
        (replace(COMPUTED, totals={**COMPUTED.totals, P: 8999}), clauses.ADJUSTED_TO_POINTS),
        (replace(COMPUTED, grades={**COMPUTED.grades, P: ""}), clauses.ADJUSTED_IF_GRADED),
        (replace(COMPUTED, places={"good": None, "poor": None}), clauses.GRADE_OF_THE_SCHEME),
    ):
        state.when(lambda r, computed=computed: approve(r, computed=computed)).refused(clause)
    state.when(refuse).then(REFUSED)


def test_every_adjustment_of_the_run_before_waits_in_the_next() -> None:
    undecided = replace(PROPOSED, pairing_id="r")
    before = of_year(FROZEN, PROPOSED, APPROVED, undecided).state
    carried = before.carried_into(AGAIN, {P: "good"})
    assert [(each.pairing_id, each.grade_before, each.carried_from) for each in carried] == [
        (P, "good", RUN),
        ("r", "", RUN),
    ]
    assert {(each.run_id, each.because, each.proposed_by) for each in carried} == {
        ("r-2", PROPOSED.because, "kaohe")
    }
    assert before.carried_into(replace(AGAIN, for_comparison=True), {}) == []
    assert of_year(FROZEN, PROPOSED, REFUSED).state.carried_into(AGAIN, {}) == []
    state = given(before, AGAIN, *carried)
    state.when(lambda r: r.sign_scoring_group(**{**SIGN, "run_id": "r-2", "persons": ALONE})).refused(
        clauses.ADJUSTMENTS_DECIDED, P
    )


# ---------------------------------------------------------------- the sign-off chain

SIGN: dict[str, Any] = {
    "signer": HEAD,
    "office": "县联建办",
    "opinion": "同意",
    "signed_by": "fukao",
    "signed_on": DAY,
}


def sign(results: YearResults, step: SignStep, by: str, persons: Persons = ALONE) -> RunSigned:
    return getattr(results, f"sign_{step.value}")(  # type: ignore[no-any-return]
        run_id=RUN,
        signer=named(by),
        office="县联建办",
        opinion="同意",
        signed_by=by,
        signed_on=DAY,
        persons=persons,
    )


def test_three_persons_sign_in_the_order_of_the_chain() -> None:
    of_year(FROZEN).when(lambda r: sign(r, SignStep.SCORING_GROUP, "fukao")).then(CHAIN[0])
    of_year(FROZEN, *CHAIN[:2]).when(lambda r: sign(r, SignStep.LEADING_GROUP, "lingdao")).then(CHAIN[2])
    of_year(FROZEN).when(lambda r: sign(r, SignStep.OFFICE, "lianban")).refused(clauses.SIGNED_IN_ORDER)
    of_year(FROZEN, CHAIN[0]).when(lambda r: sign(r, SignStep.SCORING_GROUP, "kaohe")).refused(
        clauses.SIGNED_IN_ORDER
    )
    of_year(FROZEN, *CHAIN).when(lambda r: sign(r, SignStep.LEADING_GROUP, "other")).refused(
        clauses.SIGNED_IN_ORDER
    )
    of_year(FROZEN, *CHAIN[:2]).when(lambda r: sign(r, SignStep.LEADING_GROUP, "lianban")).refused(
        clauses.SIGNED_BY_THREE, "lianban"
    )
    # One name behind two accounts is one person.
    of_year(FROZEN, replace(CHAIN[0], signer=named("lianban"))).when(
        lambda r: sign(r, SignStep.OFFICE, "lianban")
    ).refused(clauses.SIGNED_BY_THREE, "p-lianban")
    of_year(FROZEN, AGAIN).when(lambda r: sign(r, SignStep.SCORING_GROUP, "fukao")).refused(
        clauses.NEWEST_RUN
    )


# ---------------------------------------------------------------- the public notice


def open_notice(results: YearResults, **more: Any) -> NoticeOpened:
    form: dict[str, Any] = {
        "run_id": RUN,
        "opened_on": DAY,
        "closes_on": LAST,
        "working_days": 5,
        "calendar_version": "2026v1",
        "contact": "县联建办",
        "ranking_basis": "",
        "opened_by": "lianban",
    }
    return results.open_notice(**{**form, **more})


def test_signed_results_go_on_notice_once() -> None:
    of_year(FROZEN, *CHAIN).when(open_notice).then(NOTICE)
    of_year(FROZEN, *CHAIN[:2]).when(open_notice).refused(clauses.SIGNED_OFF, NO)
    of_year(FROZEN, *CHAIN, NOTICE).when(open_notice).refused(clauses.NOTICE_ONCE, NO)
    of_year(FROZEN, *CHAIN).when(lambda r: open_notice(r, working_days=0)).refused(clauses.NOTICE_LASTS, "0")
    of_year(FROZEN, *CHAIN, AGAIN).when(open_notice).refused(clauses.NEWEST_RUN)


def test_a_run_that_replaces_a_published_one_needs_consent() -> None:
    chain = tuple(replace(each, run_id="r-2") for each in CHAIN)
    before = (FROZEN, *CHAIN, NOTICE, CLOSED, PUBLISHED, AGAIN, *chain)
    consent = RunConsented(
        run_id="r-2",
        year=2025,
        consenter=HEAD,
        office="县联建办",
        because="申诉更正",
        consented_by="lianban",
        consented_on=AFTER,
    )
    of_year(*before).when(lambda r: open_notice(r, run_id="r-2")).refused(clauses.CONSENTED_TO_REPLACE, NO)
    second = replace(NOTICE, run_id="r-2")
    of_year(*before, consent).when(lambda r: open_notice(r, run_id="r-2")).then(second)
    closed = replace(CLOSED, run_id="r-2")
    of_year(*before, second, closed).when(
        lambda r: r.publish_run(
            run_id="r-2", published_on=AFTER, unsettled=[], leaves_behind=(), acknowledged=False
        )
    ).refused(clauses.CONSENTED_TO_REPLACE, NO)
    of_year(*before, consent, second, closed).when(
        lambda r: r.publish_run(
            run_id="r-2", published_on=AFTER, unsettled=[], leaves_behind=(), acknowledged=False
        )
    ).then(replace(PUBLISHED, run_id="r-2"))


def file(results: YearResults, **more: Any) -> ObjectionFiled:
    form: dict[str, Any] = {
        "run_id": RUN,
        "objection_id": "ob-1",
        "pairing_id": P,
        "on_behalf_of": "",
        "grounds": "一季度有活动",
        "side": Side.UNIT,
        "filed_by": "danwei",
        "filed_on": LAST,
    }
    return results.file_objection(**{**form, **more})


def answer(results: YearResults, **more: Any) -> ObjectionAnswered:
    form: dict[str, Any] = {
        "run_id": RUN,
        "objection_id": "ob-1",
        "upheld": False,
        "answer": "填报晚于截止日",
        "answered_by": "lianban",
        "answered_on": LAST,
        "persons": ALONE,
    }
    return results.answer_objection(**{**form, **more})


def close(results: YearResults, closed_on: date = AFTER) -> NoticeClosed:
    return results.close_notice(
        run_id=RUN, closed_by="lianban", closed_on=closed_on, leaves_behind=(), acknowledged=False
    )


def test_an_objection_is_filed_during_the_notice() -> None:
    on_notice = of_year(FROZEN, *CHAIN, NOTICE)
    on_notice.when(file).then(FILED)
    on_notice.when(lambda r: file(r, filed_on=AFTER)).refused(clauses.OBJECTION_IN_TIME, "2026-01-17")
    on_notice.when(lambda r: file(r, side=None, on_behalf_of="群众代表")).then(FILED)
    on_notice.when(lambda r: file(r, side=None)).refused(clauses.OBJECTOR_NAMED)
    on_notice.when(lambda r: file(r, on_behalf_of="群众代表")).refused(clauses.OBJECTOR_NAMED, "群众代表")
    on_notice.when(lambda r: file(r, filed_on=DAY - timedelta(days=1))).refused(clauses.OBJECTION_IN_TIME)
    of_year(FROZEN, *CHAIN).when(file).refused(clauses.NOTICE_OPEN, NO)
    of_year(FROZEN, *CHAIN, NOTICE, CLOSED).when(file).refused(clauses.NOTICE_OPEN)
    of_year(FROZEN, *CHAIN, NOTICE, FILED).when(lambda r: file(r, objection_id="ob-2", pairing_id="")).then(
        replace(FILED, objection_id="ob-2", number="YY2025-1-02", pairing_id="")
    )


def test_an_objection_is_answered_once_by_somebody_not_involved() -> None:
    filed = of_year(FROZEN, *CHAIN, NOTICE, FILED)
    filed.when(answer).then(DISMISSED)
    filed.when(lambda r: answer(r, upheld=True)).then(UPHELD)
    filed.when(lambda r: answer(r, answered_by="danwei")).refused(clauses.OBJECTION_ANSWERED_BY_ANOTHER)
    filed.when(lambda r: answer(r, persons=same("kaohe", "lianban"))).refused(
        clauses.OBJECTION_ANSWERED_BY_ANOTHER, "lianban"
    )
    filed.when(lambda r: answer(r, answered_by="kaohe")).refused(
        clauses.OBJECTION_ANSWERED_BY_ANOTHER, "kaohe"
    )
    filed.when(lambda r: answer(r, objection_id="ob-9")).refused(clauses.OBJECTION_EXISTS, "ob-9")
    of_year(FROZEN, *CHAIN, NOTICE, FILED, DISMISSED).when(answer).refused(clauses.OBJECTION_ANSWERED_ONCE)


def test_a_notice_ends_after_its_last_day_with_everything_answered() -> None:
    of_year(FROZEN, *CHAIN, NOTICE).when(close).then(CLOSED)
    of_year(FROZEN, *CHAIN, NOTICE).when(lambda r: close(r, LAST)).refused(clauses.NOTICE_RUN_OUT, str(LAST))
    of_year(FROZEN, *CHAIN, NOTICE, FILED).when(close).refused(clauses.OBJECTIONS_ANSWERED, "YY2025-1-01")
    of_year(FROZEN, *CHAIN, NOTICE, FILED, DISMISSED).when(close).then(CLOSED)
    of_year(FROZEN, *CHAIN, NOTICE, CLOSED).when(close).refused(clauses.NOTICE_OPEN)
    of_year(FROZEN, *CHAIN, NOTICE, AGAIN).when(close).refused(clauses.NEWEST_RUN, f"{NO}, 2025-2")


def test_what_closing_and_publishing_leave_behind_is_acknowledged_and_kept() -> None:
    left = (("changed", 3), ("late", 12))
    words = "按现有记录结果已不同的结对 3；核定后补录、不计分的记录 12"
    on_notice, closed = of_year(FROZEN, *CHAIN, NOTICE), of_year(FROZEN, *CHAIN, NOTICE, CLOSED)

    def end(results: YearResults, acknowledged: bool) -> NoticeClosed:
        return results.close_notice(
            run_id=RUN, closed_by="lianban", closed_on=AFTER, leaves_behind=left, acknowledged=acknowledged
        )

    def make_public(results: YearResults, acknowledged: bool) -> RunPublished:
        return results.publish_run(
            run_id=RUN, published_on=AFTER, unsettled=[], leaves_behind=left, acknowledged=acknowledged
        )

    on_notice.when(lambda r: end(r, False)).refused(clauses.LEFT_BEHIND_ACKNOWLEDGED, words)
    on_notice.when(lambda r: end(r, True)).then(replace(CLOSED, leaves_behind=left))
    closed.when(lambda r: make_public(r, False)).refused(clauses.LEFT_BEHIND_ACKNOWLEDGED, words)
    closed.when(lambda r: make_public(r, True)).then(replace(PUBLISHED, leaves_behind=left))
    with pytest.raises(Rejected, match="whose result is another by what is on record now 3; late entries"):
        make_public(closed.state, False)


# ---------------------------------------------------------------- publication and service


def test_nothing_is_published_over_an_open_appeal_or_without_what_was_decided() -> None:
    of_year(FROZEN, *CHAIN, NOTICE, CLOSED).when(
        lambda r: r.publish_run(
            run_id=RUN,
            published_on=AFTER,
            unsettled=["SS2026-001", "SS2026-002"],
            leaves_behind=(),
            acknowledged=False,
        )
    ).refused(clauses.APPEALS_SETTLED, "SS2026-001, SS2026-002")


def publish(results: YearResults) -> RunPublished:
    return results.publish_run(
        run_id=RUN, published_on=AFTER, unsettled=[], leaves_behind=(), acknowledged=False
    )


def serve(results: YearResults, **more: Any) -> Sequence[ResultServed]:
    form: dict[str, Any] = {
        "run_id": RUN,
        "branches": ["b-1"],
        "served_to": "办公室",
        "served_by": "kaohe",
        "served_on": AFTER,
        "assessed": {"b-1", "b-2"},
        "today": AFTER + timedelta(days=3),
    }
    return results.serve_result(**{**form, **more})


def test_a_run_is_published_once_after_its_notice() -> None:
    of_year(FROZEN, *CHAIN, NOTICE, CLOSED).when(publish).then(PUBLISHED)
    of_year(FROZEN, *CHAIN, NOTICE, CLOSED, PUBLISHED).when(publish).refused(clauses.PUBLISHED_ONCE, NO)
    of_year(FROZEN, *CHAIN, NOTICE).when(publish).refused(clauses.NOTICE_CLOSED, NO)
    of_year(FROZEN).when(publish).refused(clauses.NOTICE_CLOSED)
    of_year(FROZEN, *CHAIN, NOTICE, CLOSED, AGAIN).when(publish).refused(clauses.NEWEST_RUN, "2025-2")


def test_an_upheld_objection_forbids_publication() -> None:
    of_year(FROZEN, *CHAIN, NOTICE, FILED, UPHELD, CLOSED).when(publish).refused(
        clauses.NO_OBJECTION_UPHELD, "YY2025-1-01"
    )
    of_year(FROZEN, *CHAIN, NOTICE, FILED, DISMISSED, CLOSED).when(publish).then(PUBLISHED)


def test_a_unit_is_served_once_after_publication() -> None:
    served = of_run(ResultServed, branch="b-1", served_to="办公室", served_by="kaohe", served_on=AFTER)
    public = of_year(FROZEN, *CHAIN, NOTICE, CLOSED, PUBLISHED)
    public.when(serve).then(served)
    public.when(lambda r: serve(r, branches=["b-1", "b-9"])).refused(clauses.SERVED_IF_ASSESSED, "b-9")
    public.when(lambda r: serve(r, served_on=LAST)).refused(clauses.SERVED_SINCE_PUBLICATION, str(LAST))
    public.when(lambda r: serve(r, today=LAST)).refused(clauses.SERVED_SINCE_PUBLICATION)
    public.when(lambda r: serve(r, branches=["b-1", "b-2"])).then(served, replace(served, branch="b-2"))
    public.when(lambda r: serve(r, branches=["b-2", "b-2"])).refused(clauses.SERVED_ONCE, "b-2")
    of_year(FROZEN, *CHAIN, NOTICE, CLOSED, PUBLISHED, served).when(serve).refused(clauses.SERVED_ONCE, "b-1")
    of_year(FROZEN, *CHAIN, NOTICE, CLOSED).when(serve).refused(clauses.SERVED_AFTER_PUBLICATION)
    replaced = of_year(FROZEN, *CHAIN, NOTICE, CLOSED, PUBLISHED, AGAIN)
    replaced.when(serve).then(served)
    again = replace(PUBLISHED, run_id="r-2")
    of_year(FROZEN, *CHAIN, NOTICE, CLOSED, PUBLISHED, AGAIN, again).when(serve).refused(
        clauses.SERVED_WHILE_STANDING, f"{NO}, 2025-2"
    )


# ---------------------------------------------------------------- what a run takes in

RULED = PointsRuled(
    year=2025,
    pairing_id=P,
    indicator="C2",
    points_hundredths=700,
    appeal_id="ap-1",
    appeal_no="SS1",
    ruled_on=DAY,
)
RULED_OUT = FindingRuledOut(
    year=2025, pairing_id=P, finding_id="f-1", appeal_id="ap-1", appeal_no="SS1", ruled_on=DAY
)
STEPS: list[tuple[tuple[AssessmentEvent, ...], Any]] = [
    ((), lambda r: propose(r)),
    ((PROPOSED,), lambda r: approve(r)),
    ((PROPOSED,), lambda r: refuse(r)),
    ((), lambda r: sign(r, SignStep.SCORING_GROUP, "fukao")),
    (CHAIN, lambda r: open_notice(r)),
    (
        (*CHAIN, NOTICE, CLOSED),
        lambda r: r.publish_run(
            run_id=RUN, published_on=AFTER, unsettled=[], leaves_behind=(), acknowledged=False
        ),
    ),
]


@pytest.mark.parametrize(("before", "step"), STEPS)
def test_a_run_that_does_not_take_in_what_was_decided_goes_no_further(
    before: tuple[AssessmentEvent, ...], step: Any
) -> None:
    compared = replace(FROZEN, for_comparison=True)
    for since, clause, named in (
        (RULED, clauses.RULINGS_TAKEN_IN, "SS1"),
        (RULED_OUT, clauses.RULINGS_TAKEN_IN, "SS1"),
        (EXCLUDED, clauses.EXCLUSIONS_TAKEN_IN, P),
        (AGAIN, clauses.NEWEST_RUN, "2025-2"),
    ):
        of_year(FROZEN, *before, since).when(step).refused(clause, named)
        if since is not AGAIN:
            step(of_year(since, FROZEN, *before).state)
    of_year(EXCLUDED, FROZEN, *before, INCLUDED).when(step).refused(clauses.EXCLUSIONS_TAKEN_IN, P)
    of_year(compared, *before).when(step).refused(clauses.FOR_COMPARING_ONLY, NO)
    step(of_year(FROZEN, *before, replace(AGAIN, for_comparison=True)).state)


def test_objections_to_an_overtaken_run_are_answered_before_the_next_is_public() -> None:
    def renamed(event: AssessmentEvent) -> AssessmentEvent:
        return replace(event, run_id="r-2")

    overtaken = (FROZEN, *CHAIN, NOTICE, FILED, AGAIN, *map(renamed, (*CHAIN, NOTICE, CLOSED)))

    def publish(results: YearResults) -> RunPublished:
        return results.publish_run(
            run_id="r-2", published_on=AFTER, unsettled=[], leaves_behind=(), acknowledged=False
        )

    of_year(*overtaken).when(publish).refused(clauses.OBJECTIONS_ANSWERED, "YY2025-1-01")
    of_year(*overtaken, UPHELD).when(publish).refused(clauses.NO_OBJECTION_UPHELD, "YY2025-1-01")
    of_year(*overtaken, DISMISSED).when(publish).then(replace(PUBLISHED, run_id="r-2"))
