"""The attachments of one finding or appeal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.attachment import clauses
from domain.attachment.events import AttachmentAdded, AttachmentEvent
from domain.kernel.decisions import demand

LARGEST = 20 * 1024 * 1024
"""Bytes of an attachment at most."""
_ZIP = b"PK\x03\x04"
TYPES: dict[str, tuple[str, bytes]] = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _ZIP),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _ZIP),
}
"""Ending of a name to its media type and the bytes such a file begins with."""


@dataclass(frozen=True)
class Attachments:
    """``digests`` of what is attached already."""

    digests: frozenset[str] = frozenset()

    def add_attachment(
        self,
        *,
        digest: str,
        size: int,
        begins_with: bytes,
        name: str,
        pairing_id: str,
        branch: str,
        village: str,
        finding_id: str = "",
        appeal_id: str = "",
        added_on: date,
    ) -> AttachmentAdded:
        """Attach a file whose content begins with ``begins_with``."""
        ending = name[name.rfind(".") :].lower() if "." in name else ""
        media_type, magic = TYPES.get(ending, ("", b""))
        demand(bool(media_type) and begins_with.startswith(magic), clauses.TYPE_ALLOWED, name)
        demand(0 < size <= LARGEST, clauses.SIZE_ALLOWED, f"{size} bytes")
        demand(digest not in self.digests, clauses.ADDED_ONCE, name)
        return AttachmentAdded(
            digest=digest,
            size=size,
            media_type=media_type,
            name=name,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            finding_id=finding_id,
            appeal_id=appeal_id,
            added_on=added_on,
        )

    def after(self, event: AttachmentEvent) -> Attachments:
        if isinstance(event, AttachmentAdded):
            return replace(self, digests=self.digests | {event.digest})
        return self
