"""The score sheet of a pairing: each point unfolds to rule, measured value, facts, events, ledger rows."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from sqlalchemy import Row

from application.questions.answers.pairing.cadence import cadence_ahead, show_cadence
from application.questions.appeal_lookups import last_day_ahead, last_day_for_lines
from application.questions.results.standing import StandingResults
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme.text import Text
from domain.assessment.scoring.margins import margins
from domain.assessment.scoring.outlook import Outlook, from_day, outlook
from interface.web.kit.forms.of_verb import look_at
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of_pairing
from interface.web.kit.pictures.band_strip import band_strip, bands_of
from interface.web.kit.pictures.losses import lines_of, losses
from interface.web.kit.pictures.picture import Picture
from interface.web.kit.pictures.strip import strip
from interface.web.kit.rendering import render
from interface.web.kit.standing import computed, standing
from interface.web.pairings.pairings import find, no
from interface.web.scores.ballots import SMALL_SAMPLE, folded
from projections.boards import trail
from projections.boards.assessment.results import adjusted, notice_of
from projections.boards.assessment.runs import frozen_last, runs_of_year
from projections.boards.assessment.year_work import cut_off_at
from projections.boards.pairing.pairings import pairings
from projections.measuring.measuring import measure_all

router = APIRouter()


def shows_places(page: Page, run: Row[Any] | None) -> bool:
    """Whether places may be named: to those who assess, and where the notice of a published run named a basis."""
    if page.sees("read_ranking"):
        return True
    if run is None or run.published_on is None:
        return False
    notice = notice_of(page.connection, run.run_id, page.newest)
    return notice is not None and bool(notice.ranking_basis)


@router.get("/scores/{pairing_id}")
def show_sheet(pairing_id: str, page: Annotated[Page, Depends(allow("read_scores"))]) -> Response:
    """The sheet as known at the page's position."""
    pairing = find(page, pairings, pairing_id)
    page.demand(
        "read_scores", branch=pairing.branch, village=pairing.village, absent=no(pairings, pairing_id)
    )
    year = year_of_pairing(page, pairing)
    stands = standing(page, year)
    mine = stands.of(pairing_id)
    cadence_ahead(page.connection, pairing_id, year, page.at)
    if page.may("file_appeal", branch=pairing.branch, village=pairing.village):
        last_day_ahead(page.connection, year, page.newest)
    told = page.system.scoring.explain_sheet(page.connection, year, pairing_id, stands.at)
    page.numbers.read(told.references)
    now = computed(page, year) if stands.public and stands.at != page.at else None
    unpublished = _unpublished(page, year) if stands.run is None else None
    cadence = page.ask(show_cadence, key=pairing_id, year=year)
    return render(
        page,
        "scores/sheet.html",
        pairing=pairing,
        year=year,
        scheme=stands.scheme,
        stands=stands,
        mine=mine,
        result=mine.result,
        told=told.lines,
        folded=folded,
        small=SMALL_SAMPLE,
        events=trail.events_at(page.connection, told.positions),
        subjects=len(stands.graded),
        run=stands.run,
        now=now.by_pairing.get(pairing_id) if now else None,
        to_come=unpublished,
        adjusted_to_come=_adjusted(page, stands.scheme, unpublished, pairing_id),
        contest_until=_contest_until(page, year, pairing),
        with_places=shows_places(page, stands.run),
        outlook=None if stands.public else _outlook(page, stands, pairing),
        losses=losses(lines_of(mine.result.sheet)),
        bonus=sum(each.hundredths for each in mine.result.sheet.groups if each.group.bonus),
        margins=margins(stands.scheme, mine.result.sheet.total),
        bands=_bands(page, stands, pairing_id, year),
        strip=strip(cadence, year, page.t, page.link),
    )


def _contest_until(page: Page, year: int, pairing: Row[Any]) -> date | None:
    """The last day on which this reader can appeal against a line; ``None`` where no line can be appealed against."""
    if not page.may("file_appeal", branch=pairing.branch, village=pairing.village):
        return None
    return last_day_for_lines(look_at(page), page.connection, year, pairing.branch, page.newest)


def _bands(page: Page, stands: StandingResults, pairing_id: str, year: int) -> Picture:
    """The own total on the scale of grades, among all totals where the reader may see them."""
    assesses = page.sees("read_ranking")
    return band_strip(
        bands_of(stands.scheme, page.language, page.link, among="/ranking" if assesses else ""),
        [each.result.sheet.total / 100 for each in stands.graded] if assesses else [],
        page.t,
        own=stands.of(pairing_id).result.sheet.total / 100,
        here=page.link(f"/scores/{pairing_id}", year=year),
        of_points=lambda points: page.link("/ranking", year=year, points=points),
    )


def _outlook(page: Page, stands: StandingResults, pairing: Row[Any]) -> Outlook:
    """What would still count, beyond the days to come that are counted already."""
    scheme, mine = stands.scheme, pairing.pairing_id
    late_after = cut_off_at(page.connection, scheme.year, stands.at)
    left = measure_all(
        page.connection, from_day(scheme, page.today), stands.at, [mine], cut_off_at=late_after
    )
    return outlook(scheme, stands.of(mine).result.sheet, page.today, pairing.ended_on, left.get(mine, {}))


def _unpublished(page: Page, year: int) -> Row[Any] | None:
    """The run frozen last, where it is not public and the reader may look into it: what it decided is to come."""
    newest = frozen_last(runs_of_year(page.connection, year, page.at))
    return newest if newest is not None and newest.published_on is None and page.sees("read_runs") else None


def _adjusted(page: Page, scheme: Scheme, run: Row[Any] | None, pairing_id: str) -> Text | None:
    """The grade that an approved adjustment of the run gave the pairing."""
    row = adjusted(page.connection, run.run_id, page.at).get(pairing_id) if run is not None else None
    return scheme.band(row.grade_after).label if row is not None else None
