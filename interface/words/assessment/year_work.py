"""Words of what a unit and the assessors say of the lines of a sheet."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "sheet_state": {
        "different": Phrase("有差异", "Differing"),
        "open": Phrase("待审核", "To verify"),
        "verified": Phrase("已审核", "Verified"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "self_score": verb(
        "自评",
        "Score oneself",
        "自评已登记，审核前可以修改。",
        "Recorded; it may be restated until it is verified.",
    ),
    "verify_lines": verb(
        "审核得分", "Verify scores", "审核得分已登记。", "The verified scores are recorded."
    ),
    "record_ratings": verb(
        "登记评议票",
        "Record ballots",
        "评议票已登记，不记名保存。",
        "The ballots are recorded, without names.",
    ),
    "record_survey": verb(
        "登记满意度测评", "Record a survey", "测评结果已登记。", "The questionnaires are recorded."
    ),
    "record_superior_score": verb(
        "登记上级评分",
        "Record a superior's score",
        "上级评分已登记，按细则折算。",
        "The score is recorded; the scheme converts it.",
    ),
    "record_superior_rank": verb(
        "登记上级排名", "Record a superior's ranking", "上级排名已登记。", "The place is recorded."
    ),
}
EVENTS = {
    "assessment.SelfScored": event(
        "自评一项得分",
        "Line self-scored",
        "%(branch)s 就 %(village)s 的 %(indicator)s 自评 %(points)s 分",
        "%(branch)s scored %(indicator)s for %(village)s itself: %(points)s",
    ),
    "assessment.LineVerified": event(
        "审核一项得分",
        "Line verified",
        "考评组审核 %(village)s 的 %(indicator)s 为 %(points)s 分 %(because)s",
        "The scoring group verified %(indicator)s of %(village)s: %(points)s %(because)s",
    ),
    "assessment.RatingsRecorded": event(
        "登记评议",
        "Ratings recorded",
        "登记 %(village)s 的 %(indicator)s 评议（%(group)s），%(rated_on)s",
        "Recorded ratings of %(indicator)s for %(village)s (%(group)s), %(rated_on)s",
    ),
    "assessment.SatisfactionSurveyed": event(
        "满意度测评",
        "Satisfaction surveyed",
        "%(village)s 满意度测评 %(survey_id)s：发出 %(issued)s，收回 %(returned)s，有效 %(valid)s",
        "Recorded satisfaction survey %(survey_id)s of %(village)s: %(issued)s issued, %(returned)s returned, %(valid)s valid",
    ),
    "assessment.SuperiorScored": event(
        "上级评分",
        "Superior score recorded",
        "登记 %(issuer)s 对 %(village)s 的评分 %(score)s 分（%(document_no)s）",
        "Recorded the score of %(issuer)s for %(village)s: %(score)s (%(document_no)s)",
    ),
    "assessment.SuperiorRanked": event(
        "上级排名",
        "Superior ranking recorded",
        "登记 %(issuer)s 对 %(village)s 的排名第 %(place)s 名（%(document_no)s）",
        "Recorded the ranking by %(issuer)s: %(village)s in place %(place)s (%(document_no)s)",
    ),
}
FIELDS = {
    "ballots": field("各票得分", "Score of each ballot"),
    "because": field("理由", "Reason", "重新登记的须填写", "needed where it is recorded again"),
    "count": field("份数", "Questionnaires"),
    "document_no": field("文号", "Document number"),
    "group": field("评议主体", "Rater group"),
    "indicator": field("指标", "Indicator"),
    "invited": field("应评人数", "Invited"),
    "issued": field("发放份数", "Issued"),
    "issuer": field("印发单位", "Issued by"),
    "options": field("各选项份数", "Questionnaires by option"),
    "note": field("说明", "Note"),
    "option": field("选项", "Option"),
    "place": field("名次", "Place"),
    "points_hundredths": field("得分", "Points"),
    "ranked_on": field("排名日期", "Day of the ranking"),
    "rated_on": field("评议日期", "Day of the ballots"),
    "returned": field("收回份数", "Returned"),
    "score_hundredths": field("上级评分", "Score"),
    "scored_on": field("评分日期", "Day of the score"),
    "scores": field("自评得分", "Own scores"),
    "seen": field("已有审核次数", "Verifications seen"),
    "survey_id": field("测评批次", "Batch of questionnaires"),
    "surveyed_on": field("测评日期", "Day of the survey"),
    "valid": field("有效份数", "Valid"),
    "verifications": field("审核得分", "Verified scores"),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "scored_by": Phrase("评分账号", "scored by"),
    "self_hundredths": Phrase("自评（百分之一分）", "self-score (hundredths)"),
    "computed_hundredths": Phrase("计算（百分之一分）", "computed (hundredths)"),
    "verified_by": Phrase("审核账号", "verified by"),
    "verified_on": Phrase("审核日期", "verified on"),
    "group": Phrase("评议组", "rater group"),
    "invited": Phrase("应参加人数", "invited"),
    "ballots": Phrase("票分", "ballots"),
    "recorded_by": Phrase("录入账号", "recorded by"),
    "survey_id": Phrase("测评编号", "survey"),
    "issued": Phrase("发出", "issued"),
    "returned": Phrase("收回", "returned"),
    "valid": Phrase("有效", "valid"),
    "options": Phrase("选项", "options"),
    "score_hundredths": Phrase("评分（百分之一分）", "score (hundredths)"),
    "issuer": Phrase("评分单位", "issuer"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
