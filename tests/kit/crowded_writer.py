"""A process of which four threads write to streams that others write to as well.

Whatever is recorded is then told, a line each; so is whatever is refused.
"""

from __future__ import annotations

import os
import threading
from datetime import date
from pathlib import Path

from application.settings import Settings
from interface.composition import build
from tests.kit.county import rename

THREADS = 4
SHARED = ("v-1", "v-2", "v-3")
DAY = date(2026, 1, 9)


def main(url: str, folder: str, name: str, times: str) -> None:
    """Rename the shared villages by turns, each time to a name of its own."""
    system = build(Settings(folder=Path(folder), database_url=None if url == "-" else url), begin=False)

    def write(thread: int) -> None:
        for n in range(int(times)):
            new = f"{name}-{thread}-{n}"
            try:
                rename(system.log, SHARED[(thread + n) % len(SHARED)], new, DAY)
            except Exception as error:
                tell(f"refused {new}: {error!r}")
            else:
                tell(f"recorded {new}")

    threads = [threading.Thread(target=write, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    system.close()


def tell(line: str) -> None:
    """In one piece, and at once: what is in a buffer dies with the process."""
    os.write(1, f"{line}\n".encode())
