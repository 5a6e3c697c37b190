"""Quotas, bounds and ties tried out on a run; nothing is recorded, and the address is the whole question."""

from __future__ import annotations

import enum
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Response

from domain.assessment.scheme.scheme import Band, QuotaRounding, Scheme, Ties
from domain.assessment.scoring.grades import NOT_GRADED
from domain.assessment.scoring.simulation import Options, Simulation, simulate
from interface.web.kit.listing import ListView
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import run_of, year_of
from interface.web.kit.pictures.picture import Picture, said
from interface.web.kit.pictures.what_if import GradeTried, what_if
from interface.web.kit.rendering import render
from interface.web.kit.values import Malformed, number_in
from interface.web.runs.grades import newest_run
from projections.scores.scores import exclusions

router = APIRouter()
E = TypeVar("E", bound=enum.Enum)


@router.get("/grades/simulation")
def simulation(page: Annotated[Page, Depends(allow("read_grades"))]) -> Response:
    """Grades by the scheme and by what is tried, side by side; without a run, on the scores as known."""
    run_id, listing = page.request.query_params.get("run", ""), ListView(page)
    if not run_id:
        run_id = newest_run(page, year_of(page))
    if run_id:
        found = run_of(page, run_id)
        year, at, scheme = found.run.year, found.run.at_position, found.scheme
        results = [each.result for each in found.graded]
    else:
        year, at = year_of(page), page.at
        scheme = page.system.scoring.scheme(page.connection, year, at)
        results = page.system.scoring.results(page.connection, year, at)
    fault = None
    try:
        options = options_of(page, scheme)
    except Malformed as error:
        fault, options = error, Options.of(scheme)
    tried = simulate(
        scheme,
        [each.sheet for each in results],
        options,
        days_paired={each.pairing: each.days_paired for each in results},
        excluded=exclusions(page.connection, scheme, at),
    )
    return render(
        page,
        "runs/simulation.html",
        status=422 if fault else 200,
        fault=fault,
        typed=page.request.query_params if fault else {},
        year=year,
        run_id=run_id,
        at=at,
        scheme=scheme,
        tried=tried,
        before_after=_before_after(page, scheme, tried),
        of={each.pairing: each for each in results},
        not_graded=NOT_GRADED,
        listing=listing,
        moves=listing.shown(tried.moves, lambda each: each.pairing),
        ties=[each.value for each in Ties],
        roundings=[each.value for each in QuotaRounding],
        keys=comparable(scheme),
    )


def _before_after(page: Page, scheme: Scheme, tried: Simulation) -> Picture:
    """How many have each grade by the scheme, and by what is tried."""
    names = {band.id: band.label for band in scheme.bands}
    moves = f"{page.here()}#moves"

    def now(grade: str) -> str:
        seen = bool(grade) and page.sees("read_ranking")
        return page.link("/matrix", year=scheme.year, grade=grade) if seen else moves

    return what_if(
        [
            GradeTried(said(names.get(grade, NOT_GRADED), page.language), before, after, now(grade), moves)
            for grade, (before, after) in tried.counts.items()
        ],
        page.t,
    )


def comparable(scheme: Scheme) -> list[str]:
    """The groups that every sheet has, and by which all can be put in order."""
    return [group.code for group in scheme.groups if not group.classes]


def options_of(page: Page, scheme: Scheme) -> Options:
    """What the address asks for; whatever it leaves out is the scheme's. Raises ``Malformed``."""
    query = page.request.query_params
    bands = [_band(page, band, last=band is scheme.bands[-1]) for band in scheme.bands]
    for better, worse in pairwise(bands):
        if better.at_least <= worse.at_least:
            raise Malformed("least", "较好的等次，最低分须高于较差的等次")
    order = tuple(each for name in ("order2", "order3") if (each := query.get(name, "")))
    for each in order:
        if each not in comparable(scheme):
            raise Malformed("order", "“%(value)s”不在可选范围内", value=each)
    own = scheme.grading
    return Options(
        tuple(bands),
        replace(
            own,
            ties=_choice(page, "ties", Ties, own.ties),
            quota_rounding=_choice(page, "rounding", QuotaRounding, own.quota_rounding),
            min_days_paired=_whole(page, "min_days", own.min_days_paired, 366) or 1,
        ),
        ("total", *order) if "order2" in query or "order3" in query else scheme.order,
    )


def _band(page: Page, band: Band, *, last: bool) -> Band:
    query = page.request.query_params
    percent = band.quota_percent
    if f"percent_{band.id}" in query:
        percent = _whole(page, f"percent_{band.id}", None, 100, "percent")
    least = band.at_least
    if not last and (text := query.get(f"least_{band.id}", "").strip()):
        whole, _, decimals = text.partition(".")
        digits = whole + decimals
        if not (
            digits.isascii() and digits.isdecimal() and whole and len(digits) <= 6 and len(decimals) <= 2
        ):
            raise Malformed("least", "“%(value)s”不是分值，应如 8.50", value=text)
        least = Fraction(int(digits), 10 ** len(decimals))
    return replace(band, at_least=least, quota_percent=percent)


def _whole(page: Page, name: str, absent: int | None, high: int, field: str = "") -> int | None:
    """A whole number from 0; ``None`` where the field is there and empty."""
    text = page.request.query_params.get(name)
    if text is None:
        return absent
    text = text.strip()
    if not text:
        return None
    return number_in(field or name, text, high=high)


def _choice(page: Page, name: str, kind: type[E], absent: E) -> E:
    text = page.request.query_params.get(name, "")
    if not text:
        return absent
    try:
        return kind(text)
    except ValueError:
        raise Malformed(name, "“%(value)s”不在可选范围内", value=text) from None
