"""Lists as files, with the columns an office reads; what somebody may see of a list is what goes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from application.input.reading import Malformed as Unreadable
from application.question import ALL, Question, typed
from application.questions.answers.findings import list_findings
from application.questions.answers.pairing.agreements import list_agreements
from application.questions.answers.pairing.plans import list_plans
from application.questions.answers.pairing.proposals import list_proposals
from application.questions.answers.pairing.resources import list_resources
from application.questions.answers.pairing.statements import list_cases, list_circulars, list_slips
from application.questions.answers.pairing.works import list_activities, list_needs, list_projects
from application.questions.answers.policies import list_policies
from application.questions.answers.registry.units_and_villages import list_units, list_villages
from application.questions.answers.scoring.scores import list_pairings
from application.questions.answers.year_end.appeals import list_appeals
from domain.kernel.errors import Unknown
from interface.web.documents.documents import download
from interface.web.kit.exporting import XLSX, as_csv, as_xlsx
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.values import Malformed
from interface.words import label
from interface.words.phrase import Phrase

router = APIRouter()


@dataclass(frozen=True)
class Export:
    """A list that goes out. ``columns``: field of its rows to heading."""

    name: str
    title: Phrase
    question: Question[..., Any]
    columns: dict[str, Phrase]
    words: dict[str, str] = field(default_factory=dict)
    """Field of its rows to the group in which its values have words."""

    @property
    def of_year(self) -> bool:
        """Whether it is a list of a year."""
        return any(each.name == "year" for each in self.question.fields)


_UNIT, _VILLAGE = Phrase("联建单位", "Unit"), Phrase("联建村（社区）", "Village")
_NUMBER, _STATUS, _KIND = Phrase("编号", "Number"), Phrase("状态", "Status"), Phrase("类别", "Kind")
_NAMED = {"name": Phrase("名称", "Name"), "ended_on": Phrase("撤销日期", "Retired on")}
_PAIR = {"branch": _UNIT, "village": _VILLAGE}
_PAIRED = {"unit_name": _UNIT, "village_name": _VILLAGE, "township": Phrase("所属乡镇", "Township")}
EXPORTS = {
    each.name: each
    for each in (
        Export(
            "findings",
            Phrase("问题整改", "Findings"),
            list_findings,
            {
                "number": _NUMBER,
                "village_name": _VILLAGE,
                "township": Phrase("所属乡镇", "Township"),
                "unit_name": _UNIT,
                "found_on": Phrase("检查日期", "Found on"),
                "finding_type": Phrase("问题类型", "Type"),
                "severity": Phrase("问题等级", "Severity"),
                "description": Phrase("问题描述", "Description"),
                "measures": Phrase("整改要求", "Measures"),
                "due_on": Phrase("整改期限", "Due on"),
                "status": _STATUS,
                "light": Phrase("亮灯", "Light"),
            },
            {"status": "status", "light": "light"},
        ),
        Export(
            "pairings",
            Phrase("结对", "Pairings"),
            list_pairings,
            {
                "unit_name": _UNIT,
                "level": Phrase("单位层级", "Level"),
                "unit_class": Phrase("单位类别", "Class"),
                "village_name": _VILLAGE,
                "township": Phrase("所属乡镇", "Township"),
                "started_on": Phrase("结对日期", "Paired on"),
                "ended_on": Phrase("终止日期", "Ended on"),
                "agreement_no": Phrase("协议编号", "Agreement"),
                "signed_on": Phrase("协议签订日期", "Signed on"),
                "activities": Phrase("活动数", "Activities"),
            },
        ),
        Export(
            "activities",
            Phrase("活动", "Activities"),
            list_activities,
            {
                "held_on": Phrase("日期", "Held on"),
                **_PAIR,
                "kind": Phrase("活动类型", "Kind of activity"),
                "topic": Phrase("活动主题", "Topic"),
                "participants": Phrase("参加人数", "Participants"),
                "persons_visited": Phrase("慰问人数", "Persons visited"),
                "hours_hundredths": Phrase("学时", "Hours"),
                "teacher_office": Phrase("授课人单位", "Teacher's unit"),
                "reported_on": Phrase("填报日期", "Reported on"),
            },
        ),
        Export(
            "needs",
            Phrase("需求", "Needs"),
            list_needs,
            {
                "number": _NUMBER,
                "village": _VILLAGE,
                "category": _KIND,
                "content": Phrase("需求内容", "Need"),
                "raised_on": Phrase("提出日期", "Raised on"),
                "branch": Phrase("对接单位", "Matched with"),
                "matched_on": Phrase("对接日期", "Matched on"),
                "met_on": Phrase("办结日期", "Met on"),
                "confirmed_on": Phrase("村级确认日期", "Confirmed on"),
                "rating": Phrase("满意度", "Rating"),
            },
        ),
        Export(
            "resources",
            Phrase("资源", "Resources"),
            list_resources,
            {
                "unit_name": _UNIT,
                "category": _KIND,
                "content": Phrase("资源内容", "Resource"),
                "offered_on": Phrase("登记日期", "Offered on"),
                "withdrawn_on": Phrase("撤回日期", "Withdrawn on"),
            },
        ),
        Export(
            "projects",
            Phrase("民生项目", "Livelihood projects"),
            list_projects,
            {
                "number": _NUMBER,
                "name": Phrase("项目名称", "Project"),
                "category": _KIND,
                **_PAIR,
                "budget_cents": Phrase("投资金额（元）", "Investment (yuan)"),
                "started_on": Phrase("开工日期", "Begun on"),
                "planned_end_on": Phrase("计划完工日期", "Planned end"),
                "completed_on": Phrase("实际完工日期", "Completed on"),
                "beneficiaries": Phrase("受益人数", "Beneficiaries"),
                "accepted_on": Phrase("村级验收日期", "Accepted on"),
            },
        ),
        Export(
            "agreements",
            Phrase("联建协议", "Agreements"),
            list_agreements,
            {
                "agreement_no": Phrase("协议编号", "Agreement"),
                **_PAIRED,
                "state": _STATUS,
                "signed_on": Phrase("协议签订日期", "Signed on"),
                "ends_on": Phrase("到期日", "Ends on"),
                "ended_on": Phrase("提前终止日期", "Ended early on"),
                "others": Phrase("其他各方", "Other parties"),
                "duties": Phrase("约定的职责", "Duties"),
            },
            {"state": "agreement_state"},
        ),
        Export(
            "plans",
            Phrase("工作方案", "Work plans"),
            list_plans,
            {
                **_PAIRED,
                "state": _STATUS,
                "tasks": Phrase("任务", "Tasks"),
                "done": Phrase("已完成", "Done"),
                "overdue": Phrase("已逾期", "Overdue"),
                "next_due_on": Phrase("下一期限", "Next due on"),
                "members": Phrase("专班人数", "Task force"),
            },
            {"state": "plan_state"},
        ),
        Export(
            "proposals",
            Phrase("结对建议", "Proposed pairings"),
            list_proposals,
            {
                "proposed_on": Phrase("提出日期", "Proposed on"),
                **_PAIRED,
                "starts_on": Phrase("建议开始日期", "To begin on"),
                "because": Phrase("理由", "Reason"),
                "answer": _STATUS,
                "answered_on": Phrase("答复日期", "Answered on"),
            },
            {"answer": "answer"},
        ),
        Export(
            "slips",
            Phrase("督查单", "Slips"),
            list_slips,
            {"issued_on": Phrase("下发日期", "Issued on"), **_PAIR, "colour": Phrase("颜色", "Colour")},
        ),
        Export(
            "circulars",
            Phrase("通报", "Circulars"),
            list_circulars,
            {
                "issued_on": Phrase("印发日期", "Issued on"),
                **_PAIR,
                "kind": _KIND,
                "document_no": Phrase("文号", "Document number"),
            },
        ),
        Export(
            "cases",
            Phrase("典型案例与现场会", "Model cases and meetings"),
            list_cases,
            {
                "occurred_on": Phrase("日期", "Day"),
                **_PAIR,
                "kind": _KIND,
                "name": Phrase("案例名称", "Case"),
                "level": Phrase("级别", "Level"),
            },
            {"kind": "recognised"},
        ),
        Export(
            "appeals",
            Phrase("申诉", "Appeals"),
            list_appeals,
            {
                "number": _NUMBER,
                "filed_on": Phrase("提出日期", "Filed on"),
                "unit_name": _UNIT,
                "village_name": _VILLAGE,
                "side": Phrase("申诉方", "Filed for"),
                "indicator": Phrase("指标", "Indicator"),
                "finding_number": Phrase("问题编号", "Finding"),
                "status": _STATUS,
                "due_on": Phrase("办理期限", "Due on"),
                "outcome": Phrase("决定", "Decision"),
            },
            {"status": "appeal_status"},
        ),
        Export(
            "policies",
            Phrase("制度文件", "Policies"),
            list_policies,
            {
                "state": _STATUS,
                "title": Phrase("名称", "Title"),
                "document_no": Phrase("文号", "Document number"),
                "policy_kind": _KIND,
                "issuing_body": Phrase("印发机关", "Issued by"),
                "issued_on": Phrase("印发日期", "Issued on"),
                "valid_from": Phrase("施行日期", "In force from"),
                "last_day": Phrase("有效至", "Until"),
                "version": Phrase("现为第几版", "Version"),
                "versions": Phrase("共几版", "Versions"),
            },
            {"state": "policy_state", "policy_kind": "policy_kind"},
        ),
        Export(
            "units",
            Phrase("联建单位", "Units"),
            list_units,
            {**_NAMED, "parent_name": Phrase("上级单位", "Parent")},
        ),
        Export(
            "villages",
            Phrase("联建对象", "Targets"),
            list_villages,
            {**_NAMED, "township": Phrase("所属乡镇", "Township")},
        ),
    )
}


@router.get("/data/exports/{name}")
def export(name: str, page: Annotated[Page, Depends(allow("read_data"))]) -> Response:
    """A list as XLSX or CSV: of the year and with the filters that the address states, whole."""
    wanted, form = EXPORTS.get(name), page.asked("format") or "xlsx"
    if wanted is None:
        raise Unknown("export", name)
    if form not in ("xlsx", "csv"):
        raise Malformed("format", "“%(value)s”不在可选范围内", value=form)
    query = page.request.query_params
    written = {name: query.getlist(name) for name in query}
    if wanted.of_year and "year" not in query:
        written["year"] = [str(year_of(page))]
    try:
        stated = typed(wanted.question, written, page.today)
    except Unreadable as error:
        wrong, fault = next(iter(error.faults.items()))
        raise Malformed(wrong, Phrase(fault.zh, fault.en)) from None
    del stated["known_at"]
    answer = page.ask(wanted.question, **{**stated, "after": None, "limit": ALL})
    rows = _rows(page, wanted, answer.rows)
    title = wanted.title.said(page.language)
    made, media = (as_csv(rows), "text/csv; charset=utf-8") if form == "csv" else (as_xlsx(rows, title), XLSX)
    return download(made, f"{title}-{page.at}.{form}", media)


def _rows(page: Page, wanted: Export, rows: tuple[Any, ...]) -> Iterator[list[Any]]:
    yield [heading.said(page.language) for heading in wanted.columns.values()]
    for row in rows:
        yield [_cell(page, wanted, name, getattr(row, name)) for name in wanted.columns]


def _cell(page: Page, wanted: Export, name: str, value: Any) -> Any:
    if name in ("budget_cents", "hours_hundredths"):
        return None if value is None else value / 100
    if value is None or isinstance(value, int | date):
        return value
    if isinstance(value, Enum):
        value = value.value
    if name in wanted.words:
        return page.t(label(wanted.words[name], value))
    return page.field_value(name, value) if value else ""
