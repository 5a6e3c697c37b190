"""What a field of a verb or a question holds: said once, as the type of a decision's parameter.

``due_on: date`` is a day, ``measures: Words`` a text of several lines, ``severity: Severity`` a choice. From these types come
the form, the JSON schema, the command line and the reader; the decision itself sees plain values. Bounds stated here are the
reader's to judge (malformed, 422); what the regulation demands is the decision's (a clause, 409), never both.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

FIRST_YEAR, LAST_YEAR = 1949, 2199
"""Years that a field may speak of; no record of the county lies outside them."""
LARGEST = 10**18 - 1
"""What both databases hold in a column of whole numbers."""


@dataclass(frozen=True)
class Pattern:
    """What a text must look like. ``fits`` judges the trimmed text; ``zh`` and ``en`` say what would be right."""

    fits: Callable[[str], bool]
    zh: str
    en: str


@dataclass(frozen=True)
class Text:
    """Text of at most ``limit`` characters, trimmed, but for a ``whole`` one; several lines where ``lines``. Where it
    ``may_be_empty`` the field need not be filled in and reads as the empty text."""

    limit: int
    lines: bool = False
    may_be_empty: bool = False
    pattern: Pattern | None = None
    whole: bool = False


@dataclass(frozen=True)
class Whole:
    """A whole number from ``low`` to ``high``, both included."""

    low: int = 0
    high: int = LARGEST


@dataclass(frozen=True)
class Record(Whole):
    """The number of a record; on a page, a day stands for the last that was recorded on it."""


@dataclass(frozen=True)
class Points:
    """Points with at most two decimals, held in hundredths, from ``low`` to ``high`` hundredths."""

    low: int = 0
    high: int = 999_999


@dataclass(frozen=True)
class Money(Points):
    """An amount in yuan with at most two decimals, held in 0.01 yuan."""

    high: int = LARGEST


@dataclass(frozen=True)
class Day:
    """A day from 1949 to 2199. ``happened``: one that lies behind us, which a form proposes and a clause demands."""

    happened: bool = False


@dataclass(frozen=True)
class Choice:
    """One member of an enumeration, stated by its value. Not declared: the enumeration as a type says it."""

    kind: type[enum.Enum]


@dataclass(frozen=True)
class YesNo:
    """``yes`` or ``no``, and nothing else. Not declared: ``bool`` as a type says it."""


@dataclass(frozen=True)
class Tick:
    """A box: ticked or not, and not ticked where nothing is stated. A form draws it where ``asked_by`` (ids of clauses)
    is what refused before, or where the page says so."""

    asked_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """A person's name of at most ``limit`` characters, which becomes a reference into the vault. Not declared:
    ``PersonRef`` as a type says it."""

    limit: int = 40


@dataclass(frozen=True)
class KeyOf:
    """The id of a thing of this kind, such as ``pairing``. That it exists is asked by whoever needs the thing."""

    thing: str
    may_be_empty: bool = False


@dataclass(frozen=True)
class Many:
    """At least ``least`` and at most ``most`` values of one kind, in their order."""

    each: Text | Whole | Points | KeyOf | Choice | Day
    least: int = 1
    most: int = 1000


@dataclass(frozen=True)
class Rows:
    """A table: each row a value of the frozen dataclass ``row``, whose fields are typed like a verb's. ``once``: the column of
    which no two rows have the same value, empty where rows may repeat. ``carried``: columns that a form sends along with every
    row, so that they alone fill in none."""

    row: type[object]
    least: int = 1
    most: int = 1000
    once: str = ""
    carried: tuple[str, ...] = ()


Kind = Text | Whole | Points | Day | Choice | YesNo | Tick | Person | KeyOf | Many | Rows


class SuppliedValue(enum.Enum):
    """What nobody fills in: the machinery supplies it."""

    TODAY = "today"
    """The day it is in the county."""
    ACTOR = "actor"
    """The user name of whoever acts."""
    OFFICE = "office"
    """The office of whoever acts."""
    SIDE = "side"
    """The side of the pairing that whoever acts stands for."""
    KEY = "key"
    """The id of the thing, drawn where the thing is begun."""


Line = Annotated[str, Text(120)]
Words = Annotated[str, Text(500, lines=True)]
OptionalLine = Annotated[str, Text(120, may_be_empty=True)]
OptionalWords = Annotated[str, Text(500, lines=True, may_be_empty=True)]
Happened = Annotated[date, Day(happened=True)]
Ticked = Annotated[bool, Tick()]
Year = Annotated[int, Whole(FIRST_YEAR, LAST_YEAR)]
Hundredths = Annotated[int, Points()]
Position = Annotated[int, Record(1)]
"""A position of the log: the number of a record."""
Count = Annotated[int, Whole()]
"""How many there are."""
GradeKey = Annotated[str, KeyOf("grade")]
"""A grade of the year's scheme."""
PairingKey = Annotated[str, KeyOf("pairing")]
RunKey = Annotated[str, KeyOf("run")]
BranchKey = Annotated[str, KeyOf("branch")]
VillageKey = Annotated[str, KeyOf("village")]
Today = Annotated[date, SuppliedValue.TODAY]
Actor = Annotated[str, SuppliedValue.ACTOR]
Office = Annotated[str, SuppliedValue.OFFICE]
Key = Annotated[str, SuppliedValue.KEY]
YearKey = Annotated[int, SuppliedValue.KEY]
PositionKey = Annotated[int, SuppliedValue.KEY]
