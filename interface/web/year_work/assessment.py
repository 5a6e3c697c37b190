"""The assessment of a year on one page: its steps in order, where each stands, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Response
from sqlalchemy import Row, Table, func, select

from application.questions.sheet_lines import lines_standing
from domain.assessment.year.events import SignStep
from domain.kernel.errors import Unknown
from interface.web.kit.context import Page, allow
from interface.web.kit.detail import Station
from interface.web.kit.rendering import render
from interface.web.kit.year import year_of
from interface.web.year_work.year_work import own_pairings
from projections.boards.assessment import frozen_last, published_last, runs_of_year, schemes_known
from projections.boards.results import notices, services_of, signatures
from projections.boards.year_work import cut_off, cut_off_at, lines_of_year
from projections.figures.evidence_queue import counting, in_sight
from projections.kit.columns import known

router = APIRouter()


@dataclass(frozen=True)
class Step:
    """A step of the year: what it is, where it stands in a few words, whether it is done, and where it is worked on.

    ``passed``: it is not done, and is not waited for any more, since a later step was taken.
    """

    title: str
    state: str
    done: bool
    paths: tuple[tuple[str, str], ...] = ()
    """(path, Chinese name of the link); shown where such a page exists and the reader may see it."""
    passed: bool = False
    said: str = ""
    """When, or how far, in a word."""


def steps_of(page: Page, year: int) -> list[Step]:
    """The steps of a year that the reader has to do with, in their order."""
    every = (_scheme, _cut_off, _own, _verified, _evidence, _run, _signed, _notice, _results)
    return [step for each in every if (step := each(page, year)) is not None]


def next_of(steps: Sequence[Step]) -> Step | None:
    """The step that is to be worked on; ``None`` where nothing is left."""
    return next((step for step in steps if not step.done and not step.passed), None)


def _station(step: Step, following: Step | None) -> Station:
    return Station(step.title, step.said, "done" if step.done else "now" if step is following else "")


@router.get("/assessment")
def show_assessment(page: Annotated[Page, Depends(allow("read_assessment"))]) -> Response:
    """The year's steps, each with its state and its pages."""
    year = year_of(page)
    steps = steps_of(page, year)
    shown = [(step, [(p, name) for p, name in step.paths if leads_somewhere(page, p)]) for step in steps]
    following = next_of(steps)
    stations = [_station(step, following) for step in steps]
    return render(
        page, "year_work/assessment.html", year=year, steps=shown, following=following, stations=stations
    )


def leads_somewhere(page: Page, path: str) -> bool:
    """Whether a route answers the path, and the reader's role may use it."""
    wanted = urlsplit(path).path
    for pattern, verbs in page.request.app.state.doors:
        if pattern.match(wanted):
            return all(page.sees(verb) for verb in verbs)
    return False


def _count(page: Page, table: Table, *where: Any) -> int:
    query = select(func.count()).select_from(table).where(known(table, page.at), *where)
    return page.connection.execute(query).scalar_one()


def _scheme(page: Page, year: int) -> Step:
    row = schemes_known(page.connection, page.at).get(year)
    state = page.t("尚未发布")
    if row is not None:
        state = page.t("第 %(v)s 版，%(day)s 发布", v=row.version, day=row.published_on)
    return Step(
        page.t("考核细则"),
        state,
        row is not None,
        (
            (f"/schemes/{year}", page.t("查看细则")),
            ("/schemes", page.t("历年细则与起草")),
        ),
        said="" if row is None else row.published_on.isoformat(),
    )


def _cut_off(page: Page, year: int) -> Step:
    row = cut_off(page.connection, year, page.at)
    state = page.t("尚未确定") if row is None else page.t("录入截止 %(day)s", day=row.record_on)
    paths = ((f"/late?year={year}", page.t("截止与补录")),)
    said = "" if row is None else row.record_on.isoformat()
    step = Step(page.t("录入截止"), state, row is not None, paths, said=said)
    return _before_a_run(page, year, step)


def _results_of(page: Page, year: int) -> list[Any]:
    try:
        return page.system.scoring.results(page.connection, year, page.at)
    except Unknown:
        return []


def _lines(page: Page, year: int) -> tuple[int, int, int]:
    """Lines that can be scored, scored by units, verified; a clerk's own only. As the page of the own scores counts."""
    branch = page.actor.branch
    said = lines_of_year(page.connection, year, page.at)
    shown = [
        each
        for result in _results_of(page, year)
        if not branch or result.branch == branch
        for each in lines_standing(result, said.get(result.pairing, {}))
        if each.scorable
    ]
    own = sum(each.own is not None for each in shown)
    return len(shown), own, sum(each.verified is not None for each in shown)


def _own(page: Page, year: int) -> Step | None:
    if page.actor.village:
        return None
    lines, scored, _ = _lines(page, year)
    state = page.counted("已自评 %(done)s 项，共 %(n)s 项", lines, done=scored)
    mine = tuple(
        (f"/self-scores/{row.pairing_id}?year={year}", row.name)
        for row in (own_pairings(page, year) if page.actor.branch else [])
    ) or ((f"/verification?year={year}", page.t("各单位自评")),)
    return _before_a_run(page, year, _share(page.t("单位自评"), state, scored, lines, mine))


def _verified(page: Page, year: int) -> Step | None:
    if page.actor.village:
        return None
    lines, _, verified = _lines(page, year)
    state = page.counted("已审核 %(done)s 项，共 %(n)s 项", lines, done=verified)
    paths = (
        (f"/verification?year={year}", page.t("审核得分")),
        (f"/matrix?year={year}", page.t("得分矩阵")),
        (f"/indicators?year={year}", page.t("指标体检")),
    )
    return _before_a_run(page, year, _share(page.t("审核得分"), state, verified, lines, paths))


def _share(title: str, state: str, done: int, of: int, paths: tuple[tuple[str, str], ...]) -> Step:
    return Step(title, state, 0 < of <= done, paths, said=f"{done} / {of}")


def _before_a_run(page: Page, year: int, step: Step) -> Step:
    """What is open by the time of a run is not waited for any more, but is not done either."""
    if step.done or _newest_run(page, year) is None:
        return step
    return replace(step, passed=True, state=step.state + page.t("，已核定，不再等待"))


def _evidence(page: Page, year: int) -> Step | None:
    if not page.sees("read_evidence"):
        return None
    try:
        scheme = page.system.scoring.scheme(page.connection, year, page.at)
    except Unknown:
        return Step(page.t("佐证审核"), page.t("尚未发布"), False)
    late_after = cut_off_at(page.connection, year, page.at)
    queue = [each for each in counting(page.connection, scheme, page.at, late_after) if in_sight(each)]
    left = sum(each.state.waits for each in queue)
    state = (
        page.t("待审 %(n)s 项，共 %(all)s 项", n=left, all=len(queue))
        if queue
        else page.t("没有要求佐证的事项")
    )
    paths = ((f"/evidence?year={year}", page.t("佐证审核")),)
    said = f"{len(queue) - left} / {len(queue)}" if queue else ""
    step = Step(page.t("佐证审核"), state, not left, paths, said=said)
    return _before_a_run(page, year, step)


def _newest_run(page: Page, year: int) -> Row[Any] | None:
    return frozen_last(runs_of_year(page.connection, year, page.at))


def _run(page: Page, year: int) -> Step | None:
    if not page.sees("read_runs"):
        return None
    run = _newest_run(page, year)
    state = page.t("尚未核定")
    if run is not None:
        state = page.t("%(run)s，%(day)s 核定", run=run.run_no, day=run.frozen_on)
    paths = ((f"/runs?year={year}", page.t("核定")),)
    said = "" if run is None else run.frozen_on.isoformat()
    return Step(page.t("核定"), state, run is not None, paths, said=said)


def _signed(page: Page, year: int) -> Step | None:
    # Before the public notice, a frozen run is the offices' matter.
    if not page.sees("read_runs"):
        return None
    run = _newest_run(page, year)
    n = 0 if run is None else _count(page, signatures, signatures.c.run_id == run.run_id)
    state = page.t("已签署 %(n)s 个环节，共 %(all)s 个", n=n, all=len(SignStep))
    paths = [
        (f"/exclusions?year={year}", page.t("不参加等次")),
        (f"/grades/simulation?year={year}", page.t("名额试算")),
    ]
    if run is not None:
        paths.insert(0, (f"/runs/{run.run_id}/grades", page.t("等次与签署")))
    return _share(page.t("等次与签署"), state, n, len(SignStep), tuple(paths))


def _notice(page: Page, year: int) -> Step:
    run = _newest_run(page, year)
    row = None
    if run is not None:
        query = select(notices).where(notices.c.run_id == run.run_id, known(notices, page.at))
        row = page.connection.execute(query).first()
    if row is None:
        state = page.t("尚未公示")
    elif row.closed_on is None:
        state = page.t("公示中，至 %(day)s", day=row.closes_on)
    else:
        state = page.t("%(day)s 公示结束", day=row.closed_on)
    done = row is not None and row.closed_on is not None
    paths = () if run is None else ((f"/notice/{run.run_id}", page.t("公示")),)
    said = "" if row is None else (row.closed_on or row.closes_on).isoformat()
    return Step(page.t("公示"), state, done, paths, said=said)


def _results(page: Page, year: int) -> Step:
    row = published_last(runs_of_year(page.connection, year, page.at))
    state = page.t("尚未公布")
    if row is not None:
        state = page.t("%(day)s 公布 %(run)s", day=row.published_on, run=row.run_no)
    paths = [
        (f"/results?year={year}", page.t("结果运用")),
        (f"/reports/annual?year={year}", page.t("年度报告")),
        (f"/reports/casebook?year={year}", page.t("案例集")),
        ("/trend", page.t("历年走势")),
    ]
    if row is not None:
        paths.insert(0, (f"/runs/{row.run_id}/service", page.t("结果送达")))
    done = row is not None
    if row is not None and page.sees("read_runs"):
        served, units = _served(page, row)
        state += page.counted("，已送达 %(done)s 个单位，共 %(n)s 个", units, done=served)
        done = served >= units
    said = "" if row is None else row.published_on.isoformat()
    return Step(page.t("公布与运用"), state, done, tuple(paths), said=said)


def _served(page: Page, run: Row[Any]) -> tuple[int, int]:
    """Units that were handed their notice of a run, and units there are."""
    results = page.system.scoring.results(page.connection, run.year, run.at_position)
    return len(services_of(page.connection, run.run_id, page.at)), len({each.branch for each in results})
