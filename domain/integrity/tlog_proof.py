"""A leaf's proof as one text: C2SP tlog-proof. Index, inclusion path, and the checkpoint it leads to, verbatim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence, Tuple

from domain.integrity.note import (
    Checkpoint,
    Note,
    NoteError,
    VerifierKey,
    from_base64,
    from_decimal,
    read_checkpoint,
    read_note,
    to_base64,
    verify_note,
)
from domain.integrity.proofs import verify_inclusion
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


def verify_proof(proof: TlogProof, hashed: bytes, key: VerifierKey) -> Checkpoint:
    """The checkpoint under which leaf hash ``hashed`` stands at the proof's index, signed by ``key``.

    Raises ``NoteError`` or ``ProofError``.
    """
    checkpoint = read_checkpoint(proof.note.text)
    if checkpoint.origin != key.name:
        raise NoteError("the checkpoint is of {}, the key of {}".format(checkpoint.origin, key.name))
    verify_note(proof.note, key)
    verify_inclusion(hashed, proof.index, checkpoint.size, proof.path, checkpoint.root)
    return checkpoint
