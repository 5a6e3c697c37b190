"""Which pictures are attached to activities: what is compared, by how they look."""

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
    Column("activity_id", String(40), nullable=False),
    Column("digest", String(64), nullable=False, index=True),
)
"""By the position of the event that attached it."""
attached_pictures_board = Projection("attached_pictures", 2, [attached_pictures])


@attached_pictures_board.on(AttachmentAdded)
def _added(write: Writer, event: AttachmentAdded) -> None:
    if event.activity_id and event.media_type in PICTURES:
        at = write.recorded.position
        write.insert(attached_pictures, position=at, activity_id=event.activity_id, digest=event.digest)
