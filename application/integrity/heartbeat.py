"""When a checkpoint is due without anybody asking: after what binds, and every day, also when nothing happened."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from application.eventlog import StorageError
from application.integrity.custody import Custody, Refused

BINDING = frozenset(
    {
        "assessment.RunFrozen",
        "assessment.RunPublished",
        "assessment.NoticeOpened",
        "appeal.AppealFiled",
        "appeal.AppealDecided",
        "document.DocumentIssued",
        "system.WitnessNamed",
    }
)
"""Events after which a checkpoint is signed at once."""
HOUR = 3600.0
_logger = logging.getLogger(__name__)


def sign_after(custody: Custody) -> Callable[[Collection[str]], None]:
    """A listener of the log. What was recorded stays recorded when signing is refused; the refusal is logged."""

    def signing(names: Collection[str]) -> None:
        binding = sorted(BINDING.intersection(names))
        if binding:
            _try(custody, ", ".join(binding))

    return signing


def _try(custody: Custody, because: str) -> None:
    try:
        custody.sign(because)
    except Refused as refusal:
        _logger.error("no checkpoint was signed: %s", refusal)


class Heartbeat:
    """A thread that signs once a day, as soon as it runs and then within the first hour of each day."""

    def __init__(self, custody: Custody, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._custody = custody
        self._clock = clock
        self._zone = zone
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def _day(self, instant: datetime) -> date:
        return instant.astimezone(self._zone).date()

    def beat(self) -> None:
        """Sign where today has no checkpoint yet."""
        newest = self._custody.newest()
        if newest is None or self._day(newest.signed_at) < self._day(self._clock()):
            _try(self._custody, "daily")

    def _run(self) -> None:
        while True:
            try:
                self.beat()
            except (StorageError, OSError) as error:
                # A full disk or a database that is gone passes; the next hour tries again.
                _logger.error("no checkpoint was signed: %s", error)
            if self._stop.wait(HOUR):
                return

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait until it has."""
        self._stop.set()
        self._thread.join()
