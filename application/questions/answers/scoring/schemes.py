"""The schemes of the years: versions that are or were in force for everybody, drafts for the offices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any, TypeVar

from sqlalchemy import Row

from application.actors.actor import OFFICES, READERS
from application.input.keyset import After
from application.question import Asker, Limit, Listing, question
from application.questions.of_row import of_row
from application.things import SCHEME
from domain.assessment.scheme.changes import Aspect, changes
from domain.assessment.scheme.text import Text
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.kernel.errors import Unknown
from domain.kernel.values import FIRST_YEAR, LAST_YEAR, Key, Whole, Year
from projections.boards.assessment.schemes import drafts_of, versions_of, years_of_schemes

T = TypeVar("T")
Numbered = Annotated[int, Whole(1, 100_000)]


@dataclass(frozen=True)
class SchemeVersion:
    """A published version. ``in_force_on``: ``None`` where it holds for the whole year; ``approver_ref``: a reference, empty
    where it came with the software; ``text_digest``: SHA-256."""

    version: int
    published_on: date
    published_by: str
    in_force_on: date | None
    retroactive_because: str
    approver_ref: str
    approver_office: str
    text_digest: str


@dataclass(frozen=True)
class SchemeDraft:
    """A draft and what became of it. ``back_test_moved``: how many would have moved in ``back_test_year``."""

    draft: int
    status: str
    because: str
    drafted_by: str
    drafted_on: date
    returned_because: str
    returned_by: str
    returned_on: date | None
    back_test_year: int | None
    back_test_moved: int | None
    approver_ref: str
    approver_office: str
    approved_on: date | None
    text_digest: str


@dataclass(frozen=True)
class SchemeOfYear:
    """A year with its newest version and its newest draft, ``None`` until there is one; drafts are the offices'."""

    year: int
    version: SchemeVersion | None
    draft: SchemeDraft | None


@dataclass(frozen=True)
class SchemeShown:
    """A version with its text, byte for byte as its digest says; ``versions``: all of the year, the newest first."""

    year: int
    version: SchemeVersion
    text: str
    versions: tuple[SchemeVersion, ...]


@dataclass(frozen=True)
class DraftShown:
    """A draft with its text; ``drafts``: all of the year, the newest first."""

    year: int
    draft: SchemeDraft
    text: str
    drafts: tuple[SchemeDraft, ...]


@question("/schemes", READERS)
def list_schemes(asker: Asker, *, after: After | None, limit: Limit | None) -> Listing[SchemeOfYear]:
    """All years with a version or a draft, the newest first."""
    connection, at = asker.connection, asker.known_at

    def of_year(year: int) -> SchemeOfYear:
        versions = _all(SchemeVersion, versions_of(connection, year, at))
        drafts = _all(SchemeDraft, drafts_of(connection, year, at)) if asker.sees_all else ()
        return SchemeOfYear(year, next(iter(versions), None), next(iter(drafts), None))

    rows = (of_year(int(str(row.year))) for row in years_of_schemes(connection, at))
    return Listing.placed(rows, lambda row: (row.year,), after, limit, falling=True)


@question("/schemes/{key}", READERS, on=SCHEME)
def show_scheme(asker: Asker, *, key: Key, version: Numbered | None) -> SchemeShown:
    """A published version of a year's scheme, by default the one in force."""
    year = year_of_scheme(key)
    rows = versions_of(asker.connection, year, asker.known_at)
    row = _one(rows, "version", version, key)
    return SchemeShown(year, _row(SchemeVersion, row), row.text, _all(SchemeVersion, rows))


@dataclass(frozen=True)
class SchemeChange:
    """What differs about a group, an indicator or a part (``code``), or about a ``field`` of the whole scheme."""

    code: str
    title: Text
    aspect: Aspect
    field: str


@dataclass(frozen=True)
class SchemeChanges:
    """Two published versions side by side, the earlier one first."""

    year: int
    version: int
    against: int
    against_version: int
    changes: tuple[SchemeChange, ...]


@question("/schemes/{key}/changes", READERS, on=SCHEME)
def show_scheme_changes(
    asker: Asker, *, key: Key, version: Numbered | None, against: Year, against_version: Numbered | None
) -> SchemeChanges:
    """What a year's scheme changes about that of the year ``against``, rule by rule; both by default as in force."""

    def published(year: int, number: int | None) -> Row[Any]:
        return _one(versions_of(asker.connection, year, asker.known_at), "version", number, str(year))

    year = year_of_scheme(key)
    new, old = published(year, version), published(against, against_version)
    found = changes(parse_scheme(old.text), parse_scheme(new.text))
    return SchemeChanges(
        year, new.version, against, old.version, tuple(of_row(SchemeChange, each) for each in found)
    )


@question("/schemes/{key}/draft", OFFICES, on=SCHEME)
def show_draft(asker: Asker, *, key: Key, draft: Numbered | None) -> DraftShown:
    """A draft of a year's scheme, by default the newest."""
    year = year_of_scheme(key)
    rows = drafts_of(asker.connection, year, asker.known_at)
    row = _one(rows, "draft", draft, key)
    return DraftShown(year, _row(SchemeDraft, row), row.text, _all(SchemeDraft, rows))


def year_of_scheme(key: str) -> int:
    """The year that a key names. Raises ``Unknown``."""
    if not (key.isascii() and key.isdecimal() and len(key) == 4 and FIRST_YEAR <= int(key) <= LAST_YEAR):
        raise Unknown("published scheme for the year", key)
    return int(key)


def _one(rows: Sequence[Row[Any]], kind: str, number: int | None, key: str) -> Row[Any]:
    for row in rows:
        if number in (None, row._mapping[kind]):
            return row
    what = "published scheme for the year" if kind == "version" else "draft of the scheme"
    raise Unknown(what, key if number is None else f"{key} {number}")


def _row(kind: type[T], row: Row[Any]) -> T:
    return kind(**{each.name: row._mapping[each.name] for each in fields(kind)})  # type: ignore[arg-type]


def _all(kind: type[T], rows: Sequence[Row[Any]]) -> tuple[T, ...]:
    return tuple(_row(kind, row) for row in rows)
