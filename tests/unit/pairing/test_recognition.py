"""Model cases and on-site meetings."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.kernel.span import Span
from domain.pairing import clauses
from domain.pairing.events import (
    CaseCorrected,
    CaseLevel,
    CasePublished,
    MeetingCorrected,
    MeetingHosted,
)
from domain.pairing.recognition import Meeting, ModelCase
from tests.kit.given import given

WHO: dict[str, Any] = {"pairing_id": "pr-1", "branch": "b", "village": "v"}
THEN: dict[str, Any] = {"within": Span(date(2025, 1, 1)), "today": date(2025, 12, 31)}
ENDED: dict[str, Any] = {
    "within": Span(date(2025, 1, 1), date(2025, 6, 30)),
    "today": date(2025, 12, 31),
}
SAID: dict[str, Any] = {
    "case_name": "南溪经验",
    "level": CaseLevel.COUNTY,
    "published_on": date(2025, 8, 5),
}
CASE: dict[str, Any] = {**WHO, "case_id": "c-1", **SAID}
MEETING: dict[str, Any] = {**WHO, "meeting_id": "m-1", "hosted_on": date(2025, 9, 22)}


def test_a_case_and_a_meeting_are_recorded_once() -> None:
    given(ModelCase()).when(lambda c: c.publish_case(**CASE, **THEN)).then(CasePublished(**CASE))
    given(ModelCase(), CasePublished(**CASE)).when(lambda c: c.publish_case(**CASE, **THEN)).refused(
        clauses.RECORDED_ONCE, "南溪经验"
    )
    given(Meeting()).when(lambda m: m.host_meeting(**MEETING, **THEN)).then(MeetingHosted(**MEETING))
    given(Meeting(), MeetingHosted(**MEETING)).when(lambda m: m.host_meeting(**MEETING, **THEN)).refused(
        clauses.RECORDED_ONCE
    )


def test_a_case_and_a_meeting_are_corrected_with_a_reason() -> None:
    right = {**SAID, "level": CaseLevel.PREFECTURE}
    published = given(ModelCase(), CasePublished(**CASE))
    corrected = CaseCorrected(
        **WHO,
        case_id="c-1",
        **right,
        case_name_before="南溪经验",
        level_before=CaseLevel.COUNTY,
        published_before=date(2025, 8, 5),
        because="州级刊发",
    )
    published.when(lambda c: c.correct_case(**right, because="州级刊发", **THEN)).then(corrected)
    given(ModelCase()).when(lambda c: c.correct_case(**right, because="x", **THEN)).refused(
        clauses.RECORDED_FIRST
    )
    again = given(ModelCase(), CasePublished(**CASE), corrected)
    again.when(lambda c: c.correct_case(**SAID, because="误改", **THEN)).then(
        CaseCorrected(
            **WHO,
            case_id="c-1",
            **SAID,
            case_name_before="南溪经验",
            level_before=CaseLevel.PREFECTURE,
            published_before=date(2025, 8, 5),
            because="误改",
        )
    )
    hosted = given(Meeting(), MeetingHosted(**MEETING))
    hosted.when(lambda m: m.correct_meeting(hosted_on=date(2025, 9, 21), because="笔误", **THEN)).then(
        MeetingCorrected(
            **{**MEETING, "hosted_on": date(2025, 9, 21)},
            hosted_before=date(2025, 9, 22),
            because="笔误",
        )
    )
    given(Meeting()).when(
        lambda m: m.correct_meeting(hosted_on=date(2025, 9, 21), because="x", **THEN)
    ).refused(clauses.RECORDED_FIRST)


def test_neither_lies_before_the_pairing_nor_in_the_future() -> None:
    for day, clause in (
        (date(2024, 12, 31), clauses.NOT_BEFORE_ITS_START),
        (date(2026, 1, 1), clauses.NOT_IN_THE_FUTURE),
    ):
        case, meeting = {**CASE, "published_on": day}, {**MEETING, "hosted_on": day}
        given(ModelCase()).when(lambda c, said=case: c.publish_case(**said, **THEN)).refused(clause)
        given(Meeting()).when(lambda m, said=meeting: m.host_meeting(**said, **THEN)).refused(clause)


def test_a_case_may_be_published_after_the_end_a_meeting_is_not_held_then() -> None:
    given(ModelCase()).when(lambda c: c.publish_case(**CASE, **ENDED)).then(CasePublished(**CASE))
    given(Meeting()).when(lambda m: m.host_meeting(**MEETING, **ENDED)).refused(
        clauses.NOT_AFTER_ITS_END, "2025-09-22 > 2025-06-30"
    )
