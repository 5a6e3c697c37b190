"""A unit or village is split into parts, and what is open goes along with its pairing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from domain.livelihood import events as livelihood
from domain.livelihood.need import Need
from domain.registry import clauses
from domain.registry.branch import Branch
from domain.registry.events import (
    BranchRegistered,
    EntryKind,
    EntryRetired,
    EntrySplit,
    UnitClass,
    UnitLevel,
)
from domain.registry.splitting import GoesAlong, PairingMove, UnitPart
from domain.supervision import events as supervision
from domain.supervision.finding import Finding
from tests.kit.given import given

DAY, TODAY = date(2026, 3, 1), date(2026, 3, 20)
UNIT = BranchRegistered(
    branch="b-1",
    unit_name="县农业农村局",
    branch_name="县农业农村局党支部",
    level=UnitLevel.COUNTY,
    unit_class=UnitClass.AGENCY,
)
SPLIT: dict[str, Any] = {
    "split_on": DAY,
    "because": "机构改革",
    "parts": (UnitPart("县水产局", "县水产局党支部"), UnitPart("县农机局", "县农机局党支部")),
    "moves": (PairingMove("pr-1", 2),),
    "part_ids": ("b-2", "b-3"),
    "held": ("pr-1",),
    "along": (),
    "today": TODAY,
}


def split(off: str) -> EntrySplit:
    return EntrySplit(entry_kind=EntryKind.BRANCH, entry="b-1", off=off, split_on=DAY, because="机构改革")


def test_a_unit_lets_go_of_every_part() -> None:
    given(Branch(), UNIT).when(lambda b: b.split_branch(**SPLIT)).then(split("b-2"), split("b-3"))


def test_a_pairing_goes_to_a_new_one_while_it_lasts() -> None:
    to_a_third = {**SPLIT, "moves": (PairingMove("pr-1", 3),)}
    given(Branch(), UNIT).when(lambda b: b.split_branch(**to_a_third)).refused(clauses.MOVES_TO_A_PART, "3")
    another = {**SPLIT, "held": ("pr-9",)}
    given(Branch(), UNIT).when(lambda b: b.split_branch(**another)).refused(clauses.MOVES_WHAT_LASTS, "pr-1")


def test_a_split_lies_after_the_last_renewal_of_what_goes_along() -> None:
    renewed = GoesAlong("pr-1", "pr-2", "b-3", "v-1", paired_on=DAY)
    given(Branch(), UNIT).when(lambda b: b.split_branch(**{**SPLIT, "along": (renewed,)})).refused(
        clauses.SPLIT_AFTER_PAIRING, "pr-1 于 2026-03-01 开始或者续结；拆分日期最早为 2026-03-02"
    )
    before = replace(renewed, paired_on=date(2026, 2, 28))
    given(Branch(), UNIT).when(lambda b: b.split_branch(**{**SPLIT, "along": (before,)})).then(
        split("b-2"), split("b-3")
    )


def test_what_is_not_there_is_not_split() -> None:
    later = {**SPLIT, "today": date(2026, 2, 1)}
    given(Branch(), UNIT).when(lambda b: b.split_branch(**later)).refused(clauses.NOT_IN_THE_FUTURE)
    retired = EntryRetired(entry_kind=EntryKind.BRANCH, entry="b-1", retired_on=DAY, because="撤销")
    given(Branch(), UNIT, retired).when(lambda b: b.split_branch(**SPLIT)).refused(clauses.STILL_THERE)


TO: dict[str, Any] = {
    "village": "v-2",
    "branch": "b-2",
    "successor": "pr-2",
    "handed_on": DAY,
    "because": "拆分",
}
RAISED = livelihood.NeedRaised(
    need_id="n-1",
    number="XQ1",
    village="v-1",
    pairing_id="pr-1",
    category=livelihood.Category.INDUSTRY,
    content="修路",
    raised_on=date(2026, 1, 5),
)
MATCHED = livelihood.NeedMatched(
    need_id="n-1",
    village="v-1",
    pairing_id="pr-1",
    pairing_before="pr-1",
    branch="b-1",
    category=livelihood.Category.INDUSTRY,
    raised_on=date(2026, 1, 5),
    matched_on=date(2026, 1, 9),
)


def test_an_open_need_goes_along_and_counts_where_it_was_matched() -> None:
    handed = {"need_id": "n-1", "pairing_id": "pr-1", **TO}
    given(Need(), RAISED, MATCHED).when(lambda n: n.hand_over_need(**TO, today=TODAY)).then(
        livelihood.NeedHandedOver(**handed)
    )
    given(Need(), RAISED).when(lambda n: n.hand_over_need(**TO, today=TODAY)).then(
        livelihood.NeedHandedOver(**{**handed, "branch": ""})
    )
    need = given(Need(), RAISED, MATCHED, livelihood.NeedHandedOver(**handed)).state
    assert (need.village, need.branch, need.pairing_id) == ("v-2", "b-2", "pr-1")
    withdrawn = livelihood.NeedWithdrawn(
        need_id="n-1", village="v-1", pairing_id="pr-1", because="不再需要", into=(), withdrawn_on=DAY
    )
    assert given(Need(), RAISED, withdrawn).state.hand_over_need(**TO, today=TODAY) == []


FOUND = supervision.FindingRaised(
    finding_id="f-1",
    pairing_id="pr-1",
    number="WT1",
    branch="b-1",
    village="v-1",
    found_on=date(2026, 1, 5),
    method=supervision.Method.ON_SITE,
    inspector=None,
    description="台账不全",
    finding_type=next(iter(supervision.FindingType)),
    severity=next(iter(supervision.Severity)),
)


def test_an_open_finding_goes_along_through_a_relapse_and_counts_where_it_was_found() -> None:
    handed = supervision.FindingHandedOver(finding_id="f-1", pairing_id="pr-1", **TO)
    given(Finding(), FOUND).when(lambda f: f.hand_over_finding(**TO, today=TODAY)).then(handed)
    relapsed = supervision.FindingRelapsed(
        finding_id="f-1", pairing_id="pr-1", found_on=date(2026, 1, 5), because="反弹", relapsed_on=DAY
    )
    finding = given(Finding(), FOUND, handed, relapsed).state
    assert finding.raised is not None
    assert (finding.raised.branch, finding.raised.village) == ("b-2", "v-2")
    assert finding.raised.pairing_id == "pr-1"
    withdrawn = supervision.FindingWithdrawn(
        finding_id="f-1", pairing_id="pr-1", withdrawn_on=DAY, because="误登"
    )
    assert given(Finding(), FOUND, withdrawn).state.hand_over_finding(**TO, today=TODAY) == []
