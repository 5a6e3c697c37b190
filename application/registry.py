"""Registering units and villages, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

from application.eventlog.log import ATTEMPTS, Claim, Log
from domain.kernel.errors import Conflict
from domain.kernel.event import Event
from domain.kernel.folding import folded
from domain.kernel.ids import Ids, digest_id
from domain.kernel.recorded import By
from domain.registry.branch import Branch
from domain.registry.code import Code, code_form
from domain.registry.entry import Entry
from domain.registry.events import CodeSystem, EntryKind, TargetKind, UnitClass, UnitLevel
from domain.registry.name import Name
from domain.registry.village import Village

E = TypeVar("E", bound=Entry)
INITIAL: dict[EntryKind, Entry] = {EntryKind.BRANCH: Branch(), EntryKind.VILLAGE: Village()}


class Registry:
    """Streams ``branch-<id>`` and ``village-<id>``; ``name-…`` and ``code-…`` for what belongs to one entry only.

    Days may be past, not future; ``Rejected`` names the clause, ``Conflict`` says that somebody changed it meanwhile.
    """

    def __init__(self, log: Log, ids: Ids) -> None:
        self._log = log
        self._ids = ids

    def branch(self, branch: str) -> Branch:
        """A unit as it is now; the empty state where nobody registered it."""
        return self._log.state(f"branch-{branch}", Branch())

    def village(self, village: str) -> Village:
        """A village or community as it is now; the empty state where nobody registered it."""
        return self._log.state(f"village-{village}", Village())

    def register_branch(
        self,
        *,
        unit_name: str,
        branch_name: str,
        level: UnitLevel,
        unit_class: UnitClass,
        by: By,
        since: date | None = None,
        today: date | None = None,
        split_from: str = "",
        branch: str = "",
    ) -> str:
        """Enter a unit and its branch; its id. ``today`` is needed where ``since`` is stated; ``branch`` is the id where
        one was drawn for it before.
        """
        branch = branch or self._ids("b")
        decision = partial(
            Branch.register_branch,
            branch=branch,
            unit_name=unit_name,
            branch_name=branch_name,
            level=level,
            unit_class=unit_class,
            since=since,
            split_from=split_from,
            today=today,
        )
        claims = [_taking(EntryKind.BRANCH, branch, "", unit_name, since)]
        if split_from:
            claims.append(_splitting(EntryKind.BRANCH, split_from, branch, since, today))
        self._log.decide(f"branch-{branch}", Branch(), decision, by, claims=claims)
        return branch

    def register_village(
        self,
        *,
        name: str,
        kind: TargetKind,
        township: str,
        by: By,
        since: date | None = None,
        today: date | None = None,
        split_from: str = "",
        village: str = "",
    ) -> str:
        """Enter a village or community; its id. ``today`` is needed where ``since`` is stated; ``village`` is the id
        where one was drawn for it before.
        """
        village = village or self._ids("v")
        decision = partial(
            Village.register_village,
            village=village,
            name=name,
            kind=kind,
            township=township,
            since=since,
            split_from=split_from,
            today=today,
        )
        claims = [_taking(EntryKind.VILLAGE, village, township, name, since)]
        if split_from:
            claims.append(_splitting(EntryKind.VILLAGE, split_from, village, since, today))
        self._log.decide(f"village-{village}", Village(), decision, by, claims=claims)
        return village

    def rename_branch(
        self, branch: str, *, unit_name: str, branch_name: str, renamed_on: date, today: date, by: By
    ) -> None:
        """Give the unit another name from ``renamed_on``."""
        decision = partial(
            Branch.rename_branch,
            unit_name=unit_name,
            branch_name=branch_name,
            renamed_on=renamed_on,
            today=today,
        )
        self._change(branch, Branch(), decision, by, partial(_renaming, name=unit_name, on=renamed_on))

    def rename_village(self, village: str, *, name: str, renamed_on: date, today: date, by: By) -> None:
        """Give the village another name from ``renamed_on``."""
        decision = partial(Village.rename_village, name=name, renamed_on=renamed_on, today=today)
        self._change(village, Village(), decision, by, partial(_renaming, name=name, on=renamed_on))

    def move_village(self, village: str, *, township: str, moved_on: date, today: date, by: By) -> None:
        """Let the village belong to another township from ``moved_on``."""
        decision = partial(Village.move_village, township=township, moved_on=moved_on, today=today)
        self._change(village, Village(), decision, by, partial(_renaming, township=township, on=moved_on))

    def reclassify_branch(
        self,
        branch: str,
        *,
        level: UnitLevel,
        unit_class: UnitClass,
        reclassified_on: date,
        today: date,
        by: By,
    ) -> None:
        """State the unit's level and class from ``reclassified_on``."""
        decision = partial(
            Branch.reclassify_branch,
            level=level,
            unit_class=unit_class,
            reclassified_on=reclassified_on,
            today=today,
        )
        self._change(branch, Branch(), decision, by)

    def reclassify_village(
        self, village: str, *, kind: TargetKind, reclassified_on: date, today: date, by: By
    ) -> None:
        """State from ``reclassified_on`` whether it is a village or a community."""
        decision = partial(
            Village.reclassify_village, kind=kind, reclassified_on=reclassified_on, today=today
        )
        self._change(village, Village(), decision, by)

    def learn_alias(self, kind: EntryKind, entry: str, *, alias: str, because: str, by: By) -> bool:
        """Let another name mean the entry; whether that is new."""

        def lent(state: Entry) -> list[Claim]:
            lend = partial(Name.lend_name, entry=entry, name=alias)
            return [Claim(_name_stream(kind, state.township, alias), Name(), lend)]

        decision = partial(Entry.learn_alias, alias=alias, because=because)
        return bool(self._change(entry, INITIAL[kind], decision, by, lent))

    def take_alias_back(self, kind: EntryKind, entry: str, *, alias: str, because: str, by: By) -> None:
        """The name does not mean the entry any more."""
        self._change(entry, INITIAL[kind], partial(Entry.take_alias_back, alias=alias, because=because), by)

    def give_code(self, kind: EntryKind, entry: str, *, system: CodeSystem, code: str, by: By) -> bool:
        """State the code the entry bears; whether that is new."""
        decision = partial(Entry.give_code, system=system, code=code)
        return bool(
            self._change(entry, INITIAL[kind], decision, by, partial(_coding, system=system, code=code))
        )

    def take_code_back(
        self, kind: EntryKind, entry: str, *, system: CodeSystem, because: str, by: By
    ) -> None:
        """The code was not the entry's."""
        decision = partial(Entry.take_code_back, system=system, because=because)
        self._change(entry, INITIAL[kind], decision, by, partial(_uncoding, system=system))

    def merge(self, kind: EntryKind, entry: str, *, into: str, merged_on: date, today: date, by: By) -> None:
        """Let an entry be part of another from ``merged_on``; that one's names stay, this one's lead to it."""

        def claims(state: Entry) -> list[Claim]:
            absorb = partial(Entry.absorb, other=entry, merged_on=merged_on, today=today)
            return [*_leaving(state, merged_on), Claim(f"{kind.value}-{into}", INITIAL[kind], absorb)]

        decision = partial(Entry.merge_into, into=into, merged_on=merged_on, today=today)
        self._change(entry, INITIAL[kind], decision, by, claims)

    def retire(
        self, kind: EntryKind, entry: str, *, retired_on: date, because: str, today: date, by: By
    ) -> None:
        """From ``retired_on`` there is none, and nothing it became."""
        decision = partial(Entry.retire, retired_on=retired_on, because=because, today=today)
        self._change(entry, INITIAL[kind], decision, by, partial(_leaving, on=retired_on))

    def _change(
        self,
        entry: str,
        initial: E,
        decision: Callable[[E], Event | Sequence[Event]],
        by: By,
        claims: Callable[[E], Sequence[Claim]] = lambda _: (),
    ) -> Sequence[Event]:
        """Decide on the entry's stream, with what follows for the streams of its names and codes as it is now."""
        stream = f"{initial.KIND.value}-{entry}"
        for _ in range(ATTEMPTS):
            known = self._log.state(stream, initial)
            try:
                unchanged = partial(_unchanged, known=known, decision=decision)
                return self._log.decide(stream, initial, unchanged, by, claims=claims(known))
            except _ChangedMeanwhile:
                continue
        raise Conflict(f"somebody else is writing to {stream}; reload and decide anew")


class _ChangedMeanwhile(Exception):
    """The entry is not any more as its claims take it to be."""


def _unchanged(
    state: E, known: E, decision: Callable[[E], Event | Sequence[Event]]
) -> Event | Sequence[Event]:
    if state != known:
        raise _ChangedMeanwhile
    return decision(state)


def _name_stream(kind: EntryKind, township: str, name: str) -> str:
    return digest_id("name", kind.value, folded(township), folded(name))


def _taking(kind: EntryKind, entry: str, township: str, name: str, on: date | None) -> Claim:
    take = partial(Name.take_name, entry_kind=kind, entry=entry, township=township, name=name, from_on=on)
    return Claim(_name_stream(kind, township, name), Name(), take)


def _leaving(state: Entry, on: date) -> list[Claim]:
    free = partial(
        Name.free_name,
        entry_kind=state.KIND,
        entry=state.entry,
        township=state.township,
        name=state.name,
        until_on=on,
    )
    return [Claim(_name_stream(state.KIND, state.township, state.name), Name(), free)]


def _renaming(state: Entry, *, on: date, name: str | None = None, township: str | None = None) -> list[Claim]:
    """The former name is free from the day, the new one taken; nothing where only the spelling changes."""
    name, township = name or state.name, township or state.township
    taking = _taking(state.KIND, state.entry, township, name, on)
    leaving = _leaving(state, on)
    return [] if taking.stream == leaving[0].stream else [*leaving, taking]


def _splitting(kind: EntryKind, entry: str, off: str, since: date | None, today: date | None) -> Claim:
    if since is None or today is None:
        raise ValueError("the day of a splitting is stated")
    split = partial(Entry.split_off, off=off, split_on=since, today=today)
    return Claim(f"{kind.value}-{entry}", INITIAL[kind], split)


def _code_stream(system: CodeSystem, code: str) -> str:
    return digest_id("code", system.value, code)


def _coding(state: Entry, *, system: CodeSystem, code: str) -> list[Claim]:
    form = code_form(code)
    take = partial(Code.take_code, system=system, code=form, entry=state.entry)
    return [*_uncoding(state, system=system), Claim(_code_stream(system, form), Code(), take)]


def _uncoding(state: Entry, *, system: CodeSystem) -> list[Claim]:
    if system not in state.codes:
        return []
    code = state.codes[system]
    free = partial(Code.free_code, system=system, code=code, entry=state.entry)
    return [Claim(_code_stream(system, code), Code(), free)]
