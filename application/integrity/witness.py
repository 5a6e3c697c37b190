"""The witness: another office that holds the leaf hashes of a log, cosigns its growth and refuses everything else.

Everything stands in one folder: ``witness.key``, and for each log the keys it is trusted under, the last note, and the
leaf hashes one after the other. Leaf hashes carry no names; 32 bytes an event.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from datetime import datetime
from pathlib import Path

from application.integrity.keys import SigningKey, read_signing_key
from application.integrity.memory import write_whole
from domain.integrity.add_checkpoint import AddCheckpoint, read_add_checkpoint
from domain.integrity.note import (
    COSIGNATURE,
    Checkpoint,
    Note,
    NoteError,
    VerifierKey,
    read_checkpoint,
    read_key,
    read_note,
    verify_note,
)
from domain.integrity.proofs import ProofError, verify_consistency
from domain.integrity.tree import SIZE, root_of

REQUEST, LEAVES, CHECKPOINT = "add-checkpoint", "leaves", "checkpoint"
LARGEST = 1 << 30
"""Bytes of leaf hashes in one request at most: 33 million events."""


class WitnessRefused(Exception):
    """The witness does not cosign; ``leaf`` is the first leaf that differs from what it holds, where it can tell."""

    def __init__(self, why: str, leaf: int | None = None) -> None:
        super().__init__(why)
        self.leaf = leaf


def pack(members: dict[str, bytes]) -> bytes:
    """A zip of members, the same bytes for the same members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def unpack(data: bytes, names: set[str]) -> dict[str, bytes]:
    """The members of a zip that holds exactly ``names``. Raises ``NoteError``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sorted(archive.namelist()) != sorted(names):
                raise NoteError(f"the file holds {archive.namelist()}, not {sorted(names)}")
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                raise NoteError("the file is larger than any log")
            return {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, EOFError) as error:
        raise NoteError(f"not a zip file: {error}") from None


def request(body: AddCheckpoint, first: int, leaves: list[bytes]) -> bytes:
    """What the log's office sends: C2SP's add-checkpoint and the leaf hashes from ``first`` on."""
    return pack({REQUEST: str(body).encode(), LEAVES: first.to_bytes(8, "big") + b"".join(leaves)})


class Witness:
    """One witness with its key and its logs."""

    def __init__(self, folder: Path) -> None:
        """Raises ``FileNotFoundError`` where ``folder`` holds no witness."""
        self._folder = folder
        self._key = read_signing_key(folder / "witness.key")

    @classmethod
    def new(cls, folder: Path, name: str) -> Witness:
        """Make a witness. Raises ``FileExistsError`` where there is one, ``NoteError`` for a name with spaces or '+'."""
        key = SigningKey.new(name, COSIGNATURE)
        read_key(str(key.verifier))
        key.write(folder / "witness.key")
        return cls(folder)

    @property
    def key(self) -> VerifierKey:
        """The public key to hand to the log's office, on paper."""
        return self._key.verifier

    def _room(self, origin: str) -> Path:
        return self._folder / "logs" / hashlib.sha256(origin.encode()).hexdigest()[:16]

    def trust(self, key: VerifierKey) -> None:
        """Accept checkpoints signed by ``key``, of the origin that is its name."""
        room = self._room(key.name)
        room.mkdir(parents=True, exist_ok=True)
        kept = self._trusted(key.name)
        if key not in kept:
            write_whole(room / "keys", "".join(f"{each}\n" for each in (*kept, key)).encode())

    def _trusted(self, origin: str) -> list[VerifierKey]:
        path = self._room(origin) / "keys"
        return [read_key(line) for line in path.read_text().splitlines()] if path.exists() else []

    def logs(self) -> list[Note]:
        """The last note of each log it has cosigned."""
        return [read_note(path.read_bytes()) for path in sorted(self._folder.glob("logs/*/note"))]

    def held(self, origin: str) -> tuple[Checkpoint | None, bytes]:
        """What it cosigned last of a log, and the leaf hashes up to there."""
        room = self._room(origin)
        if not (room / "note").exists():
            return None, b""
        checkpoint = read_checkpoint(read_note((room / "note").read_bytes()).text)
        return checkpoint, (room / "leaves").read_bytes()[: checkpoint.size * SIZE]

    def cosign(self, data: bytes, at: datetime) -> str:
        """Check a request and answer with the cosignature line. What is cosigned is kept before it is answered.

        Raises ``WitnessRefused``, and ``NoteError`` for a file that is no request.
        """
        members = unpack(data, {REQUEST, LEAVES})
        body = read_add_checkpoint(members[REQUEST])
        new = read_checkpoint(body.note.text)
        self._check_signature(body.note, new.origin)
        first = int.from_bytes(members[LEAVES][:8], "big")
        sent = members[LEAVES][8:]
        held, mirror = self.held(new.origin)
        count = held.size if held else 0
        if first > count:
            raise WitnessRefused(f"this witness holds {count} leaves; send them from {count} on")
        if len(sent) != (new.size - first) * SIZE:
            raise WitnessRefused(f"{len(sent) // SIZE} leaves were sent where {new.size - first} belong")
        _compare(mirror, first, sent)
        if new.size < count:
            raise WitnessRefused(f"this witness holds {count} leaves, the log {new.size}: it was cut")
        whole = mirror[: first * SIZE] + sent
        if root_of([whole[n : n + SIZE] for n in range(0, len(whole), SIZE)]) != new.root:
            raise WitnessRefused(
                f"the leaves do not lead to the root: the log was rewritten before leaf {first}. "
                "Ask for a request with all leaves (--all); the event will then be named"
            )
        if held and body.old == held.size:
            try:
                verify_consistency(held.size, new.size, held.root, new.root, body.proof)
            except ProofError as error:
                raise WitnessRefused(f"no extension of what this witness holds: {error}") from None
        line = self._key.cosign(body.note.text, int(at.timestamp()))
        self._keep(new, Note(body.note.text, (*body.note.signatures, line)), mirror, whole)
        return str(line)

    def _check_signature(self, note: Note, origin: str) -> None:
        trusted = self._trusted(origin)
        for key in trusted:
            if note.by(key):
                try:
                    verify_note(note, key)
                except NoteError as error:
                    raise WitnessRefused(str(error)) from None
                return
        known = "no log of this origin is trusted here" if not trusted else "signed by no key trusted here"
        raise WitnessRefused(
            f"{origin}: {known}; compare the key with paper, then lianjian witness trust KEY"
        )

    def _keep(self, new: Checkpoint, note: Note, mirror: bytes, whole: bytes) -> None:
        room = self._room(new.origin)
        path = room / "leaves"
        path.touch()
        # Only appended to: what lies beyond the last note's size was never answered for and is overwritten.
        with path.open("r+b") as file:
            file.truncate(len(mirror))
            file.seek(len(mirror))
            file.write(whole[len(mirror) :])
            file.flush()
            os.fsync(file.fileno())
        write_whole(room / "note", str(note).encode())

    def anchor(self, origin: str) -> bytes:
        """What one takes to ``lianjian verify --anchor``: the last note and all leaf hashes. Raises ``LookupError``."""
        checkpoint, mirror = self.held(origin)
        if checkpoint is None:
            raise LookupError(f"nothing of {origin} was cosigned here")
        return pack({CHECKPOINT: (self._room(origin) / "note").read_bytes(), LEAVES: mirror})


def _compare(mirror: bytes, first: int, sent: bytes) -> None:
    """Refuse where leaves that were sent differ from those that are held, and name the first."""
    overlap = min(len(mirror) - first * SIZE, len(sent))
    mine, theirs = mirror[first * SIZE : first * SIZE + overlap], sent[:overlap]
    if mine != theirs:
        at = next(n for n in range(0, overlap, SIZE) if mine[n : n + SIZE] != theirs[n : n + SIZE])
        leaf = first + at // SIZE
        raise WitnessRefused(
            f"leaf {leaf} is not the one this witness holds: the log was rewritten there", leaf
        )
