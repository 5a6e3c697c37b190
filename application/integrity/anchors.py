"""Anchors: what left the building. A note on a served document, a proof, or a witness's mirror of all leaf hashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from application.integrity.witness import CHECKPOINT, LEAVES, unpack
from domain.integrity.note import (
    COSIGNATURE,
    Checkpoint,
    Note,
    VerifierKey,
    read_checkpoint,
    read_note,
    verify_note,
)
from domain.integrity.tlog_proof import HEADER, read_proof
from domain.integrity.tree import SIZE


@dataclass(frozen=True)
class Anchor:
    """``name`` says where it came from; ``leaves`` are the mirrored leaf hashes, one after the other, where there are any."""

    name: str
    note: Note
    leaves: bytes = b""

    @property
    def checkpoint(self) -> Checkpoint:
        return read_checkpoint(self.note.text)

    def seen_at(self, witnesses: Sequence[VerifierKey]) -> datetime | None:
        """When the first of ``witnesses`` cosigned it. Raises ``NoteError`` for a cosignature that is forged."""
        for key in witnesses:
            if key.kind == COSIGNATURE and self.note.by(key):
                return datetime.fromtimestamp(verify_note(self.note, key) or 0, UTC)
        return None


def read_anchor(name: str, data: bytes) -> Anchor:
    """A note (such as the text of a QR code), a ``.tlog-proof``, or what a witness exports. Raises ``NoteError``."""
    leaves = b""
    if data.startswith(b"PK"):
        members = unpack(data, {CHECKPOINT, LEAVES})
        note, leaves = read_note(members[CHECKPOINT]), members[LEAVES]
    elif data.startswith(HEADER.encode()):
        note = read_proof(data).note
    else:
        note = read_note(data)
    anchor = Anchor(name, note, leaves)
    if leaves and len(leaves) != anchor.checkpoint.size * SIZE:
        raise ValueError(f"{name}: {len(leaves) // SIZE} leaf hashes for {anchor.checkpoint.size} leaves")
    return anchor
