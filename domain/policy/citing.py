"""Where a text cites a policy: 《title》, with the article behind it, as papers of an office write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.kernel.folding import folded
from domain.policy.articles import NUMERAL, number_of

_CITED = re.compile(rf"《([^《》\n]{{1,120}})》(?:[ \t　]*第 ?({NUMERAL}) ?条)?")


@dataclass(frozen=True)
class Citation:
    """``title`` folded, so that all spellings of it meet; ``article``: ``None`` where the whole is cited; from ``begin`` to
    ``end`` of the text."""

    title: str
    article: int | None
    begin: int
    end: int


def citations(text: str) -> Iterator[Citation]:
    """Everything that a text cites by title, in its order; that there is such a policy is asked by whoever needs it."""
    for found in _CITED.finditer(text):
        article = number_of(found[2]) if found[2] else None
        yield Citation(folded(found[1]), article, found.start(), found.end())
