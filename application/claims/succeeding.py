"""A pairing that begins where another ends: whoever takes a village over."""

from __future__ import annotations

from datetime import date
from functools import partial

from application.eventlog.pending import Claim
from application.look import Look
from application.things import BRANCH, PAIRING, VILLAGE
from domain.pairing.pairing import Pairing
from domain.pairing.pairing_list import Successor
from projections.boards.pairing.pairings import paired_from
from projections.boards.registry.units_and_villages import name_book


def paired_already(look: Look, branch: str, village: str, on: date, today: date) -> str:
    """The pairing of the two on the day or later. Raises ``Rejected`` where one of them was not there on the day."""
    BRANCH.state(look, branch).demand_there(on, today)
    VILLAGE.state(look, village).demand_there(on, today)
    with look.system.reading() as connection:
        return paired_from(connection, branch, village, on)


def successor(look: Look, key: str, branch: str, on: date, today: date) -> Successor:
    """The pairing of the branch with what the village of the pairing ``key`` is by then."""
    with look.system.reading() as connection:
        village = name_book(connection).standing(PAIRING.state(look, key).village, on)
    paired = paired_already(look, branch, village, on, today)
    return Successor(look.ids(PAIRING.drawn), branch, village, paired)


def succeeding(look: Look, new: Successor, on: date, today: date) -> Claim:
    """It begins on the day."""
    start = partial(
        Pairing.start_pairing,
        pairing_id=new.pairing_id,
        branch=new.branch,
        village=new.village,
        started_on=on,
        paired=new.paired,
        today=today,
    )
    return Claim(PAIRING.stream(look, new.pairing_id), PAIRING.initial, start)
