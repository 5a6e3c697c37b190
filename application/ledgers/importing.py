"""From typed ledger rows to decisions: good rows are recorded, refused ones named, nothing is recorded twice."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import fields, replace
from datetime import date
from typing import Any

from application.eventlog import Batch
from application.ledgers import problems
from application.ledgers.ledger_year import outside_the_year, year_of
from application.ledgers.ledgers import LedgerReader, Ledgers
from application.ledgers.matching.known import for_reading, read_names, read_parties
from application.ledgers.matching.organisations import (
    LISTED,
    UNIT,
    VILLAGE,
    Couple,
    Lookups,
    NameMeaning,
    Organisations,
)
from application.ledgers.matching.people import People
from application.ledgers.matching.questions import NEW, AnswerNeeded, Answers, Question
from application.ledgers.matching.strangers import strangers
from application.ledgers.problems import RefusedRow, refused
from application.ledgers.recording.irregular import OF_THE_DAY, at_cell, at_row, irregular_steps
from application.ledgers.recording.pairing_rows import BY_ANSWER
from application.ledgers.recording.parent_rows import from_above
from application.ledgers.recording.recorder import ORDER, Recorder, inspectors_of
from application.ledgers.recording.row_recorder import PAIRED
from application.ledgers.recording.statements import read_statements
from application.ledgers.result import ImportResult
from application.ledgers.rows import LedgerRow, PairingRow, ParentRow, RowSource
from application.ledgers.waiting import RefusedPairings
from application.ledgers.workbooks import CitedWorkbooks
from application.look import Look
from application.one_at_a_time import alone
from application.system import System
from application.things import SCHEME
from application.verb import Verb, carry_out
from application.verbs.assessment.schemes import adopt_scheme
from application.verbs.registry.units_and_villages import learn_branch_alias, learn_village_alias
from domain.assessment.year.scheme_history import SchemeHistory
from domain.kernel.errors import Rejected, Unknown
from domain.kernel.folding import folded
from domain.kernel.recorded import By, Source
from domain.registry.events import EntryKind
from domain.registry.name_book import Nature
from projections.boards.numbers import Numbers

Progress = Callable[..., None]


def import_ledgers(
    system: System,
    read: LedgerReader,
    by: By,
    *,
    year: int | None = None,
    dry_run: bool = False,
    answers: Answers | None = None,
    progress: Progress = lambda *_, **__: None,
    batch: str = "",
) -> ImportResult:
    """Record the good rows of the ledgers that ``read`` gives. ``batch`` is what ties the events together in the log.

    ``year`` is the assessment year, by default the year in which more than half of the rows happened (`YEAR_CLEAR`).
    ``answers`` to what an earlier import asked. A year whose scheme came with the software gets it with its first import,
    unless somebody has begun another. Raises ``Conflict`` while another import is under way, or where somebody else
    records the same things meanwhile; what was recorded until then stays, and importing again goes on from there.
    """
    with nullcontext() if dry_run else alone(system):
        return _Import(system, dry_run, by, batch or new_batch()).run(
            read, year, answers or Answers(), progress
        )


ALIASES: dict[EntryKind, Verb[Any, Any]] = {
    EntryKind.BRANCH: learn_branch_alias,
    EntryKind.VILLAGE: learn_village_alias,
}


def new_batch() -> str:
    """The id of an import that nobody had before."""
    return f"import-{secrets.token_hex(8)}"


class _Import:
    """One import on its way."""

    def __init__(self, system: System, dry_run: bool, by: By, batch: str) -> None:
        self._system = system
        self._dry_run = dry_run
        self._by = by
        self._kept = CitedWorkbooks(system.vault)
        self._batch = Batch(system.log, dry_run=dry_run, before=self._kept.keep_cited)
        self._ids = self._batch.drawing(system.ids)
        self._look = Look(system, self._batch, self._ids)
        self._correlation = batch
        with system.reading() as connection:
            self._units = read_names(connection, EntryKind.BRANCH)
            self._villages = read_names(connection, EntryKind.VILLAGE)
            self._parties = read_parties(connection)
            self._statements = read_statements(connection, self._units.standing)

    def run(self, read: LedgerReader, year: int | None, answers: Answers, progress: Progress) -> ImportResult:
        """Read, look up, record."""
        ledgers, unknown, unfit = self._read(read, answers)
        rows = from_above(sorted((*ledgers.rows, *ledgers.partial), key=_in_order), self._unit_meant)
        today = self._system.today()
        meant, year_from = (year, "given") if year else year_of(rows, today)
        result = ImportResult(dry_run=self._dry_run, year=meant, year_from=year_from, ledgers=ledgers)
        result.refused += [*ledgers.refused, *unfit]
        result.asked += unknown
        result.warnings += [*ledgers.warnings, *outside_the_year(rows, meant)]
        if rows:
            self._adopt_shipped_scheme(meant)
        pairing_rows = [row for row in rows if isinstance(row, PairingRow)]
        organisations = Organisations(
            self._units,
            self._villages,
            self._parties,
            pairing_rows,
            answers,
            self._ids,
            min(today, date(meant, 12, 31)),
        )
        couples, unclear = _couples(organisations, pairing_rows)
        entering = [row for row in rows if isinstance(row, ParentRow) and row.branch]
        listed = _listed(organisations, entering, unclear)
        people = People(
            self._system.vault,
            [*_in_posts(couples, pairing_rows), *(each for row in rows for each in inspectors_of(row))],
            dry_run=self._dry_run,
        )
        lookups = Lookups(organisations, self._parties, answers)
        recorder = Recorder(
            self._look, lookups, people, today, couples, listed, meant, self._statements, rows
        )
        self._record(rows, recorder, unclear, result, progress)
        result.corrected = recorder.statements.corrected
        named: list[_Named] = [
            *((couples[row.source].unit, row, UNIT) for row in pairing_rows if row.source in couples),
            *((couples[row.source].village, row, VILLAGE) for row in pairing_rows if row.source in couples),
            *((listed[folded(row.unit)], row, LISTED) for row in entering if folded(row.unit) in listed),
        ]
        result.new = _new(named, recorder, organisations.registered)
        result.warnings += _resembling(named, organisations.registered)
        result.refused = _told_by_number(self._system, result.refused)
        result.refused.sort(key=lambda each: (each.file, each.sheet, each.row, each.column))
        return result

    def _unit_meant(self, name: str) -> str:
        """The unit on record that bears the name, or the name where none does, or several do."""
        bearers = self._units.bearers(name)
        return bearers[0] if len(bearers) == 1 else folded(name)

    def _read(self, read: LedgerReader, answers: Answers) -> tuple[Ledgers, list[Question], list[RefusedRow]]:
        """The ledgers, read with the further names that answers taught, what is still to be asked about names, and why an
        answer could not be taken.
        """
        answered: set[str] = set()
        while True:
            ledgers = read(for_reading(self._units, self._villages, self._parties))
            self._kept.wait(ledgers)
            before = len(answered)
            unknown, unfit = self._ask_about_strangers(ledgers, answers, answered)
            if len(answered) == before:
                return ledgers, unknown, unfit

    def _ask_about_strangers(
        self, ledgers: Ledgers, answers: Answers, answered: set[str]
    ) -> tuple[list[Question], list[RefusedRow]]:
        """The questions about names that stay open, and those whose answer is refused at its row; those that are answered
        teach a further name each.
        """
        names = {EntryKind.BRANCH: self._units, EntryKind.VILLAGE: self._villages}
        unknown: list[Question] = []
        unfit: list[RefusedRow] = []
        for kind, question in strangers(ledgers, names, self._parties):
            if question.id in answered:
                continue
            try:
                answer = answers.to(question)
                by, said = self._by_row(question.source), {"alias": question.value, "because": BY_ANSWER}
                with self._batch.row():
                    carry_out(self._look, ALIASES[kind], answer.thing, by, said)
            except AnswerNeeded:
                unknown.append(question)
            except Rejected as rejected:
                unknown.append(question)
                unfit.append(at_cell(question.source, question.column, rejected.clause, rejected.because))
            else:
                names[kind].learn(answer.thing, question.value, "", Nature.ALIAS)
                answered.add(question.id)
        return unknown, unfit

    def _record(
        self,
        rows: Sequence[LedgerRow],
        recorder: Recorder,
        unclear: dict[RowSource, Question],
        result: ImportResult,
        progress: Progress,
    ) -> None:
        """Every row by itself: recorded, refused, or waiting for an answer."""
        faulty = {row.source for row in result.ledgers.partial}
        unpaired = RefusedPairings()
        unpaired.learn(result.ledgers)
        asked: dict[str, Question] = {}
        progress(0, total=len(rows))
        for row in self._names_together(rows):
            try:
                if row.source in unclear:
                    raise AnswerNeeded(unclear[row.source])
                with self._batch.row() as decided:
                    steps = recorder.record(row, self._by_row(row.source))
            except AnswerNeeded as waits:
                question = asked.setdefault(waits.question.id, waits.question)
                question.waiting[row.source.file, row.source.sheet] += 1
            except Rejected as rejected:
                if isinstance(row, PairingRow):
                    # What the row registered was taken back with it; nobody may lean on it.
                    recorder.pairings.forget_row()
                    unpaired.add(row)
                elif isinstance(row, ParentRow):
                    recorder.parents.forget_row()
                if not (rejected.clause is PAIRED and unpaired.takes(row)):
                    day = row.DAY if rejected.clause in OF_THE_DAY else ""
                    result.refused.append(at_row(row, rejected.clause, day, rejected.because))
            else:
                result.irregular += irregular_steps(row, decided)
                result.refused += (
                    at_row(row, each.rejected.clause, each.field, each.rejected.because) for each in steps
                )
                if steps or row.source in faulty:
                    result.count(row.source, "partly", bool(decided))
                else:
                    result.count(row.source, "recorded" if decided else "unchanged")
            progress(1)
        result.events = self._batch.finish()
        result.asked += asked.values()
        result.refused += unpaired.told()

    def _names_together(self, rows: Sequence[LedgerRow]) -> Iterator[LedgerRow]:
        """The rows; what those decide that bring names, which stand first, is recorded at once.

        Were an import cut off among them, the next one would ask whether the rest of the names are those on record.
        """
        naming = [row for row in rows if isinstance(row, PairingRow | ParentRow)]
        with self._batch.together():
            yield from naming
        yield from rows[len(naming) :]

    def _by_row(self, place: RowSource) -> By:
        digest = self._kept.digest_of(place.file)
        source = Source(kind="ledger", name=place.file, sheet=place.sheet, row=place.row, digest=digest)
        return By(actor=self._by.actor, office=self._by.office, source=source, correlation=self._correlation)

    def _adopt_shipped_scheme(self, year: int) -> None:
        look = Look(self._system, self._batch, self._ids)
        if SCHEME.state(look, str(year)) != SchemeHistory():
            return
        source = Source(kind="command", name="shipped scheme")
        by = By(actor=self._by.actor, office=self._by.office, source=source)
        with self._batch.row(), suppress(Unknown):
            carry_out(look, adopt_scheme, str(year), by, {})


_Named = tuple[NameMeaning, PairingRow | ParentRow, str]
"""What a name means, the row that has it, and in which column."""


def _name_of(row: PairingRow | ParentRow, column: str) -> str:
    return row.village if column == VILLAGE and isinstance(row, PairingRow) else row.unit


def _new(named: Sequence[_Named], recorder: Recorder, registered: set[str]) -> dict[str, list[str]]:
    """The names of what was registered and paired."""
    new = [(column, _name_of(row, column)) for meant, row, column in named if meant.thing in registered]
    of = {row.source: row for _, row, _ in named if isinstance(row, PairingRow)}
    return {
        "units": sorted({name for column, name in new if column != VILLAGE}),
        "villages": sorted({name for column, name in new if column == VILLAGE}),
        "pairings": sorted(
            f"{of[source].unit} - {of[source].village}" for source in recorder.pairings.paired_anew
        ),
    }


def _told_by_number(system: System, refused: list[RefusedRow]) -> list[RefusedRow]:
    """With the numbers of things in place of the ids that a clause named."""
    with system.reading() as connection:
        numbers = Numbers(connection)
        numbers.read(each.value for each in refused)
        return [replace(each, value=numbers.shown(each.value)) for each in refused]


def _in_order(row: LedgerRow) -> tuple[object, ...]:
    """Pairings first, on which all else rests, as they are listed, those that ended before those that a couple began after;
    then by what a row says, so that the order of files and rows says nothing.
    """
    if isinstance(row, PairingRow):
        return ORDER.index(PairingRow), row.ended_on or date.max
    names = [each.name for each in fields(row) if each.name != "source"]
    return ORDER.index(type(row)), row.day, *(str(getattr(row, name)) for name in names)


def _couples(
    organisations: Organisations, rows: Sequence[PairingRow]
) -> tuple[dict[RowSource, Couple], dict[RowSource, Question]]:
    """Whom each row of the pairing ledger pairs, and the question that it waits for where that is not clear."""
    couples: dict[RowSource, Couple] = {}
    unclear: dict[RowSource, Question] = {}
    for row in rows:
        try:
            couples[row.source] = Couple(organisations.unit(row), organisations.village(row))
        except AnswerNeeded as waits:
            unclear[row.source] = waits.question
    return couples, unclear


def _listed(
    organisations: Organisations, rows: Sequence[ParentRow], unclear: dict[RowSource, Question]
) -> dict[str, NameMeaning]:
    """By folded name, what the units in no pairing mean that rows enter; to ``unclear`` the question where it is not clear."""
    listed: dict[str, NameMeaning] = {}
    for row in rows:
        try:
            listed[folded(row.unit)] = organisations.listed(row)
        except AnswerNeeded as waits:
            unclear[row.source] = waits.question
    return listed


def _in_posts(couples: dict[RowSource, Couple], rows: Sequence[PairingRow]) -> Iterator[tuple[str, str]]:
    """(name, scope) of everybody whom the pairing ledger names in a post."""
    for row in rows:
        couple = couples.get(row.source)
        for name in (row.part_time_secretary, row.invited_member):
            if couple is not None and name:
                yield name, couple.unit.thing


def _resembling(named: Sequence[_Named], registered: set[str]) -> Iterator[RefusedRow]:
    """New names that are like one on record, though not so like that anybody is asked; each once."""
    told: set[str] = set()
    for meant, row, column in named:
        if meant.adds == NEW and meant.like and meant.thing in registered - told:
            told.add(meant.thing)
            problem, source, name = problems.new_name(meant.like), row.source, _name_of(row, column)
            yield refused(
                problem, file=source.file, sheet=source.sheet, row=source.row, column=column, value=name
            )
