"""Whether what somebody typed means a name, a number or a text, and how well."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field

from application.questions.searching.readings import Readings, readings_of, spelt
from domain.kernel.document_no import normal_form
from domain.kernel.folding import folded


class Match(enum.Enum):
    """How well something fits, the best first."""

    NUMBER = "number"
    """It has this very number."""
    NAME = "name"
    """It bears or bore this very name."""
    PREFIX = "prefix"
    """A name or number of it begins so."""
    PINYIN = "pinyin"
    """A name of it begins so in pinyin."""
    CONTAINED = "contained"
    """It is part of a name, in pinyin too, or of a number or a text."""


RANK = {each: rank for rank, each in enumerate(Match)}
EXACT = (Match.NUMBER, Match.NAME)


@dataclass(frozen=True)
class Name:
    """A name with what may be typed for it. Without ``readings`` it is found by its characters only."""

    text: str
    key: str
    readings: Readings

    @classmethod
    def of(cls, text: str) -> Name:
        """A name, found in pinyin too."""
        key = folded(text)
        return cls(text, key, readings_of(key))

    @classmethod
    def written(cls, text: str) -> Name:
        """A text of some length, found as it is written."""
        return cls(text, folded(text), ())


@dataclass(frozen=True)
class Number:
    """A number as it is written, with what all spellings of it have in common."""

    text: str
    form: str

    @classmethod
    def several(cls, *texts: str) -> tuple[Number, ...]:
        """Those that are not empty."""
        return tuple(cls(text, normal_form(text)) for text in texts if text)


@dataclass(frozen=True)
class Hit:
    """``by``: the name, number or text that fits; ``part``: the part of it that was typed; ``left``: characters of a name
    that were not."""

    how: Match
    by: str
    part: str
    left: int = 0

    @property
    def place(self) -> tuple[int, int]:
        """The order of hits."""
        return RANK[self.how], self.left


@dataclass(frozen=True)
class Typed:
    """What somebody typed, to be looked for in many things."""

    text: str
    key: str = field(init=False)
    form: str = field(init=False)
    words: tuple[Typed, ...] = field(init=False)
    """Its words, where blanks part it."""
    _known: dict[str, Hit | None] = field(default_factory=dict, init=False, compare=False)

    def __post_init__(self) -> None:
        key = folded(self.text)
        if any(each.isascii() and each.isalpha() for each in key):
            # An apostrophe parts syllables, and ü is typed as v.
            key = key.replace("'", "").replace("’", "").replace("ü", "v")
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "form", normal_form(self.text))
        words = self.text.split()
        object.__setattr__(self, "words", tuple(map(Typed, words)) if len(words) > 1 else ())

    @property
    def record(self) -> int | None:
        """The number of a record that may be meant: digits, with # before them or not."""
        digits = self.key.removeprefix("#")
        sound = digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST
        return int(digits) if sound and not digits.startswith("0") else None

    def hit(
        self,
        names: Sequence[Name] = (),
        numbers: Sequence[Number] = (),
        beside: Sequence[Name] = (),
    ) -> Hit | None:
        """The best of what fits: of the names, of the numbers, or of what stands ``beside``, such as a township."""
        if not self.key:
            return None
        found = [each for name in names if (each := self._in_name(name))]
        found += [each for number in numbers if (each := self._in_number(number))]
        if found:
            return min(found, key=lambda each: each.place)
        for name in beside:
            if around := self._in_name(name):
                return Hit(Match.CONTAINED, around.by, around.part)
        return self._in_words(names, numbers, beside) if self.words else None

    def _in_number(self, number: Number) -> Hit | None:
        if number.form == self.form:
            return Hit(Match.NUMBER, number.text, number.text)
        at = number.form.find(self.form)
        return (
            None if at < 0 else Hit(Match.CONTAINED if at else Match.PREFIX, number.text, self.text.strip())
        )

    def _in_name(self, name: Name) -> Hit | None:
        if name.text not in self._known:
            self._known[name.text] = self._found_in(name)
        return self._known[name.text]

    def _found_in(self, name: Name) -> Hit | None:
        at = name.key.find(self.key)
        if at >= 0:
            how = Match.CONTAINED if at else Match.NAME if self.key == name.key else Match.PREFIX
            return _hit(how, name, at, at + len(self.key))
        first = self.key[0]
        for start, readings in enumerate(name.readings):
            if first in readings and (end := spelt(name.readings, self.key, start)):
                return _hit(Match.CONTAINED if start else Match.PINYIN, name, start, end)
        return None

    def _in_words(
        self, names: Sequence[Name], numbers: Sequence[Number], beside: Sequence[Name]
    ) -> Hit | None:
        """Several words with blanks between, each of which fits somewhere: a unit and a village of a pairing."""
        hits = [word.hit(names, numbers, beside) for word in self.words]
        if not all(hits) or (first := hits[0]) is None:
            return None
        return Hit(Match.CONTAINED, first.by, first.part)


LONGEST = 18
"""Digits of a record's number at most."""


def _hit(how: Match, name: Name, start: int, end: int) -> Hit:
    # What is folded is as long as what was written, but for rare characters.
    text = name.text if len(name.text) == len(name.key) else name.key
    left = len(name.key) - (end - start) if how in (Match.PREFIX, Match.PINYIN) else 0
    return Hit(how, name.text, text[start:end], left)
