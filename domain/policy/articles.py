"""The articles (条) of a policy's text, and what differs between two texts, article by article."""

from __future__ import annotations

import enum
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

NUMERAL = "[〇零一二两三四五六七八九十百0-9]{1,7}"
"""How the number of an article is written, in figures or in characters."""
_HEAD = re.compile(rf"[ \t　]*第({NUMERAL})条[ \t　:：]*(.*)")
_CHAPTER = re.compile(rf"[ \t　]*第{NUMERAL}[章节编].*")
_DIGITS = {each: n for n, each in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
ALIKE = 0.5
"""From which likeness on an article is the same one, changed."""


@dataclass(frozen=True)
class Article:
    """An article by its number. ``chapter``: the heading before it, where a chapter begins with it."""

    number: int
    text: str
    chapter: str = ""


class PieceKind(enum.Enum):
    """What a piece of a changed text is: in both texts, in the earlier or in the later one alone."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    kind: PieceKind
    text: str


@dataclass(frozen=True)
class ArticleCompared:
    """An article as it was and as it is, ``None`` where there is none; ``pieces``: its words, one after the other."""

    before: Article | None
    after: Article | None
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether its words differ; another number alone is no change."""
        return any(each.kind is not PieceKind.SAME for each in self.pieces)


def number_of(numeral: str) -> int:
    """The number that a numeral such as ``二十三`` or ``23`` means."""
    if numeral.isdecimal() and numeral.isascii():
        return int(numeral)
    if not re.search("[十百]", numeral):
        return int("".join(str(_DIGITS.get(each, each)) for each in numeral))
    total, digit = 0, 0
    for each in numeral:
        if each in "十百":
            total += (digit or 1) * (10 if each == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[each] if each in _DIGITS else int(each)
    return total + digit


def written(number: int) -> str:
    """The number of an article as texts write it: ``二十三``."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    digit = "零一二三四五六七八九"
    said = f"{digit[hundreds]}百" if hundreds else ""
    if tens:
        said += f"{'' if tens == 1 and not hundreds else digit[tens]}十"
    elif hundreds and ones:
        said += "零"
    return said + (digit[ones] if ones or not number else "")


def articles_of(text: str) -> tuple[Article, ...]:
    """The articles of a text, in its order; what stands before the first belongs to none."""
    found: list[Article] = []
    chapter, lines, number = "", list[str](), None

    def close() -> None:
        if number is not None:
            found.append(Article(number, "\n".join(lines).strip(), opened))

    opened = ""
    for line in text.splitlines():
        if head := _HEAD.fullmatch(line):
            close()
            number, lines = number_of(head[1]), [head[2]]
            opened, chapter = chapter, ""
        elif _CHAPTER.fullmatch(line):
            close()
            number, chapter = None, line.strip()
        else:
            lines.append(line)
    close()
    return tuple(found)


def preamble_of(text: str) -> str:
    """What stands before the first article or chapter."""
    lines: list[str] = []
    for line in text.splitlines():
        if _HEAD.fullmatch(line) or _CHAPTER.fullmatch(line):
            break
        lines.append(line)
    return "\n".join(lines).strip()


def in_order(articles: Sequence[Article]) -> bool:
    """Whether there is any, and each has a number above the one before."""
    numbers = [each.number for each in articles]
    return bool(numbers) and all(a < b for a, b in itertools.pairwise(numbers))


def compared(before: str, after: str) -> tuple[ArticleCompared, ...]:
    """All articles of two texts. One that only got another number is found as the same."""
    old, new = articles_of(before), articles_of(after)
    matcher = SequenceMatcher(None, [each.text for each in old], [each.text for each in new], autojunk=False)
    found: list[ArticleCompared] = []
    for _, a, b, c, d in matcher.get_opcodes():
        found += _aligned(old[a:b], new[c:d])
    return tuple(found)


def _aligned(old: Sequence[Article], new: Sequence[Article]) -> Iterator[ArticleCompared]:
    at = 0
    for each in old:
        like = next((n for n in range(at, len(new)) if _likeness(each.text, new[n].text) >= ALIKE), None)
        if like is None:
            yield ArticleCompared(each, None, (Piece(PieceKind.GONE, each.text),))
            continue
        yield from (_added(more) for more in new[at:like])
        yield ArticleCompared(each, new[like], _pieces(each.text, new[like].text))
        at = like + 1
    yield from (_added(more) for more in new[at:])


def _added(article: Article) -> ArticleCompared:
    return ArticleCompared(None, article, (Piece(PieceKind.NEW, article.text),))


def _likeness(before: str, after: str) -> float:
    return 1.0 if before == after else SequenceMatcher(None, before, after, autojunk=False).ratio()


def _pieces(before: str, after: str) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(PieceKind.SAME, before[a:b]))
            continue
        if a < b:
            found.append(Piece(PieceKind.GONE, before[a:b]))
        if c < d:
            found.append(Piece(PieceKind.NEW, after[c:d]))
    return tuple(found)
