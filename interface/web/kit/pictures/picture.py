"""What a picture consists of. Across it goes by percent of its width, so that texts keep their size; down by pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.assessment.scheme.text import Text
from interface.locales import Wording

WHOLE = 100.0
"""Percent of the width."""


class Say(Protocol):
    """Words in the reader's language."""

    def __call__(self, text: Wording, /, **values: object) -> str: ...


Link = Callable[..., str]
"""The address of a page, with its query."""


def said(text: Text, language: str) -> str:
    """A text of the domain in the reader's language."""
    return text.en if language == "en" else text.zh


@dataclass(frozen=True)
class Mark:
    """Something that stands for a row of the table and leads to what is behind it. ``x`` and ``w`` in percent, ``y`` and ``h``
    in pixels; without a width only its sign is drawn, around ``x``. ``tone``: the class by which it is coloured; ``sign``: what
    says the same without colour; ``cells``: its row of the table."""

    x: float
    y: float
    w: float
    h: float
    tone: str
    href: str
    cells: tuple[str, ...]
    sign: str = ""

    @property
    def label(self) -> str:
        """What it is called: its row of the table."""
        return " · ".join(self.cells)

    @property
    def middle(self) -> float:
        """Where its sign stands, in percent."""
        return self.x + self.w / 2


@dataclass(frozen=True)
class Note:
    """A text beside the marks; ``side``: whether it begins (``start``), ends (``end``) or has its middle at ``x``."""

    x: float
    y: float
    text: str
    side: str = "middle"
    tone: str = ""


@dataclass(frozen=True)
class Rule:
    """A straight line; how it looks says its ``tone``."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: str = "axis"


@dataclass(frozen=True)
class Key:
    """What a tone and its sign mean."""

    tone: str
    sign: str
    text: str


@dataclass(frozen=True)
class Row:
    """A row of the table behind a picture, which leads where its mark does."""

    href: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """Marks with what stands around them. ``head``: of the table, whose rows are the marks', in their order, or those of
    several ``together``; ``rules``: below the marks, ``over``: above them."""

    title: str
    height: float
    head: tuple[str, ...]
    marks: tuple[Mark, ...]
    notes: tuple[Note, ...] = ()
    rules: tuple[Rule, ...] = ()
    over: tuple[Rule, ...] = ()
    keys: tuple[Key, ...] = ()
    told: str = ""
    together: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The table behind the picture."""
        return self.together or tuple(Row(mark.href, mark.cells) for mark in self.marks)


def placed(
    count: int, gap: float = 0.0, left: float = 0.0, right: float = WHOLE
) -> list[tuple[float, float]]:
    """Where ``count`` marks of one width stand between ``left`` and ``right``, with their width."""
    width = (right - left) / max(count, 1)
    return [(left + n * width + gap / 2, width - gap) for n in range(count)]


def share_of(value: float, most: float) -> float:
    """The part of ``most``, from 0 to 1; 0 where there is nothing to share."""
    return 0.0 if most <= 0 else min(max(value / most, 0.0), 1.0)


def packed(spans: Iterable[tuple[float, float]]) -> list[int]:
    """The row in which each span stands, so that no two of a row touch; spans come in the order of their beginning."""
    ends: list[float] = []
    rows = []
    for begins, ends_at in spans:
        row = next((n for n, end in enumerate(ends) if end <= begins), len(ends))
        ends[row : row + 1] = [ends_at]
        rows.append(row)
    return rows


def fitting(text: str, width: float) -> str:
    """The text where it fits into ``width`` percent of the narrowest picture there is, of some 260 pixels; else none."""
    pixels = sum(13 if ord(letter) > 0x2000 else 8 for letter in text)
    return text if pixels <= width * 2.6 else ""


def months_of(year: int) -> Sequence[str]:
    """January to December as a table names them: 2025-01."""
    return [f"{year}-{month:02}" for month in range(1, 13)]
