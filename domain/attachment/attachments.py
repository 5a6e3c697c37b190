"""The attachments of one thing."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated

from domain.attachment import clauses
from domain.attachment.events import AttachmentAdded, AttachmentEvent, PhotographJudged, PhotographVerdict
from domain.kernel.decisions import demand, demanded
from domain.kernel.parties import parties
from domain.kernel.values import KeyOf, Today, Words

LARGEST = 20 * 1024 * 1024
"""Bytes of an attachment at most."""
_ZIP = b"PK\x03\x04"
TYPES: dict[str, tuple[str, bytes]] = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".webp": ("image/webp", b"RIFF"),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _ZIP),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _ZIP),
}
"""Ending of a name to its media type and the bytes such a file begins with."""
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
"""Media types of what is looked at."""
PARTS = {
    ".docx": frozenset({"[Content_Types].xml", "word/document.xml"}),
    ".xlsx": frozenset({"[Content_Types].xml", "xl/workbook.xml"}),
}
"""Ending of a name to the parts that an archive of this kind holds. [ECMA-376 part 2, 9 and 10]"""
OtherThing = Annotated[str, KeyOf("attachment")]
"""Another thing that bears attachments: its kind and its id, such as ``project-<id>``."""
LONGEST_NAME = 120
"""Characters of a name at most."""
_MB = 1024 * 1024


@dataclass(frozen=True)
class Quota:
    """How much may be attached: to one thing, by one account on one day, and in all; bytes but for ``files``. [default]"""

    files: int = 50
    of_thing: int = 200 * _MB
    of_day: int = 400 * _MB
    of_all: int = 50 * 1024 * _MB


@dataclass(frozen=True)
class SpaceTaken:
    """Bytes that are attached already: by this account today, and by all."""

    today: int = 0
    in_all: int = 0


def is_name(name: str) -> bool:
    """Whether ``name`` reads as it is written: no controls, nothing that turns the direction of a text, no path."""
    return 0 < len(name) <= LONGEST_NAME and not any(
        unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp") or each in "/\\" for each in name
    )


@dataclass(frozen=True)
class Attachments:
    """``digests`` of what is attached already, its number and its bytes; ``pictures``: those of photographs, ``pictured`` by
    the last of these; ``judged``: what was last said of a photograph that stands at another thing, too."""

    digests: frozenset[str] = frozenset()
    files: int = 0
    size: int = 0
    pictures: frozenset[str] = frozenset()
    pictured: AttachmentAdded | None = None
    judged: Mapping[str, PhotographVerdict] = field(default_factory=dict)

    def add_attachment(
        self,
        *,
        digest: str,
        size: int,
        begins_with: bytes,
        holds: frozenset[str] = frozenset(),
        readable: bool = True,
        name: str,
        pairing_id: str,
        branch: str,
        village: str,
        finding_id: str = "",
        appeal_id: str = "",
        activity_id: str = "",
        need_id: str = "",
        policy_id: str = "",
        project_id: str = "",
        nomination_id: str = "",
        added_on: date,
        quota: Quota = Quota(),
        taken: SpaceTaken = SpaceTaken(),
    ) -> AttachmentAdded:
        """Attach a file whose content begins with ``begins_with`` and, where it is an archive, has parts ``holds``.
        ``readable``: it is no picture that cannot be looked at.
        """
        demand(is_name(name), clauses.NAME_ALLOWED, ascii(name[:LONGEST_NAME]))
        demand(0 < size <= LARGEST, clauses.SIZE_ALLOWED, f"{size} bytes")
        ending = name[name.rfind(".") :].lower() if "." in name else ""
        media_type, magic = TYPES.get(ending, ("", b""))
        demand(
            bool(media_type)
            and begins_with.startswith(magic)
            and (ending != ".webp" or begins_with[8:12] == b"WEBP")
            and PARTS.get(ending, frozenset()) <= holds,
            clauses.TYPE_ALLOWED,
            name,
        )
        demand(readable or media_type not in PICTURES, clauses.PICTURE_READS, name)
        demand(digest not in self.digests, clauses.ADDED_ONCE, name)
        files, in_thing = self.files + 1, self.size + size
        more = f"{files} files, {in_thing} bytes; at most {quota.files} and {quota.of_thing}"
        demand(files <= quota.files and in_thing <= quota.of_thing, clauses.THING_HAS_ROOM, more)
        today, in_all = taken.today + size, taken.in_all + size
        demand(today <= quota.of_day, clauses.DAY_HAS_ROOM, f"{today} bytes; at most {quota.of_day}")
        demand(in_all <= quota.of_all, clauses.STORE_HAS_ROOM, f"{in_all} bytes; at most {quota.of_all}")
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
            activity_id=activity_id,
            need_id=need_id,
            policy_id=policy_id,
            project_id=project_id,
            nomination_id=nomination_id,
            added_on=added_on,
        )

    def judge_photograph(
        self,
        *,
        other: OtherThing,
        verdict: PhotographVerdict,
        because: Words,
        alike: bool,
        today: Today,
    ) -> PhotographJudged:
        """Say what the photograph is that stands here and at the ``other``, also otherwise than before. ``alike``: both stand,
        have one photograph, and are not two activities, which are judged as entries."""
        pictured = self.judge_photograph_allowed()
        demand(alike, clauses.ONE_PHOTOGRAPH_OF_TWO, other.partition("-")[2])
        return PhotographJudged(
            **parties(pictured),
            other_thing=other,
            photograph_verdict=verdict,
            because=because,
            judged_on=today,
            activity_id=pictured.activity_id,
            project_id=pictured.project_id,
            nomination_id=pictured.nomination_id,
        )

    def judge_photograph_allowed(self) -> AttachmentAdded:
        """Refuse where there is no photograph."""
        return demanded(self.pictured, clauses.ONE_PHOTOGRAPH_OF_TWO)

    def after(self, event: AttachmentEvent) -> Attachments:
        if isinstance(event, PhotographJudged):
            return replace(self, judged={**self.judged, event.other_thing: event.photograph_verdict})
        if not isinstance(event, AttachmentAdded):
            return self
        attached = replace(
            self,
            digests=self.digests | {event.digest},
            files=self.files + 1,
            size=self.size + event.size,
        )
        if event.media_type not in PICTURES:
            return attached
        return replace(attached, pictures=self.pictures | {event.digest}, pictured=event)
