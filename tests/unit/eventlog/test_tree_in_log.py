"""An event has a leaf if and only if it is there: over both databases, with conflicts, gaps and sudden death."""

from __future__ import annotations

import multiprocessing
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from application.eventlog import Batch, EventLog
from application.eventlog.opening import open_log
from domain.integrity.leaf import leaf_data
from domain.integrity.proofs import verify_consistency, verify_inclusion
from domain.integrity.tree import Frontier, leaf_hash
from domain.kernel.errors import Conflict
from domain.kernel.event import Catalogue
from domain.kernel.recorded import By, Source
from domain.registry.events import RegistryEvent
from tests.kit.county import register, rename
from tests.kit.databases import DatabaseCase

pytestmark = pytest.mark.both_databases

BY = By(actor="clerk", source=Source(kind="command", name="test"))


def opened(database: DatabaseCase) -> EventLog:
    return open_log(
        Catalogue(RegistryEvent),
        database_url=database.url,
        folder=database.folder,
        clock=lambda: datetime(2026, 1, 9, tzinfo=UTC),
    )


@pytest.fixture
def log(database: DatabaseCase) -> Iterator[EventLog]:
    log = opened(database)
    yield log
    log.close()


def check(log: EventLog) -> int:
    """Every event has its leaf and every stored node is right; the number of leaves."""
    count = log.tree.database.query("SELECT count(*) FROM stored_events")[0][0]
    leaves = log.tree.database.query("SELECT leaf_index, position, nodes FROM leaves ORDER BY leaf_index")
    recorded = log.recorder.select_notifications(start=None, limit=100_000)
    frontier = Frontier()
    expected = []
    for n in recorded:
        data = leaf_data(n.id, n.originator_version, str(n.originator_id), n.topic, n.state)
        expected.append((frontier.size, n.id, frontier.append(leaf_hash(data))))
    assert count == len(recorded)
    assert [tuple(leaf) for leaf in leaves] == expected
    assert log.tree.size() == frontier.size
    assert log.tree.root(frontier.size) == frontier.root()
    return frontier.size


def test_the_tree_grows_with_the_log(log: EventLog) -> None:
    assert log.tree.size() == 0
    batch = Batch(log)
    for n in range(700):
        with batch.row():
            register(batch, f"村{n}")
    batch.finish()
    for n in range(20):
        register(log, f"单{n}")
    assert check(log) == 720
    rng = random.Random(7)
    root = log.tree.root(720)
    for _ in range(50):
        index, old = rng.randrange(720), rng.randrange(1, 721)
        hashed = log.tree.leaf_hashes(index, index + 1)[0]
        verify_inclusion(hashed, index, 720, log.tree.inclusion(index, 720), root)
        verify_consistency(old, 720, log.tree.root(old), root, log.tree.consistency(old, 720))


def test_another_process_appends_in_between(log: EventLog, database: DatabaseCase) -> None:
    other = opened(database)
    for n in range(12):
        register(log if n % 3 else other, f"村{n}")
    assert check(log) == check(other) == 12
    other.close()


def test_an_append_that_is_rolled_back_leaves_no_trace_in_the_tree(log: EventLog) -> None:
    code = register(log, "甲村")
    entries = [(f"village-{code}", 2, log.load(f"village-{code}")[0], BY)]
    log.append(entries)
    for _ in range(3):
        with pytest.raises(Exception, match=r"UNIQUE|duplicate"):
            log.append(entries)
        register(log, f"村{log.position()}")
    assert check(log) == 5


def writer(database: DatabaseCase, number: int, code: str) -> None:
    log = opened(database)
    for i in range(12):
        try:
            rename(log, code, f"村{number}-{i}", date(2026, 1, 2))
        except Conflict:
            register(log, f"另{number}-{i}")
    log.close()


def test_eight_processes_with_conflicts_leave_a_dense_tree(log: EventLog, database: DatabaseCase) -> None:
    code = register(log, "村")
    # What they need is imported once, in a process that has opened nothing, of which each is a copy.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    processes = [context.Process(target=writer, args=(database, n, code)) for n in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert check(log) == 1 + 8 * 12


@pytest.mark.parametrize("stage", ["events inserted", "leaves inserted", "committed"])
def test_a_writer_killed_in_the_middle_leaves_all_or_nothing(database: DatabaseCase, stage: str) -> None:
    died = subprocess.run(
        [sys.executable, "-m", "tests.kit.dying_writer", database.url or "-", str(database.folder), stage],
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    log = opened(database)
    assert check(log) == (2 if stage == "committed" else 1)
    register(log, "丙村")
    assert check(log) == (3 if stage == "committed" else 2)
    log.close()


@pytest.mark.parametrize("verb", ["UPDATE leaves SET position = 9", "DELETE FROM leaves"])
def test_the_database_refuses_to_change_the_tree(log: EventLog, verb: str) -> None:
    register(log, "甲村")
    with pytest.raises(Exception, match="append-only"):
        log.tree.database.query(verb)
    assert check(log) == 1
