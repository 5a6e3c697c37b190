"""Commands that keep a copy of everything and put it back."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from interface.backups.making import Damaged, back_up, last_day
from interface.backups.restoring import Restoring, restore
from interface.backups.sealing import Passphrase, identity, recipient
from interface.cli.options import Data, Json, by_command, open_system, read_file
from interface.cli.output import answer, fail, progress_bar, tell
from interface.composition import utc_now
from interface.settings import from_environment

PASSPHRASE = "LIANJIAN_PASSPHRASE"
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file", help=f"File with the passphrase; by default {PASSPHRASE} or a question."
    ),
]


def backup(
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="Folder to make; it must not exist.")],
    passphrase_file: PassphraseFile = None,
    to: Annotated[
        Path | None,
        typer.Option("--recipient", help="Public X25519 key (PEM) of whoever may open keys and names."),
    ] = None,
    keep_names: Annotated[
        int, typer.Option("--keep-names", min=1, max=3650, help="Days for which the names may be restored.")
    ] = 90,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Copy everything as of one moment, while the service runs, and verify the copy as lianjian verify does.

    Keys and names are sealed parts of their own. A copy keeps the names that are erased later: keep it no longer than needed.

    Exit status: 0 made and verified, 1 the copy does not verify (nothing is kept), 2 it could not be done.

    Example: lianjian backup /backup/2026-03-01 --passphrase-file passphrase.txt
    """
    try:
        sealer = recipient(read_file(to)) if to else _passphrase(passphrase_file, again=True)
        system = open_system(data)
        with progress_bar("backup") as advance:
            made = back_up(system, target, sealer, last_day(system.today(), keep_names), advance)
    except Damaged as damaged:
        _tell_damage(damaged)
    lines = (
        f"{target}: {made['size']} leaves up to position {made['position']}, root {made['root']}, verified",
        f"names may be restored until {made['names_until']}; delete the backup by then",
    )
    answer(as_json, {"target": str(target), "verified": True, **made}, lines)


def restore_backup(
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="Folder of the backup.")],
    because: Annotated[str, typer.Option("--because", help="The reason; it is recorded.")],
    passphrase_file: PassphraseFile = None,
    with_key: Annotated[
        Path | None,
        typer.Option("--identity", help="Private X25519 key (PEM) that the backup was sealed for."),
    ] = None,
    without_names: Annotated[
        bool, typer.Option("--without-names", help="Leave the names out: every person stays a reference.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Put a backup into a new folder and, with LIANJIAN_DATABASE_URL, into an empty database; never over anything.

    The copy is verified; names that were erased stay erased; a new epoch of the log begins, with a new key for the witness.

    Exit status: 0 restored and verified, 1 the backup is damaged (nothing is put back), 2 it could not be done.

    Example: lianjian restore /backup/2026-03-01 --data restored --because "disk failed on 12 March"
    """
    try:
        opener = identity(read_file(with_key)) if with_key else _passphrase(passphrase_file, again=False)
        settings = from_environment(data)
        by = by_command("restore")
        wanted = Restoring(source, settings, opener, because, by, utc_now, names=not without_names)
        with progress_bar("restore") as advance:
            made = restore(wanted, advance)
    except ValueError as refusal:
        fail(str(refusal))
    except Damaged as damaged:
        _tell_damage(damaged)
    lines = (
        f"{made['restored_to']}: restored from the backup of {made['made_at']} and verified",
        f"the log goes on as {made['origin']}; give its new key (lianjian log show) to the witness on paper",
    )
    answer(as_json, made, lines)


def _passphrase(file: Path | None, *, again: bool) -> Passphrase:
    """From the file, the environment, or a question. Ends the command where there is nobody to ask."""
    if file is not None:
        return Passphrase(read_file(file).decode("utf-8", "replace").strip("\r\n"))
    given = os.environ.get(PASSPHRASE)
    if given:
        return Passphrase(given)
    if not sys.stdin.isatty():
        fail(f"give the passphrase with --passphrase-file or {PASSPHRASE}, or a key instead")
    return Passphrase(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=again))


def _tell_damage(damaged: Damaged) -> NoReturn:
    for problem in damaged.problems:
        tell(f"{problem.check} {problem.message}")
    fail(str(damaged), code=1)
