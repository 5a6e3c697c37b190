"""The state of affairs on a business day, as known at a position: read models of the events that had happened by then.

``known at`` asks what was recorded, ``about`` what had happened. The boards keep versions of the first only, so for the
second they are built once more from the log, without what happened later, and kept for as long as they are asked for. What
is recorded meanwhile is added to them.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

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
SOON = 5.0
"""Seconds that a page waits for whoever lets a day go on to what was recorded since."""
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
    """The log up to a position, without what happened after a day. What bears no date has always been so.

    It may be read on, to a later position, and tells of an earlier one as well: unless an activity was corrected in between,
    so that what was recorded of it before lies on the other side of the day.
    """

    def __init__(self, log: EventLog, day: date, known_at: int) -> None:
        self._log = log
        self._day = day
        self._known_at = known_at
        self._done = 0
        self._unborn: set[str] = set()
        self._sides: dict[str, frozenset[bool]] = {}
        """Of each activity, on which sides of the day lies what has been read of it: ``True`` is later."""
        self._corrected: set[str] = set()
        """Those of whose corrections one has been read."""
        self._turned = 0
        """The last correction that put what was recorded before it on the other side."""
        self._held: dict[str, date] = {}
        self._hold(log.named(ActivityCorrected.NAME))

    def _hold(self, corrections: Iterable[Recorded]) -> None:
        for recorded in corrections:
            if recorded.position <= self._known_at and isinstance(recorded.event, ActivityCorrected):
                self._held[recorded.event.activity_id] = recorded.event.held_on

    def position(self) -> int:
        return self._known_at

    def tells_of(self, known_at: int) -> bool:
        """Whether what is read, or read on, says the same up to that position as if it were read up to there only."""
        if known_at <= self._known_at:
            return known_at >= self._turned
        return not any(
            recorded.position <= known_at and isinstance(event, ActivityCorrected) and self._turns(event)
            for recorded in self._log.named(ActivityCorrected.NAME, after=self._known_at)
            for event in [recorded.event]
        )

    def go_on(self, known_at: int) -> None:
        """Let it be read on, up to a later position of which it tells; all before it has been read."""
        self._done, self._known_at = self._known_at, known_at
        self._hold(self._log.named(ActivityCorrected.NAME, after=self._done))

    def read(self, after: int = 0, limit: int = 1000, until: int | None = None) -> list[Recorded]:
        """The next events that had happened; a full page is never taken for the end of the log."""
        found: list[Recorded] = []
        last = min(self._known_at, until) if until is not None else self._known_at
        # What had not happened is not looked through again: the tables stand at the last that had.
        after = max(after, self._done)
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
        activity: str = getattr(event, "activity_id", "")
        if activity:
            self._note(activity, recorded)
        if recorded.stream in self._unborn:
            return event.NAME in OF_NO_THING
        on = self._held.get(activity, event.occurred_on)
        if event.NAME in ALWAYS or on is None or on <= self._day:
            return True
        if recorded.version == 1:
            self._unborn.add(recorded.stream)
        return False

    def _note(self, activity: str, recorded: Recorded) -> None:
        """On which side it lay when it was recorded."""
        event, known = recorded.event, self._sides.get(activity, frozenset())
        if isinstance(event, ActivityCorrected):
            if self._turns(event):
                self._turned = recorded.position
            self._corrected.add(activity)
            self._sides[activity] = _SIDES[event.held_on > self._day]
        elif event.NAME not in ALWAYS and activity not in self._corrected:
            on = event.occurred_on
            self._sides[activity] = known | _SIDES[on is not None and on > self._day]

    def _turns(self, correction: ActivityCorrected) -> bool:
        """Whether it puts what has been read of the activity on the other side."""
        return (correction.held_on <= self._day) in self._sides.get(correction.activity_id, ())


_SIDES = {later: frozenset({later}) for later in (False, True)}


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


L = TypeVar("L", HappenedBy, Without)


@dataclass(eq=False)
class _Models(Generic[L]):
    """Read models of a part of the log."""

    engine: Engine
    folder: Path
    log: L
    runner: Runner
    users: int = 1
    going_on: threading.Lock = field(default_factory=threading.Lock)
    """Held by whoever lets them go on to a later position."""
    lacking: bool = False
    """Whether they could not go on, and may lack something of what their log has given: for those who look at them already."""


class Days:
    """Read models by day: the last few, and those in use. One is built at a time.

    Like those of the present they tell of each position up to theirs, and go on to later ones.
    """

    def __init__(self, log: EventLog, projections: Sequence[Projection]) -> None:
        self._log = log
        self._projections = projections
        self._kept: list[tuple[date, _Models[HappenedBy]]] = []
        """Those looked at last at the end."""
        self._changed = threading.Condition()
        self._building = False
        self._room: _Room | None = None
        sweep_rooms()

    def views(
        self, day: date, known_at: int, *, limit: int | None = LARGEST, progress: Progress | None = None
    ) -> Engine:
        """The read models of a day, kept until the end; waits while another is being built. Raises ``TooLong``."""
        return self._take(day, known_at, limit, progress, wait=True).engine

    @contextmanager
    def held(self, day: date, known_at: int) -> Iterator[Engine]:
        """The read models of a day for as long as they are looked at. Raises ``TooLong``.

        Raises ``BeingBuilt`` at once where one is being built: whoever waits would hold up those who ask for no day.
        """
        models = self._take(day, known_at, LARGEST, None, wait=False)
        try:
            yield models.engine
        finally:
            self._let_go(models)

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
                _drop(built.engine, built.folder)
        finally:
            room.leave()

    def _take(
        self, day: date, known_at: int, limit: int | None, progress: Progress | None, *, wait: bool
    ) -> _Models[HappenedBy]:
        if limit is not None and known_at > limit:
            raise TooLong(f"{known_at} records are too many for a page; use the command")
        while (found := self._found(day, known_at, wait=wait)) is not None:
            if self._gone_on(found, known_at, progress, wait=wait):
                return found
        try:
            with self._changed:
                room = self._room = self._room or _Room()
            found = self._built(room.folder(), partial(HappenedBy, self._log, day, known_at), progress)
        finally:
            with self._changed:
                self._building = False
                if found is not None:
                    self._kept.append((day, found))
                    self._forget()
                self._changed.notify_all()
        return found

    def _found(self, day: date, known_at: int, *, wait: bool) -> _Models[HappenedBy] | None:
        """Those of the day that tell of the position, or will when they go on to it, taken until they are let go; ``None`` where
        the caller is to build them. Raises ``BeingBuilt``."""
        with self._changed:
            while True:
                for each in reversed(self._kept):
                    if each[0] == day and not each[1].lacking and each[1].log.tells_of(known_at):
                        self._kept.remove(each)
                        self._kept.append(each)
                        each[1].users += 1
                        return each[1]
                if not self._building:
                    self._building = True
                    return None
                if not wait:
                    raise BeingBuilt
                self._changed.wait()

    def _gone_on(
        self, models: _Models[HappenedBy], known_at: int, progress: Progress | None, *, wait: bool
    ) -> bool:
        """Bring them to a position, unless they are beyond it; ``False``, and they are let go, where meanwhile they went on to
        another and do not tell of this one any more, or could not. Raises ``BeingBuilt`` where somebody takes long to."""
        told = False
        try:
            if not models.going_on.acquire(timeout=-1 if wait else SOON):
                raise BeingBuilt
            try:
                told = not models.lacking and models.log.tells_of(known_at)
                if told and known_at > models.log.position():
                    models.log.go_on(known_at)
                    models.runner.catch_up(progress)
            except BaseException:
                told, models.lacking = False, True
                raise
            finally:
                models.going_on.release()
        finally:
            if not told:
                self._let_go(models)
        return told

    def _let_go(self, models: _Models[HappenedBy]) -> None:
        with self._changed:
            models.users -= 1
            self._forget()

    def _built(self, folder: Path, log: Callable[[], L], progress: Progress | None) -> _Models[L]:
        """In a folder that goes again where the ``log`` cannot be read."""
        engine = create_engine(
            f"sqlite:///{folder / 'views.sqlite3'}",
            connect_args={"check_same_thread": False, "timeout": 30},
            pool_size=1,
            max_overflow=-1,
        )
        prepare_sqlite(engine, lasting=False)
        try:
            part = log()
            runner = Runner(engine, part, self._projections)
            runner.create_tables()
            runner.rebuild(progress)
        except BaseException:
            _drop(engine, folder)
            raise
        return _Models(engine, folder, part, runner)

    def _forget(self) -> None:
        """Drop what lacks something, and the longest unused beyond ``KEPT``; what is looked at stays."""
        idle = [each for each in self._kept if not each[1].users]
        lacking = [each for each in idle if each[1].lacking]
        whole = [each for each in idle if not each[1].lacking]
        beyond = max(0, len(self._kept) - len(lacking) - KEPT)
        for each in lacking + whole[:beyond]:
            self._kept.remove(each)
            _drop(each[1].engine, each[1].folder)

    def close(self) -> None:
        """Delete all that is kept."""
        with self._changed:
            while self._kept:
                _, models = self._kept.pop()
                _drop(models.engine, models.folder)
            if self._room is not None:
                self._room.leave()
                self._room = None


def _drop(engine: Engine, folder: Path) -> None:
    engine.dispose()
    shutil.rmtree(folder, ignore_errors=True)


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
