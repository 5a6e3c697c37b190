"""Agreements of pairings, and which are in force on a day."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, exists, or_

from application.actors.actor import READERS
from application.input.keyset import After
from application.question import Asker, Limit, question
from application.questions.answers.pairing.statements import DayOrder
from application.questions.answers.pairing.work_listing import Owned, WorkListing, Works
from domain.kernel.values import OptionalLine, PairingKey, Year
from projections.boards.pairing.pairings import agreements, pairings
from projections.kit.columns import known


class AgreementState(enum.Enum):
    """How an agreement stands on a day. ``TO_COME``: signed later; ``FOLLOWED``: another was signed since; ``OVER``: it ran out,
    was ended early, or its pairing ended."""

    IN_FORCE = "in_force"
    TO_COME = "to_come"
    FOLLOWED = "followed"
    OVER = "over"


@dataclass(frozen=True)
class _AgreementRow:
    agreement_id: str
    agreement_no: str
    signed_on: date
    others: str
    duties: str
    ends_on: date | None
    ended_on: date | None


@dataclass(frozen=True)
class SignedAgreement(Owned, _AgreementRow):
    """An agreement and between whom it is. ``ends_on``: the last day agreed on, ``None`` where it lasts as long as the pairing;
    ``ended_on``: the last day where it was ended early."""

    state: str


def _state(asker: Asker, on: date) -> ColumnElement[str]:
    c, later = agreements.c, agreements.alias()
    followed = exists().where(
        later.c.pairing_id == c.pairing_id,
        later.c.signed_on > c.signed_on,
        later.c.signed_on <= on,
        known(later, asker.known_at),
    )
    return case(
        (c.signed_on > on, AgreementState.TO_COME.value),
        (or_(c.ends_on < on, c.ended_on < on, pairings.c.ended_on < on), AgreementState.OVER.value),
        (followed, AgreementState.FOLLOWED.value),
        else_=AgreementState.IN_FORCE.value,
    )


@question("/agreements", READERS)
def list_agreements(
    asker: Asker,
    *,
    on: date | None,
    year: Year | None,
    pairing_id: PairingKey | None,
    state: AgreementState | None,
    q: OptionalLine,
    township: OptionalLine,
    sort: DayOrder | None,
    after: After | None,
    limit: Limit | None,
) -> Works[SignedAgreement]:
    """Agreements as they stand on a day, by default today, those signed last first where no order is stated; a clerk sees the
    own ones. ``year``: in which they were signed."""
    c, day = agreements.c, on or asker.look.today()
    listing = WorkListing(
        asker, SignedAgreement, agreements, c.signed_on, _state(asker, day), texts=("agreement_no", "duties")
    )
    listing.narrow(year, pairing_id, q, township)
    order = (sort or DayOrder.DAY_LAST).value
    return listing.page(state, AgreementState, order, {"day": c.signed_on}, after, limit)
