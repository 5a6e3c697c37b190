"""What a unit or a village holds: the pairings that have not ended with what would go along with each, or those of a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from application.actors.actor import OFFICES, TOWNSHIPS
from application.claims.splitting import held_by, open_findings, open_needs
from application.question import Asker, question
from application.things import BRANCH, VILLAGE
from domain.kernel.values import Key
from domain.pairing.events import Post
from domain.registry.events import EntryKind
from projections.boards.findings import findings
from projections.boards.livelihood import needs, projects
from projections.boards.pairing.activities import activities
from projections.boards.pairing.pairings import pairings, terms
from projections.boards.pairing.plans import plans
from projections.boards.registry.names import Names
from projections.facts.fact_table import on_a_day
from projections.kit.columns import known
from projections.kit.memory import ask_ahead


@dataclass(frozen=True)
class PostHeld:
    """Who holds a post, by reference."""

    post: Post
    person_ref: str


@dataclass(frozen=True)
class Holding:
    """A pairing by the names of the day. ``posts``: who holds them; ``needs`` and ``findings``: how many are open now."""

    pairing_id: str
    unit_name: str
    village_name: str
    started_on: date
    posts: tuple[PostHeld, ...]
    needs: int
    findings: int


@dataclass(frozen=True)
class Holdings:
    """Begun first first."""

    rows: tuple[Holding, ...]


@question("/units/{key}/holdings", OFFICES, on=BRANCH)
def show_unit_holdings(asker: Asker, *, key: Key, on: date | None) -> Holdings:
    """What a unit holds, with what was merged into it: on a day, or whatever has not ended."""
    return _held(asker, EntryKind.BRANCH, key, on)


@question("/villages/{key}/holdings", OFFICES | TOWNSHIPS, on=VILLAGE)
def show_village_holdings(asker: Asker, *, key: Key, on: date | None) -> Holdings:
    """What a village holds, with what was merged into it: on a day, or whatever has not ended."""
    return _held(asker, EntryKind.VILLAGE, key, on)


def _held(asker: Asker, kind: EntryKind, entry: str, on: date | None) -> Holdings:
    connection, at = asker.connection, asker.known_at
    names = Names(connection, at)
    units, villages = names.units(on), names.villages(on)
    held = held_by(connection, kind, entry, at, on)

    def lasting(pairing_id: str) -> Select[Any]:
        t = terms.c
        lasts = t.ended_on.is_(None) if on is None else on_a_day(t.began_on, t.ended_on, on, on)
        return select(t.post, t.person_ref).where(t.pairing_id == pairing_id, known(terms, at), lasts)

    def of_pairing(pairing_id: str) -> Sequence[Select[Any]]:
        return lasting(pairing_id), open_needs(pairing_id, at), open_findings(pairing_id, at)

    ask_ahead(connection, *(query for each in held for query in of_pairing(each)))

    def holding(pairing_id: str) -> Holding:
        of = pairings.c.pairing_id == pairing_id, known(pairings, at)
        row = connection.execute(select(pairings).where(*of)).one()
        posts, open_of_needs, open_of_findings = (
            connection.execute(query).all() for query in of_pairing(pairing_id)
        )
        return Holding(
            pairing_id=pairing_id,
            unit_name=units.get(row.branch, row.branch),
            village_name=villages.get(row.village, row.village),
            started_on=row.started_on,
            posts=tuple(PostHeld(Post(each.post), each.person_ref) for each in posts),
            needs=len(open_of_needs),
            findings=len(open_of_findings),
        )

    return Holdings(tuple(holding(each) for each in held))


@dataclass(frozen=True)
class RemainingWork:
    """What stays with a pairing that goes to a new one: a project under way by id and name, or (with no name) a plan."""

    pairing_id: str
    key: str
    project: str = ""


def staying(
    connection: Connection, pairing_ids: Collection[str], year: int, at: int | None
) -> list[RemainingWork]:
    """Projects that are neither accepted nor voided nor refused, then plans of the year and later ones."""
    c, of = projects.c, plans.c
    under_way = c.accepted_on.is_(None), c.voided_on.is_(None), c.refused_on.is_(None)
    of_projects = select(c.pairing_id, c.project_id, c.name).where(
        known(projects, at), c.pairing_id.in_(pairing_ids), *under_way
    )
    of_plans = select(of.pairing_id, of.plan_id).where(
        known(plans, at), of.pairing_id.in_(pairing_ids), of.year >= year
    )
    queries = of_projects.order_by(c.number), of_plans.order_by(of.plan_id)
    ask_ahead(connection, *queries)
    return [RemainingWork(*row) for query in queries for row in connection.execute(query)]


@dataclass(frozen=True)
class LaterRecords:
    """How much is on record of some pairings on a day and after it."""

    activities: int
    needs: int
    findings: int


def later_of(
    connection: Connection, pairing_ids: Collection[str], on: date, known_at: int | None
) -> LaterRecords:
    """What stays with pairings that end on the day before, though it is dated later."""
    a, n, f = activities.c, needs.c, findings.c
    conditions = (
        (activities, a.pairing_id.in_(pairing_ids) & (a.held_on >= on) & (a.status != "voided")),
        (needs, n.pairing_id.in_(pairing_ids) & (n.raised_on >= on) & n.withdrawn_on.is_(None)),
        (findings, f.pairing_id.in_(pairing_ids) & (f.found_on >= on) & (f.status != "withdrawn")),
    )
    return LaterRecords(
        *(
            connection.execute(
                select(func.count()).select_from(of).where(known(of, known_at), which)
            ).scalar_one()
            for of, which in conditions
        )
    )
