"""Words of the list of a year's pairings."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "pairing_change": {
        "replace": Phrase("更换联建单位", "Replaced by another unit"),
        "end": Phrase("结束结对", "Ended"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "reissue_pairings": verb(
        "重新确定年度名单",
        "Make the year's list",
        "年度名单已确定，请登记新的协议与任职。",
        "The year's list is made; record agreements and posts next.",
    ),
}
EVENTS = {
    "pairing.PairingsReissued": event(
        "重新确定年度名单",
        "Year's list made",
        "%(year)s 年度结对名单自 %(reissued_on)s 起执行，续结 %(renewed)s 对",
        "The list of pairings of %(year)s is in force from %(reissued_on)s, %(renewed)s renewed",
    ),
}
FIELDS = {
    "reissue_pairings.pairing_id": field("原结对", "Pairing"),
    "reissue_pairings.because": field("理由", "Reason"),
    "reissued_on": field("执行日期", "In force from"),
    "changes": field("变动", "What changes", "没有列入的全部续结", "all that is not named is renewed"),
    "change": field("变动", "Change"),
    "reissue_pairings.branch": field(
        "接替单位", "Unit that takes over", "结束结对的不选", "none where it ends"
    ),
    "renewed": field("续结对数", "How many are renewed"),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "successor": Phrase("接替的结对", "Pairing in its place"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
