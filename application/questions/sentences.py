"""Events in words, as an adapter writes them for whoever reads an answer, a package or a comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row

from projections.boards.trail import Difference


@dataclass(frozen=True)
class TrailRow:
    """An event with its envelope. ``sentence``: it in words; ``data``: what the event says, persons as references into the
    vault; ``words``: (field's title, text) of what was written beside it; ``changed``: what it changed in its stream, where
    that is asked for."""

    record: int
    stream: str
    version: int
    name: str
    recorded_at: datetime
    occurred_on: date | None
    reported_on: date | None
    known_by: str
    days_late: int | None
    actor: str
    office: str
    on_behalf_of: str
    source_kind: str
    source_name: str
    source_sheet: str
    source_row: int | None
    source_digest: str
    correlation: str
    causation: int | None
    data: dict[str, Any]
    sentence: str
    words: tuple[tuple[str, str], ...]
    changed: tuple[Difference, ...]


Sentences = Callable[[Connection, int, Iterable[Row[Any]]], list[TrailRow]]
"""Rows of the trail with their sentences, things called as known at the position: in Chinese and naming nobody for a reader
who is not here; on a page in the reader's language, with the persons that may be shown."""
