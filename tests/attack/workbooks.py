"""Damaged workbooks of the two-pairing county: no traceback, no hang, no half row, never 500 MB.

``python -m tests.attack.workbooks --count 3000 --seed 1`` tries that many, each in a process of its own with a limit of
time; the same seed tries the same files. Exit status 1 where one did harm; each is named by its seed, and
``--count 1 --seed N`` tries it again.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from application.ledgers.result import ImportResult
from application.settings import Settings
from application.system import System
from domain.kernel.errors import Rejected
from interface.composition import build
from interface.ledgers.importing import import_folder
from interface.ledgers.writer import write_refused
from tests.attack.damage import damaged

COUNTY = Path(__file__).parents[1] / "golden" / "field" / "00-base"
SECONDS = 60
"""A process has so long for one damaged file; an import takes a tenth of a second."""
MOST_MEGABYTES = 500


@dataclass(frozen=True)
class Tried:
    """What became of one damaged file. ``harm`` is empty where everything is as it should be."""

    seed: int
    damage: str
    file: str
    outcome: str
    megabytes: int = 0
    harm: str = ""


def empty_county(folder: Path) -> Path:
    """A data folder with an open log, to be copied for each file."""
    folder.mkdir()
    build(Settings(folder=folder)).close()
    return folder


def try_one(seed: int, empty: Path, folder: Path) -> Tried:
    """Import the county with one workbook damaged, twice, and look for harm."""
    ledgers, data = folder / "ledgers", folder / "data"
    shutil.copytree(COUNTY, ledgers)
    shutil.copytree(empty, data)
    names = sorted(path.name for path in COUNTY.iterdir())
    name = names[seed % len(names)]
    what, changed = damaged(seed, (COUNTY / name).read_bytes())
    (ledgers / name).write_bytes(changed)
    tried = Tried(seed, what, name, "")
    system = build(Settings(folder=data))
    try:
        first = import_folder(system, ledgers)
        again = import_folder(system, ledgers)
        outcome = "refused" if first.refused else "warned" if first.warnings else "accepted"
        tried = replace(tried, outcome=outcome, harm=" ".join(_harm(system, folder, first, again)))
    except Rejected as rejected:
        tried = replace(tried, outcome=rejected.clause.id)
    except Exception:
        tried = replace(tried, outcome="traceback", harm=traceback.format_exc())
    finally:
        system.close()
    return tried


def _weighed(tried: Tried) -> Tried:
    """With the most memory that this process ever had."""
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    harm = f"{tried.harm} took {megabytes} MB" if megabytes >= MOST_MEGABYTES else tried.harm
    return replace(tried, megabytes=megabytes, harm=harm)


def _harm(system: System, folder: Path, first: ImportResult, again: ImportResult) -> Iterator[str]:
    """A half row would be gone on with, or refused, when the same file comes again."""
    if again.events or again.recorded:
        yield f"the second import recorded {again.events} events"
    if again.unchanged != first.accepted:
        yield f"{first.accepted} rows accepted, {again.unchanged} of them on record"
    if [asdict(row) for row in again.refused] != [asdict(row) for row in first.refused]:
        yield "the second import refused other rows"
    rows = {
        (each.by.source.name, each.by.source.sheet, each.by.source.row)
        for each in system.log.read(after=0, limit=1_000)
        if each.by.source.kind == "ledger"
    }
    if len(rows) != first.recorded + first.partly:
        yield f"{len(rows)} rows have events, {first.recorded} were recorded and {first.partly} partly"
    if not all(row.message and row.remedy and row.message_zh and row.remedy_zh for row in first.refused):
        yield "a refusal without words"
    json.dumps(first.as_dict(), ensure_ascii=False).encode()
    write_refused(folder / "refused.xlsx", first.ledgers.written, first.refused)
    if first.accepted:
        system.scoring.csv(2025, system.log.position()).encode()


def in_a_process(seed: int, empty: Path) -> Tried:
    """`try_one` in a process of its own; one that outlives its time or dies is harm."""
    answers, told = multiprocessing.Pipe(duplex=False)
    folder = Path(tempfile.mkdtemp(prefix="attack_"))
    pid = os.fork()
    if pid == 0:
        # What the child did is in the pipe; it leaves without the parent's clean-up.
        try:
            signal.alarm(SECONDS)
            told.send(_weighed(try_one(seed, empty, folder)))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    told.close()
    try:
        tried: Tried = answers.recv()
    except EOFError:
        _, status = os.waitpid(pid, 0)
        tried = Tried(seed, "", "", "died", harm=f"ended by signal {os.waitstatus_to_exitcode(status)}")
    else:
        os.waitpid(pid, 0)
    shutil.rmtree(folder, ignore_errors=True)
    return tried


def campaign(seeds: range, workers: int, empty: Path) -> Iterator[Tried]:
    """Each seed tried, as they finish."""
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        yield from pool.imap_unordered(_Task(empty), seeds, chunksize=4)


@dataclass(frozen=True)
class _Task:
    empty: Path

    def __call__(self, seed: int) -> Tried:
        return in_a_process(seed, self.empty)


def main() -> int:
    """The long form, with its progress on standard error and its figures on standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1, help="the first one; the others follow it")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    began = time.monotonic()
    outcomes: Counter[str] = Counter()
    harmful, most = [], 0
    with tempfile.TemporaryDirectory() as folder:
        empty = empty_county(Path(folder) / "empty")
        for done, tried in enumerate(
            campaign(range(asked.seed, asked.seed + asked.count), asked.workers, empty), 1
        ):
            outcomes[tried.outcome] += 1
            most = max(most, tried.megabytes)
            if tried.harm:
                harmful.append(tried)
                print(f"seed {tried.seed} ({tried.damage}, {tried.file}): {tried.harm}", file=sys.stderr)
            if done % 100 == 0:
                print(f"{done} of {asked.count}, {time.monotonic() - began:.0f} s", file=sys.stderr)
    took = time.monotonic() - began
    print(f"{asked.count} damaged workbooks in {took:.0f} s, at most {most} MB each: {dict(outcomes)}")
    print(f"{len(harmful)} did harm" + "".join(f"\n  seed {each.seed}" for each in harmful))
    return 1 if harmful else 0


if __name__ == "__main__":
    sys.exit(main())
