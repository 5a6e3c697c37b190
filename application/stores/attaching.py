"""Attaching files: the bytes into the store first, then the event that names them by digest."""

from __future__ import annotations

from functools import partial
from typing import BinaryIO

from application.look import Look
from application.things import ATTACHMENTS
from domain.attachment.attachments import Attachments, SpaceTaken
from domain.attachment.events import AttachmentAdded
from domain.kernel.recorded import By


def attach(
    look: Look,
    file: BinaryIO,
    *,
    name: str,
    pairing_id: str,
    branch: str,
    village: str,
    finding_id: str = "",
    appeal_id: str = "",
    by: By,
) -> str:
    """Attach a file to a finding or an appeal; its digest. What is refused is not kept."""
    store, today = look.system.store, look.today()
    taken = taken_in(look, by.actor)
    kept = store.keep(file)
    try:
        add = partial(
            Attachments.add_attachment,
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
            quota=look.system.settings.quota,
            taken=taken,
        )
        about = f"finding-{finding_id}" if finding_id else f"appeal-{appeal_id}"
        stream = ATTACHMENTS.stream(look, about)
        # The file stands before the event names it: a crash leaves a file too many, never one too few.
        add(look.log.state(stream, Attachments()))
        store.settle(kept)
        look.log.decide(stream, Attachments(), add, by)
    finally:
        store.drop(kept)
    return kept.digest


def taken_in(look: Look, actor: str) -> SpaceTaken:
    """How much the account attached today, and what all did, counted from the log."""
    today = look.today()
    events = [
        (recorded.by.actor, recorded.event)
        for recorded in look.system.log.named(AttachmentAdded.NAME)
        if isinstance(recorded.event, AttachmentAdded)
    ]
    return SpaceTaken(
        today=sum(event.size for who, event in events if who == actor and event.added_on == today),
        in_all=sum({event.digest: event.size for _, event in events}.values()),
    )
