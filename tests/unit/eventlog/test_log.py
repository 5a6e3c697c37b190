"""One suite for the log over SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from application.eventlog import Batch, EventLog
from application.eventlog.opening import open_log
from application.eventlog.session import ClockBehind
from domain.kernel.errors import Conflict, Rejected
from domain.kernel.event import Catalogue
from domain.kernel.recorded import By, Source
from domain.pairing.events import PairingEvent
from domain.pairing.pairing import Pairing
from domain.registry.events import RegistryEvent
from domain.registry.village import Village
from tests.kit.county import register, rename
from tests.kit.databases import DatabaseCase

pytestmark = pytest.mark.both_databases

BY = By(actor="clerk", source=Source(kind="command", name="test"))
AT = datetime(2026, 1, 9, tzinfo=UTC)


def opened(database: DatabaseCase) -> EventLog:
    return open_log(
        Catalogue(RegistryEvent, PairingEvent),
        database_url=database.url,
        folder=database.folder,
        clock=lambda: AT,
    )


def start(batch: Batch, pairing_id: str, branch: str, village: str) -> None:
    batch.decide(
        f"pairing-{pairing_id}",
        Pairing(),
        lambda pairing: pairing.start_pairing(
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            started_on=date(2025, 1, 1),
            paired="",
            today=date(2026, 1, 2),
        ),
        BY,
    )


@pytest.fixture
def log(database: DatabaseCase) -> Iterator[EventLog]:
    log = opened(database)
    yield log
    log.close()


def test_what_is_decided_is_read_back_in_order(log: EventLog) -> None:
    code = register(log, "甲村")
    rename(log, code, "乙村", date(2026, 1, 2))
    recorded = log.read()
    assert [(r.stream, r.version, r.event.NAME) for r in recorded] == [
        (f"village-{code}", 1, "registry.VillageRegistered"),
        (f"village-{code}", 2, "registry.VillageRenamed"),
    ]
    assert recorded[0].recorded_at == AT
    assert log.position() == recorded[-1].position
    assert log.read(after=recorded[0].position) == recorded[1:]
    assert log.state(f"village-{code}", Village()).name == "乙村"


def test_a_duplicate_is_refused_and_records_nothing(log: EventLog) -> None:
    register(log, "甲村")
    with pytest.raises(Rejected):
        register(log, "甲村")
    assert len(log.read()) == 1


def test_the_time_of_recording_never_goes_backwards(log: EventLog, database: DatabaseCase) -> None:
    log.clock = lambda: AT
    register(log, "甲村")
    other = opened(database)
    other.clock = lambda: AT - timedelta(seconds=48)
    register(other, "乙村")
    batch = Batch(other)
    with batch.row():
        register(batch, "丙村")
    batch.finish()
    log.clock = lambda: AT + timedelta(seconds=10)
    register(log, "丁村")
    register(other, "戊村")
    other.close()
    assert [(r.recorded_at - AT).total_seconds() for r in log.read()] == [0, 0, 0, 10, 10]


def test_nothing_is_recorded_with_a_clock_more_than_a_minute_behind_the_newest_event(
    log: EventLog, database: DatabaseCase
) -> None:
    other = opened(database)
    register(other, "甲村")
    log.clock = lambda: AT + timedelta(seconds=30)
    register(log, "乙村")
    # What another process recorded meanwhile counts: this one has seen only its own.
    for seconds in (60, 31):
        other.clock = lambda behind=seconds: AT - timedelta(seconds=behind)  # type: ignore[misc]
        with pytest.raises(ClockBehind, match="set the clock right"):
            register(other, "丙村")
        batch = Batch(other)
        with pytest.raises(ClockBehind), batch.row():
            register(batch, "丁村")
            batch.finish()
    other.clock = lambda: AT - timedelta(seconds=30)
    register(other, "戊村")
    other.close()
    assert len(log.read()) == 3


def test_writers_at_once_lose_nothing_and_record_nothing_twice(log: EventLog) -> None:
    code = register(log, "村")
    threads = 6
    done: list[str] = []
    refused: list[Exception] = []

    def write(n: int) -> None:
        for i in range(10):
            try:
                rename(log, code, f"村{n}-{i}", date(2026, 1, 2))
                done.append(f"村{n}-{i}")
            except Exception as error:
                refused.append(error)

    workers = [threading.Thread(target=write, args=(n,)) for n in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    recorded = log.read()
    assert len(done) + len(refused) == threads * 10
    assert all(type(error).__name__ == "Conflict" for error in refused)
    assert [r.version for r in recorded] == list(range(1, len(done) + 2))
    positions = [r.position for r in recorded]
    assert positions == sorted(set(positions))


def test_a_batch_records_all_rows_in_few_appends(log: EventLog) -> None:
    batch = Batch(log)
    for n in range(1200):
        with batch.row():
            register(batch, f"村{n}")
    assert batch.finish() == 1200
    assert [r.event.name for r in log.read(limit=5000)] == [f"村{n}" for n in range(1200)]  # type: ignore[attr-defined]


def test_an_id_that_somebody_has_already_records_nothing(log: EventLog) -> None:
    """A batch does not look what is on record of an id that was drawn for it; the log refuses one that was drawn before."""
    for again in (False, True):
        batch = Batch(log)
        pairing_id = batch.drawing(lambda kind: f"{kind}-1")("pr")
        with batch.row():
            start(batch, pairing_id, f"b-{again}", f"v-{again}")
        if again:
            with pytest.raises(Conflict):
                batch.finish()
        else:
            batch.finish()
    assert len(log.read()) == 1


def test_a_refused_row_takes_all_of_itself_back_and_leaves_the_others(log: EventLog) -> None:
    batch = Batch(log)
    with batch.row():
        village = register(batch, "甲村")
    with pytest.raises(Rejected), batch.row():
        register(batch, "乙村")
        register(batch, "甲村")
    with batch.row():
        register(batch, "乙村")
    with batch.row():
        start(batch, "pr-1", "b-1", village)
    with pytest.raises(Rejected), batch.row():
        batch.decide(
            "pairing-pr-1",
            Pairing(),
            lambda pairing: pairing.renew_pairing(renewed_on=date(2025, 2, 1), today=date(2026, 1, 2)),
            BY,
        )
        start(batch, "pr-1", "b-1", village)
    assert batch.finish() == 3
    names = [r.event.NAME.split(".")[1] for r in log.read()]
    assert names == ["VillageRegistered", "VillageRegistered", "PairingStarted"]


def test_a_dry_run_records_nothing(log: EventLog) -> None:
    batch = Batch(log, dry_run=True)
    with batch.row():
        register(batch, "甲村")
    assert batch.finish() == 1
    assert log.read() == []


def test_two_processes_may_open_the_log_at_once(database: DatabaseCase) -> None:
    first, second = opened(database), opened(database)
    register(first, "甲村")
    assert len(second.read()) == 1
    first.close()
    second.close()


@pytest.mark.parametrize("verb", ["UPDATE stored_events SET topic = 'x'", "DELETE FROM stored_events"])
def test_the_database_refuses_to_change_the_log(log: EventLog, database: DatabaseCase, verb: str) -> None:
    import sqlite3

    import psycopg

    register(log, "甲村")
    if database.url is None:
        with (
            sqlite3.connect(database.folder / "log.sqlite3") as lite,
            pytest.raises(sqlite3.Error, match="append-only"),
        ):
            lite.execute(verb)
        lite.close()
    else:
        with psycopg.connect(database.url) as pg, pytest.raises(psycopg.Error, match="append-only"):
            pg.execute(verb)
    assert len(log.read()) == 1
