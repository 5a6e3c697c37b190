"""The annual report: every sentence is filled from the record, and every figure leads to the facts behind it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from application.questions.results.run_results import RunResults
from domain.assessment.scheme.points import by_thousands, figure, half_up, number, two_decimals
from interface.documents.common import (
    pinned,
    points,
    run_basis,
    run_figures,
    tell_grades,
    writing,
    written_day,
)
from interface.documents.model import PLACE, Cell, Document, Figure, Piece, Pieces, Writing
from interface.documents.reader import Reader
from interface.words import LABELS, label
from projections.boards.assessment.result_uses import result_uses
from projections.figures import year as year_figures
from projections.figures.year import LIGHTS, Basis, in_hundredths
from projections.kit.columns import known
from projections.scores.run_statistics import losses
from projections.scores.spread import Spread, spread

SPREAD = (
    "persons_visited",
    "forums",
    "field_studies",
    "themed_party_days",
    "trainings",
    "training_hours_hundredths",
    "volunteers",
    "themed_campaigns",
    "needs_raised",
)
"""Figures whose spread over the pairings is shown: a total hides those who have nothing."""


def worded(name: str, value: int | Fraction) -> str:
    """What a figure comes to, as it is written: money in yuan, hours of trainings in hours."""
    if not in_hundredths(name):
        return number(value)
    return by_thousands(figure(Fraction(value) / 100))


class Figures:
    """The year's figures as pieces of text, each with the page behind it."""

    def __init__(self, reader: Reader, basis: Basis, w: Writing) -> None:
        self._reader = reader
        self.basis = basis
        self._w = w
        self._counted = year_figures.values(reader.connection, basis)

    def title(self, name: str) -> str:
        """What the figure counts, in words."""
        return self._reader.t(label("figure", name))

    def value(self, name: str, **narrow: Any) -> int:
        if not narrow and name in self._counted:
            return self._counted[name]
        return year_figures.value(self._reader.connection, name, replace(self.basis, **narrow))

    def address(self, name: str, **query: Any) -> str:
        basis = self.basis
        return pinned(self._reader, "/facts", figure=name, year=basis.year, on=basis.on.isoformat(), **query)

    def of(self, name: str, **narrow: Any) -> Figure:
        """The figure."""
        value = self.value(name, **narrow)
        what = self.title(name)
        if "level" in narrow:
            what += f" · {self._reader.t(label('fact_level', narrow['level']))}"
        return Figure(worded(name, value), self.address(name, **narrow), what)

    def tell(self, text: str, /, **values: Piece | Pieces) -> None:
        """A paragraph in which the places that are not among ``values`` are filled with the figures they name."""
        named = [name for name in PLACE.findall(text) if name not in values]
        self._w.tell(text, **{name: self.of(name) for name in named}, **values)

    def quantities(self, name: str) -> Spread | None:
        """How the quantities of what is behind the figure lie."""
        listed = year_figures.items(self._reader.connection, name, self.basis)
        return spread([item.quantity for item in listed])

    def spread(self, name: str) -> Spread | None:
        amounts = year_figures.per_pairing(self._reader.connection, name, self.basis)
        return spread([each.amount for each in amounts])


def annual(reader: Reader, basis: Basis, found: RunResults | None) -> Document:
    """The report of a year as known at the page's position; its grades are those of ``found``, where there is a run."""
    w = writing(reader)
    narrowed = [("findings", replace(basis, level=level)) for level in LABELS["severity"]]
    if found is not None:
        narrowed.append(("known_since", replace(basis, since=found.run.at_position)))
    year_figures.ahead(reader.connection, basis, SPREAD, narrowed)
    figures = Figures(reader, basis, w)
    _mechanism(w, figures)
    _activities(w, figures)
    _livelihood(w, figures)
    _supervision(w, figures)
    _assessment(reader, w, found)
    _use(reader, w, basis)
    _late(w, figures, found)
    _grounds(reader, w, figures, found)
    draft = "" if found and found.published else reader.t("草稿")
    return Document(
        title=reader.t("%(year)s年度支部联建工作报告", year=basis.year),
        language=reader.language,
        blocks=tuple(w.blocks),
        office=reader.t("支部联建工作考核组"),
        dated=written_day(reader, basis.on),
        draft=draft,
        status="" if found and found.published else reader.t("依据尚未公布的结果编写，仅供内部核对"),
        referenced=True,
        basis=(
            (reader.t("报告所依据的记录号"), str(reader.at)),
            *(run_basis(reader, found) if found else ()),
        ),
    )


def _mechanism(w: Writing, figures: Figures) -> None:
    w.heading(w.t("一、深化联建机制，上下联动聚合力"))
    figures.tell(
        "按照“组织共建、队伍共管、活动联办、治理共抓”的原则，%(branches)s个州县机关企事业单位党支部与"
        "%(villages)s个行政村、%(communities)s个社区党组织开展结对联建，结成%(pairings)s对，"
        "选派联建村“兼职书记”%(part_time_secretaries)s人、“特邀委员”%(invited_members)s人。"
        "到村开展慰问关怀%(persons_visited)s人，召开调研座谈会%(forums)s场次，开展调研%(field_studies)s次，"
        "签订联建协议%(agreements)s份。",
    )
    figures.tell(
        "上述“兼职书记”“特邀委员”按有人任职的结对计；年内先后担任兼职书记的有%(part_time_secretary_persons)s人，"
        "担任特邀委员的有%(invited_member_persons)s人。",
    )
    w.paragraph(w.t("总数会掩盖空白，各项在结对之间的分布如下："))
    rows: list[list[Cell]] = []
    for name in SPREAD:
        found, title = figures.spread(name), figures.title(name)
        if found is None:
            continue
        here = figures.address(name, by="pairing")
        rows.append(
            [
                title,
                figures.of(name),
                *(
                    Figure(text, here, f"{title} · {what}")
                    for text, what in (
                        (str(found.none), w.t("空白结对")),
                        (worded(name, found.least), w.t("最少")),
                        (worded(name, found.median), w.t("中位数")),
                        (worded(name, found.greatest), w.t("最多")),
                    )
                ),
            ]
        )
    head = [w.t("数字"), w.t("合计"), w.t("空白结对"), w.t("最少"), w.t("中位数"), w.t("最多")]
    if rows:
        w.table(head, rows, {1, 2, 3, 4, 5})


def _activities(w: Writing, figures: Figures) -> None:
    w.heading(w.t("二、强化队伍建设，丰富联建形式"))
    figures.tell(
        "全年开展各类联建活动%(activities)s次，参加%(participants)s人次；其中主题党日%(themed_party_days)s次，"
        "集中培训和专题讲座%(trainings)s次、%(training_hours_hundredths)s学时，志愿服务%(volunteering)s次、%(volunteers)s人次，走访慰问%(condolence_visits)s次，"
        "特色主题活动%(themed_campaigns)s次。",
    )
    w.tell_counted(
        "刊发典型案例%(cases)s个，承办现场会%(meetings)s次，好的做法得到推广。",
        figures.value("cases"),
        cases=figures.of("cases"),
        meetings=figures.of("meetings"),
    )


def _livelihood(w: Writing, figures: Figures) -> None:
    w.heading(w.t("三、聚焦民生实事，提升服务效能"))
    figures.tell(
        "联建村（社区）提出需求%(needs_raised)s项，联建单位对接%(needs_matched)s项，办结%(needs_met)s项，"
        "经村级确认办结%(needs_confirmed)s项。",
    )
    rated = figures.value("needs_rated")
    if rated:
        mean = half_up(Fraction(figures.value("ratings"), rated))
        w.tell_counted(
            "有%(needs_rated)s项需求由村级评价满意度，平均%(mean)s分（满分五分）。",
            rated,
            needs_rated=figures.of("needs_rated"),
            mean=Figure(two_decimals(mean), figures.address("ratings"), w.t("满意度平均分")),
        )
    figures.tell(
        "计划年内完工的民生项目%(projects)s个，已完工%(projects_completed)s个，经村级验收%(projects_accepted)s个，"
        "受益%(beneficiaries)s人，预算%(budget_cents)s元。",
    )


def _supervision(w: Writing, figures: Figures) -> None:
    w.heading(w.t("四、健全监督机制，推动问题整改"))
    severities = {level: figures.of("findings", level=level) for level in LABELS["severity"]}
    figures.tell(
        "督查发现问题%(findings)s个，其中一般%(minor)s个、较重%(major)s个、严重%(critical)s个；已销号%(closed)s个，"
        "反弹%(relapsed)s个。下发督查单%(slips)s张，通报批评%(criticisms)s次。",
        closed=figures.of("findings_closed"),
        relapsed=figures.of("findings_relapsed"),
        **severities,
    )
    rows: list[list[Cell]] = [
        [w.t(label("light", light)), figures.of(f"findings_{light}")] for light in LIGHTS
    ]
    w.paragraph(w.t("截至报告日，问题的亮灯情况如下："))
    w.table([w.t("亮灯"), w.t("个数")], rows, {1})
    found = figures.quantities("days_to_close")
    if found:
        here = figures.address("days_to_close")
        w.tell(
            "从发现到销号，最快%(least)s天，最慢%(most)s天，中位数%(median)s天。",
            least=Figure(str(found.least), here, w.t("从发现到销号最少天数")),
            most=Figure(str(found.greatest), here, w.t("从发现到销号最多天数")),
            median=Figure(number(found.median), here, w.t("从发现到销号天数的中位数")),
        )


def _assessment(reader: Reader, w: Writing, found: RunResults | None) -> None:
    w.heading(w.t("五、严格考核管理"))
    if found is None:
        w.paragraph(w.t("本年度尚未核定得分，考核结果待核定后补充。"))
        return
    run_id = found.run.run_id
    here = pinned(reader, "/results", run=run_id)
    whole = len(found.graded)
    w.tell(
        "依据《%(scheme)s》第%(version)s版考核%(subjects)s对结对，结果固定于核定%(run)s。",
        scheme=Figure(w.said(found.scheme.title), here, w.t("考核细则")),
        subjects=Figure(str(whole), here, w.t("考核对象")),
        **{k: v for k, v in run_figures(reader, found).items() if k in ("version", "run")},
    )
    tell_grades(reader, w, found)
    heaviest = losses(found.scheme, [each.result for each in found.graded])[:1]
    for each in heaviest:
        title = w.said(each.indicator.title)
        lost = pinned(reader, "/results", run=run_id, indicator=each.indicator.code)
        w.tell_counted(
            "失分最多的指标是“%(title)s”（%(code)s），%(pairings)s对结对共失%(points)s分。",
            each.pairings,
            title=title,
            code=Figure(each.indicator.code, lost, w.t("指标代码")),
            pairings=Figure(str(each.pairings), lost, w.t("在“%(title)s”失分的结对", title=title)),
            points=points(each.hundredths, lost, w.t("“%(title)s”失分合计", title=title)),
        )


def _use(reader: Reader, w: Writing, basis: Basis) -> None:
    w.heading(w.t("六、结果运用"))
    rows = reader.connection.execute(
        select(result_uses.c.use, result_uses.c.status).where(
            result_uses.c.year == basis.year,
            known(result_uses, reader.at),
            result_uses.c.status != "withdrawn",
        )
    ).all()
    if not rows:
        w.paragraph(w.t("尚未确定表彰、批评等结果运用。"))
        return
    listed: list[list[Cell]] = []
    for use in LABELS["use"]:
        name = w.t(label("use", use))
        cells: list[Cell] = [name]
        ordered = [row for row in rows if row.use == use]
        done = [row for row in ordered if row.status == "completed"]
        for n, status, what in (
            (len(ordered), "kept", w.t("%(use)s：已确定", use=name)),
            (len(done), "completed", w.t("%(use)s：已完成", use=name)),
            (len(ordered) - len(done), "open", w.t("%(use)s：办理中", use=name)),
        ):
            here = pinned(reader, "/result-uses", year=basis.year, use=use, state=status)
            cells.append(Figure(str(n), here, what))
        listed.append(cells)
    w.table([w.t("类别"), w.t("已确定"), w.t("已完成"), w.t("办理中")], listed, {1, 2, 3})


def _late(w: Writing, figures: Figures, found: RunResults | None) -> None:
    w.heading(w.t("七、迟报和后来才知道的情况"))
    w.tell_counted(
        "填报截止日之后才填报的活动%(late_reports)s次，不计入得分，但计入上述数字。",
        figures.value("late_reports"),
        late_reports=figures.of("late_reports"),
    )
    if found is not None:
        since = found.run.at_position
        w.tell_counted(
            "核定之后才登记的本年度事实%(n)s条，不影响已核定的得分。",
            figures.value("known_since", since=since),
            n=figures.of("known_since", since=since),
        )


def _grounds(reader: Reader, w: Writing, figures: Figures, found: RunResults | None) -> None:
    w.heading(w.t("八、数字的依据"))
    here = pinned(reader, "/facts", year=figures.basis.year)
    at = Figure(str(reader.at), here, w.t("报告所依据的记录号"))
    w.tell(
        "本报告全部数字由系统从第%(at)s号记录时所知的事实计算，没有一个是填写的；每个数字都可点开查看。",
        at=at,
    )
    if found is not None:
        w.tell(
            "考核部分依据核定%(run)s（第%(position)s号记录，细则第%(version)s版），结果摘要%(digest)s。",
            **run_figures(reader, found),
        )
