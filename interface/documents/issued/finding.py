"""What the documents of a finding say, each of one step as it was taken, by the names of its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from application.documents.papers import PaperAsked
from application.eventlog.log import Log
from domain.document.events import Paper
from domain.document.issuing import IssuedDocuments
from domain.kernel.document_no import normal_form
from domain.kernel.state import fold
from domain.supervision import events
from domain.supervision.finding import Finding
from domain.supervision.finding_history import Status
from interface.documents.common import unit_name, village_name, written_day
from interface.documents.model import Block, Document, Heading, Paragraph, Table, as_pieces
from interface.documents.reader import Reader
from interface.words import label
from projections.boards.findings import findings

SIGNED = "（签字）　　　　　　　　年　　月　　日"
"""A place to sign by hand."""


def finding_document(reader: Reader, log: Log, asked: PaperAsked) -> Document:
    """The document of the step."""
    finding = log.state(f"finding-{asked.thing}", Finding())
    step = finding.history[asked.subject.place - 1]
    before = fold(Finding(), finding.history[: asked.subject.place])
    # Of the unit that answered for it then.
    assert before.raised is not None
    told = _Told(reader, log, asked, before.raised, step, before, finding)
    return _TOLD[asked.paper](told)


@dataclass(frozen=True)
class _Told:
    """``step``: what is told; ``then``: the finding when it had just been taken, ``now``: as it is."""

    reader: Reader
    log: Log
    asked: PaperAsked
    raised: events.FindingRaised
    step: Any
    then: Finding
    now: Finding

    def __post_init__(self) -> None:
        day: date | None = self.step.occurred_on
        self.reader.call_as_on(day or self.asked.issued_on)

    @property
    def unit(self) -> str:
        return unit_name(self.reader, self.raised.branch)

    @property
    def village(self) -> str:
        return village_name(self.reader, self.raised.village)

    def day(self, day: date | None) -> str:
        return written_day(self.reader, day) or "—"

    def word(self, group: str, value: str) -> str:
        return label(group, value).zh

    @property
    def order_no(self) -> str:
        """The number of the order of the step's round: as it was ordered, else of the document issued of it."""
        orders = [
            (place, event)
            for place, event in enumerate(self.now.history[: self.asked.subject.place], 1)
            if isinstance(event, events.RectificationOrdered)
        ]
        if not orders:
            return "—"
        place, order = orders[-1]
        issued = self.log.state(f"documents-of-{self.asked.thing}", IssuedDocuments()).issued
        borne = [each.number for each in issued if each.paper is Paper.ORDER and each.place == place]
        return borne[-1] if borne else order.document_no or "—"

    def document(self, title: str, *blocks: Block, addressed: bool = True) -> Document:
        return Document(title, "zh", blocks, addressee=f"{self.unit}：" if addressed else "")


def _heading(text: str) -> Heading:
    return Heading((text,))


def _paragraph(text: str) -> Paragraph:
    """A sentence that somebody typed without its full stop gets one."""
    return Paragraph((text if text.endswith(ENDS) else f"{text}。",))


ENDS = tuple("。！？；：…）”.!?;:)")


def _slip(*rows: tuple[str, str]) -> Table:
    return Table((), tuple((as_pieces(name), as_pieces(value or "—")) for name, value in rows))


@dataclass(frozen=True)
class _Ordered:
    """A finding that an order covers, with what it demands."""

    raised: events.FindingRaised
    order: events.RectificationOrdered


def _covered(told: _Told) -> list[_Ordered]:
    """What the order covers: findings of the unit that were ordered under its number on its day, and stand."""
    form = normal_form(told.step.document_no)
    own = [_Ordered(told.raised, told.step)]
    if not form:
        return own
    c = findings.c
    # In whatever version: a finding that came back is ordered anew, under another number.
    same = (c.branch == told.raised.branch) & (c.ordered_on == told.step.ordered_on)
    keys = told.reader.connection.execute(select(c.finding_id).where(same).distinct()).scalars()
    for key in keys:
        if key == told.asked.thing:
            continue
        other = told.log.state(f"finding-{key}", Finding())
        orders = [
            each
            for each in other.on_record(events.RectificationOrdered)
            if normal_form(each.document_no) == form
        ]
        if orders and other.raised is not None and other.status is not Status.WITHDRAWN:
            own.append(_Ordered(other.raised, orders[-1]))
    return sorted(own, key=lambda each: each.raised.number)


def _order_of_several(told: _Told, covered: Sequence[_Ordered]) -> Document:
    villages = "、".join(dict.fromkeys(village_name(told.reader, each.raised.village) for each in covered))
    marked = list(enumerate(covered, 1))
    problems = [
        _paragraph(
            f"{n}. {village_name(told.reader, each.raised.village)}：{each.raised.description}（{told.day(each.raised.found_on)}"
            f"以“{told.word('method', each.raised.method.value)}”方式发现，编号{each.raised.number}，类型为"
            f"{told.word('finding_type', each.raised.finding_type.value)}，等级为"
            f"{told.word('severity', each.raised.severity.value)}）"
        )
        for n, each in marked
    ]
    return told.document(
        f"关于{villages}支部联建督查问题的整改通知书",
        _paragraph("经督查你单位支部联建工作，发现下列问题，现通知你单位限期整改。"),
        _heading("一、存在问题"),
        *problems,
        _heading("二、整改要求"),
        *(_paragraph(f"{n}. {each.order.measures or ANYHOW}") for n, each in marked),
        _heading("三、整改期限"),
        *(_paragraph(f"{n}. {told.day(each.order.due_on)}前。") for n, each in marked),
        _paragraph(
            "请按期完成整改，逐项提交整改情况和佐证材料。确需延期的，应当在期限届满前申请，说明理由和期间措施。"
        ),
        _heading("四、异议"),
        _paragraph(OBJECTED),
    )


ANYHOW = "请对照上述问题逐项整改，举一反三。"
OBJECTED = "对上述问题有异议的，可在收到本通知书后依规定提出申诉；申诉期间不停止整改。"


def _order(told: _Told) -> Document:
    raised, step, covered = told.raised, told.step, _covered(told)
    if len(covered) > 1:
        return _order_of_several(told, covered)
    return told.document(
        f"关于{told.village}支部联建督查问题的整改通知书",
        _paragraph(
            f"{told.day(raised.found_on)}，以“{told.word('method', raised.method.value)}”方式督查你单位与{told.village}"
            "支部联建工作，发现下列问题，现通知你单位限期整改。"
        ),
        _heading("一、存在问题"),
        _paragraph(raised.description),
        _paragraph(
            f"问题编号{raised.number}，类型为{told.word('finding_type', raised.finding_type.value)}，"
            f"等级为{told.word('severity', raised.severity.value)}。"
        ),
        _heading("二、整改要求"),
        _paragraph(step.measures or ANYHOW),
        _heading("三、整改期限"),
        _paragraph(
            f"请于{told.day(step.due_on)}前完成整改，提交整改情况和佐证材料。确需延期的，应当在期限届满前申请，说明理由和"
            "期间措施。"
        ),
        _heading("四、异议"),
        _paragraph(OBJECTED),
    )


def _receipt(told: _Told) -> Document:
    acknowledged = [
        each.acknowledged_on
        for each in told.now.history[told.asked.subject.place :]
        if isinstance(each, events.OrderAcknowledged)
    ]
    return told.document(
        "送达回证",
        _slip(
            ("送达文书", "整改通知书"),
            ("文书字号", told.order_no),
            ("问题编号", told.raised.number),
            ("受送达单位", told.unit),
            ("送达日期", told.day(told.step.served_on)),
            ("送达方式", told.word("service", told.step.service.value)),
            ("收件", told.step.served_to),
            ("系统签收", told.day(acknowledged[0]) if acknowledged else "尚未签收"),
            ("收件人", SIGNED),
            ("送达人", SIGNED),
            ("备注", ""),
        ),
        addressed=False,
    )


def _extension(told: _Told) -> Document:
    asked_for = [each for each in told.then.history if isinstance(each, events.ExtensionRequested)]
    opening = "你单位延期整改的申请收悉。"
    if asked_for:
        wanted = asked_for[-1]
        opening = (
            f"你单位{told.day(wanted.requested_on)}申请将问题{told.raised.number}的整改期限延至{told.day(wanted.due_on)}，"
            f"理由是：{wanted.because}"
        )
    earlier = fold(Finding(), told.then.history[:-1]).due_on
    if isinstance(told.step, events.ExtensionGranted):
        later = f"整改期限由{told.day(earlier)}延至{told.day(told.step.due_on)}"
        answer = f"经研究，同意延期。{later}，请抓紧整改，按期提交整改情况。"
    else:
        answer = f"经研究，不同意延期，原整改期限{told.day(earlier)}不变。理由：{told.step.because}"
    return told.document(
        f"关于{told.village}问题延期整改申请的答复",
        _paragraph(opening),
        _paragraph(f"该问题由{told.order_no}下达整改。"),
        _paragraph(answer),
    )


def _reinspection(told: _Told) -> Document:
    reports = [each.account for each in told.then.history if isinstance(each, events.RectificationSubmitted)]
    return told.document(
        "整改复查记录",
        _slip(
            ("问题编号", told.raised.number),
            ("责任单位", told.unit),
            ("联建村（社区）", told.village),
            ("存在问题", told.raised.description),
            ("整改通知书", told.order_no),
            ("整改期限", told.day(told.then.due_on)),
            ("单位报告的整改情况", reports[-1] if reports else ""),
            ("复查日期", told.day(told.step.reinspected_on)),
            ("复查结论", "整改到位，予以通过" if told.step.passed else "整改不到位，继续整改"),
            ("复查人", SIGNED),
            ("单位负责人", SIGNED),
        ),
        addressed=False,
    )


def _closing(told: _Told) -> Document:
    looked = [each for each in told.then.history if isinstance(each, events.FindingReinspected)]
    return told.document(
        "问题销号单",
        _slip(
            ("问题编号", told.raised.number),
            ("责任单位", told.unit),
            ("联建村（社区）", told.village),
            ("存在问题", told.raised.description),
            ("检查发现", told.day(told.raised.found_on)),
            ("整改通知书", told.order_no),
            ("整改期限", told.day(told.then.due_on)),
            ("提交整改", told.day(told.then.submitted_on)),
            ("复查通过", told.day(looked[-1].reinspected_on) if looked else "—"),
            ("销号日期", told.day(told.step.closed_on)),
            ("审核意见", SIGNED),
        ),
        addressed=False,
    )


_TOLD = {
    Paper.ORDER: _order,
    Paper.RECEIPT: _receipt,
    Paper.EXTENSION: _extension,
    Paper.REINSPECTION: _reinspection,
    Paper.CLOSING: _closing,
}
