"""What a log hands to a witness: C2SP tlog-witness, the body of add-checkpoint. Old size, consistency proof, note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Tuple

from domain.integrity.note import Note, NoteError, from_base64, from_decimal, read_note, to_base64
from domain.integrity.tree import SIZE

LONGEST = 63
"""Hashes in a consistency proof at most."""


@dataclass(frozen=True)
class AddCheckpoint:
    """``old`` is the size that the witness is taken to know; ``proof`` leads from there to the note's checkpoint."""

    old: int
    proof: Tuple[bytes, ...]
    note: Note

    def __str__(self) -> str:
        lines = ["old {}".format(self.old), *(to_base64(each) for each in self.proof)]
        return "\n".join(lines) + "\n\n" + str(self.note)


def read_add_checkpoint(data: bytes) -> AddCheckpoint:
    """The request. Raises ``NoteError`` for anything that would be written otherwise."""
    head, found, rest = data.partition(b"\n\n")
    if not found:
        raise NoteError("a request needs an empty line before its checkpoint")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise NoteError("the head of a request is ASCII") from None
    if not lines[0].startswith("old "):
        raise NoteError("a request begins with the old size")
    proof = tuple(from_base64(line) for line in lines[1:])
    if len(proof) > LONGEST or any(len(each) != SIZE for each in proof):
        raise NoteError("a consistency proof is at most {} hashes of {} bytes".format(LONGEST, SIZE))
    return AddCheckpoint(from_decimal(lines[0][len("old ") :]), proof, read_note(rest))
