"""What a photograph is that stands at two things: said by the office, at both, and anew where it was wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from domain.attachment import clauses
from domain.attachment.attachments import Attachments
from domain.attachment.events import AttachmentAdded, PhotographJudged, PhotographVerdict
from tests.kit.given import given

DAY = date(2026, 1, 9)
PICTURE = AttachmentAdded(
    digest="ab" * 32,
    size=20,
    media_type="image/jpeg",
    name="竣工.jpg",
    pairing_id="pr-1",
    branch="b",
    village="v",
    finding_id="",
    appeal_id="",
    project_id="pj-1",
    added_on=DAY,
)
MINUTES = replace(PICTURE, media_type="application/pdf", name="纪要.pdf")
BOTH, HERE = PhotographVerdict.RIGHT_AT_BOTH, PhotographVerdict.WRONG_HERE


def judge(verdict: PhotographVerdict, alike: bool = True) -> Any:
    said: dict[str, Any] = {"other": "project-pj-2", "verdict": verdict, "because": "一个工地"}
    return lambda its: its.judge_photograph(**said, alike=alike, today=DAY)


def judged(verdict: PhotographVerdict) -> PhotographJudged:
    return PhotographJudged(
        pairing_id="pr-1",
        branch="b",
        village="v",
        project_id="pj-1",
        other_thing="project-pj-2",
        photograph_verdict=verdict,
        because="一个工地",
        judged_on=DAY,
    )


def test_a_photograph_at_two_things_is_judged_and_judged_anew() -> None:
    given(Attachments(), PICTURE).when(judge(BOTH)).then(judged(BOTH))
    given(Attachments(), PICTURE, judged(BOTH)).when(judge(HERE)).then(judged(HERE))
    given(Attachments(), PICTURE, MINUTES).when(judge(BOTH)).then(judged(BOTH))


def test_what_has_no_photograph_in_common_with_another_is_not_judged() -> None:
    given(Attachments(), PICTURE).when(judge(BOTH, alike=False)).refused(
        clauses.ONE_PHOTOGRAPH_OF_TWO, "pj-2"
    )
    for before in ((), (MINUTES,)):
        given(Attachments(), *before).when(judge(BOTH)).refused(clauses.ONE_PHOTOGRAPH_OF_TWO)
