"""What is sent by a form, a script or on the command line: read, judged and done in one; or only judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeVar

import msgspec

from application.actors.actor import Actor
from application.eventlog.batch import Batch
from application.eventlog.log import Log
from application.eventlog.pending import Claims, Decision
from application.input.reading import Malformed, Written, read
from application.ledgers.recording.row_recorder import OFFICE
from application.look import Look, look_of
from application.questions.answers import QUESTIONS
from application.stores.attaching import NewFile, act_with_files, attach_to
from application.system import System
from application.things import PAIRING
from application.unseen import unseen
from application.verb import Outcome, Verb, key_read, use
from application.verbs import VERBS
from application.verbs.attachments import add_attachment
from domain.kernel.errors import Conflict, Forbidden, Rejected
from domain.kernel.event import Event
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By
from domain.kernel.state import State
from domain.kernel.values import Person

S = TypeVar("S", bound=State)
DOABLE = {name: verb for name, verb in VERBS.items() if not verb.beside_log}
"""The verbs that are done by their fields alone."""
NAMES = frozenset(DOABLE) | frozenset(QUESTIONS) | {add_attachment.name}
"""What a token may be restricted to."""


class Stale(Conflict):
    """The thing is at another version than the one that was seen: ``now`` instead of ``seen``."""

    def __init__(self, seen: int, now: int) -> None:
        super().__init__(f"seen at version {seen}, now at {now}")
        self.seen = seen
        self.now = now


@dataclass(frozen=True)
class _AtVersion:
    """The log, on which nothing is decided of a stream that is not at the version that was seen."""

    inner: Log
    stream: str
    seen: int

    def state(self, stream: str, initial: S) -> S:
        return self.inner.state(stream, initial)

    def version(self, stream: str, initial: State) -> int:
        return self.inner.version(stream, initial)

    def decide(
        self,
        stream: str,
        initial: S,
        decision: Decision[S],
        by: By,
        *,
        claims: Claims = (),
        seen: int | None = None,
        by_itself: bool = False,
    ) -> Sequence[Event]:
        def at_version(state: S) -> Event | Sequence[Event]:
            # Looked at under the lock: nothing comes in between.
            if stream == self.stream and (now := self.inner.version(stream, initial)) != self.seen:
                raise Stale(self.seen, now)
            return decision(state)

        return self.inner.decide(
            stream, initial, at_version, by, claims=claims, seen=seen, by_itself=by_itself
        )


def version_of(system: System, stream: str) -> int:
    """How many events a stream has."""
    return len(system.log.load(stream))


def stream_of(system: System, verb: Verb[Any, Any], key: str) -> str:
    """The stream of the thing that the verb is used on."""
    return verb.on.stream(Look(system, system.log, system.ids), key)


def _read(
    look: Look, verb: Verb[Any, Any], key: str, written: Written, actor: Actor, *, strict: bool, dry_run: bool
) -> Mapping[str, Any]:
    """The typed values. A person's name enters the vault only where all can be read, the actor may, and it is no trial."""

    def reading(kept: bool) -> Mapping[str, Any]:
        def person(name: str) -> PersonRef:
            # As the ledgers name persons, so that one person has one reference: who holds a post, by the branch that sends.
            scope = PAIRING.owner(look, key).branch if verb.on is PAIRING else OFFICE
            return look.system.vault.people([(name, scope)], dry_run=not kept)[name, scope]

        found = read(verb.fields, written, today=look.today(), person=person, strict=strict)
        if found.faults:
            raise Malformed(found.faults)
        return found.values

    tried = reading(kept=False)
    if dry_run or not any(isinstance(field.kind, Person) for field in verb.fields):
        return tried
    if not verb.may(actor, verb.owner(look, key, tried)):
        raise Forbidden(verb.name, actor.role.value)
    return reading(kept=True)


def act(
    system: System,
    verb: Verb[Any, Any],
    key: str,
    written: Written,
    actor: Actor,
    by: By,
    *,
    strict: bool = True,
    dry_run: bool = False,
    seen: int | None = None,
    files: Sequence[NewFile] = (),
) -> Outcome:
    """Read what was written, and use the verb; in a ``dry_run`` everything is judged and nothing recorded.

    ``strict``: what no field is called is malformed, too; a form has fields of its own. ``seen``: the version of the thing's
    stream that whoever acts has looked at. ``files``: attached to the thing by the same act. Raises ``Malformed``, ``Unknown``,
    ``Forbidden``, ``Rejected``, ``Conflict`` or ``Stale``; nothing is recorded then.
    """
    with _naming_what_is_shown(system, actor):
        key = "" if verb.begins else key_read(verb.on, key)
        values = _read(look_of(system), verb, key, written, actor, strict=strict, dry_run=dry_run)
        if files and not dry_run:

            def doing(look: Look) -> Outcome:
                return use(look, verb, key, by, actor, values)

            return act_with_files(look_of(system), doing, verb.on.kind, files, by)
        batch = Batch(system.log, dry_run=True)
        log: Log = batch if dry_run else system.log
        if seen is not None:
            log = _AtVersion(log, stream_of(system, verb, key), seen)
        look = Look(system, log, batch.drawing(system.ids) if dry_run else system.ids, dry_run)
        return use(look, verb, key, by, actor, values)


@contextmanager
def _naming_what_is_shown(system: System, actor: Actor) -> Iterator[None]:
    """Whoever is refused may have written any id: a refusal says which of those in it are not to be named."""
    try:
        yield
    except Rejected as error:
        error.unseen = unseen(look_of(system), actor, f"{error.because} {error.because_en}")
        raise


@dataclass(frozen=True)
class EventShown:
    """An event and what it says; persons are references into the vault."""

    name: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Deed:
    """What a verb did, or in a dry run would do. ``key``: of the thing; ``None`` where a dry run would begin one.
    ``version``: of the thing from now on, for If-Match."""

    key: str | None
    version: int | None
    events: tuple[EventShown, ...]
    dry_run: bool


def done_of(system: System, verb: Verb[Any, Any], outcome: Outcome, dry_run: bool) -> Deed:
    """An outcome as it goes out."""
    events = tuple(EventShown(each.NAME, msgspec.to_builtins(each.values())) for each in outcome.events)
    if dry_run:
        return Deed(None if verb.begins else outcome.key, None, events, dry_run=True)
    version = version_of(system, stream_of(system, verb, outcome.key))
    return Deed(outcome.key, version, events, dry_run=False)


def attached(system: System, actor: Actor, kind: str, key: str, file: BinaryIO, name: str, by: By) -> Deed:
    """Attach a file to a thing as whoever acts may. Raises what ``attach_to`` raises."""
    with _naming_what_is_shown(system, actor):
        event = attach_to(look_of(system), actor, kind, key, file, name=name, by=by)
    of = f"{kind}-{key}"
    shown = EventShown(event.NAME, msgspec.to_builtins(event.values()))
    return Deed(of, version_of(system, stream_of(system, add_attachment, of)), (shown,), dry_run=False)
