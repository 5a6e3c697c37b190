"""Look-ups that verbs of several contexts are given."""

from __future__ import annotations

from datetime import date

from application.look import Look
from application.things import ACCOUNT, PAIRING
from domain.kernel.person import Persons
from domain.kernel.span import Span
from domain.kernel.values import PairingKey


def branch_of_pairing(look: Look, *, pairing_id: PairingKey) -> str:
    """The branch that is paired. Raises ``Unknown`` where there is no such pairing."""
    return PAIRING.owner(look, pairing_id).branch


def village_of_pairing(look: Look, *, pairing_id: PairingKey) -> str:
    """The village that is paired. Raises ``Unknown`` where there is no such pairing."""
    return PAIRING.owner(look, pairing_id).village


def span_of_pairing(look: Look, *, pairing_id: PairingKey) -> Span:
    """The pairing's first and last day. A pairing nobody recorded has no bounds: that it exists is asked elsewhere."""
    pairing = PAIRING.state(look, pairing_id)
    return pairing.span if pairing.pairing_id else Span(date.min)


def persons_behind_accounts(look: Look) -> Persons:
    """Who ever stood behind each account."""
    return ACCOUNT.state(look, "").persons
