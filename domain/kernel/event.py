"""Events, and the catalogue that gives each its name for ever."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar, dataclass_transform


class KnownBy(enum.Enum):
    """How the business time of an event is known."""

    STATED = "stated"
    DOCUMENT = "document"
    ASSUMED = "assumed"


@dataclass_transform(frozen_default=True, kw_only_default=True)
class _FrozenDataclass:
    """Makes every subclass a frozen, keyword-only dataclass that knows its name and its business date."""

    CONTEXT: ClassVar[str] = ""
    NAME: ClassVar[str] = ""
    OCCURRED: ClassVar[str] = ""
    FIELDS: ClassVar[tuple[str, ...]] = ()
    SEALED: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(
        cls, *, context: str = "", occurred: str = "", sealed: tuple[str, ...] = ()
    ) -> None:
        if context:
            cls.CONTEXT = context
        cls.NAME = f"{cls.CONTEXT}.{cls.__name__}"
        if occurred:
            cls.OCCURRED = occurred
        cls.SEALED = frozenset(sealed)
        dataclass(frozen=True, kw_only=True)(cls)
        cls.FIELDS = tuple(each.name for each in fields(cls))  # type: ignore[arg-type]


class Event(_FrozenDataclass):
    """Something that happened, in the regulation's verb, noun + past participle.

    Every subclass is a frozen, keyword-only dataclass. A context has one base class which names it
    (``class PairingEvent(Event, context="pairing")``); its events are ``pairing.PairingStarted`` for ever.

    ``reported_on`` is the day the unit reported it (填报日期), ``None`` when nobody stated one.
    ``OCCURRED`` names the field holding the day it happened; ``occurred_on`` reads it.
    ``SEALED``: fields that only the thing's own readers see; the trail, which every office reads, leaves them out.
    """

    reported_on: date | None = None
    known_by: KnownBy = KnownBy.STATED

    @property
    def occurred_on(self) -> date | None:
        """The day it happened (business time), ``None`` where it is not known."""
        value: date | None = getattr(self, self.OCCURRED) if self.OCCURRED else None
        return value

    def values(self) -> dict[str, Any]:
        """Field name to value, in the order of declaration."""
        return {name: getattr(self, name) for name in self.FIELDS}


def _events(base: type[Event]) -> Iterator[type[Event]]:
    """The events below ``base``: the classes that are no base of others."""
    for cls in base.__subclasses__():
        if cls.__subclasses__():
            yield from _events(cls)
        else:
            yield cls


class Catalogue:
    """All event classes of the system by name. A name can be taken once only."""

    def __init__(self, *bases: type[Event]) -> None:
        self._by_name: dict[str, type[Event]] = {}
        for base in bases:
            for cls in _events(base):
                if cls.NAME in self._by_name:
                    raise ValueError(f"two events are called {cls.NAME}")
                self._by_name[cls.NAME] = cls

    def __getitem__(self, name: str) -> type[Event]:
        return self._by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._by_name))
