"""A finding: every step it may take with the event it leaves, and every clause that refuses one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from application.eventlog.log import EventLog
from application.eventlog.opening import open_log
from application.ledgers.matching.pairing_index import PairingDays
from application.ledgers.recording.ledger_finding import LedgerFinding, record_ledger_finding
from application.ledgers.rows import FindingRow, RowSource
from application.look import Look
from application.system import System
from application.things import FINDING
from application.verb import perform
from application.verbs.supervision import order_rectification, return_rectification, strike_step
from domain.kernel.clause import Clause
from domain.kernel.errors import Rejected
from domain.kernel.event import Catalogue
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By, Source
from domain.kernel.span import Span
from domain.kernel.state import fold
from domain.registry.events import RegistryEvent
from domain.supervision import clauses
from domain.supervision.events import (
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    FindingClosed,
    FindingRaised,
    FindingReinspected,
    FindingRelapsed,
    FindingType,
    FindingWithdrawn,
    Method,
    OrderAcknowledged,
    OrderServed,
    RectificationOrdered,
    RectificationReturned,
    RectificationSubmitted,
    ReturnsStated,
    Service,
    Severity,
    StepStruck,
    SupervisionEvent,
    UnitReminded,
)
from domain.supervision.finding import Finding
from domain.supervision.finding_history import Status
from tests.kit.given import given

TODAY = date(2025, 6, 30)
TOMORROW = date(2025, 7, 1)
FINDER, ANOTHER = PersonRef(ref="p1", commitment="c1"), PersonRef(ref="p2", commitment="c2")
IDS: dict[str, Any] = {"finding_id": "f-1", "pairing_id": "2025-v-b"}
FOUND: dict[str, Any] = {
    **IDS,
    "number": "WT2025-001",
    "branch": "b",
    "village": "v",
    "found_on": date(2025, 3, 1),
    "method": Method.COVERT_VISIT,
    "inspector": FINDER,
    "description": "台账缺 2 次活动记录",
    "finding_type": FindingType.RECORD_KEEPING,
    "severity": Severity.MAJOR,
}
RAISED = FindingRaised(**FOUND)
WITHIN = Span(date(2025, 1, 10), TODAY)
ORDERED = RectificationOrdered(
    **IDS,
    ordered_on=date(2025, 3, 5),
    due_on=date(2025, 3, 20),
    document_no="联督〔2025〕1号",
    measures="补记",
)
SERVED = OrderServed(**IDS, served_on=date(2025, 3, 6), served_to="办公室")
ACKNOWLEDGED = OrderAcknowledged(**IDS, acknowledged_on=date(2025, 3, 7))
SIGNED = OrderServed(**IDS, served_on=date(2025, 3, 7), served_to="院办公室", service=Service.BY_SYSTEM)
REQUESTED = ExtensionRequested(
    **IDS,
    requested_on=date(2025, 3, 18),
    due_on=date(2025, 4, 10),
    because="大雪封路",
    interim_measures="先补电子台账",
)
GRANTED = ExtensionGranted(**IDS, granted_on=date(2025, 3, 19), due_on=date(2025, 4, 5))
REFUSED = ExtensionRefused(**IDS, refused_on=date(2025, 3, 19), because="理由不足")
SUBMITTED = RectificationSubmitted(**IDS, submitted_on=date(2025, 3, 20), account="已补记")
RETURNED = RectificationReturned(**IDS, returned_on=date(2025, 3, 22), because="缺佐证")
PASSED = FindingReinspected(**IDS, reinspected_on=date(2025, 3, 25), inspector=ANOTHER, passed=True)
FAILED = FindingReinspected(**IDS, reinspected_on=date(2025, 3, 25), inspector=ANOTHER, passed=False)
CLOSED = FindingClosed(**IDS, closed_on=date(2025, 3, 28))
RELAPSED = FindingRelapsed(**IDS, found_on=date(2025, 3, 1), relapsed_on=date(2025, 5, 1), because="又缺记录")
WITHDRAWN = FindingWithdrawn(
    **IDS, withdrawn_on=date(2025, 3, 10), because="查无此事", appeal_id="SS2025-001"
)

Step = Callable[[Finding], SupervisionEvent | Sequence[SupervisionEvent]]


def raising(**other: Any) -> Step:
    return lambda f: f.raise_finding(**{**FOUND, "within": WITHIN, "today": TODAY, **other})


def ordering(**other: Any) -> Step:
    said = {
        "ordered_on": date(2025, 3, 5),
        "due_on": date(2025, 3, 20),
        "document_no": "联督〔2025〕1号",
        "measures": "补记",
        "today": TODAY,
    }
    return lambda f: f.order_rectification(**{**said, **other})


def serving(on: date = date(2025, 3, 6)) -> Step:
    return lambda f: f.serve_order(served_on=on, served_to="办公室", today=TODAY)


def acknowledging(on: date = date(2025, 3, 7)) -> Step:
    return lambda f: f.acknowledge_order(acknowledged_on=on, office="院办公室", today=TODAY)


def requesting(
    on: date = date(2025, 3, 18), due_on: date = date(2025, 4, 10), because: str = "大雪封路"
) -> Step:
    return lambda f: f.request_extension(
        requested_on=on, due_on=due_on, because=because, interim_measures="先补电子台账", today=TODAY
    )


def granting(on: date = date(2025, 3, 19), due_on: date = date(2025, 4, 5)) -> Step:
    return lambda f: f.grant_extension(granted_on=on, due_on=due_on, today=TODAY)


def stating_extension(due_on: date = date(2025, 4, 5)) -> Step:
    return lambda f: f.state_extension(due_on=due_on)


def refusing(on: date = date(2025, 3, 19), because: str = "理由不足") -> Step:
    return lambda f: f.refuse_extension(refused_on=on, because=because, today=TODAY)


def submitting(on: date = date(2025, 3, 20)) -> Step:
    return lambda f: f.submit_rectification(submitted_on=on, account="已补记", today=TODAY)


def returning(on: date = date(2025, 3, 22), because: str = "缺佐证") -> Step:
    return lambda f: f.return_rectification(returned_on=on, because=because, today=TODAY)


def stating_returns(f: Finding) -> SupervisionEvent:
    return f.state_returns(count=2)


def reinspecting(
    on: date = date(2025, 3, 25), inspector: PersonRef | None = ANOTHER, passed: bool = True
) -> Step:
    return lambda f: f.reinspect(reinspected_on=on, inspector=inspector, passed=passed, today=TODAY)


def closing(on: date = date(2025, 3, 28)) -> Step:
    return lambda f: f.close_finding(closed_on=on, today=TODAY)


def relapsing(on: date = date(2025, 5, 1), because: str = "又缺记录") -> Step:
    return lambda f: f.report_relapse(relapsed_on=on, because=because, today=TODAY)


def withdrawing(on: date = date(2025, 3, 10), because: str = "查无此事") -> Step:
    return lambda f: f.withdraw_finding(withdrawn_on=on, because=because, today=TODAY, appeal_id="SS2025-001")


HISTORIES: dict[Status, tuple[SupervisionEvent, ...]] = {
    Status.NONE: (),
    Status.RAISED: (RAISED,),
    Status.ORDERED: (RAISED, ORDERED),
    Status.ACKNOWLEDGED: (RAISED, ORDERED, ACKNOWLEDGED),
    Status.SUBMITTED: (RAISED, ORDERED, SUBMITTED),
    Status.RETURNED: (RAISED, ORDERED, SUBMITTED, RETURNED),
    Status.REINSPECTED_FAILED: (RAISED, ORDERED, SUBMITTED, FAILED),
    Status.ACCEPTED: (RAISED, ORDERED, SUBMITTED, PASSED),
    Status.CLOSED: (RAISED, ORDERED, SUBMITTED, PASSED, CLOSED),
    Status.RELAPSED: (RAISED, ORDERED, SUBMITTED, PASSED, CLOSED, RELAPSED),
    Status.WITHDRAWN: (RAISED, ORDERED, WITHDRAWN),
}
"""The shortest way to each status."""
ENDED = [Status.ACCEPTED, Status.CLOSED, Status.WITHDRAWN]
OPEN = [
    Status.ORDERED,
    Status.ACKNOWLEDGED,
    Status.SUBMITTED,
    Status.RETURNED,
    Status.REINSPECTED_FAILED,
]


@pytest.mark.parametrize("status", Status)
def test_every_status_is_reached(status: Status) -> None:
    assert given(Finding(), *HISTORIES[status]).state.status is status


# Each step, accepted.


def test_a_finding_is_raised() -> None:
    given(Finding()).when(raising()).then(RAISED)
    given(Finding()).when(raising(inspector=None)).refused(clauses.INSPECTOR_NAMED)


def test_rectification_is_ordered_on_the_day_found_at_the_earliest_and_due_the_same_day() -> None:
    given(Finding(), RAISED).when(ordering()).then(ORDERED)
    at_once = RectificationOrdered(
        **IDS,
        ordered_on=date(2025, 3, 1),
        due_on=date(2025, 3, 1),
        document_no="联督〔2025〕1号",
        measures="补记",
    )
    given(Finding(), RAISED).when(ordering(ordered_on=date(2025, 3, 1), due_on=date(2025, 3, 1))).then(
        at_once
    )


@pytest.mark.parametrize("again", ["联督〔2025〕1号", "联督（２０２５） 第01号"])
def test_the_order_after_a_relapse_bears_a_number_of_its_own(again: str) -> None:
    came_back = given(Finding(), RAISED, ORDERED, SUBMITTED, PASSED, CLOSED, RELAPSED)
    days = {"ordered_on": date(2025, 5, 2), "due_on": date(2025, 5, 9)}
    came_back.when(ordering(document_no=again, **days)).refused(clauses.ORDER_NUMBERED_ANEW, again)
    came_back.when(ordering(document_no="联督〔2025〕2号", **days)).then(
        replace(ORDERED, document_no="联督〔2025〕2号", round=2, **days)
    )


def test_an_order_is_served_and_acknowledged() -> None:
    given(Finding(), RAISED, ORDERED).when(serving()).then(SERVED)
    given(Finding(), RAISED, ORDERED, SERVED).when(acknowledging(date(2025, 3, 6))).then(
        OrderAcknowledged(**IDS, acknowledged_on=date(2025, 3, 6))
    )
    assert given(Finding(), RAISED, ORDERED, SERVED).state.status is Status.ORDERED


@pytest.mark.parametrize(
    "before",
    [(), (ORDERED, SERVED, ACKNOWLEDGED, SUBMITTED, PASSED, CLOSED, RELAPSED)],
    ids=["first order", "order after a relapse"],
)
def test_who_signs_for_an_order_that_nobody_handed_over_is_served_by_that(
    before: tuple[SupervisionEvent, ...],
) -> None:
    days = {"ordered_on": date(2025, 5, 2), "due_on": date(2025, 5, 9)} if before else {}
    on = date(2025, 5, 3) if before else date(2025, 3, 7)
    order = replace(ORDERED, document_no="联督〔2025〕2号", round=2, **days) if before else ORDERED
    given(Finding(), RAISED, *before, order).when(acknowledging(on)).then(
        replace(SIGNED, served_on=on), replace(ACKNOWLEDGED, acknowledged_on=on)
    )


@pytest.mark.parametrize("status", OPEN)
def test_more_time_is_asked_for_until_the_due_day(status: Status) -> None:
    given(Finding(), *HISTORIES[status]).when(requesting()).then(REQUESTED)
    last = ExtensionRequested(
        **IDS,
        requested_on=date(2025, 3, 20),
        due_on=date(2025, 3, 21),
        because="大雪封路",
        interim_measures="先补电子台账",
    )
    given(Finding(), *HISTORIES[status]).when(requesting(date(2025, 3, 20), date(2025, 3, 21))).then(last)


def test_the_day_granted_is_the_office_s_and_becomes_the_due_day() -> None:
    asked = given(Finding(), RAISED, ORDERED, REQUESTED)
    asked.when(granting()).then(GRANTED)
    longer = asked.and_when(granting()).state
    assert (longer.due_on, longer.extended, longer.extension_wanted) == (date(2025, 4, 5), True, None)
    given(longer).when(requesting(date(2025, 4, 5))).then(
        ExtensionRequested(
            **IDS,
            requested_on=date(2025, 4, 5),
            due_on=date(2025, 4, 10),
            because="大雪封路",
            interim_measures="先补电子台账",
        )
    )


def test_more_time_refused_leaves_the_old_day() -> None:
    asked = given(Finding(), RAISED, ORDERED, REQUESTED)
    asked.when(refusing()).then(REFUSED)
    answered = asked.and_when(refusing())
    assert (answered.state.due_on, answered.state.extended) == (date(2025, 3, 20), False)
    answered.when(requesting()).then(REQUESTED)


def test_a_ledger_states_an_extension_without_its_day() -> None:
    given(Finding(), RAISED, ORDERED).when(stating_extension()).then(
        ExtensionGranted(**IDS, granted_on=None, due_on=date(2025, 4, 5))
    )


def test_a_rectification_is_submitted_and_may_be_late() -> None:
    for history in (ORDERED,), (ORDERED, ACKNOWLEDGED):
        given(Finding(), RAISED, *history).when(submitting()).then(SUBMITTED)
    late = RectificationSubmitted(**IDS, submitted_on=TODAY, account="已补记")
    given(Finding(), RAISED, ORDERED).when(submitting(TODAY)).then(late)


def test_a_report_is_returned_counted_and_submitted_again() -> None:
    submitted = given(Finding(), *HISTORIES[Status.SUBMITTED])
    submitted.when(returning()).then(RETURNED)
    again = RectificationSubmitted(**IDS, submitted_on=date(2025, 3, 22), account="已补记")
    submitted.and_when(returning()).when(submitting(date(2025, 3, 22))).then(again)
    twice = submitted.and_when(returning(), submitting(date(2025, 3, 22)), returning()).state
    assert (twice.returns, twice.submitted_on) == (2, None)


@pytest.mark.parametrize("status", OPEN)
def test_a_ledger_states_how_often_reports_were_returned(status: Status) -> None:
    stated = ReturnsStated(**IDS, count=2)
    given(Finding(), *HISTORIES[status]).when(stating_returns).then(stated)
    assert given(Finding(), *HISTORIES[status], stated).state.returns == 2


@pytest.mark.parametrize("inspector", [ANOTHER])
@pytest.mark.parametrize("passed", [True, False])
def test_a_rectification_is_re_inspected(inspector: PersonRef | None, passed: bool) -> None:
    given(Finding(), *HISTORIES[Status.SUBMITTED]).when(reinspecting(TODAY, inspector, passed)).then(
        FindingReinspected(**IDS, reinspected_on=TODAY, inspector=inspector, passed=passed)
    )


def test_what_failed_is_submitted_again_and_may_pass() -> None:
    failed = given(Finding(), *HISTORIES[Status.REINSPECTED_FAILED])
    again = failed.and_when(submitting(date(2025, 4, 1)), reinspecting(date(2025, 4, 2))).state
    assert (again.status, again.passed, again.reinspected_on) == (Status.ACCEPTED, True, date(2025, 4, 2))


def reminding(on: date = date(2025, 3, 9)) -> Step:
    return lambda f: f.remind_unit(reminded_on=on, because="期限将至", today=TODAY)


def test_a_unit_is_reminded_until_it_hands_in_and_as_often_as_needed() -> None:
    reminded = UnitReminded(**IDS, reminded_on=date(2025, 3, 9), because="期限将至")
    ordered = given(Finding(), *HISTORIES[Status.ORDERED])
    ordered.when(reminding()).then(reminded)
    again = given(Finding(), *HISTORIES[Status.ORDERED], reminded)
    assert again.state.status is Status.ORDERED
    again.when(reminding()).then(reminded)


@pytest.mark.parametrize(
    ("status", "clause"),
    [
        (Status.RAISED, clauses.ORDERED_FIRST),
        (Status.SUBMITTED, clauses.REMINDED_BEFORE_SUBMITTED),
        (Status.CLOSED, clauses.STILL_OPEN),
    ],
)
def test_nobody_is_reminded_of_what_is_not_awaited(status: Status, clause: Clause) -> None:
    given(Finding(), *HISTORIES[status]).when(reminding(date(2025, 6, 1))).refused(clause)


def test_a_reminder_comes_after_the_order() -> None:
    given(Finding(), *HISTORIES[Status.ORDERED]).when(reminding(date(2025, 3, 1))).refused(clauses.IN_ORDER)


def test_a_finding_is_closed_once_it_passed() -> None:
    given(Finding(), *HISTORIES[Status.ACCEPTED]).when(closing()).then(CLOSED)


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.CLOSED])
@pytest.mark.parametrize("on", [None, date(2025, 5, 1)])
def test_a_relapse_is_reported_and_keeps_the_day_it_was_first_found(status: Status, on: date | None) -> None:
    """A ledger states neither when it came back nor what."""
    step = relapsing(on) if on else Finding.state_relapse
    because = "又缺记录" if on else ""
    relapsed = FindingRelapsed(**IDS, found_on=date(2025, 3, 1), relapsed_on=on, because=because)
    given(Finding(), *HISTORIES[status]).when(step).then(relapsed)
    again = given(Finding(), *HISTORIES[status], relapsed).state
    assert (again.status, again.due_on, again.closed_on) == (Status.RELAPSED, None, None)
    assert again.history == (*HISTORIES[status], relapsed)


DAY = date(2025, 6, 1)
SECOND_ROUND: list[Step] = [
    ordering(ordered_on=DAY, due_on=DAY, document_no="联督〔2025〕2号"),
    submitting(DAY),
    reinspecting(DAY),
    closing(DAY),
]


def test_what_came_back_is_ordered_anew_put_right_and_closed_and_may_come_back_again() -> None:
    relapsed = given(Finding(), *HISTORIES[Status.RELAPSED])
    closed = relapsed.and_when(*SECOND_ROUND)
    assert (closed.state.status, closed.state.round) == (Status.CLOSED, 2)
    assert [each.closed_on for each in closed.state.on_record(FindingClosed)] == [date(2025, 3, 28), DAY]
    third = closed.and_when(relapsing(DAY)).state
    assert (third.status, third.round) == (Status.RELAPSED, 3)
    closed.when(relapsing(date(2025, 5, 31))).refused(clauses.IN_ORDER, "2025-05-31 < 2025-06-01")
    relapsed.when(withdrawing(DAY)).then(
        FindingWithdrawn(**IDS, withdrawn_on=DAY, because="查无此事", appeal_id="SS2025-001", round=2)
    )


@pytest.mark.parametrize(
    "status", [s for s in Status if s not in (Status.NONE, Status.RELAPSED, Status.WITHDRAWN)]
)
def test_a_finding_is_withdrawn_at_any_time(status: Status) -> None:
    given(Finding(), *HISTORIES[status]).when(withdrawing()).then(WITHDRAWN)


# Each clause, refusing.


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.NONE])
def test_a_number_is_used_once(status: Status) -> None:
    given(Finding(), *HISTORIES[status]).when(raising()).refused(clauses.RAISED_ONCE, "WT2025-001")


AFTER_RAISING: list[Step] = [
    ordering(),
    serving(),
    acknowledging(),
    requesting(),
    granting(),
    stating_extension(),
    refusing(),
    submitting(),
    returning(),
    stating_returns,
    reinspecting(),
    closing(),
    relapsing(),
    withdrawing(),
]


@pytest.mark.parametrize("step", AFTER_RAISING)
def test_nothing_comes_before_raising(step: Step) -> None:
    given(Finding()).when(step).refused(clauses.RAISED_FIRST)


WHILE_OPEN: list[Step] = [
    serving(),
    acknowledging(),
    requesting(),
    granting(),
    stating_extension(),
    refusing(),
    submitting(),
    returning(),
    stating_returns,
    reinspecting(),
]


@pytest.mark.parametrize("step", WHILE_OPEN)
def test_these_steps_come_after_ordering(step: Step) -> None:
    given(Finding(), RAISED).when(step).refused(clauses.ORDERED_FIRST, "WT2025-001")


@pytest.mark.parametrize("status", ENDED)
@pytest.mark.parametrize("step", WHILE_OPEN)
def test_these_steps_end_with_acceptance(step: Step, status: Status) -> None:
    given(Finding(), *HISTORIES[status]).when(step).refused(clauses.STILL_OPEN, status.value)


def test_what_has_ended_is_not_closed_ordered_or_withdrawn_again() -> None:
    given(Finding(), *HISTORIES[Status.CLOSED]).when(closing()).refused(clauses.STILL_OPEN, "closed")
    withdrawn = given(Finding(), RAISED, WITHDRAWN)
    for step in ordering(), closing(), withdrawing():
        withdrawn.when(step).refused(clauses.STILL_OPEN, "withdrawn")


@pytest.mark.parametrize("status", [s for s in OPEN + ENDED if s is not Status.NONE])
def test_rectification_is_ordered_once(status: Status) -> None:
    given(Finding(), *HISTORIES[status]).when(ordering()).refused(clauses.ORDERED_ONCE, "2025-03-20")


@pytest.mark.parametrize("status", [s for s in OPEN if s is not Status.ORDERED])
def test_an_order_is_acknowledged_once_and_before_submitting(status: Status) -> None:
    given(Finding(), *HISTORIES[status]).when(acknowledging()).refused(
        clauses.ACKNOWLEDGED_ONCE, status.value
    )


def test_what_is_submitted_is_not_submitted_again() -> None:
    given(Finding(), *HISTORIES[Status.SUBMITTED]).when(submitting(TODAY)).refused(
        clauses.SUBMITTED_ONCE, "2025-03-20"
    )


OUT_OF_ORDER: list[tuple[tuple[SupervisionEvent, ...], Step, str]] = [
    ((RAISED,), ordering(ordered_on=date(2025, 2, 28)), "2025-02-28 < 2025-03-01"),
    ((RAISED, ORDERED), serving(date(2025, 3, 4)), "2025-03-04 < 2025-03-05"),
    ((RAISED, ORDERED), acknowledging(date(2025, 3, 4)), "2025-03-04 < 2025-03-05"),
    ((RAISED, ORDERED, SERVED), acknowledging(date(2025, 3, 5)), "2025-03-05 < 2025-03-06"),
    ((RAISED, ORDERED), requesting(date(2025, 3, 4)), "2025-03-04 < 2025-03-05"),
    ((RAISED, ORDERED, REQUESTED), granting(date(2025, 3, 17)), "2025-03-17 < 2025-03-18"),
    ((RAISED, ORDERED, REQUESTED), refusing(date(2025, 3, 17)), "2025-03-17 < 2025-03-18"),
    ((RAISED, ORDERED), submitting(date(2025, 3, 4)), "2025-03-04 < 2025-03-05"),
    (HISTORIES[Status.RETURNED], submitting(date(2025, 3, 21)), "2025-03-21 < 2025-03-22"),
    (HISTORIES[Status.REINSPECTED_FAILED], submitting(date(2025, 3, 24)), "2025-03-24 < 2025-03-25"),
    (HISTORIES[Status.SUBMITTED], returning(date(2025, 3, 19)), "2025-03-19 < 2025-03-20"),
    (HISTORIES[Status.SUBMITTED], reinspecting(date(2025, 3, 19)), "2025-03-19 < 2025-03-20"),
    (HISTORIES[Status.ACCEPTED], closing(date(2025, 3, 24)), "2025-03-24 < 2025-03-25"),
    (HISTORIES[Status.ACCEPTED], relapsing(date(2025, 3, 24)), "2025-03-24 < 2025-03-25"),
    (HISTORIES[Status.CLOSED], relapsing(date(2025, 3, 27)), "2025-03-27 < 2025-03-28"),
    (HISTORIES[Status.RELAPSED], ordering(ordered_on=date(2025, 4, 30)), "2025-04-30 < 2025-05-01"),
    ((RAISED,), withdrawing(date(2025, 2, 28)), "2025-02-28 < 2025-03-01"),
]


@pytest.mark.parametrize(("history", "step", "saying"), OUT_OF_ORDER)
def test_a_step_is_not_dated_before_the_one_it_follows(
    history: tuple[SupervisionEvent, ...], step: Step, saying: str
) -> None:
    given(Finding(), *history).when(step).refused(clauses.IN_ORDER, saying)


AHEAD: list[tuple[tuple[SupervisionEvent, ...], Step]] = [
    ((), raising(found_on=TOMORROW)),
    ((RAISED,), ordering(ordered_on=TOMORROW, due_on=TOMORROW)),
    ((RAISED, ORDERED), serving(TOMORROW)),
    ((RAISED, ORDERED), acknowledging(TOMORROW)),
    ((RAISED, ORDERED), requesting(TOMORROW)),
    ((RAISED, ORDERED, REQUESTED), granting(TOMORROW)),
    ((RAISED, ORDERED, REQUESTED), refusing(TOMORROW)),
    ((RAISED, ORDERED), submitting(TOMORROW)),
    (HISTORIES[Status.SUBMITTED], returning(TOMORROW)),
    (HISTORIES[Status.SUBMITTED], reinspecting(TOMORROW)),
    (HISTORIES[Status.ACCEPTED], closing(TOMORROW)),
    (HISTORIES[Status.CLOSED], relapsing(TOMORROW)),
    ((RAISED,), withdrawing(TOMORROW)),
]


@pytest.mark.parametrize(("history", "step"), AHEAD)
def test_what_has_not_happened_yet_is_not_recorded(history: tuple[SupervisionEvent, ...], step: Step) -> None:
    given(Finding(), *history).when(step).refused(clauses.NOT_IN_THE_FUTURE, "2025-07-01 > 2025-06-30")


def test_the_due_day_is_not_before_the_order() -> None:
    given(Finding(), RAISED).when(ordering(due_on=date(2025, 3, 4))).refused(
        clauses.DUE_AFTER_ORDER, "2025-03-04 < 2025-03-05"
    )


def test_more_time_is_not_asked_for_once_the_due_day_has_passed() -> None:
    given(Finding(), RAISED, ORDERED).when(requesting(date(2025, 3, 21))).refused(
        clauses.EXTENSION_BEFORE_EXPIRY, "2025-03-21 > 2025-03-20"
    )


def test_an_extended_day_is_later_than_the_present_one() -> None:
    same = date(2025, 3, 20)
    asked = given(Finding(), RAISED, ORDERED, REQUESTED)
    for step in requesting(due_on=same), granting(due_on=same), stating_extension(same):
        asked.when(step).refused(clauses.EXTENSION_IS_LATER, "2025-03-20 <= 2025-03-20")


@pytest.mark.parametrize("answered", [(), (REQUESTED, GRANTED), (REQUESTED, REFUSED)])
def test_an_extension_is_requested_before_it_is_decided(answered: tuple[SupervisionEvent, ...]) -> None:
    nothing_asked = given(Finding(), RAISED, ORDERED, *answered)
    nothing_asked.when(granting(due_on=date(2025, 6, 1))).refused(clauses.EXTENSION_REQUESTED_FIRST)
    nothing_asked.when(refusing()).refused(clauses.EXTENSION_REQUESTED_FIRST)


@pytest.mark.parametrize("status", [s for s in OPEN if s is not Status.SUBMITTED])
def test_a_report_is_submitted_before_it_is_judged(status: Status) -> None:
    for step in returning(), reinspecting():
        given(Finding(), *HISTORIES[status]).when(step).refused(clauses.SUBMITTED_FIRST, status.value)


def test_whoever_re_inspects_is_named() -> None:
    submitted = given(Finding(), *HISTORIES[Status.SUBMITTED])
    submitted.when(reinspecting(inspector=None)).refused(clauses.REINSPECTOR_NAMED)


@pytest.mark.parametrize("passed", [True, False])
def test_whoever_found_it_does_not_re_inspect_it(passed: bool) -> None:
    # The same person under another commitment (another salt) is still the same person.
    finder = PersonRef(ref="p1", commitment="c9")
    given(Finding(), *HISTORIES[Status.SUBMITTED]).when(
        reinspecting(inspector=finder, passed=passed)
    ).refused(clauses.REINSPECTED_BY_ANOTHER)


@pytest.mark.parametrize("status", [Status.RAISED, *OPEN])
def test_a_finding_is_not_closed_before_it_passed(status: Status) -> None:
    given(Finding(), *HISTORIES[status]).when(closing()).refused(clauses.CLOSE_AFTER_PASSED, status.value)


@pytest.mark.parametrize("status", [Status.RAISED, *OPEN, Status.WITHDRAWN])
def test_a_relapse_follows_acceptance(status: Status) -> None:
    given(Finding(), *HISTORIES[status]).when(relapsing()).refused(clauses.RELAPSE_AFTER_CLOSED, status.value)


def test_what_came_back_is_not_put_right_under_the_old_order() -> None:
    relapsed = given(Finding(), *HISTORIES[Status.RELAPSED])
    for step in (submitting(TODAY), acknowledging(TODAY), requesting(TODAY), reinspecting(TODAY)):
        relapsed.when(step).refused(clauses.ORDERED_FIRST, "WT2025-001")
    relapsed.when(closing(TODAY)).refused(clauses.CLOSE_AFTER_PASSED, "relapsed")
    relapsed.when(relapsing(TODAY)).refused(clauses.RELAPSE_AFTER_CLOSED, "relapsed")


# A ledger row beside what is on record.

ROW: dict[str, Any] = {
    **{name: value for name, value in FOUND.items() if name != "finding_id"},
    "ordered_on": date(2025, 3, 5),
    "due_on": date(2025, 3, 20),
    "order_number": "联督〔2025〕1号",
    "measures": "补记",
    "extended_due_on": None,
    "submitted_on": date(2025, 3, 20),
    "times_returned": 0,
    "reinspected_on": date(2025, 3, 25),
    "reinspector": ANOTHER,
    "reinspection": "passed",
    "closed_on": date(2025, 3, 28),
    "relapsed": False,
}
PERSONS = ("inspector", "reinspector")


def ledger_finding(said: dict[str, Any]) -> LedgerFinding:
    """What a row says, of the pairing and with the persons it means."""
    left = {name: getattr(value, "value", value) for name, value in said.items() if name not in PERSONS}
    number, sides = left.pop("number"), {name: left.pop(name) for name in ("pairing_id", "branch", "village")}
    source = RowSource("问题整改台账.xlsx", "问题", 9)
    names = {"unit": "", "village": "", "inspector": "", "reinspector": ""}
    row = FindingRow(source=source, finding_id=number, **names, **left)
    persons = [said[name] for name in PERSONS]
    return LedgerFinding(row, PairingDays(**sides, started_on=date(2025, 1, 1)), *persons, TODAY)


BY = By(actor="ducha", source=Source(kind="ledger", name="问题整改台账.xlsx", sheet="问题", row=9))


@pytest.fixture
def log(tmp_path: Path) -> Iterator[EventLog]:
    opened = open_log(
        Catalogue(SupervisionEvent, RegistryEvent),
        database_url=None,
        folder=tmp_path,
        clock=lambda: datetime(2025, 6, 30, 4, tzinfo=UTC),
    )
    yield opened
    opened.close()


def test_a_ledger_that_differs_from_what_is_on_record_is_refused(log: EventLog) -> None:
    look = Look(cast(System, None), log, lambda kind: f"{kind}-1")
    assert record_ledger_finding(look, ledger_finding(ROW), BY) == []
    written = [recorded.event for recorded in log.read()]
    submitted = RectificationSubmitted(**IDS, submitted_on=date(2025, 3, 20), account="")
    assert [event for event in written if event.CONTEXT == "supervision"] == [
        *(RAISED, ORDERED, submitted, PASSED, CLOSED)
    ]
    assert record_ledger_finding(look, ledger_finding(ROW), BY) == []
    for other in (
        {"pairing_id": "2025-v-c"},
        {"found_on": date(2025, 3, 2)},
        {"method": Method.ON_SITE},
        {"description": "台账缺 3 次活动记录"},
        {"finding_type": FindingType.DUTY},
        {"severity": Severity.MINOR},
    ):
        with pytest.raises(Rejected) as refusal:
            record_ledger_finding(look, ledger_finding({**ROW, **other}), BY)
        assert refusal.value.clause is clauses.LEDGER_DIFFERS, other
    for field, changed, clause in (
        ("ordered_on", {"ordered_on": date(2025, 3, 4)}, clauses.LEDGER_DIFFERS),
        ("ordered_on", {"due_on": date(2025, 3, 21)}, clauses.LEDGER_DIFFERS),
        ("ordered_on", {"order_number": "联督〔2025〕2号"}, clauses.LEDGER_DIFFERS),
        ("ordered_on", {"measures": "重做"}, clauses.LEDGER_DIFFERS),
        ("times_returned", {"times_returned": 2}, clauses.STILL_OPEN),
        ("submitted_on", {"submitted_on": date(2025, 3, 21)}, clauses.LEDGER_DIFFERS),
        ("reinspected_on", {"reinspected_on": date(2025, 3, 26)}, clauses.LEDGER_DIFFERS),
        ("reinspected_on", {"reinspection": "failed"}, clauses.LEDGER_DIFFERS),
        ("closed_on", {"closed_on": date(2025, 3, 29)}, clauses.LEDGER_DIFFERS),
    ):
        (step,) = record_ledger_finding(look, ledger_finding({**ROW, **changed}), BY)
        assert (step.field, step.rejected.clause) == (field, clause), changed
    assert [recorded.event for recorded in log.read()] == written


def test_a_ledger_states_the_first_round_of_what_came_back(log: EventLog) -> None:
    look = Look(cast(System, None), log, lambda kind: f"{kind}-1")
    row = {**ROW, "times_returned": 1, "relapsed": True}
    assert record_ledger_finding(look, ledger_finding(row), BY) == []
    assert FINDING.state(look, "f-1").status is Status.RELAPSED
    written = log.position()
    for relapsed in (True, False):
        again = ledger_finding({**row, "relapsed": relapsed})
        assert record_ledger_finding(look, again, BY) == []
    perform(
        look,
        order_rectification,
        "f-1",
        BY,
        ordered_on=TODAY,
        due_on=TODAY,
        document_no="联督〔2025〕9号",
        measures="重做",
        today=TODAY,
    )
    assert record_ledger_finding(look, ledger_finding(row), BY) == []
    # The order and the registration of its number.
    assert log.position() == written + 2


def test_a_row_imported_again_is_on_record_whatever_the_page_did_since(log: EventLog) -> None:
    look = Look(cast(System, None), log, lambda kind: f"{kind}-1")
    row = ledger_finding({**ROW, "reinspected_on": None, "reinspection": None, "closed_on": None})
    record_ledger_finding(look, row, BY)
    perform(
        look, return_rectification, "f-1", BY, returned_on=date(2025, 3, 22), because="缺佐证", today=TODAY
    )
    written = log.position()
    assert record_ledger_finding(look, row, BY) == []
    assert log.position() == written


def test_a_ledger_states_further_returns_and_a_second_round(log: EventLog) -> None:
    look = Look(cast(System, None), log, lambda kind: f"{kind}-1")
    first = {**ROW, "times_returned": 1, "reinspection": "failed", "closed_on": None}
    assert record_ledger_finding(look, ledger_finding(first), BY) == []
    second = {
        **ROW,
        "times_returned": 2,
        "submitted_on": date(2025, 4, 10),
        "reinspected_on": date(2025, 4, 12),
        "closed_on": date(2025, 4, 13),
    }
    assert record_ledger_finding(look, ledger_finding(second), BY) == []
    finding = FINDING.state(look, "f-1")
    assert (finding.returns, finding.status, finding.closed_on) == (2, Status.CLOSED, date(2025, 4, 13))
    assert record_ledger_finding(look, ledger_finding({**second, "times_returned": 1}), BY) == []


def stating_reinspection(on: date = date(2025, 3, 25), **changes: Any) -> Step:
    values = {"reinspected_on": on, "inspector": ANOTHER, "passed": True, "today": TODAY, **changes}
    return lambda finding: finding.state_reinspection(**values)


def test_a_ledger_states_a_re_inspection_by_the_finder_and_it_is_marked() -> None:
    submitted = given(Finding(), *HISTORIES[Status.SUBMITTED])
    submitted.when(stating_reinspection()).then(PASSED)
    broken = (clauses.REINSPECTED_BY_ANOTHER.id,)
    submitted.when(stating_reinspection(inspector=FINDER)).then(
        replace(PASSED, inspector=FINDER, irregular=broken)
    )
    unnamed = replace(PASSED, inspector=None, irregular=(clauses.REINSPECTOR_NAMED.id,))
    submitted.when(stating_reinspection(inspector=None)).then(unnamed)
    submitted.when(stating_reinspection(TOMORROW)).refused(clauses.NOT_IN_THE_FUTURE)
    given(Finding(), RAISED, ORDERED).when(stating_reinspection()).refused(clauses.SUBMITTED_FIRST)


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.NONE, Status.WITHDRAWN)])
def test_a_ledger_states_a_closing_without_re_inspection_but_not_after_a_failed_one(status: Status) -> None:
    closing = given(Finding(), *HISTORIES[status]).when(
        lambda finding: finding.state_closing(closed_on=TODAY, today=TODAY)
    )
    closed = FindingClosed(**IDS, closed_on=TODAY, round=2 if status is Status.RELAPSED else 1)
    match status:
        case Status.REINSPECTED_FAILED:
            closing.refused(clauses.CLOSE_AFTER_PASSED, status.value)
        case Status.CLOSED:
            closing.refused(clauses.STILL_OPEN)
        case Status.ACCEPTED:
            closing.then(closed)
        case _:
            closing.then(replace(closed, irregular=(clauses.CLOSE_AFTER_PASSED.id,)))


def test_people_state_returns_of_a_report_that_is_on_record() -> None:
    def state(f: Finding) -> SupervisionEvent:
        return f.state_returns(count=100, begun_on=TODAY)

    given(Finding(), *HISTORIES[Status.ORDERED]).when(state).refused(clauses.SUBMITTED_FIRST, "ordered")
    assert state(fold(Finding(), HISTORIES[Status.RETURNED]))


@pytest.mark.parametrize(
    ("status", "last_day", "state"),
    [
        (
            Status.ORDERED,
            date(2025, 4, 5),
            lambda f, on: f.state_extension(due_on=date(2025, 4, 5), begun_on=on),
        ),
        (Status.SUBMITTED, date(2025, 3, 20), lambda f, on: f.state_returns(count=1, begun_on=on)),
        (Status.SUBMITTED, date(2025, 3, 25), lambda f, on: stating_reinspection(begun_on=on)(f)),
        (
            Status.ACCEPTED,
            date(2025, 3, 28),
            lambda f, on: f.state_closing(closed_on=date(2025, 3, 28), today=TODAY, begun_on=on),
        ),
        (Status.CLOSED, date(2025, 3, 28), lambda f, on: f.state_relapse(begun_on=on)),
    ],
)
def test_people_state_only_what_was_before_the_system_came_into_use(
    status: Status, last_day: date, state: Callable[[Finding, date], SupervisionEvent]
) -> None:
    finding = fold(Finding(), HISTORIES[status])
    assert state(finding, last_day + timedelta(1))
    with pytest.raises(Rejected) as refused:
        state(finding, last_day)
    assert refused.value.clause == clauses.STATED_OF_THE_PAST


@pytest.mark.parametrize("on", [date(2025, 1, 9), TOMORROW])
def test_a_finding_is_made_while_the_pairing_lasts(on: date) -> None:
    given(Finding()).when(raising(found_on=on, today=date(2025, 12, 31))).refused(
        clauses.WITHIN_ITS_PAIRING, f"{on}: 2025-01-10 – 2025-06-30"
    )


# A step against procedure is struck.

BY_THE_FINDER = replace(PASSED, inspector=FINDER, irregular=(clauses.REINSPECTED_BY_ANOTHER.id,))
LOOKED = (*HISTORIES[Status.SUBMITTED], BY_THE_FINDER)
STRUCK = StepStruck(
    **IDS,
    record=41,
    version=len(LOOKED),
    struck="supervision.FindingReinspected",
    struck_on=date(2025, 4, 30),
    because="检查人自行复查",
)


def striking(
    version: int = len(LOOKED), on: date = date(2025, 4, 30), because: str = "检查人自行复查"
) -> Step:
    return lambda f: f.strike_step(version=version, record=41, struck_on=on, because=because, today=TODAY)


def test_an_irregular_re_inspection_is_struck_and_what_rests_on_it() -> None:
    given(Finding(), *LOOKED).when(striking()).then(STRUCK)
    closed = given(Finding(), *LOOKED, CLOSED)
    closed.when(striking()).then(STRUCK)
    state = fold(closed.state, [STRUCK])
    assert (state.status, state.passed, state.closed_on) == (Status.SUBMITTED, None, None)
    assert fold(Finding(), [*LOOKED, CLOSED, STRUCK]) == state
    given(state).when(reinspecting(date(2025, 5, 10))).then(replace(PASSED, reinspected_on=date(2025, 5, 10)))


def test_a_failed_re_inspection_that_later_steps_overtook_is_struck_without_them() -> None:
    """Seen: the number was cancelled after a regular re-inspection, and striking an earlier one re-opened it."""
    failed = replace(BY_THE_FINDER, passed=False)
    before = (*HISTORIES[Status.SUBMITTED], failed)
    again = replace(HISTORIES[Status.SUBMITTED][-1], submitted_on=failed.reinspected_on)
    closed = given(Finding(), *before, again, PASSED, CLOSED)
    overtaken = replace(STRUCK, overtaken=True)
    closed.when(striking()).then(overtaken)
    assert fold(closed.state, [overtaken]).status is Status.CLOSED
    given(Finding(), *before).when(striking()).then(STRUCK)
    assert fold(Finding(), [*before, STRUCK]).status is Status.SUBMITTED


@pytest.mark.parametrize(
    ("history", "status"),
    [
        (HISTORIES[Status.RAISED], Status.RAISED),
        (HISTORIES[Status.ORDERED], Status.ORDERED),
        (HISTORIES[Status.SUBMITTED], Status.SUBMITTED),
    ],
)
def test_a_closing_without_re_inspection_is_struck(
    history: tuple[SupervisionEvent, ...], status: Status
) -> None:
    closed = replace(CLOSED, irregular=(clauses.CLOSE_AFTER_PASSED.id,))
    before = [*history, closed]
    struck = given(Finding(), *before).when(striking(version=len(before)))
    event = struck.decision(struck.state)
    state = fold(struck.state, [event])
    assert (state.status, state.closed_on) == (status, None)


def test_only_a_step_against_procedure_is_struck_once() -> None:
    looked = given(Finding(), *LOOKED)
    looked.when(striking(version=1)).refused(clauses.STRUCK_IF_IRREGULAR, "#41")
    looked.when(striking(version=99)).refused(clauses.STRUCK_IF_IRREGULAR)
    given(Finding(), *HISTORIES[Status.ACCEPTED]).when(
        striking(version=len(HISTORIES[Status.ACCEPTED]))
    ).refused(clauses.STRUCK_IF_IRREGULAR)
    given(Finding(), *LOOKED, STRUCK).when(striking()).refused(clauses.STRUCK_ONCE, "#41")
    given(Finding()).when(striking()).refused(clauses.RAISED_FIRST)


def test_striking_a_step_of_an_earlier_round_leaves_the_present_one() -> None:
    again = given(Finding(), *LOOKED, CLOSED, RELAPSED).state
    assert fold(again, [STRUCK]).status is Status.RELAPSED


def test_a_ledger_imported_again_does_not_bring_back_what_was_struck(log: EventLog) -> None:
    look = Look(cast(System, None), log, lambda kind: f"{kind}-1")
    row = {**ROW, "reinspector": FINDER}
    record_ledger_finding(look, ledger_finding(row), BY)
    step = next(each for each in log.read() if isinstance(each.event, FindingReinspected))
    perform(
        look,
        strike_step,
        "f-1",
        BY,
        version=step.version,
        record=step.position,
        struck_on=TODAY,
        because="检查人自行复查",
        today=TODAY,
    )
    written = log.position()
    assert record_ledger_finding(look, ledger_finding(row), BY) == []
    assert log.position() == written
    # Looked at again by somebody else, the same ledger goes on from there.
    later = {**ROW, "reinspected_on": date(2025, 5, 10), "closed_on": date(2025, 5, 11)}
    assert record_ledger_finding(look, ledger_finding(later), BY) == []
    assert FINDING.state(look, "f-1").status is Status.CLOSED
