"""Units and villages are registered once, bear names from days on, and may come to an end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domain.kernel.event import Event
from domain.kernel.state import fold
from domain.registry import clauses
from domain.registry.branch import Branch
from domain.registry.code import Code
from domain.registry.entry import Entry
from domain.registry.events import (
    AliasLearned,
    AliasTakenBack,
    BranchReclassified,
    BranchRegistered,
    BranchRenamed,
    CodeFreed,
    CodeGiven,
    CodeSystem,
    CodeTaken,
    CodeTakenBack,
    EntryAbsorbed,
    EntryKind,
    EntryMerged,
    EntryRestored,
    EntryRetired,
    EntrySplit,
    NameFreed,
    NameTaken,
    TargetKind,
    UnitClass,
    UnitLevel,
    VillageMoved,
    VillageReclassified,
    VillageRegistered,
    VillageRenamed,
)
from domain.registry.name import Name
from domain.registry.village import Village
from tests.kit.given import given

BRANCH: dict[str, Any] = {
    "branch": "b-1",
    "unit_name": "县林业局",
    "branch_name": "县林业局党支部",
    "level": UnitLevel.COUNTY,
    "unit_class": UnitClass.AGENCY,
    "since": None,
    "split_from": "",
    "parent": "",
}
VILLAGE: dict[str, Any] = {
    "village": "v-1",
    "name": "南溪村",
    "kind": TargetKind.VILLAGE,
    "township": "青山镇",
    "since": None,
    "split_from": "",
}
BEFORE, DAY, AFTER = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)
KIND = EntryKind.VILLAGE
OF: dict[str, Any] = {"entry_kind": KIND, "entry": "v-1"}
CREDIT = "91350100M000100Y43"
"""The example of GB 32100-2015."""


def village(*events: Event) -> Village:
    return fold(Village(), [VillageRegistered(**VILLAGE), *events])


def renamed(on: date = DAY, name: str = "南溪新村") -> VillageRenamed:
    return VillageRenamed(village="v-1", name=name, renamed_on=on)


def test_a_branch_is_registered_once() -> None:
    given(Branch()).when(lambda b: b.register_branch(**BRANCH, today=DAY)).then(BranchRegistered(**BRANCH))
    registered = given(Branch(), BranchRegistered(**BRANCH))
    registered.when(lambda b: b.register_branch(**BRANCH, today=DAY)).refused(
        clauses.REGISTERED_ONCE, "县林业局"
    )


def test_a_village_is_registered_once() -> None:
    given(Village()).when(lambda v: v.register_village(**VILLAGE, today=DAY)).then(
        VillageRegistered(**VILLAGE)
    )
    registered = given(Village(), VillageRegistered(**VILLAGE))
    registered.when(lambda v: v.register_village(**VILLAGE, today=DAY)).refused(clauses.REGISTERED_ONCE)


def test_what_is_registered_begins_on_a_day_that_has_come() -> None:
    begun = {**VILLAGE, "since": DAY}
    given(Village()).when(lambda v: v.register_village(**begun, today=DAY)).then(VillageRegistered(**begun))
    given(Village()).when(lambda v: v.register_village(**begun, today=BEFORE)).refused(
        clauses.NOT_IN_THE_FUTURE
    )
    later = {**BRANCH, "since": AFTER}
    given(Branch()).when(lambda b: b.register_branch(**later, today=DAY)).refused(clauses.NOT_IN_THE_FUTURE)


def test_what_comes_from_another_does_so_on_a_day() -> None:
    part = {**VILLAGE, "split_from": "v-2"}
    given(Village()).when(lambda v: v.register_village(**part, today=DAY)).refused(clauses.SPLIT_ON_A_DAY)
    unit = {**BRANCH, "split_from": "b-2"}
    given(Branch()).when(lambda b: b.register_branch(**unit, today=DAY)).refused(clauses.SPLIT_ON_A_DAY)


@pytest.mark.parametrize(
    ("name", "clause"),
    [
        ("", clauses.NAME_GIVEN),
        (" \u3000\u200b", clauses.NAME_GIVEN),
        ("南溪\n村", clauses.NAME_IN_BOUNDS),
        ("村" * 101, clauses.NAME_IN_BOUNDS),
        ("\ufdfa" * 20, clauses.NAME_IN_BOUNDS),
    ],
)
def test_a_name_shows_something_on_one_line(name: str, clause: Any) -> None:
    a_village, a_branch = given(village()), given(Branch(), BranchRegistered(**BRANCH))
    given(Village()).when(lambda v: v.register_village(**{**VILLAGE, "name": name}, today=DAY)).refused(
        clause
    )
    given(Village()).when(lambda v: v.register_village(**{**VILLAGE, "township": name}, today=DAY)).refused(
        clause
    )
    a_village.when(lambda v: v.rename_village(name=name, renamed_on=DAY, today=DAY)).refused(clause)
    a_village.when(lambda v: v.move_village(township=name, moved_on=DAY, today=DAY)).refused(clause)
    a_village.when(lambda v: v.learn_alias(alias=name, because="俗称")).refused(clause)
    for field in ("unit_name", "branch_name"):
        names = {"unit_name": "甲", "branch_name": "乙", field: name}
        given(Branch()).when(lambda b, n=names: b.register_branch(**{**BRANCH, **n}, today=DAY)).refused(
            clause
        )
        a_branch.when(lambda b, n=names: b.rename_branch(**n, renamed_on=DAY, today=DAY)).refused(clause)


def test_a_name_of_a_hundred_characters_is_one() -> None:
    given(village()).when(lambda v: v.rename_village(name="村" * 100, renamed_on=DAY, today=DAY)).then(
        renamed(name="村" * 100)
    )


def test_a_branch_is_renamed_to_another_name() -> None:
    names = {"unit_name": "县林草局", "branch_name": "县林草局党支部", "renamed_on": DAY}
    registered = given(Branch(), BranchRegistered(**BRANCH))
    registered.when(lambda b: b.rename_branch(**names, today=DAY)).then(BranchRenamed(branch="b-1", **names))
    only_the_branch = {**names, "unit_name": "县林业局"}
    registered.when(lambda b: b.rename_branch(**only_the_branch, today=DAY)).then(
        BranchRenamed(branch="b-1", **only_the_branch)
    )
    given(Branch()).when(lambda b: b.rename_branch(**names, today=DAY)).refused(clauses.REGISTERED_FIRST)
    same = {"unit_name": BRANCH["unit_name"], "branch_name": BRANCH["branch_name"], "renamed_on": DAY}
    registered.when(lambda b: b.rename_branch(**same, today=DAY)).refused(clauses.NAME_CHANGES, "县林业局")


def test_a_village_is_renamed_to_another_name() -> None:
    registered = given(village())
    rename = {"name": "南溪新村", "renamed_on": DAY}
    registered.when(lambda v: v.rename_village(**rename, today=DAY)).then(renamed())
    same = {"name": "南溪村", "renamed_on": DAY}
    registered.when(lambda v: v.rename_village(**same, today=DAY)).refused(clauses.NAME_CHANGES)
    given(Village()).when(lambda v: v.rename_village(**rename, today=DAY)).refused(clauses.REGISTERED_FIRST)
    registered.when(lambda v: v.rename_village(**rename, today=BEFORE)).refused(
        clauses.NOT_IN_THE_FUTURE, f"{DAY} > {BEFORE}"
    )


def test_a_village_moves_to_another_township() -> None:
    moved = VillageMoved(village="v-1", township="白水镇", moved_on=DAY)
    given(village()).when(lambda v: v.move_village(township="白水镇", moved_on=DAY, today=DAY)).then(moved)
    given(village()).when(lambda v: v.move_village(township="青⼭镇", moved_on=DAY, today=DAY)).refused(
        clauses.TOWNSHIP_CHANGES
    )


def test_units_and_villages_are_reclassified() -> None:
    of = {"level": UnitLevel.PREFECTURE, "unit_class": UnitClass.INSTITUTION, "reclassified_on": DAY}
    registered = given(Branch(), BranchRegistered(**BRANCH))
    registered.when(lambda b: b.reclassify_branch(**of, today=DAY)).then(
        BranchReclassified(branch="b-1", **of)
    )
    same = {"level": UnitLevel.COUNTY, "unit_class": UnitClass.AGENCY, "reclassified_on": DAY}
    registered.when(lambda b: b.reclassify_branch(**same, today=DAY)).refused(clauses.CLASS_CHANGES)
    urban = {"kind": TargetKind.COMMUNITY, "reclassified_on": DAY}
    given(village()).when(lambda v: v.reclassify_village(**urban, today=DAY)).then(
        VillageReclassified(village="v-1", **urban)
    )
    given(village()).when(
        lambda v: v.reclassify_village(kind=TargetKind.VILLAGE, reclassified_on=DAY, today=DAY)
    ).refused(clauses.CLASS_CHANGES)


def test_changes_of_one_kind_are_in_the_order_of_their_days() -> None:
    once = given(village(renamed()))
    again = {"name": "南溪", "today": AFTER}
    once.when(lambda v: v.rename_village(renamed_on=BEFORE, **again)).refused(
        clauses.AFTER_THE_LAST_CHANGE, f"{BEFORE} < {DAY}"
    )
    once.when(lambda v: v.move_village(township="白水镇", moved_on=BEFORE, today=AFTER)).refused(
        clauses.AFTER_THE_LAST_CHANGE
    )
    once.when(lambda v: v.rename_village(renamed_on=DAY, **again)).then(renamed(name="南溪"))
    urban = {"kind": TargetKind.COMMUNITY, "reclassified_on": BEFORE}
    once.when(lambda v: v.reclassify_village(**urban, today=AFTER)).then(
        VillageReclassified(village="v-1", **urban)
    )
    classed = given(village(VillageReclassified(village="v-1", **{**urban, "reclassified_on": DAY})))
    classed.when(
        lambda v: v.reclassify_village(kind=TargetKind.VILLAGE, reclassified_on=BEFORE, today=AFTER)
    ).refused(clauses.AFTER_THE_LAST_CHANGE)
    for end in (ENDS["retire"], ENDS["merge_village"]):
        once.when(lambda v, end=end: end(v, BEFORE)).refused(clauses.AFTER_THE_LAST_CHANGE)


ENDS: dict[str, Callable[[Entry, date], Event]] = {
    "retire": lambda e, on: e.retire(retired_on=on, because="撤村", today=AFTER),
    "merge_village": lambda e, on: e.merge_village(into="v-2", merged_on=on, today=AFTER),
}
CHANGES: dict[str, Callable[[Any, date], Any]] = {
    **ENDS,
    "rename": lambda v, on: v.rename_village(name="某村", renamed_on=on, today=AFTER),
    "move": lambda v, on: v.move_village(township="某镇", moved_on=on, today=AFTER),
    "reclassify": lambda v, on: v.reclassify_village(
        kind=TargetKind.COMMUNITY, reclassified_on=on, today=AFTER
    ),
    "absorb": lambda v, on: v.absorb(other="v-2", merged_on=on, today=AFTER),
    "split_off": lambda v, on: v.split_off(off="v-2", split_on=on, today=AFTER),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_not_there_does_not_change(change: Callable[[Any, date], Any]) -> None:
    given(Village()).when(lambda v: change(v, DAY)).refused(clauses.REGISTERED_FIRST)
    later = date(2026, 5, 1)
    given(village()).when(lambda v: change(v, later)).refused(clauses.NOT_IN_THE_FUTURE)
    begun = given(Village(), VillageRegistered(**{**VILLAGE, "since": DAY}))
    begun.when(lambda v: change(v, BEFORE)).refused(clauses.THERE_BY_THEN, f"{BEFORE} < {DAY}")
    for end in ENDS.values():
        ended = village()
        ended = ended.after(end(ended, DAY))  # type: ignore[arg-type]
        given(ended).when(lambda v: change(v, AFTER)).refused(clauses.STILL_THERE, f"南溪村, {DAY}")


def test_a_village_is_merged_into_another_which_goes_on() -> None:
    given(village()).when(lambda v: v.merge_village(into="v-2", merged_on=DAY, today=DAY)).then(
        EntryMerged(**OF, into="v-2", merged_on=DAY)
    )
    given(village()).when(lambda v: v.merge_village(into="v-1", merged_on=DAY, today=DAY)).refused(
        clauses.INTO_ANOTHER
    )
    absorbed = EntryAbsorbed(**OF, other="v-2", merged_on=DAY)
    given(village()).when(lambda v: v.absorb(other="v-2", merged_on=DAY, today=DAY)).then(absorbed)
    given(village(absorbed)).when(lambda v: ENDS["retire"](v, BEFORE)).refused(clauses.AFTER_THE_LAST_CHANGE)
    given(village(absorbed)).when(lambda v: CHANGES["rename"](v, BEFORE)).then(renamed(BEFORE, "某村"))


def test_a_part_is_split_off_and_the_rest_goes_on() -> None:
    given(village()).when(lambda v: v.split_off(off="v-2", split_on=DAY, today=DAY)).then(
        EntrySplit(**OF, off="v-2", split_on=DAY)
    )


def test_retiring_is_recorded_with_its_reason() -> None:
    given(village()).when(lambda v: v.retire(retired_on=DAY, because="撤村", today=DAY)).then(
        EntryRetired(**OF, retired_on=DAY, because="撤村")
    )


def test_what_was_retired_or_merged_by_mistake_goes_on() -> None:
    retired = EntryRetired(**OF, retired_on=DAY, because="撤村")
    merged = EntryMerged(**OF, into="v-2", merged_on=DAY)
    for ended, into in ((retired, ""), (merged, "v-2")):
        restored = EntryRestored(**OF, ended_on=DAY, merged_into=into, because="误登", restored_on=AFTER)
        given(village(ended)).when(lambda v: v.restore(because="误登", today=AFTER)).then(restored)
        again = village(ended, restored)
        assert (again.ended_on, again.merged_into) == (None, "")
        given(again).when(lambda v: v.restore(because="误登", today=AFTER)).refused(clauses.RESTORED_IF_ENDED)
        assert again.rename_village(name="新村", renamed_on=AFTER, today=AFTER)


def test_an_alias_is_learned_with_a_reason_and_taken_back_with_one() -> None:
    learned = AliasLearned(**OF, alias="南溪", because="台账常用简称")
    given(village()).when(lambda v: v.learn_alias(alias="南溪", because="台账常用简称")).then(learned)
    given(Village()).when(lambda v: v.learn_alias(alias="南溪", because="简称")).refused(
        clauses.REGISTERED_FIRST
    )
    assert village(learned).learn_alias(alias="南 溪", because="又一次") == [], "it means it already"
    assert village().learn_alias(alias="南⻄村", because="字形") != []
    assert village().learn_alias(alias="南溪村 ", because="同名") == [], "its own name is no alias"
    back = {"alias": "南溪", "because": "另有所指"}
    given(village(learned)).when(lambda v: v.take_alias_back(**back)).then(AliasTakenBack(**OF, **back))
    given(village()).when(lambda v: v.take_alias_back(**back)).refused(clauses.ALIAS_KNOWN, "南溪")
    taken_back = village(learned, AliasTakenBack(**OF, **back))
    given(taken_back).when(lambda v: v.take_alias_back(**back)).refused(clauses.ALIAS_KNOWN)


def test_an_entry_bears_one_code_of_each_system_in_one_form() -> None:
    given_code = CodeGiven(**OF, system=CodeSystem.CREDIT, code=CREDIT)
    written = "９１３５０１００ m000100y-43"
    given(village()).when(lambda v: v.give_code(system=CodeSystem.CREDIT, code=written)).then(given_code)
    assert village(given_code).give_code(system=CodeSystem.CREDIT, code=written) == []
    division = CodeGiven(**OF, system=CodeSystem.DIVISION, code="532901100201")
    given(village(given_code)).when(
        lambda v: v.give_code(system=CodeSystem.DIVISION, code="532901 100 201")
    ).then(division)
    back = CodeTakenBack(**OF, system=CodeSystem.CREDIT, code=CREDIT, because="录错")
    given(village(given_code)).when(
        lambda v: v.take_code_back(system=CodeSystem.CREDIT, because="录错")
    ).then(back)
    given(village(given_code, back)).when(
        lambda v: v.take_code_back(system=CodeSystem.CREDIT, because="录错")
    ).refused(clauses.CODE_KNOWN)


@pytest.mark.parametrize(
    ("system", "code"),
    [
        (CodeSystem.CREDIT, ""),
        (CodeSystem.CREDIT, "91350100M000100Y44"),
        (CodeSystem.CREDIT, "91350100M000100Y4"),
        (CodeSystem.CREDIT, "91350100M00010OY43"),
        (CodeSystem.DIVISION, "53290"),
        (CodeSystem.DIVISION, "5329011"),
        (CodeSystem.DIVISION, "032901"),
        (CodeSystem.DIVISION, "532901-10020x"),
    ],
)
def test_a_code_that_cannot_be_is_refused(system: CodeSystem, code: str) -> None:
    given(village()).when(lambda v: v.give_code(system=system, code=code)).refused(clauses.CODE_IN_FORM, code)


def test_a_code_belongs_to_one() -> None:
    of = {"system": CodeSystem.CREDIT, "code": CREDIT}
    given(Code()).when(lambda c: c.take_code(**of, entry="v-1")).then(CodeTaken(**of, entry="v-1"))
    taken = given(Code(), CodeTaken(**of, entry="v-1"))
    taken.when(lambda c: c.take_code(**of, entry="v-2")).refused(clauses.CODE_OF_ONE, "v-1")
    taken.when(lambda c: c.free_code(**of, entry="v-1")).then(CodeFreed(**of, entry="v-1"))
    freed = given(Code(), CodeTaken(**of, entry="v-1"), CodeFreed(**of, entry="v-1"))
    freed.when(lambda c: c.take_code(**of, entry="v-2")).then(CodeTaken(**of, entry="v-2"))


NAME: dict[str, Any] = {"entry_kind": KIND, "township": "青山镇", "name": "南溪村"}


def taken(entry: str, from_on: date | None = None) -> NameTaken:
    return NameTaken(**NAME, entry=entry, from_on=from_on)


def freed(entry: str, until_on: date) -> NameFreed:
    return NameFreed(**NAME, entry=entry, until_on=until_on)


def test_a_name_belongs_to_one_on_any_day() -> None:
    given(Name()).when(lambda n: n.take_name(**NAME, entry="v-1", from_on=None)).then(taken("v-1"))
    held = given(Name(), taken("v-1"))
    for day in (None, BEFORE):
        held.when(lambda n, day=day: n.take_name(**NAME, entry="v-2", from_on=day)).refused(
            clauses.NAME_OF_ONE, "南溪村: v-1"
        )
    left = given(Name(), taken("v-1"), freed("v-1", DAY))
    for day in (None, BEFORE):
        left.when(lambda n, day=day: n.take_name(**NAME, entry="v-2", from_on=day)).refused(
            clauses.NAME_OF_ONE, f"… – {DAY}"
        )
    left.when(lambda n: n.take_name(**NAME, entry="v-2", from_on=DAY)).then(taken("v-2", DAY))


def test_a_name_that_will_be_anothers_is_not_taken_before() -> None:
    later = given(Name(), taken("v-1", DAY), freed("v-1", AFTER))
    for day in (None, BEFORE):
        later.when(lambda n, day=day: n.take_name(**NAME, entry="v-2", from_on=day)).refused(
            clauses.NAME_OF_ONE
        )
    on_no_day = given(Name(), taken("v-1", DAY), freed("v-1", DAY))
    for day in (None, BEFORE, AFTER):
        on_no_day.when(lambda n, day=day: n.take_name(**NAME, entry="v-2", from_on=day)).then(
            taken("v-2", day)
        )


def test_the_name_that_one_bears_is_no_alias_of_another() -> None:
    lend: dict[str, Any] = {"entry": "v-2", "name": "南溪村"}
    given(Name(), taken("v-1")).when(lambda n: n.lend_name(**lend)).refused(clauses.ALIAS_OF_NO_OTHER, "v-1")
    assert fold(Name(), [taken("v-1"), freed("v-1", DAY)]).lend_name(**lend) == []
    assert fold(Name(), [taken("v-2")]).lend_name(**lend) == []
