"""What goes along when a pairing goes to a part of its unit or of its village: who holds its posts, open needs and findings.

docs/decisions/0038-splitting.md
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from application.claims.succeeding import succeeding
from application.eventlog.pending import Claim, Decision
from application.look import Look
from application.things import FINDING, NEED, PAIRING
from domain.kernel.person import PersonRef
from domain.livelihood.need import Need
from domain.pairing.pairing import Pairing
from domain.pairing.pairing_list import Successor
from domain.pairing.posts import Term
from domain.registry.events import EntryKind
from domain.registry.splitting import GoesAlong
from domain.supervision.finding import Finding
from projections.boards.findings import findings
from projections.boards.livelihood import needs
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.units_and_villages import name_book
from projections.facts.fact_table import on_a_day
from projections.kit.columns import known


@dataclass(frozen=True)
class Split:
    """On which day, and why, as of which day today."""

    split_on: date
    because: str
    today: date


def held_by(
    connection: Connection, kind: EntryKind, entry: str, known_at: int | None = None, on: date | None = None
) -> list[str]:
    """The pairings of a unit or village that lasted on a day, or have not ended, with those of what was merged into it by then;
    begun first first."""
    book, own = name_book(connection, known_at), pairings.c[kind.value]
    began, ended = pairings.c.started_on, pairings.c.ended_on
    lasts = ended.is_(None) if on is None else on_a_day(began, ended, on, on)
    lasting = select(pairings).where(known(pairings, known_at), lasts)
    rows = connection.execute(lasting.order_by(pairings.c.started_on, pairings.c.pairing_id))
    return [row.pairing_id for row in rows if book.standing(getattr(row, own.name), on) == entry]


def open_needs(pairing_id: str, known_at: int | None = None) -> Select[Any]:
    """What has not been confirmed of what was raised for the pairing, matched with it or claimed by it."""
    c = needs.c
    of = or_(c.pairing_id == pairing_id, c.claim_pairing == pairing_id)
    waits = c.confirmed_on.is_(None) & c.withdrawn_on.is_(None)
    return select(c.need_id).where(known(needs, known_at), of, waits).order_by(c.need_id)


def open_findings(pairing_id: str, known_at: int | None = None) -> Select[Any]:
    """What has neither been closed nor withdrawn of what was found in the pairing."""
    c = findings.c
    waits = c.status.not_in(("closed", "withdrawn"))
    query = select(c.finding_id).where(known(findings, known_at), c.pairing_id == pairing_id, waits)
    return query.order_by(c.finding_id)


def goes_along(look: Look, pairing_id: str, branch: str, village: str, on: date) -> GoesAlong:
    """What goes along with a pairing that goes to the branch, or the village, by what the other of the two is by then."""
    pairing = PAIRING.state(look, pairing_id)
    held = pairing.terms
    commitments = look.system.vault.commitments() if held else {}
    with look.system.reading() as connection:
        book = name_book(connection)
        return GoesAlong(
            pairing_id,
            look.ids(PAIRING.drawn),
            book.standing(branch, on),
            book.standing(village, on),
            needs=tuple(connection.execute(open_needs(pairing_id)).scalars()),
            findings=tuple(connection.execute(open_findings(pairing_id)).scalars()),
            people=tuple(
                PersonRef(ref=ref, commitment=commitments[ref])
                for ref in dict.fromkeys(each.person_ref for each in held)
                if ref in commitments
            ),
            paired_on=max((pairing.started_on, *pairing.renewals)),
        )


def going_along(look: Look, goes: GoesAlong, split: Split) -> Iterator[Claim]:
    """The pairing ends on the day before, and goes on with who holds its posts and what is open of it."""
    stream, before = PAIRING.stream(look, goes.pairing_id), split.split_on - timedelta(days=1)
    lasting = [term for term in PAIRING.state(look, goes.pairing_id).terms if term.ended_on is None]
    for term in lasting:
        yield Claim(stream, PAIRING.initial, _left(term, before, split))
    end = partial(Pairing.end_pairing, ended_on=before, because=split.because, today=split.today)
    yield Claim(stream, PAIRING.initial, end)
    # New is at least one of the two, so that they cannot be paired already.
    new = Successor(goes.successor, goes.branch, goes.village, paired="")
    yield succeeding(look, new, split.split_on, split.today)
    people = {each.ref: each for each in goes.people}
    for term in lasting:
        if (person := people.get(term.person_ref)) is not None:
            appoint = partial(
                Pairing.appoint_to_post,
                post=term.post,
                person=person,
                began_on=max(term.began_on, split.split_on),
                today=split.today,
            )
            yield Claim(PAIRING.stream(look, goes.successor), PAIRING.initial, appoint)
    for need in goes.needs:
        taken_on = partial(
            Need.hand_over_need,
            branch=goes.branch,
            village=goes.village,
            successor=goes.successor,
            handed_on=split.split_on,
            because=split.because,
            today=split.today,
        )
        yield Claim(NEED.stream(look, need), NEED.initial, taken_on)
    for finding in goes.findings:
        answered = partial(
            Finding.hand_over_finding,
            branch=goes.branch,
            village=goes.village,
            successor=goes.successor,
            handed_on=split.split_on,
            because=split.because,
            today=split.today,
        )
        yield Claim(FINDING.stream(look, finding), FINDING.initial, answered)


def _left(term: Term, before: date, split: Split) -> Decision[Pairing]:
    """The term ends with the pairing; one that began later was none of it."""
    if term.began_on > before:
        return partial(
            Pairing.void_term,
            post=term.post,
            known_from=term.began_on,
            because=split.because,
            today=split.today,
        )
    return partial(
        Pairing.leave_post,
        post=term.post,
        ended_on=before,
        today=split.today,
        person_ref=term.person_ref,
    )
