"""The trail: every event as a sentence, filtered, paged by key; and one event with all that is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from application.questions.answers.numbers import list_numbered
from domain.kernel.errors import Unknown
from interface.web.kit.context import Page, allow, day_asked, number_asked
from interface.web.kit.exporting import XLSX, as_csv, as_xlsx
from interface.web.kit.rendering import render
from interface.web.kit.sentences import tell
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
    wanted = wanted_of(page)
    jump = day_asked(page.request, "jump")
    before = number_asked(page.request, "before")
    if jump is not None and before is None:
        # The newest event that was recorded by the end of that day comes first.
        before = page.system.position_at_end_of(jump) + 1
    rows = trail.page(
        page.connection, wanted, before=before, after=number_asked(page.request, "after"), limit=PAGE
    )
    return render(
        page,
        "trail/trail.html",
        events=tell(page, rows),
        changed=trail.differences(page.connection, rows),
        total=trail.count(page.connection, wanted),
        bound=trail.COUNTED,
        late=trail.LATE,
        facets=trail.facets(page.connection),
        query=query,
        more=len(rows) == PAGE,
        started="before" in query or "after" in query or jump is not None,
    )


def wanted_of(page: Page) -> trail.TrailFilter:
    """What the address asks for."""
    query = page.request.query_params
    return trail.TrailFilter(
        names=[query["name"]] if query.get("name") else [],
        things=_things(page, query.get("thing", "").strip()),
        actor=query.get("actor", ""),
        office=query.get("office", ""),
        late=query.get("late", "") == "1",
        assumed=query.get("assumed", "") == "1",
        source_kind=query.get("source", ""),
        correlation=query.get("correlation", ""),
        occurred_from=day_asked(page.request, "occurred_from"),
        occurred_to=day_asked(page.request, "occurred_to"),
        recorded_from=_midnight(page, "recorded_from", 0),
        recorded_before=_midnight(page, "recorded_to", 1),
        known_at=page.at,
    )


def _things(page: Page, written: str) -> Sequence[str]:
    """The ids of what is written: a village or unit by any name it ever bore, what has a number by it, anything by its id."""
    if not written:
        return ()
    return [
        written,
        *page.names.named(written),
        *(each.thing for each in page.ask(list_numbered, number=written).rows),
    ]


def _midnight(page: Page, name: str, days: int) -> datetime | None:
    day = day_asked(page.request, name)
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=days), time(), page.system.settings.zone).astimezone(UTC)


@router.get("/events/{position}")
def show_event(position: int, page: Annotated[Page, Depends(allow("read_trail"))]) -> Response:
    """One event: sentence, envelope, values, cause, and what belongs to the same act."""
    row = trail.event_at(page.connection, position) if 0 < position <= page.at else None
    if row is None:
        raise Unknown("event", str(position))
    same = trail.TrailFilter(correlation=row.correlation, known_at=page.at) if row.correlation else None
    tree = trail.tree_of(page.connection, row, page.at)
    return render(
        page,
        "trail/event.html",
        event=tell(page, [row])[0],
        changed=trail.differences(page.connection, [row])[position],
        data=json.dumps(row.data, ensure_ascii=False, indent=2),
        tree=_told(page, tree) if tree.then else None,
        late=trail.LATE,
        together=trail.count(page.connection, same) if same else 0,
    )


def _told(page: Page, branch: trail.Branch) -> dict[str, Any]:
    return {"event": tell(page, [branch.row])[0], "then": [_told(page, each) for each in branch.then]}


def _cells(page: Page) -> Iterator[list[Any]]:
    """The filtered trail as a table, newest first, in the reader's language."""
    yield [page.t(title) for title in LABELS["column"].values()]
    wanted, before, left = wanted_of(page), None, EXPORTED
    while left and (rows := trail.page(page.connection, wanted, before=before, limit=min(1000, left))):
        changed = trail.differences(page.connection, rows)
        for told in tell(page, rows):
            row = told.row
            where = f"{row.source_name} {row.source_sheet} {row.source_row or ''}".strip()
            yield [
                row.position,
                page.t(label("event", row.name)),
                told.sentence,
                "\n".join(
                    f"{page.t(label('field', d.name))}: {page.field_value(d.name, d.before)} → "
                    f"{page.field_value(d.name, d.after)}"
                    for d in changed[row.position]
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
        before, left = rows[-1].position, left - len(rows)


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
