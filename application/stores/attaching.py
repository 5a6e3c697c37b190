"""Attaching files: the bytes into the store first, then the event that names them by digest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

from application.eventlog.batch import Batch
from application.look import Look
from application.stores.attachments import Incoming
from application.things import APPEAL, ATTACHMENTS, BEARERS, FINDING, PAIRING, POLICY
from application.verb import Outcome
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
    activity_id: str = "",
    need_id: str = "",
    policy_id: str = "",
    by: By,
) -> str:
    """Attach a file to a finding, an appeal, an activity, a need or a policy, or to the pairing where none of these is
    stated; its digest. What is refused is not kept."""
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
            activity_id=activity_id,
            need_id=need_id,
            policy_id=policy_id,
            added_on=today,
            quota=look.system.settings.quota,
            taken=taken,
        )
        of = {
            "finding": finding_id,
            "appeal": appeal_id,
            "activity": activity_id,
            "need": need_id,
            "policy": policy_id,
        }
        about = next(((kind, key) for kind, key in of.items() if key), ("pairing", pairing_id))
        stream = ATTACHMENTS.stream(look, "-".join(about))
        # The file stands before the event names it: a crash leaves a file too many, never one too few.
        add(look.log.state(stream, Attachments()))
        store.settle(kept)
        look.log.decide(stream, Attachments(), add, by)
    finally:
        store.drop(kept)
    return kept.digest


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
            system.store.settle(each)

    batch = Batch(system.log, before=settle)
    within = Look(system, batch, batch.drawing(system.ids))
    try:
        kept += [system.store.keep(each.content) for each in files]
        with batch.row():
            outcome = act(within)
            for n, (file, each) in enumerate(zip(files, kept, strict=True)):
                _decide(within, kind, outcome.key, file.name, each, by, sum(one.size for one in kept[:n]))
        batch.finish()
    finally:
        for each in kept:
            system.store.drop(each)
    return outcome


def _decide(look: Look, kind: str, key: str, name: str, kept: Incoming, by: By, before: int) -> None:
    """``before``: bytes of what the same act attaches before it."""
    owner = BEARERS[kind].owner(look, key)
    of: dict[str, Any] = {} if kind == PAIRING.kind else {f"{kind}_id": key}
    taken = taken_in(look, by.actor)
    add = partial(
        Attachments.add_attachment,
        digest=kept.digest,
        size=kept.size,
        begins_with=kept.begins_with,
        holds=kept.holds,
        name=name,
        pairing_id=pairing_of(look, kind, key),
        branch=owner.branch,
        village=owner.village,
        **of,
        added_on=look.today(),
        quota=look.system.settings.quota,
        taken=SpaceTaken(taken.today + before, taken.in_all + before),
    )
    look.log.decide(ATTACHMENTS.stream(look, f"{kind}-{key}"), Attachments(), add, by)


def pairing_of(look: Look, kind: str, key: str) -> str:
    """The pairing of a thing that bears attachments; empty where it has none, such as a need that nobody has matched."""
    if kind == POLICY.kind:
        return ""
    state = BEARERS[kind].state(look, key)
    if kind == FINDING.kind:
        state = state.raised
    if kind == APPEAL.kind:
        state = state.filed
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
