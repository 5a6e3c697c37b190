"""What is to be done about accounts."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select

from application.question import Asker
from application.questions.answers.duties.duty import DutyKind, Next, Process, Seat, Standing
from domain.account.role import Role
from projections.boards.accounts import holders
from projections.kit.columns import known

TABLE = (
    Next(DutyKind.ROLE_PROPOSED, Role.ADMIN, Seat.ADMINISTRATION, "approve_role"),
    # Nobody can sign in with it: it is for something, or it is disabled.
    Next(DutyKind.ROLE_LACKING, Role.ADMIN, Seat.ADMINISTRATION, "grant_role"),
)


def _standing(asker: Asker) -> Iterator[Standing]:
    c = holders.c
    waits = c.disabled.is_(False), or_(c.proposed_role != "", c.role == "")
    for row in asker.connection.execute(select(holders).where(known(holders, asker.known_at), *waits)):
        yield Standing(
            kind=DutyKind.ROLE_PROPOSED if row.proposed_role else DutyKind.ROLE_LACKING,
            key=row.username,
            since=row.known_from,
            number=row.username,
            matter=row.office,
            barred=frozenset({row.username, row.proposed_by} - {""}),
        )


ACCOUNTS = Process(
    "account", "account", TABLE, _standing, ("已有角色，或已停用", "it has a role, or is disabled")
)
