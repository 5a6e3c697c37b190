"""A leaf's proof as one text: C2SP tlog-proof. Index, inclusion path, and the checkpoint it leads to, verbatim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence, Tuple

from domain.integrity.note import Note, NoteError, from_base64, from_decimal, read_note, to_base64
from domain.integrity.tree import SIZE

HEADER = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class TlogProof:
    """``note`` is the signed checkpoint; size and root are read from it alone."""

    index: int
    path: Tuple[bytes, ...]
    note: Note

    def __str__(self) -> str:
        lines = [HEADER, "index {}".format(self.index), *(to_base64(each) for each in self.path)]
        return "\n".join(lines) + "\n\n" + str(self.note)


def write_proof(index: int, path: Sequence[bytes], note: bytes) -> bytes:
    """The proof's text."""
    return str(TlogProof(index, tuple(path), read_note(note))).encode()


def read_proof(data: bytes) -> TlogProof:
    """A proof. Raises ``NoteError`` for anything that would be written otherwise."""
    head, found, rest = data.partition(b"\n\n")
    if not found:
        raise NoteError("a proof needs an empty line before its checkpoint")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise NoteError("the head of a proof is ASCII") from None
    if lines[0] != HEADER:
        raise NoteError("a proof begins with {}".format(HEADER))
    if len(lines) < 2 or not lines[1].startswith("index "):
        raise NoteError("the second line of a proof gives the index")
    path = tuple(from_base64(line) for line in lines[2:])
    if any(len(each) != SIZE for each in path):
        raise NoteError("a hash of the path has not {} bytes".format(SIZE))
    return TlogProof(from_decimal(lines[1][len("index ") :]), path, read_note(rest))
