"""What was read of a county's ledgers: typed rows and named refusals, by whatever reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from application.ledgers.problems import Notice, RefusedRow
from application.ledgers.raw import Value
from application.ledgers.rows import LedgerRow, RowSource


@dataclass(frozen=True, slots=True)
class KnownPairings:
    """Pairings on record: (unit name, village name) pairs; villages and units, also those without a pairing."""

    pairs: frozenset[tuple[str, str]] = frozenset()
    villages: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Workbook:
    """The bytes that were read, and their SHA-256 in hex."""

    digest: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A row as it was written, by field, so that it can be handed back in the same template."""

    sheet_key: str
    source: RowSource
    cells: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Ledgers:
    """What was read. ``rows`` in the order of the sheets' declaration, then of files and rows."""

    rows: Sequence[LedgerRow] = ()
    partial: Sequence[LedgerRow] = ()
    """Of refused rows, what they state before the step that is wrong."""
    refused: Sequence[RefusedRow] = ()
    warnings: Sequence[Notice] = ()
    written: Sequence[WrittenRow] = ()
    """Every row of data, good and refused: who decides later may refuse more of them."""
    files: Sequence[str] = ()
    workbooks: Mapping[str, Workbook] = field(default_factory=dict)
    """The files that could be read, by name."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Data rows seen per sheet key, good and refused."""


LedgerReader = Callable[[KnownPairings], Ledgers]
"""Reads the ledgers by the pairings that are on record; again, where more names are known by then."""
