"""Whatever is done in whatever order: the read models of a business day that go on to what was recorded since are those that
are built anew, for every position that is asked about, in any order of asking."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import Engine, Table, select

from application.questions.about import Days
from application.system import System
from application.verbs.pairing import activities as verbs
from projections.catalogue import PROJECTIONS
from tests.kit.acts import act
from tests.kit.examples import examples
from tests.kit.prepared import prepared
from tests.properties.test_near_entries_and_burdens import DAYS, County, day, topic, which

ABOUT = date(2025, 5, 7)
AFTER = date(2025, 5, 10)
"""A day later than the one asked about, on which a village says something of an activity."""
BOARDS = [each for each in PROJECTIONS if not each.every]
"""What sees every event takes half of the time, and only lists them."""
ACTS = st.lists(
    st.tuples(
        st.one_of(
            st.tuples(st.just("record"), which, day, topic),
            st.tuples(st.just("record"), which, day, topic),
            st.tuples(st.just("correct"), which, day, topic),
            st.tuples(st.just("correct"), which, day, topic),
            st.tuples(st.just("attest"), which),
            st.tuples(st.just("describe"), which),
            st.tuples(st.just("void"), which),
            st.tuples(st.just("share"), which, which),
            st.tuples(st.just("start"), which, which),
            st.tuples(st.just("replace"), which, which, day),
            st.tuples(st.just("rename"), which),
            st.tuples(st.just("find"), which, day),
            st.tuples(st.just("unfind")),
            st.tuples(st.just("need"), which, day),
        ),
        st.lists(st.integers(0, 100), max_size=2),
    ),
    min_size=3,
    max_size=12,
)
"""Each: what is done, and at which hundredths of what was recorded meanwhile somebody looks then."""
MOVED = [
    (("record", 0, DAYS[0], "入户走访"), [0]),
    (("correct", 0, DAYS[1], "入户走访"), []),
    (("attest", 0), [0]),
    (("correct", 0, DAYS[3], "入户走访"), [0, 50]),
    (("record", 0, DAYS[3], "学习讨论"), []),
    (("correct", 1, DAYS[2], "学习讨论"), [0]),
    (("attest", 1), [0]),
    (("correct", 1, DAYS[0], "学习讨论"), [0, 20, 60]),
]
"""Corrections on one side of the day, to the later and to the earlier one."""


class Attested(County):
    """What villages say of activities, too."""

    def _attest(self, system: System, of: int) -> None:
        for key in self.made["activity"][of : of + 1]:
            act(system, verbs.attest_activity, key, day=AFTER)

    def _describe(self, system: System, of: int) -> None:
        for key in self.made["activity"][of : of + 1]:
            act(system, verbs.describe_activity, key, venue=f"村部{self.done}")


@examples(20, quick=1)
@given(acts=ACTS)
@example(acts=MOVED)
def test_a_day_that_goes_on_is_what_is_built_anew_whatever_is_done(acts: list[Any]) -> None:
    with (
        tempfile.TemporaryDirectory() as name,
        closing(prepared(Path(name))) as system,
        closing(Days(system.log, BOARDS)) as kept,
    ):
        county = Attested(Path(name), (system, system))
        compare(system, kept, county.begun_at)
        for (verb, *words), looks in acts:
            county.act(system, verb, *words)
            for hundredth in looks:
                newest = system.log.position()
                compare(system, kept, newest - (newest - county.begun_at) * hundredth // 100)


def compare(system: System, kept: Days, at: int) -> None:
    """The day as it is kept, read as known at the position, and as nobody has built it before."""
    with closing(Days(system.log, BOARDS)) as fresh:
        anew, gone_on = fresh.views(ABOUT, at), kept.views(ABOUT, at)
        for table in VERSIONED:
            assert known_at(gone_on, table, at) == known_at(anew, table, at), (table.name, at)


VERSIONED = [
    table
    for projection in BOARDS
    for table in projection.tables
    if {"known_from", "position"} & set(table.columns.keys())
]


def known_at(engine: Engine, table: Table, at: int) -> Counter[tuple[Any, ...]]:
    """The rows that were there at the position, as they were then."""
    begins = "known_from" if "known_from" in table.c else "position"
    with engine.connect() as connection:
        rows = connection.execute(select(table)).mappings().all()

    def then(row: Any) -> Iterator[Any]:
        for name, cell in row.items():
            ended = name in {"known_to", "retracted_at"} and cell is not None and cell > at
            yield repr(None if ended else cell)

    return Counter(tuple(then(row)) for row in rows if row[begins] <= at)
