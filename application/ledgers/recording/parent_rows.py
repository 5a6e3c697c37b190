"""Rows about parents (上级单位): units in no pairing entered, and under which unit another stands from when to when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from application.eventlog.pending import Claim
from application.ledgers.matching.organisations import ABOVE, LISTED, NameMeaning
from application.ledgers.recording.registering import RegisteringRows
from application.ledgers.recording.stating import RefusedStep, state_steps
from application.ledgers.rows import LedgerRow, ParentRow, RowSource
from application.look import Look
from application.things import BRANCH
from application.verb import Verb
from application.verbs.registry.units_and_villages import (
    demand_parent,
    learn_branch_alias,
    subordinate_branch,
)
from domain.kernel.clause import Clause
from domain.kernel.decisions import demand
from domain.kernel.folding import folded
from domain.kernel.recorded import By
from domain.kernel.values import BranchKey, Key, Today
from domain.registry import clauses
from domain.registry.branch import Branch
from domain.registry.parents import Stood, stood_under

UNIT_LISTED: Final = Clause(
    "ledger.UNIT_LISTED",
    "单位须在名册中",
    "the unit is in the registry",
    "default",
    "请先更正结对台账中该单位的一行，或者在上级单位表中另列一行并填写单位层级、单位类别和党支部",
    "put its row of the pairing ledger right, or give it a row of its own with level, class and branch",
)
BY_ANSWER: Final = "导入台账时确认"
_DAY: Final = timedelta(days=1)


def _stated(look: Look, *, key: Key, parent: BranchKey, today: Today) -> Sequence[Claim]:
    return demand_parent(look, key, parent, today)


# No page has it: there the parent is stated with the registration, or from a day on.
_STATE_PARENT: Final = Verb(BRANCH, Branch.state_parent, subordinate_branch.roles, claims=_stated)


def from_above(rows: Sequence[LedgerRow], meant: Callable[[str], str]) -> list[LedgerRow]:
    """The rows in their order, but of one day each behind the one that says where its parent stands from then on: of units that
    change places none is above itself on the way. ``meant``: what a name means."""
    of_day = {(meant(row.unit), row.day): row for row in rows if isinstance(row, ParentRow) and row.parent}
    placed: dict[RowSource, LedgerRow] = {}
    for row in rows:
        way_up: dict[RowSource, LedgerRow] = {}
        above: LedgerRow | None = row
        while above is not None and above.source not in placed and above.source not in way_up:
            way_up[above.source] = above
            named = above.parent if isinstance(above, ParentRow) else None
            above = of_day.get((meant(named), above.day)) if named else None
        placed |= reversed(way_up.items())
    return list(placed.values())


@dataclass(eq=False)
class ParentRows(RegisteringRows):
    """Records them, in whatever order: what a row names is entered with it, where another row has it."""

    _listed: Mapping[str, NameMeaning]
    """What the units mean that the sheet registers, by folded name."""
    _rows: Sequence[LedgerRow]

    def __post_init__(self) -> None:
        mine = [row for row in self._rows if isinstance(row, ParentRow)]
        self._registers = {folded(row.unit): row for row in reversed(mine) if row.branch}
        self._from = {(folded(row.unit), row.from_on) for row in mine if row.parent}

    def parent(self, row: ParentRow, by: By) -> list[RefusedStep]:
        """A unit, and under which other it stands."""
        self._begin_row()
        unit = self._entered(row, LISTED, row.unit, by)
        if row.parent is None:
            return []
        above = self._entered(row, ABOVE, row.parent, by)
        self._standing(row, unit, above, by)
        return state_steps([("until_on", partial(self._until, row, unit, above, by))])

    def _entered(self, row: ParentRow, column: str, name: str, by: By) -> str:
        """The unit that a name means, entered in the registry where it is new there."""
        of, meant = self._lookups.organisations, self._listed.get(folded(name))
        thing = meant.thing if meant and meant.adds else self._lookups.listed_unit(row, column, name)
        of_unit = self._registers.get(folded(name))
        if thing and of.is_there(thing):
            if meant and meant.adds == "is" and self._settles(thing, name):
                self._perform(learn_branch_alias, thing, by, alias=name, because=BY_ANSWER)
            return thing
        demand(bool(thing) and of_unit is not None, UNIT_LISTED, name)
        assert of_unit is not None and of_unit.unit_level and of_unit.unit_class and of_unit.branch
        self._register_unit(thing, by, of_unit.unit, of_unit.branch, of_unit.unit_level, of_unit.unit_class)
        return thing

    def _stood(self, unit: str) -> tuple[Stood, ...]:
        return stood_under(partial(BRANCH.state, self._look), unit)

    def _standing(self, row: ParentRow, unit: str, above: str, by: By) -> None:
        """That it stands under the other from the day on."""
        known = BRANCH.state(self._look, unit)
        begins = row.from_on or known.since
        if any((each.parent, each.from_on) == (above, begins) for each in self._stood(unit)):
            return
        if row.from_on is None:
            self._perform(_STATE_PARENT, unit, by, parent=above, today=self._today)
            return
        for stated in known.parents:
            later = (stated.from_on or date.min) > row.from_on
            same_day = stated.from_on == row.from_on and bool(stated.parent)
            demand(not later and not same_day, clauses.LEDGER_DIFFERS, f"{stated.from_on} / {row.from_on}")
        since = next((each.from_on for each in known.parents[-1:] if each.parent == above), row.from_on)
        demand(since == row.from_on, clauses.LEDGER_DIFFERS, f"{since} / {row.from_on}")
        self._perform(
            subordinate_branch, unit, by, parent=above, subordinated_on=row.from_on, today=self._today
        )

    def _until(self, row: ParentRow, unit: str, above: str, by: By) -> None:
        """That it does not any more; nothing where another row says under which it stands from the next day on."""
        if row.until_on is None:
            return
        ended = row.until_on + _DAY
        begins = row.from_on or BRANCH.state(self._look, unit).since
        stood = next(each for each in self._stood(unit) if (each.parent, each.from_on) == (above, begins))
        if stood.until_on is None and (folded(row.unit), ended) not in self._from:
            self._perform(subordinate_branch, unit, by, parent="", subordinated_on=ended, today=self._today)
        elif stood.until_on is not None:
            differs = f"{stood.until_on - _DAY} / {row.until_on}"
            demand(stood.until_on == ended, clauses.LEDGER_DIFFERS, differs)
