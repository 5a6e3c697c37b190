"""What to ask about first: each is a reason to ask, and none is proof of anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from application.actors.actor import OFFICES
from application.input.keyset import After
from application.question import Asker, Limit, Listing, question
from domain.kernel.values import OptionalLine, Year
from projections.boards.numbers import Numbers
from projections.boards.registry.names import Names
from projections.figures.anomalies import OF_FINDINGS, anomalies


@dataclass(frozen=True)
class AnomalyRow:
    """Something unusual about a finding (``finding_number``) or, where that is empty, about a pairing: ``number`` of ``of`` are
    unusual. ``key``: what names it in this list."""

    key: str
    kind: str
    thing: str
    finding_number: str
    unit_name: str
    village_name: str
    number: int
    of: int


@dataclass(frozen=True)
class AnomaliesShown:
    """A page of them. ``kinds``: how many there are of each kind; ``found``: how many of the kind that is asked for."""

    found: int
    kinds: Mapping[str, int]
    rows: tuple[AnomalyRow, ...]
    next: str | None


@question("/anomalies", OFFICES)
def list_anomalies(
    asker: Asker, *, year: Year, kind: OptionalLine, after: After | None, limit: Limit | None
) -> AnomaliesShown:
    """What is unusual in a year, by kind, the most unusual first."""
    every = anomalies(asker.connection, year, asker.known_at)
    found = [each for each in every if not kind or each.kind == kind]
    numbers, names = Numbers(asker.connection), Names(asker.connection, asker.known_at)
    numbers.read(each.thing for each in found if each.kind in OF_FINDINGS)
    units, villages = names.units(), names.villages()
    rows = [
        AnomalyRow(
            key=f"{each.kind}/{each.thing}",
            kind=each.kind,
            thing=each.thing,
            finding_number=numbers.shown(each.thing) if each.kind in OF_FINDINGS else "",
            unit_name=units.get(each.branch, each.branch),
            village_name=villages.get(each.village, each.village),
            number=each.number,
            of=each.of,
        )
        for each in found
    ]
    page = Listing.placed(rows, lambda each: (each.kind, -each.number, each.thing), after, limit)
    return AnomaliesShown(len(rows), Counter(each.kind for each in every), page.rows, page.next)
