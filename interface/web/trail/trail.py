"""The trail: every event as a sentence, filtered, paged by key; and one event with all that is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from application.questions.answers import trail as questions
from application.questions.answers.trail import TrailShown, list_trail, show_trail_facets
from interface.web.kit.asking import answer_of
from interface.web.kit.context import Page, allow, day_asked, number_asked
from interface.web.kit.exporting import XLSX, as_csv, as_xlsx
from interface.web.kit.rendering import render
from interface.web.kit.values import Malformed
from interface.web.kit.year import year_of
from interface.words import LABELS, label
from projections.boards import trail
from projections.figures.anomalies import anomalies

router = APIRouter()
PAGE = 50
EXPORTED = 50_000
"""Events in one export at most; narrow the filter for more."""


@router.get("/trail")
def show_trail(page: Annotated[Page, Depends(allow("read_trail"))]) -> Response:
    """Newest first."""
    query = page.request.query_params
    jump = day_asked(page.request, "jump")
    before = number_asked(page.request, "before")
    if jump is not None and before is None:
        # The newest event that was recorded by the end of that day comes first.
        before = page.system.position_at_end_of(jump) + 1
    return render(
        page,
        "trail/trail.html",
        answer=_listed(page, after=before, newer_than=number_asked(page.request, "after"), limit=PAGE),
        facets=page.ask(show_trail_facets),
        bound=trail.COUNTED,
        late=trail.LATE,
        query=query,
        started="before" in query or "after" in query or jump is not None,
    )


def _listed(page: Page, *, after: int | None, newer_than: int | None = None, limit: int) -> TrailShown:
    return answer_of(page, list_trail, after=after, newer_than=newer_than, limit=limit)


@router.get("/events/{position}")
def show_event(position: int, page: Annotated[Page, Depends(allow("read_trail"))]) -> Response:
    """One event: sentence, envelope, values, cause, and what belongs to the same act."""
    answer = page.ask(questions.show_event, key=str(position))
    data = json.dumps(answer.event.data, ensure_ascii=False, indent=2)
    return render(page, "trail/event.html", answer=answer, data=data)


def _cells(page: Page) -> Iterator[list[Any]]:
    """The filtered trail as a table, newest first, in the reader's language."""
    yield [page.t(title) for title in LABELS["column"].values()]
    after, left = None, EXPORTED
    while left and (answer := _listed(page, after=after, limit=min(1000, left))).rows:
        for row in answer.rows:
            where = f"{row.source_name} {row.source_sheet} {row.source_row or ''}".strip()
            yield [
                row.record,
                page.t(label("event", row.name)),
                row.sentence,
                "\n".join(
                    f"{page.t(label('field', d.name))}: {page.field_value(d.name, d.before)} → "
                    f"{page.field_value(d.name, d.after)}"
                    for d in row.changed
                ),
                row.occurred_on,
                row.reported_on,
                page.local(row.recorded_at),
                page.t(label("known_by", row.known_by)),
                row.days_late,
                row.actor,
                row.office,
                row.on_behalf_of,
                f"{page.t(label('source_kind', row.source_kind))} {where}".strip(),
                row.stream,
                row.version,
            ]
        after, left = row.record, left - len(answer.rows)


@router.get("/trail/export")
def export_trail(page: Annotated[Page, Depends(allow("read_trail"))]) -> Response:
    """The filtered trail as XLSX or CSV, at most ``EXPORTED`` events."""
    kind = page.request.query_params.get("format", "xlsx")
    if kind == "csv":
        made, media = as_csv(_cells(page)), "text/csv; charset=utf-8"
    elif kind == "xlsx":
        made, media = as_xlsx(_cells(page), page.t("留痕")), XLSX
    else:
        raise Malformed("format", "“%(value)s”不在可选范围内", value=kind)
    headers = {"Content-Disposition": f'attachment; filename="trail-{page.at}.{kind}"'}
    return Response(made, media_type=media, headers=headers)


@router.get("/anomalies")
def show_anomalies(page: Annotated[Page, Depends(allow("read_trail"))]) -> Response:
    """What to ask about first."""
    year = year_of(page)
    rows = anomalies(page.connection, year, page.at)
    page.numbers.read(each.thing for each in rows)
    return render(page, "trail/anomalies.html", year=year, rows=rows)
