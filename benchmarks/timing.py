"""How long something takes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def seconds(work: Callable[[], object], runs: int = 5, warm: int = 1) -> list[float]:
    """The seconds of ``runs`` runs after ``warm`` that do not count."""
    for _ in range(warm):
        work()
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return found


def spread(found: list[float], unit: str = "s") -> str:
    """Median with the fastest and the slowest."""
    factor = {"s": 1, "ms": 1e3, "us": 1e6}[unit]
    low, middle, high = (factor * each for each in (min(found), statistics.median(found), max(found)))
    return f"{middle:.3g} {unit} ({low:.3g} to {high:.3g})"


def ratio(ours: list[float], other: list[float]) -> float:
    """Ours to the other's, by medians."""
    return statistics.median(ours) / statistics.median(other)
