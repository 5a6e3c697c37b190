"""Which pictures are attached to activities and livelihood projects: what is compared, by how they look."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table

from domain.attachment.attachments import PICTURES
from domain.attachment.events import AttachmentAdded
from projections.kit.projection import Projection
from projections.kit.tables import metadata
from projections.kit.writer import Writer

attached_pictures = Table(
    "attached_picture",
    metadata,
    # On SQLite the row id itself, not an index beside it.
    Column("position", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    Column("thing", String(40), nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("digest", String(64), nullable=False, index=True),
)
"""By the position of the event that attached it."""
attached_pictures_board = Projection("attached_pictures", 1, [attached_pictures])


@attached_pictures_board.on(AttachmentAdded)
def _added(write: Writer, event: AttachmentAdded) -> None:
    thing = event.activity_id or event.project_id
    if thing and event.media_type in PICTURES:
        at, kind = write.recorded.position, "activity" if event.activity_id else "project"
        write.insert(attached_pictures, position=at, thing=thing, kind=kind, digest=event.digest)
