"""Whatever is done to villages in whatever order: one holder of a name a day, and every name ever held finds its village."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from hypothesis import example, given
from hypothesis import strategies as st

from application.eventlog import Batch
from application.eventlog.opening import open_log
from application.look import Look
from application.system import System
from application.things import VILLAGE
from application.verb import Outcome, Verb, carry_out, perform
from application.verbs.registry.splitting import split_village
from application.verbs.registry.units_and_villages import (
    learn_village_alias,
    merge_village,
    move_village,
    register_village,
    rename_village,
    restore_village,
    retire_village,
    take_village_alias_back,
)
from domain.kernel.errors import Rejected
from domain.kernel.event import Catalogue, Event
from domain.kernel.folding import folded
from domain.kernel.ids import SeededIds
from domain.kernel.recorded import By, Source
from domain.registry import clauses
from domain.registry.events import EntryKind, RegistryEvent, TargetKind
from domain.registry.splitting import VillagePart
from domain.registry.village import Village
from projections.boards.registry.names import names_on
from projections.boards.registry.units_and_villages import found_by_name, name_book, registry
from tests.kit.events import projected
from tests.kit.examples import examples

BY = By(actor="kaohe", source=Source(kind="command", name="test"))
KIND = EntryKind.VILLAGE
DAYS = [date(2026, 1, 1) + timedelta(days=n) for n in range(5)]
TODAY = DAYS[-1]
NAMES = ("甲村", "乙村", "甲 村")
TOWNSHIPS = ("东镇", "东镇", "西镇")
Span = tuple[str, str, date, date]
"""Township, folded name, first day, first day no more."""

which = st.integers(0, 3)
day = st.sampled_from(DAYS)
name = st.sampled_from(NAMES)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("register"), name, st.sampled_from(TOWNSHIPS), st.one_of(st.none(), day)),
        st.tuples(st.just("rename"), which, name, day),
        st.tuples(st.just("move"), which, st.sampled_from(TOWNSHIPS), day),
        st.tuples(st.just("merge"), which, which, day),
        st.tuples(st.just("split"), which, name, day),
        st.tuples(st.just("divide"), which, name, name, day),
        st.tuples(st.just("retire"), which, day),
        st.tuples(st.just("restore"), which),
        st.tuples(st.just("alias"), which, name),
        st.tuples(st.just("unalias"), which, name),
    ),
    min_size=4,
    max_size=30,
)


LEFT = [("register", "甲村", "东镇", DAYS[2]), ("rename", 0, "乙村", DAYS[3])]
"""A name that was borne for a day."""


@dataclass
class Truth:
    """What was accepted, kept as simply as can be: for each village its names with their days."""

    held: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    aliases: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    merged: dict[str, str] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)

    def begin(self, village: str, township: str, called: str, on: date | None) -> None:
        self.held[village].append((township, folded(called), on or date.min, date.max))

    def end(self, village: str, on: date) -> tuple[str, str]:
        township, called, first, _ = self.held[village].pop()
        self.held[village].append((township, called, first, on))
        return township, called

    def go_on(self, village: str) -> None:
        township, called, first, _ = self.held[village].pop()
        self.held[village].append((township, called, first, date.max))

    def conflicts(self, village: str, township: str, called: str, on: date | None) -> bool:
        """Whether another bears the name in the township on the day or later."""
        return any(
            (t, n) == (township, folded(called)) and first < last and last > (on or date.min)
            for other, spans in self.held.items()
            if other != village
            for t, n, first, last in spans
        )


@contextmanager
def batches() -> Iterator[Batch]:
    """A batch that decides and never records, on an empty log."""
    with tempfile.TemporaryDirectory() as folder:
        log = open_log(
            Catalogue(RegistryEvent),
            database_url=None,
            folder=Path(folder),
            clock=lambda: datetime(2026, 2, 1, tzinfo=UTC),
        )
        yield Batch(log, dry_run=True)
        log.close()


def lived(acts: list[Any], batch: Batch) -> tuple[Truth, list[Event]]:
    """The acts that were accepted, and their events; what was refused had to be."""
    truth, events = Truth(), []
    # None of these verbs looks at anything but the log.
    look = Look(cast(System, None), batch, SeededIds("test"))
    villages: list[str] = []
    for verb, *words in acts:
        if verb != "register" and not all(n < len(villages) for n in words if isinstance(n, int)):
            continue
        try:
            with batch.row() as decided:
                done(look, truth, villages, verb, words)
        except Rejected as rejected:
            if rejected.clause is clauses.NAME_OF_ONE:
                assert demanded_name(look, truth, villages, verb, words)
        events += decided
    return truth, events


def demanded_name(look: Look, truth: Truth, villages: list[str], verb: str, words: list[Any]) -> bool:
    """Whether the act asks for a name that another bears then."""
    if verb == "register":
        return truth.conflicts("", words[1], words[0], words[2])
    state = VILLAGE.state(look, villages[words[0]])
    if verb == "restore":
        ended = VILLAGE.state(look, villages[words[0]])
        return truth.conflicts(ended.entry, ended.township, ended.name, ended.ended_on)
    if verb == "divide":
        first, second, on = words[1:]
        return folded(first) == folded(second) or any(
            truth.conflicts("", state.township, called, on) for called in (first, second)
        )
    called = words[1] if verb in ("rename", "split") else state.name
    township = words[1] if verb == "move" else state.township
    return truth.conflicts("" if verb == "split" else state.entry, township, called, words[2])


def carried(look: Look, verb: Verb[Any, Any], key: str, **stated: object) -> Outcome:
    return carry_out(look, verb, key, BY, {**stated, "today": TODAY})


def done(look: Look, truth: Truth, villages: list[str], verb: str, words: list[Any]) -> None:
    """Do it, and note it where it was not refused."""
    if verb == "register":
        called, township, since = words
        of = {"name": called, "kind": TargetKind.VILLAGE, "township": township}
        village = carried(look, register_village, "", **of, since=since, split_from="").key
        assert not truth.conflicts(village, township, called, since)
        villages.append(village)
        truth.begin(village, township, called, since)
        return
    village = villages[words[0]]
    state: Village = VILLAGE.state(look, village)
    if verb == "rename":
        carried(look, rename_village, village, name=words[1], renamed_on=words[2])
        assert not truth.conflicts(village, state.township, words[1], words[2])
        truth.end(village, words[2])
        truth.begin(village, state.township, words[1], words[2])
    elif verb == "move":
        carried(look, move_village, village, township=words[1], moved_on=words[2])
        assert not truth.conflicts(village, words[1], state.name, words[2])
        truth.end(village, words[2])
        truth.begin(village, words[1], state.name, words[2])
    elif verb == "merge":
        carried(look, merge_village, village, into=villages[words[1]], merged_on=words[2])
        truth.end(village, words[2])
        truth.merged[village] = villages[words[1]]
        truth.ended.add(village)
    elif verb == "split":
        of = {"name": words[1], "kind": state.kind, "township": state.township}
        off = carried(look, register_village, "", **of, since=words[2], split_from=village).key
        villages.append(off)
        truth.begin(off, state.township, words[1], words[2])
    elif verb == "divide":
        calls, on = words[1:3], words[3]
        ids = tuple(look.ids(VILLAGE.drawn) for _ in calls)
        parts = tuple(VillagePart(called) for called in calls)
        nothing: dict[str, Any] = {"moves": (), "held": (), "along": ()}
        of = {"split_on": on, "because": "拆村", "parts": parts, "part_ids": ids, "today": TODAY}
        perform(look, split_village, village, BY, **of, **nothing)
        for off, called in zip(ids, calls, strict=True):
            assert not truth.conflicts(off, state.township, called, on)
            assert VILLAGE.state(look, off).since == on
            villages.append(off)
            truth.begin(off, state.township, called, on)
    elif verb == "restore":
        carried(look, restore_village, village, because="误登")
        assert not truth.conflicts(village, state.township, state.name, state.ended_on)
        truth.go_on(village)
        truth.merged.pop(village, None)
        truth.ended.discard(village)
    elif verb == "retire":
        carried(look, retire_village, village, retired_on=words[1], because="撤村")
        truth.end(village, words[1])
        truth.ended.add(village)
    elif verb == "alias":
        if carried(look, learn_village_alias, village, alias=words[1], because="简称").events:
            truth.aliases[village].add(folded(words[1]))
    else:
        carried(look, take_village_alias_back, village, alias=words[1], because="误")
        truth.aliases[village].discard(folded(words[1]))


@examples(150, quick=30)
@given(ACTS)
@example([*LEFT, ("register", "甲村", "东镇", DAYS[1])])
@example([*LEFT, ("register", "甲村", "东镇", None)])
@example(
    [
        ("register", "甲村", "东镇", None),
        ("retire", 0, DAYS[2]),
        ("register", "甲村", "东镇", DAYS[3]),
        ("restore", 0),
    ]
)
@example(
    [
        ("register", "甲村", "东镇", None),
        ("retire", 0, DAYS[2]),
        ("restore", 0),
        ("register", "甲村", "东镇", DAYS[3]),
    ]
)
def test_names_have_one_holder_a_day_and_find_their_villages(acts: list[Any]) -> None:
    with batches() as batch:
        truth, events = lived(acts, batch)
    engine, _ = projected([registry], *events)
    spans = [(village, *span) for village, held in truth.held.items() for span in held]
    with engine.connect() as connection:
        for on in (*DAYS, None):
            names, book = names_on(connection, KIND, on), name_book(connection)
            asked = on or date.max - timedelta(days=1)
            holders = defaultdict(set)
            for village, township, called, first, last in spans:
                if first <= asked < last:
                    holders[township, called].add(village)
                    assert folded(names[village]) == called
            assert all(len(each) == 1 for each in holders.values())
            for (township, called), (village,) in holders.items():
                one = book.found(KIND, called, on=on, township=township).one
                assert one is not None and one.entry == one.standing == village
        for village, township, called, first, last in spans:
            for within in (None, township):
                found = found_by_name(
                    connection, KIND, called, township=within, on=first if first < last else None
                )
                official = {each.entry for each in found.meant}
                assert village in official or any(
                    (t, n) == (township, called) or (within is None and n == called)
                    for other in official
                    for t, n, *_ in truth.held[other]
                )
        for village, aliases in truth.aliases.items():
            for alias in aliases:
                found = found_by_name(connection, KIND, alias)
                assert village in {each.entry for each in found.meant} or all(
                    each.known.is_official(None, None) for each in found.meant
                )
        for village, into in truth.merged.items():
            end = book.standing(village)
            assert end not in truth.merged and end == book.standing(into)
    engine.dispose()
