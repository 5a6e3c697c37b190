"""What is to be done about fixed party days: the unit that fixed one holds it within the month."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select

from application.actors.actor import Owner
from application.question import Asker
from application.questions.answers.duties.duty import (
    DutyKind,
    Next,
    Process,
    Seat,
    Standing,
    followed_by_townships,
)
from domain.account.role import Role
from domain.pairing.events import ActivityKind
from domain.registry.party_day import GRACE_DAYS, first_of, last_of, reminded_from
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.party_days import PartyDays
from projections.facts.fact_table import facts
from projections.facts.fact_table import known as fact_known
from projections.kit.columns import known

_TABLE = (Next(DutyKind.PARTY_DAY_LACKING, Role.BRANCH_CLERK, Seat.UNIT, "record_activity"),)


def _standing(asker: Asker) -> Iterator[Standing]:
    """The pairings that last today and were paired on the fixed day, for which none was held this month."""
    today, days = asker.look.today(), PartyDays(asker.connection, asker.known_at)
    if not days.of_branch:
        return
    themed, f, c = ActivityKind.THEMED_PARTY_DAY.value, facts.c, pairings.c
    held = select(f.pairing).where(
        f.kind == "activity",
        f.type == themed,
        f.occurred_on.between(first_of(today), last_of(today)),
        fact_known(asker.known_at),
    )
    lasting = c.started_on <= today, or_(c.ended_on.is_(None), c.ended_on >= today)
    query = select(pairings).where(known(pairings, asker.known_at), *lasting, c.pairing_id.not_in(held))
    for row in asker.connection.execute(query):
        fixed = days.on(row.branch, today)
        if fixed is None or row.started_on > fixed or today < reminded_from(fixed):
            continue
        yield Standing(
            kind=DutyKind.PARTY_DAY_LACKING,
            key=row.pairing_id,
            since=fixed,
            owner=Owner(row.branch, row.village),
            year=today.year,
            due_on=last_of(today),
            stated={"pairing_id": row.pairing_id, "kind": themed},
        )


PARTY_DAYS = Process(
    "party_day",
    "pairing",
    followed_by_townships(_TABLE),
    _standing,
    (
        f"本月已登记主题党日（固定日后 {GRACE_DAYS} 日起提示，过月不再提示），或者结对已经结束",
        f"one of the month is on record (asked for from {GRACE_DAYS} days after the fixed day until the month is over), or"
        " the pairing has ended",
    ),
)
