"""What units and villages have in common: they are registered, change from days on, and may come to an end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, ClassVar, Self

from domain.kernel.decisions import demand, demanded
from domain.kernel.folding import folded
from domain.kernel.values import Happened, Line, Text, Today, Words
from domain.registry import clauses, events
from domain.registry.code import demand_code

LONGEST = 100
"""Characters of a name, also in its folded form."""
EntryName = Annotated[str, Text(LONGEST)]
"""The name of a unit, its branch, a village or a township."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def demand_name(name: str) -> None:
    """Refuse what shows nothing, is no line, or is longer than any name."""
    demand(bool(folded(name)), clauses.NAME_GIVEN)
    fits = max(len(name), len(folded(name))) <= LONGEST
    demand(fits and not _CONTROL.search(name), clauses.NAME_IN_BOUNDS, ascii(name[:LONGEST]))


@dataclass(frozen=True)
class Entry:
    """``entry`` is empty until it is registered; ``since`` is ``None`` for since ever.

    ``named_on`` and ``classed_on``: from when name and township, and level, class or kind are as they are; ``changed_on``
    the newest day of anything about it.
    """

    KIND: ClassVar[events.EntryKind]

    entry: str = ""
    name: str = ""
    since: date | None = None
    named_on: date | None = None
    classed_on: date | None = None
    changed_on: date | None = None
    ended_on: date | None = None
    merged_into: str = ""
    aliases: frozenset[str] = frozenset()
    """In their folded form."""
    codes: dict[events.CodeSystem, str] = field(default_factory=dict)

    @property
    def township(self) -> str:
        """The area within which the name is the only one of its kind; empty for the county."""
        return ""

    def demand_may_change(self, on: date, today: date, after: date | None) -> None:
        """Refuse a change of what is not there, from a day to come, or from before the day ``after`` of another change."""
        self.demand_there(on, today)
        demand(after is None or on >= after, clauses.AFTER_THE_LAST_CHANGE, f"{on} < {after}")

    def demand_there(self, on: date, today: date) -> None:
        """Refuse where the entry is not there, or was not on the day."""
        self.demand_standing()
        demand(on <= today, clauses.NOT_IN_THE_FUTURE, f"{on} > {today}")
        demand(self.since is None or on >= self.since, clauses.THERE_BY_THEN, f"{on} < {self.since}")

    def demand_standing(self) -> None:
        """Refuse where it is not registered, or came to an end."""
        self.demand_registered()
        demand(self.ended_on is None, clauses.STILL_THERE, f"{self.name}, {self.ended_on}")

    def demand_registered(self) -> None:
        demand(bool(self.entry), clauses.REGISTERED_FIRST)

    def learn_alias(self, *, alias: EntryName, because: Words) -> Sequence[events.AliasLearned]:
        """Let another name mean this entry; nothing where it does already."""
        self.demand_registered()
        demand_name(alias)
        if folded(alias) in {folded(self.name), *self.aliases}:
            return []
        return [events.AliasLearned(entry_kind=self.KIND, entry=self.entry, alias=alias, because=because)]

    def take_alias_back(self, *, alias: EntryName, because: Words) -> events.AliasTakenBack:
        """The name was not meant for this entry, or is not used any more."""
        self.demand_registered()
        demand(folded(alias) in self.aliases, clauses.ALIAS_KNOWN, alias)
        return events.AliasTakenBack(entry_kind=self.KIND, entry=self.entry, alias=alias, because=because)

    def take_alias_back_allowed(self) -> None:
        """Refuse where it has none; the decision says which is not known."""
        self.demand_registered()
        demand(bool(self.aliases), clauses.ALIAS_KNOWN)

    def give_code(self, *, system: events.CodeSystem, code: Line) -> Sequence[events.CodeGiven]:
        """State the code the entry bears; nothing where it bears it already."""
        self.demand_registered()
        code = demand_code(system, code)
        if self.codes.get(system) == code:
            return []
        return [events.CodeGiven(entry_kind=self.KIND, entry=self.entry, system=system, code=code)]

    def take_code_back(self, *, system: events.CodeSystem, because: Words) -> events.CodeTakenBack:
        """The code was not this entry's."""
        self.demand_registered()
        demand(system in self.codes, clauses.CODE_KNOWN, system)
        code = self.codes[system]
        return events.CodeTakenBack(
            entry_kind=self.KIND, entry=self.entry, system=system, code=code, because=because
        )

    def take_code_back_allowed(self) -> None:
        """Refuse where it has none; the decision says which is not known."""
        self.demand_registered()
        demand(bool(self.codes), clauses.CODE_KNOWN)

    def merged(self, into: str, merged_on: date, today: date) -> events.EntryMerged:
        """Become part of another from that day."""
        self.demand_may_change(merged_on, today, self.changed_on)
        demand(into != self.entry, clauses.INTO_ANOTHER, self.name)
        return events.EntryMerged(entry_kind=self.KIND, entry=self.entry, into=into, merged_on=merged_on)

    def absorb(self, *, other: str, merged_on: date, today: date) -> events.EntryAbsorbed:
        """Take another in from that day; what happened to this one meanwhile may be later."""
        self.demand_there(merged_on, today)
        return events.EntryAbsorbed(entry_kind=self.KIND, entry=self.entry, other=other, merged_on=merged_on)

    def split_off(self, *, off: str, split_on: date, today: date) -> events.EntrySplit:
        """Let go of a part, which is of its own from that day."""
        self.demand_there(split_on, today)
        return events.EntrySplit(entry_kind=self.KIND, entry=self.entry, off=off, split_on=split_on)

    retire_allowed = demand_standing

    def retire(self, *, retired_on: Happened, because: Words, today: Today) -> events.EntryRetired:
        """From that day there is none."""
        self.demand_may_change(retired_on, today, self.changed_on)
        return events.EntryRetired(
            entry_kind=self.KIND, entry=self.entry, retired_on=retired_on, because=because
        )

    def restore(self, *, because: Words, today: Today) -> events.EntryRestored:
        """It was retired, or merged, by mistake: it goes on as if it had not been."""
        ended_on = self.restore_allowed()
        return events.EntryRestored(
            entry_kind=self.KIND,
            entry=self.entry,
            ended_on=ended_on,
            merged_into=self.merged_into,
            because=because,
            restored_on=today,
        )

    def restore_allowed(self) -> date:
        """The day from which there was none."""
        self.demand_registered()
        return demanded(self.ended_on, clauses.RESTORED_IF_ENDED, self.name)

    def after(self, event: events.RegistryEvent) -> Self:
        match event:
            case events.AliasLearned():
                return replace(self, aliases=self.aliases | {folded(event.alias)})
            case events.AliasTakenBack():
                return replace(self, aliases=self.aliases - {folded(event.alias)})
            case events.CodeGiven():
                return replace(self, codes={**self.codes, event.system: event.code})
            case events.CodeTakenBack():
                return replace(self, codes={k: v for k, v in self.codes.items() if k is not event.system})
            case events.EntryMerged():
                return replace(self, ended_on=event.merged_on, merged_into=event.into)
            case events.EntryRetired():
                return replace(self, ended_on=event.retired_on)
            case events.EntryRestored():
                return replace(self, ended_on=None, merged_into="")
            case events.EntryAbsorbed() | events.EntrySplit():
                assert event.occurred_on is not None
                return self._changed(event.occurred_on)
        return self

    def _changed(self, on: date) -> Self:
        return replace(self, changed_on=max(self.changed_on or on, on))

    def _named(self, on: date) -> Self:
        return replace(self, named_on=on)._changed(on)

    def _classed(self, on: date) -> Self:
        return replace(self, classed_on=on)._changed(on)


def demand_since(since: date | None, split_from: str, today: date) -> None:
    """Refuse a beginning that is yet to come, and one without a day where the entry came from another."""
    demand(since is None or since <= today, clauses.NOT_IN_THE_FUTURE, f"{since} > {today}")
    demand(since is not None or not split_from, clauses.SPLIT_ON_A_DAY)
