"""The writing session on bad days: whatever fails, what was answered for is on record once, and nobody pays for another."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Column, MetaData, String, Table

from application.eventlog import StorageError
from application.settings import Settings
from application.system import System
from domain.kernel.errors import Rejected
from domain.kernel.event import Event
from domain.kernel.recorded import By, Source
from domain.registry.events import TargetKind, VillageRegistered
from domain.registry.village import Village
from interface.composition import build
from projections.boards.registry.units_and_villages import villages
from projections.catalogue import PROJECTIONS
from projections.kit.projection import Projection
from projections.kit.runner import Runner
from projections.kit.stamps import seen
from tests.kit.county import register, rename
from tests.kit.cut_line import cut_line
from tests.kit.databases import DatabaseCase
from tests.kit.writing import demand_sound, only_on, opened

pytestmark = pytest.mark.both_databases
BY = By(actor="clerk", source=Source(kind="command", name="test"))
DAY = date(2026, 1, 9)


@pytest.fixture
def system(database: DatabaseCase) -> Iterator[System]:
    system = opened(database)
    yield system
    system.close()


def names_on_pages(system: System) -> list[str]:
    with system.reading() as connection:
        rows = connection.execute(villages.select().where(villages.c.known_to.is_(None)))
        return sorted(row.name for row in rows)


def names_in_log(system: System) -> list[str]:
    return sorted(
        recorded.event.name
        for recorded in system.log.read(limit=5000)
        if isinstance(recorded.event, VillageRegistered)
    )


@dataclass
class Broken:
    """A handler of the registry that fails as long as it is told to."""

    fails: bool = True

    def __call__(self, write: Any, event: Event) -> None:
        if self.fails and isinstance(event, VillageRegistered):
            raise ZeroDivisionError("this table is no judge")


def with_broken(system: System, broken: Broken) -> Runner:
    """The read models with one more, whose handler fails."""
    board = Projection("broken", 1, [Table("broken", MetaData(), Column("name", String))])
    board.on_every(broken)
    runner = Runner(system.views, system.log, [board, *PROJECTIONS], system.log.leaf_at)
    runner.create_tables()
    runner.catch_up()
    return runner


def test_a_table_whose_handler_fails_holds_up_neither_the_log_nor_the_other_tables(
    system: System, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Broken(fails=False)
    runner = with_broken(system, broken)
    reported: list[BaseException] = []

    def behind() -> None:
        try:
            runner.catch_up()
        except ZeroDivisionError as error:
            reported.append(error)

    system.log.project(runner, system.settings.folder / "views.sqlite3", behind)
    register(system.log, "甲村")
    assert not reported
    broken.fails = True
    register(system.log, "乙村")
    register(system.log, "丙村")
    assert names_in_log(system) == names_on_pages(system) == ["丙村", "乙村", "甲村"]
    assert [error.__notes__ for error in reported] == [["projection broken"]] * 2
    at = positions(system)
    assert [name for name in at if at[name] < max(at.values())] == ["broken"]
    broken.fails = False
    register(system.log, "丁村")
    assert len(set(positions(system).values())) == 1
    demand_sound(system)


def positions(system: System) -> dict[str, int]:
    with system.views.connect() as raw:
        known = seen(raw)
    return {name: known.at(name) for name in known.each}


def together(system: System, *acts: Callable[[], object]) -> list[BaseException | None]:
    """Do all acts in one transaction: they come while somebody leads. What each raised."""
    leads, waiting = threading.Event(), threading.Event()
    raised: list[BaseException | None] = [None] * len(acts)

    def lead(state: Village) -> Sequence[Event]:
        leads.set()
        waiting.wait()
        return []

    def act(n: int) -> None:
        try:
            acts[n]()
        except BaseException as error:
            raised[n] = error

    leader = threading.Thread(
        target=lambda: system.log.decide("village-leader", Village(), lead, BY), daemon=True
    )
    leader.start()
    leads.wait()
    threads = [threading.Thread(target=act, args=(n,), daemon=True) for n in range(len(acts))]
    for n, thread in enumerate(threads):
        thread.start()
        while len(system.log.session._waiting) <= n and thread.is_alive():
            thread.join(0.001)
    waiting.set()
    for thread in (leader, *threads):
        thread.join()
    return raised


@dataclass(frozen=True)
class Unwritable:
    """What no encoder can write."""

    value: object


def poisoned(log: Any) -> None:
    event = VillageRegistered(
        village="v-poison", name="毒", kind=TargetKind.VILLAGE, township="镇", since=None, split_from=""
    )
    object.__setattr__(event, "township", Unwritable(object()))
    log.decide("village-v-poison", Village(), lambda state: event, BY)


def test_what_one_command_does_wrong_is_its_own_alone(system: System) -> None:
    register(system.log, "甲村")
    before = system.log.position()
    raised = together(
        system,
        partial(register, system.log, "乙村"),
        partial(register, system.log, "甲村"),
        partial(poisoned, system.log),
        partial(register, system.log, "丙村"),
    )
    assert raised[0] is None and raised[3] is None
    assert isinstance(raised[1], Rejected)
    assert isinstance(raised[2], TypeError)
    assert names_in_log(system) == names_on_pages(system) == ["丙村", "乙村", "甲村"]
    assert len(system.log.read(after=before)) == 2
    demand_sound(system)


def test_those_who_wait_for_the_same_thing_are_decided_one_after_another(system: System) -> None:
    village = register(system.log, "甲村")
    raised = together(system, *(partial(rename, system.log, village, f"甲{n}村", DAY) for n in range(8)))
    assert raised == [None] * 8
    history = system.log.load(f"village-{village}")
    assert sorted(event.name for event in history[1:]) == [f"甲{n}村" for n in range(8)]  # type: ignore[attr-defined]
    assert names_on_pages(system) == [history[-1].name]  # type: ignore[attr-defined]
    demand_sound(system)


def test_those_who_were_recorded_together_are_waited_for(system: System) -> None:
    session = system.log.session
    session._expected, session._taken = 2, 3600.0
    first = threading.Thread(target=register, args=(system.log, "甲村"), daemon=True)
    first.start()
    while session._awaited is None and first.is_alive():
        first.join(0.001)
    register(system.log, "乙村")
    first.join()
    # What is recorded in one transaction bears one time.
    assert len({each.recorded_at for each in system.log.read(limit=5000)[-2:]}) == 1
    session._taken = 0.0
    register(system.log, "丙村")
    assert session._expected == 1, "whoever does not come is not waited for again"
    demand_sound(system)


def test_a_decision_records_nothing_by_itself(system: System) -> None:
    def decide(state: Village) -> Sequence[Event]:
        register(system.log, "乙村")
        return []

    with pytest.raises(RuntimeError, match="records nothing by itself"):
        system.log.decide("village-1", Village(), decide, BY)
    register(system.log, "甲村")
    assert names_in_log(system) == ["甲村"]


def test_a_decision_that_asks_a_table_is_found(system: System) -> None:
    """The contract itself: see `decisions_read_streams_alone`."""

    def decide(state: Village) -> Sequence[Event]:
        names_on_pages(system)
        return []

    with pytest.raises(AssertionError, match="let it be given"):
        system.log.decide("village-1", Village(), decide, BY)


def test_read_models_that_somebody_builds_anew_keep_nobody_from_recording(
    system: System, database: DatabaseCase
) -> None:
    register(system.log, "甲村")
    told = threading.Event()
    building = threading.Event()

    def progress(_: int) -> None:
        building.set()
        told.wait()

    thread = threading.Thread(target=system.runner.rebuild, args=(progress,), daemon=True)
    other = opened(database)
    thread.start()
    building.wait()
    behind: list[int] = []
    other.log.project(other.runner, other.settings.folder / "views.sqlite3", lambda: behind.append(1))
    register(other.log, "乙村")
    assert behind == [1]
    told.set()
    thread.join()
    assert names_in_log(system) == ["乙村", "甲村"]
    other.runner.catch_up()
    register(other.log, "丙村")
    assert behind == [1]
    other.close()
    assert names_in_log(system) == names_on_pages(system) == ["丙村", "乙村", "甲村"]
    demand_sound(system)


def test_a_full_disk_refuses_and_records_nothing(system: System, database: DatabaseCase) -> None:
    only_on(database, "sqlite")
    register(system.log, "甲村")
    raw = connection_of(system)
    pages = raw.execute("PRAGMA main.page_count").fetchone()[0]
    raw.execute(f"PRAGMA main.max_page_count = {pages}")
    refused = 0
    for n in range(200):
        try:
            register(system.log, f"满村{n}")
        except StorageError as error:
            assert "full" in str(error)
            refused += 1
            break
    assert refused == 1
    # The next transaction opens a connection without that limit.
    register(system.log, "乙村")
    assert names_in_log(system) == names_on_pages(system)
    demand_sound(system)


def test_read_models_that_have_no_room_are_caught_up_later(system: System, database: DatabaseCase) -> None:
    only_on(database, "sqlite")
    register(system.log, "甲村")
    raw = connection_of(system)
    raw.execute("PRAGMA wal_checkpoint")
    pages = raw.execute("PRAGMA views.page_count").fetchone()[0]
    raw.execute(f"PRAGMA views.max_page_count = {pages}")
    for n in range(200):
        register(system.log, f"满村{n}")
    assert len(names_in_log(system)) == len(names_on_pages(system)) == 201
    demand_sound(system)


def connection_of(system: System) -> sqlite3.Connection:
    return system.log.recorder._connection._sqlite_conn  # type: ignore[attr-defined, no-any-return]


WRITES = (
    "SELECT l.pid FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_database d ON d.oid = l.database "
    "WHERE d.datname = current_database() AND c.relname = 'stored_events' AND l.mode = 'ExclusiveLock'"
)


@pytest.mark.parametrize("why", ["told to", "idle for too long"])
def test_a_server_that_hangs_up_is_called_again(system: System, database: DatabaseCase, why: str) -> None:
    only_on(database, "postgresql")
    register(system.log, "甲村")
    recorder: Any = system.log.recorder
    before = recorder.opening
    if why != "told to":
        recorder.opening += b"; SET LOCAL idle_in_transaction_session_timeout = '10ms'"

    def hang_up(state: Village) -> Sequence[Event]:
        # In the middle of the transaction, once; the second time the connection is another one.
        if not hung_up:
            hung_up.append(1)
            recorder.opening = before
            with psycopg.connect(str(database.url), autocommit=True) as connection:
                if why == "told to":
                    connection.execute(f"SELECT pg_terminate_backend(pid) FROM ({WRITES}) AS writes")
                while connection.execute(WRITES).fetchone():
                    pass
        return [
            state.register_village(
                village="v-1",
                name="乙村",
                kind=TargetKind.VILLAGE,
                township="镇",
                since=None,
                split_from="",
                today=DAY,
            )
        ]

    hung_up: list[int] = []
    system.log.decide("village-v-1", Village(), hang_up, BY)
    assert names_in_log(system) == names_on_pages(system) == ["乙村", "甲村"]
    demand_sound(system)


def test_a_statement_that_the_server_ends_is_refused_and_records_nothing(
    system: System, database: DatabaseCase
) -> None:
    """The log is held for longer than a statement may take."""
    only_on(database, "postgresql")
    register(system.log, "甲村")
    recorder: Any = system.log.recorder
    before = recorder.opening
    recorder.opening = before.replace(b"BEGIN", b"BEGIN; SET LOCAL statement_timeout = '10ms'", 1)
    with psycopg.connect(str(database.url)) as other:
        other.execute("LOCK TABLE stored_events IN EXCLUSIVE MODE")
        with pytest.raises(StorageError):
            register(system.log, "乙村")
    recorder.opening = before
    register(system.log, "丙村")
    assert names_in_log(system) == names_on_pages(system) == ["丙村", "甲村"]
    demand_sound(system)


def test_a_commit_whose_answer_is_lost_is_not_done_twice(database: DatabaseCase, tmp_path: Path) -> None:
    only_on(database, "postgresql")
    assert database.url is not None
    with cut_line(database.url, tmp_path / "line") as line:
        system = build(Settings(folder=database.folder, database_url=line.url), tell=lambda sentence: None)
        village = register(system.log, "甲村")
        line.cut.set()
        rename(system.log, village, "乙村", DAY)
        assert line.cuts == 1
        rename(system.log, village, "丙村", DAY)
        history = [event.name for event in system.log.load(f"village-{village}")]  # type: ignore[attr-defined]
        assert history == ["甲村", "乙村", "丙村"]
        assert names_on_pages(system) == ["丙村"]
        demand_sound(system)
        system.close()
