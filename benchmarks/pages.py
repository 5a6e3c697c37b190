"""Every page as one who may see it gets it: bytes, statements at the first and the next look, milliseconds.

Twice: in the demo county, and in one of 588 pairings with 100 000 events. A page may take 120 kB and, at the median, 150 ms.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI

from application.eventlog.log import CHUNK
from application.settings import Settings
from application.system import System
from benchmarks import large_county
from domain.kernel.ids import SeededIds
from domain.kernel.recorded import By, Source
from domain.pairing.events import ActivityHeld
from interface.composition import build
from interface.ledgers.importing import import_folder
from tests.kit.demo_ids import PAIRING
from tests.kit.every_page import every_form, every_page
from tests.kit.played import Calendar, Pages, play, year_end
from tests.kit.serving import Visitor, app_of
from tests.kit.statements import Statements

HEAVIEST, SLOWEST = 120_000, 150.0
"""Bytes and, at the median, milliseconds of the processor that a page may take: neighbours on the machine change only how
long it is waited for."""
RUNS, ENOUGH = 9, 10_000.0
"""How often each page is looked at, and the milliseconds after which it is not looked at again."""
DAY = date(2026, 4, 6)
TIMES, AGAIN = 4, 4
"""Counties like the demo's in the large one; how often each activity is held again, a week later each time."""


def measure() -> dict[str, float | str]:
    """Every page of both counties; first those that take too much."""
    told: dict[str, float | str] = {}
    above: dict[str, float | str] = {}
    for size, make in (("demo", year_end), ("large", _large)):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            system, app, pages = make(folder)
            pages = every_page(system, pages)
            events, day = system.log.position(), system.today()
            system.close()
            app.state.accounts.close()
            told[f"{size}: events"] = float(events)
            for page, weight, cold, warm, taken, worked in _looked_at(folder, day, pages):
                middle, high = statistics.median(taken), sorted(taken)[-1 - len(taken) // 20]
                cpu = statistics.median(worked)
                said = (
                    f"{weight / 1e3:.0f} kB, {cold}/{warm} statements, {middle:.0f} ms"
                    f" (95 %: {high:.0f} ms), processor {cpu:.0f} ms"
                )
                told[f"{size}: {page}"] = said
                if weight > HEAVIEST or cpu > SLOWEST:
                    above[f"{size}: above the bounds: {page}"] = said
    return above | told


def _looked_at(
    folder: Path, day: date, pages: Pages
) -> Iterator[tuple[str, int, int, int, list[float], list[float]]]:
    """Page, its bytes, its statements in a process begun anew and once more, and of each look after that the milliseconds by
    the clock and of the processor.
    """
    forms = {f"form {path}": (who, path) for _, who, path in every_form(pages)}
    with pytest.MonkeyPatch.context() as patch, ExitStack() as opened:
        listening = Statements(patch)
        for name, (who, path) in {**pages, **forms}.items():
            opened.close()
            system = build(Settings(folder=folder), Calendar(day))
            opened.callback(system.close)
            app = app_of(system)
            opened.callback(app.state.accounts.close)
            visitor = Visitor(app, who)
            counted = []
            for _ in range(2):
                with listening.heard() as heard:
                    answer = visitor.get(path)
                counted.append(len(heard))
            print(f"  {name} {path}: {answer.status_code}", file=sys.stderr)
            taken, worked = [], []
            while len(taken) < RUNS and sum(taken) < ENOUGH:
                began, at_work = time.perf_counter(), time.process_time()
                visitor.get(path)
                taken.append(1e3 * (time.perf_counter() - began))
                worked.append(1e3 * (time.process_time() - at_work))
            yield name, len(answer.content), counted[0], counted[1], taken, worked


def _large(folder: Path) -> tuple[System, FastAPI, Pages]:
    calendar = Calendar(DAY)
    system = grown(folder, calendar)
    pages = play(system, calendar)
    return system, app_of(system), pages


def grown(folder: Path, calendar: Calendar) -> System:
    """The large county before its year end. The pairing that the year end is played with is as it is in the demo."""
    with tempfile.TemporaryDirectory() as beside:
        ledgers = Path(beside) / "ledgers"
        large_county.write(ledgers, TIMES, seed=1)
        system = build(Settings(folder=folder), calendar, ids=SeededIds("demo"))
        import_folder(system, ledgers, actor="demo")
    by = By(actor="demo", source=Source(kind="ledger", name="later"))
    held = [(each.stream, each.event) for each in system.log.named(ActivityHeld.NAME)]
    entries = [
        (stream.replace(event.activity_id, new), 1, _held_later(event, new, 7 * week), by)
        for week in range(1, AGAIN + 1)
        for stream, event in held
        if isinstance(event, ActivityHeld) and event.pairing_id != PAIRING
        for new in [system.ids("a")]
    ]
    for place in range(0, len(entries), CHUNK):
        system.log.append(entries[place : place + CHUNK])
    return system


def _held_later(event: ActivityHeld, activity_id: str, days: int) -> ActivityHeld:
    """Another one like it, of the same year."""
    day = min(event.held_on + timedelta(days), date(event.held_on.year, 12, 31))
    reported = event.reported_on and event.reported_on + timedelta(days)
    return replace(event, activity_id=activity_id, held_on=day, reported_on=reported)
