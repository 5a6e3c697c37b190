"""Where a clause is written, in both languages; docs/rules.md lists the texts."""

from __future__ import annotations

from domain.kernel.clause import Clause
from interface.words.phrase import Phrase

PRACTICE = "practice: "
_ENGLISH = {
    "三员分立": "administrators, keepers of records and auditors are three",
    "先自评，后考评": "a unit scores itself before it is assessed",
    "公示期一般为五个工作日": "a notice usually lasts five working days",
    "分组评议，按组计权重": "groups rate, and each group has its weight",
    "复查通过后销号": "a number is cancelled once re-inspection is passed",
    "延期在期限届满之前申请": "more time is asked for before the time is up",
    "每对结对每年签订一份联建协议": "each pairing signs one agreement a year",
    "民主测评登记发出、收回和有效票数": "of a ballot, papers issued, returned and valid are recorded",
    "督查催办": "supervisors remind of what is due",
    "表彰奖励、批评教育，奖优罚劣": "praise for the best, criticism for the worst",
    "个人信息保护法第四十七条": "Personal Information Protection Law, art. 47",
    "公务员法第九十五条": "Civil Servants Law, art. 95",
    "公务员法第九十六条": "Civil Servants Law, art. 96",
    "国务院办公厅年度节假日安排通知": "yearly notice of the General Office of the State Council on holidays",
    "政府督查工作条例第十七条": "Regulations on Government Supervision, art. 17",
    "政府督查工作条例第十七条：30 日": "Regulations on Government Supervision, art. 17: 30 days",
    "政府督查工作条例第十八条": "Regulations on Government Supervision, art. 18",
    "考核细则": "the year's scheme",
    "考核细则 D3": "the year's scheme, D3",
    "考核细则 七": "the year's scheme, part 7",
}


def source_of(clause: Clause) -> Phrase:
    """The sources of a clause as a reader is told them. Raises ``KeyError`` for a Chinese text without an English name."""
    parts = [_part(each) for each in clause.source.split("; ")]
    return Phrase("；".join(each.zh for each in parts), "; ".join(each.en for each in parts))


def _part(source: str) -> Phrase:
    if source == "default":
        return Phrase("系统默认", source)
    if source.startswith(PRACTICE):
        practice = source.removeprefix(PRACTICE)
        return Phrase(f"通行做法：{practice}", PRACTICE + _ENGLISH[practice])
    return Phrase(source, source if source.isascii() else _ENGLISH[source])
