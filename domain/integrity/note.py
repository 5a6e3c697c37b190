"""Signed notes, checkpoints and cosignatures as C2SP writes them (signed-note, tlog-checkpoint, tlog-cosignature).

A note is a text that ends with a newline, an empty line, and signature lines ``— name base64(key id | signature)``.
Reading is strict: what is read, written again, gives the same bytes, or it is refused. Signing is left to the caller.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import List, Optional, Tuple

from domain.integrity.ed25519 import verify_ed25519
from domain.integrity.tree import SIZE

ED25519 = 0x01
COSIGNATURE = 0x04
DASH = "\u2014 "
LARGEST = 1 << 63


class NoteError(Exception):
    """The note is not as it must be; the text says where."""


def to_base64(data: bytes) -> str:
    """Standard Base64 with padding (RFC 4648, 4)."""
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """The bytes of standard Base64; no other spelling of them is accepted. Raises ``NoteError``."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError, ValueError):
        raise NoteError("not Base64: {!r}".format(text[:60])) from None
    if to_base64(data) != text:
        raise NoteError("not the one spelling of its Base64: {!r}".format(text[:60]))
    return data


def from_decimal(text: str) -> int:
    """A number without sign, spaces or leading zeros, below 2**63. Raises ``NoteError``."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 19 and str(int(text)) == text):
        raise NoteError("not a decimal number: {!r}".format(text[:60]))
    if int(text) >= LARGEST:
        raise NoteError("number too large: {}".format(text))
    return int(text)


@dataclass(frozen=True)
class VerifierKey:
    """A public key with the name it signs under, written ``name+hash+base64(type | key)``."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The first four bytes of SHA-256 over ``name | 0x0A | type | key``."""
        framed = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(framed).digest()[:4]

    def __str__(self) -> str:
        return "{}+{}+{}".format(self.name, self.id.hex(), to_base64(bytes([self.kind]) + self.public))

    @property
    def fingerprint(self) -> str:
        """What is compared by eye with paper: SHA-256 of the written key, in groups of four."""
        digest = hashlib.sha256(str(self).encode()).hexdigest()
        return " ".join(digest[n : n + 4] for n in range(0, 64, 4))


def read_key(text: str) -> VerifierKey:
    """A written public key. Raises ``NoteError``."""
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise NoteError("not a verifier key (name+hash+base64): {!r}".format(text[:80]))
    name, _, encoded = parts
    data = from_base64(encoded)
    if len(data) != 33 or data[0] not in (ED25519, COSIGNATURE):
        raise NoteError("a key of unknown type or length: {!r}".format(text[:80]))
    _check_name(name)
    key = VerifierKey(name, data[0], data[1:])
    if str(key) != text:
        raise NoteError("the hash in the key does not belong to it: {!r}".format(text[:80]))
    return key


def _check_name(name: str) -> None:
    if not name or "+" in name or any(c.isspace() for c in name):
        raise NoteError("a name may not be empty nor hold spaces or '+': {!r}".format(name))


@dataclass(frozen=True)
class Signature:
    """One signature line: the signer's name, its key id (4 bytes), and the signature."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return "{}{} {}\n".format(DASH, self.name, to_base64(self.key_id + self.signature))

    def is_by(self, key: VerifierKey) -> bool:
        """Whether it claims to be by ``key``."""
        return self.name == key.name and self.key_id == key.id


def read_signature(line: str) -> Signature:
    """A signature line with its newline. Raises ``NoteError``."""
    if not line.startswith(DASH) or not line.endswith("\n"):
        raise NoteError("not a signature line: {!r}".format(line[:80]))
    name, _, encoded = line[len(DASH) : -1].partition(" ")
    _check_name(name)
    data = from_base64(encoded)
    if len(data) < 5:
        raise NoteError("a signature too short to be one, by {}".format(name))
    return Signature(name, data[:4], data[4:])


@dataclass(frozen=True)
class Note:
    """A text (ending with a newline) and its signatures."""

    text: str
    signatures: Tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(str(each) for each in self.signatures)

    def by(self, key: VerifierKey) -> List[Signature]:
        """The signatures that claim to be by ``key``."""
        return [each for each in self.signatures if each.is_by(key)]


def read_note(data: bytes) -> Note:
    """A signed note. Raises ``NoteError`` for anything that would be written otherwise."""
    try:
        written = data.decode("utf-8")
    except UnicodeDecodeError:
        raise NoteError("a note is UTF-8 text") from None
    if any(ord(c) < 0x20 and c != "\n" for c in written):
        raise NoteError("a note holds no control characters")
    text, found, rest = written.rpartition("\n\n")
    if not found or not rest:
        raise NoteError("a note needs an empty line and a signature after it")
    lines = rest.split("\n")
    if lines.pop() != "":
        raise NoteError("a note ends with a newline")
    note = Note(text + "\n", tuple(read_signature(line + "\n") for line in lines))
    if str(note).encode() != data:
        raise NoteError("not the one spelling of this note")
    return note


def verify_signature(text: str, signature: Signature, key: VerifierKey) -> Optional[int]:
    """The time a cosignature states (Unix seconds), ``None`` for a plain one. Raises ``NoteError``."""
    if not signature.is_by(key):
        raise NoteError("signed by {}, not by {}".format(signature.name, key.name))
    if key.kind == COSIGNATURE:
        if len(signature.signature) != 72:
            raise NoteError("the cosignature of {} has the wrong length".format(key.name))
        time = int.from_bytes(signature.signature[:8], "big")
        if not verify_ed25519(key.public, cosigned(text, time), signature.signature[8:]):
            raise NoteError("the cosignature of {} is not over this note".format(key.name))
        return time
    if not verify_ed25519(key.public, text.encode(), signature.signature):
        raise NoteError("the signature of {} is not over this note".format(key.name))
    return None


def verify_note(note: Note, key: VerifierKey) -> Optional[int]:
    """Like ``verify_signature``, of the one signature by ``key`` on ``note``."""
    found = note.by(key)
    if len(found) != 1:
        raise NoteError("{} signatures by {} where one belongs".format(len(found), key.name))
    return verify_signature(note.text, found[0], key)


def cosigned(text: str, time: int) -> bytes:
    """What a witness signs: the note's text, and when it saw it (Unix seconds)."""
    return "cosignature/v1\ntime {}\n{}".format(time, text).encode()


@dataclass(frozen=True)
class Checkpoint:
    """What a log commits to: its origin, its size in leaves, and its root."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return "{}\n{}\n{}\n".format(self.origin, self.size, to_base64(self.root))


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in a note's text; extension lines are refused. Raises ``NoteError``."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:
        raise NoteError("a checkpoint is three lines: origin, size, root")
    root = from_base64(lines[2])
    if len(root) != SIZE:
        raise NoteError("the root has {} bytes, not {}".format(len(root), SIZE))
    return Checkpoint(lines[0], from_decimal(lines[1]), root)
