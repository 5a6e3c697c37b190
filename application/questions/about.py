"""The state of affairs on a business day, as known at a position: read models of the events that had happened by then.

``known at`` asks what was recorded, ``about`` what had happened. The boards keep versions of the first only, so for the
second they are built once more from the log, without what happened later, and kept for as long as they are asked for.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, create_engine

from application.eventlog import EventLog
from domain.kernel.recorded import Recorded
from domain.pairing.events import ActivityCorrected
from projections.kit.projection import Projection
from projections.kit.runner import Progress, Runner
from projections.kit.sqlite import prepare_sqlite

KEPT = 3
"""So many days are kept at a time, beside those that are being looked at."""
PREFIX = "lianjian-about-"
"""Folders of the temporary folder that begin so are ours."""
FRESH = 60.0
"""Seconds after which a folder that nobody holds was left behind by a process that died."""
LARGEST = 300_000
"""Events up to which a page builds a day; beyond, the command does."""
ALWAYS = {
    "pairing.ActivityVoided",
    "pairing.AgreementVoided",
    "pairing.CaseVoided",
    "pairing.MeetingVoided",
    "pairing.PairingVoided",
    "pairing.TermVoided",
    "policy.PolicyVoided",
    "policy.PolicyVersionVoided",
    "livelihood.NeedVoided",
    "livelihood.ProjectVoided",
    "livelihood.ResourceVoided",
    "supervision.CircularVoided",
    "supervision.FindingVoided",
    "supervision.SlipVoided",
    "supervision.FindingWithdrawn",
    "supervision.StepStruck",
    "supervision.ReturnsStated",
    "assessment.SchemeDrafted",
    "assessment.SchemeReturned",
    "assessment.SchemeApproved",
    "assessment.SchemePublished",
    "assessment.PointsRuled",
    "assessment.FindingRuledOut",
    "assessment.CutOffSet",
    "assessment.YearTurned",
    "assessment.EvidenceReviewed",
    "assessment.EvidenceReviewedAgain",
}
"""Corrections of the record and rules: they say what was so all along, whenever they were made."""
OF_NO_THING = {
    "assessment.PointsRuled",
    "assessment.FindingRuledOut",
    "assessment.CutOffSet",
    "assessment.YearTurned",
}
"""Those of ``ALWAYS`` that stand beside the runs of a year and need none of them."""


class TooLong(Exception):
    """The log is too long to build a day while somebody waits."""


class BeingBuilt(Exception):
    """A day is being built; one at a time."""


class HappenedBy:
    """The log up to a position, without what happened after a day. What bears no date has always been so."""

    def __init__(self, log: EventLog, day: date, known_at: int) -> None:
        self._log = log
        self._day = day
        self._known_at = known_at
        self._held: dict[str, date] = {}
        self._unborn: set[str] = set()
        for recorded in log.named(ActivityCorrected.NAME):
            if recorded.position <= known_at and isinstance(recorded.event, ActivityCorrected):
                self._held[recorded.event.activity_id] = recorded.event.held_on

    def position(self) -> int:
        return self._known_at

    def read(self, after: int = 0, limit: int = 1000, until: int | None = None) -> list[Recorded]:
        """The next events that had happened; a full page is never taken for the end of the log."""
        found: list[Recorded] = []
        last = min(self._known_at, until) if until is not None else self._known_at
        while len(found) < limit:
            page = self._log.read(after=after, limit=limit - len(found), until=last)
            if not page:
                break
            found += [recorded for recorded in page if self.happened(recorded)]
            after = page[-1].position
        return found

    def happened(self, recorded: Recorded) -> bool:
        """Whether it had happened by the day; a corrected activity counts with its corrected date.

        What befell a thing that did not exist yet had not happened either, whatever date it bears.
        """
        event = recorded.event
        if recorded.stream in self._unborn:
            return event.NAME in OF_NO_THING
        on = self._held.get(getattr(event, "activity_id", ""), event.occurred_on)
        if event.NAME in ALWAYS or on is None or on <= self._day:
            return True
        if recorded.version == 1:
            self._unborn.add(recorded.stream)
        return False


class Without:
    """The log up to a position, without some of its streams."""

    def __init__(self, log: EventLog, streams: Collection[str], known_at: int) -> None:
        self._log = log
        self._streams = streams
        self._known_at = known_at

    def position(self) -> int:
        return self._known_at

    def read(self, after: int = 0, limit: int = 1000, until: int | None = None) -> list[Recorded]:
        """The next events of the other streams; a full page is never taken for the end of the log."""
        last = min(self._known_at, until) if until is not None else self._known_at
        found: list[Recorded] = []
        while len(found) < limit:
            page = self._log.read(after=after, limit=limit - len(found), until=last)
            if not page:
                break
            found += [recorded for recorded in page if recorded.stream not in self._streams]
            after = page[-1].position
        return found


Key = tuple[date, int]


@dataclass
class _DayModels:
    engine: Engine
    folder: Path
    users: int = 1


class Days:
    """Read models by (day, position): the last few, and those in use. One is built at a time."""

    def __init__(self, log: EventLog, projections: Sequence[Projection]) -> None:
        self._log = log
        self._projections = projections
        self._kept: OrderedDict[Key, _DayModels] = OrderedDict()
        self._changed = threading.Condition()
        self._building = False
        self._room: _Room | None = None
        sweep_rooms()

    def views(
        self, day: date, known_at: int, *, limit: int | None = LARGEST, progress: Progress | None = None
    ) -> Engine:
        """The read models of a day, kept until the end; waits while another is being built. Raises ``TooLong``."""
        return self._take(day, known_at, limit, progress, wait=True)

    @contextmanager
    def held(self, day: date, known_at: int) -> Iterator[Engine]:
        """The read models of a day for as long as they are looked at. Raises ``TooLong``.

        Raises ``BeingBuilt`` at once where one is being built: whoever waits would hold up those who ask for no day.
        """
        engine = self._take(day, known_at, LARGEST, None, wait=False)
        try:
            yield engine
        finally:
            with self._changed:
                if (day, known_at) in self._kept:
                    self._kept[day, known_at].users -= 1
                self._forget()

    @contextmanager
    def without(self, streams: Collection[str], known_at: int) -> Iterator[Engine]:
        """The read models as they would be without some streams, for as long as they are looked at. Raises ``TooLong``."""
        if known_at > LARGEST:
            raise TooLong(f"{known_at} records are too many for a page; use the command")
        room = _Room()
        try:
            built = self._built(room.folder(), partial(Without, self._log, streams, known_at), None)
            try:
                yield built.engine
            finally:
                _drop(built)
        finally:
            room.leave()

    def _take(
        self, day: date, known_at: int, limit: int | None, progress: Progress | None, *, wait: bool
    ) -> Engine:
        if limit is not None and known_at > limit:
            raise TooLong(f"{known_at} records are too many for a page; use the command")
        key = day, known_at
        with self._changed:
            while key not in self._kept and self._building:
                if not wait:
                    raise BeingBuilt
                self._changed.wait()
            if key in self._kept:
                self._kept.move_to_end(key)
                self._kept[key].users += 1
                return self._kept[key].engine
            self._building = True
            room = self._room = self._room or _Room()
        built: _DayModels | None = None
        try:
            built = self._build(room.folder(), day, known_at, progress)
        finally:
            with self._changed:
                self._building = False
                if built is not None:
                    self._kept[key] = built
                    self._forget()
                self._changed.notify_all()
        return built.engine

    def _build(self, folder: Path, day: date, known_at: int, progress: Progress | None) -> _DayModels:
        return self._built(folder, partial(HappenedBy, self._log, day, known_at), progress)

    def _built(
        self, folder: Path, log: Callable[[], HappenedBy | Without], progress: Progress | None
    ) -> _DayModels:
        """In a folder that goes again where the ``log`` cannot be read."""
        engine = create_engine(
            f"sqlite:///{folder / 'views.sqlite3'}",
            connect_args={"check_same_thread": False, "timeout": 30},
            pool_size=1,
            max_overflow=-1,
        )
        prepare_sqlite(engine)
        kept = _DayModels(engine, folder)
        try:
            runner = Runner(engine, log(), self._projections)
            runner.create_tables()
            runner.catch_up(progress)
        except BaseException:
            _drop(kept)
            raise
        return kept

    def _forget(self) -> None:
        """Drop the longest unused beyond ``KEPT``; what is looked at stays."""
        idle = [key for key, kept in self._kept.items() if not kept.users]
        for key in idle[: max(0, len(self._kept) - KEPT)]:
            _drop(self._kept.pop(key))

    def close(self) -> None:
        """Delete all that is kept."""
        with self._changed:
            while self._kept:
                _drop(self._kept.popitem()[1])
            if self._room is not None:
                self._room.leave()
                self._room = None


def _drop(kept: _DayModels) -> None:
    kept.engine.dispose()
    shutil.rmtree(kept.folder, ignore_errors=True)


class _Room:
    """A folder of our own below the temporary folder, gone when the process ends and held for as long as it lives."""

    def __init__(self) -> None:
        self._path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = FileLock(self._path / "held", thread_local=False)
        self._lock.acquire()
        self._end = weakref.finalize(self, shutil.rmtree, self._path, ignore_errors=True)

    def folder(self) -> Path:
        """A new folder in it."""
        return Path(tempfile.mkdtemp(dir=self._path))

    def leave(self) -> None:
        """Delete it."""
        self._end()
        self._lock.release()


def sweep_rooms() -> None:
    """Delete what processes left behind that died without tidying up."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if time.time() - path.stat().st_mtime > FRESH:
                with FileLock(path / "held", timeout=0):
                    shutil.rmtree(path, ignore_errors=True)
        except (OSError, Timeout):
            # Somebody else's, or in use.
            continue
