"""Wording: the Chinese text itself is the key, English stands in ``en.po``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from babel.messages.pofile import read_po

LANGUAGES = ("zh", "en")


@lru_cache(maxsize=4)
def catalogue(language: str) -> Mapping[str, str]:
    """Chinese text to its wording in ``language``; empty for Chinese itself."""
    if language == "zh":
        return {}
    with files(__package__).joinpath(f"{language}.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}


def translate(language: str, text: str, /, **values: object) -> str:
    """``text`` in ``language``, with ``%(name)s`` filled in."""
    found = catalogue(language).get(text, text)
    return found % values if values else found
