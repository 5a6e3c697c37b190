"""The day of the month that each branch fixed for its themed party day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import Column, Connection, String, select

from domain.registry.events import PartyDayChanged, PartyDayFixed
from domain.registry.party_day import FixedDay, first_of, fixed_in, last_of, then_fixed
from projections.boards.registry.units_and_villages import branches, mergings
from projections.kit.columns import known, said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

party_days = versioned_table(
    "party_day",
    Column("fixed_id", String(40), nullable=False),
    Column("branch", String(20), nullable=False),
    *said(PartyDayFixed, "day_of_month", "from_month"),
)
"""Each fixing, in the order in which it was said."""
party_days_board = Projection("party_days", 1, [party_days], small=[party_days])


@party_days_board.on(PartyDayFixed, PartyDayChanged)
def _fixed(write: Writer, event: PartyDayFixed | PartyDayChanged) -> None:
    write.add(party_days, fixed_id=f"{event.branch}/{write.recorded.position}")


class PartyDays:
    """The fixed days of all branches as known at a position."""

    def __init__(self, connection: Connection, known_at: int | None) -> None:
        self.of_branch: dict[str, tuple[FixedDay, ...]] = defaultdict(tuple)
        query = select(party_days).where(known(party_days, known_at)).order_by(party_days.c.known_from)
        for row in connection.execute(query):
            fixed = FixedDay(row.from_month, row.day_of_month)
            self.of_branch[row.branch] = then_fixed(self.of_branch[row.branch], fixed)
        self._merged = mergings(connection, known_at)
        c = branches.c
        ended = select(c.branch, c.ended_on).where(known(branches, known_at), c.ended_on.is_not(None))
        self._ended = {row.branch: row.ended_on for row in connection.execute(ended)}

    def on(self, branch: str, month: date) -> date | None:
        """The day fixed in the month of a day; of a branch that is part of another by the month's end, what that one fixed,
        and ``None`` where it is retired by then.
        """
        last = last_of(month)
        while branch in self._merged and self._merged[branch].merged_on <= last:
            branch = self._merged[branch].into
        if branch in self._ended and self._ended[branch] <= last:
            return None
        return fixed_in(self.of_branch.get(branch, ()), first_of(month))
