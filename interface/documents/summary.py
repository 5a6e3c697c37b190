"""The summary workbook of a run (考核结果汇总表): every score, every unit, every grade, every point lost or won."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from application.questions.results.run_results import RunResults, unit_results
from domain.assessment.scheme.points import half_up
from interface.documents.common import run_basis, unit_name, village_name
from interface.documents.reader import Reader
from interface.documents.workbook import Sheet, Value, points_of
from projections.figures.overview import pairing_rows
from projections.scores.run_statistics import lost, share


def summary_sheets(reader: Reader, found: RunResults, made_at: datetime, base_url: str) -> list[Sheet]:
    """The sheets, in the reader's language."""
    return [
        _about(reader, found, made_at, base_url),
        _scores(reader, found),
        _units(reader, found),
        _grades(reader, found),
        _details(reader, found),
    ]


def _said(reader: Reader, text: object) -> str:
    return str(getattr(text, "en" if reader.language == "en" else "zh"))


def _about(reader: Reader, found: RunResults, made_at: datetime, base_url: str) -> Sheet:
    t, run = reader.t, found.run
    state = t("已公布 %(day)s", day=run.published_on) if found.published else t("未公布，仅供内部核对")
    rows: list[list[Value]] = [
        [t("年度"), run.year],
        [t("状态"), state],
        [t("核定日期"), run.frozen_on],
        [t("考核对象"), run.subjects],
        [t("制作时间"), reader.local(made_at)],
        [t("页面"), f"{base_url.rstrip('/')}/results?run={run.run_id}&at={reader.at}"],
        [
            t("如何核对"),
            t(
                "在“核定”页对该次核定重新计算，摘要应与此处相同；每一分可在“得分”页逐项展开。"
                "本表所有数字均为数值，没有公式。"
            ),
        ],
    ]
    rows[2:2] = [[name, value] for name, value in run_basis(reader, found)]
    return Sheet(t("说明"), (t("项目"), t("内容")), rows)


def _scores(reader: Reader, found: RunResults) -> Sheet:
    t, scheme = reader.t, found.scheme
    townships = {
        row.pairing_id: row.township
        for row in pairing_rows(
            reader.connection,
            found.run.year,
            found.run.at_position,
            reader.names,
            found.run.published_on or found.run.frozen_on,
        )
    }
    hidden = {each.indicators[0].code for each in scheme.groups if each.single}
    shown = [each for each in scheme.indicators if each.code not in hidden]
    head = (
        t("乡镇"),
        t("联建村（社区）"),
        t("联建单位"),
        t("结对天数"),
        *(f"{each.code} {_said(reader, each.title)}" for each in shown),
        *(f"{each.code} {_said(reader, each.title)}" for each in scheme.groups),
        t("总分"),
        t("计算等次"),
        t("最终等次"),
        t("一票否决"),
        t("等次依据"),
    )
    rows: list[list[Value]] = []
    for graded in found.graded:
        result = graded.result
        # A sheet has the groups of its unit's class only.
        lines = {line.indicator.code: line.final for line in result.sheet.lines}
        groups = {group.group.code: group.hundredths for group in result.sheet.groups}
        rows.append(
            [
                townships.get(result.pairing, ""),
                village_name(reader, result.village),
                unit_name(reader, result.branch),
                result.days_paired,
                *(points_of(lines.get(each.code)) for each in shown),
                *(points_of(groups.get(each.code)) for each in scheme.groups),
                points_of(result.sheet.total),
                _said(reader, result.grade.label),
                _said(reader, graded.label),
                t("是") if result.sheet.vetoed else t("否"),
                _said(reader, graded.because) if graded.adjusted else "",
            ]
        )
    rows.sort(key=lambda row: (str(row[0]), str(row[1]), str(row[2])))
    return Sheet(t("得分汇总"), head, rows)


def _units(reader: Reader, found: RunResults) -> Sheet:
    t = reader.t
    rows: list[list[Value]] = [
        [
            unit_name(reader, unit.branch),
            len(unit.graded),
            (", " if reader.language == "en" else "、").join(
                village_name(reader, each.result.village) for each in unit.graded
            ),
            sum(each.result.days_paired for each in unit.graded),
            points_of(unit.hundredths),
        ]
        for unit in unit_results(found)
    ]
    rows.sort(key=lambda row: str(row[0]))
    head = (t("联建单位"), t("结对数"), t("联建村（社区）"), t("结对天数合计"), t("单位得分（按天数加权）"))
    return Sheet(t("单位汇总"), head, rows)


def _grades(reader: Reader, found: RunResults) -> Sheet:
    t, whole = reader.t, len(found.graded)
    computed = Counter(found.name_of(each.result.grade.grade) for each in found.graded)
    final = Counter(found.name_of(each.grade) for each in found.graded)
    rows: list[list[Value]] = [
        [
            _said(reader, label),
            computed[grade],
            final[grade],
            points_of(share(final[grade], whole)),
        ]
        for grade, label in found.grades
    ]
    rows.append([t("合计"), whole, whole, points_of(share(whole, whole))])
    head = (t("等次"), t("计算（对）"), t("最终（对）"), t("最终占比（%）"))
    return Sheet(t("等次统计"), head, rows)


def _details(reader: Reader, found: RunResults) -> Sheet:
    """Every line in which points were lost or won beyond the base, with the sentence that says why."""
    t = reader.t
    rows: list[list[Value]] = []
    for each in found.graded:
        for line in each.result.sheet.lines:
            less = lost(line, each.result.sheet)
            more = (line.final or 0) if line.indicator.group in each.result.sheet.bonus_groups else 0
            if not less and not more:
                continue
            rows.append(
                [
                    village_name(reader, each.result.village),
                    unit_name(reader, each.result.branch),
                    line.indicator.code,
                    _said(reader, line.indicator.title),
                    points_of(None if line.most is None else half_up(line.most)),
                    points_of(line.final),
                    points_of(-less if less else more),
                    _said(reader, line.because),
                ]
            )
    rows.sort(key=lambda row: (str(row[0]), str(row[1]), str(row[2])))
    head = (
        t("联建村（社区）"),
        t("联建单位"),
        t("代码"),
        t("指标"),
        t("满分"),
        t("得分"),
        t("加减分"),
        t("如何得出"),
    )
    return Sheet(t("扣分加分明细"), head, rows)
