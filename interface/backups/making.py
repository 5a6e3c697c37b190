"""Make a backup: copy, verify the copy as ``lianjian verify`` does, seal keys and names, write them as one folder."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from application.documents.papers import parts_kept
from application.eventlog.copying import save
from application.integrity.report import Problem, Report
from application.proof.verifying import verify_system
from application.system import System
from domain.attachment.events import AttachmentAdded
from interface.backups.moment import one_moment
from interface.backups.sealing import Sealer, seal
from interface.backups.stores import save_store, whole
from interface.composition import build

FORMAT = "lianjian/backup/v1"
MANIFEST = "backup.json"
NAMES, KEYS = "names.sealed", "keys.sealed"
ATTACHMENTS = "attachments"
Progress = Callable[[int], None]


class BackupRefused(Exception):
    """Nothing was written or put back; the text says why and what would be right."""


class Damaged(Exception):
    """A copy does not verify; ``problems`` says what was found, as ``lianjian verify`` does."""

    def __init__(self, what: str, problems: list[Problem]) -> None:
        super().__init__(what)
        self.problems = problems


def back_up(
    system: System, target: Path, sealer: Sealer, names_until: date, progress: Progress
) -> dict[str, Any]:
    """Write a backup to the new folder ``target``; what its manifest says.

    Raises ``BackupRefused`` where the folder exists, ``Damaged`` where the copy does not verify; nothing is left then.
    """
    if target.exists():
        raise BackupRefused(f"{target} exists; a backup goes into a new folder")
    signed = system.custody.sign("backup")
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = system.settings.folder if system.settings.folder.exists() else None
    # Names and keys are never written in clear to where the backup goes.
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=beside) as work:
        copy = Path(work)
        _copy(system, copy, progress)
        report = _verified(system, copy, progress)
        partial = target.with_name(target.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        try:
            parts = _write(copy, partial, sealer, names_until)
            manifest = {
                "format": FORMAT,
                "made_at": system.clock().isoformat(timespec="seconds"),
                "origin": report.origin,
                "fingerprint": system.custody.fingerprint(),
                "size": report.size,
                "position": report.position,
                "root": report.root,
                "checkpoint": str(signed.note),
                "names_until": names_until.isoformat(),
                "parts": parts,
            }
            text = json.dumps(manifest, ensure_ascii=False, indent=2)
            (partial / MANIFEST).write_text(text + "\n", encoding="utf-8")
            partial.rename(target)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    return manifest


def _copy(system: System, copy: Path, progress: Progress) -> None:
    kinds = [tree.kind for tree in system.log.trees]
    (copy / "keys").mkdir(mode=0o700)
    with one_moment(system) as moment:
        for name, content in moment.keys.items():
            (copy / "keys" / name).write_bytes(content)
        save(moment.select, system.log.tree.database.dialect, copy / "log.sqlite3", kinds, progress)
        for name, connection in moment.stores.items():
            save_store(name, connection, copy)


def _verified(system: System, copy: Path, progress: Progress) -> Report:
    """The report on the copy, after its attachments are there too. Raises ``Damaged``."""
    settings = replace(system.settings, folder=copy, database_url=None, key_folder=None)
    copied = build(settings, system.clock, begin=False, follow=False)
    try:
        named = [r.event for r in copied.log.named(AttachmentAdded.NAME)]
        digests = {event.digest for event in named if isinstance(event, AttachmentAdded)}
        for digest in digests | {part.digest for part in parts_kept(copied.log)}:
            kept, place = system.store.path(digest), copied.store.path(digest)
            if kept.exists() and not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(kept, place)
        report = verify_system(copied, (), progress)
    finally:
        copied.close()
    if report.problems:
        raise Damaged("the copy does not verify, so no backup was made: see lianjian verify", report.problems)
    return report


def _write(copy: Path, partial: Path, sealer: Sealer, names_until: date) -> dict[str, dict[str, Any]]:
    """Put the parts into the backup; name to size and SHA-256."""
    for name in ("log", "accounts", "accesses", "vault"):
        if (copy / f"{name}.sqlite3").exists():
            whole(copy / f"{name}.sqlite3")
    for name in ("log", "accounts", "accesses"):
        if (copy / f"{name}.sqlite3").exists():
            shutil.copyfile(copy / f"{name}.sqlite3", partial / f"{name}.sqlite3")
    names = seal((copy / "vault.sqlite3").read_bytes(), "names", sealer, names_until)
    (partial / NAMES).write_bytes(names)
    (partial / KEYS).write_bytes(seal(_zipped(copy / "keys"), "keys", sealer))
    if (copy / ATTACHMENTS).exists():
        shutil.copytree(copy / ATTACHMENTS, partial / ATTACHMENTS)
    return {
        path.name: {"bytes": path.stat().st_size, "sha256": digest(path)}
        for path in sorted(partial.iterdir())
        if path.is_file()
    }


def _zipped(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(folder.iterdir()):
            if path.suffix in (".key", ".note"):
                archive.write(path, path.name)
    return out.getvalue()


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def last_day(today: date, days: int) -> date:
    """Until when the names of a backup made today may be restored."""
    return today + timedelta(days=days)
