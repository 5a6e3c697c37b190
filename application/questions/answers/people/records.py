"""What somebody has been and is: posts, task forces, trainings taught, offices. Names are the vault's to say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select

from application.actors.actor import EVERYBODY, OFFICES, TOWNSHIPS
from application.question import Asker, question
from application.questions.of_row import of_row
from application.things import PERSON
from domain.account.role import Role
from domain.kernel.person import Persons
from domain.kernel.values import Key
from domain.pairing.events import Post, TaskForceRole
from projections.boards.pairing.activities import TRAININGS, activities
from projections.boards.pairing.pairings import pairings, terms
from projections.boards.pairing.plans import plan_members, plans
from projections.boards.people.accounts import account_list
from projections.boards.people.deputies import DeputyRow, deputies_about
from projections.boards.people.person_links import links
from projections.boards.people.terms_of_office import TermOfOffice, terms_of
from projections.kit.columns import known
from projections.kit.memory import ask_ahead

READERS = OFFICES | {Role.ADMIN}


@dataclass(frozen=True)
class PostHeld:
    """Somebody's time in one of the two posts of a pairing; ``ended_on`` is ``None`` while it lasts."""

    pairing_id: str
    branch: str
    village: str
    post: Post
    began_on: date
    ended_on: date | None


@dataclass(frozen=True)
class ForceJoined:
    """A task force that somebody belongs to, or did until ``left_on``."""

    plan_id: str
    pairing_id: str
    branch: str
    village: str
    year: int
    force_role: TaskForceRole
    joined_on: date
    left_on: date | None


@dataclass(frozen=True)
class TrainingTaught:
    """A training that somebody taught."""

    activity_id: str
    pairing_id: str
    topic: str
    held_on: date
    hours_hundredths: int | None


@dataclass(frozen=True)
class OfficeHeld:
    """What an account of somebody was for, or is. ``last_on``: the last day, as far as one is known; it may lie ahead."""

    username: str
    office: str
    role: Role
    began_on: date
    last_on: date | None


@dataclass(frozen=True)
class PersonRecord:
    """The record of one person by all ``refs`` that are said to be hers or his. ``linked``: of these, what was said of ``ref``
    itself. Administrators see offices and deputies alone."""

    ref: str
    refs: tuple[str, ...]
    linked: tuple[str, ...]
    posts: tuple[PostHeld, ...]
    forces: tuple[ForceJoined, ...]
    trainings: tuple[TrainingTaught, ...]
    offices: tuple[OfficeHeld, ...]
    deputies: tuple[DeputyRow, ...]


@question("/persons/{key}", READERS, on=PERSON)
def show_person_record(asker: Asker, *, key: Key) -> PersonRecord:
    """What one person has been and is, by a reference into the vault."""
    return _record(asker, key, of_work=asker.actor.role is not Role.ADMIN)


@question("/own-record", EVERYBODY | TOWNSHIPS | {Role.ADMIN})
def show_own_record(asker: Asker) -> PersonRecord:
    """What whoever asks has been and is."""
    return _record(asker, asker.actor.person, of_work=True)


def _record(asker: Asker, ref: str, *, of_work: bool) -> PersonRecord:
    pairs = links(asker.connection, asker.known_at)
    same = Persons(links=pairs).same(ref)
    # A name that was erased leads to nobody, by no other reference either.
    refs = sorted({ref, *asker.look.names(same)} - {""})
    if of_work:
        ask_ahead(
            asker.connection,
            _posts_asked(asker, refs),
            _forces_asked(asker, refs),
            _trainings_asked(asker, refs),
        )
    accounts = account_list(asker.connection, asker.look.today(), asker.known_at)
    own = {each.username: each.office for each in accounts if each.person in refs}
    deputies = {row for name in own for row in deputies_about(asker.connection, name, asker.known_at)}
    return PersonRecord(
        ref=ref,
        refs=tuple(refs),
        linked=tuple(sorted(each for pair in pairs if ref in pair for each in pair - {ref} if each in refs)),
        posts=_posts(asker, refs) if of_work else (),
        forces=_forces(asker, refs) if of_work else (),
        trainings=_trainings(asker, refs) if of_work else (),
        offices=tuple(
            of_row(OfficeHeld, each, office=own[each.username], role=Role(each.role), last_on=_last_day(each))
            for each in terms_of(asker.connection, own, asker.known_at)
        ),
        deputies=tuple(sorted(deputies, key=lambda each: (each.from_on, each.username), reverse=True)),
    )


def _last_day(term: TermOfOffice) -> date | None:
    """The day before it ended; its first one where it ended on that."""
    return None if term.ended_on is None else max(term.began_on, term.ended_on - timedelta(days=1))


def _of_pairings(asker: Asker, table: Any) -> ColumnElement[bool]:
    pairing = pairings.c.pairing_id == table.c.pairing_id
    return and_(pairing, known(pairings, asker.known_at), known(table, asker.known_at))


def _posts(asker: Asker, refs: Collection[str]) -> tuple[PostHeld, ...]:
    rows = asker.connection.execute(_posts_asked(asker, refs))
    return tuple(of_row(PostHeld, row, post=Post(row.post)) for row in rows)


def _posts_asked(asker: Asker, refs: Collection[str]) -> Select[Any]:
    query = select(terms, pairings.c.branch, pairings.c.village)
    query = query.where(_of_pairings(asker, terms), terms.c.person_ref.in_(refs))
    return query.order_by(terms.c.began_on.desc(), terms.c.term_id)


def _forces(asker: Asker, refs: Collection[str]) -> tuple[ForceJoined, ...]:
    rows = asker.connection.execute(_forces_asked(asker, refs))
    return tuple(of_row(ForceJoined, row, force_role=TaskForceRole(row.force_role)) for row in rows)


def _forces_asked(asker: Asker, refs: Collection[str]) -> Select[Any]:
    m = plan_members
    query = select(m, plans.c.pairing_id, plans.c.year, pairings.c.branch, pairings.c.village)
    query = query.where(m.c.plan_id == plans.c.plan_id, known(m, asker.known_at), m.c.person_ref.in_(refs))
    return query.where(_of_pairings(asker, plans)).order_by(m.c.joined_on.desc())


def _trainings(asker: Asker, refs: Collection[str]) -> tuple[TrainingTaught, ...]:
    rows = asker.connection.execute(_trainings_asked(asker, refs))
    return tuple(of_row(TrainingTaught, row) for row in rows)


def _trainings_asked(asker: Asker, refs: Collection[str]) -> Select[Any]:
    c = activities.c
    held = known(activities, asker.known_at) & c.teacher_ref.in_(refs) & (c.status != "voided")
    held = held & c.kind.in_(TRAININGS)
    return select(activities).where(held).order_by(c.held_on.desc())
