"""From typed ledger rows to decisions: good rows are recorded, refused ones named, nothing is recorded twice."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from application.eventlog import Batch
from application.eventlog.log import Entry
from application.schemes import Schemes
from domain.assessment.scheme_history import SchemeHistory
from domain.assessment.schemes import scheme_text
from domain.kernel.errors import Rejected
from domain.kernel.recorded import By, Source
from domain.registry.events import EntryKind
from interface.composition import System
from interface.earlier import read_earlier
from interface.irregular import DAY_OF, OF_THE_DAY, at_row, irregular_steps
from interface.ledger_year import outside_the_year, year_of
from interface.ledgers.problems import Notice, RefusedRow
from interface.ledgers.reader import KnownPairings, Ledgers, read_ledgers
from interface.ledgers.rows import LedgerRow, PairingRow
from interface.recording import ORDER, PAIRED, Names, Recorder, people_of
from interface.vault import Vault
from interface.waiting import RefusedPairings
from projections.kit.columns import known
from projections.numbers import Numbers
from projections.pairings_board import pairings
from projections.registry import branch_names, entries_by_name, village_names

Progress = Callable[..., None]


@dataclass
class ImportResult:
    """What an import did: rows accepted = recorded now + on record already; rows refused; events recorded.

    ``partly``: refused rows of which the steps before the one refused were recorded. ``irregular``: steps recorded as
    the ledger states them although they broke a rule of procedure; ``code`` is the clause.
    """

    dry_run: bool
    year: int
    year_from: str
    """Who said which year: ``given`` with the order, read from the ``ledgers``, or ``today`` where they say none."""
    recorded: int = 0
    unchanged: int = 0
    partly: int = 0
    events: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    irregular: list[RefusedRow] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)
    """What was passed over, and what was read though it is odd."""
    new: dict[str, list[str]] = field(default_factory=dict)
    """Names that nobody had registered: ``units``, ``villages``, ``pairings`` (unit - village)."""
    ledgers: Ledgers = field(default_factory=Ledgers)
    """What was read, for handing the refused rows back in their template."""

    @property
    def accepted(self) -> int:
        return self.recorded + self.unchanged

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``; each refused row has the fields file, sheet, row, column, code, message, and more."""
        return {
            "dry_run": self.dry_run,
            "year": self.year,
            "year_from": self.year_from,
            "accepted": self.accepted,
            "recorded": self.recorded,
            "unchanged": self.unchanged,
            "partly": self.partly,
            "events": self.events,
            "refused": [asdict(row) for row in self.refused],
            "irregular": [asdict(row) for row in self.irregular],
            "warnings": [asdict(row) for row in self.warnings],
            "new": self.new,
        }


def import_folder(
    system: System,
    folder: Path,
    *,
    year: int | None = None,
    dry_run: bool = False,
    actor: str = "import",
    office: str = "",
    progress: Progress = lambda *_, **__: None,
) -> ImportResult:
    """Record the good rows of the ledgers in ``folder`` as ``actor``.

    ``year`` is the assessment year, by default the year in which more than half of the rows happened (`YEAR_CLEAR`).
    A year whose scheme came with the software gets it with its first import, unless somebody has begun another.
    Raises ``Conflict`` when somebody else records the same rows at the same time; what was recorded until then
    stays, and importing again goes on from there.
    """
    with system.reading() as connection:
        known_before = _known_pairings(connection)
    ledgers = read_ledgers(folder, known=known_before)
    rows = sorted((*ledgers.rows, *ledgers.partial), key=lambda row: ORDER.index(type(row)))
    meant, year_from = (year, "given") if year else year_of(rows, system.today())
    result = ImportResult(dry_run=dry_run, year=meant, year_from=year_from, ledgers=ledgers)
    result.refused += ledgers.refused
    result.warnings += [*ledgers.warnings, *outside_the_year(rows, meant)]
    with system.reading() as connection:
        names = _names(connection, result.year)
        earlier = read_earlier(connection, (row.source for row in rows))
    before = names.copied()
    people = system.vault.people((each for row in rows for each in people_of(row)), dry_run=dry_run)
    batch = Batch(system.log, dry_run=dry_run, before=_keeping(system.vault, ledgers))
    services = system.services_on(batch)
    correlation = f"import-{secrets.token_hex(8)}"
    recorder = Recorder(services, names, people, system.today(), earlier, rows)
    faulty = {row.source for row in ledgers.partial}
    unpaired = RefusedPairings()
    unpaired.learn(ledgers)
    progress(0, total=len(rows))
    if rows and services.schemes.history(result.year) == SchemeHistory():
        by = By(actor=actor, office=office, source=Source(kind="command", name="shipped scheme"))
        _adopt_shipped_scheme(services.schemes, batch, result.year, system, by)
    for row in rows:
        by = By(actor=actor, office=office, source=_source(row, ledgers), correlation=correlation)
        known = names.copied() if isinstance(row, PairingRow) else None
        try:
            with batch.row() as decided:
                steps = recorder.record(row, by)
        except Rejected as rejected:
            if isinstance(row, PairingRow):
                unpaired.add(row)
            if rejected.clause is PAIRED and unpaired.takes(row):
                progress(1)
                continue
            day = DAY_OF[type(row)] if rejected.clause in OF_THE_DAY else ""
            result.refused.append(_refused(row, rejected, day))
            if known is not None:
                # What the row registered was taken back with it; nobody may lean on it.
                names.forget(known)
        else:
            result.irregular += irregular_steps(row, decided)
            result.refused += (_refused(row, each.rejected, each.field) for each in steps)
            if steps or row.source in faulty:
                result.partly += bool(decided)
            else:
                result.recorded += bool(decided)
                result.unchanged += not decided
        progress(1)
    result.events = batch.finish()
    result.new = _new(before, names)
    result.refused += unpaired.told()
    result.refused = _told_by_number(system, result.refused)
    result.refused.sort(key=lambda each: (each.file, each.sheet, each.row, each.column))
    return result


def _told_by_number(system: System, refused: list[RefusedRow]) -> list[RefusedRow]:
    """With the numbers of things in place of the ids that a clause named."""
    with system.reading() as connection:
        numbers = Numbers(connection)
        numbers.read(each.value for each in refused)
        return [replace(each, value=numbers.shown(each.value)) for each in refused]


def _keeping(vault: Vault, ledgers: Ledgers) -> Callable[[Sequence[Entry]], None]:
    """Keeps a workbook when events that cite it are about to be recorded: a crash leaves one too many, never one too few."""
    waiting = {each.digest: each.content for each in ledgers.workbooks.values()}

    def keep(entries: Sequence[Entry]) -> None:
        for digest in sorted({by.source.digest for *_, by in entries} & waiting.keys()):
            vault.keep_workbook(digest, waiting.pop(digest))

    return keep


def _source(row: LedgerRow, ledgers: Ledgers) -> Source:
    place = row.source
    digest = ledgers.workbooks[place.file].digest
    return Source(kind="ledger", name=place.file, sheet=place.sheet, row=place.row, digest=digest)


def _adopt_shipped_scheme(schemes: Schemes, batch: Batch, year: int, system: System, by: By) -> None:
    try:
        text = scheme_text(year)
    except FileNotFoundError:
        return
    with batch.row():
        schemes.adopt_scheme(text=text, published_on=system.today(), by=by)


def _known_pairings(connection: Connection) -> KnownPairings:
    units, villages = branch_names(connection), village_names(connection)
    rows = connection.execute(select(pairings.c.branch, pairings.c.village).where(known(pairings, None)))
    pairs = frozenset((units[row.branch], villages[row.village]) for row in rows)
    return KnownPairings(pairs=pairs, villages=frozenset(villages.values()))


def _names(connection: Connection, year: int) -> Names:
    names = Names(
        year=year,
        branches=entries_by_name(connection, EntryKind.BRANCH),
        villages=entries_by_name(connection, EntryKind.VILLAGE),
    )
    rows = connection.execute(
        select(pairings.c.pairing_id, pairings.c.branch, pairings.c.village).where(
            pairings.c.year == year, known(pairings, None)
        )
    )
    for row in rows:
        names.pairings.setdefault(row.village, {})[row.branch] = row.pairing_id
    return names


def _new(before: Names, after: Names) -> dict[str, list[str]]:
    units = {code: name for name, code in after.branches.items()}
    villages = {code: name for name, code in after.villages.items()}
    return {
        "units": sorted(after.branches.keys() - before.branches.keys()),
        "villages": sorted(after.villages.keys() - before.villages.keys()),
        "pairings": sorted(
            f"{units[branch]} - {villages[village]}"
            for village, of_village in after.pairings.items()
            for branch in of_village.keys() - before.pairings.get(village, {}).keys()
        ),
    }


def _refused(row: LedgerRow, rejected: Rejected, field: str = "") -> RefusedRow:
    return at_row(row, rejected.clause, field, rejected.because)
