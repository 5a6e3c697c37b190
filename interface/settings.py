"""Every knob, typed, in one place."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

DATABASE_URL = "LIANJIAN_DATABASE_URL"
DATA = "LIANJIAN_DATA"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``database_url`` is ``postgresql://...`` or ``None`` for SQLite files in ``folder``."""

    folder: Path
    database_url: str | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    secure_cookies: bool = False


def from_environment(data: Path | None = None) -> Settings:
    """Settings from ``--data``, ``LIANJIAN_DATA`` and ``LIANJIAN_DATABASE_URL``; the folder is created.

    Raises ``ValueError`` for a database address that is not PostgreSQL's.
    """
    folder = data or Path(os.environ.get(DATA, "data"))
    url = os.environ.get(DATABASE_URL) or None
    if url is not None and not url.startswith(("postgresql://", "postgres://")):
        raise ValueError(f"{DATABASE_URL} is {url.split('@')[-1]!r}; it must begin with postgresql://")
    folder.mkdir(parents=True, exist_ok=True)
    return Settings(folder=folder, database_url=url)
