"""Words of complaints and suggestions."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "subject": {
        "burden": Phrase("基层负担", "Burden on the grass roots"),
        "pairing": Phrase("结对联建", "A pairing"),
        "system": Phrase("本系统", "This system"),
        "conduct": Phrase("工作作风", "Conduct"),
        "other": Phrase("其他", "Other"),
    },
    "desk": {
        "supervisor": Phrase("监督小组", "Supervision"),
        "reviewer": Phrase("复核组", "Review group"),
        "approver": Phrase("领导小组", "Leading group"),
        "assessor": Phrase("考核组", "Scoring group"),
    },
    "complaint_state": {
        "waiting": Phrase("待受理", "To be taken up"),
        "accepted": Phrase("已受理", "Taken up"),
        "answered": Phrase("已答复", "Answered"),
        "reopened": Phrase("不满意，待重新答复", "Not satisfied, to be answered anew"),
        "satisfied": Phrase("满意，已办结", "Satisfied"),
        "withdrawn": Phrase("已撤回", "Withdrawn"),
    },
    "complaint_words": {
        "answered": Phrase("答复", "Answer"),
        "forwarded": Phrase("转办说明", "Why it was forwarded"),
        "unsatisfied": Phrase("不满意的理由", "Why it does not satisfy"),
        "satisfied": Phrase("提出人评价", "What its author says"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "file_complaint": verb(
        "提出投诉建议",
        "Complain or suggest",
        "已提交，受理方会收到；办理情况在本页查看。",
        "Filed; who hears it will see it, and what comes of it stands on this page.",
    ),
    "accept_complaint": verb(
        "受理", "Take it up", "已受理，请在期限内答复。", "Taken up; answer it in time."
    ),
    "answer_complaint": verb(
        "答复投诉建议", "Answer", "已答复，提出人可以查看。", "Answered; its author can read it."
    ),
    "forward_complaint": verb(
        "转办", "Forward", "已转办，由另一方办理。", "Forwarded; the other desk handles it."
    ),
    "rate_answer": verb("评价答复", "Rate the answer", "已评价。", "Recorded."),
    "withdraw_complaint": verb(
        "撤回投诉建议", "Withdraw it", "已撤回，不再办理。", "Withdrawn; nothing more is done."
    ),
}
EVENTS = {
    "complaint.ComplaintFiled": event(
        "提出投诉建议",
        "Complaint filed",
        "提出一件投诉建议，%(filed_on)s，应于 %(due_on)s 前受理",
        "A complaint or suggestion was filed on %(filed_on)s, to be heard by %(due_on)s",
    ),
    "complaint.ComplaintAccepted": event(
        "受理投诉建议",
        "Complaint taken up",
        "投诉建议于 %(taken_up_on)s 受理，应于 %(due_on)s 前答复",
        "The complaint was taken up on %(taken_up_on)s, to be answered by %(due_on)s",
    ),
    "complaint.ComplaintForwarded": event(
        "转办投诉建议",
        "Complaint forwarded",
        "投诉建议于 %(forwarded_on)s 转办",
        "The complaint was forwarded on %(forwarded_on)s",
    ),
    "complaint.ComplaintAnswered": event(
        "答复投诉建议",
        "Complaint answered",
        "投诉建议于 %(answered_on)s 答复",
        "The complaint was answered on %(answered_on)s",
    ),
    "complaint.AnswerRated": event(
        "评价答复",
        "Answer rated",
        "提出人于 %(rated_on)s 评价答复，是否满意：%(satisfied)s",
        "Its author rated the answer on %(rated_on)s; satisfied: %(satisfied)s",
    ),
    "complaint.ComplaintWithdrawn": event(
        "撤回投诉建议",
        "Complaint withdrawn",
        "投诉建议于 %(withdrawn_on)s 撤回",
        "The complaint was withdrawn on %(withdrawn_on)s",
    ),
}
FIELDS = {
    "subject": field("反映什么", "About"),
    "file_complaint.content": field(
        "内容",
        "Text",
        "说清楚什么事、什么时候，不填写群众姓名",
        "what happened and when, without names of residents",
    ),
    "wants_answer": field("是否要求答复", "Is an answer wanted"),
    "file_complaint.thing": field(
        "有关事项",
        "What it is about",
        "从该事项的页面提出时自动带入",
        "filled in where it is filed from the page of what it is about",
    ),
    "against": field(
        "所反映的工作人员",
        "Of whom",
        "此人看不到这件投诉，也不能办理",
        "they neither see nor handle it",
    ),
    "answer_complaint.answer": field("答复内容", "Answer"),
    "forward_complaint.desk": field("转给", "Forward to"),
    "forward_complaint.because": field("转办说明", "Why"),
    "satisfied": field("是否满意", "Does it satisfy"),
    "rate_answer.because": field(
        "理由",
        "Reason",
        "不满意的须填写；将由另一人重新答复，只评价一次",
        "needed where it does not satisfy; somebody else answers anew, and it is rated once",
    ),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "complaint_id": Phrase("投诉建议编号", "Complaint"),
    "concerning": Phrase("所反映的人员", "Of whom"),
    "desk": Phrase("受理方", "Desk"),
    "desk_before": Phrase("原受理方", "Desk before"),
    "written_by": Phrase("提出账号", "Filed by"),
    "taken_up_by": Phrase("受理账号", "Taken up by"),
    "forwarded_by": Phrase("转办账号", "Forwarded by"),
    "taken_up_on": Phrase("受理日期", "Taken up on"),
    "forwarded_on": Phrase("转办日期", "Forwarded on"),
    "rated_on": Phrase("评价日期", "Rated on"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
