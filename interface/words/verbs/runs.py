"""Words of what is done with the runs of a year."""

from __future__ import annotations

from interface.words.phrase import field, verb

VERBS = {
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
