"""Assessing: a county from facts, one sheet with all it rests on, and twenty thousand pairings beside SQL by hand."""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, func, select, text

from application.questions.results.explaining import explanation, sheet_explanation
from application.stores.databases import open_engine
from application.system import System
from benchmarks import by_hand
from benchmarks.timing import ratio, seconds, spread
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.schemes import shipped_scheme
from projections.facts.fact_table import facts
from projections.measuring import facts_behind, measuring
from projections.measuring.facts_behind import facts_behind_all
from projections.measuring.measuring import measure_all
from projections.scores import scores as scores_module
from projections.scores.scores import explain, explain_sheet, scores
from tests.kit.demo_ids import PAIRING
from tests.kit.serving import Visitor, demo_app

COPIES = 140
"""Counties of 147 pairings and 8 609 facts: 20 580 pairings, 1.2 million facts."""


TURNS = 7
PAGES = {"the page of a sheet": f"/scores/{PAIRING}", "the page of the ranking": "/ranking?year=2025"}


def measure() -> dict[str, float | str]:
    """On SQLite. Warm: statements are compiled and the lines of the values met so far are known; measuring, scoring and
    grading are done anew. Cold: as the first in a process, its modules imported.
    """
    scheme = shipped_scheme(2025)
    with tempfile.TemporaryDirectory() as folder:
        system, app = demo_app(Path(folder))
        found = _county(system, scheme) | _sheet(system, scheme) | _pages(system, Visitor(app, "shenji"))
        grow(system)
        found |= _many(system, scheme)
        system.close()
    return found


def _county(system: System, scheme: Scheme) -> dict[str, float | str]:
    at = system.log.position()
    with system.reading() as connection:
        warm = seconds(lambda: scores(connection, scheme, at), runs=15, warm=2)
        receipts = seconds(lambda: dict(facts_behind_all(connection, scheme, at)))
    cold = _cold(system, lambda connection: scores(connection, scheme, at))
    return {
        "147 pairings measured, scored and graded, warm": spread(warm, "ms"),
        "147 pairings measured, scored and graded, cold": spread(cold, "ms"),
        "all facts behind 147 sheets, counted or not": spread(receipts, "ms"),
    }


def _sheet(system: System, scheme: Scheme) -> dict[str, float | str]:
    at = system.log.position()

    def whole(connection: Connection) -> None:
        told = explain_sheet(connection, scheme, PAIRING, at)
        assert len(sheet_explanation(connection, told, at)) == len(scheme.indicators)

    def one_by_one(connection: Connection) -> None:
        for each in scheme.indicators:
            explanation(connection, explain(connection, scheme, PAIRING, each.code, at), at)

    with system.reading() as connection:
        at_once = seconds(lambda: whole(connection), runs=31, warm=2)
        singly = seconds(lambda: one_by_one(connection), runs=15, warm=2)
    return {
        "a sheet with its whole trace, warm": spread(at_once, "ms"),
        "a sheet with its whole trace, cold": spread(_cold(system, whole), "ms"),
        "15 lines explained one by one / the sheet at once": ratio(singly, at_once),
    }


def _cold(system: System, work: Callable[[Connection], object]) -> list[float]:
    """Each time with a new connection, nothing compiled and no line known."""
    found = []
    for _ in range(7):
        for remembered in (measuring._compiled, facts_behind._statement, scores_module._lines_known):
            remembered.cache_clear()
        engine = open_engine(system.settings, "views")
        with engine.connect() as connection, connection.begin():
            found += seconds(lambda: work(connection), runs=1, warm=0)
        engine.dispose()
    return found


def _pages(system: System, visitor: Visitor) -> dict[str, float | str]:
    found: dict[str, float | str] = {}
    for name, path in PAGES.items():

        def load(path: str = path) -> None:
            assert visitor.get(path).status_code == 200

        def load_anew(path: str = path) -> None:
            system.scoring._kept.clear()
            load(path)

        found[f"{name}, sheets remembered"] = spread(seconds(load, runs=9, warm=2), "ms")
        found[f"{name}, sheets worked out anew"] = spread(seconds(load_anew, runs=9), "ms")
    return found


def grow(system: System) -> None:
    """The county's facts once more for each of so many counties, their days moved by up to ten either way."""
    with system.views.connect() as raw, raw.execution_options(writer=True).begin():
        own = raw.execute(select(func.max(facts.c.position))).scalar_one()
        names = [column.name for column in facts.columns]
        changed = {
            "position": "position + :by",
            "began_at": "began_at + :by",
            "pairing": "pairing || '-' || :n",
            "branch": "branch || '-' || :n",
            "village": "village || '-' || :n",
            "reference": "CASE reference WHEN '' THEN '' ELSE reference || '-' || :n END",
            "retracted_at": "retracted_at + :by",
            **{name: f"date({name}, :days)" for name in ("occurred_on", "until_on", "reported_on")},
        }
        chosen = ", ".join(changed.get(name, name) for name in names)
        copy = text(f"INSERT INTO fact ({', '.join(names)}) SELECT {chosen} FROM fact WHERE position <= :own")
        for n in range(1, COPIES):
            raw.execute(copy, {"n": n, "by": n * own, "own": own, "days": f"{n % 21 - 10} days"})
            if n % 20 == 0:
                print(f"  {n} of {COPIES} counties", file=sys.stderr)


def _many(system: System, scheme: Scheme) -> dict[str, float | str]:
    """Ours and theirs in turns, so that whatever else the machine does meets both."""
    path = system.settings.folder / "views.sqlite3"
    plain = sqlite3.connect(path)
    with system.reading() as connection:
        n = connection.execute(select(func.count()).select_from(facts)).scalar_one()
        assert len(scores(connection, scheme)) == COPIES * 147
        measured = measure_all(connection, scheme)
        if {pairing: by_hand.as_by_hand(each) for pairing, each in measured.items()} != by_hand.by_pairing(
            by_hand.counted(plain)
        ):
            raise AssertionError("the engine and the SQL by hand do not count the same")
        del measured
        ours, measures, theirs = [], [], []
        for turn in range(TURNS):
            print(f"  turn {turn + 1} of {TURNS}", file=sys.stderr)
            theirs += seconds(lambda: by_hand.counted(plain), runs=1, warm=0)
            measures += seconds(lambda: measure_all(connection, scheme), runs=1, warm=0)
            ours += seconds(lambda: scores(connection, scheme), runs=1, warm=0)
    plain.close()
    what = f"{COPIES * 147:,} pairings, {n:,} facts"
    return {
        f"{what}: the measures by hand-written SQL": spread(theirs),
        f"{what}: measured by the engine": spread(measures),
        f"{what}: measured, scored and graded": spread(ours),
        "measured by the engine / by hand": _by_turns(measures, theirs),
        "measured, scored and graded by the engine / only measured by hand": _by_turns(ours, theirs),
    }


def _by_turns(ours: list[float], theirs: list[float]) -> str:
    """The median of the turns' ratios, with the lowest and the highest."""
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    return f"{statistics.median(ratios):.3g} ({min(ratios):.3g} to {max(ratios):.3g})"
