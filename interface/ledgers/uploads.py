"""Ledgers that were uploaded: previewed by a dry run of the very import that records them, once somebody has confirmed it.

One at a time, beside the pages; how far it is stands in the vault, so that every process can say so and another one can go on
where one ended.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import PurePosixPath
from typing import Any, Final, Protocol

from application.import_records import Batch, BatchFile, State
from application.ledgers import problems
from application.ledgers.importing import import_ledgers
from application.ledgers.ledgers import KnownPairings, Ledgers
from application.ledgers.matching.questions import Answers
from application.ledgers.problems import refused
from application.ledgers.result import ImportResult
from application.settings import Settings
from application.system import System
from domain.kernel.errors import Conflict, Rejected
from domain.kernel.recorded import By, Source
from domain.registry.events import EntryKind
from interface.ledgers.folder import OTHER_TABLES, WORKBOOKS
from interface.ledgers.reader import LedgerFile, read_files
from interface.ledgers.writer import KnownNames, refused_rows
from projections.boards.registry.listing import listed

EVERY: Final = 1.0
"""Seconds between two signs of life."""


def read_uploaded(files: Sequence[BatchFile], known: KnownPairings) -> Ledgers:
    """What these files hold, in the order of their names; what is no workbook is refused."""
    workbooks = []
    wrong = []
    for file in sorted(files, key=lambda each: each.name):
        suffix = PurePosixPath(file.name).suffix.lower()
        if suffix in WORKBOOKS and file.content is not None:
            workbooks.append(LedgerFile(file.name, file.content))
        else:
            problem = problems.other_format(suffix) if suffix in OTHER_TABLES else problems.FILE_BESIDE
            wrong.append(refused(problem, file=file.name))
    read = read_files(workbooks, known=known) if workbooks else Ledgers()
    return replace(read, refused=(*wrong, *read.refused))


def known_names(system: System) -> KnownNames:
    """The units and villages that there are now, for a template to choose from."""
    with system.reading() as connection:
        there = [each for each in listed(connection) if each.ended_on is None and each.standing == each.entry]
    return KnownNames(
        *(
            sorted({each.name for each in there if each.kind is kind})
            for kind in (EntryKind.BRANCH, EntryKind.VILLAGE)
        )
    )


class Stopped(Exception):
    """The process ends; another one goes on."""


class Uploads:
    """Works on what was uploaded, one at a time: by ``work`` in this process, or where that is given by ``apart``, which lets a
    process of its own do it, so that the pages are not slowed down and no workbook takes their memory.
    """

    def __init__(self, system: System, apart: Apart | None = None) -> None:
        self._system = system
        self._apart = apart
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="import")
        self._here: Counter[str] = Counter()
        self._worker = Worker(system)

    def work_on(self, batch: str) -> None:
        """Read or record it as soon as nothing else is worked on; what another process is at is left to it."""
        # Also where it is worked on: the next step may be asked for before the last one has quite ended.
        self._here[batch] += 1
        self._pool.submit(self._work, batch)

    def go_on(self) -> None:
        """Take up what a process left that ended."""
        for each in self._system.imports.newest(None, 50):
            if each.is_working:
                self.work_on(each.id)

    def has(self, batch: str) -> bool:
        """Whether it is worked on here, or waits for its turn."""
        return self._here[batch] > 0

    def wait(self) -> None:
        """Until all that was begun is done."""
        self._pool.submit(lambda: None).result()

    def close(self) -> None:
        """End; what is being recorded stays recorded up to here, and is gone on with after the next start."""
        self._worker.closing = True
        if self._apart is not None:
            self._apart.end()
        self._pool.shutdown(cancel_futures=True)

    def _work(self, batch: str) -> None:
        runner = secrets.token_hex(8)
        try:
            if not self._system.imports.batch(batch).is_working:
                return
            if self._apart is None:
                self._worker.work(batch, runner)
            else:
                self._apart(self._system.settings, batch, runner)
                # However it ended: what it did not finish is free for the next one.
                self._system.imports.let_go(batch, runner)
        except Exception as error:
            logging.getLogger("lianjian").error("import %s", batch, exc_info=error)
        finally:
            self._here[batch] -= 1


class Apart(Protocol):
    """Lets another process work on an import, and waits for it."""

    def __call__(self, settings: Settings, batch: str, runner: str) -> None: ...

    def end(self) -> None:
        """End that process, and begin no other."""
        ...


class Worker:
    """Previews and records uploads."""

    def __init__(self, system: System) -> None:
        self._system = system
        self.closing = False

    def work(self, batch: str, runner: str) -> None:
        """Claim an import and bring it to its next state, if nobody else is at it."""
        if self._system.imports.claim(batch, runner):
            self._claimed(self._system.imports.batch(batch, whole=True), runner)

    def _claimed(self, batch: Batch, runner: str) -> None:
        # Where it failed one looks again before anything is recorded.
        back = State.PREVIEWED if batch.state is State.RECORDING else State.FAILED
        end = self._system.imports.end
        try:
            if any(each.content is None for each in batch.files):
                end(batch.id, runner, State.FAILED, note="forgotten")
            elif batch.state is State.READING:
                self._preview(batch, runner)
            else:
                self._record(batch, runner)
        except Stopped:
            self._system.imports.let_go(batch.id, runner)
        except Rejected as rejected:
            clause = asdict(rejected.clause)
            said = {name: clause[name] for name in ("zh", "en", "remedy_zh", "remedy_en")}
            said["because"] = rejected.because
            end(batch.id, runner, State.FAILED, note="rejected", outcome={"clause": said})
        except Conflict:
            end(batch.id, runner, back, note="busy")
        except Exception:
            end(batch.id, runner, back, note="broken")
            raise

    def _preview(self, batch: Batch, runner: str, note: str = "") -> None:
        at = self._system.log.position()
        result = self._import(batch, runner, dry_run=True)
        self._say(batch, runner, State.PREVIEWED, result, digest=result.digest(), position=at, note=note)

    def _record(self, batch: Batch, runner: str) -> None:
        if self._system.log.position() != batch.position:
            at = self._system.log.position()
            result = self._import(batch, runner, dry_run=True)
            if result.digest() != batch.digest:
                # Nobody has seen what it would come to now.
                self._say(
                    batch, runner, State.PREVIEWED, result, digest=result.digest(), position=at, note="moved"
                )
                return
        result = self._import(batch, runner, dry_run=False)
        note = "" if result.digest() == batch.digest else "differs"
        self._say(batch, runner, State.DONE, result, note=note)

    def _import(self, batch: Batch, runner: str, *, dry_run: bool) -> ImportResult:
        by = By(
            actor=batch.recorded_by or batch.uploaded_by,
            office=batch.office,
            source=Source(kind="ledger", name=""),
        )
        with self._telling(batch.id, runner) as progress:
            return import_ledgers(
                self._system,
                lambda known: read_uploaded(batch.files, known),
                by,
                year=batch.year,
                dry_run=dry_run,
                answers=Answers(batch.answers),
                progress=progress,
                batch=batch.id,
            )

    @contextmanager
    def _telling(self, batch: str, runner: str) -> Iterator[Any]:
        done, of, told = 0, 0, time.monotonic()

        def progress(rows: int, total: int = 0) -> None:
            nonlocal done, of, told
            if self.closing:
                raise Stopped
            done, of = done + rows, total or of
            if time.monotonic() - told >= EVERY or total:
                told = time.monotonic()
                self._system.imports.beat(batch, runner, done, of)

        yield progress

    def _say(self, batch: Batch, runner: str, state: State, result: ImportResult, **said: Any) -> None:
        content, rows = refused_rows(result.ledgers.written, result.refused, known_names(self._system))
        self._system.imports.end(
            batch.id,
            runner,
            state,
            counts=result.counts(),
            outcome=result.told(),
            returned=content if rows else None,
            **said,
        )
