"""What has not happened yet is not recorded: every decision to which somebody states a day, with a day that is yet to come.

The decisions are those of the verbs, with values of the kinds that they ask for; the states in which they are allowed are
found by trying them one after the other. A new verb is seen here without a line.
"""

from __future__ import annotations

import enum
import inspect
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from application.catalogue import CATALOGUE
from application.input.fields import Field, Signature, signature_of
from application.verbs import VERBS
from domain.kernel.errors import Rejected
from domain.kernel.event import Event
from domain.kernel.person import PersonRef, Persons
from domain.kernel.span import Span
from domain.kernel.state import State, fold
from domain.kernel.values import Choice, Day, Many, Person, Points, Whole, YesNo
from domain.livelihood.events import FundSource, NeedHandedOver
from domain.livelihood.project import Fund
from domain.pairing.events import DeedKind
from domain.pairing.plan import Deed
from domain.pairing.plan_template import PlanTemplate
from domain.registry.events import EntryAbsorbed, EntrySplit
from domain.registry.village import Village
from domain.supervision.events import FindingHandedOver

WORK = ("pairing", "livelihood", "registry", "supervision")
"""Contexts of what people report about the past; the others record their own acts on the day they are done."""
OF_THE_DAY = {name for name in CATALOGUE if name.endswith("Voided")}
"""Events of those contexts that are acts of the day: nobody states another."""
DAY, TODAY, TOMORROW = date(2025, 3, 1), date(2025, 6, 30), date(2025, 7, 1)
LATER = date(2025, 12, 1)
KNOWN: Mapping[str, object] = {
    "within": Span(date(2025, 1, 1)),
    "of_village": True,
    "of_unit": True,
    "other_stands": True,
    "borne": True,
    "persons": Persons(),
    "paired_on": date(2024, 3, 1),
    "since": DAY,
    "begun_on": date.max,
    "code": "330102001001",
    "pairing_id": "pr-1",
    "year": 2025,
    "tasks": (),
    "changes": (),
    "parts": ("",),
    "moves": (),
    "part_ids": ("part-1",),
    "renewed": 0,
    "funds": (Fund(FundSource.UNIT, 1),),
    "found": Deed(DeedKind.ACTIVITY, "a-1", DAY),
    "signed_before": date(2025, 3, 2),
    "renewed_before": date(2025, 3, 2),
    "known_from": date(2025, 3, 2),
}
"""What look-ups answer, where it is not the empty text, and what a rule asks of a day or a code."""
BESIDE: list[tuple[Callable[..., Any], str, str]] = [
    (Village.absorb, "other", "merged_on"),
    (Village.split_off, "off", "split_on"),
]
"""Decisions that no verb takes by themselves, with the entry and the day that they name."""
OF_CLAIMS = {EntryAbsorbed.NAME, EntrySplit.NAME, NeedHandedOver.NAME, FindingHandedOver.NAME}
"""Events of what goes along with another's decision, whose day is that one's."""
EARLIER = {"pairing.TermBegunEarlier"}
"""Events whose day lies before one that is on record."""
OF_ANOTHER = {
    "replace_pairing": "it ends the pairing on the day before the one that is stated",
    "state_pairing_day": "it is an earlier start, or a renewal, which is among them",
}


@dataclass(frozen=True)
class Decision:
    """One that takes days which happened, with the state that it starts from."""

    name: str
    initial: State
    taken: Callable[..., Any]
    given: frozenset[str] = frozenset()

    @property
    def signature(self) -> Signature:
        return signature_of(self.taken, self.given)

    @property
    def days(self) -> list[str]:
        """Its fields that hold a day which happened."""
        return [each.name for each in self.signature.fields if each.kind == Day(happened=True)]

    def at(self, state: State, turn: int, today: date = TODAY, **stated: date) -> list[Event]:
        """What is decided after ``turn`` events, the last of them the one that is meant. Raises ``Rejected``."""
        values: dict[str, object] = {name: KNOWN.get(name, "") for name in self.given}
        for each in self.signature.fields:
            values[each.name] = KNOWN[each.name] if each.name in KNOWN else self._value(each, turn)
        for name in self.signature.supplied:
            values[name] = today if name == "today" else KNOWN.get(name, f"{name}-1")
        if "version" in values:
            values["version"] = turn
        if "template" in values:
            values["template"] = PlanTemplate(turn)
        decided = self.taken(state, **values | stated)
        return list(decided) if isinstance(decided, Sequence) else [decided]

    def _value(self, field: Field, turn: int) -> object:
        """One that the field reads; every other turn another one, so that what was is changed, and found again."""
        match field.kind:
            case Day(happened=True):
                return DAY + timedelta(days=turn)
            case Day() | Whole() | Choice() if not field.required:
                return None
            case Day():
                return LATER + timedelta(days=turn)
            case Choice(kind=members):
                return list[enum.Enum](members)[turn % 2]
            case YesNo():
                return True
            case Many(least=least):
                return (f"{field.name}-{turn}",) * least
            case Person():
                return PersonRef(ref=self.name, commitment="c1")
            case Whole(low=low):
                return max(low, 1) + turn % 2
            case Points(low=low):
                return max(low, 1)
            case _:
                return f"{field.name}-{turn % 2}"


def decisions() -> list[Decision]:
    """Of every verb of the work."""
    verbs = (verb for verb in VERBS.values() if type(verb.on.initial).__module__.split(".")[1] in WORK)
    return [Decision(each.name, each.on.initial, each.decision, frozenset(each.given)) for each in verbs]


@cache
def reached() -> Mapping[str, tuple[State, int, list[Event]]]:
    """By the name of a decision: a state that allows it, after how many events, and what is decided then."""
    found: dict[str, tuple[State, int, list[Event]]] = {}
    by_thing: dict[str, list[Decision]] = {}
    for each in decisions():
        by_thing.setdefault(type(each.initial).__name__, []).append(each)
    for possible in by_thing.values():
        _explore(possible, found)
    return found


def _explore(possible: list[Decision], found: dict[str, tuple[State, int, list[Event]]]) -> None:
    waiting: deque[tuple[State, int]] = deque([(possible[0].initial, 0)])
    while waiting and any(each.name not in found for each in possible):
        state, turn = waiting.popleft()
        for each in possible:
            try:
                decided = each.at(state, turn)
            except Rejected:
                continue
            if decided:
                found.setdefault(each.name, (state, turn, decided))
                if turn < 6:
                    waiting.append((fold(state, decided), turn + len(decided)))


def dated() -> list[Decision]:
    return [each for each in decisions() if each.days and each.name not in OF_ANOTHER]


def test_every_decision_of_the_work_is_allowed_in_some_state() -> None:
    assert sorted({each.name for each in decisions()} - set(reached())) == []


def test_every_event_of_the_work_is_seen() -> None:
    stated = {name for name in CATALOGUE if name.split(".")[0] in WORK and CATALOGUE[name].OCCURRED}
    seen = {each.NAME for _, _, decided in reached().values() for each in decided}
    assert sorted(stated - seen - OF_CLAIMS - OF_THE_DAY - EARLIER) == []


@pytest.mark.parametrize("decision", dated(), ids=lambda decision: decision.name)
def test_a_day_that_is_yet_to_come_is_refused_and_today_is_not(decision: Decision) -> None:
    state, turn, _ = reached()[decision.name]
    for day in decision.days:
        with pytest.raises(Rejected) as refusal:
            decision.at(state, turn, **{day: TOMORROW})
        assert refusal.value.clause.id.endswith(".NOT_IN_THE_FUTURE")
        assert refusal.value.because == f"{TOMORROW} > {TODAY}"
    decided = decision.at(state, turn, **dict.fromkeys(decision.days, TODAY))
    assert TODAY in {each.occurred_on for each in decided}


@pytest.mark.parametrize(("decision", "entry", "day"), BESIDE)
def test_nor_is_one_that_another_decision_brings(decision: Callable[..., Any], entry: str, day: str) -> None:
    (village, _, _) = reached()["rename_village"]
    with pytest.raises(Rejected) as refusal:
        decision(village, **{entry: "v-2", day: TOMORROW}, today=TODAY)
    assert refusal.value.clause.id == "registry.NOT_IN_THE_FUTURE"
    assert decision(village, **{entry: "v-2", day: TODAY}, today=TODAY).occurred_on == TODAY


def test_no_decision_of_the_work_takes_a_day_without_todays() -> None:
    """A new decision that takes a business day is caught here before anybody uses it."""
    days = {CATALOGUE[name].OCCURRED for name in CATALOGUE if name not in OF_THE_DAY} - {""}
    for state in {type(each.initial) for each in decisions()}:
        for name, method in inspect.getmembers(state, inspect.isfunction):
            taken = set(inspect.signature(method).parameters)
            if not name.startswith("_") and taken & days:
                assert "today" in taken, f"{state.__name__}.{name} takes {taken & days} without today"
