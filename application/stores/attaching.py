"""Attaching files: the bytes into the store first, then the event that names them by digest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from application.access import demand_access
from application.actors.actor import Actor
from application.eventlog.batch import Batch
from application.look import Look
from application.stores.attachments import Incoming
from application.stores.bad_days import reporting
from application.stores.picture_files import is_picture
from application.system import System
from application.things import APPEAL, ATTACHMENTS, BEARERS, FINDING, PAIRING, POLICY, PROJECT
from application.verb import Outcome
from application.verbs.attachments import add_attachment
from application.verbs.policies import correct_policy
from domain.attachment.attachments import PICTURES, Attachments, SpaceTaken
from domain.attachment.events import AttachmentAdded
from domain.kernel.errors import Unknown
from domain.kernel.recorded import By


def attach(
    look: Look,
    file: BinaryIO,
    *,
    name: str,
    pairing_id: str,
    branch: str,
    village: str,
    by: By,
    **about: str,
) -> AttachmentAdded:
    """Attach a file to the one thing of ``about`` (``finding_id="…"``), or to the pairing where none is stated; what is
    recorded of it. What is refused is not kept."""
    kept = look.system.store.keep(file)
    try:
        kind, key = next(iter(about.items()), ("pairing_id", pairing_id))
        stream = ATTACHMENTS.stream(look, f"{kind.removesuffix('_id')}-{key}")
        of = {"pairing_id": pairing_id, "branch": branch, "village": village, **about}
        add = _adding(look, kept, name, by, of)
        # The file stands before the event names it: a crash leaves a file too many, never one too few.
        added = add(look.log.state(stream, Attachments()))
        _settle(look, kept)
        look.log.decide(stream, Attachments(), add, by)
    finally:
        look.system.store.drop(kept)
    return added


def attach_to(
    look: Look, actor: Actor, kind: str, key: str, file: BinaryIO, *, name: str, by: By
) -> AttachmentAdded:
    """Attach a file to a thing of a kind that bears attachments, as whoever may. Raises ``Unknown``, ``Forbidden``, and
    ``Rejected`` where the file is refused."""
    if kind not in BEARERS:
        raise Unknown("thing that bears attachments", kind)
    # What is attached to an appeal speaks for who filed it.
    demand_access(actor, add_attachment.name, BEARERS[kind].owner(look, key))
    if kind == POLICY.kind:
        # It is nobody's own: who keeps it attaches its scan.
        demand_access(actor, correct_policy.name)
    return attach(look, file, name=name, by=by, **_of(look, kind, key))


@dataclass(frozen=True)
class NewFile:
    """A file that somebody chose, by the name it has there."""

    name: str
    content: BinaryIO


def act_with_files(
    look: Look, act: Callable[[Look], Outcome], kind: str, files: Sequence[NewFile], by: By
) -> Outcome:
    """What ``act`` does to a thing of a kind that bears attachments, with these files attached to it: all of it is
    recorded, or nothing, and then no file is kept. Raises what ``act`` raises, and ``Rejected`` where a file is refused."""
    system, kept = look.system, list[Incoming]()

    def settle(_: object) -> None:
        # The files stand before the events name them: a crash leaves a file too many, never one too few.
        for each in kept:
            _settle(within, each)

    batch = Batch(system.log, before=settle)
    within = Look(system, batch, batch.drawing(system.ids))
    try:
        kept += [system.store.keep(each.content) for each in files]
        with batch.row():
            outcome = act(within)
            for n, (file, each) in enumerate(zip(files, kept, strict=True)):
                before = sum(one.size for one in kept[:n])
                add = _adding(within, each, file.name, by, _of(within, kind, outcome.key), before)
                stream = ATTACHMENTS.stream(within, f"{kind}-{outcome.key}")
                batch.decide(stream, Attachments(), add, by)
        batch.finish()
    finally:
        for each in kept:
            system.store.drop(each)
    return outcome


def _settle(look: Look, kept: Incoming) -> None:
    look.system.store.settle(kept)
    if is_picture(kept.begins_with):
        look.system.pictures.note(kept.digest, kept.looks)


def _of(look: Look, kind: str, key: str) -> dict[str, str]:
    """What the event says of the thing that it is attached to."""
    owner = BEARERS[kind].owner(look, key)
    of = {} if kind == PAIRING.kind else {f"{kind}_id": key}
    return {
        "pairing_id": pairing_of(look, kind, key),
        "branch": owner.branch,
        "village": owner.village,
        **of,
    }


def _adding(
    look: Look, kept: Incoming, name: str, by: By, of: Mapping[str, str], before: int = 0
) -> Callable[[Attachments], AttachmentAdded]:
    """What is decided. ``before``: bytes of what the same act attaches before it."""
    taken = taken_in(look, by.actor)
    space = SpaceTaken(taken.today + before, taken.in_all + before)
    return lambda attachments: attachments.add_attachment(
        digest=kept.digest,
        size=kept.size,
        begins_with=kept.begins_with,
        holds=kept.holds,
        readable=kept.readable,
        name=name,
        **of,
        added_on=look.today(),
        quota=look.system.settings.quota,
        taken=space,
    )


def pairing_of(look: Look, kind: str, key: str) -> str:
    """The pairing of a thing that bears attachments; empty where it has none, such as a need that nobody has matched."""
    if kind == POLICY.kind:
        return ""
    state = BEARERS[kind].state(look, key)
    if kind == FINDING.kind:
        state = state.raised
    if kind == APPEAL.kind:
        state = state.filed
    if kind == PROJECT.kind:
        state = state.opened
    return str(state.pairing_id)


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


def look_at_missing(system: System) -> int:
    """Look at the attached pictures that nobody has looked at, such as after a restored backup; how many that were."""
    events = (recorded.event for recorded in system.log.named(AttachmentAdded.NAME))
    return system.pictures.look_at_missing(
        event.digest
        for event in events
        if isinstance(event, AttachmentAdded) and event.media_type in PICTURES
    )


def begin_looking(system: System) -> threading.Thread:
    """The same while the pages are served already: ten thousand pictures take minutes. A failure is logged."""

    def look() -> None:
        look_at_missing(system)

    thread = threading.Thread(target=reporting("pictures are not compared", look), name="pictures")
    thread.start()
    return thread
