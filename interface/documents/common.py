"""What the documents of a run have in common: how they name it, mark it as a draft, lead to its pages, tell its grades."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from urllib.parse import urlencode

from application.questions.results.run_results import RunResults
from domain.assessment.scheme.points import half_up, two_decimals
from interface.documents.model import Cell, Figure, Writing
from interface.documents.reader import Reader
from projections.scores.run_statistics import share
from projections.scores.spread import spread


def writing(reader: Reader) -> Writing:
    """An empty document in the reader's language."""
    return Writing(reader.t, reader.language)


def pinned(reader: Reader, path: str, **query: object) -> str:
    """``path`` as known at the page's position, also when that is the newest: what is printed does not move."""
    wanted = {**query, "at": query.get("at", reader.at)}
    return f"{path}?{urlencode({k: v for k, v in wanted.items() if v not in (None, '')})}"


def points(hundredths: int | None, href: str = "", what: str = "") -> Figure:
    """Points with two decimals."""
    return Figure("—" if hundredths is None else two_decimals(hundredths), href, what)


def unit_name(reader: Reader, branch: str) -> str:
    return reader.units.get(branch, branch)


def village_name(reader: Reader, village: str) -> str:
    return reader.villages.get(village, village)


def written_day(reader: Reader, day: date | None) -> str:
    """A day as an official paper writes it. [GB/T 9704-2012 7.3.5.4: no leading zeros]"""
    if day is None:
        return ""
    return day.isoformat() if reader.language == "en" else f"{day.year}年{day.month}月{day.day}日"


def run_frame(reader: Reader, found: RunResults) -> dict[str, Any]:
    """Number, status, date and draft mark of a document of a run."""
    run, later = found.run, found.replaced_by
    if later is not None:
        status = reader.t(
            "已公布 %(day)s；自 %(since)s 起由核定 %(later)s 取代",
            day=run.published_on,
            since=later.published_on,
            later=later.run_no,
        )
    elif found.published:
        status = reader.t("已公布 %(day)s", day=run.published_on)
    else:
        status = reader.t("未公布：%(day)s 核定，仅供内部核对，不得对外使用", day=run.frozen_on)
    return {
        "number": reader.t("核定 %(run)s", run=run.run_no),
        "status": status,
        "draft": "" if found.published else reader.t("未公布"),
        "office": reader.t("支部联建工作考核组"),
        "dated": written_day(reader, run.published_on or run.frozen_on),
    }


def run_basis(reader: Reader, found: RunResults) -> tuple[tuple[str, str], ...]:
    """What a run rests on, as names and values."""
    run = found.run
    return (
        (reader.t("核定"), run.run_no),
        (reader.t("结果摘要"), run.results_digest),
        (reader.t("记录号"), str(run.at_position)),
        (reader.t("细则"), f"{reader.t('细则第 %(v)s 版', v=run.scheme_version)} · {found.scheme.digest}"),
    )


def run_figures(reader: Reader, found: RunResults) -> dict[str, Figure]:
    """The run's identity as figures that lead to it."""
    run = found.run
    here = pinned(reader, "/results", run=run.run_id)
    return {
        "run": Figure(run.run_no, here, reader.t("核定编号")),
        "position": Figure(str(run.at_position), here, reader.t("核定时的记录号")),
        "digest": Figure(run.results_digest, here, reader.t("结果摘要")),
        "version": Figure(str(run.scheme_version), here, reader.t("细则版本")),
    }


def tell_grades(reader: Reader, w: Writing, found: RunResults) -> None:
    """How many pairings have which grade in a run, and how the totals lie."""
    run_id, whole = found.run.run_id, len(found.graded)
    counted = Counter(found.name_of(each.grade) for each in found.graded)
    rows: list[list[Cell]] = []
    for grade, label_of in found.grades:
        here, n = pinned(reader, "/results", run=run_id, grade=grade), counted[grade]
        name = w.said(label_of)
        what = w.t("等次为%(grade)s的结对", grade=name)
        percent = Figure(
            f"{two_decimals(share(n, whole))}%", here, w.t("等次为%(grade)s的结对占考核对象之比", grade=name)
        )
        rows.append([name, Figure(str(n), here, what), percent])
    w.table([w.t("等次"), w.t("结对数"), w.t("占比")], rows, {1, 2})
    totals = spread([each.result.sheet.total for each in found.graded])
    if totals:
        here = pinned(reader, "/results", run=run_id)
        w.tell(
            "总分最高%(most)s分，最低%(least)s分，中位数%(median)s分，平均%(mean)s分。",
            most=points(totals.greatest, here, w.t("总分最高")),
            least=points(totals.least, here, w.t("总分最低")),
            median=points(half_up(totals.median / 100), here, w.t("总分中位数")),
            mean=points(half_up(totals.mean / 100), here, w.t("总分平均数")),
        )
