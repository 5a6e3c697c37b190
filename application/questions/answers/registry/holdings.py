"""What a unit or a village holds now: its pairings that have not ended, with what would go along with each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from application.actor import OFFICES
from application.claims.splitting import held_by, open_findings, open_needs
from application.question import Asker, question
from application.things import BRANCH, VILLAGE
from domain.kernel.values import Key
from domain.registry.events import EntryKind
from projections.boards.names import Names
from projections.boards.pairings import pairings, terms
from projections.kit.columns import known


@dataclass(frozen=True)
class Holding:
    """A pairing that has not ended, by the names of today. ``posts``: how many are held in it; ``needs`` and ``findings``: how
    many are open."""

    pairing_id: str
    unit_name: str
    village_name: str
    started_on: date
    posts: int
    needs: int
    findings: int


@dataclass(frozen=True)
class Holdings:
    """Begun first first."""

    rows: tuple[Holding, ...]


@question("/units/{key}/holdings", OFFICES, on=BRANCH)
def show_unit_holdings(asker: Asker, *, key: Key) -> Holdings:
    """What a unit holds, with what was merged into it."""
    return _held(asker, EntryKind.BRANCH, key)


@question("/villages/{key}/holdings", OFFICES, on=VILLAGE)
def show_village_holdings(asker: Asker, *, key: Key) -> Holdings:
    """What a village holds, with what was merged into it."""
    return _held(asker, EntryKind.VILLAGE, key)


def _held(asker: Asker, kind: EntryKind, entry: str) -> Holdings:
    connection, at = asker.connection, asker.known_at
    names = Names(connection, at)
    units, villages = names.units(), names.villages()

    def holding(pairing_id: str) -> Holding:
        of = pairings.c.pairing_id == pairing_id, known(pairings, at)
        row = connection.execute(select(pairings).where(*of)).one()
        t = terms.c
        lasting = select(t.post).where(t.pairing_id == pairing_id, known(terms, at), t.ended_on.is_(None))
        return Holding(
            pairing_id=pairing_id,
            unit_name=units.get(row.branch, row.branch),
            village_name=villages.get(row.village, row.village),
            started_on=row.started_on,
            posts=len(connection.execute(lasting).all()),
            needs=len(open_needs(connection, pairing_id, at)),
            findings=len(open_findings(connection, pairing_id, at)),
        )

    return Holdings(tuple(holding(each) for each in held_by(connection, kind, entry, at)))
