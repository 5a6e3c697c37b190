"""Ledgers of 100 000 rows taken in, beside the plainest reader and one insert a row; each in a process of its own."""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from application.settings import Settings
from benchmarks import large_county
from benchmarks.timing import ratio, spread
from interface.composition import build
from interface.ledgers.importing import import_folder

TIMES = 19
"""Copies of the demo county's ledgers."""
ROUNDS = 3


def measure() -> dict[str, float | str]:
    """Seconds and memory of both, in turn."""
    took: dict[str, list[float]] = {"ours": [], "bare": []}
    held: dict[str, list[float]] = {"ours": [], "bare": []}
    with tempfile.TemporaryDirectory() as scratch:
        ledgers = Path(scratch) / "ledgers"
        rows = large_county.write(ledgers, TIMES, seed=1)
        for number in range(ROUNDS):
            for kind in took:
                folder = Path(scratch) / f"{kind}{number}"
                folder.mkdir()
                command = [sys.executable, "-m", "benchmarks.large_import", kind, str(ledgers), str(folder)]
                printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
                seconds, bytes_held = json.loads(printed.splitlines()[-1])
                took[kind].append(seconds)
                held[kind].append(bytes_held / 1e6)
    return {
        f"import of {rows:,} rows": spread(took["ours"]),
        "a bare reader and insert of the same": spread(took["bare"]),
        "import / bare reader and insert": ratio(took["ours"], took["bare"]),
        "memory of the import, MB at most": max(held["ours"]),
    }


def _ours(ledgers: Path, folder: Path) -> None:
    system = build(Settings(folder=folder))
    import_folder(system, ledgers, actor="demo")
    system.close()


def _bare(ledgers: Path, folder: Path) -> None:
    connection = sqlite3.connect(folder / "bare.sqlite3")
    connection.execute("CREATE TABLE bare (sheet TEXT, entry TEXT)")
    with connection:
        for sheet, cells in large_county.entries_of(ledgers):
            connection.execute("INSERT INTO bare VALUES (?, ?)", (sheet, json.dumps(cells, default=str)))
    connection.close()


def main() -> None:
    """One import in this process: ``python -m benchmarks.large_import ours|bare LEDGERS FOLDER``; seconds and bytes as JSON."""
    kind, ledgers, folder = sys.argv[1:]
    began = time.perf_counter()
    {"ours": _ours, "bare": _bare}[kind](Path(ledgers), Path(folder))
    took = time.perf_counter() - began
    # Linux counts it in units of 1 024 bytes.
    print(json.dumps([took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024]))


if __name__ == "__main__":
    main()
