"""Wording of pages: the Chinese text itself is the key, English stands in ``en.po`` (``make words`` brings it up to date).
What a context calls its verbs, events and fields is a ``Phrase`` in ``interface/words``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from babel.messages.pofile import read_po

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Phrase:
    """The same in Chinese, as an office says it, and in plain English; ``one``: in English of one thing, where it counts."""

    zh: str
    en: str
    one: str = ""

    def said(self, language: str, number: int = 0) -> str:
        """In the reader's language."""
        return self.zh if language != "en" else self.one if self.one and number == 1 else self.en


Wording = str | Phrase
"""A Chinese text whose English stands in ``en.po``, or both."""


@lru_cache(maxsize=4)
def catalogue(language: str) -> Mapping[str, tuple[str, ...]]:
    """Chinese text to its wording in ``language``, or its two wordings: for one, and for any other number. Empty for Chinese
    itself, which says both alike."""
    if language == "zh":
        return {}
    with files(__package__).joinpath(f"{language}.po").open("rb") as file:
        messages = [each for each in read_po(file) if each.id and each.string]
    return {_forms(each.id)[0]: _forms(each.string or "") for each in messages}


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def translate(language: str, text: Wording, /, **values: object) -> str:
    """``text`` in ``language``, with ``%(name)s`` filled in."""
    found = wording(language, text)
    return found % values if values else found


def counted(language: str, text: Wording, number: int, /, **values: object) -> str:
    """The same for a text that counts, worded for one where ``number`` is one; ``%(n)s`` is the number."""
    return wording(language, text, number) % {"n": number, **values}


def wording(language: str, text: Wording, number: int = 0) -> str:
    """``text`` in ``language`` with its places as they are; ``number`` is what it counts, where it does."""
    if isinstance(text, Phrase):
        return text.said(language, number)
    return catalogue(language).get(text, (text,))[0 if number == 1 else -1]


def N_(text: str) -> str:
    """Marks a text that is translated where it is shown."""
    return text
