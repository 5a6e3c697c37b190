"""Folders of workbooks, read and recorded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from application.ledgers.importing import import_ledgers, new_batch
from application.ledgers.matching.questions import Answers
from application.ledgers.result import ImportResult
from application.system import System
from domain.kernel.recorded import By, Source
from interface.ledgers.reader import read_ledgers


def import_folder(
    system: System,
    folder: Path,
    *,
    year: int | None = None,
    dry_run: bool = False,
    actor: str = "import",
    office: str = "",
    answers: Answers | None = None,
    progress: Callable[..., None] = lambda *_, **__: None,
) -> ImportResult:
    """Record the good rows of the ledgers in ``folder`` as ``actor``: `import_ledgers`. It is listed with those of the pages."""
    batch, begun_at = new_batch(), system.clock()
    result = import_ledgers(
        system,
        lambda known: read_ledgers(folder, known=known),
        By(actor=actor, office=office, source=Source(kind="ledger", name="")),
        year=year,
        dry_run=dry_run,
        answers=answers,
        progress=progress,
        batch=batch,
    )
    if not dry_run:
        result.batch = batch
        files = {name: workbook.digest for name, workbook in result.ledgers.workbooks.items()}
        said = {"year": result.year, "counts": result.counts(), "outcome": result.told(), "note": ""}
        system.imports.made(batch, actor, office, begun_at, files, **said)
    return result
