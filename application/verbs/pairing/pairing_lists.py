"""What is done with the list of a year's pairings: the office makes it of last year's in one act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from application.claims.succeeding import succeeding, successor
from application.eventlog.pending import Claim
from application.look import Look
from application.things import PAIRING, PAIRING_LIST
from application.verb import Verb
from domain.account.role import Role
from domain.kernel.values import Happened, Today
from domain.pairing.events import PairingChange, PairingEnded
from domain.pairing.pairing import Pairing
from domain.pairing.pairing_list import ListChanges, Listed, PairingList, Successor
from projections.boards.pairing.pairings import not_renewed


def _listed(look: Look, *, reissued_on: Happened) -> tuple[Listed, ...]:
    """Who is paired by then and not renewed yet."""
    with look.system.reading() as connection:
        return tuple(
            Listed(row.pairing_id, row.branch, row.village) for row in not_renewed(connection, reissued_on)
        )


def _successors(
    look: Look, *, changes: ListChanges, reissued_on: Happened, today: Today
) -> tuple[Successor, ...]:
    return tuple(
        successor(look, each.pairing_id, each.branch, reissued_on, today)
        for each in changes
        if each.change is PairingChange.REPLACE and each.branch
    )


def _each(
    look: Look,
    *,
    reissued_on: Happened,
    changes: ListChanges,
    listed: tuple[Listed, ...],
    successors: tuple[Successor, ...],
    today: Today,
) -> Sequence[Claim]:
    """Every pairing of the list goes on, ends, or hands over."""
    changed = {each.pairing_id for each in changes}
    renew = partial(Pairing.renew_pairing, renewed_on=reissued_on, today=today)
    claims = [
        Claim(PAIRING.stream(look, each.pairing_id), PAIRING.initial, renew)
        for each in listed
        if each.pairing_id not in changed
    ]
    new = iter(successors)
    for each in changes:
        stream, because = PAIRING.stream(look, each.pairing_id), each.because
        if each.change is PairingChange.END:
            claims.append(Claim(stream, PAIRING.initial, _ending(reissued_on, because, today)))
            continue
        replace = partial(
            Pairing.replace_pairing,
            branch=each.branch,
            replaced_on=reissued_on,
            because=because,
            today=today,
        )
        claims.append(Claim(stream, PAIRING.initial, replace))
        claims.append(succeeding(look, next(new), reissued_on, today))
    return claims


def _ending(reissued_on: date, because: str, today: date) -> partial[PairingEnded]:
    last = reissued_on - timedelta(days=1)
    return partial(Pairing.end_pairing, ended_on=last, because=because, today=today)


reissue_pairings = Verb(
    PAIRING_LIST,
    PairingList.reissue_pairings,
    frozenset({Role.SUPERVISOR}),
    given={"listed": _listed, "successors": _successors},
    claims=_each,
    alone=True,
    irreversible=True,
    foretold=True,
)
