"""From ``lianjian demo`` to a served page, as a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
import urllib.request

from benchmarks.timing import spread

RUNS = 3


def measure() -> dict[str, float | str]:
    """Seconds until the sign-in page answers, ledgers imported and accounts made."""
    return {"from the command to a served page": spread([_once() for _ in range(RUNS)])}


def _once() -> float:
    command = [sys.executable, "-m", "interface.cli.main", "demo", "--port", "0", "--data"]
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        process = subprocess.Popen([*command, f"{folder}/demo"], stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            for line in process.stdout:
                address = re.match(r"http://\S+", line)
                if address:
                    with urllib.request.urlopen(f"{address[0]}/sign-in") as answer:
                        assert answer.status == 200
                    return time.perf_counter() - began
            raise RuntimeError("the demo ended without serving")
        finally:
            process.terminate()
            process.wait()
