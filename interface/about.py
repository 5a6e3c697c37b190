"""The state of affairs on a business day, as known at a position: read models of the events that had happened by then.

``known at`` asks what was recorded, ``about`` what had happened. The boards keep versions of the first only, so for the
second they are built once more from the log, without what happened later, and kept for as long as they are asked for.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, create_engine

from application.eventlog import EventLog
from domain.kernel.recorded import Recorded
from domain.pairing.events import ActivityCorrected
from interface.databases import prepare_sqlite
from projections.kit.projection import Projection
from projections.kit.runner import Progress, Runner

KEPT = 3
"""So many days are kept at a time."""
LARGEST = 300_000
"""Events up to which a page builds a day; beyond, the command does."""
ALWAYS = {
    "pairing.ActivityVoided",
    "supervision.FindingWithdrawn",
    "supervision.ReturnsStated",
    "assessment.SchemeDrafted",
    "assessment.SchemeReturned",
    "assessment.SchemeApproved",
    "assessment.SchemePublished",
    "assessment.PointsRuled",
    "assessment.CutOffSet",
    "assessment.EvidenceReviewed",
    "assessment.EvidenceReviewedAgain",
}
"""Corrections of the record and rules: they say what was so all along, whenever they were made."""
OF_NO_THING = {"assessment.PointsRuled", "assessment.CutOffSet"}
"""Those of ``ALWAYS`` that stand beside the runs of a year and need none of them."""


class TooLong(Exception):
    """The log is too long to build a day while somebody waits."""


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


class Days:
    """Read models by (day, position), the last few of them."""

    def __init__(self, log: EventLog, projections: Sequence[Projection]) -> None:
        self._log = log
        self._projections = projections
        self._kept: OrderedDict[tuple[date, int], tuple[Engine, Path]] = OrderedDict()
        self._lock = threading.Lock()

    def views(
        self, day: date, known_at: int, *, limit: int | None = LARGEST, progress: Progress | None = None
    ) -> Engine:
        """The read models of a day, built where they are not kept. Raises ``TooLong``."""
        if limit is not None and known_at > limit:
            raise TooLong(f"{known_at} records are too many for a page; use the command")
        with self._lock:
            if (day, known_at) not in self._kept:
                folder = Path(tempfile.mkdtemp(prefix="lianjian-about-"))
                engine = create_engine(
                    f"sqlite:///{folder / 'views.sqlite3'}",
                    connect_args={"check_same_thread": False, "timeout": 30},
                )
                prepare_sqlite(engine)
                runner = Runner(engine, HappenedBy(self._log, day, known_at), self._projections)
                runner.create_tables()
                runner.catch_up(progress)
                self._kept[day, known_at] = engine, folder
                while len(self._kept) > KEPT:
                    self._drop(*self._kept.popitem(last=False)[1])
            self._kept.move_to_end((day, known_at))
            return self._kept[day, known_at][0]

    @staticmethod
    def _drop(engine: Engine, folder: Path) -> None:
        engine.dispose()
        shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Delete all that is kept."""
        with self._lock:
            while self._kept:
                self._drop(*self._kept.popitem()[1])
