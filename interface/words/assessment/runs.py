"""Words of the runs of a year."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "run_part": {
        "results_digest": Phrase("结果摘要", "Digest of results"),
        "receipts_root": Phrase("收据根", "receipts root"),
        "subjects": Phrase("考核对象", "Assessed"),
        "known_at": Phrase("记录号", "Record number"),
        "scheme_version": Phrase("细则版本", "Scheme version"),
        "scheme_digest": Phrase("细则摘要", "scheme digest"),
        "cut_off_at": Phrase("录入截止记录号", "cut-off position"),
        "calendar_version": Phrase("日历版本", "calendar version"),
        "engine_version": Phrase("规则引擎版本", "rule engine version"),
        "software": Phrase("软件", "Software"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "turn_year": verb(
        "年度结转",
        "Turn the year",
        "年度已结转，未办结事项转入下一年度。",
        "The year is turned; what is open goes on in the next.",
    ),
    "freeze_run": verb(
        "核定年度结果",
        "Freeze the year's results",
        "年度结果已核定，请依次签署。",
        "The results are frozen; they are signed in turn next.",
    ),
    "consent_to_run": verb(
        "同意替换",
        "Consent to the replacement",
        "已同意以新的核定替换已公布的结果。",
        "The run may take the place of the published one.",
    ),
}
EVENTS = {
    "assessment.RunFrozen": event(
        "核定得分",
        "Freeze scores",
        "核定 %(year)s 年度得分，编号 %(run_id)s，%(subjects)s 个结对：%(because)s",
        "Scores of %(year)s frozen as run %(run_id)s, %(subjects)s pairings: %(because)s",
        one="Scores of %(year)s frozen as run %(run_id)s, %(subjects)s pairing: %(because)s",
        counts="subjects",
    ),
    "assessment.RunPublished": event(
        "公布核定", "Run published", "公布核定结果 %(run_id)s", "Results of run %(run_id)s published"
    ),
    "assessment.PointsRuled": event(
        "裁定得分",
        "Points ruled",
        "依申诉 %(appeal_id)s，%(indicator)s 裁定为 %(points)s 分",
        "By appeal %(appeal_id)s, %(indicator)s is ruled to be %(points)s points",
    ),
    "assessment.FindingRuledOut": event(
        "裁定撤销问题",
        "Finding ruled out",
        "依申诉 %(appeal_id)s，问题 %(finding_id)s 不再计入核定",
        "By appeal %(appeal_id)s, finding %(finding_id)s counts in no further run",
    ),
    "assessment.RunConsented": event(
        "同意新的核定",
        "Run consented to",
        "同意以 %(run_id)s 更正已公布的结果：%(because)s",
        "Consented to %(run_id)s replacing the published result: %(because)s",
    ),
}
FIELDS = {
    "acknowledged": field(
        "已知晓未办结的事项",
        "I know what is left behind",
        "有未办结事项时勾选",
        "where something is not done",
    ),
    "because": field("核定说明", "Reason"),
    "consent_to_run.because": field("理由", "Reason"),
    "consenter": field("同意人", "Consented by"),
    "known_at": field(
        "截至记录号",
        "As known at record",
        "不填即按现有记录；填写的只供比较",
        "left empty for now; a run as known earlier is for comparing only",
    ),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "for_comparison": Phrase("只供比较", "For comparing only"),
    "leaves_behind": Phrase("办理时遗留", "Left behind"),
    "appeal_no": Phrase("申诉编号", "Appeal"),
    "frozen_on": Phrase("核定日期", "Frozen on"),
    "points_hundredths": Phrase("分值（百分之一分）", "Points (hundredths)"),
    "results_digest": Phrase("结果摘要", "Digest of results"),
    "ruled_on": Phrase("裁定日期", "Ruled on"),
    "scheme_version": Phrase("细则版本", "Scheme version"),
    "subjects": Phrase("考核对象数", "Subjects"),
    "scheme_digest": Phrase("细则摘要", "scheme digest"),
    "calendar_version": Phrase("日历版本", "calendar version"),
    "engine_version": Phrase("规则引擎版本", "rule engine version"),
    "receipts_root": Phrase("收据根", "receipts root"),
    "cut_off_at": Phrase("录入截止记录号", "cut-off position"),
    "frozen_by": Phrase("核定账号", "frozen by"),
    "consented_by": Phrase("同意账号", "consented by"),
    "consented_on": Phrase("同意日", "consented on"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
