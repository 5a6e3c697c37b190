"""What published results lead to: what is proposed, ordered, reported, done; each with its light."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.question import ALL
from application.questions.answers.year_end.result_uses import (
    ProposedUses,
    ResultUseShown,
    UseOrder,
    list_proposed_uses,
    list_result_uses,
    show_result_use,
)
from application.questions.results.run_results import standing_of
from application.things import RESULT_USE
from application.verb import Outcome
from application.verbs.assessment.result_uses import order_result_use
from domain.assessment.year.events import ResultUse, ResultUseOrdered, ResultUseReported
from domain.assessment.year.result_use import UseStatus, called_for
from domain.kernel.errors import Unknown
from interface.web.kit.asking import answer_of
from interface.web.kit.detail import Station, next_steps
from interface.web.kit.exporting import exported
from interface.web.kit.forms.at_once import add_at_once, drawn_at_once
from interface.web.kit.forms.drawn import DrawnVerb
from interface.web.kit.forms.steps import steps_of
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.listing import Filter, ListView, chips_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import run_of, year_of
from interface.web.kit.rendering import render
from interface.words import LABELS, label

router = APIRouter()
USUAL_DAYS = 30
"""Default: so many days until something is to be done. [default]"""
NONE_PROPOSED = ProposedUses(None, (), None)


def _uses_of_year(_: Page, outcome: Outcome) -> str:
    ordered = outcome.events[0]
    assert isinstance(ordered, ResultUseOrdered)
    return f"/result-uses?year={ordered.year}&use={ordered.use.value}"


add_at_once(router, order_result_use, shown_at=_uses_of_year)
add_verbs(router, RESULT_USE)


@router.get("/result-uses")
def read_result_uses(page: Annotated[Page, Depends(allow("read_result_uses"))]) -> Response:
    """The uses of the year by light, a clerk the own ones; ``?view=proposed`` shows what results call for and nobody ordered."""
    year = year_of(page)
    listing = ListView(page, sorts=("urgency", "due"))
    orders = page.may(order_result_use.name)
    proposed = page.ask(list_proposed_uses, year=year, after=None, limit=ALL) if orders else NONE_PROPOSED
    if orders and page.asked("view") == "proposed":
        return _proposed(page, year, proposed, listing)
    order = listing.order(UseOrder)
    answer = answer_of(page, list_result_uses, year=year, sort=order, limit=listing.limit)
    listing.filters = [
        Filter("q", page.t("村或单位"), page.asked("q")),
        Filter(
            "use",
            page.t("类别"),
            page.asked("use"),
            [(each.value, page.t(label("use", each.value))) for each in ResultUse],
        ),
    ]
    states = (
        ("open", answer.open, "green"),
        ("overdue", answer.overdue, "red"),
        ("done", answer.done, "done"),
    )
    chips = [(state, page.t(label("use_state", state)), count, light) for state, count, light in states]
    return render(
        page,
        "results/result_uses.html",
        answer=answer,
        listing=listing,
        chips=chips_of(page, "state", answer.every, chips),
        orders=orders,
        proposed=proposed,
    )


def _proposed(page: Page, year: int, proposed: ProposedUses, listing: ListView) -> Response:
    # What is ordered leaves the list, whatever page of it was looked at: those behind the last one seen follow.
    shown = answer_of(page, list_proposed_uses, year=year, limit=listing.limit)
    return render(
        page,
        "results/proposed_uses.html",
        year=year,
        listing=listing,
        proposed=proposed,
        shown=shown,
        at_once=[(use, _for_all(page, proposed, use)) for use in ResultUse if _called(proposed, use)],
    )


@router.get("/result-uses/export")
def export_result_uses(page: Annotated[Page, Depends(allow("read_result_uses"))]) -> Response:
    """All rows of the same list as a workbook or a table."""
    answer = answer_of(page, list_result_uses, year=year_of(page), sort=None, after=None, limit=ALL)
    t = page.t
    heading = [
        t("类别"),
        t("联建单位"),
        t("联建村（社区）"),
        t("措施"),
        t("期限"),
        t("状态"),
        t("亮灯"),
        t("落实情况"),
    ]
    rows = (
        (
            *(t(label("use", row.use.value)), row.unit_name, row.village_name, row.measure, row.due_on),
            *(t(label("use_status", row.status.value)), t(label("light", row.light)), row.account),
        )
        for row in answer.rows
    )
    return exported(page, "result-uses", [heading, *rows])


def _called(proposed: ProposedUses, use: ResultUse) -> list[str]:
    return [row.pairing_id for row in proposed.rows if use in row.uses]


def _for_all(page: Page, proposed: ProposedUses, use: ResultUse) -> tuple[DrawnVerb, list[str]]:
    """The form that orders one use for every pairing whose result calls for it."""
    run = proposed.run.run_id if proposed.run else ""
    form = drawn_at_once(page, order_result_use, {"run_id": run, "use": use.value, **_usual(page, use)})
    return form.with_known(use=use.value), _called(proposed, use)


def _usual(page: Page, use: ResultUse) -> dict[str, str]:
    """What is usually done, and until when, to begin with."""
    measures = {
        ResultUse.COMMENDATION: page.t("予以通报表扬，并作为评先评优的依据"),
        ResultUse.CRITICISM: page.t("予以通报批评，限期提交整改报告"),
        ResultUse.TALK: page.t("约谈单位主要负责人"),
    }
    due_on = page.today + timedelta(days=USUAL_DAYS)
    return {"measure": measures.get(use, ""), "due_on": due_on.isoformat()}


@router.get("/result-uses/new")
def new_result_use(page: Annotated[Page, Depends(allow("order_result_use"))]) -> Response:
    """The form, filled in from the grade."""
    query = page.request.query_params
    found = run_of(page, query.get("run", ""))
    graded = found.of(query.get("pairing", ""))
    wanted = called_for(standing_of(found, graded))
    named = query.get("use", "") or (wanted[0] if wanted else ResultUse.DUTY).value
    if named not in LABELS["use"]:
        raise Unknown("use of results", named)
    return render(
        page,
        "results/result_use_new.html",
        found=found,
        graded=graded,
        called=[each.value for each in wanted],
        usual={"use": named, **_usual(page, ResultUse(named))},
    )


@router.get("/result-uses/{use_id}")
def read_result_use(use_id: str, page: Annotated[Page, Depends(allow("read_result_uses"))]) -> Response:
    """One use on its way, with its trail and the next steps."""
    answer = page.ask(show_result_use, key=use_id)
    page.call_as_on(answer.ordered_on)
    steps = next_steps(steps_of(page, RESULT_USE, use_id), ("complete_result_use", "report_result_use"))
    return render(
        page, "results/result_use.html", answer=answer, steps=steps, stations=_stations(page, answer)
    )


def _stations(page: Page, use: ResultUseShown) -> list[Station]:
    """From the order to what was found done; none of what was withdrawn."""
    if use.status is UseStatus.WITHDRAWN:
        return []
    done = [UseStatus.ORDERED, UseStatus.REPORTED, UseStatus.COMPLETED].index(use.status)
    days = [each.occurred_on for each in use.history if each.name == ResultUseReported.NAME]
    reported = days[-1] if days else None
    said = (
        use.ordered_on.isoformat(),
        reported.isoformat() if reported else page.t("期限 %(day)s", day=use.due_on),
        use.ended_on.isoformat() if use.ended_on else "",
    )
    titles = page.t("确定"), page.t("报告落实"), page.t("完成")

    def state(n: int) -> str:
        if n <= done:
            return "done"
        return "" if n > done + 1 else "over" if use.light == "red" else "now"

    return [Station(title, said[n], state(n)) for n, title in enumerate(titles)]
