"""Natural persons appear in events by reference and salted commitment only; the name is in the vault."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PersonRef:
    """``ref`` finds the name in the vault; ``commitment`` proves which name it was, once salt and name are revealed."""

    ref: str
    commitment: str


def name_commitment(ref: str, salt: bytes, name: str) -> str:
    """Hex SHA-256 of ``name/v1 | ref | salt | name``, length-framed (integrity.md 2.7)."""
    hasher = hashlib.sha256(b"name/v1\0")
    for part in (ref.encode(), salt, name.encode()):
        hasher.update(len(part).to_bytes(2, "big") + part)
    return hasher.hexdigest()
