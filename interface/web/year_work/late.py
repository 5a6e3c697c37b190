"""The cut-off of a year, and what came after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.things import CUT_OFF
from application.verb import Outcome
from interface.web.kit.context import Page, allow
from interface.web.kit.exporting import as_csv
from interface.web.kit.rendering import render
from interface.web.kit.sentences import tell
from interface.web.kit.verb_pages import add_verbs
from interface.web.kit.year import year_of
from interface.words import label
from projections.boards import trail
from projections.boards.year_work import cut_off, cut_off_at
from projections.figures.late_entries import LateFact, late_entries
from projections.scores.scores import scores


def late_entries_of(_: Page, outcome: Outcome) -> str:
    """What came after the cut-off."""
    return f"/late?year={outcome.key}"


router = APIRouter()
add_verbs(router, CUT_OFF, shown_at={"cut_off": late_entries_of})
NEVER = date(9999, 12, 31)


def _late(page: Page, year: int) -> list[LateFact]:
    scheme = page.system.scoring.scheme(page.connection, year, page.at)
    return late_entries(page.connection, scheme, page.at, cut_off_at(page.connection, year, page.at))


def worth(page: Page, year: int, late: Iterable[LateFact]) -> dict[str, int]:
    """Pairing to what its late entries would have added to (or taken from) its total, in hundredths, had they come in time."""
    wanted = {each.pairing_id for each in late}
    if not wanted:
        return {}
    scheme = page.system.scoring.scheme(page.connection, year, page.at)
    now = {r.pairing: r.sheet.total for r in page.system.scoring.results(page.connection, year, page.at)}
    lenient = scores(page.connection, replace(scheme, cut_off=NEVER), page.at)
    return {r.pairing: r.sheet.total - now.get(r.pairing, 0) for r in lenient if r.pairing in wanted}


@router.get("/cut-offs/{year}")
def show_cut_off(year: str, page: Annotated[Page, Depends(allow("read_late"))]) -> Response:
    """The page of a year's cut-off: what came after it."""
    return RedirectResponse(page.link("/late", year=year), status_code=303)


@router.get("/late")
def show_late(page: Annotated[Page, Depends(allow("read_late"))]) -> Response:
    """Late entries by unit, each with its event."""
    year = year_of(page)
    scheme = page.system.scoring.scheme(page.connection, year, page.at)
    late = _late(page, year)
    events = trail.events_at(page.connection, {each.position for each in late})
    told = {each.row.position: each for each in tell(page, events.values())}
    units: dict[str, list[LateFact]] = defaultdict(list)
    for each in late:
        units[each.branch].append(each)
    return render(
        page,
        "year_work/late.html",
        year=year,
        scheme=scheme,
        cut_off=cut_off(page.connection, year, page.at),
        late=late,
        units=_by_name(page, units),
        told=told,
        worth=worth(page, year, late),
        pairings_of={branch: sorted({each.pairing_id for each in own}) for branch, own in units.items()},
    )


def _by_name(page: Page, units: dict[str, list[LateFact]]) -> Sequence[tuple[str, list[LateFact]]]:
    return sorted(units.items(), key=lambda each: (-len(each[1]), page.units.get(each[0], each[0])))


@router.get("/late.csv")
def late_csv(page: Annotated[Page, Depends(allow("read_late"))]) -> Response:
    """The same as a table."""
    year = year_of(page)
    t = page.t
    rows: list[list[object]] = [
        [
            t("联建单位"),
            t("联建村（社区）"),
            t("事实"),
            t("发生"),
            t("填报"),
            t("录入"),
            t("填报晚于截止"),
            t("录入晚于截止日"),
            t("记录号"),
        ]
    ]
    for each in _late(page, year):
        rows.append(
            [
                page.units.get(each.branch, each.branch),
                page.villages.get(each.village, each.village),
                t(label("fact_kind", each.kind)),
                each.occurred_on,
                each.reported_on or "",
                page.local(each.recorded_at),
                t("是") if each.reported_late else t("否"),
                t("是") if each.entered_late else t("否"),
                each.position,
            ]
        )
    headers = {"Content-Disposition": f'attachment; filename="late-{year}-at-{page.at}.csv"'}
    return Response(as_csv(rows), media_type="text/csv; charset=utf-8", headers=headers)
