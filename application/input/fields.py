"""The fields of a verb or a question, read off the signature of its function. What cannot be a field does not start."""

from __future__ import annotations

import enum
import inspect
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from domain.kernel.person import PersonRef
from domain.kernel.values import (
    Choice,
    Day,
    KeyOf,
    Kind,
    Many,
    Person,
    Points,
    Rows,
    SuppliedValue,
    Text,
    Tick,
    Whole,
    YesNo,
)

KINDS = (Text, Whole, Points, Day, Choice, YesNo, Tick, Person, KeyOf, Many, Rows)


@dataclass(frozen=True)
class Field:
    """One value somebody states. ``required``: reading fails where it is missing; else it reads as ``None``, as the empty
    text or as not ticked."""

    name: str
    kind: Kind
    required: bool


@dataclass(frozen=True)
class Signature:
    """What a function takes: the fields people state, and by parameter what the machinery supplies."""

    fields: tuple[Field, ...]
    supplied: Mapping[str, SuppliedValue]
    hints: Mapping[str, Any]


@cache
def signature_of(function: Callable[..., Any], given: frozenset[str] = frozenset()) -> Signature:
    """The keyword-only parameters of a decision, a look-up or an answer, but for those that are ``given`` by look-ups.

    A parameter with a default is for other code and no field. Raises ``TypeError``, which names function and parameter, for
    a type that says no kind, such as a bare ``str`` or ``int``.
    """
    hints = get_type_hints(function, include_extras=True)
    stated: list[Field] = []
    supplied: dict[str, SuppliedValue] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is not parameter.KEYWORD_ONLY or name in given:
            continue
        source = _supplied(hints[name])
        if source is not None:
            supplied[name] = source
        elif parameter.default is parameter.empty:
            try:
                stated.append(_field(name, hints[name]))
            except TypeError as error:
                raise TypeError(f"{function.__module__}.{function.__qualname__}: {name} {error}") from None
    return Signature(tuple(stated), supplied, hints)


def fields_of_row(row: type[object]) -> tuple[Field, ...]:
    """The columns of a table, read off the fields of its dataclass."""
    hints = get_type_hints(row, include_extras=True)
    return tuple(_field(each.name, hints[each.name]) for each in fields(row))  # type: ignore[arg-type]


def _supplied(hint: Any) -> SuppliedValue | None:
    marks = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((mark for mark in marks if isinstance(mark, SuppliedValue)), None)


def _field(name: str, hint: Any) -> Field:
    optional = False
    if get_origin(hint) in (Union, types.UnionType):
        members = [member for member in get_args(hint) if member is not type(None)]
        if len(members) != 1 or len(get_args(hint)) != 2:
            raise TypeError(f"is {hint}: a field is of one type, or of one type or None")
        hint, optional = members[0], True
    kind = _kind(hint)
    empty = isinstance(kind, Tick) or (isinstance(kind, Text | KeyOf) and kind.may_be_empty)
    none = isinstance(kind, Many | Rows) and kind.least == 0
    return Field(name, kind, not (optional or empty or none))


def _kind(hint: Any) -> Kind:
    if get_origin(hint) is Annotated:
        for mark in get_args(hint)[1:]:
            if isinstance(mark, KINDS):
                return mark
        hint = get_args(hint)[0]
    if isinstance(hint, type):
        if issubclass(hint, enum.Enum):
            return Choice(hint)
        if hint is bool:
            return YesNo()
        if hint is date:
            return Day()
        if hint is PersonRef:
            return Person()
    if get_origin(hint) in (tuple, Sequence) and get_args(hint):
        return Many(_kind(get_args(hint)[0]))  # type: ignore[arg-type]
    raise TypeError(f"is {hint}: say with a type of domain.kernel.values what it holds")
