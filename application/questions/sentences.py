"""Events in words, as an adapter writes them for whoever puts them into a package or a comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row


@dataclass(frozen=True)
class EventSentence:
    """A row of the trail with its sentence, and (field's title, text) of what was written beside it."""

    row: Row[Any]
    sentence: str
    words: tuple[tuple[str, str], ...] = ()


Sentences = Callable[[Connection, int, Iterable[Row[Any]]], list[EventSentence]]
"""Rows of the trail to their Chinese sentences, for a reader who is not here: things are called as known at the position,
and nobody is named."""
