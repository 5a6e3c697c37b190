"""Every event as a sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection, Row

from application.sentences import EventSentence
from domain.assessment.scheme.points import two_decimals
from interface.locales import translate
from interface.words.labels import LABELS, OF_THINGS, label
from projections.boards.names import Names
from projections.boards.numbers import Numbers

SENTENCES: dict[str, str] = {
    "registry.BranchRegistered": "登记单位 %(unit_name)s（%(branch_name)s）",
    "registry.BranchRenamed": "%(branch)s 自 %(renamed_on)s 起更名为 %(unit_name)s",
    "registry.VillageRegistered": "登记村（社区）%(name)s，%(township)s",
    "registry.BranchReclassified": "%(branch)s 自 %(reclassified_on)s 起为%(unit_level)s%(unit_class)s",
    "registry.VillageRenamed": "%(village)s 自 %(renamed_on)s 起更名为 %(name)s",
    "registry.NumberTaken": "%(year)s 年%(numbered)s使用编号 %(number)s",
    "registry.VillageMoved": "%(village)s 自 %(moved_on)s 起属%(township)s",
    "registry.VillageReclassified": "%(village)s 自 %(reclassified_on)s 起为%(target_kind)s",
    "registry.AliasLearned": "“%(alias)s”也指 %(entry)s：%(because)s",
    "registry.AliasTakenBack": "“%(alias)s”不再指 %(entry)s：%(because)s",
    "registry.CodeGiven": "%(entry)s 的%(system)s为 %(code)s",
    "registry.CodeTakenBack": "收回 %(entry)s 的%(system)s %(code)s：%(because)s",
    "registry.EntryMerged": "%(entry)s 自 %(merged_on)s 起并入 %(into)s",
    "registry.EntryAbsorbed": "%(other)s 自 %(merged_on)s 起并入 %(entry)s",
    "registry.EntrySplit": "%(off)s 自 %(split_on)s 起从 %(entry)s 分出",
    "registry.EntryRetired": "%(entry)s 自 %(retired_on)s 起撤销：%(because)s",
    "registry.NameTaken": "%(entry)s 使用名称“%(name)s”",
    "registry.NameFreed": "自 %(until_on)s 起 %(entry)s 不再使用名称“%(name)s”",
    "registry.CodeTaken": "%(system)s %(code)s 属 %(entry)s",
    "registry.CodeFreed": "%(system)s %(code)s 不再属 %(entry)s",
    "registry.DocumentRegistered": "%(document_kind)s使用文号 %(document_no)s，%(dated_on)s",
    "pairing.PairingStarted": "%(branch)s 与 %(village)s 结对，自 %(started_on)s 起",
    "pairing.PairingRenewed": "%(branch)s 与 %(village)s 续结，自 %(renewed_on)s 起",
    "pairing.PairingBegunEarlier": "%(branch)s 与 %(village)s 的结对实自 %(started_on)s 起，%(renewed_on)s 为续结",
    "pairing.PairingEnded": "%(branch)s 与 %(village)s 的结对于 %(ended_on)s 结束：%(because)s",
    "pairing.AgreementSigned": "%(branch)s 与 %(village)s 签订协议 %(agreement_no)s，%(signed_on)s",
    "pairing.AppointedToPost": "%(person)s 任 %(village)s %(post)s，自 %(began_on)s 起",
    "pairing.TermBegunEarlier": "%(person)s 任 %(village)s %(post)s实自 %(began_on)s 起，原记为 %(known_from)s",
    "pairing.LeftPost": "%(person)s 不再任 %(village)s %(post)s，%(ended_on)s 离任",
    "pairing.ActivityHeld": "%(branch)s 在 %(village)s 开展%(activity_kind)s“%(topic)s”，%(participants)s 人参加，%(held_on)s",
    "pairing.ActivityCorrected": "更正活动为%(activity_kind)s“%(topic)s”，%(participants)s 人参加，%(held_on)s：%(because)s",
    "pairing.ActivityVoided": "作废活动：%(because)s",
    "pairing.CasePublished": "%(village)s 的典型案例“%(case_name)s”由%(case_level)s刊发，%(published_on)s",
    "pairing.CaseCorrected": "案例“%(case_name_before)s”更正为“%(case_name)s”（%(case_level)s，%(published_on)s）：%(because)s",
    "pairing.MeetingHosted": "%(village)s 承办现场会，%(hosted_on)s",
    "livelihood.ResourceOffered": "%(branch)s 登记资源：%(content)s（%(category)s）",
    "livelihood.NeedRaised": "%(village)s 提出需求 %(number)s：%(content)s（%(category)s），%(raised_on)s",
    "livelihood.NeedMatched": "%(branch)s 对接需求 %(need_id)s，%(matched_on)s",
    "livelihood.NeedMet": "需求 %(need_id)s 办结，%(met_on)s",
    "livelihood.NeedConfirmed": "村级确认需求 %(need_id)s 办结，满意度 %(rating)s，%(confirmed_on)s",
    "livelihood.ProjectOpened": "%(branch)s 与 %(village)s 的项目 %(number)s“%(name)s”开工，计划 %(planned_end_on)s 完工",
    "livelihood.ProjectCompleted": "项目 %(project_id)s 完工，%(completed_on)s",
    "livelihood.ProjectAccepted": "项目 %(project_id)s 通过村级验收，%(accepted_on)s",
    "supervision.FindingRaised": "%(method)s发现 %(village)s 问题 %(number)s：%(description)s（%(severity)s），%(found_on)s",
    "supervision.RectificationOrdered": "下达 %(finding_id)s 整改通知 %(document_no)s，限 %(due_on)s 前整改",
    "supervision.OrderServed": "%(finding_id)s 整改通知送达 %(served_to)s，%(served_on)s",
    "supervision.OrderAcknowledged": "签收 %(finding_id)s 整改通知，%(acknowledged_on)s",
    "supervision.ExtensionRequested": "%(finding_id)s 申请延期至 %(due_on)s：%(because)s",
    "supervision.ExtensionGranted": "%(finding_id)s 同意延期至 %(due_on)s",
    "supervision.ExtensionRefused": "%(finding_id)s 不同意延期：%(because)s",
    "supervision.RectificationSubmitted": "提交 %(finding_id)s 整改，%(submitted_on)s",
    "supervision.RectificationReturned": "退回 %(finding_id)s 整改：%(because)s",
    "supervision.ReturnsStated": "%(finding_id)s 台账载明退回 %(count)s 次",
    "supervision.FindingReinspected": "复查 %(finding_id)s，%(passed)s，%(reinspected_on)s",
    "supervision.FindingClosed": "%(finding_id)s 销号，%(closed_on)s",
    "supervision.FindingRelapsed": "%(finding_id)s 问题反弹",
    "supervision.FindingWithdrawn": "撤销 %(finding_id)s：%(because)s",
    "supervision.StepStruck": "剔除 %(finding_id)s 第 %(record)s 号记录的%(struck)s：%(because)s",
    "pairing.MeetingCorrected": "%(village)s 承办现场会的日期更正为 %(hosted_on)s，原记为 %(hosted_before)s：%(because)s",
    "supervision.SlipCorrected": "%(village)s %(issued_before)s 的督查单更正为%(colour)s，%(issued_on)s：%(because)s",
    "supervision.SlipIssued": "向 %(village)s 下发%(colour)s督查单，%(issued_on)s",
    "supervision.CircularIssued": "对 %(village)s %(circular)s，%(document_no)s，%(issued_on)s",
    "assessment.SchemePublished": "发布 %(scheme_id)s 年度考核细则第 %(version)s 版",
    "assessment.RunFrozen": "核定 %(year)s 年度得分，编号 %(run_id)s，%(subjects)s 个结对：%(because)s",
    "assessment.RunPublished": "公布核定结果 %(run_id)s",
    "assessment.PointsRuled": "依申诉 %(appeal_id)s，%(indicator)s 裁定为 %(points)s 分",
    "assessment.FindingRuledOut": "依申诉 %(appeal_id)s，问题 %(finding_id)s 不再计入核定",
    "assessment.SchemeDrafted": "保存 %(scheme_id)s 年度考核细则第 %(draft)s 稿：%(because)s",
    "assessment.SchemeReturned": "退回 %(scheme_id)s 年度考核细则第 %(draft)s 稿：%(because)s",
    "assessment.SchemeApproved": "批准 %(scheme_id)s 年度考核细则第 %(draft)s 稿，%(cases)s 个样例全部通过",
    "assessment.SelfScored": "%(branch)s 就 %(village)s 的 %(indicator)s 自评 %(points)s 分",
    "assessment.LineVerified": "考评组审核 %(village)s 的 %(indicator)s 为 %(points)s 分 %(because)s",
    "assessment.RatingsRecorded": "登记 %(village)s 的 %(indicator)s 评议（%(group)s），%(rated_on)s",
    "assessment.SatisfactionSurveyed": "%(village)s 满意度测评 %(survey_id)s：发出 %(issued)s，收回 %(returned)s，有效 %(valid)s",
    "assessment.SuperiorScored": "登记 %(issuer)s 对 %(village)s 的评分 %(score)s 分（%(document_no)s）",
    "assessment.SuperiorRanked": "登记 %(issuer)s 对 %(village)s 的排名第 %(place)s 名（%(document_no)s）",
    "assessment.EvidenceReviewed": "初审第 %(item)s 号记录的佐证：%(verdict)s %(because)s",
    "assessment.EvidenceReviewedAgain": "复审第 %(item)s 号记录的佐证：%(verdict)s %(because)s",
    "assessment.EvidenceSampleDrawn": "抽取 %(year)s 年度佐证复审样本 %(sample_id)s，比例 %(percent)s%%",
    "assessment.CutOffSet": "确定 %(year)s 年度录入截止为 %(record_on)s（第 %(known_at)s 号记录）：%(because)s",
    "assessment.PairingExcluded": "%(year)s 年度不参加等次评定：%(because)s（%(basis)s）",
    "assessment.PairingIncluded": "恢复参加 %(year)s 年度等次评定：%(because)s",
    "assessment.RunConsented": "同意以 %(run_id)s 更正已公布的结果：%(because)s",
    "assessment.RunSigned": "%(signer)s 签署 %(run_id)s（%(step)s）：%(opinion)s",
    "assessment.GradeAdjustmentProposed": "提请将等次由 %(grade_before)s 调整为 %(grade_after)s：%(because)s（%(basis)s）",
    "assessment.GradeAdjustmentApproved": "同意将等次调整为 %(grade_after)s",
    "assessment.GradeAdjustmentRefused": "不同意调整等次：%(because)s",
    "assessment.NoticeOpened": "公示 %(run_id)s，%(opened_on)s 至 %(closes_on)s，%(working_days)s 个工作日",
    "assessment.ObjectionFiled": "%(filed_by)s 对 %(run_id)s 提出异议 %(objection_id)s：%(grounds)s",
    "assessment.ObjectionAnswered": "答复异议 %(objection_id)s：%(answer)s",
    "assessment.NoticeClosed": "%(run_id)s 公示结束",
    "assessment.ResultServed": "向 %(branch)s 送达 %(run_id)s 结果通知，%(served_to)s 签收",
    "assessment.ResultUseOrdered": "对 %(branch)s（%(village)s）%(use)s：%(measure)s，%(due_on)s 前完成",
    "assessment.ResultUseRegistered": "登记结果运用：%(use)s，%(measure)s",
    "assessment.ResultUseReported": "%(branch)s（%(village)s）结果运用进展：%(account)s",
    "assessment.ResultUseCompleted": "%(branch)s（%(village)s）结果运用已完成：%(account)s",
    "assessment.ResultUseWithdrawn": "撤销 %(branch)s（%(village)s）的结果运用：%(because)s",
    "appeal.AppealNumbered": "申诉编号 %(number)s",
    "appeal.AppealRegistered": "登记申诉 %(appeal_id)s",
    "appeal.AppealFiled": "%(filed_by)s 提出申诉 %(appeal_id)s：%(grounds)s",
    "appeal.AppealAdmitted": "受理申诉 %(appeal_id)s，应于 %(due_on)s 前决定",
    "appeal.AppealRefused": "不予受理申诉 %(appeal_id)s：%(because)s",
    "appeal.AppealDecided": "申诉 %(appeal_id)s 决定：%(outcome)s。%(reasons)s",
    "appeal.AppealWithdrawn": "撤回申诉 %(appeal_id)s",
    "attachment.AttachmentAdded": "添加附件 %(name)s（%(size)s 字节）",
    "account.AccountOpened": "为 %(person)s 开立账号 %(username)s（%(office)s）",
    "account.PersonNamed": "账号 %(username)s 的使用人更正为 %(person)s：%(because)s",
    "account.RoleProposed": "为账号 %(username)s 提请角色：%(role)s",
    "account.RoleGranted": "账号 %(username)s 授予角色：%(role)s",
    "account.RoleRefused": "账号 %(username)s 不予授予角色 %(role)s：%(because)s",
    "account.PasswordReset": "重置账号 %(username)s 的密码",
    "account.PasswordChanged": "账号 %(username)s 更改密码",
    "account.AccountDisabled": "停用账号 %(username)s：%(because)s",
    "account.AccountEnabled": "恢复账号 %(username)s：%(because)s",
    "system.LogOpened": "开启日志 %(origin)s",
    "system.LogKeyChanged": "更换签名密钥：%(because)s",
    "system.WitnessNamed": "由 %(office)s 见证本日志",
    "system.LogRestored": "从备份恢复，自 %(size)s 条记录起进入第 %(epoch)s 纪元：%(because)s",
    "system.PersonalDataErased": "%(decided_by)s 决定删除 %(ref)s 的姓名：%(ground)s",
    "system.CalendarImported": "导入 %(year)s 年工作日历第 %(version)s 版：%(source)s",
    "system.EvidencePackaged": "导出关于 %(about)s 的证据包",
}
"""Event name to its Chinese sentence; the English one is its translation."""
PERSONS = ("person", "inspector", "signer", "approver", "consenter")
"""Fields of events that hold a reference to a person."""
WORDS = (
    "description",
    "measures",
    "account",
    "because",
    "interim_measures",
    "served_to",
    "contact",
    "ranking_basis",
    "retroactive_because",
)
"""Fields that hold what people wrote: what its sentence does not say of an event is told beneath it, in full."""
_GROUPS = (
    "post",
    "method",
    "severity",
    "category",
    "colour",
    "outcome",
    "verdict",
    "step",
    "use",
    "role",
    "struck",
)


class Reader(Protocol):
    """For whom it is told: a language, the names of units and villages on any day, and the numbers of things."""

    def people(self, refs: Iterable[str]) -> dict[str, str]: ...

    def units_on(self, day: date | None) -> Mapping[str, str]: ...

    def villages_on(self, day: date | None) -> Mapping[str, str]: ...

    @property
    def numbers(self) -> Numbers: ...

    def t(self, text: str, /, **values: object) -> str: ...


@dataclass(frozen=True)
class Narrator:
    """A reader without a page, such as one of a package."""

    language: str
    names: Names
    numbers: Numbers

    def units_on(self, day: date | None) -> Mapping[str, str]:
        """Branch id to the unit's name on a day."""
        return self.names.units(day)

    def villages_on(self, day: date | None) -> Mapping[str, str]:
        """Village id to its name on a day, without its township: what is told is about one pairing."""
        return self.names.villages(day, among=())

    def people(self, refs: Iterable[str]) -> dict[str, str]:
        """Nobody is named."""
        return dict.fromkeys(refs, self.t("（姓名未附）"))

    def t(self, text: str, /, **values: object) -> str:
        return translate(self.language, text, **values)


def tell(page: Reader, rows: Iterable[Row[Any]]) -> list[EventSentence]:
    """The rows with their sentences; the names of all persons are read at once."""
    listed = list(rows)
    refs = {ref for row in listed for ref in _refs(row.data)}
    people = page.people(refs)
    page.numbers.read(str(row.data.get(name, "")) for row in listed for name in OF_THINGS)
    return [
        EventSentence(row, _sentence(page, row, people), tuple(_words(page, row.name, row.data)))
        for row in listed
    ]


def in_chinese(connection: Connection, known_at: int, rows: Iterable[Row[Any]]) -> list[EventSentence]:
    """The rows for a reader without a page: `application.sentences.Sentences`."""
    return tell(Narrator("zh", Names(connection, known_at), Numbers(connection)), rows)


BESIDE = {
    "appeal.AppealNumbered",
    "appeal.AppealRegistered",
    "assessment.ResultUseRegistered",
    "registry.NumberTaken",
    "registry.NameTaken",
    "registry.NameFreed",
    "registry.CodeTaken",
    "registry.CodeFreed",
}
"""What is only recorded beside an event that says the same: it stays in the trail, and a thing's history leaves it out."""


def history(page: Reader, rows: Iterable[Row[Any]]) -> list[EventSentence]:
    """What happened to one thing, each step told once."""
    return tell(page, (row for row in rows if row.name not in BESIDE))


def _words(page: Reader, name: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in WORDS:
        if data.get(field) and f"%({field})s" not in SENTENCES.get(name, ""):
            group = "field" if field in LABELS["field"] else "event_field"
            yield page.t(label(group, field)), str(data[field])


def _refs(data: Mapping[str, Any]) -> list[str]:
    person: Mapping[str, Any] = next((data[name] for name in PERSONS if data.get(name)), {})
    return [ref for ref in (person.get("ref"), data.get("person_ref")) if ref]


def _names_of(page: Reader, row: Row[Any]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Units and villages as they were called on the day that the row tells of."""
    day = row.occurred_on
    if day is not None and row.name.startswith("registry."):
        # What changes from a day on is called as it was until then.
        day -= timedelta(days=1)
    return page.units_on(day), page.villages_on(day)


def _sentence(
    page: Reader,
    row: Row[Any],
    people: Mapping[str, str],
) -> str:
    name, data = row.name, row.data
    units, villages = _names_of(page, row)
    values: dict[str, Any] = {}
    for key, value in data.items():
        values[key] = "—" if value is None else value
        if key in _GROUPS and value is not None:
            values[key] = page.t(label(key, str(value)))
        elif key in OF_THINGS:
            values[key] = page.numbers.shown(str(value))
    values["branch"] = units.get(str(data.get("branch", "")), data.get("branch", ""))
    values["village"] = villages.get(str(data.get("village", "")), data.get("village", ""))
    for key in ("entry", "into", "other", "off"):
        if key in data:
            values[key] = units.get(str(data[key])) or villages.get(str(data[key]), data[key])
    kind, level = str(data.get("kind", "")), str(data.get("level", ""))
    values["target_kind"] = page.t(label("target_kind", kind))
    values["unit_level"] = page.t(label("level", level))
    values["activity_kind"] = page.t(label("activity_kind", kind))
    values["numbered"] = page.t(label("numbered", kind))
    values["document_kind"] = page.t(label("document_kind", kind))
    values["circular"] = page.t(label("circular", kind))
    values["case_level"] = page.t(label("case_level", level))
    values["points"] = two_decimals(int(data.get("points_hundredths", 0)))
    values["score"] = two_decimals(int(data.get("score_hundredths", 0)))
    refs = _refs(data)
    named = people.get(refs[0], page.t("（姓名已删除）")) if refs else ""
    values.update(dict.fromkeys(("person", "signer", "approver", "consenter"), named))
    if "passed" in data:
        values["passed"] = page.t("通过") if data["passed"] else page.t("不通过")
    told = page.t(SENTENCES[name], **values) if name in SENTENCES else name
    return told + "".join(
        page.t("（不合程序：%(what)s）", what=page.t(label("procedure", broken)))
        for broken in data.get("irregular") or ()
    )
