"""The course of a year's assessment: how far each of its steps is, for whoever has to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from application.question import Asker, question
from application.questions.sheet_lines import lines_standing
from domain.assessment.year.events import SignStep
from domain.kernel.errors import Unknown
from domain.kernel.values import Year
from projections.boards.assessment.results import notices, services_of, signatures
from projections.boards.assessment.runs import frozen_last, published_last, runs_of_year, schemes_known
from projections.boards.assessment.year_work import (
    cut_off,
    cut_off_at,
    lines_of_year,
    scored_lines,
    turned_on,
    year_ahead,
)
from projections.figures.evidence_queue import counting, in_sight, reviews_ahead
from projections.kit.columns import known


@dataclass(frozen=True)
class LinesDone:
    """Lines that can be scored, how many a unit has scored, and how many are verified; a unit's clerk sees the own."""

    lines: int
    own: int
    verified: int


@dataclass(frozen=True)
class EvidenceDone:
    """What evidence is asked for, and how much of it waits."""

    items: int
    waiting: int


@dataclass(frozen=True)
class CourseRun:
    """A run and the day on which it was frozen or, of the published one, published."""

    run_id: str
    run_no: str
    on: date


@dataclass(frozen=True)
class CourseNotice:
    """The public notice of the newest run."""

    run_id: str
    closes_on: date
    closed_on: date | None


@dataclass(frozen=True)
class ServedUnits:
    """Units that were handed the published result, of how many."""

    served: int
    units: int


@dataclass(frozen=True)
class CourseShown:
    """How far a year is. ``frozen``: whether any run was; ``lines``: ``None`` for a village's clerk; ``evidence``, ``run``,
    ``signed`` (of ``sign_steps``) and ``service`` are the offices'."""

    year: int
    scheme_version: int | None
    scheme_on: date | None
    cut_off_on: date | None
    frozen: bool
    lines: LinesDone | None
    evidence: EvidenceDone | None
    run: CourseRun | None
    signed: int
    sign_steps: int
    notice: CourseNotice | None
    published: CourseRun | None
    service: ServedUnits | None
    turned_on: date | None


@question("/assessment")
def show_course(asker: Asker, *, year: Year) -> CourseShown:
    """The steps of a year and how far each of them is."""
    connection, at = asker.connection, asker.known_at
    scheme, limit = schemes_known(connection, at).get(year), cut_off(connection, year, at)
    runs = runs_of_year(connection, year, at)
    newest, published = frozen_last(runs), published_last(runs)
    office = asker.sees_all
    return CourseShown(
        year=year,
        scheme_version=None if scheme is None else scheme.version,
        scheme_on=None if scheme is None else scheme.published_on,
        cut_off_on=None if limit is None else limit.record_on,
        frozen=newest is not None,
        lines=None if asker.actor.village else _lines(asker, year),
        evidence=_evidence(asker, year) if office else None,
        run=CourseRun(newest.run_id, newest.run_no, newest.frozen_on) if office and newest else None,
        signed=_signed(asker, newest) if office and newest else 0,
        sign_steps=len(SignStep),
        notice=None if newest is None else _notice(asker, newest),
        published=CourseRun(published.run_id, published.run_no, published.published_on)
        if published
        else None,
        service=_service(asker, published) if office and published else None,
        turned_on=turned_on(connection, year, at),
    )


def course_ahead(connection: Connection, year: int, known_at: int) -> None:
    """Say that the steps will be asked."""
    year_ahead(connection, [scored_lines], year, known_at)
    reviews_ahead(connection, year, known_at)


def _lines(asker: Asker, year: int) -> LinesDone:
    """As the page of the own scores counts."""
    branch, said = asker.actor.branch, lines_of_year(asker.connection, year, asker.known_at)
    try:
        results = asker.look.system.scoring.results(asker.connection, year, asker.known_at)
    except Unknown:
        return LinesDone(0, 0, 0)
    shown = [
        each
        for result in results
        if not branch or result.branch == branch
        for each in lines_standing(result, said.get(result.pairing, {}))
        if each.scorable
    ]
    own = sum(each.own is not None for each in shown)
    return LinesDone(len(shown), own, sum(each.verified is not None for each in shown))


def _evidence(asker: Asker, year: int) -> EvidenceDone | None:
    connection, at = asker.connection, asker.known_at
    try:
        scheme = asker.look.system.scoring.scheme(connection, year, at)
    except Unknown:
        return None
    everything = counting(connection, scheme, at, cut_off_at(connection, year, at))
    queue = [each for each in everything if in_sight(each)]
    return EvidenceDone(len(queue), sum(each.state.waits for each in queue))


def _signed(asker: Asker, run: Row[Any]) -> int:
    where = signatures.c.run_id == run.run_id, known(signatures, asker.known_at)
    return len(asker.connection.execute(select(signatures.c.step).where(*where)).all())


def _notice(asker: Asker, run: Row[Any]) -> CourseNotice | None:
    query = select(notices).where(notices.c.run_id == run.run_id, known(notices, asker.known_at))
    row = asker.connection.execute(query).first()
    return None if row is None else CourseNotice(run.run_id, row.closes_on, row.closed_on)


def _service(asker: Asker, run: Row[Any]) -> ServedUnits:
    results = asker.look.system.scoring.results(asker.connection, run.year, run.at_position)
    served = len(services_of(asker.connection, run.run_id, asker.known_at))
    return ServedUnits(served, len({each.branch for each in results}))
