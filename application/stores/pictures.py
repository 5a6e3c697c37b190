"""How attached pictures look, beside the log: which of them are near, and small copies of them.

All of it follows from the bytes in the store: what is missing here is looked at again, and no backup holds it.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import nsmallest
from itertools import islice
from pathlib import Path
from typing import Final

from sqlalchemy import Column, Connection, Engine, Integer, MetaData, String, Table, delete, insert, select

from application.stores.attachments import AttachmentStore
from application.stores.databases import create_tables, take_turn
from application.stores.picture_files import UnreadablePicture, digest_of, write_small

NEAR: Final = 16
"""Bits of 128 in which two pictures differ at most that are taken for one. [measured: docs/decisions/0045-photographs.md]"""
MOST_NEAR: Final = 20
"""So many pictures at most are kept as near to a new one, the nearest: who attaches one picture a thousand times asks a
thousand questions, not half a million."""
AT_ONCE: Final = 50
"""Pictures that are looked at before they are entered."""
WAY: Final = 1
"""Of looking at pictures. Another one looks at all of them anew."""
EDGES: Final[Mapping[str, int]] = {"small": 360, "large": 1280}
"""Pixels of the longer edge of a copy."""
TURN: Final = 7105415
"""Of who enters what may be there already."""

_metadata = MetaData()
pictures = Table(
    "picture",
    _metadata,
    Column("digest", String(64), primary_key=True),
    Column("looks", String(32), nullable=False),
    Column("way", Integer, nullable=False),
)
"""``digest`` of the file; ``looks`` is empty for a blank picture and for what cannot be read."""
nears = Table(
    "near_picture",
    _metadata,
    Column("one", String(64), primary_key=True),
    Column("other", String(64), primary_key=True),
)
"""Both ways."""


class Pictures:
    """``folder`` is where the small copies stand."""

    def __init__(self, engine: Engine, store: AttachmentStore, folder: Path) -> None:
        self.engine = engine
        self._store = store
        self._folder = folder
        self._ended = threading.Event()

    def create_tables(self) -> None:
        """Create the tables that are missing."""
        create_tables(self.engine, _metadata, TURN)

    def stop(self) -> None:
        """Look at nothing more of what is missing."""
        self._ended.set()

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def note(self, digest: str, looks: str) -> None:
        """Keep how a picture looks, and which ones it is near to; once is enough."""
        self._note_all({digest: looks})

    def _note_all(self, looked_at: Mapping[str, str]) -> None:
        with self.engine.begin() as connection:
            take_turn(connection, TURN)
            seen = _seen(connection)
            for digest, looks in looked_at.items():
                if digest not in seen:
                    _enter(connection, seen, digest, looks)
                    seen[digest] = looks

    def look_at_missing(self, digests: Iterable[str]) -> int:
        """Look at those of the pictures that nobody has looked at, such as after a restored backup; how many that were."""
        with self.engine.begin() as connection:
            take_turn(connection, TURN)
            if connection.execute(select(pictures.c.way).where(pictures.c.way != WAY).limit(1)).first():
                connection.execute(delete(nears))
                connection.execute(delete(pictures))
            seen = _seen(connection)
        missing = dict.fromkeys(each for each in digests if each not in seen)
        there = (each for each in missing if self._store.path(each).exists())
        count = 0
        # What is known already is read once for many.
        while not self._ended.is_set() and (some := list(islice(there, AT_ONCE))):
            looked_at = {each: self._looks(each) for each in some if not self._ended.is_set()}
            self._note_all(looked_at)
            count += len(looked_at)
        return count

    def _looks(self, digest: str) -> str:
        try:
            return digest_of(self._store.path(digest))
        except UnreadablePicture as why:
            # It was attached before pictures were looked at.
            logging.getLogger("lianjian").info("picture %s is not compared: %s", digest, why)
            return ""

    def near(self) -> Mapping[str, frozenset[str]]:
        """Those of the files that look like others, with which."""
        found = defaultdict[str, set[str]](set)
        with self.engine.connect() as connection:
            for one, other in connection.execute(select(nears.c.one, nears.c.other)):
                found[one].add(other)
        return {one: frozenset(others) for one, others in found.items()}

    def copy(self, digest: str, size: int, edge: str) -> Path | None:
        """The small copy of a file as it was recorded, made when it is first asked for; ``None`` where the file is missing,
        changed, or no picture that can be read. A copy goes with its file."""
        place, original = self._folder / digest[:2] / f"{digest}-{edge}.jpg", self._store.path(digest)
        if not original.exists() or original.stat().st_size != size:
            place.unlink(missing_ok=True)
            return None
        if not place.exists():
            if self._store.state(digest, size) != "kept":
                return None
            try:
                write_small(original, EDGES[edge], place)
            except UnreadablePicture:
                return None
        return place


def _seen(connection: Connection) -> dict[str, str]:
    return {
        digest: looks for digest, looks in connection.execute(select(pictures.c.digest, pictures.c.looks))
    }


def _enter(connection: Connection, seen: Mapping[str, str], digest: str, looks: str) -> None:
    connection.execute(insert(pictures).values(digest=digest, looks=looks, way=WAY))
    if not looks:
        return
    bits = int(looks, 16)
    apart = ((_apart(bits, int(each, 16)), other) for other, each in seen.items() if each)
    near = nsmallest(MOST_NEAR, (each for each in apart if each[0] <= NEAR))
    both = [pair for _, other in near for pair in ((digest, other), (other, digest))]
    if both:
        connection.execute(insert(nears), [{"one": one, "other": other} for one, other in both])


def _apart(one: int, other: int) -> int:
    return (one ^ other).bit_count()
