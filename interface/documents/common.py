"""What the documents of a run have in common: how they name it, mark it as a draft, and lead to its pages."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from application.questions.results.run_results import RunResults
from domain.assessment.scheme.points import two_decimals
from interface.documents.model import Figure, Writing
from interface.web.kit.context import Page


def writing(page: Page) -> Writing:
    """An empty document in the reader's language."""
    return Writing(page.t, page.language)


def pinned(page: Page, path: str, **query: object) -> str:
    """``path`` as known at the page's position, also when that is the newest: what is printed does not move."""
    wanted = {**query, "at": query.get("at", page.at)}
    return f"{path}?{urlencode({k: v for k, v in wanted.items() if v not in (None, '')})}"


def points(hundredths: int | None, href: str = "", what: str = "") -> Figure:
    """Points with two decimals."""
    return Figure("—" if hundredths is None else two_decimals(hundredths), href, what)


def unit_name(page: Page, branch: str) -> str:
    return page.units.get(branch, branch)


def village_name(page: Page, village: str) -> str:
    return page.villages.get(village, village)


def written_day(page: Page, day: date | None) -> str:
    """A day as an official paper writes it. [GB/T 9704-2012 7.3.5.4: no leading zeros]"""
    if day is None:
        return ""
    return day.isoformat() if page.language == "en" else f"{day.year}年{day.month}月{day.day}日"


def run_frame(page: Page, found: RunResults) -> dict[str, Any]:
    """Number, status, date and draft mark of a document of a run."""
    run, later = found.run, found.replaced_by
    if later is not None:
        status = page.t(
            "已公布 %(day)s；自 %(since)s 起由核定 %(later)s 取代",
            day=run.published_on,
            since=later.published_on,
            later=later.run_no,
        )
    elif found.published:
        status = page.t("已公布 %(day)s", day=run.published_on)
    else:
        status = page.t("未公布：%(day)s 核定，仅供内部核对，不得对外使用", day=run.frozen_on)
    return {
        "number": page.t("核定 %(run)s", run=run.run_no),
        "status": status,
        "draft": "" if found.published else page.t("未公布"),
        "office": page.t("支部联建工作考核组"),
        "dated": written_day(page, run.published_on or run.frozen_on),
    }


def run_basis(page: Page, found: RunResults) -> tuple[tuple[str, str], ...]:
    """What a run rests on, as names and values."""
    run = found.run
    return (
        (page.t("核定"), run.run_no),
        (page.t("结果摘要"), run.results_digest),
        (page.t("记录号"), str(run.at_position)),
        (page.t("细则"), f"{page.t('细则第 %(v)s 版', v=run.scheme_version)} · {found.scheme.digest}"),
    )


def run_figures(page: Page, found: RunResults) -> dict[str, Figure]:
    """The run's identity as figures that lead to it."""
    run = found.run
    here = pinned(page, "/results", run=run.run_id)
    return {
        "run": Figure(run.run_no, here, page.t("核定编号")),
        "position": Figure(str(run.at_position), here, page.t("核定时的记录号")),
        "digest": Figure(run.results_digest, here, page.t("结果摘要")),
        "version": Figure(str(run.scheme_version), here, page.t("细则版本")),
    }
