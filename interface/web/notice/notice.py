"""The public notice of a run with its objections, and the service of published results."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.question import ALL
from application.questions.answers.year_end import notices
from application.verbs.assessment.results import serve_result
from interface.documents.common import written_day
from interface.web.documents.documents import sealed
from interface.web.kit.asking import answer_of
from interface.web.kit.exporting import exported
from interface.web.kit.listing import Filter, ListView, chips_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import render
from interface.words import label

router = APIRouter()


@router.get("/notice")
def list_notices(page: Annotated[Page, Depends(allow("read_notice"))]) -> Response:
    """Everything that is or was on public notice, the newest first."""
    listing = ListView(page)
    answer = answer_of(page, notices.list_notices, limit=listing.limit)
    return render(page, "notice/notices.html", answer=answer, listing=listing)


@router.get("/notice/{run_id}")
def show_notice(run_id: str, page: Annotated[Page, Depends(allow("read_notice"))]) -> Response:
    """The notice as it is posted, nobody named, page by page, or whole on paper (``?whole=1``); with the objections."""
    listing, whole = ListView(page), page.asked("whole") == "1"
    answer = answer_of(page, notices.show_notice, key=run_id, limit=ALL if whole else listing.limit)
    page.call_as_on(answer.notice.opened_on)
    listing.filters = [
        Filter("q", page.t("村或单位"), page.asked("q")),
        Filter(
            "township", page.t("乡镇"), page.asked("township"), [(each, each) for each in answer.townships]
        ),
    ]
    return render(
        page,
        "notice/posted.html" if whole else "notice/notice.html",
        answer=answer,
        listing=listing,
        first=written_day(page, answer.notice.opened_on),
        last=written_day(page, answer.notice.closes_on),
        **sealed(page),
    )


@router.get("/notice/{run_id}/export")
def export_notice(run_id: str, page: Annotated[Page, Depends(allow("read_notice"))]) -> Response:
    """All rows of the same list as a workbook or a table."""
    answer = answer_of(page, notices.show_notice, key=run_id, after=None, limit=ALL)
    heading = [
        page.t("所属乡镇"),
        page.t("联建村（社区）"),
        page.t("联建单位"),
        page.t("总分"),
        page.t("等次"),
    ]
    rows = (
        (
            *(each.township, each.pairing.village_name, each.pairing.unit_name, each.total),
            each.grade_name.en if page.language == "en" else each.grade_name.zh,
        )
        for each in answer.rows
    )
    return exported(page, "notice", [heading, *rows])


@router.get("/runs/{run_id}/service")
def show_service(run_id: str, page: Annotated[Page, Depends(allow("read_grades"))]) -> Response:
    """Which units were handed their result, and which were not."""
    listing = ListView(page, [Filter("q", page.t("村或单位"), page.asked("q"))])
    answer = answer_of(page, notices.show_service, key=run_id, limit=listing.limit)
    page.call_as_of_year(answer.run.year)
    counts = {
        notices.ServiceState.OPEN: answer.every - answer.served,
        notices.ServiceState.SERVED: answer.served,
    }
    lights = {notices.ServiceState.OPEN: "waiting", notices.ServiceState.SERVED: "done"}
    states = (
        (state.value, page.t(label("service_state", state.value)), count, lights[state])
        for state, count in counts.items()
    )
    return render(
        page,
        "notice/service.html",
        answer=answer,
        listing=listing,
        chips=chips_of(page, "state", answer.every, states),
        serves=answer.run.published_on and not answer.replaced_by and page.may(serve_result.name),
    )


@router.get("/runs/{run_id}/service/export")
def export_service(run_id: str, page: Annotated[Page, Depends(allow("read_grades"))]) -> Response:
    """All rows of the same list as a workbook or a table."""
    answer = answer_of(page, notices.show_service, key=run_id, after=None, limit=ALL)
    heading = [page.t("联建单位"), page.t("联建村（社区）"), page.t("送达"), page.t("签收人")]
    rows = (
        (
            each.unit_name,
            page.t("、").join(of.village_name for of in each.pairings),
            each.served_on,
            each.served_to,
        )
        for each in answer.units
    )
    return exported(page, "service", [heading, *rows])
