"""The demo county, imported once for all tests and copied for each: a copy takes a hundredth of an import."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from filelock import FileLock

from application.settings import Settings
from application.system import System
from domain.kernel.ids import SeededIds
from interface.composition import build, utc_now
from interface.ledgers.importing import import_folder
from tests.kit.acts import adopt
from tests.kit.yearend import by

Clock = Callable[[], datetime]
Key = tuple[str, str, str, int | None, str]
Step = Callable[[System], object]
_shelves: list[Path] = []


def share(shelf: Path) -> None:
    """Keep the counties that are copied in this folder; several processes may do so."""
    _shelves.append(shelf)


def prepared(
    folder: Path,
    database_url: str | None = None,
    clock: Clock = utc_now,
    *,
    scheme: str | None = None,
    year: int | None = None,
    then: Step | None = None,
) -> System:
    """The county's ledgers recorded in ``folder`` or in the empty database, as if they had just been imported.

    ``scheme`` is adopted before the import; ``year`` is told to it; ``then``, a function of a module, goes on from there,
    once for all copies, too. ``clock`` is the copy's own: counties whose clocks show the same hour are copies of one.
    """
    kept = _kept(database_url, clock, scheme, year, then)
    return _copied(kept, folder, database_url, clock, "copy")


def _kept(
    database_url: str | None, clock: Clock, scheme: str | None, year: int | None, then: Step | None
) -> Path:
    """The folder of the county that is copied; made where it is not there yet."""
    key = _key(database_url, clock, scheme, year, then)
    kept = shelf() / f"county_{sha256(repr(key).encode()).hexdigest()[:16]}"
    with FileLock(f"{kept}.lock"):
        if not kept.exists():
            # Only what is complete gets the name.
            _make(kept, database_url, clock, scheme, year, then).rename(kept)
    return kept


def _copied(kept: Path, folder: Path, database_url: str | None, clock: Clock, ids: str) -> System:
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    if database_url is not None:
        _recreate(database_url, template=kept.name)
    return build(Settings(folder=folder, database_url=database_url), clock, ids=SeededIds(ids))


def shelf() -> Path:
    """The folder in which counties that are copied are kept: of the run, or of this process alone."""
    """The folder in which counties that are copied are kept: of the run, or of this process alone."""
    if not _shelves:
        share(Path(tempfile.mkdtemp(prefix="counties-")))
        atexit.register(shutil.rmtree, _shelves[-1], ignore_errors=True)
    return _shelves[-1]


def _key(
    database_url: str | None, clock: Clock, scheme: str | None, year: int | None, then: Step | None
) -> Key:
    hour = "" if clock is utc_now else clock().isoformat()[:13]
    server = "" if database_url is None else _started(database_url)
    step = "" if then is None else f"{then.__module__}.{then.__qualname__}"
    return server, hour, scheme or "", year, step


def _started(url: str) -> str:
    """The server and since when it runs: whoever starts one where another was finds no county there."""
    with psycopg.connect(url) as connection:
        since = connection.execute("SELECT pg_postmaster_start_time()").fetchone()
    return f"{urlsplit(url)._replace(path='').geturl()} {since}"


def _make(
    kept: Path,
    database_url: str | None,
    clock: Clock,
    scheme: str | None,
    year: int | None,
    then: Step | None,
) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="new-", dir=kept.parent))
    url = None
    if database_url is not None:
        url = urlsplit(database_url)._replace(path=f"/{kept.name}").geturl()
    if then is not None:
        # Ids of its own: its copies draw theirs anew.
        before = _kept(database_url, clock, scheme, year, None)
        system = _copied(before, folder, url, clock, "then")
        then(system)
    else:
        if url is not None:
            _recreate(url)
        system = build(Settings(folder=folder, database_url=url), clock, ids=SeededIds("demo"))
        if scheme is not None:
            adopt(system, scheme, by=by("kaohe"))
        with as_file(files("interface.demo").joinpath("ledgers")) as ledgers:
            import_folder(system, ledgers, actor="demo", year=year)
    system.close()
    return folder


def _recreate(url: str, template: str = "template1") -> None:
    parts = urlsplit(url)
    name = parts.path.lstrip("/")
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
