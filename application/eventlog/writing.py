"""What the writing session does under the write lock, whatever the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from projections.kit.rows import Rows


class Newest(NamedTuple):
    """The newest event of the log, as it is stored."""

    position: int
    state: bytes


class Stored(NamedTuple):
    """An event as it is stored: the library's ``StoredEvent``, in a quarter of the time that this takes to make."""

    originator_id: str
    originator_version: int
    topic: str
    state: bytes


class Writing(Protocol):
    """A transaction in which nobody else appends; it is committed when it is left without an error.

    ``rows``: the read models, in the same transaction; ``None`` where somebody else is writing them or there are none.
    """

    rows: Rows | None

    def newest(self) -> Newest | None:
        """The newest event, ``None`` in an empty log."""

    def history(self, stream: str) -> Sequence[Stored]:
        """The events of a stream, in order."""

    def insert(self, events: Sequence[Stored]) -> tuple[Sequence[int], str]:
        """Append the events with their leaves: their positions, and the last one's leaf hash in hex.

        Raises ``IntegrityError`` where a place is taken, ``TreeBehind`` where an earlier event has no leaf.
        """
