"""Verbs: whatever a person, a script or the calendar can do, each declared once.

A verb is a decision of a state with who may use it and what is looked up for it. Its signature is the form, the JSON API and
the command line (docs/decisions/0020-verbs.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, get_args

from application.actors.actor import SIDES, Actor, Owner, admits
from application.actors.deputies import together
from application.eventlog.pending import Claim, Claims
from application.input.fields import Field, Signature, signature_of
from application.input.reading import Malformed, read
from application.look import Look
from application.one_at_a_time import alone
from domain.account.role import Role
from domain.assessment.year.left_behind import LeftBehind
from domain.burden.events import Burden
from domain.kernel.errors import Conflict, Forbidden, Rejected, Unknown
from domain.kernel.event import Event
from domain.kernel.parties import Side
from domain.kernel.person import Persons
from domain.kernel.recorded import By
from domain.kernel.state import State
from domain.kernel.values import Kind, SuppliedValue, Text

PREPARED = 3
"""How often a decision is prepared before it is taken with nobody else writing."""
ID = Text(200)
"""An id, or a number that people know the thing by."""
ON_BEHALF_OF = "on_behalf_of"
"""The field that says whom it is done for; the envelope keeps it."""
S = TypeVar("S", bound=State)
P = ParamSpec("P")


@dataclass(frozen=True)
class _Blank(Look):
    """A look at a county in which nothing was ever recorded."""

    def state(self, stream: str, initial: S) -> S:
        return initial


@dataclass(frozen=True)
class Thing(Generic[S]):
    """What verbs act on: a finding, a year's results.

    ``kind``: its word in the glossary (``finding``). ``initial``: the state before the first event. ``stream``: the name of
    its stream by key. ``owner``: whose the thing with this key is; raises ``Unknown`` where there is none. ``path``: where
    its page is, ``/findings``. ``drawn``: the short word its ids begin with; empty where a key is not drawn, such as a
    year. ``key``: what a key is read as; ``normal``: the one spelling of all that mean the same.
    """

    kind: str
    initial: S
    stream: Callable[[Look, str], str]
    owner: Callable[[Look, str], Owner]
    path: str
    drawn: str = ""
    key: Kind = ID
    normal: Callable[[str], str] = str

    def state(self, look: Look, key: str) -> S:
        """The thing as it is now."""
        return look.state(self.stream(look, key), self.initial)

    def absent(self, look: Look, key: str) -> Unknown:
        """What is said where there is none with this key, whether or not there is."""
        try:
            self.owner(_Blank(look.system, look.log, look.ids), key)
        except Unknown as unknown:
            return unknown
        return Unknown(self.kind, key)


def key_read(thing: Thing[Any], written: str) -> str:
    """The one key that is meant by what stands in an address or on a command line; otherwise a second stream could be opened
    for the same year or account. Raises ``Malformed``."""
    reading = read((Field("key", thing.key, True),), {"key": written}, today=date.min)
    if reading.faults:
        raise Malformed(reading.faults)
    return thing.normal(str(reading.values["key"]))


def streams(prefix: str) -> Callable[[Look, str], str]:
    """Streams named ``<prefix>-<key>``."""

    def stream(_: Look, key: str) -> str:
        return f"{prefix}-{key}"

    return stream


@dataclass(frozen=True)
class Outcome:
    """What a verb did: the thing's key (drawn where it was begun) and the events, in their order."""

    key: str
    events: Sequence[Event]


@dataclass(frozen=True)
class Verb(Generic[S, P]):
    """``decision`` of a thing, used by ``roles``.

    ``given``: parameter to the look-up ``(Look, *, ...)`` that answers it, looked up again where the thing moved on; a look-up's
    own parameters are fields of the verb, supplied, or given by an earlier look-up. ``claims``: what other streams must agree
    to, such as a number, asked with all that the decision knew. ``alone``: what is looked up holds only while no import is under
    way. ``begins``: the thing is begun, so its key is drawn. ``within``: the field whose thing says whose it is, or will be;
    left empty, it is the thing's own. ``proposes``: what a form offers, by field, from the state.
    ``beside_log``: it also writes what no log holds (a password, the bytes of a file), in a function of its own with a page
    of its own; it has no fields, for nothing is generated for it.
    ``aside``: used rarely; a page links to it and draws no form. ``foresees``: what it would leave behind now, which its form
    says before it is done.
    ``irreversible``: no counter-step takes it back, so that people are shown what it does before they do it; ``foretold``: on its
    form already. ``undone_by``: the verb of the same thing that takes it back; ``then``: the one that usually follows, by name.
    ``takes_files``: files may be attached to the thing by the same act.
    ``burdens``: what it is for the village of the thing, so that its form says how much that bears already.
    ``bears``: the field with a number that another may bear already, so that it is said which does before it is done.
    ``called``: its name where the decision is that of several things. ``in_own_name``: no deputy does it for another.
    Raises ``TypeError`` at import where a parameter says no kind or a look-up answers another type.
    """

    on: Thing[S]
    decision: Callable[Concatenate[S, P], Event | Sequence[Event]]
    roles: frozenset[Role] | set[Role]
    given: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    claims: Callable[..., Sequence[Claim]] | None = None
    begins: bool = False
    within: tuple[str, Thing[Any]] | None = None
    alone: bool = False
    proposes: Callable[[S], Mapping[str, object]] | None = None
    beside_log: bool = False
    aside: bool = False
    called: str = ""
    in_own_name: bool = False
    foresees: Callable[..., LeftBehind] | None = None
    irreversible: bool = False
    foretold: bool = False
    takes_files: bool = False
    burdens: tuple[Burden, ...] = ()
    bears: str = ""
    undone_by: str = ""
    then: str = ""

    def __post_init__(self) -> None:
        if self.beside_log:
            return
        hints = self._signature.hints
        for name, look_up in self.given.items():
            answer = signature_of(look_up, frozenset(self.given)).hints.get("return")
            if name not in hints or answer != hints[name]:
                raise TypeError(f"{self.name}: {name} is {hints.get(name)}, the look-up answers {answer}")
        if self.within is not None and self.within[0] not in {each.name for each in self.fields}:
            raise TypeError(f"{self.name}: {self.within[0]} is no field")
        if self.begins and not self.on.drawn:
            raise TypeError(f"{self.name}: the key of a {self.on.kind} is not drawn")

    @property
    def name(self) -> str:
        """``order_rectification``; the event, the clause and the words are named after it."""
        return self.called or self.decision.__name__

    @cached_property
    def _signature(self) -> Signature:
        return signature_of(self.decision, frozenset(self.given))

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """What whoever uses the verb states: of the decision, then of its look-ups."""
        if self.beside_log:
            return ()
        found = {each.name: each for each in self._signature.fields}
        for look_up in self.given.values():
            for each in signature_of(look_up, frozenset(self.given)).fields:
                found.setdefault(each.name, each)
        return tuple(found.values())

    def guard(self, state: S, key: str = "") -> Rejected | None:
        """Why the state alone refuses the verb, by the decision's own ``<name>_allowed``; ``None`` where nothing does.

        ``key``: of the thing, for a guard that asks for it where several things share a stream (accounts, runs).
        """
        allowed = getattr(type(state), f"{self.decision.__name__}_allowed", None)
        if allowed is None:
            return None
        asked = signature_of(allowed).supplied
        try:
            allowed(state, **{name: key for name, source in asked.items() if source is SuppliedValue.KEY})
        except Rejected as refused:
            return refused
        return None

    def may(self, actor: Actor, owner: Owner) -> bool:
        """Whether the actor may use it on what is the owner's."""
        return not (actor.acting_for and self.in_own_name) and admits(self.roles, actor, owner)

    def owner(self, look: Look, key: str, stated: Mapping[str, Any]) -> Owner:
        """Whose the thing is, or will be. Raises ``Unknown`` where there is no such thing."""
        own = Owner() if self.begins else self.on.owner(look, key)
        if self.within is None:
            return own
        name, thing = self.within
        return thing.owner(look, stated[name]) if stated.get(name) else own


def perform(
    look: Look, verb: Verb[S, P], key: str, by: By, /, *args: P.args, **kwargs: P.kwargs
) -> Sequence[Event]:
    """Decide and record, for code that is trusted: policies and ledgers, which state every parameter themselves."""
    return look.log.decide(
        verb.on.stream(look, key),
        verb.on.initial,
        lambda state: verb.decision(state, *args, **kwargs),
        by,
        claims=_claims(verb, _Calling(look, key, by), kwargs),
    )


def use(look: Look, verb: Verb[S, P], key: str, by: By, actor: Actor, stated: Mapping[str, Any]) -> Outcome:
    """Decide and record for people: whose thing it is, whether they may, then as ``carry_out``.

    Raises ``Unknown``, ``Forbidden``, ``Rejected`` or ``Conflict``; nothing is recorded then.
    """
    if not verb.may(actor, verb.owner(look, key, stated)):
        raise Forbidden(verb.name, actor.role.value)
    return carry_out(look, verb, key, by, stated, side=SIDES.get(actor.role))


def carry_out(
    look: Look, verb: Verb[S, P], key: str, by: By, stated: Mapping[str, Any], *, side: Side | None = None
) -> Outcome:
    """Look up what is given, decide and record, for whoever is trusted: the import, the calendar, a keeper's command.

    ``stated``: every field of the verb, typed as ``read`` gives them; also what is given, where that is known already.
    ``key`` is left out of account where the thing is begun. ``side``: whom it is done for, where one side of a pairing does it.
    """
    key = look.ids(verb.on.drawn) if verb.begins else key
    look = replace(look, acting_for=by.acting_for)
    by = replace(by, on_behalf_of=stated.get(ON_BEHALF_OF) or by.on_behalf_of)
    calling = _Calling(look, key, by, side)
    stream, initial = verb.on.stream(look, key), verb.on.initial
    looked_up = [name for name in verb.given if name not in stated]
    found: dict[str, Any] = {}

    def look_up() -> None:
        found.clear()
        found.update(stated)
        for name in looked_up:
            found[name] = calling(verb.given[name], look, found)
            if isinstance(found[name], Persons):
                with look.system.reading() as connection:
                    deputies = [(by.actor, by.acting_for)] if by.acting_for else []
                    found[name] = together(connection, found[name], stream, deputies)

    def decision(state: S) -> Event | Sequence[Event]:
        decided: Event | Sequence[Event] = calling(verb.decision, state, found)
        return decided

    def anew(state: S) -> Event | Sequence[Event]:
        look_up()
        return decision(state)

    claims = _claims(verb, calling, found)
    with alone(look.system) if verb.alone else nullcontext():
        # What is looked up takes its time, so it is looked up before anybody waits for the lock, and again where the thing
        # has moved on meanwhile; where it always does, under the lock.
        for _ in range(PREPARED if looked_up else 0):
            seen = look.log.version(stream, initial)
            look_up()
            try:
                return Outcome(key, look.log.decide(stream, initial, decision, by, claims=claims, seen=seen))
            except Conflict:
                continue
        # What is done alone looks things up for its claims, too.
        by_itself = bool(looked_up) or verb.alone
        return Outcome(key, look.log.decide(stream, initial, anew, by, claims=claims, by_itself=by_itself))


def foreseen(look: Look, verb: Verb[S, P], key: str, by: By) -> LeftBehind:
    """What the verb would leave behind if it was used now."""
    return _Calling(look, key, by)(verb.foresees, look, {}) if verb.foresees is not None else ()


def _claims(verb: Verb[S, P], calling: _Calling, known: Mapping[str, Any]) -> Claims:
    """Stated with what the decision knew, once it is taken."""
    claims = verb.claims
    return () if claims is None else lambda: calling(claims, calling.look, known)


@dataclass(frozen=True)
class _Calling:
    """Calls decisions and look-ups with the values that they name, and with what the machinery supplies."""

    look: Look
    key: str
    by: By
    side: Side | None = None

    def __call__(self, function: Callable[..., Any], first: object, known: Mapping[str, Any]) -> Any:
        signature = signature_of(function, frozenset(known))
        supplied = {
            name: self._supply(source, signature.hints[name]) for name, source in signature.supplied.items()
        }
        named = {name: known[name] for name in signature.hints if name in known}
        return function(first, **named, **supplied)

    def _supply(self, source: SuppliedValue, hint: Any) -> object:
        match source:
            case SuppliedValue.TODAY:
                return self.look.today()
            case SuppliedValue.ACTOR:
                return self.by.actor
            case SuppliedValue.OFFICE:
                return self.by.office
            case SuppliedValue.SIDE:
                return self.side
            case SuppliedValue.KEY:
                return int(self.key) if get_args(hint)[0] is int else self.key
