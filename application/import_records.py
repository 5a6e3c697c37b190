"""Imports of ledgers as they are listed: on their way, or made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any


class State(Enum):
    """How far an import is. ``READING``: the preview is being made; ``FAILED``: it could not be."""

    READING = "reading"
    PREVIEWED = "previewed"
    RECORDING = "recording"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class BatchFile:
    """A file of an import. ``content`` is ``None`` once the import has ended, or a name had to be forgotten."""

    name: str
    digest: str
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Batch:
    """An import. ``outcome`` is what `ImportResult.as_dict` says, cut to a readable length; ``None`` before, or forgotten."""

    id: str
    state: State
    begun_at: datetime
    uploaded_by: str
    office: str
    recorded_by: str
    ended_at: datetime | None
    year: int | None
    answers: Mapping[str, str]
    counts: Mapping[str, int]
    outcome: Mapping[str, Any] | None
    digest: str
    position: int
    note: str
    beat_at: datetime | None
    done: int
    total: int
    has_returned: bool
    """Whether there are refused rows to be handed back."""
    files: tuple[BatchFile, ...] = ()

    @property
    def is_working(self) -> bool:
        """Whether somebody works on it, or should."""
        return self.state in (State.READING, State.RECORDING)
