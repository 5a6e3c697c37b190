"""Words of what villages bear."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "burden": {
        "visits": Phrase("来访", "Visits"),
        "requests": Phrase("要求", "Requests"),
        "entries": Phrase("填报", "Fields filled in"),
        "uploads": Phrase("上传", "Files attached"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "set_burden_limit": verb(
        "设定村级负担限额",
        "Set the limit of burdens",
        "限额已设定；超过的在办理前提示，不限制办理。",
        "Set; what goes beyond it is warned of before it is done, and nothing is refused.",
    ),
}
EVENTS = {
    "burden.BurdenLimitSet": event(
        "设定村级负担限额",
        "Limit of burdens set",
        "自 %(month)s 起每村每月来访不超过 %(visits)s 次，要求不超过 %(requests)s 次，填报不超过 %(entries)s 项，"
        "上传不超过 %(uploads)s 个（空为不限），%(limited_on)s：%(because)s",
        "From %(month)s each village bears at most %(visits)s visits, %(requests)s requests, %(entries)s fields and %(uploads)s "
        "files a month (empty: no limit), set on %(limited_on)s: %(because)s",
    ),
}
FIELDS = {
    "visits": field(
        "每村每月来访不超过（次）",
        "Visits a month",
        "在村活动、实地检查、现场会；不填为不限",
        "activities, inspections, meetings there; empty for no limit",
    ),
    "requests": field(
        "每村每月要求不超过（次）",
        "Requests a month",
        "请村确认、整改、督查单、通报等；不填为不限",
        "confirmations, rectifications, slips, circulars; empty for no limit",
    ),
    "entries": field(
        "每村每月填报不超过（项）", "Fields filled in a month", "不填为不限", "empty for no limit"
    ),
    "uploads": field(
        "每村每月上传不超过（个）", "Files attached a month", "不填为不限", "empty for no limit"
    ),
    "set_burden_limit.because": field("理由", "Reason"),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "visits": Phrase("来访", "Visits"),
    "requests": Phrase("要求", "Requests"),
    "entries": Phrase("填报", "Fields filled in"),
    "uploads": Phrase("上传", "Files attached"),
    "month": Phrase("自何月起", "From the month"),
    "limited_on": Phrase("设定日期", "Set on"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
