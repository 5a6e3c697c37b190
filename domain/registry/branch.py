"""A unit with its Party branch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Self

from domain.kernel.decisions import demand
from domain.kernel.values import BranchKey, Happened, Key, KeyOf, Today, Whole, Words
from domain.registry import clauses, events
from domain.registry.entry import Entry, EntryName, demand_name, demand_since
from domain.registry.parents import Under, stands_above_itself, then_under
from domain.registry.party_day import FixedDay, first_of, fixed_in, last_of, then_fixed
from domain.registry.splitting import GoesAlong, Moves, UnitParts, split_into

DayOfMonth = Annotated[int, Whole(1, 31)]
ParentKey = Annotated[str, KeyOf("branch", may_be_empty=True)]
"""The unit under which another stands; empty for none."""


@dataclass(frozen=True)
class Branch(Entry):
    """``name`` is the unit's. ``party_days``: on which day of the month its themed party day is, by the month from which;
    ``parents``: under which unit it stands, in the order of the days from which.
    """

    KIND: ClassVar[events.EntryKind] = events.EntryKind.BRANCH

    branch_name: str = ""
    level: events.UnitLevel = events.UnitLevel.COUNTY
    unit_class: events.UnitClass = events.UnitClass.AGENCY
    party_days: tuple[FixedDay, ...] = ()
    parents: tuple[Under, ...] = ()

    @property
    def parent(self) -> str:
        """The unit under which it was put last; empty for none."""
        return self.parents[-1].parent if self.parents else ""

    def register_branch(
        self,
        *,
        branch: Key,
        unit_name: EntryName,
        branch_name: EntryName,
        level: events.UnitLevel,
        unit_class: events.UnitClass,
        since: date | None,
        split_from: Annotated[str, KeyOf("branch", may_be_empty=True)],
        parent: ParentKey,
        today: Today,
    ) -> events.BranchRegistered:
        """Enter a unit and its branch in the registry; it bears these names from ``since``, or since ever."""
        demand(not self.entry, clauses.REGISTERED_ONCE, self.name)
        demand_since(since, split_from, today)
        demand_name(unit_name)
        demand_name(branch_name)
        return events.BranchRegistered(
            branch=branch,
            unit_name=unit_name,
            branch_name=branch_name,
            level=level,
            unit_class=unit_class,
            since=since,
            split_from=split_from,
            parent=parent,
        )

    rename_branch_allowed = reclassify_branch_allowed = merge_branch_allowed = Entry.demand_standing
    split_branch_allowed = subordinate_branch_allowed = Entry.demand_standing

    def rename_branch(
        self, *, unit_name: EntryName, branch_name: EntryName, renamed_on: Happened, today: Today
    ) -> events.BranchRenamed:
        """Give the unit another name; earlier records keep showing the name of their day."""
        self.demand_may_change(renamed_on, today, self.named_on)
        demand_name(unit_name)
        demand_name(branch_name)
        changes = (unit_name, branch_name) != (self.name, self.branch_name)
        demand(changes, clauses.NAME_CHANGES, unit_name)
        return events.BranchRenamed(
            branch=self.entry, unit_name=unit_name, branch_name=branch_name, renamed_on=renamed_on
        )

    def reclassify_branch(
        self,
        *,
        level: events.UnitLevel,
        unit_class: events.UnitClass,
        reclassified_on: Happened,
        today: Today,
    ) -> events.BranchReclassified:
        """State the unit's level and class from a day on."""
        self.demand_may_change(reclassified_on, today, self.classed_on)
        changes = (level, unit_class) != (self.level, self.unit_class)
        demand(changes, clauses.CLASS_CHANGES, unit_class)
        return events.BranchReclassified(
            branch=self.entry, level=level, unit_class=unit_class, reclassified_on=reclassified_on
        )

    def subordinate_branch(
        self, *, parent: ParentKey, subordinated_on: Happened, today: Today
    ) -> events.BranchSubordinated:
        """State the unit under which it stands from a day on, or that there is none any more."""
        self.demand_may_change(subordinated_on, today, self.parents[-1].from_on if self.parents else None)
        demand(parent != self.entry, clauses.PARENT_ABOVE, self.name)
        demand(parent != self.parent, clauses.PARENT_CHANGES, parent)
        return events.BranchSubordinated(branch=self.entry, parent=parent, subordinated_on=subordinated_on)

    def state_parent(self, *, parent: BranchKey, today: Today) -> events.ParentStated:
        """State under which unit it stood ever since, where no parent was stated yet."""
        self.demand_standing()
        demand(parent != self.entry, clauses.PARENT_ABOVE, self.name)
        demand(not self.parents, clauses.LEDGER_DIFFERS, self.name)
        demand(self.since is None or self.since <= today, clauses.THERE_BY_THEN, f"{today} < {self.since}")
        return events.ParentStated(branch=self.entry, parent=parent)

    def take_under(self, *, stated: str, on: date) -> Sequence[events.RegistryEvent]:
        """Be the parent of another from a day on: nothing happens to it, but it has to be there on the day. ``stated``: the id by
        which it was named, which is all that is known of one that is in no registry."""
        there = (self.since or on) <= on and (self.ended_on is None or on < self.ended_on)
        demand(bool(self.entry) and there, clauses.PARENT_THERE, f"{self.name or stated}, {on}")
        return []

    def demand_not_above_itself(self, *, units: Callable[[str], Branch]) -> Sequence[events.RegistryEvent]:
        """Refuse where it stands above itself on any day, as things are by now. ``units``: any unit as it is."""
        demand(not stands_above_itself(units, self.entry), clauses.PARENT_ABOVE, self.name)
        return []

    def merge_branch(self, *, into: BranchKey, merged_on: Happened, today: Today) -> events.EntryMerged:
        """Become part of another unit from a day on."""
        return self.merged(into, merged_on, today)

    def fix_party_day(
        self, *, day_of_month: DayOfMonth, from_month: date, today: Today
    ) -> events.PartyDayFixed:
        """Fix the day of the month of the themed party day, from the month of the day ``from_month`` on."""
        self.fix_party_day_allowed()
        first = self._party_month(from_month, today)
        return events.PartyDayFixed(branch=self.entry, day_of_month=day_of_month, from_month=first)

    def fix_party_day_allowed(self) -> None:
        """Refuse where one is fixed already."""
        self.demand_standing()
        demand(not self.party_days, clauses.PARTY_DAY_FIXED_ONCE)

    def change_party_day(
        self, *, day_of_month: DayOfMonth, from_month: date, because: Words, today: Today
    ) -> events.PartyDayChanged:
        """Fix another day, from the month of the day ``from_month`` on; what was fixed of later months falls."""
        self.change_party_day_allowed()
        first = self._party_month(from_month, today)
        later = any(each.from_month > first for each in self.party_days)
        same = fixed_in(self.party_days, first) == FixedDay(first, day_of_month).of(first)
        demand(later or not same, clauses.PARTY_DAY_CHANGES, f"{first:%Y-%m}")
        return events.PartyDayChanged(
            branch=self.entry, day_of_month=day_of_month, from_month=first, because=because
        )

    def change_party_day_allowed(self) -> None:
        """Refuse where none is fixed."""
        self.demand_standing()
        demand(bool(self.party_days), clauses.PARTY_DAY_FIXED_FIRST)

    def _party_month(self, from_month: date, today: date) -> date:
        """Its first day. It is no later than in the next year, and the branch is there in it."""
        demand(from_month.year <= today.year + 1, clauses.PARTY_DAY_SOON, f"{from_month:%Y-%m}")
        demand(
            self.since is None or last_of(from_month) >= self.since, clauses.THERE_BY_THEN, str(from_month)
        )
        return first_of(from_month)

    def split_branch(
        self,
        *,
        split_on: Happened,
        because: Words,
        parts: UnitParts,
        moves: Moves,
        part_ids: tuple[str, ...],
        held: tuple[str, ...],
        along: tuple[GoesAlong, ...],
        today: Today,
    ) -> Sequence[events.EntrySplit]:
        """Set up new units out of this one, which goes on, and say which of its pairings go to which; all others stay.
        ``part_ids``: of the new ones; ``held``: the pairings of this one that have not ended; ``along``: what
        goes along with each.
        """
        return split_into(self, len(parts), part_ids, moves, held, along, split_on, because, today)

    def after(self, event: events.RegistryEvent) -> Self:
        match event:
            case events.PartyDayFixed() | events.PartyDayChanged():
                fixed = FixedDay(event.from_month, event.day_of_month)
                return replace(self, party_days=then_fixed(self.party_days, fixed))
            case events.BranchRegistered():
                return replace(
                    self,
                    entry=event.branch,
                    name=event.unit_name,
                    branch_name=event.branch_name,
                    level=event.level,
                    unit_class=event.unit_class,
                    parents=(Under(event.parent, event.since),) if event.parent else (),
                    since=event.since,
                    named_on=event.since,
                    classed_on=event.since,
                    changed_on=event.since,
                )
            case events.BranchRenamed():
                renamed = replace(self, name=event.unit_name, branch_name=event.branch_name)
                return renamed._named(event.renamed_on)
            case events.BranchReclassified():
                classed = replace(self, level=event.level, unit_class=event.unit_class)
                return classed._classed(event.reclassified_on)
            case events.BranchSubordinated():
                under = Under(event.parent, event.subordinated_on)
                placed = replace(self, parents=then_under(self.parents, under))
                return placed._changed(event.subordinated_on)
            case events.ParentStated():
                return replace(self, parents=(Under(event.parent, self.since),))
        return super().after(event)
