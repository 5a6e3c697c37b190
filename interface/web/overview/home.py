"""The first page: what waits for its reader, and beside it what their role looks at first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from application.questions.answers.anomalies import list_anomalies
from application.questions.answers.finding_statistics import show_finding_statistics
from application.questions.answers.overview import grades_of_year
from application.questions.answers.pairing.cadence import PartyDay, list_cadence
from application.questions.answers.people.accesses import list_accesses
from application.questions.answers.people.accounts import list_accounts
from application.questions.answers.registry.coverage import show_coverage
from application.questions.answers.scoring.scores import list_pairings
from application.questions.answers.year_end.course import course_ahead
from application.questions.readiness import wanting
from domain.account.role import Role
from interface.web.accounts.deputies import for_others
from interface.web.kit.asking import usual_answer
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.pictures.flow import flow
from interface.web.kit.pictures.strip import strip
from interface.web.kit.pictures.townships import townships
from interface.web.kit.rendering import render
from interface.web.overview.duties import duties
from interface.web.pairings.party_day import fixing
from interface.web.year_work.assessment import next_of, steps_of
from projections.figures.overview import counts_ahead

router = APIRouter()
FEW = 5
"""Rows of a panel at most."""


@dataclass(frozen=True)
class Panel:
    """A card beside the duties: the macro of panels.html that draws it, and what it is given."""

    kind: str
    answer: Any


@router.get("/")
def show_home(page: Annotated[Page, Depends(allow("read_duties"))]) -> Response:
    """My work."""
    year = year_of(page) if page.sees("read_pairings") else page.today.year
    if page.actor.role in (Role.ASSESSOR, Role.APPROVER, Role.REVIEWER):
        course_ahead(page.connection, year, page.at)
    elif page.actor.role in (Role.BRANCH_CLERK, Role.VILLAGE_CLERK):
        counts_ahead(page.connection, year, page.at)
    return render(
        page,
        "overview/home.html",
        year=year,
        duties=duties(page),
        others=[*for_others(page)],
        panels=[*_PANELS[page.actor.role](page, year)],
    )


def _supervisor(page: Page, year: int) -> Iterator[Panel]:
    answer = page.ask(show_finding_statistics, year=year)
    yield Panel("picture", townships(answer, page.t, page.link))
    yield Panel("picture", flow(answer, page.t, page.link))


def _assessor(page: Page, year: int) -> Iterator[Panel]:
    steps = steps_of(page, year)
    yield Panel("course", (year, steps, next_of(steps)))
    yield from _grades(page, year)


def _approver(page: Page, year: int) -> Iterator[Panel]:
    yield from _assessor(page, year)
    yield Panel("picture", townships(page.ask(show_finding_statistics, year=year), page.t, page.link))


def _grades(page: Page, year: int) -> Iterator[Panel]:
    grades = grades_of_year(page.system.scoring, page.connection, year, page.at, page.newest)
    if grades is not None:
        yield Panel("grades", (year, grades))


def _reviewer(page: Page, year: int) -> Iterator[Panel]:
    steps = steps_of(page, year)
    yield Panel("course", (year, steps, next_of(steps)))


def _clerk(page: Page, year: int) -> Iterator[Panel]:
    for each in usual_answer(page, list_pairings, year=year, limit=FEW).rows:
        if each.standing is not None:
            yield Panel("standing", (year, each))
    months_of = usual_answer(page, list_cadence, year=year, limit=FEW).rows
    missing = [
        (months, fixed)
        for months in months_of
        for day, fixed in zip(months.party_days, months.fixed_on, strict=True)
        if day is PartyDay.NOT_YET
    ]
    step = fixing(page)
    if missing or step:
        yield Panel("party_day", (missing, step))
    for months in months_of:
        yield Panel("picture", strip(months, year, page.t, page.link))


def _auditor(page: Page, year: int) -> Iterator[Panel]:
    answer = usual_answer(page, list_anomalies, year=year, limit=FEW)
    yield Panel("anomalies", (year, answer.rows, answer.found))
    yield Panel("accesses", usual_answer(page, list_accesses, limit=FEW).rows)


def _township(page: Page, year: int) -> Iterator[Panel]:
    yield Panel("covered", page.ask(show_coverage, on=None))
    yield Panel("picture", flow(page.ask(show_finding_statistics, year=year), page.t, page.link))


def _admin(page: Page, _: int) -> Iterator[Panel]:
    yield Panel("health", wanting(page.system))
    yield Panel("accounts", usual_answer(page, list_accounts, limit=200).rows)


_PANELS: dict[Role, Callable[[Page, int], Iterator[Panel]]] = {
    Role.SUPERVISOR: _supervisor,
    Role.ASSESSOR: _assessor,
    Role.APPROVER: _approver,
    Role.REVIEWER: _reviewer,
    Role.BRANCH_CLERK: _clerk,
    Role.VILLAGE_CLERK: _clerk,
    Role.AUDITOR: _auditor,
    Role.ADMIN: _admin,
    Role.TOWNSHIP_OFFICE: _township,
}
"""What each role looks at first."""
