"""What many commands share: options, opening the system they work on, who runs them."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from application.system import System
from domain.kernel.recorded import By, Source
from interface.cli.output import at_end, fail, tell
from interface.composition import build
from interface.settings import from_environment

Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder of the embedded databases (default: ./data, or LIANJIAN_DATA)."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]

Township = Annotated[
    str | None, typer.Option("--township", help="Township of the village, where the name fits several.")
]
DAY = ["%Y-%m-%d"]
"""The formats of an option that is a day."""


def open_system(data: Path | None, *, begin: bool = False) -> System:
    """The system of ``--data`` or the environment. Ends the command where it cannot be opened.

    Where there is no log, only a command that may ``begin`` one goes on, and says so; any other makes nothing.
    It is closed when the command ends.
    """
    try:
        system = build(from_environment(data), begin=begin, tell=tell, follow=begin)
    except ValueError as error:
        fail(str(error))
    at_end.callback(system.close)
    return system


def by_command(name: str) -> By:
    """Whoever runs the command."""
    return By(actor=getpass.getuser(), source=Source(kind="command", name=name))


def read_file(path: Path) -> bytes:
    """A file's bytes; ends the command where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        fail(f"{path} cannot be read: {error.strerror}")
