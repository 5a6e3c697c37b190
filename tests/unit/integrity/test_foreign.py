"""Notes, cosignatures and tiles against aics-tlog (Apache-2.0), which this project did not write.

The library needs Python 3.12; what it made of the same keys and leaves is kept in ``tests/golden/aics-tlog`` and
compared on every Python, and where the library can be installed it is asked again.
"""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest

from application.integrity.keys import SigningKey
from domain.integrity.note import COSIGNATURE, Checkpoint, Note, read_note, verify_note
from domain.integrity.tiles import WIDTH, entry_bundle, tile_path, tiles
from domain.integrity.tree import leaf_hash, root_of

GOLDEN = Path("tests/golden/aics-tlog/made.json")
LOG = SigningKey.from_seed("county.example/lianjian/1", 1, bytes(range(32)))
WITNESS = SigningKey.from_seed("witness.example", COSIGNATURE, bytes(range(32, 64)))
SEEN = 1767225600
SIZES = [*range(1, 261), 511, 512, 66_000, 414_729]


def entries(size: int) -> list[bytes]:
    return [b"entry %d" % n for n in range(size)]


def ours(size: int) -> dict[str, str]:
    """What we make of the first ``size`` entries: the cosigned checkpoint, and one digest over all tiles."""
    hashes = [leaf_hash(each) for each in entries(size)]
    text = str(Checkpoint(LOG.verifier.name, size, root_of(hashes)))
    digest = hashlib.sha256()
    for path, content in sorted(exported(size).items()):
        digest.update(path.encode() + b"\0" + hashlib.sha256(content).digest())
    return {
        "note": str(Note(text, (LOG.sign(text), WITNESS.cosign(text, SEEN)))),
        "tiles": digest.hexdigest(),
    }


def exported(size: int) -> dict[str, bytes]:
    leaves = entries(size)
    files = dict(tiles([leaf_hash(each) for each in leaves]))
    for number in range(0, size, WIDTH):
        held = leaves[number : number + WIDTH]
        files[tile_path(0, number // WIDTH, len(held), "entries")] = entry_bundle(held)
    return files


MADE = json.loads(GOLDEN.read_text())


def test_what_the_other_library_made_is_what_we_make_for_every_size() -> None:
    for size in SIZES:
        assert ours(size) == MADE[str(size)], size


def test_we_verify_what_the_other_library_made() -> None:
    assert sorted(map(int, MADE)) == SIZES
    for made in MADE.values():
        note = read_note(made["note"].encode())
        assert verify_note(note, LOG.verifier) is None
        assert verify_note(note, WITNESS.verifier) == SEEN


def test_tile_paths_are_those_of_the_specification() -> None:
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path(1, 0, 3) == "tile/1/000.p/3"
    assert tile_path(0, 5, 9, "entries") == "tile/entries/005.p/9"


def theirs(tlog: Any, size: int) -> dict[str, str]:
    """The same, by the other library."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    tree, store = tlog.MerkleTree(), tlog.MemoryTileStore()
    tree.extend(entries(size))
    tlog.IncrementalTileWriter(store).append(entries(size))
    signed = tlog.sign_checkpoint(
        tlog.Checkpoint(LOG.verifier.name, size, tree.root()),
        Ed25519PrivateKey.from_private_bytes(LOG.seed),
        LOG.verifier.name,
    )
    _, line = tlog.sign_cosignature(
        Ed25519PrivateKey.from_private_bytes(WITNESS.seed),
        WITNESS.verifier.name,
        SEEN,
        LOG.verifier.name,
        size,
        tree.root(),
    )
    digest = hashlib.sha256()
    for path, content in sorted(store.tiles.items()):
        digest.update(path.encode() + b"\0" + hashlib.sha256(content).digest())
    note = tlog.Note(signed.text, (*signed.signatures, line))
    return {"note": note.serialise(), "tiles": digest.hexdigest()}


def test_the_other_library_makes_the_same_today() -> None:
    tlog = pytest.importorskip("aics_tlog", reason="aics-tlog needs Python 3.12")
    for size in [*SIZES, random.Random().randrange(1000, 1_000_000)]:
        assert theirs(tlog, size) == ours(size), size


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 260, 511, 512, 66_000])
def test_the_other_library_audits_our_tiles_and_finds_a_flipped_bit(size: int) -> None:
    tlog = pytest.importorskip("aics_tlog", reason="aics-tlog needs Python 3.12")
    from aics_tlog.verified import audit_tiles

    files, root = exported(size), root_of([leaf_hash(each) for each in entries(size)])
    audit_tiles(tlog.MemoryTileReader(files), size, root)
    rng = random.Random(size)
    path = rng.choice(sorted(files))
    content = bytearray(files[path])
    content[rng.randrange(len(content))] ^= 1
    with pytest.raises(Exception, match=r"."):
        audit_tiles(tlog.MemoryTileReader({**files, path: bytes(content)}), size, root)
