"""One process in which clients record activities: ``python -m benchmarks.writing_clients KIND URL|- FOLDER CLIENTS TIMES``.

``KIND`` is ``commands`` (the product, with its proofs and read models) or ``library`` (the event-sourcing library's own
aggregates, with nothing beside them). Prints one JSON object: seconds for all, and the seconds of each command. It uses
only what every version of the product has, so that two checkouts can be measured in turn.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from domain.kernel.recorded import By, Source
from domain.kernel.span import Span
from domain.pairing.activity import Activity
from domain.pairing.events import ActivityKind

BY = By(actor="clerk", office="县委办公室", source=Source(kind="page", name="/activities"))
DAY = date(2025, 6, 1)


def _commands(url: str | None, folder: Path) -> Callable[[str], object]:
    from application.settings import Settings
    from domain.pairing.pairing import Pairing
    from interface.composition import build

    system = build(Settings(folder=folder, database_url=url), clock=lambda: datetime.now(UTC))
    pairings = [f"pr-{n:04d}" for n in range(64)]
    for n, pairing in enumerate(pairings):
        system.log.decide(
            f"pairing-{pairing}",
            Pairing(),
            lambda state, pairing=pairing, n=n: (  # type: ignore[misc]
                state.start_pairing(
                    pairing_id=pairing,
                    branch=f"b-{n}",
                    village=f"v-{n}",
                    started_on=date(2025, 1, 1),
                    paired="",
                    today=date(2026, 1, 1),
                )
                if not state.pairing_id
                else []
            ),
            BY,
        )

    def command(name: str) -> object:
        n = hash(name) % len(pairings)
        return system.log.decide(
            f"activity-{name}",
            Activity(),
            lambda state: state.record_activity(
                activity_id=name,
                pairing_id=pairings[n],
                branch=f"b-{n}",
                village=f"v-{n}",
                kind=ActivityKind.VOLUNTEERING,
                topic=f"为独居老人打扫庭院、检查用电安全 {name}",
                held_on=DAY,
                participants=12,
                persons_visited=None,
                reported_on=DAY,
                within=Span(date(2025, 1, 1), None),
                near="",
                today=date(2026, 1, 1),
            ),
            BY,
        )

    return command


def _library(url: str | None, folder: Path) -> Callable[[str], object]:
    from eventsourcing.application import Application
    from eventsourcing.domain import Aggregate, event

    class Held(Aggregate):
        @event("Recorded")
        def __init__(
            self,
            pairing_id: str,
            topic: str,
            kind: str,
            held_on: str,
            participants: int,
            by: str,
            office: str,
        ) -> None:
            self.topic = topic

    if url is None:
        folder.mkdir(parents=True, exist_ok=True)
        env = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(folder / "library.sqlite3")}
        env["SQLITE_LOCK_TIMEOUT"] = "60"
    else:
        from psycopg.conninfo import conninfo_to_dict

        parts = conninfo_to_dict(url)
        env = {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": str(parts["dbname"]),
            "POSTGRES_HOST": str(parts["host"]),
            "POSTGRES_PORT": str(parts.get("port", 5432)),
            "POSTGRES_USER": str(parts["user"]),
            "POSTGRES_PASSWORD": str(parts.get("password", "")),
        }
    app = Application[object](env=env)

    def command(name: str) -> object:
        topic = f"为独居老人打扫庭院、检查用电安全 {name}"
        return app.save(Held("pr-0001", topic, "volunteering", "2025-06-01", 12, "clerk", "县委办公室"))  # type: ignore[type-var]

    return command


def main(kind: str, url: str, folder: str, clients: int, times: int) -> None:
    """Every client records ``times`` activities after a few that do not count."""
    make = {"commands": _commands, "library": _library}[kind]
    command = make(None if url == "-" else url, Path(folder))
    taken: list[list[float]] = [[] for _ in range(clients)]
    stamp = time.time_ns()

    def client(number: int, warm: bool) -> None:
        for turn in range(5 if warm else times):
            began = time.perf_counter()
            command(f"{stamp}-{warm}-{number}-{turn}")
            if not warm:
                taken[number].append(time.perf_counter() - began)

    seconds = 0.0
    for warm in (True, False):
        threads = [threading.Thread(target=client, args=(n, warm)) for n in range(clients)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
    json.dump({"seconds": seconds, "commands": [each for some in taken for each in some]}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:4], *map(int, sys.argv[4:]))
