"""The imports of ledgers: who made them, when, from which files, and how many of their rows came to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from application.actors.actor import OFFICES
from application.import_records import Batch
from application.input.keyset import After, no_row, place_in, token
from application.question import USUAL, Asker, Limit, Listing, question


@dataclass(frozen=True)
class ImportedFile:
    """A file of an import; ``digest``: the SHA-256 of its bytes."""

    name: str
    digest: str


@dataclass(frozen=True)
class ImportListing:
    """An import. ``state``: ``reading``, ``previewed``, ``recording``, ``done`` or ``failed``; ``counts``: rows by outcome."""

    id: str
    state: str
    begun_at: datetime
    uploaded_by: str
    recorded_by: str
    office: str
    ended_at: datetime | None
    year: int | None
    counts: Mapping[str, int]
    files: tuple[ImportedFile, ...]


@question("/imports", OFFICES)
def list_imports(asker: Asker, *, after: After | None, limit: Limit | None) -> Listing[ImportListing]:
    """Imports, the newest first, also those that wait to be confirmed."""
    imports, most = asker.look.system.imports, limit or USUAL
    before = None
    if after is not None:
        try:
            before = datetime.fromisoformat(str(place_in(after)[0]))
        except (ValueError, IndexError):
            raise no_row(after) from None
    rows = [_listed(each) for each in imports.newest(before, most + 1)]
    return Listing(
        tuple(rows[:most]), token((rows[most - 1].begun_at.isoformat(),)) if len(rows) > most else None
    )


def _listed(batch: Batch) -> ImportListing:
    return ImportListing(
        id=batch.id,
        state=batch.state.value,
        begun_at=batch.begun_at,
        uploaded_by=batch.uploaded_by,
        recorded_by=batch.recorded_by,
        office=batch.office,
        ended_at=batch.ended_at,
        year=batch.year,
        counts=batch.counts,
        files=tuple(ImportedFile(each.name, each.digest) for each in batch.files),
    )
