"""The plans of a year, and a pairing's plan: task force, tasks and what did them; the county's template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.input.reading import Written
from application.questions.answers.pairing.plans import (
    PlanShown,
    PlanState,
    TaskLight,
    list_plans,
    show_plan,
)
from application.things import PLAN_TEMPLATE, WORK_PLAN, pairing_of_sheet
from application.verb import Outcome
from application.verbs.pairing.plans import (
    adopt_plan,
    publish_plan_template,
    span_of_plan,
    take_newer_template,
    template_of_plan,
)
from domain.pairing.events import DeedKind
from interface.web.kit.asking import answer_of
from interface.web.kit.detail import next_steps
from interface.web.kit.forms.of_verb import address_of, look_at
from interface.web.kit.forms.steps import steps_of
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.listing import Filter, ListView, chips, of_township
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.rendering import render
from interface.words import label
from projections.boards.pairing.plans import deeds

router = APIRouter()
Reader = Annotated[Page, Depends(allow("read_pairings"))]
Choices = Sequence[tuple[str, str]]


def _tasks(page: Page, key: str) -> Choices:
    tasks = WORK_PLAN.state(look_at(page), key).tasks
    return [
        (str(n), page.t("%(n)s　%(task)s（%(day)s）", n=n, task=each.content, day=each.due_on))
        for n, each in sorted(tasks.items())
    ]


def _of_tasks(page: Page, key: str, _: Written) -> Mapping[str, Choices]:
    return {"task": _tasks(page, key)}


def _of_deeds(page: Page, key: str, _: Written) -> Mapping[str, Choices]:
    """What the pairing has on record of the plan's year, the newest first, an agreement whenever it was signed."""
    year = WORK_PLAN.state(look_at(page), key).year
    found = [
        (each.key, f"{each.done_on}　{page.t(label('deed_kind', each.kind.value))}　{each.matter}")
        for each in sorted(
            deeds(page.connection, pairing_of_sheet(key), page.at), key=lambda d: d.done_on, reverse=True
        )
        if each.done_on.year == year
    ]
    return {"task": _tasks(page, key), "deed": found}


def _of_members(page: Page, key: str, _: Written) -> Mapping[str, Choices]:
    members = WORK_PLAN.state(look_at(page), key).members
    people = page.people(each.person_ref for each in members.values())
    gone = page.t("（姓名已删除）")
    return {"member": [(str(n), people.get(each.person_ref, gone)) for n, each in members.items()]}


def _moves(page: Page, key: str, _: Written) -> tuple[str, object] | None:
    """What following the newest template would add, change and drop."""
    look, plan = look_at(page), WORK_PLAN.state(look_at(page), key)
    if not plan.pairing_id:
        return None
    template = template_of_plan(look, key=key)
    moves = plan.moves_to(template, span_of_plan(look, key=key))
    return "pairings/plan_moves.html", (plan, template, moves)


def _list_of_year(_: Page, outcome: Outcome) -> str:
    return f"/plans?year={outcome.key}"


add_verbs(
    router,
    WORK_PLAN,
    PLAN_TEMPLATE,
    shown_at={PLAN_TEMPLATE.kind: _list_of_year},
    above={take_newer_template.name: _moves},
    offered={
        "link_task": _of_deeds,
        "leave_task_force": _of_members,
        **dict.fromkeys(("revise_task", "drop_task", "unlink_task"), _of_tasks),
    },
)


@router.get("/plans")
def read_plans(page: Reader) -> Response:
    """The plans of a year by how they stand."""
    year, listing = year_of(page), ListView(page)
    answer = answer_of(page, list_plans, year=year, limit=listing.limit)
    listing.filters = [
        Filter("q", page.t("村、单位或乡镇"), page.asked("q")),
        *of_township(page, answer.townships),
    ]
    parts = [(each.name, page.t(label("plan_state", each.name)), each.count) for each in answer.parts]
    may_publish = not page.is_past and page.may(publish_plan_template.name)
    return render(
        page,
        "pairings/plans.html",
        year=year,
        answer=answer,
        listing=listing,
        chips=chips(page, "state", parts, sum(each.count for each in answer.parts)),
        lights={
            PlanState.LACKING: "waiting",
            PlanState.OVERDUE: "red",
            PlanState.IN_TIME: "green",
            PlanState.DONE: "done",
        },
        publishing=address_of(publish_plan_template, str(year)) if may_publish else "",
    )


@router.get("/plans/{key}")
def read_plan(key: str, page: Reader) -> Response:
    """A pairing's plan of a year."""
    shown = page.ask(show_plan, key=key)
    page.call_as_of_year(shown.year)
    steps = next_steps(steps_of(page, WORK_PLAN, key), (adopt_plan.name,))
    lights = {
        TaskLight.DONE: "done",
        TaskLight.OPEN: "green",
        TaskLight.SOON: "yellow",
        TaskLight.OVERDUE: "red",
    }
    return render(
        page,
        "pairings/plan.html",
        shown=shown,
        year=shown.year,
        steps=steps,
        may={each.name for each in steps.others},
        lights=lights,
        people=page.people(each.person_ref for each in shown.members),
        path_of=_path_of,
        done=sum(each.light is TaskLight.DONE for each in shown.tasks),
    )


def _path_of(shown: PlanShown, kind: str, key: str) -> str:
    """The page of what did a task; an agreement's is that of its pairing, cases and meetings have none of their own."""
    paths = {
        DeedKind.ACTIVITY.value: f"/activities/{key}",
        DeedKind.NEED.value: f"/needs/{key}",
        DeedKind.PROJECT.value: f"/projects/{key}",
    }
    return paths.get(kind, f"/pairings/{shown.pairing_id}")
