"""One pairing with what was done in it in a year: posts, activities, needs, projects, findings, slips and circulars."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, Table, select

from application.actors.actor import READERS, Owner
from application.question import Asker, question
from application.questions.answers.findings import FindingRow, asked_of_pairing, findings_of_pairing
from application.questions.answers.scoring.scores import SheetStanding, scored_classes, standings
from application.questions.history import events_ahead, newest_steps
from application.questions.sentences import HistoryStep
from application.things import PAIRING
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, Year
from projections.boards.findings import circulars, slips
from projections.boards.livelihood import needs, projects
from projections.boards.pairing.activities import TRAININGS, activities
from projections.boards.pairing.pairings import pairings, terms
from projections.boards.pairing.recognitions import recognitions
from projections.boards.registry.units_and_villages import target_class
from projections.facts.fact_table import on_a_day
from projections.figures.vacancies import Vacancy, held, vacancies
from projections.kit.columns import known
from projections.kit.memory import ask_ahead

NEWEST = 30
"""Events of a pairing that are told, whatever the year."""
T = TypeVar("T")


@dataclass(frozen=True)
class PairingRow:
    """The two who are paired, and their newest agreement. ``renewed_on``: when they were paired anew last; ``ended_on``:
    ``None`` while it lasts."""

    pairing_id: str
    branch: str
    village: str
    started_on: date
    renewed_on: date | None
    ended_on: date | None
    agreement_no: str
    signed_on: date | None


@dataclass(frozen=True)
class TermRow:
    """Somebody's time in a post; the person is a reference into the vault."""

    post: str
    person_ref: str
    began_on: date
    ended_on: date | None


@dataclass(frozen=True)
class ActivityRow:
    """An activity. ``because``: why it was corrected or voided, empty where it was not. ``attestation``: what the village says
    of it, since ``attestation_on``; ``attestation_because``: what was said last of a dispute.
    ``quantity`` is counted in ``measure_unit``; ``tags``: the campaigns and kinds it belongs to, each between bars.
    Of a training: its hours and who taught, a reference into the vault.
    """

    activity_id: str
    kind: str
    topic: str
    held_on: date
    reported_on: date | None
    participants: int
    persons_visited: int | None
    status: str
    because: str
    attestation: str
    attestation_on: date | None
    attestation_because: str
    venue: str
    host: str
    quantity: int | None
    measure_unit: str | None
    distinct_persons: int | None
    tags: str
    notes: str
    hours_hundredths: int | None
    teacher_ref: str
    teacher_office: str


A = TypeVar("A", bound=ActivityRow)


def as_taught(row: A) -> A:
    """The same without hours and teacher where it is no training any more."""
    return (
        row
        if row.kind in TRAININGS
        else replace(row, hours_hundredths=None, teacher_ref="", teacher_office="")
    )


@dataclass(frozen=True)
class NeedRow:
    """A need and how far it has come; a day is ``None`` until that step was taken. ``gain``, ``happiness``, ``security``: how
    the village rates these senses, beside the ``rating``. ``claim_branch``: who claims it, or is called on by the village
    (``claim_side``), until that is answered. ``because``: why it was handed back, returned or withdrawn last. ``branch`` and
    ``village``: whose it is now; after a split that need not be the pairing's.
    """

    need_id: str
    branch: str
    village: str
    number: str
    category: str
    content: str
    raised_on: date
    matched_on: date | None
    met_on: date | None
    confirmed_on: date | None
    rating: int | None
    gain: int | None
    happiness: int | None
    security: int | None
    claim_branch: str
    claim_side: str
    claimed_on: date | None
    withdrawn_on: date | None
    because: str


@dataclass(frozen=True)
class ProjectRow:
    """A livelihood project and how far it has come. ``refused_on`` and ``because``: when the village
    refused it last, and why.
    """

    project_id: str
    number: str
    name: str
    category: str
    budget_cents: int
    beneficiaries: int
    started_on: date
    planned_end_on: date
    completed_on: date | None
    accepted_on: date | None
    voided_on: date | None
    refused_on: date | None
    because: str


@dataclass(frozen=True)
class RecognitionRow:
    """A model case (``kind`` is ``case``), or a meeting held there."""

    kind: str
    name: str
    level: str
    occurred_on: date


@dataclass(frozen=True)
class SlipRow:
    """A slip of supervision."""

    slip_id: str
    colour: str
    issued_on: date


@dataclass(frozen=True)
class CircularRow:
    """A circular that praises or criticises."""

    circular_id: str
    kind: str
    document_no: str
    issued_on: date


@dataclass(frozen=True)
class PairingShown:
    """A pairing and its year, what came last first; posts and projects are those that lasted on a day of the
    year; ``vacant``: today; ``standing``: ``None`` where it has no sheet; ``target_class``: of the village on the year's
    last day; ``scored``: the classes of targets that the year's scheme scores, empty without one; ``history``: of all years."""

    pairing: PairingRow
    terms: tuple[TermRow, ...]
    vacant: tuple[Vacancy, ...]
    activities: tuple[ActivityRow, ...]
    needs: tuple[NeedRow, ...]
    projects: tuple[ProjectRow, ...]
    findings: tuple[FindingRow, ...]
    recognitions: tuple[RecognitionRow, ...]
    slips: tuple[SlipRow, ...]
    circulars: tuple[CircularRow, ...]
    standing: SheetStanding | None
    target_class: str
    scored: tuple[str, ...]
    history: tuple[HistoryStep, ...]


@question("/pairings/{key}", READERS, on=PAIRING)
def show_pairing(asker: Asker, *, key: Key, year: Year) -> PairingShown:
    """A pairing with what was done in it in a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)

    def of(kind: type[Any], table: Table, where: ColumnElement[bool], *order: Any) -> Select[Any]:
        columns = [table.c[each.name] for each in fields(kind)]
        own = table.c.pairing_id == key, known(table, asker.known_at), where
        return select(*columns).where(*own).order_by(*order)

    def in_year(kind: type[Any], table: Table, day: str) -> Select[Any]:
        return of(kind, table, table.c[day].between(first, last), table.c[day].desc())

    def rows(kind: type[T], query: Select[Any]) -> tuple[T, ...]:
        return tuple(kind(*row) for row in asker.connection.execute(query))

    found = rows(PairingRow, of(PairingRow, pairings, pairings.c.pairing_id == key))
    if not found:
        raise Unknown("pairings", key)
    in_office = on_a_day(terms.c.began_on, terms.c.ended_on, first, last)
    under_way = on_a_day(projects.c.started_on, projects.c.planned_end_on, first, last)
    asked = (
        of(TermRow, terms, in_office, terms.c.post, terms.c.began_on),
        in_year(ActivityRow, activities, "held_on"),
        in_year(NeedRow, needs, "raised_on"),
        of(ProjectRow, projects, under_way, projects.c.started_on.desc()),
        in_year(RecognitionRow, recognitions, "occurred_on"),
        in_year(SlipRow, slips, "issued_on"),
        in_year(CircularRow, circulars, "issued_on"),
    )
    beside = held(asker.known_at, key), asked_of_pairing(asker.known_at, key, year)
    ask_ahead(asker.connection, *asked, *beside)
    events_ahead(asker.connection, "pairing_id", key, asker.known_at, NEWEST)
    of_terms, of_activities, of_needs, of_projects, of_recognitions, of_slips, of_circulars = asked
    in_post = rows(TermRow, of_terms)
    asker.look.will_show(each.person_ref for each in in_post)
    return PairingShown(
        pairing=found[0],
        terms=in_post,
        vacant=tuple(vacancies(asker.connection, asker.known_at, asker.look.today(), key)),
        activities=tuple(map(as_taught, rows(ActivityRow, of_activities))),
        # After a split a need may be of another village than the pairing.
        needs=tuple(each for each in rows(NeedRow, of_needs) if asker.sees(Owner(village=each.village))),
        projects=rows(ProjectRow, of_projects),
        findings=findings_of_pairing(asker, key, year),
        recognitions=rows(RecognitionRow, of_recognitions)[::-1],
        slips=rows(SlipRow, of_slips)[::-1],
        circulars=rows(CircularRow, of_circulars)[::-1],
        standing=standings(asker, year).get(key),
        target_class=target_class(asker.connection, found[0].village, asker.known_at, last),
        scored=scored_classes(asker, year) or (),
        history=newest_steps(asker, "pairing_id", key, NEWEST),
    )
