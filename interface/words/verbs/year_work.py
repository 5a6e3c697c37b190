"""Words of what a unit and the assessors say of the lines of a sheet."""

from __future__ import annotations

from interface.words.phrase import field, verb

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
