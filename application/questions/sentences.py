"""Events in words, as an adapter writes them for whoever reads an answer, a package or a comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row

from projections.boards.trail import Difference


@dataclass(frozen=True)
class HistoryStep:
    """An event in words. ``record``: its position in the log; ``words``: (field's title, text) of what was written beside its
    sentence; ``acting_for``: the account in whose name ``actor`` acted, empty for the own."""

    record: int
    version: int
    name: str
    occurred_on: date | None
    recorded_at: datetime
    known_by: str
    days_late: int | None
    actor: str
    office: str
    acting_for: str
    source_kind: str
    source_name: str
    source_sheet: str
    source_row: int | None
    source_digest: str
    sentence: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TrailRow(HistoryStep):
    """The same with its whole envelope. ``data``: what the event says, persons as references into the vault; ``changed``: what
    it changed in its stream, where that is asked for."""

    stream: str
    reported_on: date | None
    on_behalf_of: str
    correlation: str
    causation: int | None
    data: dict[str, Any]
    changed: tuple[Difference, ...]


Sentences = Callable[[Connection, int, Iterable[Row[Any]]], list[TrailRow]]
"""Rows of the trail with their sentences, things called as known at the position: in Chinese and naming nobody for a reader
who is not here; on a page in the reader's language, with the persons that may be shown."""
