"""What is to be done about accounts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Select, or_, select

from application.question import Asker
from application.questions.answers.duties.duty import DutyKind, Next, Process, Seat, Standing
from domain.account.role import Role
from projections.boards.people.accounts import holders, role_on
from projections.boards.people.handovers import HandoverRow, handovers_about
from projections.boards.people.terms_of_office import terms_of
from projections.kit.columns import known

TABLE = (
    Next(DutyKind.ROLE_PROPOSED, Role.ADMIN, Seat.ADMINISTRATION, "approve_role"),
    Next(DutyKind.HANDOVER_PROPOSED, Role.ADMIN, Seat.ADMINISTRATION, "approve_handover"),
    # Nobody can sign in with it: it is for something, or it is disabled.
    Next(DutyKind.ROLE_LACKING, Role.ADMIN, Seat.ADMINISTRATION, "grant_role"),
)


def _open(asker: Asker) -> Select[Any]:
    c = holders.c
    waits = c.disabled.is_(False), or_(c.proposed_role != "", role_on(asker.look.today()) == "")
    return select(holders).where(known(holders, asker.known_at), *waits)


def _standing(asker: Asker) -> Iterator[Standing]:
    today = asker.look.today()
    about = handovers_about(asker.connection, known_at=asker.known_at)
    arranged = {
        name: each for each in about if each.is_open(today) for name in (each.username, each.successor)
    }
    rows = asker.connection.execute(_open(asker)).all()
    left = _left(asker, about, [row.username for row in rows])
    for row in rows:
        if row.username not in arranged and (row.proposed_role or row.username not in left):
            yield Standing(
                kind=DutyKind.ROLE_PROPOSED if row.proposed_role else DutyKind.ROLE_LACKING,
                key=row.username,
                since=row.known_from,
                number=row.username,
                matter=row.office,
                barred=frozenset({row.username, row.proposed_by} - {""}),
            )
    for each in about:
        if each.waits:
            yield Standing(
                kind=DutyKind.HANDOVER_PROPOSED,
                key=each.username,
                since=each.known_from,
                number=each.username,
                matter=f"{each.username} → {each.successor}",
                barred=frozenset({each.successor, each.proposed_by}),
            )


def _left(asker: Asker, about: Iterable[HandoverRow], usernames: Collection[str]) -> set[str]:
    """The accounts whose last role went to a successor: they are for nothing because they are meant to be."""
    gone = {(each.username, each.from_on) for each in about if each.is_done(asker.look.today())}
    last = {each.username: each.ended_on for each in terms_of(asker.connection, usernames, asker.known_at)}
    return {username for username, ended_on in last.items() if (username, ended_on) in gone}


ACCOUNTS = Process(
    "account", "account", TABLE, _standing, ("已有角色，或已停用", "it has a role, or is disabled"), _open
)
