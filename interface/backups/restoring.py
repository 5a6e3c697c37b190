"""Put a backup back: beside what there was, never over it; verified; erased names stay erased; a new epoch begins.

What was signed after the backup is lost, or nobody knows that nothing was. So the log goes on under a new origin with a new
key, and whoever holds a later checkpoint of the old one is told that it was lost, not that somebody cheated.
"""

from __future__ import annotations

import io
import json
import os
import secrets
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import inspect

from application.eventlog.copying import load
from application.integrity.report import Problem, Report
from application.proof.verifying import verify_system
from application.settings import Settings
from application.stores.beginning import where
from application.stores.databases import open_engine, open_sqlite_file
from application.system import System
from domain.kernel.recorded import By
from interface.backups.making import (
    ATTACHMENTS,
    FORMAT,
    KEYS,
    MANIFEST,
    NAMES,
    BackupRefused,
    Damaged,
    Progress,
    digest,
)
from interface.backups.sealing import Opener, open_sealed
from interface.backups.stores import STORES, copy_tables
from interface.composition import build


@dataclass(frozen=True)
class Restoring:
    """What to restore, whereto, and as whom; without ``names`` every person stays a reference."""

    source: Path
    settings: Settings
    opener: Opener
    because: str
    by: By
    clock: Callable[[], datetime]
    names: bool = True


def restore(wanted: Restoring, progress: Progress) -> dict[str, Any]:
    """Put the backup into a new folder and, where the settings name one, an empty database; what is there then.

    Raises ``BackupRefused`` where something is there already or names may not be kept any more, ``Damaged`` where a part
    was changed or the copy does not verify, ``SealError``. Nothing is left then.
    """
    manifest = read_manifest(wanted.source)
    demand_empty(wanted.settings)
    folder = wanted.settings.folder
    folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    work = folder.absolute().with_name(f".{folder.name}.restoring-{secrets.token_hex(4)}")
    work.mkdir(mode=0o700)
    try:
        _unpack(wanted, work)
        epoch = _begin_epoch(wanted, work, progress)
        if wanted.settings.database_url is not None:
            _fill(wanted.settings.database_url, wanted.settings, work, progress)
        if folder.exists():
            folder.rmdir()
        work.rename(folder)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    restored = build(wanted.settings, wanted.clock, begin=False, follow=False)
    try:
        report = _check(wanted, restored, progress)
        position = restored.log.position()
    finally:
        restored.close()
    return {
        "restored_to": where(wanted.settings),
        "made_at": manifest["made_at"],
        "size": manifest["size"],
        "origin": epoch,
        "position": position,
        "checked": report.checked,
    }


def read_manifest(source: Path) -> dict[str, Any]:
    """What the backup says of itself. Raises ``BackupRefused`` where it is none, ``Damaged`` where a part is not what it was."""
    try:
        manifest: dict[str, Any] = json.loads((source / MANIFEST).read_bytes())
        parts = dict(manifest["parts"])
        known = manifest["format"] == FORMAT
    except (OSError, ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise BackupRefused(f"{source} is no backup: there is no {MANIFEST} of the format {FORMAT} in it")
    for name, said in parts.items():
        path = source / Path(name).name
        if not path.is_file() or digest(path) != said["sha256"]:
            raise Damaged(
                f"{name} is not what was written when the backup was made; take another copy of it", []
            )
    return manifest


def demand_empty(settings: Settings) -> None:
    """Raise ``BackupRefused`` where there is anything: a restore never writes over something."""
    folder = settings.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupRefused(f"{folder} holds something; restore into a new folder with --data")
    if settings.database_url is None:
        return
    engine = open_engine(settings, "vault")
    try:
        there = inspect(engine).get_table_names()
    finally:
        engine.dispose()
    if there:
        raise BackupRefused(
            f"{where(settings)} holds tables ({there[0]}); restore into a new, empty database"
        )


def _unpack(wanted: Restoring, work: Path) -> None:
    source = wanted.source
    for name in ("log", "accounts", "accesses"):
        if (source / f"{name}.sqlite3").exists():
            shutil.copyfile(source / f"{name}.sqlite3", work / f"{name}.sqlite3")
    if (source / ATTACHMENTS).exists():
        shutil.copytree(source / ATTACHMENTS, work / ATTACHMENTS)
    keys = open_sealed((source / KEYS).read_bytes(), "keys", wanted.opener)
    _unpack_keys(keys.content, wanted.settings.key_folder or work / "keys")
    if not wanted.names:
        return
    names = open_sealed((source / NAMES).read_bytes(), "names", wanted.opener)
    today = wanted.clock().astimezone(wanted.settings.zone).date()
    if names.expires_on is not None and today > names.expires_on:
        raise BackupRefused(
            f"the names of this backup were to be kept until {names.expires_on}: delete {NAMES}, and restore with "
            "--without-names"
        )
    (work / "vault.sqlite3").write_bytes(names.content)


def _unpack_keys(content: bytes, folder: Path) -> None:
    """Keys that are there already stay, and so does what the signer remembers: it may be newer than the backup."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            path = folder / Path(name).name
            if not path.exists():
                with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.write(archive.read(name))


def _begin_epoch(wanted: Restoring, work: Path, progress: Progress) -> str:
    """Verify the copy, then let the log go on in it under a new origin, which is returned."""
    settings = replace(wanted.settings, folder=work, database_url=None)
    copy = build(settings, wanted.clock, begin=False, follow=False)
    try:
        _check(wanted, copy, progress)
        copy.custody.restored(wanted.because, wanted.by, after_backup=True)
        return copy.custody.identity().origin
    finally:
        copy.close()


def _check(wanted: Restoring, system: System, progress: Progress) -> Report:
    report = verify_system(system, (), progress)
    problems = [each for each in report.problems if not _expected(wanted, each)]
    if problems:
        raise Damaged("the backup does not verify", problems)
    return report


def _expected(wanted: Restoring, problem: Problem) -> bool:
    """What the signer remembers may go on beyond the backup; names that are not restored are missing."""
    lost = problem.check == "V16" and problem.kind == "log_cut"
    return lost or (not wanted.names and problem.kind in ("name_missing", "workbook_missing"))


def _fill(url: str, settings: Settings, work: Path, progress: Progress) -> None:
    """Move the copy from its files into the database; attachments and keys stay in the folder."""
    load(work / "log.sqlite3", url, progress)
    engine = open_engine(settings, "vault")
    try:
        with engine.begin() as target:
            for name, metadata in STORES.items():
                if (work / f"{name}.sqlite3").exists():
                    store = open_sqlite_file(work / f"{name}.sqlite3")
                    with store.connect() as source:
                        copy_tables(metadata, source, target)
                    store.dispose()
    finally:
        engine.dispose()
    for path in work.glob("*.sqlite3*"):
        path.unlink()
