"""Attaching files: the bytes into the store first, then the event that names them by digest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import BinaryIO

from application.eventlog.log import EventLog, Log
from application.stores.attachments import AttachmentStore
from domain.attachment.attachments import Attachments, Quota, Taken
from domain.attachment.events import AttachmentAdded
from domain.kernel.recorded import By

TakenBy = Callable[[str, date], Taken]
"""How much an account attached on a day, and all in all."""


def taken_in(log: EventLog) -> TakenBy:
    """Counted from the log."""

    def taken(actor: str, day: date) -> Taken:
        events = [
            (recorded.by.actor, recorded.event)
            for recorded in log.named(AttachmentAdded.NAME)
            if isinstance(recorded.event, AttachmentAdded)
        ]
        return Taken(
            today=sum(event.size for who, event in events if who == actor and event.added_on == day),
            in_all=sum({event.digest: event.size for _, event in events}.values()),
        )

    return taken


class AttachmentService:
    """Streams ``attachments-finding-<id>`` and ``attachments-appeal-<id>``."""

    def __init__(self, log: Log, store: AttachmentStore, taken: TakenBy, quota: Quota) -> None:
        self._log = log
        self._store = store
        self._taken = taken
        self._quota = quota

    def on(self, log: Log) -> AttachmentService:
        """The same deciding on another log, such as a batch."""
        return AttachmentService(log, self._store, self._taken, self._quota)

    def add_attachment(
        self,
        file: BinaryIO,
        *,
        name: str,
        pairing_id: str,
        branch: str,
        village: str,
        finding_id: str = "",
        appeal_id: str = "",
        today: date,
        by: By,
    ) -> str:
        """Attach a file to a finding or an appeal; its digest. What is refused is not kept."""
        taken = self._taken(by.actor, today)
        kept = self._store.keep(file)
        try:
            # The file stands before the event names it: a crash leaves a file too many, never one too few.
            def decide(state: Attachments) -> AttachmentAdded:
                event = state.add_attachment(
                    digest=kept.digest,
                    size=kept.size,
                    begins_with=kept.begins_with,
                    holds=kept.holds,
                    name=name,
                    pairing_id=pairing_id,
                    branch=branch,
                    village=village,
                    finding_id=finding_id,
                    appeal_id=appeal_id,
                    added_on=today,
                    quota=self._quota,
                    taken=taken,
                )
                self._store.settle(kept)
                return event

            about = f"finding-{finding_id}" if finding_id else f"appeal-{appeal_id}"
            self._log.decide(f"attachments-{about}", Attachments(), decide, by)
        finally:
            self._store.drop(kept)
        return kept.digest
