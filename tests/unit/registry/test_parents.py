"""Under which unit another stands, from which day on; none stands above itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from domain.kernel.state import fold
from domain.registry import clauses
from domain.registry.branch import Branch
from domain.registry.events import (
    BranchRegistered,
    BranchSubordinated,
    EntryKind,
    EntryMerged,
    EntryRestored,
    EntryRetired,
    RegistryEvent,
    UnitClass,
    UnitLevel,
)
from domain.registry.parents import Under, stands_above_itself, under_on
from tests.kit.given import given

EARLY, DAY, LATER = date(2025, 1, 1), date(2025, 3, 1), date(2025, 6, 1)


def registered(unit: str, parent: str = "", since: date | None = None) -> BranchRegistered:
    return BranchRegistered(
        branch=unit,
        unit_name=f"{unit}局",
        branch_name=f"{unit}支部",
        level=UnitLevel.COUNTY,
        unit_class=UnitClass.AGENCY,
        since=since,
        parent=parent,
    )


def restored(unit: str, into: str) -> EntryRestored:
    return EntryRestored(
        entry_kind=EntryKind.BRANCH,
        entry=unit,
        ended_on=DAY,
        merged_into=into,
        because="误登",
        restored_on=LATER,
    )


def under(unit: str, parent: str, on: date = DAY) -> BranchSubordinated:
    return BranchSubordinated(branch=unit, parent=parent, subordinated_on=on)


def merged(unit: str, into: str, on: date = DAY) -> EntryMerged:
    return EntryMerged(entry_kind=EntryKind.BRANCH, entry=unit, into=into, merged_on=on)


def units(*events: RegistryEvent) -> Mapping[str, Branch]:
    found: dict[str, Branch] = {}
    for event in events:
        key = str(getattr(event, "branch", "") or getattr(event, "entry", ""))
        found[key] = fold(found.get(key, Branch()), [event])
    return found


def test_a_unit_is_put_under_another_from_a_day_and_taken_away_again() -> None:
    unit = given(Branch(), registered("a"))
    unit.when(lambda b: b.subordinate_branch(parent="b", subordinated_on=DAY, today=LATER)).then(
        under("a", "b")
    )
    placed = given(Branch(), registered("a"), under("a", "b"))
    placed.when(lambda b: b.subordinate_branch(parent="", subordinated_on=LATER, today=LATER)).then(
        under("a", "", LATER)
    )


def test_what_changes_nothing_is_refused_and_so_is_a_day_before_the_last_change() -> None:
    placed = given(Branch(), registered("a"), under("a", "b"))
    placed.when(lambda b: b.subordinate_branch(parent="b", subordinated_on=LATER, today=LATER)).refused(
        clauses.PARENT_CHANGES
    )
    placed.when(lambda b: b.subordinate_branch(parent="c", subordinated_on=EARLY, today=LATER)).refused(
        clauses.AFTER_THE_LAST_CHANGE
    )
    placed.when(lambda b: b.subordinate_branch(parent="a", subordinated_on=LATER, today=LATER)).refused(
        clauses.PARENT_ABOVE
    )


def test_the_parent_of_any_day_is_the_one_stated_by_then() -> None:
    (unit,) = units(registered("a", "b"), under("a", "c"), under("a", "", LATER)).values()
    assert unit.parents == (Under("b"), Under("c", DAY), Under("", LATER))
    assert [under_on(unit.parents, day) for day in (EARLY, DAY, LATER)] == ["b", "c", ""]
    (again,) = units(registered("a"), under("a", "b"), under("a", "c")).values()
    assert again.parents == (Under("c", DAY),), "of one day the second statement holds"


@pytest.mark.parametrize(
    ("day", "there"), [(date(2024, 12, 31), False), (EARLY, True), (DAY, True), (LATER, False)]
)
def test_a_parent_has_to_be_there_on_the_day(day: date, there: bool) -> None:
    ended = EntryRetired(entry_kind=EntryKind.BRANCH, entry="p", retired_on=LATER, because="撤销")
    parent = given(Branch(), registered("p", since=EARLY), ended)
    taken = parent.when(lambda b: b.take_under(stated="p", on=day))
    taken.then() if there else taken.refused(clauses.PARENT_THERE)


def test_what_is_not_registered_is_no_parent() -> None:
    unknown = given(Branch()).when(lambda b: b.take_under(stated="b-none", on=DAY))
    unknown.refused(clauses.PARENT_THERE, f"b-none, {DAY}")


THREE = (registered("a"), registered("b", "a"), registered("c", "b"))
CIRCLES: Mapping[str, tuple[tuple[RegistryEvent, ...], bool]] = {
    "a chain": ((), False),
    "under what stands below": ((under("a", "c"),), True),
    "on a day on which that stood elsewhere": ((under("b", "", EARLY), under("a", "c")), False),
    "before a day on which it is put below": (
        (under("b", "", EARLY), under("b", "a", LATER), under("a", "c")),
        True,
    ),
    "merged into what stands below": ((merged("a", "c"),), True),
    "merged into what stood below until that day": ((under("b", "", DAY), merged("a", "c")), False),
    "merged into what stands above": ((merged("c", "a"),), False),
    "under what the one below was merged into": ((registered("d"), merged("c", "d"), under("a", "d")), False),
    "what a child was merged into, put under the child's child": (
        (registered("d", "c"), merged("a", "e"), registered("e"), under("e", "d", LATER)),
        True,
    ),
    "restored above what it was put under meanwhile": (
        (
            under("a", "z", EARLY),
            registered("z"),
            merged("a", "e"),
            registered("e"),
            under("z", "c", LATER),
            restored("a", "e"),
        ),
        True,
    ),
}


@pytest.mark.parametrize(("events", "circle"), CIRCLES.values(), ids=CIRCLES)
def test_no_unit_stands_above_itself_on_any_day(events: tuple[RegistryEvent, ...], circle: bool) -> None:
    there = units(*THREE, *events)
    assert any(stands_above_itself(there.__getitem__, unit) for unit in there) is circle


def test_before_it_is_restored_there_is_no_circle() -> None:
    events = CIRCLES["restored above what it was put under meanwhile"][0][:-1]
    there = units(*THREE, *events)
    assert not any(stands_above_itself(there.__getitem__, unit) for unit in there)


def test_a_circle_is_refused() -> None:
    there = units(*THREE, under("a", "c"))
    given(Branch(), THREE[0], under("a", "c")).when(
        lambda b: b.demand_not_above_itself(units=there.__getitem__)
    ).refused(clauses.PARENT_ABOVE)
