"""What is on record when an import begins: names and pairings."""

from __future__ import annotations

from sqlalchemy import Connection, select

from application.ledgers.ledgers import KnownPairings
from application.ledgers.matching.name_index import NameIndex
from application.ledgers.matching.pairing_index import PairingDays, PairingIndex
from domain.registry.events import EntryKind
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.units_and_villages import known_names, name_book
from projections.kit.columns import known


def read_names(connection: Connection, kind: EntryKind) -> NameIndex:
    """All names of a kind."""
    of_kind = (name for name in known_names(connection) if name.entry_kind is kind)
    return NameIndex(kind, name_book(connection), of_kind)


def read_parties(connection: Connection) -> PairingIndex:
    """All pairings there are or were."""
    rows = connection.execute(select(pairings).where(known(pairings, None)))
    return PairingIndex(
        PairingDays(row.pairing_id, row.branch, row.village, row.started_on, row.ended_on) for row in rows
    )


def for_reading(units: NameIndex, villages: NameIndex, parties: PairingIndex) -> KnownPairings:
    """All names of paired units and villages, in every combination that means a pairing."""
    of_units, of_villages = units.by_standing(), villages.by_standing()
    pairs = {
        (unit, village)
        for paired in parties
        for unit in of_units[units.standing(paired.branch)]
        for village in of_villages[villages.standing(paired.village)]
    }
    return KnownPairings(
        pairs=frozenset(pairs),
        villages=frozenset(each.name for each in villages),
        units=frozenset(each.name for each in units),
    )
