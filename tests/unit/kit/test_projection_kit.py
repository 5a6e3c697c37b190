"""The kit: batches, row versions, exactly once, rebuild = live."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, select, update

from domain.kernel.event import Event
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By, Recorded, Source
from domain.pairing.events import AgreementSigned, AppointedToPost, LeftPost, PairingStarted, Post
from projections.boards.pairing.pairings import pairings, pairings_board, terms
from projections.boards.trail import trail_board
from projections.facts.facts import facts_projection
from projections.kit.columns import known
from projections.kit.memory import Memory, Reading
from projections.kit.projection import Projection
from projections.kit.runner import Runner, digests
from projections.kit.sqlite import prepare_sqlite
from tests.kit.examples import examples

BY = By(actor="clerk", source=Source(kind="command"))
ALL = [pairings_board, facts_projection, trail_board]


class ListLog:
    """A log in a list; positions leave gaps, as PostgreSQL's do."""

    def __init__(self, events: Sequence[Event]) -> None:
        start = datetime(2025, 1, 1, tzinfo=UTC)
        self.recorded = [
            Recorded(
                position=3 * i + 1,
                stream="s",
                version=i + 1,
                recorded_at=start + timedelta(minutes=i),
                by=BY,
                event=event,
            )
            for i, event in enumerate(events)
        ]

    def read(self, after: int = 0, limit: int = 1000, until: int | None = None) -> list[Recorded]:
        found = [r for r in self.recorded if r.position > after and (until is None or r.position <= until)]
        return found[:limit]

    def position(self) -> int:
        return self.recorded[-1].position if self.recorded else 0


def started(n: int) -> PairingStarted:
    return PairingStarted(
        pairing_id=f"2025-v-{n}-b-{n}",
        branch=f"b-{n}",
        village=f"v-{n}",
        started_on=date(2025, 1, 1),
    )


def signed(n: int, day: int = 3) -> AgreementSigned:
    return AgreementSigned(
        pairing_id=f"2025-v-{n}-b-{n}",
        branch=f"b-{n}",
        village=f"v-{n}",
        agreement_no=f"{n}号",
        signed_on=date(2025, 2, day),
    )


def appointed(n: int, ref: str) -> AppointedToPost:
    return AppointedToPost(
        pairing_id=f"2025-v-{n}-b-{n}",
        branch=f"b-{n}",
        village=f"v-{n}",
        post=Post.INVITED_MEMBER,
        person=PersonRef(ref=ref, commitment="c"),
        began_on=date(2025, 1, 1),
    )


def left(n: int, ref: str) -> LeftPost:
    return LeftPost(
        pairing_id=f"2025-v-{n}-b-{n}",
        branch=f"b-{n}",
        village=f"v-{n}",
        post=Post.INVITED_MEMBER,
        person_ref=ref,
        began_on=date(2025, 1, 1),
        ended_on=date(2025, 6, 1),
    )


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'views.sqlite3'}")
    prepare_sqlite(engine)
    yield engine
    engine.dispose()


def runner_over(engine: Engine, events: Sequence[Event]) -> Runner:
    runner = Runner(engine, ListLog(events), ALL)
    runner.create_tables()
    return runner


def test_a_change_closes_the_row_before_and_leaves_others_alone(engine: Engine) -> None:
    runner_over(engine, [started(1), started(2), signed(1)]).catch_up()
    with engine.connect() as connection:
        rows = connection.execute(
            select(
                pairings.c.pairing_id, pairings.c.signed_on, pairings.c.known_from, pairings.c.known_to
            ).order_by(pairings.c.known_from)
        ).all()
    assert [tuple(r) for r in rows] == [
        ("2025-v-1-b-1", None, 1, 7),
        ("2025-v-2-b-2", None, 4, None),
        ("2025-v-1-b-1", date(2025, 2, 3), 7, None),
    ]


def test_one_event_at_a_time_and_all_in_one_batch_give_the_same_rows(engine: Engine, tmp_path: Path) -> None:
    events = [e for n in range(60) for e in (started(n), signed(n), appointed(n, "p"), left(n, "p"))]
    runner_over(engine, events).catch_up()
    other = create_engine(f"sqlite:///{tmp_path / 'single.sqlite3'}")
    prepare_sqlite(other)
    log = ListLog([])
    single = Runner(other, log, ALL)
    single.create_tables()
    for recorded in ListLog(events).recorded:
        log.recorded.append(recorded)
        single.catch_up()
    with engine.connect() as one, other.connect() as two:
        assert digests(one, ALL) == digests(two, ALL)
    other.dispose()


def test_catching_up_twice_applies_nothing_twice(engine: Engine) -> None:
    runner = runner_over(engine, [started(1), signed(1)])
    runner.catch_up()
    with engine.connect() as connection:
        before = digests(connection, ALL)
    runner.catch_up()
    with engine.connect() as connection:
        assert digests(connection, ALL) == before


def test_a_projection_says_when_it_last_wrote_something(engine: Engine) -> None:
    log = ListLog([started(1), signed(1), appointed(1, "p")])
    idle = Projection("idle", 1, [])
    runner = Runner(engine, log, [*ALL, idle])
    runner.create_tables()
    wrote = []
    for until in (1, 2, 3):
        runner._log = ListLog(log_events(log)[:until])
        runner.catch_up()
        with Reading(engine, Memory(ALL)) as reading:
            wrote.append({name: at for name, (_, at, _) in reading.stamps.items()})
    assert [each["facts"] for each in wrote] == [1, 4, 7]
    assert [each["pairings_board"] for each in wrote] == [1, 4, 7]
    assert [each["idle"] for each in wrote] == [0, 0, 0]


def log_events(log: ListLog) -> list[Event]:
    return [recorded.event for recorded in log.recorded]


def test_a_rebuild_equals_the_live_tables(engine: Engine) -> None:
    runner = runner_over(engine, [started(1), appointed(1, "p"), signed(1), left(1, "p")])
    runner.catch_up()
    with engine.connect() as connection:
        before = digests(connection, ALL)
    runner.rebuild()
    with engine.connect() as connection:
        assert digests(connection, ALL) == before
    assert runner.check() == []


def test_a_row_changed_by_hand_is_found_by_the_check(engine: Engine) -> None:
    runner = runner_over(engine, [started(1), appointed(1, "p")])
    runner.catch_up()
    with engine.connect() as connection, connection.begin():
        connection.execute(update(terms).values(began_on=date(2025, 1, 2)))
    assert runner.check() == ["term"]


steps = st.lists(st.tuples(st.sampled_from(["sign", "appoint", "leave"]), st.integers(0, 3)), max_size=30)


@given(steps=steps, cut=st.integers(0, 40))
@examples(40)
def test_rows_as_known_at_a_position_equal_a_build_from_the_events_up_to_it(
    steps: list[tuple[str, int]], cut: int
) -> None:
    events: list[Event] = [started(n) for n in range(4)]
    held: dict[int, str] = {}
    for i, (verb, n) in enumerate(steps):
        if verb == "sign":
            events.append(signed(n, 1 + i % 28))
        elif verb == "appoint" and n not in held:
            held[n] = f"p{i}"
            events.append(appointed(n, held[n]))
        elif verb == "leave" and n in held:
            events.append(left(n, held.pop(n)))
    log = ListLog(events)
    at = log.recorded[min(cut, len(events) - 1)].position
    whole, part = create_engine("sqlite://"), create_engine("sqlite://")
    for engine, first in ((whole, events), (part, events[: min(cut, len(events) - 1) + 1])):
        runner_over(engine, first).catch_up()
    with whole.connect() as one, part.connect() as two:
        for table in (pairings, terms):
            columns = [c for c in table.columns if c.name != "known_to"]
            then = sorted(map(repr, one.execute(select(*columns).where(known(table, at)))))
            now = sorted(map(repr, two.execute(select(*columns).where(known(table, None)))))
            assert then == now
    whole.dispose()
    part.dispose()


def test_a_table_and_an_event_that_have_not_the_same_name_are_refused_at_once() -> None:
    board = Projection("board", 1, [pairings])
    with pytest.raises(TypeError, match="have not both renewed_on"):
        board.changes(AgreementSigned, pairings, "renewed_on")


def test_what_is_no_column_is_not_written(engine: Engine) -> None:
    board = Projection("board", 1, [pairings])
    board.adds(PairingStarted, pairings, agreement_no="", agreed_on=None)
    runner = Runner(engine, ListLog([started(1)]), [board])
    runner.create_tables()
    with pytest.raises(KeyError, match="pairing has no column agreed_on"):
        runner.catch_up()
