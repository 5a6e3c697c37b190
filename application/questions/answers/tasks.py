"""What waits for whoever asks, of which they may do something."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Table, select

from application.actor import Owner
from application.question import Asker, Listing, question
from application.things import RESULTS
from domain.assessment.year.run_result import CHAIN
from domain.kernel.errors import Rejected
from domain.kernel.values import Year
from domain.supervision.light import traffic_light
from projections.boards.assessment import appeals, awaits_consent, frozen_last, runs_of_year
from projections.boards.findings import findings
from projections.boards.livelihood import needs
from projections.boards.result_uses import result_uses
from projections.boards.results import adjustments, notices, objections, signatures_of
from projections.boards.schemes import drafts
from projections.kit.columns import known


class TaskKind(enum.Enum):
    """What waits."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    TO_ORDER = "to_order"
    TO_REINSPECT = "to_reinspect"
    TO_ACKNOWLEDGE = "to_acknowledge"
    TO_CONFIRM = "to_confirm"
    TO_APPROVE = "to_approve"
    TO_CONSENT = "to_consent"
    TO_ADJUST = "to_adjust"
    TO_SIGN = "to_sign"
    TO_ANSWER = "to_answer"
    ON_NOTICE = "on_notice"
    TO_ADMIT = "to_admit"
    TO_DECIDE = "to_decide"
    TO_REPORT = "to_report"
    TO_COMPLETE = "to_complete"


@dataclass(frozen=True)
class Task:
    """``count`` of what waits in a ``year``. ``key``: the pairing or the run it is about, empty where it is about none;
    ``number``: of the run; ``until``: the last day it can be done."""

    kind: TaskKind
    count: int
    year: int
    key: str = ""
    number: str = ""
    until: date | None = None


@question("/tasks")
def list_tasks(asker: Asker, *, year: Year) -> Listing[Task]:
    """What waits for whoever asks now, the most urgent first; nothing waits in the past. Of the year end and of measures, what
    is about ``year``.
    """
    if asker.known_at < asker.newest:
        return Listing((), None)
    every = (_findings, _needs, _year_end, _appeals, _uses)
    return Listing(tuple(task for each in every for task in each(asker, year) if task.count), None)


def _rows(asker: Asker, table: Table, *where: Any) -> list[Row[Any]]:
    rows = asker.connection.execute(select(table).where(known(table, asker.known_at), *where))
    own = "branch" in table.c and "village" in table.c
    return [row for row in rows if not own or asker.sees(Owner(row.branch, row.village))]


def _findings(asker: Asker, _: int) -> Iterator[Task]:
    if not (asker.may("order_rectification") or asker.may("submit_rectification")):
        return
    rows, today = _rows(asker, findings), asker.look.today()
    for year in sorted({row.found_on.year for row in rows}, reverse=True):
        of = [row for row in rows if row.found_on.year == year]
        lights = Counter(traffic_light(row.status, row.due_on, row.submitted_on, today).value for row in of)
        stands = Counter(row.status for row in of)
        yield Task(TaskKind.OVERDUE, lights["red"], year)
        yield Task(TaskKind.DUE_SOON, lights["yellow"], year)
        if asker.may("order_rectification"):
            yield Task(TaskKind.TO_ORDER, lights["waiting"], year)
            yield Task(TaskKind.TO_REINSPECT, stands["submitted"], year)
        else:
            yield Task(TaskKind.TO_ACKNOWLEDGE, stands["ordered"], year)


def _needs(asker: Asker, _: int) -> Iterator[Task]:
    if asker.may("confirm_need"):
        met = _rows(asker, needs, needs.c.met_on.is_not(None), needs.c.confirmed_on.is_(None))
        waiting = Counter((row.pairing_id, row.raised_on.year) for row in met)
        for (pairing_id, year), count in waiting.items():
            yield Task(TaskKind.TO_CONFIRM, count, year, pairing_id)


def _year_end(asker: Asker, year: int) -> Iterator[Task]:
    if asker.may("approve_scheme"):
        newest = {row.year: row for row in sorted(_rows(asker, drafts), key=lambda row: int(row.draft))}
        for row in newest.values():
            yield Task(TaskKind.TO_APPROVE, int(row.status == "drafted"), int(row.year))
    rows = runs_of_year(asker.connection, year, asker.known_at)
    run = frozen_last(rows)
    if run is None:
        return
    key, number = run.run_id, run.run_no
    if asker.may("consent_to_run"):
        yield Task(TaskKind.TO_CONSENT, int(awaits_consent(run, rows)), year, key, number)
    if asker.may("approve_adjustment"):
        proposed = _rows(asker, adjustments, adjustments.c.run_id == key, adjustments.c.status == "proposed")
        yield Task(TaskKind.TO_ADJUST, len(proposed), year, key, number)
    signed = signatures_of(asker.connection, key, asker.known_at)
    step = next((each for each in CHAIN if each.value not in signed), None)
    if step is not None and asker.may(f"sign_{step.value}"):
        yield Task(TaskKind.TO_SIGN, int(_is_signable(asker, year, key)), year, key, number)
    notice = next(iter(_rows(asker, notices, notices.c.run_id == key, notices.c.closed_on.is_(None))), None)
    if notice is None:
        return
    if asker.may("answer_objection"):
        open_ = _rows(asker, objections, objections.c.run_id == key, objections.c.answered_on.is_(None))
        yield Task(TaskKind.TO_ANSWER, len(open_), year, key, number)
    elif asker.may("file_objection"):
        running = asker.look.today() <= notice.closes_on
        yield Task(TaskKind.ON_NOTICE, int(running), year, key, number, notice.closes_on)


def _is_signable(asker: Asker, year: int, run_id: str) -> bool:
    """Whether the next step can be signed now: nothing is offered that is refused."""
    results = RESULTS.state(asker.look, str(year))
    step = results.run(run_id).next_step
    try:
        return step is None or results.signable(run_id, step) is not None
    except Rejected:
        return False


def _appeals(asker: Asker, year: int) -> Iterator[Task]:
    if asker.may("admit_appeal"):
        stands = Counter(row.status for row in _rows(asker, appeals))
        yield Task(TaskKind.TO_ADMIT, stands["filed"], year)
        yield Task(TaskKind.TO_DECIDE, stands["admitted"], year)


def _uses(asker: Asker, year: int) -> Iterator[Task]:
    if asker.may("report_result_use") or asker.may("complete_result_use"):
        stands = Counter(row.status for row in _rows(asker, result_uses, result_uses.c.year == year))
        if asker.actor.branch:
            yield Task(TaskKind.TO_REPORT, stands["ordered"], year)
        else:
            yield Task(TaskKind.TO_COMPLETE, stands["reported"], year)
