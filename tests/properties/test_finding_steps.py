"""Whatever is tried on a finding, in whatever order: refusals change nothing, and what was decided adds up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import Rejected
from domain.kernel.event import Event
from domain.kernel.person import PersonRef
from domain.kernel.state import fold
from domain.supervision.events import FindingType, Method, Severity
from domain.supervision.finding import Finding, Status
from tests.kit.examples import examples

TODAY = date(2025, 12, 31)
days = st.integers(0, 380).map(lambda n: date(2025, 1, 1) + timedelta(days=n))
people = st.sampled_from([None, PersonRef(ref="p1", commitment="c1"), PersonRef(ref="p2", commitment="c2")])
words = st.sampled_from(["", "理由"])

STEPS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "raise_finding": st.fixed_dictionaries(
        {
            "finding_id": st.just("WT2025-001"),
            "pairing_id": st.just("2025-v-b"),
            "branch": st.just("b"),
            "village": st.just("v"),
            "found_on": days,
            "method": st.just(Method.ON_SITE),
            "inspector": people,
            "description": st.just("问题"),
            "finding_type": st.just(FindingType.DUTY),
            "severity": st.just(Severity.MINOR),
        }
    ),
    "order_rectification": st.fixed_dictionaries(
        {"ordered_on": days, "due_on": days, "document_no": words, "measures": words}
    ),
    "acknowledge_order": st.fixed_dictionaries({"acknowledged_on": days}),
    "request_extension": st.fixed_dictionaries(
        {"requested_on": days, "due_on": days, "because": words, "interim_measures": words}
    ),
    "grant_extension": st.fixed_dictionaries({"granted_on": days, "due_on": days}),
    "refuse_extension": st.fixed_dictionaries({"refused_on": days, "because": words}),
    "submit_rectification": st.fixed_dictionaries({"submitted_on": days, "account": words}),
    "return_rectification": st.fixed_dictionaries({"returned_on": days, "because": words}),
    "reinspect": st.fixed_dictionaries(
        {"reinspected_on": days, "inspector": people, "passed": st.booleans()}
    ),
    "close_finding": st.fixed_dictionaries({"closed_on": days}),
    "report_relapse": st.fixed_dictionaries({"relapsed_on": days}),
    "withdraw_finding": st.fixed_dictionaries({"withdrawn_on": days, "because": words}),
}
tries = st.one_of([st.tuples(st.just(verb), values) for verb, values in STEPS.items()])


@examples(400)
@given(st.lists(tries, max_size=25))
def test_a_finding_only_goes_where_it_may(attempts: list[tuple[str, dict[str, Any]]]) -> None:
    state, history = Finding(), list[Event]()
    for verb, values in attempts:
        before = state
        try:
            event = getattr(state, verb)(**values, today=TODAY)
        except Rejected as refusal:
            assert refusal.clause.id.startswith("supervision.")
            continue
        history.append(event)
        state = state.after(event)
        assert event.occurred_on is None or event.occurred_on <= TODAY
        if before.status is Status.WITHDRAWN:
            raise AssertionError(f"{verb} after withdrawal")
        if before.status is Status.CLOSED:
            assert verb in ("report_relapse", "withdraw_finding")
        if state.status is Status.CLOSED:
            assert state.passed and state.submitted_on and state.reinspected_on
        if state.due_on is not None and state.ordered_on is not None:
            assert state.due_on >= state.ordered_on
        if before.due_on and state.due_on and before.due_on != state.due_on:
            assert verb == "grant_extension" and state.due_on > before.due_on
    assert fold(Finding(), history) == state
