"""Questions: whatever a person or a script can ask, each declared once, with an answer that is typed.

A question is a function of a reader with who may ask it. Its signature is the address, its type what goes out
(docs/decisions/0020-verbs.md).
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Annotated, Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import Connection

from application.actors.actor import EVERYBODY, NOBODY, OFFICES, READERS, TOWNSHIPS, Actor, Owner, admits
from application.input.fields import Field, Signature, signature_of
from application.input.keyset import Place, Places, behind, no_row, token
from application.input.reading import Fault, FaultCode, Malformed, Written, read
from application.look import Look, look_of
from application.system import System
from application.verb import Thing
from domain.account.role import Role
from domain.kernel.errors import Forbidden
from domain.kernel.values import Position, SuppliedValue, Whole

MOST = 200
Limit = Annotated[int, Whole(1, MOST)]
"""Rows of one page of a list."""
ALL = 1_000_000
"""Rows of a list that a page shows whole."""
USUAL = 50
"""Rows where nothing is stated."""
T = TypeVar("T")
A = TypeVar("A")
P = ParamSpec("P")


@dataclass(frozen=True)
class Asker:
    """Who asks, on a connection on which everything that is read belongs together, as known at a position of the log.
    ``newest``: the one up to which there is anything to read."""

    look: Look
    actor: Actor
    connection: Connection
    known_at: int
    newest: int

    def sees(self, owner: Owner) -> bool:
        """Whether this is shown in a list: clerks see what is their unit's or village's, townships' offices what is their
        villages', everybody else everything."""
        return admits(READERS, self.actor, owner)

    def may(self, verb: str) -> bool:
        """Whether whoever asks has a role that may use a verb."""
        return admits(self.look.system.roles[verb], self.actor)

    @property
    def sees_all(self) -> bool:
        """Whether it is somebody of an office, who sees what is not public yet, too."""
        return self.actor.role in OFFICES


@dataclass(frozen=True)
class Listing(Generic[T]):
    """A page of a list. ``next``: what to state as ``after`` for the next one; ``None`` at the end."""

    rows: tuple[T, ...]
    next: str | None

    @classmethod
    def placed(
        cls,
        rows: Iterable[T],
        place: Callable[[T], Place],
        after: str | None,
        limit: int | None,
        *,
        falling: bool = False,
    ) -> Listing[T]:
        """Of ``rows`` by their places, those behind the place stated as ``after``, whether a row stands there still or not.
        Raises ``Malformed`` for what names no place.
        """
        left, most = behind(rows, place, after, falling=falling), limit or USUAL
        return cls(tuple(left[:most]), token(place(left[most - 1])) if len(left) > most else None)

    @classmethod
    def ordered(
        cls,
        rows: Iterable[T],
        places: Places[T],
        order: enum.Enum,
        after: str | None,
        limit: int | None,
    ) -> Listing[T]:
        """The same in an ``order``: by its place among ``places``, after a minus the other way round."""
        name = str(order.value)
        return cls.placed(rows, places[name.removeprefix("-")], after, limit, falling=name.startswith("-"))

    @classmethod
    def of(
        cls, rows: Iterable[T], key: Callable[[T], str], after: str | None, limit: int | None
    ) -> Listing[T]:
        """Of all ``rows``, in their order, those behind the one with the key ``after``. Raises ``Malformed`` without one: for
        what is computed in an order of its own.
        """
        left, most = iter(rows), limit or USUAL
        if after is not None and all(key(row) != after for row in left):
            raise no_row(after)
        found = tuple(islice(left, most + 1))
        return cls(found[:most], key(found[most - 1]) if len(found) > most else None)


@dataclass(frozen=True)
class Question(Generic[P, A]):
    """``answer`` for ``roles``, at ``path`` (``/findings/{key}``).

    ``on``: the thing that ``{key}`` names, of which clerks ask only where it is their own. Raises ``TypeError`` at import
    where a parameter says no kind.
    """

    answer: Callable[Concatenate[Asker, P], A]
    path: str
    roles: frozenset[Role]
    on: Thing[Any] | None = None

    def __post_init__(self) -> None:
        if self._signature.supplied != ({"key": SuppliedValue.KEY} if self.keyed else {}):
            raise TypeError(
                f"{self.name}: an answer takes key, and nothing else that is supplied, as {self.path} has one"
            )

    @property
    def name(self) -> str:
        """``list_findings``; words and documents name it so."""
        return self.answer.__name__

    @property
    def keyed(self) -> bool:
        """Whether it is about one thing."""
        return "{key}" in self.path

    @cached_property
    def _signature(self) -> Signature:
        return signature_of(self.answer)

    @property
    def answer_type(self) -> Any:
        """The type of the answer."""
        return self._signature.hints["return"]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """What whoever asks states; at the end, as known at which position of the log."""
        return (*self._signature.fields, *signature_of(_known).fields)


def _known(_: Asker, *, known_at: Position | None) -> None:
    """The field that every question has: the number of the newest record that is known, the newest of all by default."""


def question(
    path: str, roles: frozenset[Role] = EVERYBODY, *, on: Thing[Any] | None = None
) -> Callable[[Callable[Concatenate[Asker, P], A]], Question[P, A]]:
    """Declare a function as a question."""

    def declared(answer: Callable[Concatenate[Asker, P], A]) -> Question[P, A]:
        return Question(answer, path, roles, on)

    return declared


def ask(system: System, asked: Question[..., A], actor: Actor, key: str, stated: Mapping[str, Any]) -> A:
    """The answer for somebody: whose thing it is, whether they may, then what is known.

    ``stated``: every field of the question, typed as ``read`` gives them. Raises ``Unknown``, ``Forbidden`` or ``Malformed``.
    """
    values = dict(stated)
    with _reading(system, actor, values.pop("known_at")) as asker:
        if asked.keyed:
            values["key"] = key
        return answered(asker, asked, **values)


def answered(asker: Asker, asked: Question[P, A], /, *args: P.args, **stated: P.kwargs) -> A:
    """The same for somebody who reads already, such as a page: everything it shows belongs together.

    Raises ``Unknown`` or ``Forbidden``.
    """
    owner = asked.on.owner(asker.look, str(stated["key"])) if asked.on is not None else NOBODY
    # What one side of a pairing began, the other has no say in; but it reads it.
    if not admits(asked.roles, asker.actor, replace(owner, side="")):
        if asked.on is not None and asker.actor.role in TOWNSHIPS & asked.roles:
            raise asked.on.absent(asker.look, str(stated["key"]))
        raise Forbidden(asked.name, asker.actor.role.value)
    return asked.answer(asker, *args, **stated)


def typed(
    asked: Question[..., Any], written: Written, today: date, *, strict: bool = False
) -> dict[str, Any]:
    """What was written, typed, for every field of a question. Raises ``Malformed``."""
    reading = read(asked.fields, written, today=today, strict=strict)
    if reading.faults:
        raise Malformed(reading.faults)
    return dict(reading.values)


@contextmanager
def _reading(system: System, actor: Actor, known_at: int | None) -> Iterator[Asker]:
    with system.remembering() as connection:
        newest = connection.newest
        if known_at is not None and known_at > newest:
            said = (
                f"记录号 {known_at} 晚于最新记录号 {newest}",
                f"record {known_at} is later than the newest, {newest}",
            )
            raise Malformed({"known_at": Fault(FaultCode.NOT_THERE, *said)})
        yield Asker(look_of(system), actor, connection, newest if known_at is None else known_at, newest)
