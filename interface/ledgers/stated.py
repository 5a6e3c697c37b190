"""What a row that is wrong at a later step states before it: that happened, and is recorded all the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from application.ledgers.sheets import Sheet

Chain = tuple[tuple[str, ...], ...]
"""Steps in the order in which they happen, each the fields that state it."""

_CHAINS: Final[dict[str, tuple[Chain, ...]]] = {
    "pairings": (
        (("agreement_number", "agreement_signed_on"),),
        (("ended_on", "end_reason"),),
        (("part_time_secretary", "part_time_secretary_began_on"), ("part_time_secretary_ended_on",)),
        (("invited_member", "invited_member_began_on"), ("invited_member_ended_on",)),
    ),
    "post_changes": ((("ended_on",),),),
    "parents": ((("until_on",),),),
    "needs": ((("matched_unit", "matched_on"), ("met_on",), ("confirmed_on", "rating")),),
    "projects": ((("completed_on",), ("accepted_on",)),),
    "findings": (
        (
            ("measures", "order_number", "ordered_on", "due_on"),
            ("extended_due_on",),
            ("submitted_on", "times_returned"),
            ("reinspected_on", "reinspector", "reinspection"),
            ("closed_on",),
            ("relapsed",),
        ),
    ),
}
"""What is in no chain states the thing itself. Chains of a sheet do not rest on each other."""


def before_the_fault(sheet: Sheet, values: dict[str, Any], wrong: Collection[str]) -> dict[str, Any] | None:
    """The values without the steps from the first of the ``wrong`` fields on; ``None`` where the thing itself is
    wrong, so that nothing is left to record.
    """
    left_out = {name for chain in _CHAINS.get(sheet.key, ()) for name in _from_the_fault(chain, wrong)}
    if not left_out.issuperset(wrong):
        return None
    return values | {name: sheet.by_field[name].empty for name in left_out}


def _from_the_fault(chain: Chain, wrong: Collection[str]) -> Iterator[str]:
    faulty = False
    for step in chain:
        faulty = faulty or not set(step).isdisjoint(wrong)
        if faulty:
            yield from step
