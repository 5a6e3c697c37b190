"""The circular on a year's assessment (考核情况通报): basis, grades, whom it praises and criticises, what went wrong."""

from __future__ import annotations

from collections import Counter

from application.questions.results.run_results import Course, GradedResult, RunResults, standing_of
from domain.assessment.scheme.points import half_up
from domain.assessment.year.events import ResultUse
from domain.assessment.year.result_use import called_for
from interface.documents.common import (
    pinned,
    points,
    run_basis,
    run_figures,
    run_frame,
    tell_grades,
    unit_name,
    village_name,
    writing,
)
from interface.documents.model import Cell, Document, Figure, Writing
from interface.documents.reader import Reader
from interface.words import label
from projections.figures import year as year_figures
from projections.figures.year import Basis
from projections.scores.run_statistics import losses

COMMON = 5
"""So many of the heaviest losses are named as common problems."""


def circular(reader: Reader, found: RunResults, course: Course) -> Document:
    """The circular of a run. Places are named only where the public notice named a basis for showing them."""
    w, run = writing(reader), found.run
    year = str(run.year)
    w.tell(
        "现将%(year)s年度支部联建考核情况通报如下。",
        year=Figure(year, pinned(reader, "/results", year=year)),
    )
    _basis(reader, w, found)
    w.heading(w.t("二、考核结果"))
    tell_grades(reader, w, found)
    praised = _sorted(reader, [each for each in found.graded if _calls(found, each) == {"commendation"}])
    criticised = _sorted(reader, [each for each in found.graded if "criticism" in _calls(found, each)])
    _praise(reader, w, found, praised, course)
    _criticism(reader, w, found, criticised)
    _problems(reader, w, found)
    w.heading(w.t("六、工作要求"))
    w.paragraph(
        w.t(
            "受表扬的单位要再接再厉；受批评的单位要逐项对照失分原因整改，并按要求报告落实情况。"
            "各单位对本单位得分有异议的，依通知书所载途径提出。"
        )
    )
    return Document(
        title=w.t("关于%(year)s年度支部联建考核情况的通报", year=year),
        language=reader.language,
        blocks=tuple(w.blocks),
        addressee=w.t("各联建单位、各联建村（社区）："),
        referenced=True,
        basis=run_basis(reader, found),
        **run_frame(reader, found),
    )


def _calls(found: RunResults, each: GradedResult) -> set[str]:
    return {use.value for use in called_for(standing_of(found, each))}


def _sorted(reader: Reader, graded: list[GradedResult]) -> list[GradedResult]:
    """By the names of unit and village, which says nothing of places."""
    return sorted(
        graded,
        key=lambda each: (
            unit_name(reader, each.result.branch),
            village_name(reader, each.result.village),
        ),
    )


def _basis(reader: Reader, w: Writing, found: RunResults) -> None:
    here = pinned(reader, "/results", run=found.run.run_id)
    results = [each.result for each in found.graded]
    w.heading(w.t("一、考核依据和对象"))
    w.tell(
        "考核依据《%(scheme)s》第%(version)s版，考核对象为%(pairings)s对结对，涉及%(branches)s个联建单位、"
        "%(villages)s个村（社区）。结果固定于核定%(run)s，依据第%(position)s号记录时所知的情况。",
        scheme=w.said(found.scheme.title),
        pairings=Figure(str(len(results)), here, w.t("考核对象")),
        branches=Figure(str(len({r.branch for r in results})), here, w.t("有考核对象的联建单位")),
        villages=Figure(str(len({r.village for r in results})), here, w.t("有考核对象的村（社区）")),
        **{k: v for k, v in run_figures(reader, found).items() if k != "digest"},
    )


def _praise(
    reader: Reader, w: Writing, found: RunResults, praised: list[GradedResult], course: Course
) -> None:
    w.heading(w.t("三、予以表扬"))
    grade = w.said(found.scheme.bands[0].label)
    here = pinned(reader, "/results", run=found.run.run_id, grade=found.scheme.bands[0].id)
    if not praised:
        w.tell("本年度没有等次为%(grade)s的结对。", grade=grade)
        return
    n = Figure(str(len(praised)), here, w.t("予以表扬的结对"))
    if course.ranking_basis:
        w.tell_counted(
            "对等次为%(grade)s的%(n)s对结对的联建单位予以通报表扬（名次依%(basis)s公布）：",
            len(praised),
            grade=grade,
            n=n,
            basis=course.ranking_basis,
        )
        praised = sorted(praised, key=lambda each: each.result.grade.rank or len(found.graded))
        rows: list[list[Cell]] = [
            [
                Figure(str(each.result.grade.rank or "—"), _sheet(found, each), w.t("名次")),
                unit_name(reader, each.result.branch),
                village_name(reader, each.result.village),
            ]
            for each in praised
        ]
        w.table([w.t("名次"), w.t("联建单位"), w.t("联建村（社区）")], rows, {0})
        return
    w.tell_counted(
        "对等次为%(grade)s的%(n)s对结对的联建单位予以通报表扬（排名不分先后）：",
        len(praised),
        grade=grade,
        n=n,
    )
    w.table(
        [w.t("联建单位"), w.t("联建村（社区）")],
        [
            [unit_name(reader, each.result.branch), village_name(reader, each.result.village)]
            for each in praised
        ],
    )


def _sheet(found: RunResults, each: GradedResult) -> str:
    return f"/scores/{each.result.pairing}?at={found.run.at_position}&year={found.run.year}"


def _criticism(reader: Reader, w: Writing, found: RunResults, criticised: list[GradedResult]) -> None:
    w.heading(w.t("四、予以批评"))
    if not criticised:
        w.paragraph(w.t("本年度没有需要通报批评的结对。"))
        return
    here = pinned(reader, "/results", run=found.run.run_id, use=ResultUse.CRITICISM.value)
    w.tell_counted(
        "对等次为%(grade)s或被一票否决的%(n)s对结对的联建单位予以通报批评：",
        len(criticised),
        grade=w.said(found.scheme.bands[-1].label),
        n=Figure(str(len(criticised)), here, w.t("予以批评的结对")),
    )
    rows: list[list[Cell]] = [
        [
            unit_name(reader, each.result.branch),
            village_name(reader, each.result.village),
            w.said(each.label),
            _reason(w, each),
            points(each.result.sheet.total, _sheet(found, each), w.t("总分")),
        ]
        for each in criticised
    ]
    head = [w.t("联建单位"), w.t("联建村（社区）"), w.t("等次"), w.t("原因"), w.t("总分")]
    w.table(head, rows, {4})


def _reason(w: Writing, each: GradedResult) -> str:
    """Why a pairing is criticised: what gave it the grade that stands."""
    if each.adjusted:
        return w.t("经批准调整等次")
    return w.t("一票否决") if each.result.sheet.vetoed else w.t("得分偏低")


def _problems(reader: Reader, w: Writing, found: RunResults) -> None:
    w.heading(w.t("五、共性问题"))
    run = found.run
    heaviest = losses(found.scheme, [each.result for each in found.graded])[:COMMON]
    if heaviest:
        w.paragraph(w.t("失分最多的指标如下："))
    rows: list[list[Cell]] = []
    for each in heaviest:
        title = w.said(each.indicator.title)
        here = pinned(reader, "/results", run=run.run_id, indicator=each.indicator.code)
        mean = half_up(each.mean / 100)
        rows.append(
            [
                Figure(each.indicator.code, here, w.t("指标代码")),
                title,
                Figure(str(each.pairings), here, w.t("在“%(title)s”失分的结对", title=title)),
                points(each.hundredths, here, w.t("“%(title)s”失分合计", title=title)),
                points(mean, here, w.t("“%(title)s”失分结对的平均失分", title=title)),
            ]
        )
    if rows:
        head = [w.t("代码"), w.t("指标"), w.t("失分结对"), w.t("失分合计"), w.t("平均失分")]
        w.table(head, rows, {2, 3, 4})
    _findings(reader, w, found)


def _findings(reader: Reader, w: Writing, found: RunResults) -> None:
    """Findings of the year as known to the run; one that was withdrawn is none."""
    run = found.run
    basis = Basis(year=run.year, known_at=run.at_position, on=run.frozen_on, cut_off=found.scheme.cut_off)
    items = year_figures.items(reader.connection, "findings", basis)
    if not items:
        w.paragraph(w.t("本年度督查没有发现问题。"))
        return

    def here(**more: object) -> str:
        return pinned(reader, "/facts", figure="findings", year=run.year, at=run.at_position, **more)

    by_type = Counter(item.type for item in items)
    heavy = Counter(item.type for item in items if item.level in year_figures.HEAVY)
    w.tell_counted(
        "督查发现问题%(n)s个，按类型：",
        len(items),
        n=Figure(str(len(items)), here(), w.t("本年度发现的问题")),
    )
    listed: list[list[Cell]] = []
    for kind, n in sorted(by_type.items(), key=lambda each: (-each[1], each[0])):
        name = w.t(label("finding_type", kind))
        heavier = w.t("“%(type)s”类较重和严重问题", type=name)
        listed.append(
            [
                name,
                Figure(str(n), here(type=kind), w.t("“%(type)s”类问题", type=name)),
                Figure(str(heavy[kind]), here(type=kind, level="heavy"), heavier),
            ]
        )
    w.table([w.t("问题类型"), w.t("个数"), w.t("其中较重、严重")], listed, {1, 2})
