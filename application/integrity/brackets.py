"""The times of recording: never backwards, and between the times at which somebody signed what was there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from application.integrity.report import Report

TOLERANCE = timedelta(seconds=60)
"""How far the clocks of two servers of the log may be apart."""
CLOCKS = timedelta(hours=1)
"""How far the clocks of two offices may be apart."""
LAG = timedelta(days=7)
"""How long a checkpoint may be on its way to a witness."""
_HEAD = b'{"at":"'


def recorded_at(state: bytes) -> datetime:
    """The time in a stored envelope, whose keys are sorted. Raises ``ValueError``."""
    if not state.startswith(_HEAD):
        raise ValueError("it bears no time")
    return datetime.fromisoformat(state[len(_HEAD) : state.index(b'"', len(_HEAD))].decode())


class Brackets:
    """Takes the events in order, cut into stretches at the sizes that were signed; then the times of the signing."""

    def __init__(self, sizes: Iterable[int]) -> None:
        self._sizes = sorted(sizes)
        self._cut = 0
        self._stretches: dict[int, tuple[datetime, int, datetime, int]] = {}
        self._newest: datetime | None = None
        self._text = b""
        self._at: datetime | None = None
        self._not_before: list[tuple[int, datetime, str]] = []
        self._not_after: list[tuple[int, datetime, str]] = []

    def take(self, leaf: int, position: int, state: bytes, report: Report) -> None:
        """V9: the next event is recorded no earlier than the one before."""
        # Events of one append share their time, so it is read once for all of them.
        if not self._text or not state.startswith(self._text):
            try:
                self._at = recorded_at(state)
            except ValueError as error:
                report.found("V9", "row_changed", f"the event at {position}: {error}", position)
                return
            self._text = state[: state.index(b'"', len(_HEAD)) + 1]
        at = self._at
        assert at is not None
        if self._newest is not None and at < self._newest:
            report.found(
                "V9",
                "backdated",
                f"the event at {position} bears {at.isoformat()}, after one of {self._newest.isoformat()}",
                position,
            )
        else:
            self._newest = at if self._newest is None else max(at, self._newest)
        while self._cut < len(self._sizes) and self._sizes[self._cut] <= leaf:
            self._cut += 1
        known = self._stretches.get(self._cut)
        if known is None:
            self._stretches[self._cut] = (at, position, at, position)
        elif at < known[0]:
            self._stretches[self._cut] = (at, position, known[2], known[3])
        elif at > known[2]:
            self._stretches[self._cut] = (known[0], known[1], at, position)

    def signed(self, size: int, at: datetime) -> None:
        """The log itself signed ``size`` leaves at ``at``."""
        self._not_before.append((size, at - TOLERANCE, f"the checkpoint of {at.isoformat()}"))
        self._not_after.append((size, at + TOLERANCE, f"the checkpoint of {at.isoformat()}"))

    def witnessed(self, size: int, at: datetime) -> None:
        """A witness saw ``size`` leaves at ``at``, and by then no more, give or take the way to it."""
        self._not_before.append((size, at - LAG, f"a witness at {at.isoformat()}"))
        self._not_after.append((size, at + CLOCKS, f"a witness at {at.isoformat()}"))

    def check(self, report: Report) -> None:
        """V10: nothing that a checkpoint did not hold was recorded before it, nothing that it held after it."""
        for cut, (earliest, early, latest, late) in sorted(self._stretches.items()):
            begins = self._sizes[cut - 1] if cut else 0
            lower = max((b for b in self._not_before if b[0] <= begins), key=lambda b: b[1], default=None)
            if lower and begins and earliest < lower[1]:
                report.found(
                    "V10",
                    "backdated",
                    f"the event at {early} bears {earliest.isoformat()}, yet {lower[2]} did not hold it",
                    early,
                )
            if cut == len(self._sizes):
                continue
            upper = min(
                (b for b in self._not_after if b[0] >= self._sizes[cut]), key=lambda b: b[1], default=None
            )
            if upper and latest > upper[1]:
                report.found(
                    "V10",
                    "backdated",
                    f"the event at {late} bears {latest.isoformat()}, yet {upper[2]} held it",
                    late,
                )
