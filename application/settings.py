"""What a system is run with, typed: where its data stand, and the limits it keeps to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.attachment.attachments import Quota


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``database_url`` is ``postgresql://...`` or ``None`` for SQLite files in ``folder``.

    ``key_folder`` holds the signing keys and the signer's memory, ``folder/keys`` by default; keep it away from those
    who keep the database. ``domain`` begins the origin of a log that is opened, and stays with it.
    ``with_sm3`` keeps a second tree with SM3 beside the one with SHA-256; once begun, it is kept on.
    """

    folder: Path
    database_url: str | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    secure_cookies: bool = False
    """The pages are reached over HTTPS only: cookies say so, and browsers are told to remember it."""
    hosts: tuple[str, ...] = ()
    """Host names under which the pages answer; any where none is given."""
    proxies: tuple[str, ...] = ()
    """Addresses or networks of proxies whose ``X-Forwarded-*`` headers are believed; nobody's by default."""
    idle_minutes: int = 60
    """A session that nobody used for so long is over. [default]"""
    key_folder: Path | None = None
    domain: str = "county.local"
    with_sm3: bool = False
    notice_days: int = 5
    """Working days of a public notice where nothing else is entered. [practice: 公示期一般为五个工作日]"""
    at_once: int = 8
    """Requests that are worked on at once; the databases keep as many connections, and up to twice as many."""
    waiting: int = 64
    """Requests that may wait for their turn; beyond, one is asked to come back (503)."""
    quota: Quota = field(default_factory=Quota)
    """How much may be attached; ``LIANJIAN_ATTACHED_MB`` is MB of one thing, of one account and day, and in all."""

    @property
    def keys(self) -> Path:
        """The folder of the keys."""
        return self.key_folder or self.folder / "keys"
