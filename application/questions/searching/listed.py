"""Everything that can be found, as known at a position: read once, and again when one of its boards was written."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import Column, Row, Select, Table, select

from application.actors.actor import TOWNSHIPS, Owner
from application.question import Asker
from application.questions.searching.matching import Hit, Name, Number, Typed
from domain.policy.articles import articles_of, written
from domain.registry.events import EntryKind
from projections.boards.assessment.results import objections, results_board
from projections.boards.assessment.runs import appeals, assessment_board, runs
from projections.boards.assessment.year_work import samples, year_work_board
from projections.boards.documents import documents, documents_board
from projections.boards.findings import circulars, findings, findings_board
from projections.boards.livelihood import livelihood_board, needs, projects
from projections.boards.pairing.pairings import pairings, pairings_board
from projections.boards.policies import PolicyBook, policies_board
from projections.boards.registry.listing import listed
from projections.boards.registry.names import Names
from projections.boards.registry.units_and_villages import known_names, registry
from projections.kit.columns import known
from projections.kit.memory import Reading, ask_ahead
from projections.kit.projection import Projection


class FoundKind(enum.Enum):
    """What can be found, in the order in which it is listed where all fits as well."""

    VILLAGE = "village"
    UNIT = "unit"
    PAIRING = "pairing"
    PERSON = "person"
    FINDING = "finding"
    APPEAL = "appeal"
    NEED = "need"
    PROJECT = "project"
    CIRCULAR = "circular"
    DOCUMENT = "document"
    POLICY = "policy"
    RUN = "run"
    OBJECTION = "objection"
    SAMPLE = "sample"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Listed:
    """A thing that can be found. ``owner``: whose it is, ``None`` for what only offices see; ``within``: the key of what it is
    shown with, empty for what has a page of its own; ``year``: that its page is asked for; ``what``: names, numbers and days
    that tell it from another; ``beside``: other things' names by which it is found as well, less near."""

    kind: FoundKind
    key: str
    owner: Owner | None
    title: str
    what: str
    names: tuple[Name, ...] = ()
    numbers: tuple[Number, ...] = ()
    beside: tuple[Name, ...] = ()
    within: str = ""
    year: int | None = None

    def hit(self, typed: Typed) -> Hit | None:
        """How what was typed fits."""
        return typed.hit(self.names, self.numbers, self.beside)


OF_TOWNSHIPS = frozenset(
    {
        FoundKind.VILLAGE,
        FoundKind.PAIRING,
        FoundKind.FINDING,
        FoundKind.NEED,
        FoundKind.PROJECT,
        FoundKind.CIRCULAR,
    }
)
"""What a township's office finds, where it is of one of its villages: nothing that it may not open."""
OF_EVERYBODY = frozenset({FoundKind.POLICY})
"""What is nobody's in particular, and found by whoever may search."""
Made = Callable[[Asker], Iterable[Listed]]
A = TypeVar("A", bound=Sized)


def all_listed(asker: Asker) -> Iterator[Listed]:
    """Everything that whoever asks may see, but for persons and records: these are looked up when they are asked for."""
    for read_from, make in PARTS:
        yield from (each for each in _remembered(asker, read_from, make) if _shown(asker, each))


def _shown(asker: Asker, each: Listed) -> bool:
    if asker.sees_all or each.kind in OF_EVERYBODY:
        return True
    owner = each.owner
    if asker.actor.role in TOWNSHIPS:
        if each.kind not in OF_TOWNSHIPS:
            return False
        owner = Owner(village=each.key) if each.kind is FoundKind.VILLAGE else owner
    return owner is not None and asker.sees(owner)


def _remembered(asker: Asker, read_from: Sequence[Projection], make: Made) -> Sequence[Listed]:
    def made(asker: Asker) -> Sequence[Listed]:
        return tuple(make(asker))

    return _made(asker, read_from, made, make.__name__)


def _made(asker: Asker, read_from: Sequence[Projection], make: Callable[[Asker], A], name: str = "") -> A:
    """What is made of these projections, once for all who ask until one of them writes."""
    if not isinstance(asker.connection, Reading):
        return make(asker)
    key = name or make.__name__
    return asker.connection.made_of(read_from, asker.known_at, key, lambda: make(asker))


def _entries(asker: Asker) -> Iterator[Listed]:
    called = called_in(asker)
    for each in listed(asker.connection, asker.known_at):
        of_unit = each.kind is EntryKind.BRANCH
        other = next((one.name for one in each.names if one.name != each.name), "")
        yield Listed(
            FoundKind.UNIT if of_unit else FoundKind.VILLAGE,
            each.entry,
            None,
            each.name,
            each.township or other,
            called.names(each.entry),
            Number.several(*each.codes.values()),
            (Name.of(each.township),) if each.township else (),
        )


class Called(Sized):
    """Units and villages by the names they bear and bore."""

    def __init__(self, asker: Asker) -> None:
        names = Names(asker.connection, asker.known_at)
        self._today = {**names.units(), **names.villages()}
        self._all: dict[str, dict[str, Name]] = defaultdict(dict)
        for each in known_names(asker.connection, asker.known_at):
            self._all[each.entry][each.name] = Name.of(each.name)

    def __len__(self) -> int:
        return len(self._all)

    def title(self, *entries: str) -> str:
        """What they are called now, one beside the other."""
        return " × ".join(self._today.get(entry, entry) for entry in entries if entry)

    def names(self, *entries: str) -> tuple[Name, ...]:
        """Every name that one of them ever bore."""
        return tuple(chain.from_iterable(self._all[entry].values() for entry in entries))


def called_in(asker: Asker) -> Called:
    """The names of all units and villages."""
    return _made(asker, (registry,), Called)


def _rows(asker: Asker, table: Table) -> Iterable[Row[Any]]:
    """What is newest comes first, and whole tables are not remembered: what is made of them is."""
    return asker.connection.execute(_asked(asker, table, *table.c))


def _asked(asker: Asker, table: Table, *columns: Column[Any]) -> Select[Any]:
    return select(*columns).where(known(table, asker.known_at)).order_by(table.c.known_from.desc())


def _pairings(asker: Asker) -> Iterator[Listed]:
    called = called_in(asker)
    for row in _rows(asker, pairings):
        yield Listed(
            FoundKind.PAIRING,
            row.pairing_id,
            Owner(row.branch, row.village),
            called.title(row.branch, row.village),
            f"{row.started_on} – {row.ended_on or ''}".rstrip(),
            called.names(row.village, row.branch),
            Number.several(row.agreement_no),
        )
    owners = _owners(asker)
    for row in _rows(asker, circulars):
        if row.document_no:
            yield Listed(
                FoundKind.CIRCULAR,
                row.circular_id,
                owners[row.pairing_id],
                row.document_no,
                called.title(owners[row.pairing_id].branch, owners[row.pairing_id].village),
                numbers=Number.several(row.document_no),
                within=row.pairing_id,
                year=row.issued_on.year,
            )


def _owners(asker: Asker) -> dict[str, Owner]:
    c = pairings.c
    query = select(c.pairing_id, c.branch, c.village).where(known(pairings, asker.known_at))
    return {key: Owner(branch, village) for key, branch, village in asker.connection.execute(query)}


def _findings(asker: Asker) -> Iterator[Listed]:
    called = called_in(asker)
    for row in sorted(_rows(asker, findings), key=lambda row: row.found_on, reverse=True):
        yield Listed(
            FoundKind.FINDING,
            row.finding_id,
            Owner(row.branch, row.village),
            row.description,
            f"{row.number} · {called.title(row.village)}",
            numbers=Number.several(row.number, row.document_no),
            beside=(Name.written(row.description), *called.names(row.village, row.branch)),
        )


def _documents(asker: Asker) -> Iterator[Listed]:
    called = called_in(asker)
    for row in _rows(asker, documents):
        yield Listed(
            FoundKind.DOCUMENT,
            row.document_id,
            # What is about nobody's is the offices'.
            Owner(row.branch, row.village) if row.branch or row.village else None,
            row.number,
            " · ".join(filter(None, (row.title, called.title(row.branch)))),
            numbers=Number.several(row.number),
        )


def _appeals(asker: Asker) -> Iterator[Listed]:
    called = called_in(asker)
    for row in _rows(asker, appeals):
        yield Listed(
            FoundKind.APPEAL,
            row.appeal_id,
            Owner(row.branch, row.village),
            row.number,
            f"{called.title(row.branch, row.village)} · {row.filed_on}",
            numbers=Number.several(row.number),
            beside=called.names(row.village, row.branch),
        )


def _works(asker: Asker) -> Iterator[Listed]:
    owners = _owners(asker)
    n, p = needs.c, projects.c
    of_needs = _asked(asker, needs, n.need_id, n.number, n.pairing_id, n.village, n.content, n.raised_on)
    of_projects = _asked(asker, projects, p.project_id, p.number, p.pairing_id, p.name, p.started_on)
    ask_ahead(asker.connection, of_needs, of_projects)

    def of_pairing(
        kind: FoundKind, key: str, row: Row[Any], title: str, begun_on: date, owner: Owner
    ) -> Listed:
        return Listed(
            kind,
            key,
            owner,
            title,
            row.number,
            numbers=Number.several(row.number),
            beside=(Name.written(title),),
            within=row.pairing_id,
            year=begun_on.year,
        )

    for row in asker.connection.execute(of_needs):
        # One that nobody has matched stands on no pairing's page.
        if row.pairing_id:
            # After a split its village need not be the pairing's.
            own = Owner(owners[row.pairing_id].branch, row.village)
            yield of_pairing(FoundKind.NEED, row.need_id, row, row.content, row.raised_on, own)
    for row in asker.connection.execute(of_projects):
        own = owners[row.pairing_id]
        yield of_pairing(FoundKind.PROJECT, row.project_id, row, row.name, row.started_on, own)


def _results(asker: Asker) -> Iterator[Listed]:
    for row in _rows(asker, runs):
        numbered = Number.several(row.run_no)
        yield Listed(
            FoundKind.RUN, row.run_id, None, row.run_no, str(row.frozen_on), numbers=numbered, year=row.year
        )
    called, owners = called_in(asker), _owners(asker)
    for row in _rows(asker, objections):
        # An objection may be to the run as a whole.
        owner = owners[row.pairing_id] if row.pairing_id else None
        yield Listed(
            FoundKind.OBJECTION,
            row.objection_id,
            None,
            row.number,
            called.title(owner.branch, owner.village) if owner else "",
            numbers=Number.several(row.number),
            within=row.run_id,
        )
    for row in _rows(asker, samples):
        numbered = Number.several(row.sample_no)
        yield Listed(
            FoundKind.SAMPLE, row.sample_id, None, row.sample_no, "", numbers=numbered, year=row.year
        )


def _policies(asker: Asker) -> Iterator[Listed]:
    """By every title and number that it bears or bore, and by the articles and chapters of its newest text."""
    for policy in PolicyBook(asker.connection, asker.known_at).policies.values():
        if policy.voided_on is not None:
            continue
        newest = policy.versions[-1]
        titles = dict.fromkeys(each.title for each in reversed(policy.versions))
        numbers = dict.fromkeys(each.document_no for each in reversed(policy.versions))
        articles = articles_of(newest.text)
        headings = dict.fromkeys(each.chapter for each in articles if each.chapter)
        called = (*headings, *(f"第{written(each.number)}条" for each in articles))
        yield Listed(
            FoundKind.POLICY,
            policy.policy_id,
            None,
            newest.title,
            " · ".join(filter(None, (newest.document_no, newest.issuing_body))),
            tuple(map(Name.of, titles)),
            Number.several(*numbers),
            tuple(map(Name.written, called)),
        )


PARTS: Sequence[tuple[Sequence[Projection], Made]] = (
    ((registry,), _entries),
    ((registry, pairings_board, findings_board), _pairings),
    ((registry, findings_board), _findings),
    ((registry, documents_board), _documents),
    ((registry, assessment_board), _appeals),
    ((pairings_board, livelihood_board), _works),
    ((registry, pairings_board, assessment_board, results_board, year_work_board), _results),
    ((policies_board,), _policies),
)
"""What is listed, each part with the projections it is made of."""
