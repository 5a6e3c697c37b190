"""What look-ups, owners and answers see: a system, and the log with what a batch holds pending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.eventlog.log import Log, S
from application.system import System
from domain.kernel.errors import Unknown
from domain.kernel.ids import Ids
from domain.kernel.state import fold
from projections.kit.memory import Reading


@dataclass(frozen=True)
class Look:
    """``log`` is the system's, or a batch on it; ``ids`` draws the ids of what is begun. In a ``dry_run`` nothing
    is kept, no name of a person either. ``seen``: what a page reads through. ``acting_for``: the account in whose name a
    deputy acts."""

    system: System
    log: Log
    ids: Ids
    dry_run: bool = False
    acting_for: str = ""
    seen: Reading | None = None

    def today(self) -> date:
        """The day it is in the county, or the day that is asked about."""
        return self.system.today()

    def state(self, stream: str, initial: S) -> S:
        """What the stream's events add up to; on a page, read once however often it is asked for."""
        if self.seen is None:
            return self.log.state(stream, initial)
        return fold(initial, self.seen.remembered(stream, lambda: self.system.log.load(stream)))

    def version_of(self, stream: str, position: int) -> int:
        """The place in its stream, from 1, of what stands at a position of the log. Raises ``Unknown`` where that is none of
        this stream."""
        record = next(iter(self.system.log.read(after=position - 1, limit=1)), None)
        if record is None or record.position != position or record.stream != stream:
            raise Unknown("event", str(position))
        return record.version


def look_of(system: System) -> Look:
    """What is seen of a system as it is."""
    return Look(system, system.log, system.ids, seen=system.seen)
