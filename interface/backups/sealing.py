"""Sealed parts: what must not be read by whoever finds a backup. AES-256-GCM under a passphrase or for a recipient.

A part begins with two lines, the format and a JSON header, both authenticated: what it is, until when it may be kept,
and how its key is come by (scrypt of a passphrase, RFC 7914; or X25519 with HKDF-SHA256, RFC 7748 and 5869).
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

FORMAT = b"lianjian/sealed/v1\n"
SHORTEST = 12
"""Characters of a passphrase."""
_COST = 2**16


class SealError(Exception):
    """A part cannot be sealed or opened; the text says why and what would be right."""


@dataclass(frozen=True)
class Passphrase:
    """What people remember or keep in an envelope; at least ``SHORTEST`` characters."""

    text: str

    def __post_init__(self) -> None:
        if len(self.text) < SHORTEST:
            raise SealError(f"a passphrase has at least {SHORTEST} characters, this one has {len(self.text)}")


@dataclass(frozen=True)
class OpenedPart:
    """The content of a part; ``expires_on`` is the last day on which it may be restored, ``None`` for no end."""

    content: bytes
    expires_on: date | None


Sealer = Passphrase | X25519PublicKey
Opener = Passphrase | X25519PrivateKey


def recipient(pem: bytes) -> X25519PublicKey:
    """The public key of whoever may open a part. Raises ``SealError``."""
    try:
        key = load_pem_public_key(pem)
    except ValueError:
        raise SealError(
            "this is no public key in PEM; make one with openssl genpkey -algorithm X25519"
        ) from None
    if not isinstance(key, X25519PublicKey):
        raise SealError("the recipient's key is not X25519; make one with openssl genpkey -algorithm X25519")
    return key


def identity(pem: bytes) -> X25519PrivateKey:
    """The private key of the recipient. Raises ``SealError``."""
    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError):
        raise SealError("this is no private key in PEM without a passphrase") from None
    if not isinstance(key, X25519PrivateKey):
        raise SealError("the private key is not X25519")
    return key


def seal(content: bytes, part: str, sealer: Sealer, expires_on: date | None = None) -> bytes:
    """The part, sealed."""
    salt, nonce = os.urandom(16), os.urandom(12)
    head: dict[str, Any] = {"part": part, "salt": salt.hex(), "nonce": nonce.hex()}
    head["expires_on"] = expires_on.isoformat() if expires_on else None
    if isinstance(sealer, Passphrase):
        head |= {"key": "scrypt", "cost": _COST}
        key = _scrypt(sealer, salt)
    else:
        ours = X25519PrivateKey.generate()
        head |= {"key": "x25519", "public": ours.public_key().public_bytes_raw().hex()}
        key = _agreed(ours, sealer, salt)
    begin = FORMAT + json.dumps(head, sort_keys=True).encode() + b"\n"
    return begin + AESGCM(key).encrypt(nonce, content, begin)


def open_sealed(sealed: bytes, part: str, opener: Opener) -> OpenedPart:
    """The content of a part. Raises ``SealError`` for a wrong passphrase or key, another part, or changed bytes."""
    try:
        head = json.loads(sealed[len(FORMAT) : sealed.index(b"\n", len(FORMAT))])
        begin = sealed[: sealed.index(b"\n", len(FORMAT)) + 1]
        salt, nonce = bytes.fromhex(head["salt"]), bytes.fromhex(head["nonce"])
        expires_on = date.fromisoformat(head["expires_on"]) if head["expires_on"] else None
        right = sealed.startswith(FORMAT) and head["part"] == part
        key = _key(head, salt, opener)
    except (ValueError, KeyError, TypeError):
        right = False
    if not right:
        raise SealError(f"this is no sealed part of a backup that holds {part}")
    try:
        return OpenedPart(AESGCM(key).decrypt(nonce, sealed[len(begin) :], begin), expires_on)
    except InvalidTag:
        raise SealError(
            f"the {part} cannot be opened: the passphrase or the key is wrong, or the file was changed"
        ) from None


def _key(head: dict[str, Any], salt: bytes, opener: Opener) -> bytes:
    wanted = "scrypt" if isinstance(opener, Passphrase) else "x25519"
    if head["key"] != wanted:
        needs = "a passphrase" if head["key"] == "scrypt" else "the recipient's private key (--identity)"
        raise SealError(f"the backup was sealed otherwise: opening it takes {needs}")
    if isinstance(opener, Passphrase):
        if head["cost"] != _COST:
            raise ValueError(head["cost"])
        return _scrypt(opener, salt)
    return _agreed(opener, X25519PublicKey.from_public_bytes(bytes.fromhex(head["public"])), salt)


def _scrypt(passphrase: Passphrase, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(passphrase.text.encode())


def _agreed(ours: X25519PrivateKey, theirs: X25519PublicKey, salt: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, FORMAT).derive(ours.exchange(theirs))
