"""Words of evidence: reviews, samples, the cut-off."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "evidence_state": {
        "open": Phrase("待初审", "To review"),
        "waiting": Phrase("待复审", "To review again"),
        "accepted": Phrase("初审认可", "Accepted at first"),
        "settled_accepted": Phrase("复审认可", "Accepted again"),
        "settled_rejected": Phrase("不计分", "Does not count"),
    },
    "lateness": {
        "reported": Phrase("填报晚于截止", "Reported late"),
        "entered": Phrase("录入晚于截止日", "Entered late"),
    },
    "verdict": {
        "accepted": Phrase("认可", "accepted"),
        "rejected": Phrase("不认可", "rejected"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "set_cut_off": verb(
        "确定录入截止日",
        "Set the cut-off",
        "录入截止日已确定，其后录入的不计分。",
        "The cut-off is set; what is entered later does not count.",
    ),
    "review_evidence": verb(
        "审核佐证",
        "Review evidence",
        "审核结论已登记；不予认可的，须由另一人复审后才生效。",
        "The verdict is recorded; a rejection takes effect once another person confirms it.",
    ),
    "review_evidence_again": verb(
        "复审佐证",
        "Review evidence again",
        "复审结论已登记；不予认可的，不再计分。",
        "The second verdict is recorded; what it rejects counts nowhere from now on.",
    ),
    "draw_sample": verb(
        "抽取样本",
        "Draw a sample",
        "样本已抽取，请逐项复审；任何人可按种子重新抽取核对。",
        "The sample is drawn; review each item. Anybody can draw it again from the seed.",
    ),
}
EVENTS = {
    "assessment.EvidenceReviewed": event(
        "初审佐证",
        "Evidence reviewed",
        "初审第 %(item)s 号记录的佐证：%(verdict)s %(because)s",
        "Reviewed the evidence of record %(item)s: %(verdict)s %(because)s",
    ),
    "assessment.EvidenceReviewedAgain": event(
        "复审佐证",
        "Evidence reviewed again",
        "复审第 %(item)s 号记录的佐证：%(verdict)s %(because)s",
        "Reviewed the evidence of record %(item)s again: %(verdict)s %(because)s",
    ),
    "assessment.EvidenceSampleDrawn": event(
        "抽取复审样本",
        "Evidence sample drawn",
        "抽取 %(year)s 年度佐证复审样本 %(sample_id)s，比例 %(percent)s%%",
        "Drew sample %(sample_id)s of the evidence of %(year)s, %(percent)s%%",
    ),
    "assessment.YearTurned": event(
        "年度结转",
        "Year turned",
        "%(year)s 年度结转，未办结事项转入下一年度",
        "%(year)s was turned; what is open goes on in the next year",
    ),
    "assessment.CutOffSet": event(
        "确定截止",
        "Cut-off set",
        "确定 %(year)s 年度录入截止为 %(record_on)s（第 %(known_at)s 号记录）：%(because)s",
        "Set the entry cut-off of %(year)s to %(record_on)s (record %(known_at)s): %(because)s",
    ),
}
FIELDS = {
    "because": field("理由", "Reason", "不予认可的须填写", "needed for a rejection"),
    "set_cut_off.because": field("理由", "Reason", "变更截止日的须填写", "needed where the day is moved"),
    "percent": field(
        "比例（%）", "Percent", "1 至 100；不足一项的按一项抽取", "1 to 100; less than one item counts as one"
    ),
    "record_on": field(
        "录入截止日",
        "Last day of entries",
        "至该日结束；填今日则至此刻",
        "to its end; today means up to this moment",
    ),
    "seed": field(
        "随机种子",
        "Seed",
        "当众确定的数字或文字，每次不同；凭它可重新抽取核对",
        "digits or words agreed upon before witnesses, others each time; with them anybody can draw again",
    ),
    "verdict": field("审核结论", "Verdict"),
    "year": field("考核年度", "Year of the assessment"),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "item": Phrase("所审记录", "Record reviewed"),
    "reviewed_by": Phrase("审核人", "Reviewed by"),
    "reviewed_on": Phrase("审核时间", "Reviewed on"),
    "sample_id": Phrase("样本编号", "Sample"),
    "percent": Phrase("比例", "Share"),
    "population": Phrase("总体", "Population"),
    "items": Phrase("样本", "Items"),
    "drawn_by": Phrase("抽样人", "Drawn by"),
    "drawn_on": Phrase("抽样日期", "Drawn on"),
    "set_by": Phrase("确定人", "Set by"),
    "set_on": Phrase("确定时间", "Set on"),
    "turned_by": Phrase("结转人", "Turned by"),
    "turned_on": Phrase("结转日期", "Turned on"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
