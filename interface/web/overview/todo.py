"""What waits for the reader: the first thing on the first page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Table, select

from domain.assessment.year.run_result import CHAIN
from domain.supervision.light import traffic_light
from interface.web.kit.context import Page
from interface.web.pairings.pairings import sees
from interface.web.runs.runs import awaits_consent, runs_of, unsignable
from projections.boards.assessment import appeals, frozen_last
from projections.boards.findings import findings
from projections.boards.livelihood import needs
from projections.boards.result_uses import result_uses
from projections.boards.results import adjustments, notices, objections, signatures
from projections.boards.schemes import drafts
from projections.kit.columns import known


@dataclass(frozen=True)
class Task:
    """``count`` of something that the reader may act on, in the reader's language, and the page where it is done."""

    count: int
    title: str
    path: str


def tasks(page: Page, year: int) -> list[Task]:
    """What waits for the reader now, the most urgent first; nothing on a page of the past."""
    if page.is_past:
        return []
    found = [
        *_findings(page),
        *_needs(page),
        *_year_end(page, year),
        *_appeals(page),
        *_uses(page, year),
    ]
    return [task for task in found if task.count]


def _rows(page: Page, table: Table, *where: Any) -> list[Row[Any]]:
    return list(page.connection.execute(select(table).where(known(table, page.at), *where)).all())


def _findings(page: Page) -> Iterator[Task]:
    if not (page.may("order_rectification") or page.may("submit_rectification")):
        return
    rows = [each for each in _rows(page, findings) if sees(page, each)]
    years = sorted({row.found_on.year for row in rows}, reverse=True)
    for each in years:
        yield from _findings_of(page, each, [row for row in rows if row.found_on.year == each])


def _findings_of(page: Page, year: int, rows: Sequence[Row[Any]]) -> Iterator[Task]:
    lights = Counter(
        traffic_light(row.status, row.due_on, row.submitted_on, page.today).value for row in rows
    )
    stands = Counter(row.status for row in rows)
    yield Task(lights["red"], page.t("个问题整改超期"), f"/findings?light=red&year={year}")
    yield Task(lights["yellow"], page.t("个问题整改即将到期"), f"/findings?light=yellow&year={year}")
    if page.may("order_rectification"):
        yield Task(lights["waiting"], page.t("个问题待下达整改"), f"/findings?light=waiting&year={year}")
        yield Task(
            stands["submitted"], page.t("个问题已提交整改，待复查"), f"/findings?status=submitted&year={year}"
        )
    else:
        yield Task(stands["ordered"], page.t("份整改通知待签收"), f"/findings?year={year}")


def _needs(page: Page) -> Iterator[Task]:
    if not page.may("confirm_need"):
        return
    waiting: Counter[tuple[str, int]] = Counter()
    for row in _rows(page, needs, needs.c.met_on.is_not(None), needs.c.confirmed_on.is_(None)):
        if sees(page, row):
            waiting[row.pairing_id, row.raised_on.year] += 1
    for (pairing_id, year), count in waiting.items():
        yield Task(count, page.t("项需求已办结，待确认"), f"/pairings/{pairing_id}?year={year}")


def _year_end(page: Page, year: int) -> Iterator[Task]:
    if page.may("approve_scheme"):
        newest = {row.year: row for row in sorted(_rows(page, drafts), key=lambda row: int(row.draft))}
        for row in newest.values():
            title = page.t("份 %(year)s 年度细则草稿待审批", year=row.year)
            yield Task(int(row.status == "drafted"), title, f"/schemes/{row.year}/draft")
    rows = runs_of(page, year)
    run = frozen_last(rows)
    if run is None:
        return
    if page.may("consent_to_run") and awaits_consent(run, rows):
        title = page.t("次核定待同意取代已公布的结果（%(run)s）", run=run.run_no)
        yield Task(1, title, f"/runs/{run.run_id}")
    grades = f"/runs/{run.run_id}/grades"
    if page.may("approve_adjustment"):
        asked = _rows(
            page, adjustments, adjustments.c.run_id == run.run_id, adjustments.c.status == "proposed"
        )
        yield Task(len(asked), page.t("项等次调整待决定"), grades)
    signed = {row.step for row in _rows(page, signatures, signatures.c.run_id == run.run_id)}
    step = next((each for each in CHAIN if each.value not in signed), None)
    if step is not None and page.may(f"sign_{step.value}") and unsignable(page, run) is None:
        yield Task(1, page.t("次核定待签署（%(run)s）", run=run.run_no), grades)
    notice = next(iter(_rows(page, notices, notices.c.run_id == run.run_id)), None)
    if notice is None or notice.closed_on is not None:
        return
    if page.may("answer_objection"):
        asked = _rows(page, objections, objections.c.run_id == run.run_id, objections.c.answered_on.is_(None))
        yield Task(len(asked), page.t("件异议待答复"), f"/notice/{run.run_id}#objections")
    elif page.may("file_objection") and page.today <= notice.closes_on:
        yield Task(
            1, page.t("份结果公示中，%(day)s （含）前可提异议", day=notice.closes_on), f"/notice/{run.run_id}"
        )


def _appeals(page: Page) -> Iterator[Task]:
    if page.may("admit_appeal"):
        stands = Counter(row.status for row in _rows(page, appeals))
        yield Task(stands["filed"], page.t("件申诉待受理"), "/appeals")
        yield Task(stands["admitted"], page.t("件申诉待决定"), "/appeals")


def _uses(page: Page, year: int) -> Iterator[Task]:
    if page.may("report_result_use") or page.may("complete_result_use"):
        rows = [row for row in _rows(page, result_uses, result_uses.c.year == year) if sees(page, row)]
        stands = Counter(row.status for row in rows)
        path = f"/result-uses?year={year}&state=open"
        if page.actor.branch:
            yield Task(stands["ordered"], page.t("项结果运用措施待报告落实情况"), path)
        else:
            yield Task(stands["reported"], page.t("项结果运用措施已报告，待认定"), path)
