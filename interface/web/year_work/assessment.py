"""The assessment of a year on one page: its steps in order, where each stands, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.questions.answers.year_end.course import CourseShown, show_course
from application.things import TURN
from application.verb import Outcome
from interface.web.kit.detail import Station
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.rendering import render
from interface.web.year_work.year_work import own_pairings


def course_of(_: Page, outcome: Outcome) -> str:
    """How far the year is."""
    return f"/assessment?year={outcome.key}"


router = APIRouter()
add_verbs(router, TURN, shown_at={"turn": course_of})


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
    answer = page.ask(show_course, year=year)
    every = (_scheme, _cut_off, _own, _verified, _evidence, _run, _signed, _notice, _results, _turned)
    return [step for each in every if (step := each(page, answer)) is not None]


def next_of(steps: Sequence[Step]) -> Step | None:
    """The step that is to be worked on; ``None`` where nothing is left."""
    return next((step for step in steps if not step.done and not step.passed), None)


def _station(step: Step, following: Step | None) -> Station:
    return Station(step.title, step.said, "done" if step.done else "now" if step is following else "")


@router.get("/turns/{year}")
def show_turn(year: str, page: Annotated[Page, Depends(allow("read_assessment"))]) -> Response:
    """The page of a year's turning: how far the year is."""
    return RedirectResponse(page.link("/assessment", year=year), status_code=303)


@router.get("/assessment")
def show_assessment(page: Annotated[Page, Depends(allow("read_assessment"))]) -> Response:
    """The year's steps, each with its state and its pages."""
    year = year_of(page)
    steps = steps_of(page, year)
    shown = [(step, [(p, name) for p, name in step.paths if page.opens(p)]) for step in steps]
    following = next_of(steps)
    stations = [_station(step, following) for step in steps]
    return render(
        page, "year_work/assessment.html", year=year, steps=shown, following=following, stations=stations
    )


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _scheme(page: Page, of: CourseShown) -> Step:
    state = page.t("尚未发布")
    if of.scheme_on is not None:
        state = page.t("第 %(v)s 版，%(day)s 发布", v=of.scheme_version, day=of.scheme_on)
    paths = (f"/schemes/{of.year}", page.t("查看细则")), ("/schemes", page.t("历年细则与起草"))
    return Step(page.t("考核细则"), state, of.scheme_on is not None, paths, said=_day(of.scheme_on))


def _cut_off(page: Page, of: CourseShown) -> Step:
    state = page.t("尚未确定")
    if of.cut_off_on is not None:
        state = page.t("录入截止 %(day)s", day=of.cut_off_on)
    paths = ((f"/late?year={of.year}", page.t("截止与补录")),)
    done = of.cut_off_on is not None
    return _before_a_run(page, of, Step(page.t("录入截止"), state, done, paths, said=_day(of.cut_off_on)))


def _own(page: Page, of: CourseShown) -> Step | None:
    if of.lines is None:
        return None
    state = page.counted("已自评 %(done)s 项，共 %(n)s 项", of.lines.lines, done=of.lines.own)
    mine = tuple(
        (f"/self-scores/{row.pairing_id}?year={of.year}", row.name)
        for row in (own_pairings(page, of.year) if page.actor.branch else [])
    ) or ((f"/verification?year={of.year}", page.t("各单位自评")),)
    return _before_a_run(page, of, _share(page.t("单位自评"), state, of.lines.own, of.lines.lines, mine))


def _verified(page: Page, of: CourseShown) -> Step | None:
    if of.lines is None:
        return None
    state = page.counted("已审核 %(done)s 项，共 %(n)s 项", of.lines.lines, done=of.lines.verified)
    paths = (
        (f"/verification?year={of.year}", page.t("审核得分")),
        (f"/matrix?year={of.year}", page.t("得分矩阵")),
        (f"/indicators?year={of.year}", page.t("指标体检")),
    )
    step = _share(page.t("审核得分"), state, of.lines.verified, of.lines.lines, paths)
    return _before_a_run(page, of, step)


def _share(title: str, state: str, done: int, of: int, paths: tuple[tuple[str, str], ...]) -> Step:
    return Step(title, state, 0 < of <= done, paths, said=f"{done} / {of}")


def _before_a_run(page: Page, of: CourseShown, step: Step) -> Step:
    """What is open by the time of a run is not waited for any more, but is not done either."""
    if step.done or not of.frozen:
        return step
    return replace(step, passed=True, state=step.state + page.t("，已核定，不再等待"))


def _evidence(page: Page, of: CourseShown) -> Step | None:
    if not page.sees("read_evidence"):
        return None
    if of.evidence is None:
        return Step(page.t("佐证审核"), page.t("尚未发布"), False)
    items, left = of.evidence.items, of.evidence.waiting
    state = page.t("没有要求佐证的事项")
    if items:
        state = page.t("待审 %(n)s 项，共 %(all)s 项", n=left, all=items)
    paths = ((f"/evidence?year={of.year}", page.t("佐证审核")),)
    said = f"{items - left} / {items}" if items else ""
    return _before_a_run(page, of, Step(page.t("佐证审核"), state, not left, paths, said=said))


def _run(page: Page, of: CourseShown) -> Step | None:
    if not page.sees("read_runs"):
        return None
    state = page.t("尚未核定")
    if of.run is not None:
        state = page.t("%(run)s，%(day)s 核定", run=of.run.run_no, day=of.run.on)
    paths = ((f"/runs?year={of.year}", page.t("核定")),)
    said = "" if of.run is None else of.run.on.isoformat()
    return Step(page.t("核定"), state, of.run is not None, paths, said=said)


def _signed(page: Page, of: CourseShown) -> Step | None:
    # Before the public notice, a frozen run is the offices' matter.
    if not page.sees("read_runs"):
        return None
    state = page.t("已签署 %(n)s 个环节，共 %(all)s 个", n=of.signed, all=of.sign_steps)
    paths = [
        (f"/exclusions?year={of.year}", page.t("不参加等次")),
        (f"/grades/simulation?year={of.year}", page.t("名额试算")),
    ]
    if of.run is not None:
        paths.insert(0, (f"/runs/{of.run.run_id}/grades", page.t("等次与签署")))
    return _share(page.t("等次与签署"), state, of.signed, of.sign_steps, tuple(paths))


def _notice(page: Page, of: CourseShown) -> Step:
    found, run = of.notice, of.notice or of.run
    state = page.t("尚未公示")
    if found is not None:
        state = page.t("公示中，至 %(day)s", day=found.closes_on)
    if found is not None and found.closed_on is not None:
        state = page.t("%(day)s 公示结束", day=found.closed_on)
    done = found is not None and found.closed_on is not None
    paths = () if run is None else ((f"/notice/{run.run_id}", page.t("公示")),)
    said = "" if found is None else (found.closed_on or found.closes_on).isoformat()
    return Step(page.t("公示"), state, done, paths, said=said)


def _results(page: Page, of: CourseShown) -> Step:
    found = of.published
    state = page.t("尚未公布")
    if found is not None:
        state = page.t("%(day)s 公布 %(run)s", day=found.on, run=found.run_no)
    paths = [
        (f"/results?year={of.year}", page.t("结果运用")),
        (f"/reports/annual?year={of.year}", page.t("年度报告")),
        (f"/reports/casebook?year={of.year}", page.t("案例集（全文）")),
        ("/trend", page.t("历年走势")),
    ]
    if found is not None:
        paths.insert(0, (f"/runs/{found.run_id}/service", page.t("结果送达")))
    done = found is not None
    if of.service is not None:
        served, units = of.service.served, of.service.units
        state += page.counted("，已送达 %(done)s 个单位，共 %(n)s 个", units, done=served)
        done = served >= units
    said = "" if found is None else found.on.isoformat()
    return Step(page.t("公布与运用"), state, done, tuple(paths), said=said)


def _turned(page: Page, of: CourseShown) -> Step | None:
    # Clerks go on with what is theirs; that the year was turned changes nothing for them.
    if not page.sees("read_runs"):
        return None
    state = page.t("未结转，年度结果公布且下一年度细则发布后办理")
    if of.turned_on is not None:
        state = page.t("%(day)s 结转，未办结事项转入下一年度", day=of.turned_on)
    # Whether it is published, drafted or not begun is said there.
    paths = [("/schemes", page.t("下一年度细则")), ("/pairings", page.t("结对"))]
    if of.turned_on is None:
        paths.insert(0, (f"/turns/{of.year}/turn-year", page.t("办理结转")))
    return Step(page.t("年度结转"), state, of.turned_on is not None, tuple(paths), said=_day(of.turned_on))
