"""Bad days: what to say, and to whom, when the disk is full, a file is damaged, or the database is gone."""

from __future__ import annotations

import errno
import logging
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec

import psycopg
from filelock import Timeout
from msgspec import MsgspecError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from application.eventlog import StorageError
from application.eventlog.session import InDoubt

P = ParamSpec("P")
STORAGE = (StorageError, DBAPIError, NoConnectionFree, sqlite3.Error, psycopg.Error, OSError, MsgspecError)
"""Whatever the databases and the disk raise. ``trouble`` tells those that are a bad day from those that are a mistake."""
_logger = logging.getLogger("lianjian")


@dataclass(frozen=True)
class Trouble:
    """What is wrong and what to do, in a sentence. ``kind`` is full, unwritable, damaged, busy or gone."""

    kind: str
    sentence: str


_SQLITE = {
    3: "unwritable",
    5: "busy",
    6: "busy",
    8: "unwritable",
    10: "unwritable",
    11: "damaged",
    13: "full",
    14: "unwritable",
    26: "damaged",
}
"""SQLite's primary result codes."""
_POSTGRES = {
    "53100": "full",
    "25006": "unwritable",
    "42501": "unwritable",
    "58030": "unwritable",
    "25P03": "gone",
    "55P03": "busy",
    "57014": "busy",
    "53300": "busy",
    "XX001": "damaged",
    "XX002": "damaged",
}
_SYSTEM = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EACCES: "unwritable",
    errno.EPERM: "unwritable",
    errno.EROFS: "unwritable",
    errno.EIO: "unwritable",
    errno.ENOTDIR: "unwritable",
    errno.EISDIR: "unwritable",
    errno.EEXIST: "unwritable",
    errno.ENAMETOOLONG: "unwritable",
    errno.ESTALE: "replaced",
}


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, down to the driver's own."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, BaseException) and id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting += [getattr(each, "orig", None), each.__cause__, *each.args]


def _kind(error: BaseException) -> str | None:
    if isinstance(error, InDoubt):
        return "gone"
    if isinstance(error, sqlite3.Error):
        return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(error, psycopg.Error):
        state = error.sqlstate or ""
        gone = isinstance(error, psycopg.OperationalError) and (
            not state or state[:3] in ("57P", "08", "3D0")
        )
        gone = gone or state[:2] in ("08", "28", "3D")
        return _POSTGRES.get(state) or ("gone" if gone else None)
    if isinstance(error, Timeout | NoConnectionFree):
        return "busy"
    if isinstance(error, MsgspecError):
        return "damaged"
    if isinstance(error, OSError):
        return _SYSTEM.get(error.errno or 0)
    return None


def trouble(error: BaseException) -> Trouble | None:
    """What to say of a bad day; ``None`` where it is none, but a mistake of ours."""
    for each in _chain(error):
        kind = _kind(each)
        if kind is not None:
            return _said(kind, each)
    return None


def _said(kind: str, error: BaseException) -> Trouble:
    file = getattr(error, "filename", None) or next(iter(getattr(error, "__notes__", [])), None)
    at = str(file) if file else "the log"
    why = str(error).splitlines()[0] if str(error) else type(error).__name__
    match kind:
        case "full":
            said = f"the disk is full, {at} cannot be written ({why}): free some space, then do it again"
        case "unwritable":
            do = "make its folder and the file writable for this user (and the disk sound), then do it again"
            said = f"{at} cannot be opened or written ({why}): {do}"
        case "replaced":
            do = "stop it, look which of the two files is the right one, and start it anew"
            kind, said = "unwritable", f"{at} was replaced or taken away while the program was running: {do}"
        case "damaged" if isinstance(error, MsgspecError):
            said = f"an event cannot be read ({why}): stop writing, keep a copy, run lianjian verify"
        case "damaged":
            said = f"{at} is damaged ({why}): {_remedy(at)}"
        case "busy":
            said = f"somebody else is writing to {at} and did not end ({why}): do it again later"
        case _:
            said = f"the database does not answer ({why}): check that it runs, and LIANJIAN_DATABASE_URL"
    return Trouble(kind, said)


def _remedy(file: str) -> str:
    if Path(file).stem == "views":
        return "delete it; it is built anew from the log at the next start"
    return "stop writing, keep a copy, and restore a backup into a new folder with lianjian restore"


def reporting(what: str, work: Callable[P, None]) -> Callable[P, None]:
    """The same work, whose failure is reported: what has been recorded already is not to fail for it."""

    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            work(*args, **kwargs)
        except Exception as error:
            said = trouble(error)
            if said is None:
                _logger.exception("%s", what)
            else:
                _logger.error("%s: %s", what, said.sentence)

    return guarded
