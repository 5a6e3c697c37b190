"""The notice of its results to one unit: all its pairings, every point with its reasons at hand, and how to object."""

from __future__ import annotations

from datetime import timedelta

from application.questions.results.run_results import Course, GradedResult, RunResults, UnitResult
from domain.appeal.appeal import DECISION_DAYS, FILING_DAYS
from domain.assessment.scheme.points import figure
from interface.documents.common import (
    pinned,
    points,
    run_figures,
    run_frame,
    unit_name,
    village_name,
    writing,
    written_day,
)
from interface.documents.model import Cell, Document, Figure, Pieces, Writing
from interface.documents.reader import Reader


def notice(reader: Reader, found: RunResults, unit: UnitResult, course: Course) -> Document:
    """The notice of a unit. Places are named only where the public notice named a basis for showing them."""
    w, run = writing(reader), found.run
    name, year = unit_name(reader, unit.branch), str(run.year)
    w.tell(
        "依据《%(scheme)s》（第%(version)s版），现将你单位%(year)s年度支部联建考核结果通知如下。",
        scheme=w.said(found.scheme.title),
        version=str(run.scheme_version),
        year=year,
    )
    w.heading(w.t("一、单位得分"))
    score = points(unit.hundredths, pinned(reader, "/results", run=run.run_id), w.t("单位得分"))
    if len(unit.graded) == 1:
        w.tell("你单位结对一个村（社区），单位得分%(score)s分。", score=score)
    else:
        w.tell(
            "你单位结对%(n)s个村（社区），以各结对得分按当年结对天数加权平均，单位得分%(score)s分。",
            n=Figure(str(len(unit.graded))),
            score=score,
        )
    w.heading(w.t("二、各结对得分和等次"))
    _groups(reader, w, found, unit)
    for each in unit.graded:
        w.paragraph(_grade(reader, w, each, course))
    w.heading(w.t("三、逐项得分"))
    w.paragraph(
        w.t("每项得分的依据（计分规则、计入和未计入的事实、原始记录）均可在系统“得分”页逐项展开查看。")
    )
    for each in unit.graded:
        _lines(reader, w, found, each)
    w.heading(w.t("四、异议和申诉"))
    _remedies(reader, w, unit, course)
    w.heading(w.t("五、核验"))
    w.tell(
        "本结果固定于核定%(run)s，依据第%(position)s号记录时所知的情况，结果摘要%(digest)s；任何一处改动都会使摘要不同。",
        **run_figures(reader, found),
    )
    return Document(
        title=w.t("%(year)s年度支部联建考核结果通知书", year=year),
        language=reader.language,
        blocks=tuple(w.blocks),
        addressee=w.t("%(unit)s：", unit=name),
        **run_frame(reader, found),
    )


def _sheet(each: GradedResult, found: RunResults, indicator: str = "") -> str:
    """The page where the pairing's points are explained."""
    address = f"/scores/{each.result.pairing}?at={found.run.at_position}&year={found.run.year}"
    return f"{address}#{indicator}" if indicator else address


def _groups(reader: Reader, w: Writing, found: RunResults, unit: UnitResult) -> None:
    groups = [each.group for each in unit.graded[0].result.sheet.groups]
    head = [w.t("联建村（社区）"), w.t("结对天数"), *(g.code for g in groups), w.t("总分"), w.t("等次")]
    rows: list[list[Cell]] = []
    for each in unit.graded:
        result, address = each.result, _sheet(each, found)
        rows.append(
            [
                village_name(reader, result.village),
                Figure(str(result.days_paired), address),
                *(points(result.sheet.group(g.code).hundredths, address) for g in groups),
                points(result.sheet.total, address),
                w.said(each.label),
            ]
        )
    w.table(head, rows, set(range(1, len(head) - 1)))
    names = w.separator.join(f"{g.code} {w.said(g.title)}" for g in groups)
    w.paragraph(w.say("表中%(names)s。", names=names), indent=False)


def _grade(reader: Reader, w: Writing, each: GradedResult, course: Course) -> Pieces:
    village, result = village_name(reader, each.result.village), each.result
    if each.adjusted:
        return w.say(
            "与%(village)s的结对：计算等次为%(computed)s，经批准调整为%(grade)s。理由：%(because)s。依据：%(basis)s。",
            village=village,
            computed=w.said(result.grade.label),
            grade=w.said(each.label),
            because=each.reason,
            basis=each.basis,
        )
    if result.sheet.vetoed:
        return w.say(
            "与%(village)s的结对：等次为%(grade)s。%(because)s。",
            village=village,
            grade=w.said(each.label),
            because=w.said(each.because),
        )
    if course.ranking_basis and result.grade.rank:
        return w.say(
            "与%(village)s的结对：等次为%(grade)s，第%(rank)s名（公布名次的依据：%(basis)s）。",
            village=village,
            grade=w.said(each.label),
            rank=Figure(str(result.grade.rank)),
            basis=course.ranking_basis,
        )
    return w.say("与%(village)s的结对：等次为%(grade)s。", village=village, grade=w.said(each.label))


def _lines(reader: Reader, w: Writing, found: RunResults, each: GradedResult) -> None:
    w.heading(village_name(reader, each.result.village), 2)
    rows: list[list[Cell]] = []
    for line in each.result.sheet.lines:
        code = line.indicator.code
        rows.append(
            [
                code,
                w.said(line.indicator.title),
                figure(line.most) if line.most is not None else "—",
                points(line.final, _sheet(each, found, code)) if line.final is not None else w.t("不适用"),
                w.said(line.because),
            ]
        )
    w.table([w.t("代码"), w.t("指标"), w.t("满分"), w.t("得分"), w.t("如何得出")], rows, {2, 3})


def _remedies(reader: Reader, w: Writing, unit: UnitResult, course: Course) -> None:
    if course.notice_from and course.notice_to:
        w.tell(
            "公示期自%(first)s至%(last)s，期内可提出异议（受理：%(contact)s）。",
            first=written_day(reader, course.notice_from),
            last=written_day(reader, course.notice_to),
            contact=course.contact or "—",
        )
    served = course.served.get(unit.branch)
    filing, deciding = Figure(str(FILING_DAYS)), Figure(str(DECISION_DAYS))
    how = w.t("申诉在系统中对应得分项下点“对该项得分提出申诉”，写明理由并附佐证；申诉不加重处理。")
    if served:
        w.tell(
            "本通知于%(served)s送达。对任何一项得分不服的，可自送达之日起%(filing)s日内，即%(last)s前（含）提出申诉，"
            "受理后%(deciding)s日内作出决定。%(how)s",
            served=written_day(reader, served),
            last=written_day(reader, served + timedelta(days=FILING_DAYS)),
            filing=filing,
            deciding=deciding,
            how=how,
        )
    else:
        w.tell(
            "对任何一项得分不服的，可自本通知送达之日起%(filing)s日内提出申诉，受理后%(deciding)s日内作出决定。%(how)s",
            filing=filing,
            deciding=deciding,
            how=how,
        )
