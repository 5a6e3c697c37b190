"""A branch fixes the day of the month of its themed party day, and changes it from a month on."""

from __future__ import annotations

from datetime import date

from domain.registry import clauses
from domain.registry.branch import Branch
from domain.registry.events import (
    BranchRegistered,
    EntryKind,
    EntryRetired,
    PartyDayChanged,
    PartyDayFixed,
    UnitClass,
    UnitLevel,
)
from domain.registry.party_day import FixedDay, fixed_in, reminded_from
from tests.kit.given import given

TODAY = date(2025, 6, 10)
REGISTERED = BranchRegistered(
    branch="b-1",
    unit_name="县林业局",
    branch_name="县林业局党支部",
    level=UnitLevel.COUNTY,
    unit_class=UnitClass.AGENCY,
    since=date(2025, 2, 20),
)
FIXED = PartyDayFixed(branch="b-1", day_of_month=15, from_month=date(2025, 3, 1))
LATER = PartyDayChanged(branch="b-1", day_of_month=20, from_month=date(2025, 9, 1), because="秋收")


def test_it_is_fixed_once_from_the_month_of_the_day_that_is_stated() -> None:
    def fix(it: Branch, since: date = date(2025, 3, 18)) -> object:
        return it.fix_party_day(day_of_month=15, from_month=since, today=TODAY)

    given(Branch(), REGISTERED).when(fix).then(FIXED)
    given(Branch(), REGISTERED).when(lambda it: fix(it, date(2025, 2, 1))).then(
        PartyDayFixed(branch="b-1", day_of_month=15, from_month=date(2025, 2, 1))
    )
    given(Branch(), REGISTERED).when(lambda it: fix(it, date(2025, 1, 31))).refused(clauses.THERE_BY_THEN)
    given(Branch(), REGISTERED).when(lambda it: fix(it, date(2027, 1, 1))).refused(clauses.PARTY_DAY_SOON)
    given(Branch(), REGISTERED, FIXED).when(fix).refused(clauses.PARTY_DAY_FIXED_ONCE)
    gone = EntryRetired(entry_kind=EntryKind.BRANCH, entry="b-1", retired_on=TODAY, because="撤销")
    given(Branch(), REGISTERED, gone).when(fix).refused(clauses.STILL_THERE)


def test_a_change_holds_from_its_month_and_what_was_fixed_of_later_months_falls() -> None:
    def change(it: Branch, day: int = 15, since: date = date(2025, 7, 9)) -> object:
        return it.change_party_day(day_of_month=day, from_month=since, because="防汛", today=TODAY)

    changed = PartyDayChanged(branch="b-1", day_of_month=15, from_month=date(2025, 7, 1), because="防汛")
    given(Branch(), REGISTERED).when(change).refused(clauses.PARTY_DAY_FIXED_FIRST)
    given(Branch(), REGISTERED, FIXED).when(change).refused(clauses.PARTY_DAY_CHANGES)
    given(Branch(), REGISTERED, FIXED, LATER).when(change).then(changed)
    state = Branch().after(REGISTERED).after(FIXED).after(LATER)
    assert state.party_days == (FixedDay(date(2025, 3, 1), 15), FixedDay(date(2025, 9, 1), 20))
    assert state.after(changed).party_days == (FixedDay(date(2025, 3, 1), 15), FixedDay(date(2025, 7, 1), 15))


def test_a_month_without_the_day_has_it_on_its_last() -> None:
    days = (FixedDay(date(2025, 1, 1), 31), FixedDay(date(2025, 4, 1), 3))
    found = [fixed_in(days, date(2025, month, 1)) for month in (1, 2, 3, 4)]
    assert found == [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 3)]
    assert fixed_in(days, date(2024, 12, 1)) is None
    assert [reminded_from(each) for each in found if each] == [*found[:3], date(2025, 4, 6)]
