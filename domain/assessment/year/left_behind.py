"""What an act of the year end leaves behind: said before it is done, acknowledged by whoever does it, kept in its event."""

from __future__ import annotations

from typing import Annotated

from domain.assessment.scheme.text import Text
from domain.assessment.year import clauses
from domain.kernel.decisions import demand
from domain.kernel.values import Tick

LeftBehind = tuple[tuple[str, int], ...]
"""What is not done or has moved on, each with how many of it there are; nothing is named with none."""
Acknowledged = Annotated[bool, Tick((clauses.LEFT_BEHIND_ACKNOWLEDGED.id,))]
"""Whoever acts knows what that leaves behind."""

WORDS = {
    "lines": Text("未审核的得分项", "lines not verified"),
    "evidence": Text("未审核的佐证", "evidence not reviewed"),
    "opinions": Text("缺评议或测评的得分项", "lines without ballots or questionnaires"),
    "cut_off": Text("未确定的录入截止", "cut-off not set"),
    "appeals": Text("未决定的申诉", "appeals not decided"),
    "signatures": Text(
        "未公布核定上的签署（将随之作废）", "signatures on a run not yet public (they fall with it)"
    ),
    "changed": Text(
        "按现有记录结果已不同的结对", "pairings whose result is another by what is on record now"
    ),
    "late": Text("核定后补录、不计分的记录", "late entries since the run, which do not count"),
    "schemes": Text("核定后公布的细则版本", "versions of the scheme published since the run"),
    "findings": Text("未销号的问题", "findings not closed"),
    "needs": Text("未确认的需求", "needs not confirmed"),
    "projects": Text("未验收的项目", "projects not accepted"),
    "uses": Text("未办结的结果运用", "uses of results not done"),
    "objections": Text("当日才答复的异议", "objections answered on this very day"),
    "unreached": Text(
        "没有在用账号、须另行送达的单位", "units without an account in use, to be served otherwise"
    ),
}
"""What each is called; the order is that in which they are told."""


def told(left: LeftBehind) -> Text:
    """All of it in words."""
    return Text(
        "；".join(f"{WORDS[what].zh} {n}" for what, n in left),
        "; ".join(f"{WORDS[what].en} {n}" for what, n in left),
    )


def demand_acknowledged(left: LeftBehind, acknowledged: bool) -> None:
    """Whoever acts has said that they know of it; nothing needs to be said where nothing is left behind."""
    words = told(left)
    demand(acknowledged or not left, clauses.LEFT_BEHIND_ACKNOWLEDGED, words.zh, words.en)
