"""How characters are read: every reading of each, without tones, so that whichever one is typed finds the name."""

from __future__ import annotations

import os
from functools import lru_cache

Readings = tuple[frozenset[str], ...]
"""By character of a text: what may be typed for it (the character itself, a whole syllable, the letters it begins with)."""


def readings_of(text: str) -> Readings:
    """What may be typed for each character of a folded text."""
    return tuple(_typed_for(character) for character in text)


@lru_cache(maxsize=30_000)
def _typed_for(character: str) -> frozenset[str]:
    """Remembered by character, never by name: nothing of a person stays here after an erasure."""
    found = {character}
    for syllable in _syllables(character):
        found |= {syllable, syllable[0]}
        if syllable[:2] in ("zh", "ch", "sh"):
            found.add(syllable[:2])
        if "v" in syllable:
            found.add(syllable.replace("v", "u"))
    return frozenset(found)


def _syllables(character: str) -> list[str]:
    if character.isascii():
        return []
    # Loaded when somebody searches first. Its dictionary of phrases (43 MB) would only choose among the readings.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    return [each for each in pinyin(character, Style.NORMAL, heteronym=True)[0] if each.isascii()]


def spelt(readings: Readings, typed: str, start: int = 0) -> int | None:
    """The place behind the last character that ``typed`` spells from ``start`` on, the last one perhaps begun only; ``None``
    where it spells something else."""
    reached = {0}
    for place in range(start, len(readings)):
        following = set()
        for at in reached:
            rest = typed[at:]
            for each in readings[place]:
                if each.startswith(rest):
                    return place + 1
                if rest.startswith(each):
                    following.add(at + len(each))
        if not following:
            return None
        reached = following
    return None
