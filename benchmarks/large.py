"""A log of a million events beside one of ten thousand: pages that show the same, read anew and looked at again."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, text

from application.system import System
from benchmarks.timing import ratio, seconds, spread
from interface.demo.accounts import VILLAGE
from projections.kit.rows import Rows
from projections.kit.stamps import seen
from tests.kit.demo_ids import PAIRING
from tests.kit.serving import Visitor, demo_app

EVENTS = 1_000_000
PATHS = {
    "the first page": "/?year=2025",
    "a pairing": f"/pairings/{PAIRING}",
    "the year's assessment": "/assessment?year=2025",
    "the trail's first page": "/trail",
    "the trail of one village": f"/trail?thing={VILLAGE}",
    "the trail in the middle": "/trail?before=4000",
    "a score sheet as known at 8 000": f"/scores/{PAIRING}?at=8000",
}


def measure() -> dict[str, float | str]:
    """The same pages of the same county, alone and among the events of many others."""
    with tempfile.TemporaryDirectory() as folder:
        times: dict[int, dict[str, list[float]]] = {}
        names = [f"{name}, {how}" for name in PATHS for how in ("anew", "again")]
        system, app = demo_app(Path(folder))
        small = system.log.position()
        auditor = Visitor(app, "shenji")
        for size in (small, EVENTS):
            if size > small:
                _grow(system, small)
            times[size] = {}
            for name, path in PATHS.items():

                def load(path: str = path) -> None:
                    assert auditor.get(path).status_code == 200

                def load_anew(load: Callable[[], None] = load) -> None:
                    system.scoring._kept.clear()
                    system.memory.forget()
                    load()

                times[size][f"{name}, anew"] = seconds(load_anew, runs=20, warm=2)
                times[size][f"{name}, again"] = seconds(load, runs=20, warm=2)
        system.close()
    found: dict[str, float | str] = {}
    for name in names:
        for size in (small, EVENTS):
            found[f"{name}, {size:,} events"] = spread(times[size][name], "ms")
            found[f"{name}, {size:,} events: 19 of 20 within, ms"] = 1e3 * sorted(times[size][name])[18]
        found[f"{name}: ratio"] = ratio(times[EVENTS][name], times[small][name])
    return found


def _grow(system: System, own: int) -> None:
    """Copies of the county's trail and facts under other numbers and years, as other counties would leave them."""
    copies = EVENTS // own
    with system.views.connect() as raw, raw.execution_options(writer=True).begin():
        for n in range(1, copies + 1):
            _copy(raw, n, n * own)
            if n % 10 == 0:
                print(f"  {n} of {copies} copies", file=sys.stderr)
        kept = seen(raw)
        kept.move(list(kept.each), own * (copies + 1), "", list(kept.each))
        kept.write(Rows.of(raw))
        raw.exec_driver_sql("ANALYZE")


def _copy(raw: Connection, n: int, by: int) -> None:
    for table, changed in {
        "trail": {
            "position": "position + :by",
            "stream": "stream || '-' || :n",
            "causation": "causation + :by",
        },
        "trail_thing": {"position": "position + :by", "thing": "thing || '-' || :n"},
        "fact": {
            "position": "position + :by",
            "pairing": "pairing || '-' || :n",
            "branch": "branch || '-' || :n",
            "village": "village || '-' || :n",
            "until_on": "date(coalesce(until_on, '2025-12-31'), '-' || (:n % 40 + 1) || ' years')",
            "occurred_on": "date(occurred_on, '-' || (:n % 40 + 1) || ' years')",
        },
    }.items():
        names = [row[1] for row in raw.exec_driver_sql(f"PRAGMA table_info({table})")]
        chosen = ", ".join(changed.get(name, name) for name in names)
        where = "WHERE position <= :own"
        statement = f"INSERT INTO {table} ({', '.join(names)}) SELECT {chosen} FROM {table} {where}"
        raw.execute(text(statement), {"by": by, "n": n, "own": by // n})
