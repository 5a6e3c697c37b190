"""The trail: every event as a sentence, filtered, paged by key; and one event with all that is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from application.question import ALL
from application.questions.answers import trail as questions
from application.questions.answers.anomalies import list_anomalies
from application.questions.answers.trail import TrailShown, list_trail, show_trail_facets
from interface.web.kit.asking import answer_of
from interface.web.kit.exporting import XLSX, as_csv, as_xlsx, exported
from interface.web.kit.listing import Chip, Filter, ListView, chips_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page, day_asked, number_asked
from interface.web.kit.page.year import year_of
from interface.web.kit.rendering import render
from interface.web.kit.values import Malformed
from interface.words import LABELS, field_title, label
from projections.boards import trail

router = APIRouter()
EXPORTED = 50_000
"""Events in one export at most; narrow the filter for more."""


@router.get("/trail")
def show_trail(page: Annotated[Page, Depends(allow("read_trail"))]) -> Response:
    """Newest first."""
    listing = ListView(page)
    jump = day_asked(page.request, "jump")
    before, newer_than = _place(page, "before"), _place(page, "after")
    if jump is not None and before is None:
        # The newest event that was recorded by the end of that day comes first.
        before = page.system.position_at_end_of(jump) + 1
    trail.facets_ahead(page.connection)
    answer = _listed(page, after=before, newer_than=newer_than, limit=listing.limit)
    listing.filters = _filters(page)
    return render(
        page,
        "trail/trail.html",
        answer=answer,
        listing=listing,
        chips=_chips(page),
        bound=trail.COUNTED,
        started=before is not None or newer_than is not None,
    )


def _place(page: Page, name: str) -> int | None:
    """The record from which the address goes on; what is none begins with the newest."""
    try:
        return number_asked(page.request, name)
    except Malformed:
        page.begun_anew = True
        return None


def _chips(page: Page) -> list[Chip]:
    """All of it, or what to look at first."""

    def only(name: str | None) -> str:
        wanted = dict.fromkeys(("late", "assumed")) | ({name: "1"} if name else {})
        return page.here(**wanted, after=None, before=None, jump=None)

    late, assumed = page.asked("late") == "1", page.asked("assumed") == "1"
    return [
        Chip(page.t("全部"), None, only(None), not (late or assumed)),
        Chip(page.counted("补录（迟报超过 %(n)s 天）", trail.LATE), None, only("late"), late),
        Chip(page.t("时间为推定"), None, only("assumed"), assumed),
    ]


SOURCES = ("ledger", "page", "api", "command", "policy")


def _filters(page: Page) -> list[Filter]:
    facets = page.ask(show_trail_facets)

    def of(name: str, title: str, choices: Sequence[tuple[str, str]], *, more: bool = False) -> Filter:
        return Filter(name, title, page.asked(name), choices, more=more)

    def day(name: str, title: str) -> Filter:
        return Filter(name, title, page.asked(name), day=True, more=True)

    return [
        Filter("thing", page.t("村、单位或编号"), page.asked("thing")),
        of("name", page.t("事件"), [(each, page.t(label("event", each))) for each in facets.names]),
        of("actor", page.t("录入人"), [(each, each) for each in facets.actors]),
        of("office", page.t("单位或机构"), [(each, each) for each in facets.offices]),
        of(
            "source",
            page.t("来源"),
            [(each, page.t(label("source_kind", each))) for each in SOURCES],
            more=True,
        ),
        day("occurred_from", page.t("发生自")),
        day("occurred_to", page.t("发生至")),
        day("recorded_from", page.t("录入自")),
        day("recorded_to", page.t("录入至")),
        day("jump", page.t("跳到录入日期")),
    ]


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
        page.read_field_values(
            (d.name, value) for row in answer.rows for d in row.changed for value in (d.before, d.after)
        )
        for row in answer.rows:
            where = f"{row.source_name} {row.source_sheet} {row.source_row or ''}".strip()
            yield [
                row.record,
                page.t(label("event", row.name)),
                row.sentence,
                "\n".join(
                    f"{page.t(field_title(row.name, d.name))}: {page.field_value(d.name, d.before)} → "
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
                row.acting_for,
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
    year, listing = year_of(page), ListView(page)
    answer = answer_of(page, list_anomalies, year=year, limit=listing.limit)
    kinds = [(kind, page.t(label("anomaly", kind)), count, "") for kind, count in answer.kinds.items()]
    chips = chips_of(page, "kind", sum(answer.kinds.values()), kinds)
    return render(page, "trail/anomalies.html", year=year, answer=answer, listing=listing, chips=chips)


@router.get("/anomalies/export")
def export_anomalies(page: Annotated[Page, Depends(allow("read_trail"))]) -> Response:
    """All rows of the same list as a workbook or a table."""
    answer = page.ask(list_anomalies, year=year_of(page), kind=page.asked("kind"), after=None, limit=ALL)
    heading = [
        page.t(each)
        for each in ("线索", "为何值得问", "联建村（社区）", "联建单位", "问题编号", "数量", "总数")
    ]
    rows = (
        (
            *(page.t(label(group, each.kind)) for group in ("anomaly", "anomaly_why")),
            *(each.village_name, each.unit_name, each.finding_number, each.number, each.of),
        )
        for each in answer.rows
    )
    return exported(page, "anomalies", [heading, *rows])
