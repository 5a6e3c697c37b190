"""Where what waits for the reader is done."""

from __future__ import annotations

from application.questions.answers.tasks import Task, TaskKind, list_tasks
from interface.web.kit.context import Page
from interface.words import label

PATHS = {
    TaskKind.OVERDUE: "/findings?light=red&year={year}",
    TaskKind.DUE_SOON: "/findings?light=yellow&year={year}",
    TaskKind.TO_ORDER: "/findings?light=waiting&year={year}",
    TaskKind.TO_REINSPECT: "/findings?status=submitted&year={year}",
    TaskKind.TO_ACKNOWLEDGE: "/findings?year={year}",
    TaskKind.TO_CONFIRM: "/pairings/{key}?year={year}",
    TaskKind.TO_APPROVE: "/schemes/{year}/draft",
    TaskKind.TO_CONSENT: "/runs/{key}",
    TaskKind.TO_ADJUST: "/runs/{key}/grades",
    TaskKind.TO_SIGN: "/runs/{key}/grades",
    TaskKind.TO_ANSWER: "/notice/{key}#objections",
    TaskKind.ON_NOTICE: "/notice/{key}",
    TaskKind.TO_ADMIT: "/appeals",
    TaskKind.TO_DECIDE: "/appeals",
    TaskKind.TO_REPORT: "/result-uses?year={year}&state=open",
    TaskKind.TO_COMPLETE: "/result-uses?year={year}&state=open",
}


def todo(page: Page, year: int) -> list[tuple[Task, str, str]]:
    """What waits, each with its title and the page where it is done; nothing on a page of the past."""
    tasks = () if page.is_past else page.ask(list_tasks, year=year).rows
    return [
        (each, _title(page, each), PATHS[each.kind].format(year=each.year, key=each.key)) for each in tasks
    ]


def _title(page: Page, task: Task) -> str:
    return page.t(label("task", task.kind.value), year=task.year, run=task.number, day=task.until)
