"""The demo county, imported once for all tests of a process and copied for each: a copy takes a hundredth of an import."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from importlib.resources import as_file, files
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from application.settings import Settings
from application.system import System
from domain.kernel.ids import SeededIds
from interface.composition import build, utc_now
from interface.ledgers.importing import import_folder
from tests.kit.yearend import by

Clock = Callable[[], datetime]
Key = tuple[str, str, str, int | None]
_numbers = count(1)
_made: dict[Key, Path] = {}


def prepared(
    folder: Path,
    database_url: str | None = None,
    clock: Clock = utc_now,
    *,
    scheme: str | None = None,
    year: int | None = None,
) -> System:
    """The county's ledgers recorded in ``folder`` or in the empty database, as if they had just been imported.

    ``scheme`` is adopted before the import; ``year`` is told to it. ``clock`` is the copy's own: counties whose clocks
    show the same hour are copies of one.
    """
    key = _key(database_url, clock, scheme, year)
    if key not in _made:
        _made[key] = _make(key, database_url, clock, scheme)
    shutil.copytree(_made[key], folder, dirs_exist_ok=True)
    if database_url is not None:
        _recreate(database_url, template=_made[key].name)
    return build(Settings(folder=folder, database_url=database_url), clock, ids=SeededIds("copy"))


def _key(database_url: str | None, clock: Clock, scheme: str | None, year: int | None) -> Key:
    hour = "" if clock is utc_now else clock().isoformat()[:13]
    server = "" if database_url is None else urlsplit(database_url)._replace(path="").geturl()
    return server, hour, scheme or "", year


def _make(key: Key, database_url: str | None, clock: Clock, scheme: str | None) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="prepared_")) / f"prepared_{next(_numbers)}"
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    folder.mkdir()
    url = None
    if database_url is not None:
        url = urlsplit(database_url)._replace(path=f"/{folder.name}").geturl()
        _recreate(url)
    system = build(Settings(folder=folder, database_url=url), clock, ids=SeededIds("demo"))
    if scheme is not None:
        system.services.schemes.adopt_scheme(text=scheme, published_on=system.today(), by=by("kaohe"))
    with as_file(files("interface.demo").joinpath("ledgers")) as ledgers:
        import_folder(system, ledgers, actor="demo", year=key[-1])
    system.close()
    return folder


def _recreate(url: str, template: str = "template1") -> None:
    parts = urlsplit(url)
    name = parts.path.lstrip("/")
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
