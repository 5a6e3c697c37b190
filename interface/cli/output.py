"""How commands speak: text for people, JSON for scripts, errors on standard error."""

from __future__ import annotations

import codecs
import io
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NoReturn

import typer
from filelock import Timeout
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from typer.core import TyperGroup

from application.eventlog.session import ClockBehind
from application.eventlog.tree import TreeBehind
from application.integrity.custody import Refused
from application.stores.bad_days import STORAGE, trouble
from application.stores.beginning import NoLog
from domain.integrity.note import NoteError
from domain.kernel.errors import Conflict, Rejected, Unknown
from interface.backups.making import BackupRefused
from interface.backups.sealing import SealError

REFUSALS = (
    *(Rejected, Unknown, Conflict, Refused, ClockBehind, TreeBehind, NoLog, NoteError, Timeout),
    *(SealError, BackupRefused),
)
"""What the inner layers refuse with; it says by itself what is wrong."""
err = Console(stderr=True)
at_end = ExitStack()
"""Closes what a command has opened, when it ends."""


class Commands(TyperGroup):
    """All commands; what the inner layers refuse is said in one line, with status 2."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except REFUSALS as error:
            fail(str(error))
        except STORAGE as error:
            said = trouble(error)
            if said is None:
                raise
            fail(said.sentence)
        finally:
            at_end.close()


def speak_any_text() -> None:
    """No text ends a command because the terminal cannot show it.

    A terminal that says it knows ASCII only (``LC_ALL=C``) is given UTF-8, as Python itself does by default; one with
    another encoding is given escapes for what it lacks.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            ascii_only = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if ascii_only else None, errors="backslashreplace")


def _is_utf8() -> bool:
    return codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name == "utf-8"


def fail(message: str, code: int = 2) -> NoReturn:
    """Say what is wrong and end with ``code`` (1: the work found something wrong, 2: it could not be done)."""
    err.print(message, style="red", highlight=False, soft_wrap=True, markup=False)
    raise typer.Exit(code)


def tell(sentence: str) -> None:
    """Something to be known beside the answer, on standard error."""
    err.print(sentence, style="yellow", highlight=False, soft_wrap=True, markup=False)


def say_json(value: Any) -> None:
    """One JSON document on standard output."""
    # Escaped where the terminal cannot show Chinese: the document stays the same.
    written = json.dumps(value, ensure_ascii=not _is_utf8(), indent=2)
    sys.stdout.write(written + "\n")


def say(text: str) -> None:
    """One line on standard output, at once: a script may wait for it."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def answer(as_json: bool, document: Any, lines: Iterable[str]) -> None:
    """The answer of a command: one JSON document for scripts, otherwise its lines for people."""
    if as_json:
        say_json(document)
        return
    for line in lines:
        say(line)


@contextmanager
def progress_bar(title: str) -> Iterator[Any]:
    """A progress bar on a terminal (standard error), nothing elsewhere; yields ``advance(n, total=None)``."""
    if not err.is_terminal:
        yield lambda n, total=None: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=err, transient=True) as bar:
        task = bar.add_task(title, total=None)

        def advance(n: int, total: int | None = None) -> None:
            if total is not None:
                bar.update(task, total=total)
            bar.advance(task, n)

        yield advance
