"""Options that many commands share, and opening the system they work on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from application.integrity.custody import Refused
from interface.cli.output import fail
from interface.composition import System, build
from interface.settings import from_environment

Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder of the embedded databases (default: ./data, or LIANJIAN_DATA)."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def open_system(data: Path | None) -> System:
    """The system of ``--data`` or the environment. Ends the command where it cannot be opened."""
    try:
        return build(from_environment(data))
    except (ValueError, Refused) as error:
        fail(str(error))
