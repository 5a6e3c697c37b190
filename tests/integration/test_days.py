"""Days that are asked about: built once, one at a time, kept while looked at, and nothing of them left behind."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from application.eventlog import EventLog
from application.questions.about import FRESH, KEPT, PREFIX, BeingBuilt, Days
from application.system import System
from domain.kernel.recorded import Recorded
from projections.catalogue import PROJECTIONS
from projections.kit.runner import Runner, digests
from tests.kit.prepared import prepared
from tests.kit.serving import Visitor, app_of

AT = 300
DAY = date(2025, 6, 30)


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[System]:
    (tmp_path / "scratch").mkdir()
    made = prepared(tmp_path / "county")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    yield made
    made.close()


class SlowLog:
    """The log, but its reader waits until it is let go; it may fail then."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.fails = False

    def named(self, *names: str, after: int = 0) -> list[Recorded]:
        self.begun.set()
        assert self.go_on.wait(60)
        if self.fails:
            raise OSError("the disk is full")
        return self._log.named(*names, after=after)

    def read(self, after: int = 0, limit: int = 1000, until: int | None = None) -> list[Recorded]:
        return self._log.read(after, limit, until)


class BreakingLog:
    """The log, which cannot be read in one thread, once another has asked it for something meanwhile."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self.begun, self._met = threading.Event(), threading.Event()
        self.breaks_for = 0

    def named(self, *names: str, after: int = 0) -> list[Recorded]:
        if self.begun.is_set():
            self._met.set()
        return self._log.named(*names, after=after)

    def read(self, after: int = 0, limit: int = 1000, until: int | None = None) -> list[Recorded]:
        if threading.get_ident() == self.breaks_for:
            self.begun.set()
            assert self._met.wait(5)
            raise OSError("the disk is full")
        return self._log.read(after, limit, until)


def rooms() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob(f"{PREFIX}*"))


def copies() -> list[Path]:
    return [path for room in rooms() for path in room.iterdir() if path.is_dir()]


def test_one_day_is_built_at_a_time_and_whoever_comes_meanwhile_is_sent_away(system: System) -> None:
    log = SlowLog(system.log)
    days = Days(log, PROJECTIONS)  # type: ignore[arg-type]
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(days.views, DAY, AT)
        assert log.begun.wait(60)
        for day in (DAY, date(2025, 7, 1)):
            with pytest.raises(BeingBuilt), days.held(day, AT):
                pass
        patient = pool.submit(days.views, DAY, AT)
        log.go_on.set()
        assert first.result() is patient.result(), "built once"
    with days.held(DAY, AT) as engine:
        assert engine is first.result()
    assert len(copies()) == 1
    days.close()
    assert rooms() == []


def test_what_is_looked_at_stays_and_the_rest_is_bounded(system: System) -> None:
    days = Days(system.log, PROJECTIONS)
    with days.held(DAY, AT) as engine:
        for n in range(1, KEPT + 3):
            with days.held(DAY + timedelta(n), AT):
                assert len(copies()) <= KEPT + 1
        assert Runner(engine, system.log, PROJECTIONS).position() > 0
    assert len(copies()) == KEPT
    days.close()


def test_a_day_goes_on_to_what_is_recorded_and_tells_of_what_was_known_before(system: System) -> None:
    days = Days(system.log, PROJECTIONS)
    with days.held(DAY, AT) as first, days.held(DAY, AT + 40) as on, days.held(DAY, AT) as back:
        assert first is on is back and len(copies()) == 1
        assert AT < Runner(on, system.log, PROJECTIONS).position() <= AT + 40
    days.close()


def test_a_day_that_cannot_go_on_is_built_anew(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    days = Days(system.log, PROJECTIONS)
    with days.held(DAY, AT) as first:
        with monkeypatch.context() as broken:
            broken.setattr(EventLog, "read", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError), days.held(DAY, AT + 40):
                pass
        with days.held(DAY, AT + 40) as anew:
            assert anew is not first
            assert len(copies()) == 2, "somebody still looks at the first"
    assert len(copies()) == 1, "and it is not kept for nobody"
    days.close()


def test_who_waits_for_a_day_that_cannot_go_on_does_not_take_what_it_lacks(system: System) -> None:
    log = BreakingLog(system.log)
    days = Days(log, PROJECTIONS)  # type: ignore[arg-type]
    with days.held(DAY, AT), ThreadPoolExecutor(1) as first, ThreadPoolExecutor(1) as second:
        log.breaks_for = first.submit(threading.get_ident).result()
        broken = first.submit(days.views, DAY, AT + 40)
        assert log.begun.wait(60)
        waiting = second.submit(days.views, DAY, AT + 50)
        with pytest.raises(OSError, match="full"):
            broken.result(30)
        with (
            closing(Days(system.log, PROJECTIONS)) as anew,
            anew.views(DAY, AT + 50).connect() as whole,
            waiting.result(30).connect() as gone_on,
        ):
            assert digests(gone_on, PROJECTIONS) == digests(whole, PROJECTIONS)
    days.close()


def test_a_build_that_fails_leaves_nothing_and_blocks_nobody(system: System) -> None:
    log = SlowLog(system.log)
    log.fails = True
    log.go_on.set()
    days = Days(log, PROJECTIONS)  # type: ignore[arg-type]
    with pytest.raises(OSError, match="full"):
        days.views(DAY, AT)
    assert copies() == []
    log.fails = False
    with days.held(DAY, AT):
        assert len(copies()) == 1
    days.close()


def test_a_page_that_asks_for_a_day_while_one_is_built_says_when_to_come_back(system: System) -> None:
    log = SlowLog(system.log)
    days = Days(log, PROJECTIONS)  # type: ignore[arg-type]
    visitor = Visitor(app_of(replace(system, days=days)), "shenji")
    with ThreadPoolExecutor(1) as pool:
        built = pool.submit(days.views, DAY, AT)
        try:
            assert log.begun.wait(60)
            answer = visitor.get("/?about=2025-07-01")
        finally:
            log.go_on.set()
        built.result()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert visitor.get(f"/?about={DAY}&at={AT}").status_code == 200
    days.close()


def test_a_long_log_is_for_the_command(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("application.questions.about.LARGEST", AT - 1)
    answer = Visitor(app_of(system), "shenji").get(f"/?about={DAY}&at={AT}")
    assert answer.status_code == 422 and "--about" in answer.text
    assert copies() == []
    assert system.about(DAY, AT, limit=None).today() == DAY


def test_what_a_dead_process_left_is_swept_and_what_is_held_is_not(system: System) -> None:
    scratch = Path(tempfile.gettempdir())
    dead, fresh, held = (scratch / f"{PREFIX}{name}" for name in ("dead", "fresh", "held"))
    for path in (dead, fresh, held):
        (path / "copy").mkdir(parents=True)
    with FileLock(held / "held"):
        for path in (dead, held):
            os.utime(path, (0, 0))
        Days(system.log, PROJECTIONS).close()
    assert sorted(rooms()) == [fresh, held] and FRESH > 1
