"""Who looked at attachments, ledgers, appeals and names of persons, and which sign-ins were refused."""

from __future__ import annotations

from application.access_records import LAST, Access, RefusedSignIns
from application.input.keyset import After, Place
from application.question import USUAL, Asker, Limit, Listing, question
from domain.account.names import normal
from domain.account.role import Role
from domain.kernel.values import OptionalLine, Position
from projections.boards.numbers import things_numbered

_WATCHING = frozenset({Role.AUDITOR, Role.REVIEWER})
_REFUSALS = 10_000
"""Rows of refused sign-ins that are told of at most, the newest."""


@question("/accesses", _WATCHING)
def list_accesses(
    asker: Asker,
    *,
    kind: OptionalLine,
    thing: OptionalLine,
    username: OptionalLine,
    after: Position | None,
    limit: Limit | None,
) -> Listing[Access]:
    """Accesses, the newest first. ``thing``: an id, or the number people know it by; ``after``: those before this one."""
    most, found = limit or USUAL, things_numbered(asker.connection, thing) if thing else []
    rows = asker.look.system.accesses.list(
        kind=kind,
        username=normal(username),
        thing=found[0] if len(found) == 1 else thing,
        before=None if after is None else min(after, LAST),
        limit=most + 1,
    )
    return Listing(tuple(rows[:most]), str(rows[most - 1].id) if len(rows) > most else None)


@question("/accesses/refused", _WATCHING)
def list_refused_sign_ins(
    asker: Asker, *, after: After | None, limit: Limit | None
) -> Listing[RefusedSignIns]:
    """Refused sign-ins by hour, address and account, the newest hour first."""
    rows = asker.look.system.accesses.refused(limit=_REFUSALS)
    return Listing.placed(rows, _place, after, limit, falling=True)


def _place(row: RefusedSignIns) -> Place:
    return row.hour.isoformat(), row.count, row.address, row.username
