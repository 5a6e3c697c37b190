"""Policies follow the log by position: in the request that recorded what they follow, and from the beginning at each start.

What was done is in the log itself, so no position is kept beside it that could be lost or run ahead of a restored log:
an effect names its cause, and every effect asked for again changes nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Mapping
from typing import ClassVar, Protocol

from application.eventlog.log import EventLog
from domain.kernel.recorded import Recorded

_logger = logging.getLogger(__name__)


class Policy(Protocol):
    """When one of ``FOLLOWS`` (names of events) happened, do that. May be asked for the same event again."""

    NAME: ClassVar[str]
    FOLLOWS: ClassVar[frozenset[str]]

    def carry_out(self, recorded: Recorded) -> None: ...


class Policies:
    """Runs each policy over the events it follows, each in turn. What fails blocks nothing and is tried again."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._policies: list[Policy] = []
        self._at: dict[str, int] = {}
        self._failed: dict[tuple[str, int], tuple[Recorded, Exception]] = {}
        self._lock = threading.RLock()

    def add(self, policy: Policy) -> None:
        """Follow with this policy, too, from the beginning of the log."""
        self._policies.append(policy)
        self._at[policy.NAME] = 0

    def after_append(self, names: Collection[str]) -> None:
        """A listener of the log."""
        if any(policy.FOLLOWS.intersection(names) for policy in self._policies):
            self.follow()

    def follow(self) -> None:
        """Carry out what is new, and once more what failed before."""
        with self._lock:
            for policy in self._policies:
                again = [each for (name, _), (each, _) in self._failed.items() if name == policy.NAME]
                for recorded in (*again, *self._log.named(*policy.FOLLOWS, after=self._at[policy.NAME])):
                    self._carry_out(policy, recorded)
                    self._at[policy.NAME] = max(self._at[policy.NAME], recorded.position)

    def _carry_out(self, policy: Policy, recorded: Recorded) -> None:
        key = policy.NAME, recorded.position
        try:
            policy.carry_out(recorded)
        except Exception as failure:
            # Whatever it is: what was decided is recorded, others go on deciding, and who looks at the case is told.
            self._failed[key] = recorded, failure
            _logger.exception("%s could not follow position %s", *key)
        else:
            self._failed.pop(key, None)

    def failed(self) -> Mapping[int, Exception]:
        """The positions of what could not be followed, each with why, as tried last in this process."""
        with self._lock:
            return {position: failure for (_, position), (_, failure) in self._failed.items()}
