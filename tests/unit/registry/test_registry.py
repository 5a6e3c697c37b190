"""Branches and villages are registered once and may be renamed."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.registry import clauses
from domain.registry.branch import Branch
from domain.registry.events import (
    BranchRegistered,
    BranchRenamed,
    TargetKind,
    UnitClass,
    UnitLevel,
    VillageRegistered,
    VillageRenamed,
)
from domain.registry.village import Village
from tests.kit.given import given

BRANCH: dict[str, Any] = {
    "branch": "b-1",
    "unit_name": "县林业局",
    "branch_name": "县林业局党支部",
    "level": UnitLevel.COUNTY,
    "unit_class": UnitClass.AGENCY,
}
VILLAGE: dict[str, Any] = {
    "village": "v-1",
    "name": "南溪村",
    "kind": TargetKind.VILLAGE,
    "township": "青山镇",
}
DAY = date(2026, 3, 1)


def test_a_branch_is_registered_once() -> None:
    given(Branch()).when(lambda b: b.register_branch(**BRANCH)).then(BranchRegistered(**BRANCH))
    registered = given(Branch(), BranchRegistered(**BRANCH))
    registered.when(lambda b: b.register_branch(**BRANCH)).refused(clauses.REGISTERED_ONCE, "县林业局")
    given(Branch()).when(lambda b: b.register_branch(**{**BRANCH, "unit_name": " "})).refused(
        clauses.NAME_GIVEN
    )


def test_a_branch_is_renamed_to_another_name() -> None:
    names = {"unit_name": "县林草局", "branch_name": "县林草局党支部", "renamed_on": DAY}
    registered = given(Branch(), BranchRegistered(**BRANCH))
    registered.when(lambda b: b.rename_branch(**names, today=DAY)).then(BranchRenamed(branch="b-1", **names))
    given(Branch()).when(lambda b: b.rename_branch(**names, today=DAY)).refused(clauses.REGISTERED_FIRST)
    same = {"unit_name": BRANCH["unit_name"], "branch_name": BRANCH["branch_name"], "renamed_on": DAY}
    registered.when(lambda b: b.rename_branch(**same, today=DAY)).refused(clauses.NAME_CHANGES, "县林业局")
    registered.when(lambda b: b.rename_branch(**{**names, "branch_name": ""}, today=DAY)).refused(
        clauses.NAME_GIVEN
    )


def test_a_village_is_registered_once() -> None:
    given(Village()).when(lambda v: v.register_village(**VILLAGE)).then(VillageRegistered(**VILLAGE))
    registered = given(Village(), VillageRegistered(**VILLAGE))
    registered.when(lambda v: v.register_village(**VILLAGE)).refused(clauses.REGISTERED_ONCE)
    given(Village()).when(lambda v: v.register_village(**{**VILLAGE, "name": ""})).refused(clauses.NAME_GIVEN)


def test_a_village_is_renamed_to_another_name() -> None:
    registered = given(Village(), VillageRegistered(**VILLAGE))
    registered.when(lambda v: v.rename_village(name="南溪新村", renamed_on=DAY, today=DAY)).then(
        VillageRenamed(village="v-1", name="南溪新村", renamed_on=DAY)
    )
    registered.when(lambda v: v.rename_village(name="南溪村", renamed_on=DAY, today=DAY)).refused(
        clauses.NAME_CHANGES
    )
    given(Village()).when(lambda v: v.rename_village(name="南溪新村", renamed_on=DAY, today=DAY)).refused(
        clauses.REGISTERED_FIRST
    )


def test_a_name_is_not_changed_from_a_day_that_is_yet_to_come() -> None:
    later = date(DAY.year + 1, 1, 1)
    given(Village(), VillageRegistered(**VILLAGE)).when(
        lambda v: v.rename_village(name="南溪新村", renamed_on=later, today=DAY)
    ).refused(clauses.NOT_IN_THE_FUTURE, f"{later} > {DAY}")
