"""What look-ups, owners and answers see: a system, and the log with what a batch holds pending."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from application.eventlog.log import Log, S
from application.integrity.custody import Anchored, SignedCheckpoint
from application.system import System
from domain.kernel.errors import Unknown
from domain.kernel.event import Event
from domain.kernel.ids import Ids
from domain.kernel.state import fold
from domain.system.identity import STREAM
from projections.kit.memory import Reading

PERSONS = "persons"
"""Under which a page keeps the persons that it has asked the vault for."""
SHOWN = "shown"
"""Under which a page keeps the persons that it will name besides."""
NOTED = "noted"
"""Under which a page keeps whom it has noted to be shown."""
ANCHORED = "anchored"
"""Under which a page keeps how far the log is signed and seen."""


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
        return fold(initial, self.seen.remembered(stream, lambda: self._events(stream)))

    def _events(self, stream: str) -> list[Event]:
        """With the first stream that a page reads comes what every page says of the log, and who it is."""
        if self.seen is None or ANCHORED in self.seen.once:
            return self.system.log.load(stream)
        self.seen.once[ANCHORED], found = self.system.custody.anchored_with(stream)
        if stream != STREAM:
            self.seen.remembered(STREAM, lambda: found[STREAM])
        return found[stream]

    def anchored(self) -> Anchored:
        """How far the log is signed, and how far another office has seen it; on a page, read once."""
        if self.seen is None:
            return self.system.custody.anchored()
        if ANCHORED not in self.seen.once:
            self.seen.once[ANCHORED] = self.system.custody.anchored()
        found: Anchored = self.seen.once[ANCHORED]
        return found

    def sign(self, because: str) -> SignedCheckpoint:
        """Commit to the log as it stands; how far it was signed before is no longer so."""
        signed = self.system.custody.sign(because)
        if self.seen is not None:
            self.seen.once.pop(ANCHORED, None)
        return signed

    def names(self, refs: Iterable[str]) -> dict[str, str]:
        """Names of persons by reference, as far as the vault holds them; on a page, each asked once."""
        return {ref: name for ref, (name, _) in self.persons(refs).items()}

    def persons(self, refs: Iterable[str]) -> dict[str, tuple[str, str]]:
        """The same with the unit or office that each was entered for."""
        wanted: set[str] = set(refs)
        once: dict[Hashable, Any] = {} if self.seen is None else self.seen.once
        known: dict[str, tuple[str, str] | None] = once.setdefault(PERSONS, {})
        if unknown := wanted - known.keys():
            found = self.system.vault.entered(unknown)
            known.update((ref, found.get(ref)) for ref in unknown)
        return {ref: each for ref in wanted if (each := known[ref]) is not None}

    def will_show(self, refs: Iterable[str]) -> None:
        """Say which persons the page names besides, so that they are asked for, and noted, with the first that it names."""
        if self.seen is not None:
            self.seen.once[SHOWN] = self.shown_later() | set(refs)

    def shown_later(self) -> frozenset[str]:
        """Those of whom that was said."""
        found: frozenset[str] = frozenset() if self.seen is None else self.seen.once.get(SHOWN, frozenset())
        return found

    def noted(self, path: str) -> set[str]:
        """Those who are noted to have been shown on a page while it is looked at, to be added to."""
        found: set[str] = set() if self.seen is None else self.seen.once.setdefault((NOTED, path), set())
        return found

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
