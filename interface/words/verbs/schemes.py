"""Words of what is done with the scheme of a year."""

from __future__ import annotations

from interface.words.phrase import field, verb

VERBS = {
    "draft_scheme": verb(
        "保存草稿", "Save a draft", "草稿已保存，请提交审批。", "The draft is saved; it waits for approval."
    ),
    "return_scheme": verb(
        "退回草稿", "Return the draft", "草稿已退回，等待修改。", "The draft is returned, to be changed."
    ),
    "approve_scheme": verb(
        "审批草稿",
        "Approve the draft",
        "草稿已审批，可以发布。",
        "The draft is approved and can be published.",
    ),
    "publish_scheme": verb(
        "发布细则",
        "Publish the scheme",
        "细则已发布，此后不再改动。",
        "The scheme is published; from now on it never changes.",
    ),
    "adopt_scheme": verb(
        "采用随软件提供的细则",
        "Adopt the scheme that came with the software",
        "细则已采用。",
        "The scheme is adopted.",
    ),
}
FIELDS = {
    "approver": field("审批人", "Approved by"),
    "based_on": field(
        "在第几稿上修改", "Written on draft number", "没有草稿时填 0", "0 where there is none yet"
    ),
    "because": field("修改说明", "What was changed"),
    "return_scheme.because": field("退回理由", "What is to be changed"),
    "draft": field("第几稿", "Draft number"),
    "in_force_on": field(
        "修订施行日期", "In force from", "首次发布不填", "left empty for the first version of a year"
    ),
    "retroactive_because": field(
        "追溯理由",
        "Why it looks back",
        "修订影响施行日以前时填写",
        "where it changes anything about earlier days",
    ),
    "seen_moved": field("已看到的试算变动数", "Pairings moved, as you were shown"),
    "seen_year": field(
        "已看到的试算年度", "Year it was tried on, as you were shown", "没有时不填", "left empty for none"
    ),
    "text": field("细则", "Scheme"),
}
