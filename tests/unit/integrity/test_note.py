"""Signed notes and cosignatures: written, read back strictly, verified by our own Ed25519 and by a library's."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from application.integrity.keys import SigningKey, read_signing_key
from domain.integrity import ed25519
from domain.integrity.ed25519 import verify_ed25519
from domain.integrity.note import (
    COSIGNATURE,
    Checkpoint,
    Note,
    NoteError,
    from_decimal,
    read_checkpoint,
    read_key,
    read_note,
    verify_note,
)
from domain.integrity.proofs import ProofError, verify_inclusion
from domain.integrity.tlog_proof import read_proof, write_proof
from domain.integrity.tree import leaf_hash, root_of

LOG = SigningKey.from_seed("county.example/lianjian/1", 1, bytes(range(32)))
WITNESS = SigningKey.from_seed("witness.example", COSIGNATURE, bytes(range(32, 64)))
HASHES = [leaf_hash(b"%d" % n) for n in range(4)]
TEXT = str(Checkpoint(LOG.verifier.name, 4, root_of(HASHES)))
NOTE = Note(TEXT, (LOG.sign(TEXT), WITNESS.cosign(TEXT, 1767225600)))


@pytest.mark.parametrize(
    ("seed", "public", "message", "signature"),
    [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    ],
)
def test_the_vectors_of_rfc_8032(seed: str, public: str, message: str, signature: str) -> None:
    assert SigningKey.from_seed("x", 1, bytes.fromhex(seed)).verifier.public.hex() == public
    assert verify_ed25519(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))
    assert not verify_ed25519(bytes.fromhex(public), bytes.fromhex(message) + b"x", bytes.fromhex(signature))


def test_our_verification_agrees_with_a_library_on_good_and_bad_signatures() -> None:
    rng = random.Random(1)
    for n in range(60):
        key = Ed25519PrivateKey.generate()
        public, message = key.public_key().public_bytes_raw(), os.urandom(n)
        signature = bytearray(key.sign(message))
        if n % 2:
            signature[rng.randrange(64)] ^= 1 << rng.randrange(8)
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(bytes(signature), message)
            good = True
        except InvalidSignature:
            good = False
        assert verify_ed25519(public, message, bytes(signature)) is good is (n % 2 == 0)


@pytest.mark.parametrize("lengths", [(31, 64), (32, 63), (0, 0)])
def test_wrong_lengths_are_no_signature(lengths: tuple[int, int]) -> None:
    assert not verify_ed25519(bytes(lengths[0]), b"", bytes(lengths[1]))


def test_a_signature_with_s_beyond_the_order_is_refused() -> None:
    signature = LOG.sign("x\n").signature
    s = int.from_bytes(signature[32:], "little") + ed25519.L
    assert not verify_ed25519(LOG.verifier.public, b"x\n", signature[:32] + s.to_bytes(32, "little"))


def test_a_note_is_read_as_it_was_written() -> None:
    assert read_note(str(NOTE).encode()) == NOTE
    assert read_checkpoint(NOTE.text) == Checkpoint(LOG.verifier.name, 4, root_of(HASHES))
    assert read_key(str(LOG.verifier)) == LOG.verifier
    assert verify_note(NOTE, LOG.verifier) is None
    assert verify_note(NOTE, WITNESS.verifier) == 1767225600


def test_a_note_by_somebody_else_is_not_ours() -> None:
    other = SigningKey.new(LOG.verifier.name)
    forged = Note(TEXT, (other.sign(TEXT),))
    with pytest.raises(NoteError, match="0 signatures"):
        verify_note(forged, LOG.verifier)
    claimed = Note(
        TEXT, (type(NOTE.signatures[0])(LOG.verifier.name, LOG.verifier.id, other.sign(TEXT).signature),)
    )
    with pytest.raises(NoteError, match="not over this note"):
        verify_note(claimed, LOG.verifier)


STEPS = pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.long)])
"""Every bit, or every fifth: each byte is hit, and each place in a byte."""


@STEPS
def test_every_flipped_bit_of_a_note_is_found(step: int) -> None:
    data = str(NOTE).encode()
    for n in range(0, len(data) * 8, step):
        flipped = bytearray(data)
        flipped[n // 8] ^= 1 << (n % 8)
        with pytest.raises(NoteError):
            note = read_note(bytes(flipped))
            read_checkpoint(note.text)
            # Which of the two signatures is broken depends on the bit, so both are looked at.
            verify_note(note, LOG.verifier)
            verify_note(note, WITNESS.verifier)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n\nnot a signature\n",
        "text\n\n\u2014 a AAAAAAA=".encode(),
        "text\n\n\u2014 a AAAA\n".encode(),
        "text\n\n\u2014 a+b AAAAAAAA\n".encode(),
        "te\txt\n\n\u2014 a AAAAAAAA\n".encode(),
        b"\xff\n\n",
    ],
)
def test_what_is_no_note_is_refused(data: bytes) -> None:
    with pytest.raises(NoteError):
        read_note(data)


@pytest.mark.parametrize(
    "text", ["", "1", "a\n1\n", "a\n01\nAAAA\n", "a\n1\nAAAA\n", "\n1\n" + "A" * 43 + "=\n"]
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        read_checkpoint(text)


@pytest.mark.parametrize("number", ["-1", "+1", " 1", "01", "1.0", "٣", "9223372036854775808", ""])
def test_a_number_has_one_spelling(number: str) -> None:
    with pytest.raises(NoteError):
        from_decimal(number)


def test_a_key_cannot_be_altered_unseen() -> None:
    written = str(LOG.verifier)
    for n in range(len(written)):
        changed = written[:n] + ("A" if written[n] != "A" else "B") + written[n + 1 :]
        with pytest.raises(NoteError):
            read_key(changed)


def test_a_key_file_is_read_back_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "log.key"
    LOG.write(path)
    assert read_signing_key(path) == LOG
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        LOG.write(path)
    path.write_text(str(LOG)[:-2])
    with pytest.raises(NoteError):
        read_signing_key(path)


@STEPS
def test_every_flipped_bit_of_a_proof_is_found(step: int) -> None:
    proof = [HASHES[3], root_of(HASHES[:2])]
    data = write_proof(2, proof, str(NOTE).encode())
    _verify(data, HASHES[2])
    checkpoint_at = data.index(b"\n\n") + 2
    for n in range(0, checkpoint_at * 8, step):
        flipped = bytearray(data)
        flipped[n // 8] ^= 1 << (n % 8)
        with pytest.raises((NoteError, ProofError)):
            _verify(bytes(flipped), HASHES[2])
    with pytest.raises(ProofError):
        _verify(data, HASHES[1])


def _verify(data: bytes, hashed: bytes) -> None:
    proof = read_proof(data)
    verify_note(proof.note, LOG.verifier)
    checkpoint = read_checkpoint(proof.note.text)
    verify_inclusion(hashed, proof.index, checkpoint.size, proof.path, checkpoint.root)
