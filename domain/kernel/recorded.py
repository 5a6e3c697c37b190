"""The envelope: what the log knows about an event beyond what the event says itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.kernel.event import Event


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where an entry came from: a page, an API key, or one row of a ledger file."""

    kind: str
    """``page``, ``api``, ``ledger``, ``command``, ``policy``."""
    name: str = ""
    """Route, path of the API, file name, command or policy."""
    sheet: str = ""
    row: int | None = None
    """1-based row of the sheet."""
    digest: str = ""
    """SHA-256 in hex of the ledger's bytes as they were imported; empty elsewhere."""


@dataclass(frozen=True, kw_only=True)
class By:
    """Who records, from which office, on whose behalf, from where, and as part of what."""

    actor: str
    office: str = ""
    on_behalf_of: str = ""
    acting_for: str = ""
    """The account in whose name a deputy acts, whose office it is then; ``actor`` is who acted all the same."""
    source: Source
    correlation: str = ""
    """Id shared by all that one request, import or policy run recorded."""
    causation: int | None = None
    """Position of the event that led to this one."""


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """An event at its place in the log.

    ``position`` is the total order (gaps possible on PostgreSQL); ``version`` the place in its stream, from 1;
    ``recorded_at`` UTC, the honest time of recording.
    """

    position: int
    stream: str
    version: int
    recorded_at: datetime
    by: By
    event: Event
