"""Imports on their way and those that were made: who, when, from which files, with which outcome. Beside the log, in the vault:
what was uploaded, and what was refused of it, names persons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, insert, or_, select, update

from application.import_records import Batch, BatchFile, State
from application.stores.vault_tables import batch_files, batches
from domain.kernel.errors import Unknown

KEPT_FOR: Final = timedelta(days=7)
"""How long an upload waits for somebody to confirm it."""
STILL: Final = timedelta(seconds=60)
"""After so long without a sign of life whoever works on an import is taken for gone."""


_SHOWN = [
    *(each for each in batches.c if each.name not in ("returned", "runner", "outcome")),
    batches.c.returned.is_not(None).label("has_returned"),
]


class ImportBatches:
    """``clock`` says when. Whoever works on an import claims it first, so that nobody else does at the same time."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def begin(
        self, batch: str, by: str, office: str, files: Sequence[tuple[str, bytes]], year: int | None
    ) -> None:
        """Keep what was uploaded, to be previewed; what nobody confirmed for a week goes."""
        now = self._clock()
        with self._engine.begin() as connection:
            old = select(batches.c.id).where(
                batches.c.begun_at < now - KEPT_FOR, batches.c.state.not_in(["done", "recording"])
            )
            gone = connection.execute(old).scalars().all()
            connection.execute(delete(batch_files).where(batch_files.c.batch.in_(gone)))
            connection.execute(delete(batches).where(batches.c.id.in_(gone)))
            self._insert(connection, batch, State.READING, by, office, begun_at=now, year=year)
            for place, (name, content) in enumerate(files):
                digest = sha256(content).hexdigest()
                connection.execute(
                    insert(batch_files).values(
                        batch=batch, place=place, name=name, digest=digest, content=content
                    )
                )

    def made(
        self, batch: str, by: str, office: str, begun_at: datetime, files: Mapping[str, str], **said: Any
    ) -> None:
        """Enter an import that was made at once; ``files``: name to digest."""
        with self._engine.begin() as connection:
            self._insert(
                connection,
                batch,
                State.DONE,
                by,
                office,
                begun_at=begun_at,
                recorded_by=by,
                ended_at=self._clock(),
                **said,
            )
            for place, (name, digest) in enumerate(files.items()):
                connection.execute(
                    insert(batch_files).values(batch=batch, place=place, name=name, digest=digest)
                )

    @staticmethod
    def _insert(
        connection: Connection, batch: str, state: State, by: str, office: str, **values: Any
    ) -> None:
        said = {"id": batch, "state": state.value, "uploaded_by": by, "office": office, **values}
        connection.execute(insert(batches).values(said))

    def batch(self, batch: str, *, whole: bool = False) -> Batch:
        """The import; ``whole`` with the bytes of its files. Raises ``Unknown``."""
        columns = [each for each in batch_files.c if whole or each.name != "content"]
        with self._engine.connect() as connection:
            row = connection.execute(
                select(*_SHOWN, batches.c.outcome).where(batches.c.id == batch)
            ).one_or_none()
            if row is None:
                raise Unknown("import", batch)
            wanted = select(*columns).where(batch_files.c.batch == batch).order_by(batch_files.c.place)
            return _batch(row, connection.execute(wanted).all())

    def newest(self, before: datetime | None, limit: int) -> list[Batch]:
        """The newest imports begun before a moment, without their outcome."""
        query = select(*_SHOWN).order_by(batches.c.begun_at.desc(), batches.c.id).limit(limit)
        if before is not None:
            query = query.where(batches.c.begun_at < before)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
            ids = [row.id for row in rows]
            wanted = select(batch_files.c.batch, batch_files.c.name, batch_files.c.digest)
            files = connection.execute(
                wanted.where(batch_files.c.batch.in_(ids)).order_by(batch_files.c.place)
            ).all()
        return [_batch(row, [each for each in files if each.batch == row.id]) for row in rows]

    def returned(self, batch: str) -> bytes | None:
        """The workbook of the rows that were refused, if any were."""
        with self._engine.connect() as connection:
            found = connection.execute(
                select(batches.c.returned).where(batches.c.id == batch)
            ).scalar_one_or_none()
            return None if found is None else bytes(found)

    def confirm(self, batch: str, by: str, office: str, seen: str) -> bool:
        """Let it be recorded, if it still is the preview with that digest which waits for that; once is enough."""
        return self._move(
            batch,
            (State.PREVIEWED,),
            State.RECORDING,
            batches.c.digest == seen,
            recorded_by=by,
            office=office,
            note="",
        )

    def preview_again(self, batch: str, **values: Any) -> bool:
        """Let the preview be made anew, with other ``answers`` or for another ``year``."""
        return self._move(
            batch, (State.PREVIEWED, State.FAILED), State.READING, note="", outcome=None, **values
        )

    def drop(self, batch: str) -> None:
        """Take an upload away that nobody confirmed."""
        with self._engine.begin() as connection:
            gone = connection.execute(
                delete(batches).where(batches.c.id == batch, batches.c.state.in_(["previewed", "failed"]))
            )
            if gone.rowcount:
                connection.execute(delete(batch_files).where(batch_files.c.batch == batch))

    def _move(self, batch: str, earlier: tuple[State, ...], later: State, *where: Any, **values: Any) -> bool:
        wanted = (batches.c.id == batch, batches.c.state.in_([each.value for each in earlier]), *where)
        with self._engine.begin() as connection:
            moved = connection.execute(
                update(batches)
                .where(*wanted)
                .values(state=later.value, runner="", beat_at=None, done=0, total=0, **values)
            )
            return moved.rowcount == 1

    def claim(self, batch: str, runner: str) -> bool:
        """Take on an import that is to be read or recorded, if nobody is at it; whoever was is taken for gone after a while."""
        now = self._clock()
        free = or_(batches.c.runner == "", batches.c.beat_at < now - STILL)
        with self._engine.begin() as connection:
            claimed = connection.execute(
                update(batches)
                .where(batches.c.id == batch, batches.c.state.in_(["reading", "recording"]), free)
                .values(runner=runner, beat_at=now)
            )
            return claimed.rowcount == 1

    def beat(self, batch: str, runner: str, done: int, total: int) -> None:
        """A sign of life, and how far it is."""
        with self._engine.begin() as connection:
            connection.execute(
                update(batches)
                .where(batches.c.id == batch, batches.c.runner == runner)
                .values(beat_at=self._clock(), done=done, total=total)
            )

    def end(self, batch: str, runner: str, state: State, **said: Any) -> None:
        """What it came to; after an import the bytes of its files go."""
        with self._engine.begin() as connection:
            ended = {"ended_at": self._clock()} if state is State.DONE else {}
            connection.execute(
                update(batches)
                .where(batches.c.id == batch, batches.c.runner == runner)
                .values(state=state.value, runner="", beat_at=None, **ended, **said)
            )
            if state is State.DONE:
                connection.execute(
                    update(batch_files).where(batch_files.c.batch == batch).values(content=None)
                )

    def let_go(self, batch: str, runner: str) -> None:
        """Leave it as it is to whoever goes on."""
        with self._engine.begin() as connection:
            wanted = (batches.c.id == batch, batches.c.runner == runner)
            connection.execute(update(batches).where(*wanted).values(runner="", beat_at=None))

    def is_still(self, batch: Batch) -> bool:
        """Whether nobody has been heard of who works on it."""
        since = batch.beat_at or batch.begun_at
        return batch.is_working and since < self._clock() - STILL


def forget(connection: Connection) -> None:
    """Let go of all that was uploaded and what was said of it: a name is erased, and it may stand there. Counts stay."""
    connection.execute(update(batch_files).values(content=None))
    connection.execute(update(batches).values(outcome=None, returned=None, answers={}))


def _batch(row: Any, files: Sequence[Any]) -> Batch:
    said = {"outcome": None, **row._mapping, "state": State(row.state)}
    return Batch(
        **said,
        files=tuple(BatchFile(each.name, each.digest, getattr(each, "content", None)) for each in files),
    )
