"""The trail: every event as a sentence, filtered, paged by key; and one event with all that is known of it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from domain.kernel.errors import Unknown
from interface.web.context import Malformed, Page, allow
from interface.web.rendering import render
from interface.web.sentences import tell
from projections import trail

router = APIRouter()
PAGE = 50


@router.get("/trail")
def show_trail(page: Annotated[Page, Depends(allow("read_trail"))]) -> Response:
    """Newest first."""
    query = page.request.query_params
    wanted = trail.TrailFilter(
        names=[query["name"]] if query.get("name") else [],
        thing=_thing(page, query.get("thing", "").strip()),
        actor=query.get("actor", ""),
        source_kind=query.get("source", ""),
        correlation=query.get("correlation", ""),
        occurred_from=_day(page, "occurred_from"),
        occurred_to=_day(page, "occurred_to"),
        recorded_from=_midnight(page, "recorded_from", 0),
        recorded_before=_midnight(page, "recorded_to", 1),
        known_at=page.at,
    )
    rows = trail.page(
        page.connection,
        wanted,
        before=_number(page, "before"),
        after=_number(page, "after"),
        limit=PAGE,
    )
    return render(
        page,
        "trail.html",
        events=tell(page, rows),
        total=trail.count(page.connection, wanted),
        names=trail.event_names(page.connection),
        actors=trail.actors(page.connection),
        query=query,
        more=len(rows) == PAGE,
        started="before" in query or "after" in query,
    )


def _thing(page: Page, written: str) -> str:
    """A village or unit may be written by name."""
    codes = {name: code for names in (page.units, page.villages) for code, name in names.items()}
    return codes.get(written, written)


def _day(page: Page, name: str) -> date | None:
    text = page.request.query_params.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Malformed(name, "“%(value)s”不是日期，应如 2026-01-31", value=text) from None


def _number(page: Page, name: str) -> int | None:
    text = page.request.query_params.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise Malformed(name, "“%(value)s”不是整数", value=text)
    return int(text)


def _midnight(page: Page, name: str, days: int) -> datetime | None:
    day = _day(page, name)
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=days), time(), page.system.settings.zone).astimezone(UTC)


@router.get("/events/{position}")
def show_event(position: int, page: Annotated[Page, Depends(allow("read_trail"))]) -> Response:
    """One event: sentence, envelope, values, cause, and what belongs to the same act."""
    row = trail.event_at(page.connection, position) if 0 < position <= page.at else None
    if row is None:
        raise Unknown("event", str(position))
    cause = trail.event_at(page.connection, row.causation) if row.causation else None
    same = trail.TrailFilter(correlation=row.correlation, known_at=page.at) if row.correlation else None
    return render(
        page,
        "event.html",
        event=tell(page, [row])[0],
        data=json.dumps(row.data, ensure_ascii=False, indent=2),
        cause=tell(page, [cause])[0] if cause is not None else None,
        together=trail.count(page.connection, same) if same else 0,
    )
