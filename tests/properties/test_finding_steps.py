"""Whatever is tried on a finding, in whatever order: refusals change nothing, and what was decided adds up."""

from __future__ import annotations

import inspect
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import Rejected
from domain.kernel.event import Event
from domain.kernel.person import PersonRef
from domain.kernel.span import Span
from domain.kernel.state import fold
from domain.supervision.events import (
    ExtensionGranted,
    FindingClosed,
    FindingRaised,
    FindingReinspected,
    FindingRelapsed,
    FindingType,
    FindingWithdrawn,
    Method,
    RectificationOrdered,
    RectificationReturned,
    RectificationSubmitted,
    Severity,
    SupervisionEvent,
)
from domain.supervision.finding import Finding
from domain.supervision.finding_history import Status
from domain.supervision.light import Light, traffic_light
from tests.kit.examples import examples

TODAY = date(2025, 12, 31)
days = st.integers(0, 380).map(lambda n: date(2025, 1, 1) + timedelta(days=n))
people = st.sampled_from([None, PersonRef(ref="p1", commitment="c1"), PersonRef(ref="p2", commitment="c2")])
words = st.sampled_from(["", "理由"])

RAISED: dict[str, Any] = {
    "finding_id": "f-1",
    "number": "WT2025-001",
    "pairing_id": "2025-v-b",
    "branch": "b",
    "village": "v",
    "method": Method.ON_SITE,
    "inspector": PersonRef(ref="p1", commitment="c1"),
    "description": "问题",
    "finding_type": FindingType.DUTY,
    "severity": Severity.MINOR,
}
STEPS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "raise_finding": st.fixed_dictionaries(
        {
            "finding_id": st.just("f-1"),
            "number": st.just("WT2025-001"),
            "pairing_id": st.just("2025-v-b"),
            "branch": st.just("b"),
            "village": st.just("v"),
            "found_on": days,
            "method": st.just(Method.ON_SITE),
            "inspector": people,
            "description": st.just("问题"),
            "finding_type": st.just(FindingType.DUTY),
            "severity": st.just(Severity.MINOR),
            "within": st.just(Span(date(2025, 1, 1))),
        }
    ),
    "order_rectification": st.fixed_dictionaries(
        {"ordered_on": days, "due_on": days, "document_no": words, "measures": words}
    ),
    "acknowledge_order": st.fixed_dictionaries({"acknowledged_on": days, "office": st.just("办公室")}),
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
    "report_relapse": st.fixed_dictionaries({"relapsed_on": days, "because": words}),
    "withdraw_finding": st.fixed_dictionaries({"withdrawn_on": days, "because": words}),
}
tries = st.one_of([st.tuples(st.just(verb), values) for verb, values in STEPS.items()])


@examples(400, quick=60)
@given(st.lists(tries, max_size=25))
def test_a_finding_only_goes_where_it_may(attempts: list[tuple[str, dict[str, Any]]]) -> None:
    state, history = Finding(), list[Event]()
    for verb, values in attempts:
        before = state
        try:
            decided = getattr(state, verb)(**values, today=TODAY)
        except Rejected as refusal:
            assert refusal.clause.id.startswith("supervision.")
            continue
        for event in decided if isinstance(decided, list) else [decided]:
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
        if verb == "report_relapse":
            assert state.status is Status.RELAPSED and state.due_on is None and state.closed_on is None
        assert state.round == 1 + sum(isinstance(each, FindingRelapsed) for each in history)
    assert fold(Finding(), history) == state


# Days close together and in order, so that a finding gets far: through several rounds.
gaps = st.integers(0, 4)
verbs = st.sampled_from(sorted(set(STEPS) - {"raise_finding"}))


@examples(300, quick=60)
@given(st.lists(st.tuples(verbs, gaps, gaps, st.booleans()), min_size=5, max_size=40), gaps)
def test_the_light_tells_the_truth_on_every_day(
    attempts: list[tuple[str, int, int, bool]], days_on: int
) -> None:
    on = date(2025, 1, 1)
    raised = FindingRaised(**RAISED, found_on=on)
    state, history = Finding().after(raised), list[SupervisionEvent]([raised])
    for verb, gap, more, yes in attempts:
        on += timedelta(days=gap)
        try:
            decided = getattr(state, verb)(**_said(verb, on, on + timedelta(days=more), yes), today=on)
        except Rejected:
            continue
        for event in decided if isinstance(decided, list) else [decided]:
            history.append(event)
            state = state.after(event)
        for day in (on, on + timedelta(days=days_on)):
            light = traffic_light(state.status.value, state.due_on, state.submitted_on, day)
            assert light is _true_light(history, day)


def _said(verb: str, on: date, due_on: date, yes: bool) -> dict[str, Any]:
    texts = {
        "document_no": f"{on}",
        "measures": "改",
        "because": "理由",
        "interim_measures": "",
        "account": "已改",
        "office": "办公室",
    }
    values = {
        "due_on": due_on,
        "passed": yes,
        "inspector": PersonRef(ref="p2", commitment="c2"),
        "finding_id": "f-1",
        "number": "WT2025-001",
        **texts,
    }
    names = inspect.signature(getattr(Finding, verb)).parameters
    return {
        name: on if name.endswith("_on") and name != "due_on" else values[name]
        for name in names
        if name not in ("self", "today", "appeal_id")
    }


def _true_light(history: list[SupervisionEvent], day: date) -> Light:
    """Read off the events as a clerk would: only the last order counts, and only the last report on it."""
    if isinstance(history[-1], FindingWithdrawn):
        return Light.WITHDRAWN
    if isinstance(history[-1], FindingClosed):
        return Light.DONE
    round_begins = max(
        n for n, each in enumerate(history) if isinstance(each, FindingRaised | FindingRelapsed)
    )
    now = history[round_begins:]
    dues = [each.due_on for each in now if isinstance(each, RectificationOrdered | ExtensionGranted)]
    if not dues:
        return Light.WAITING
    judged = [
        each
        for each in now
        if isinstance(each, RectificationSubmitted | RectificationReturned)
        or (isinstance(each, FindingReinspected) and not each.passed)
    ]
    reported = judged[-1].submitted_on if judged and isinstance(judged[-1], RectificationSubmitted) else None
    late = (reported or day) > dues[-1]
    if late:
        return Light.RED
    near = reported is None and (dues[-1] - day).days <= 5
    return Light.YELLOW if near else Light.GREEN
