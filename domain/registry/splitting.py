"""What is stated when a unit or village is split: the new ones, and which pairings go to which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from domain.kernel.decisions import demand
from domain.kernel.person import PersonRef
from domain.kernel.values import OptionalLine, PairingKey, Rows, Whole
from domain.registry import clauses
from domain.registry.entry import Entry, EntryName
from domain.registry.events import EntrySplit

MOST = 9
"""New ones of one split."""


@dataclass(frozen=True)
class UnitPart:
    """A new unit. ``code``: its 统一社会信用代码, where it is known."""

    unit_name: EntryName
    branch_name: EntryName
    code: OptionalLine = ""


@dataclass(frozen=True)
class VillagePart:
    """A new village of the same township and class. ``code``: its 行政区划代码, where it is known."""

    name: EntryName
    code: OptionalLine = ""


UnitParts = Annotated[tuple[UnitPart, ...], Rows(UnitPart, most=MOST)]
VillageParts = Annotated[tuple[VillagePart, ...], Rows(VillagePart, most=MOST)]


@dataclass(frozen=True)
class PairingMove:
    """A pairing that goes to a new one. ``part``: the place of that one among the new, 1 for the first."""

    pairing_id: PairingKey
    part: Annotated[int, Whole(1, MOST)]


Moves = Annotated[tuple[PairingMove, ...], Rows(PairingMove, least=0, once="pairing_id")]


@dataclass(frozen=True)
class GoesAlong:
    """A pairing that goes to a new one, and what goes along: the pairing ``successor`` of ``branch`` and ``village``, the open
    needs and findings by id, and who may hold its posts anew: everybody whose name was not erased. ``paired_on``: the day on
    which the two were paired, or paired anew, last."""

    pairing_id: str
    successor: str
    branch: str
    village: str
    needs: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    people: tuple[PersonRef, ...] = ()
    paired_on: date = date.min


def split_into(
    entry: Entry,
    parts: int,
    part_ids: Sequence[str],
    moves: Sequence[PairingMove],
    held: Sequence[str],
    along: Sequence[GoesAlong],
    split_on: date,
    because: str,
    today: date,
) -> list[EntrySplit]:
    """The entry lets go of so many ``parts``. ``held``: the pairings of it that have not ended."""
    entry.demand_there(split_on, today)
    strange = [str(each.part) for each in moves if each.part > parts]
    demand(not strange, clauses.MOVES_TO_A_PART, ", ".join(strange))
    others = [each.pairing_id for each in moves if each.pairing_id not in held]
    demand(not others, clauses.MOVES_WHAT_LASTS, ", ".join(others))
    last = max((each.paired_on for each in along), default=date.min)
    demand(
        last < split_on,
        clauses.SPLIT_AFTER_PAIRING,
        *_first_day(split_on, [each for each in along if each.paired_on >= split_on], last),
    )
    return [
        EntrySplit(entry_kind=entry.KIND, entry=entry.entry, off=off, split_on=split_on, because=because)
        for off in part_ids
    ]


def _first_day(split_on: date, late: Sequence[GoesAlong], last: date) -> tuple[str, str]:
    """What lies on the day or after it, and the first day that is right, in both languages."""
    first = last + timedelta(days=1) if late else split_on
    zh = "；".join(f"{each.pairing_id} 于 {each.paired_on} 开始或者续结" for each in late)
    en = "; ".join(f"{each.pairing_id} began or was renewed on {each.paired_on}" for each in late)
    return f"{zh}；拆分日期最早为 {first}", f"{en}; split on {first} at the earliest"
