"""Which pictures are attached to what people claim to have done: what is compared, by how they look."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table

from domain.attachment.attachments import PICTURES
from domain.attachment.events import AttachmentAdded
from projections.kit.projection import Projection
from projections.kit.tables import metadata
from projections.kit.writer import Writer

COMPARED = ("activity", "project", "nomination")
"""Kinds of things whose pictures are compared; an event names the thing by ``<kind>_id``."""
attached_pictures = Table(
    "attached_picture",
    metadata,
    # On SQLite the row id itself, not an index beside it.
    Column("position", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    Column("kind", String(12), nullable=False),
    Column("thing", String(40), nullable=False, index=True),
    Column("digest", String(64), nullable=False, index=True),
)
"""By the position of the event that attached it; ``thing``: the id of what it is attached to."""
attached_pictures_board = Projection("attached_pictures", 3, [attached_pictures])


@attached_pictures_board.on(AttachmentAdded)
def _added(write: Writer, event: AttachmentAdded) -> None:
    kind = next((each for each in COMPARED if getattr(event, f"{each}_id")), None)
    if kind is not None and event.media_type in PICTURES:
        at, thing = write.recorded.position, getattr(event, f"{kind}_id")
        write.insert(attached_pictures, position=at, kind=kind, thing=thing, digest=event.digest)
