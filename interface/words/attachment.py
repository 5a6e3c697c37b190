"""Words of attachments."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "photographed": {
        "activity": Phrase("活动", "Activity"),
        "project": Phrase("民生实事项目", "Livelihood project"),
        "nomination": Phrase("推荐案例", "Nominated case"),
    },
    "photograph_verdict": {
        "right_at_both": Phrase("两件都可以用这张照片", "It may stand at both"),
        "wrong_here": Phrase("本件用错，须更正", "It is wrong at this one, which is to be corrected"),
        "wrong_there": Phrase("另一件用错，须更正", "It is wrong at the other, which is to be corrected"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "add_attachment": verb("添加附件", "Attach a file", "附件已添加。", "The file is attached."),
    "judge_photograph": verb(
        "认定同一张照片",
        "Judge a photograph at two things",
        "已认定，两件的页面都写明；再次认定的以最后一次为准。",
        "Judged, and told on the pages of both; what is judged last holds.",
    ),
}
EVENTS = {
    "attachment.AttachmentAdded": event(
        "添加附件",
        "Attach",
        "添加附件 %(name)s（%(size_of_file)s）",
        "Attached %(name)s (%(size_of_file)s)",
    ),
    "attachment.PhotographJudged": event(
        "认定同一张照片",
        "Photograph judged",
        "%(judged_on)s 认定与%(other_thing)s同用的照片：%(photograph_verdict)s。%(because)s",
        "Photograph judged on %(judged_on)s that stands at %(other_thing)s, too: %(photograph_verdict)s. %(because)s",
    ),
}
FIELDS = {
    "judge_photograph.other": field("另一件", "The other thing"),
    "judge_photograph.verdict": field("认定", "Verdict"),
    "judge_photograph.because": field(
        "理由",
        "Reason",
        "如同一工地的两个项目；或者写明哪一件的照片要换",
        "such as two projects on one site; or which photograph is to be replaced",
    ),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "other_thing": Phrase("另一件", "The other thing"),
    "photograph_verdict": Phrase("认定", "Verdict"),
    "added_on": Phrase("添加日期", "Added on"),
    "digest": Phrase("摘要", "Digest"),
    "media_type": Phrase("文件类型", "Media type"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
