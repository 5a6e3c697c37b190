"""Signing keys: an Ed25519 key in a file of its own, outside the database, readable by its owner alone."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.integrity.note import (
    COSIGNATURE,
    ED25519,
    NoteError,
    Signature,
    VerifierKey,
    cosigned,
    from_base64,
    to_base64,
)

PREFIX = "PRIVATE+KEY+"


@dataclass(frozen=True)
class SigningKey:
    """A private key with the name and the kind of its signatures; written as ``PRIVATE+KEY+name+hash+base64``."""

    verifier: VerifierKey
    seed: bytes

    @classmethod
    def from_seed(cls, name: str, kind: int, seed: bytes) -> SigningKey:
        """The key of 32 secret bytes."""
        public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        return cls(VerifierKey(name, kind, public), seed)

    @classmethod
    def new(cls, name: str, kind: int = ED25519) -> SigningKey:
        """A new random key."""
        return cls.from_seed(name, kind, os.urandom(32))

    def sign(self, text: str) -> Signature:
        """The signature of a log over a note's text."""
        assert self.verifier.kind == ED25519, "this is a witness's key"
        return self._signature(text.encode())

    def cosign(self, text: str, time: int) -> Signature:
        """The cosignature of a witness that saw the note at ``time`` (Unix seconds)."""
        assert self.verifier.kind == COSIGNATURE, "this is a log's key"
        return self._signature(cosigned(text, time), time.to_bytes(8, "big"))

    def _signature(self, message: bytes, before: bytes = b"") -> Signature:
        signed = Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)
        return Signature(self.verifier.name, self.verifier.id, before + signed)

    def __str__(self) -> str:
        key = self.verifier
        return f"{PREFIX}{key.name}+{key.id.hex()}+{to_base64(bytes([key.kind]) + self.seed)}"

    def write(self, path: Path) -> None:
        """Write the key; refuses to replace a file. Mode 0600 where the system has modes."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{self}\n")


def read_signing_key(path: Path) -> SigningKey:
    """The key in a file. Raises ``FileNotFoundError``, or ``NoteError`` where it holds no key."""
    written = path.read_text().strip()
    parts = written.removeprefix(PREFIX).split("+", 2)
    if not written.startswith(PREFIX) or len(parts) != 3:
        raise NoteError(f"{path.name} holds no signing key")
    data = from_base64(parts[2])
    if len(data) != 33:
        raise NoteError(f"the key in {path.name} has the wrong length")
    key = SigningKey.from_seed(parts[0], data[0], data[1:])
    if str(key) != written:
        raise NoteError(f"the key in {path.name} does not belong to its hash")
    return key
