"""The demo county: import, rebuild, figures, scores and one explained point, beside the least they could cost."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

from application.settings import Settings
from application.system import System
from benchmarks.timing import ratio, seconds, spread
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.figures.county import figures


def measure() -> dict[str, float | str]:
    """What a county's year costs on SQLite."""
    with (
        tempfile.TemporaryDirectory() as folder,
        as_file(files("interface.demo").joinpath("ledgers")) as ledgers,
    ):
        made: list[System] = []

        def imported() -> None:
            data = Path(folder) / str(len(made))
            data.mkdir()
            made.append(build(Settings(folder=data)))
            import_folder(made[-1], ledgers)

        imports = seconds(imported, runs=3, warm=0)
        system = made[-1]
        newest = system.log.position()
        rows = [(e.stream, e.version, json.dumps(str(e.event))) for e in system.log.read(limit=newest)]
        inserts = seconds(lambda: _bare_insert(Path(folder) / "bare.sqlite3", rows), runs=3)
        scans = seconds(lambda: system.log.read(limit=newest), runs=3)
        rebuilds = seconds(system.runner.rebuild, runs=3)
        again = seconds(lambda: import_folder(system, ledgers), runs=3, warm=0)
        with system.reading() as connection:
            counts = seconds(lambda: figures(connection, 2025, newest), runs=9)
            cold = seconds(lambda: _scores(made, newest), runs=3, warm=0)
            explains = seconds(lambda: _explain(system, newest), runs=9)
        for each in made:
            each.close()
        return {
            "import of 5 256 rows": spread(imports),
            "import / bare insert of as many rows into SQLite": ratio(imports, inserts),
            "the same files again": spread(again),
            "rebuild of all read models": spread(rebuilds),
            "rebuild / reading the log once": ratio(rebuilds, scans),
            "the ten figures": spread(counts, "ms"),
            "147 score sheets, facts read and scored, nothing remembered": spread(cold),
            "one point explained": spread(explains, "ms"),
        }


def _scores(made: list[System], at: int) -> None:
    made[0].scoring.csv(2025, at)
    made.append(made.pop(0))


def _explain(system: System, at: int) -> None:
    with system.reading() as connection:
        pairing = system.scoring.results(connection, 2025, at)[0].pairing
        system.scoring.explain(connection, 2025, pairing, "A3", at)


def _bare_insert(path: Path, rows: list[tuple[str, int, str]]) -> None:
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TABLE bare (stream TEXT, version INTEGER, state TEXT, PRIMARY KEY (stream, version))"
    )
    with connection:
        connection.executemany("INSERT INTO bare VALUES (?, ?, ?)", rows)
    connection.close()
