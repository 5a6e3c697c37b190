"""The list of a year's pairings: last year's as it waits to be renewed, or what changed when it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from application.actors.actor import OFFICES
from application.question import Asker, question
from application.questions.answers.scoring.schemes import year_of_scheme
from application.questions.of_row import of_row
from application.things import PAIRING_LIST
from domain.kernel.values import Key
from projections.boards.pairing.pairings import list_changes, not_renewed, pairings, reissues
from projections.boards.registry.names import Names
from projections.kit.columns import known


@dataclass(frozen=True)
class ListedPairing:
    """A pairing of last year's list, by the names of its last day."""

    pairing_id: str
    branch: str
    unit_name: str
    village: str
    village_name: str
    township: str
    started_on: date


@dataclass(frozen=True)
class ChangedPairing(ListedPairing):
    """A pairing that was not renewed. ``successor``: the pairing that began in its place, of the unit ``taken_over_by``; both
    empty where none did."""

    change: str
    because: str
    successor: str
    taken_over_by: str


@dataclass(frozen=True)
class PairingListShown:
    """``reissued_on``: since when the year's list is in force, ``None`` until it is made: then ``waiting`` is last year's, and
    after it ``renewed`` says how many went on and ``changed`` which did not."""

    year: int
    reissued_on: date | None
    waiting: tuple[ListedPairing, ...]
    renewed: int
    changed: tuple[ChangedPairing, ...]


@question("/pairing-lists/{key}", OFFICES, on=PAIRING_LIST)
def show_pairing_list(asker: Asker, *, key: Key) -> PairingListShown:
    """The list of a year's pairings, by township and village."""
    year = year_of_scheme(key)
    first, at = date(year, 1, 1), asker.known_at
    names = Names(asker.connection, at)
    units, villages = names.units(first), names.villages(first)

    def listed(row: object, of: type[ListedPairing], **more: object) -> ListedPairing:
        branch, village = str(getattr(row, "branch", "")), str(getattr(row, "village", ""))
        return of_row(
            of,
            row,
            unit_name=units.get(branch, branch),
            village_name=villages.get(village, village),
            township=names.called(village, first).township,
            **more,
        )

    made = asker.connection.execute(
        select(reissues).where(reissues.c.year == year, known(reissues, at))
    ).first()
    c = list_changes.c
    changes = asker.connection.execute(
        select(
            *(c.pairing_id, c.change, c.because, c.successor, c.branch.label("taker")),
            *(pairings.c.branch, pairings.c.village, pairings.c.started_on),
        )
        .join(pairings, pairings.c.pairing_id == c.pairing_id)
        .where(c.year == year, known(list_changes, at), known(pairings, at))
    )
    waiting = [] if made else [listed(row, ListedPairing) for row in not_renewed(asker.connection, first, at)]
    changed = [listed(row, ChangedPairing, taken_over_by=units.get(row.taker, row.taker)) for row in changes]
    return PairingListShown(
        year=year,
        reissued_on=made.reissued_on if made else None,
        waiting=tuple(sorted(waiting, key=_by_place)),
        renewed=made.renewed if made else 0,
        changed=tuple(each for each in sorted(changed, key=_by_place) if isinstance(each, ChangedPairing)),
    )


def _by_place(each: ListedPairing) -> tuple[str, str, str]:
    return each.township, each.village_name, each.pairing_id
