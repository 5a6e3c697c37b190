"""Searching everything that somebody may see: by names of any time, in pinyin, by number, by record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Select, select

from application.actors.actor import OFFICES, READERS, Owner
from application.input.keyset import After, Place
from application.question import Asker, Limit, Listing, question
from application.questions.searching.listed import FoundKind, Listed, all_listed, called_in
from application.questions.searching.matching import EXACT, Hit, Match, Name, Typed
from domain.kernel.values import Line, Ticked
from projections.boards import trail
from projections.boards.pairing.pairings import pairings, terms
from projections.kit.columns import known
from projections.kit.memory import ask_ahead

NAMES = "read_persons"
"""Who may use this verb may look for persons by name."""
_KINDS = {each: place for place, each in enumerate(FoundKind)}


@dataclass(frozen=True)
class Found:
    """A thing that was found. ``title``: its name, its matter or its number; ``what``: what tells it from another; ``how``: how
    well it fits, by which name, number or text (``found_by``), and which part of that (``matched``). ``within``: the key of
    what it is shown with: of a run for an objection, of a pairing otherwise; empty for what is shown by itself. ``year``: of
    which it is shown there."""

    kind: FoundKind
    key: str
    title: str
    what: str
    how: Match
    found_by: str
    matched: str
    within: str
    year: int | None

    @property
    def exact(self) -> bool:
        """Whether this very thing was named."""
        return self.how in EXACT

    @property
    def id(self) -> str:
        """What ``after`` states for the rows behind this one."""
        return f"{self.kind.value}-{self.key}"


@dataclass(frozen=True)
class CountOfKind:
    """How many of a kind were found."""

    kind: FoundKind
    found: int


@dataclass(frozen=True)
class Searched:
    """What was found, what fits best first, and of which kind how many in all."""

    rows: tuple[Found, ...]
    next: str | None
    counts: tuple[CountOfKind, ...]


@question("/search", READERS)
def search(
    asker: Asker,
    *,
    q: Line,
    kind: FoundKind | None,
    people: Ticked,
    after: After | None,
    limit: Limit | None,
) -> Searched:
    """Villages and units by any name they bear or bore, pairings, findings, appeals, papers and records: by characters, pinyin
    or its first letters, or a number. ``people``: by the names of persons, too, for whoever may read names; which ones were
    shown is noted.
    """
    typed = Typed(q)
    listed: Iterator[Listed] = all_listed(asker)
    if people and asker.may(NAMES):
        listed = chain(listed, _persons(asker))
    hits = [(each, hit) for each in listed if (hit := each.hit(typed)) is not None]
    hits += _records(asker, typed)
    counted = Counter(each.kind for each, _ in hits)
    wanted = [each for each in hits if kind in (None, each[0].kind)]
    page = Listing.placed(wanted, _place, after, limit)
    rows = tuple(_found(*each) for each in page.rows)
    counts = tuple(CountOfKind(each, counted[each]) for each in FoundKind if counted[each])
    _note(asker, rows)
    return Searched(rows, page.next, counts)


def _place(of: tuple[Listed, Hit]) -> Place:
    each, hit = of
    return *hit.place, _KINDS[each.kind], each.key


def _found(each: Listed, hit: Hit) -> Found:
    return Found(
        kind=each.kind,
        key=each.key,
        title=each.title,
        what=each.what,
        how=hit.how,
        found_by=hit.by,
        matched=hit.part,
        within=each.within,
        year=each.year,
    )


def _records(asker: Asker, typed: Typed) -> list[tuple[Listed, Hit]]:
    """The record of this number, for whoever reads the trail."""
    number = typed.record
    if number is None or number > asker.known_at or asker.actor.role not in OFFICES:
        return []
    row = trail.event_at(asker.connection, number)
    if row is None:
        return []
    what = f"{row.name} · {row.occurred_on}" if row.occurred_on else row.name
    listed = Listed(FoundKind.RECORD, str(number), None, f"#{number}", what)
    return [(listed, Hit(Match.NUMBER, f"#{number}", typed.text.strip()))]


def persons_ahead(connection: Connection, known_at: int) -> None:
    """Say that persons will be looked for."""
    ask_ahead(connection, _held(known_at))


def _held(known_at: int) -> Select[Any]:
    """Who holds or held a post, in which pairing."""
    c, p = terms.c, pairings.c
    paired = (p.pairing_id == c.pairing_id) & known(pairings, known_at)
    query = select(c.person_ref, c.pairing_id, p.branch, p.village).join_from(terms, pairings, paired)
    return query.where(known(terms, known_at)).order_by(c.began_on.desc())


def _persons(asker: Asker) -> Iterator[Listed]:
    """Those who hold or held one of the two posts, with the pairing of each time. Names are asked for each time: one that was
    erased is gone."""
    held = dict.fromkeys(tuple(row) for row in asker.connection.execute(_held(asker.known_at)))
    called = asker.look.system.vault.names({ref for ref, *_ in held})
    entries = called_in(asker)
    for ref, pairing_id, branch, village in held:
        if ref in called:
            yield Listed(
                FoundKind.PERSON,
                f"{ref}-{pairing_id}",
                Owner(branch, village),
                called[ref],
                entries.title(branch, village),
                (Name.of(called[ref]),),
                within=pairing_id,
            )


def _note(asker: Asker, rows: Sequence[Found]) -> None:
    """That persons are shown is noted first; what cannot be noted is not shown."""
    refs = {row.key.removesuffix(f"-{row.within}") for row in rows if row.kind is FoundKind.PERSON}
    asker.look.system.accesses.note(asker.actor, "name", sorted(refs), "/search")
