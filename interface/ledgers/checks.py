"""What a row must satisfy beyond its single cells: against itself, and against the rows before it.

No cascades: a check that needs a cell which could not be read, or a day already found out of order, is left
out; the clerk sees one error for one mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from application.ledgers import problems
from application.ledgers.problems import Problem, needed_because, wrong_order
from application.ledgers.sheets import Sheet
from domain.kernel.document_no import normal_form
from domain.kernel.span import Span

Found = tuple[str, Problem]
"""Field and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One row on its way: values of the cells that could be read, and the fields of those that could not."""

    values: dict[str, Any]
    faulty: frozenset[str]

    def clean(self, *names: str) -> bool:
        """Whether all these cells could be read (an empty cell can)."""
        return not self.faulty.intersection(names)

    def filled(self, name: str) -> bool:
        """Whether the cell could be read and says something."""
        return name not in self.faulty and self.values.get(name) is not None


# Steps in the order in which they happen; each is compared with every step before it, the first one first.
_TAUGHT: Final = frozenset(["training", "lecture"])
_CHAINS: Final[dict[str, tuple[str, ...]]] = {
    "activities": ("held_on", "reported_on"),
    "needs": ("raised_on", "matched_on", "met_on", "confirmed_on"),
    "findings": ("found_on", "ordered_on", "submitted_on", "reinspected_on", "closed_on"),
}
_DONE: Final = {
    "matched_on": "matched",
    "met_on": "met",
    "confirmed_on": "confirmed",
    "reported_on": "reported",
    "ordered_on": "ordered",
    "submitted_on": "submitted",
    "reinspected_on": "re-inspected",
    "closed_on": "closed",
}
_BEFORE: Final = {
    "raised_on": "it was raised",
    "matched_on": "it was matched",
    "met_on": "it was met",
    "held_on": "it was held",
    "found_on": "it was found",
    "ordered_on": "it was ordered",
    "submitted_on": "it was submitted",
    "reinspected_on": "it was re-inspected",
}
# Further pairs (earlier, later, sentence), checked after the chain of the sheet.
_PAIRS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "pairings": (
        ("paired_on", "ended_on", "the pairing ended before it began"),
        (
            "part_time_secretary_began_on",
            "part_time_secretary_ended_on",
            "the post ended before it began",
        ),
        ("invited_member_began_on", "invited_member_ended_on", "the post ended before it began"),
    ),
    "post_changes": (("began_on", "ended_on", "the post ended before it began"),),
    "parents": (("from_on", "until_on", "the last day is before the first"),),
    "projects": (
        ("began_on", "planned_end_on", "planned to end before it began"),
        ("began_on", "completed_on", "completed before it began"),
        ("completed_on", "accepted_on", "accepted before it was completed"),
    ),
    "findings": (
        ("ordered_on", "due_on", "due before it was ordered"),
        ("found_on", "due_on", "due before it was found"),
        ("due_on", "extended_due_on", "extended to a day before the first deadline"),
    ),
}


# Cells that another cell of the row makes necessary: the empty one, the filled one, and what that says.
_NEEDED: Final[dict[str, tuple[tuple[str, str, str, str], ...]]] = {
    "pairings": (
        ("agreement_signed_on", "agreement_number", "the agreement has a number", "有协议编号"),
        ("end_reason", "ended_on", "the pairing ended", "已填终止日期"),
        ("ended_on", "end_reason", "a reason for the end is given", "已填终止原因"),
    ),
    "needs": (
        ("matched_unit", "matched_on", "a day of matching is given", "已填对接日期"),
        ("matched_on", "matched_unit", "a unit is matched", "已填对接单位"),
        ("met_on", "confirmed_on", "the village confirmed", "已填村级确认日期"),
    ),
    "projects": (("completed_on", "accepted_on", "the village accepted it", "已填村级验收日期"),),
    "findings": (
        ("due_on", "ordered_on", "it was ordered", "已填下达日期"),
        ("measures", "ordered_on", "rectification was ordered", "已填下达日期"),
        ("submitted_on", "reinspected_on", "it was re-inspected", "已填复查日期"),
        ("reinspection", "reinspected_on", "it was re-inspected", "已填复查日期"),
        ("reinspected_on", "reinspection", "it has a result", "已填复查结果"),
    ),
}


def check_row(sheet: Sheet, reading: Reading) -> Iterator[Found]:
    """Everything wrong with the row in itself."""
    for needed in _NEEDED.get(sheet.key, ()):
        yield from _empty_though(sheet, reading, *needed)
    if sheet.key in _ORDER_FREE:
        yield from _ORDER_FREE[sheet.key](sheet, reading)
    yield from _order(sheet, reading)


def _order(sheet: Sheet, reading: Reading) -> Iterator[Found]:
    """Days that cannot follow each other. Both days of a wrong pair are then compared no further."""
    suspect: set[str] = set()

    def day(name: str) -> date | None:
        value = reading.values.get(name)
        return value if isinstance(value, date) and name not in suspect and reading.clean(name) else None

    def compare(earlier: str, later: str, sentence: str) -> Iterator[Found]:
        first, second = day(earlier), day(later)
        if first is not None and second is not None and second < first:
            suspect.update((earlier, later))
            headers = sheet.by_field
            yield later, wrong_order(sentence, headers[later].header, headers[earlier].header)

    chain = _CHAINS.get(sheet.key, ())
    for place, later in enumerate(chain):
        for earlier in chain[:place]:
            yield from compare(earlier, later, f"{_DONE[later]} before {_BEFORE[earlier]}")
    for earlier, later, sentence in _PAIRS.get(sheet.key, ()):
        yield from compare(earlier, later, sentence)


def _empty_though(
    sheet: Sheet, reading: Reading, missing: str, present: str, because: str, because_zh: str
) -> Iterator[Found]:
    """The cell ``missing`` is empty while ``present`` is filled and therefore needs it."""
    if reading.filled(present) and reading.clean(missing) and not reading.filled(missing):
        yield missing, needed_because(sheet.by_field[missing].header, because, because_zh)


def _pairing(sheet: Sheet, reading: Reading) -> Iterator[Found]:
    for post in ("part_time_secretary", "invited_member"):
        began, ended = f"{post}_began_on", f"{post}_ended_on"
        yield from _empty_though(sheet, reading, began, post, "somebody is named", "已填姓名")
        has_day = began if reading.filled(began) else ended
        yield from _empty_though(sheet, reading, post, has_day, "the post has a day", "已填任职日期")


LISTED_WITH: Final = ("unit_level", "unit_class", "branch")
"""What a unit in no pairing is registered with."""


def _parent(sheet: Sheet, reading: Reading) -> Iterator[Found]:
    if any(map(reading.filled, LISTED_WITH)):
        for name in LISTED_WITH:
            if reading.clean(name) and not reading.filled(name):
                because = "a unit in no pairing is registered with it", "登记没有结对的单位须填"
                yield name, needed_because(sheet.by_field[name].header, *because)
    elif reading.clean(*LISTED_WITH, "parent") and not reading.filled("parent"):
        yield "parent", problems.REQUIRED
    for name, zh in (("from_on", "已填自何日起"), ("until_on", "已填至何日止")):
        if any(map(reading.filled, LISTED_WITH)) and reading.filled(name):
            yield from _empty_though(sheet, reading, "parent", name, "a day is given", zh)
            return


def _taught(sheet: Sheet, reading: Reading) -> Iterator[Found]:
    if not reading.clean("kind"):
        return
    if reading.values["kind"] not in _TAUGHT:
        for name in ("hours_hundredths", "teacher", "teacher_office"):
            if reading.filled(name):
                yield name, problems.TAUGHT_WITHOUT_TRAINING
        return
    for name, zh in (("teacher", "已填授课人"), ("teacher_office", "已填授课人单位")):
        if reading.filled(name) and not reading.filled("hours_hundredths"):
            yield from _empty_though(sheet, reading, "hours_hundredths", name, "somebody taught", zh)
            return


def _activity(sheet: Sheet, reading: Reading) -> Iterator[Found]:
    yield from _taught(sheet, reading)
    if not reading.clean("kind", "persons_visited"):
        return
    is_visit = reading.values["kind"] == "condolence_visit"
    visited = reading.values.get("persons_visited") or 0
    if visited and not is_visit:
        yield "persons_visited", problems.VISITED_WITHOUT_VISIT
    elif is_visit and not visited:
        yield "persons_visited", problems.VISIT_WITHOUT_VISITED


def _need(sheet: Sheet, reading: Reading) -> Iterator[Found]:
    if reading.clean("matched_unit") and not reading.filled("matched_unit"):
        # With a unit named it has been said already.
        yield from _empty_though(sheet, reading, "matched_on", "met_on", "the need is met", "已填办结日期")
    if reading.filled("rating") and reading.clean("confirmed_on") and not reading.filled("confirmed_on"):
        yield "rating", problems.RATED_UNCONFIRMED


def _finding(sheet: Sheet, reading: Reading) -> Iterator[Found]:
    later = ("later steps are filled in", "已填后面的环节")
    step = "extended_due_on" if reading.filled("extended_due_on") else "submitted_on"
    due = "due_on" if reading.filled("due_on") and step != "extended_due_on" else step
    yield from _empty_though(sheet, reading, "ordered_on", due, *later)
    if not reading.filled("ordered_on"):
        yield from _empty_though(sheet, reading, "due_on", step, *later)
    # Closed without any re-inspection broke a rule of procedure, and happened; after a failed one it cannot be.
    if reading.filled("closed_on") and reading.values.get("reinspection") == "failed":
        yield "closed_on", problems.CLOSED_UNPASSED
    accepted = reading.filled("closed_on") or reading.values.get("reinspection") == "passed"
    clean = reading.clean("closed_on", "reinspection", "reinspected_on")
    if reading.values.get("relapsed") and clean and not accepted:
        yield "relapsed", problems.RELAPSED_UNCLOSED


_ORDER_FREE: Final[dict[str, Callable[[Sheet, Reading], Iterator[Found]]]] = {
    "pairings": _pairing,
    "parents": _parent,
    "activities": _activity,
    "needs": _need,
    "findings": _finding,
}


_NUMBERED_BY: Final = ("found_on", "raised_on", "began_on")
"""The day whose year a number belongs to: a row that has a number has one of these."""


def _year_of(values: Mapping[str, Any]) -> int:
    """The year within which the row's number is one thing's; 0 where the day cannot be read."""
    day = next((values[name] for name in _NUMBERED_BY if values.get(name)), None)
    return day.year if isinstance(day, date) else 0


# Two equal rows may both be true there: a unit offers two training rooms on one day.
_MAY_REPEAT: Final = frozenset(["resources"])


@dataclass(slots=True)
class EarlierRows:
    """What the rows so far have said, over all files of one reading."""

    _numbers: set[tuple[str, int, str]] = field(default_factory=set)
    _pairings: dict[tuple[str, str, Any], list[Span]] = field(default_factory=dict)
    _contents: set[tuple[Any, ...]] = field(default_factory=set)
    _said: dict[tuple[str, tuple[Any, ...]], Any] = field(default_factory=dict)

    def check(self, sheet: Sheet, reading: Reading) -> Iterator[tuple[str, Problem]]:
        """Header and problem of what repeats or contradicts an earlier row; then the row is remembered."""
        values = reading.values
        repeated = False
        if sheet.key not in _MAY_REPEAT and not reading.faulty:
            content = (sheet.key, *(values.get(column.field) for column in sheet.columns))
            repeated = content in self._contents
            self._contents.add(content)
        if sheet.numbered is not None and reading.filled(sheet.numbered.field):
            number = (sheet.key, _year_of(values), normal_form(values[sheet.numbered.field]))
            if repeated or number in self._numbers:
                yield sheet.duplicate_column, problems.SAME_ROW if repeated else problems.SAME_NUMBER
            self._numbers.add(number)
        elif sheet.key == "pairings" and reading.filled("unit") and reading.filled("village"):
            if repeated or self._paired_then(values):
                yield sheet.duplicate_column, problems.SAME_ROW if repeated else problems.SAME_PAIRING
        elif repeated:
            yield sheet.duplicate_column, problems.SAME_ROW
        if sheet.key in ("pairings", "parents"):
            yield from self._consistent(sheet, reading)

    def _paired_then(self, values: Mapping[str, Any]) -> bool:
        """Whether an earlier row pairs the same two at the same time: after an end they may be paired again, and from another
        year on they are paired anew while they are paired.
        """
        earlier = self._pairings.setdefault((values["unit"], values["village"], values.get("township")), [])
        span = Span(values.get("paired_on") or date.min, values.get("ended_on"))
        meets = any(span.meets(other) and span.began_on.year == other.began_on.year for other in earlier)
        earlier.append(span)
        return meets

    def _consistent(self, sheet: Sheet, reading: Reading) -> Iterator[tuple[str, Problem]]:
        """A unit has one level and class, and a village of a township one kind, whatever row names them."""
        for things, fact in (
            (("unit",), "unit_level"),
            (("unit",), "unit_class"),
            (("village", "township"), "target_kind"),
        ):
            if fact in sheet.by_field and all(map(reading.filled, things)) and reading.filled(fact):
                thing = tuple(reading.values[each] for each in things)
                said = self._said.setdefault((fact, thing), reading.values[fact])
                if said != reading.values[fact]:
                    yield sheet.by_field[fact].header, problems.INCONSISTENT
