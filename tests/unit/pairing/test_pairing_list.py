"""The list of a year is made once, of last year's, with what changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.kernel.clause import Clause
from domain.pairing import clauses
from domain.pairing.events import ListedChange, PairingChange, PairingsReissued
from domain.pairing.pairing_list import ListChange, Listed, PairingList, Successor
from tests.kit.given import given

ON, TODAY = date(2026, 1, 1), date(2026, 1, 12)
LISTED = (Listed("pr-1", "b1", "v1"), Listed("pr-2", "b2", "v2"), Listed("pr-3", "b3", "v2"))
OF = {each.pairing_id: each.village for each in LISTED} | {"pr-8": "v8"}
REPLACED = ListChange("pr-1", PairingChange.REPLACE, "机构改革", "b9")
ENDED = ListChange("pr-2", PairingChange.END, "已脱贫", "")
REISSUED = PairingsReissued(
    year=2026,
    reissued_on=ON,
    renewed=1,
    changes=(
        ListedChange(
            pairing_id="pr-1",
            change=PairingChange.REPLACE,
            branch="b9",
            because="机构改革",
            successor="pr-9",
        ),
        ListedChange(pairing_id="pr-2", change=PairingChange.END, branch="", because="已脱贫", successor=""),
    ),
)


def reissue(*changes: ListChange, renewed: int = 1, on: date = ON) -> Any:
    return lambda its: its.reissue_pairings(
        year=2026,
        reissued_on=on,
        changes=changes,
        renewed=renewed,
        listed=LISTED,
        successors=tuple(
            Successor("pr-9", each.branch, OF[each.pairing_id], "pr-7" if each.branch == "b7" else "")
            for each in changes
            if each.branch
        ),
        today=TODAY,
    )


def test_the_list_says_what_changes_and_how_many_go_on() -> None:
    given(PairingList()).when(reissue(REPLACED, ENDED)).then(REISSUED)
    given(PairingList(), REISSUED).when(reissue(REPLACED, ENDED)).refused(clauses.REISSUED_ONCE, "2026-01-01")


@pytest.mark.parametrize(
    ("wrong", "clause"),
    [
        (reissue(REPLACED, ENDED, renewed=2), clauses.LIST_AS_SEEN),
        (reissue(ListChange("pr-8", PairingChange.END, "已脱贫", ""), renewed=2), clauses.LIST_AS_SEEN),
        (reissue(REPLACED, ENDED, on=date(2025, 12, 31)), clauses.LIST_OF_ITS_YEAR),
        (reissue(REPLACED, ENDED, on=date(2026, 1, 13)), clauses.NOT_IN_THE_FUTURE),
        (reissue(ListChange("pr-1", PairingChange.REPLACE, "改革", ""), renewed=2), clauses.SUCCESSOR_NAMED),
        (reissue(ListChange("pr-1", PairingChange.END, "改革", "b9"), renewed=2), clauses.SUCCESSOR_NAMED),
        # Whoever is paired with the village already takes no second place there.
        (reissue(ListChange("pr-2", PairingChange.REPLACE, "改革", "b3"), renewed=2), clauses.PAIRED_ONCE),
        (reissue(ListChange("pr-2", PairingChange.REPLACE, "改革", "b7"), renewed=2), clauses.PAIRED_ONCE),
    ],
)
def test_what_does_not_fit_is_refused(wrong: Any, clause: Clause) -> None:
    given(PairingList()).when(wrong).refused(clause)
