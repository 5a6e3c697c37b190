"""From draft to publication: nothing typed is lost, nobody approves the own work, nothing published changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.assessment.scheme.reading import SchemeError
from domain.assessment.scheme_file.moving_on import moved_on
from domain.assessment.schemes import scheme_text
from domain.assessment.year import clauses
from domain.assessment.year.events import SchemeApproved, SchemeDrafted, SchemePublished, SchemeReturned
from domain.assessment.year.scheme_history import DraftStatus, SchemeHistory, Trial, digest_of
from domain.kernel.person import PersonRef
from tests.kit.given import given
from tests.kit.persons import ALONE, same

SHIPPED = scheme_text(2025)
DAY = date(2025, 12, 20)
HEAD = PersonRef(ref="p-1", commitment="c")
GOOD = Trial(cases=21, back_test_year=2025, moved=12)


def drafted(draft: int = 1, text: str = "year = 2026", by: str = "kaohe") -> SchemeDrafted:
    return SchemeDrafted(
        scheme_id="2026",
        draft=draft,
        text=text,
        text_digest=digest_of(text),
        because="新年度",
        drafted_by=by,
        drafted_on=DAY,
    )


def draft(history: SchemeHistory, **changes: Any) -> SchemeDrafted:
    asked: dict[str, Any] = {
        "year": 2026,
        "text": "year = 2026",
        "based_on": 0,
        "because": "新年度",
        "drafted_by": "kaohe",
        "drafted_on": DAY,
    }
    return history.draft_scheme(**{**asked, **changes})


RETURNED = SchemeReturned(
    scheme_id="2026", draft=1, because="A3 缺样例", returned_by="lianban", returned_on=DAY
)
APPROVED = SchemeApproved(
    scheme_id="2026",
    draft=1,
    text_digest=digest_of("year = 2026"),
    cases=21,
    back_test_year=2025,
    back_test_moved=12,
    approver=HEAD,
    office="县联建办",
    approved_by="lianban",
    approved_on=DAY,
)
PUBLISHED = SchemePublished(
    scheme_id="2026",
    version=1,
    text="year = 2026",
    text_digest=digest_of("year = 2026"),
    published_on=DAY,
)


def approve(history: SchemeHistory, **changes: Any) -> SchemeApproved:
    asked: dict[str, Any] = {
        "year": 2026,
        "draft": 1,
        "trial": GOOD,
        "seen_year": 2025,
        "seen_moved": 12,
        "approver": HEAD,
        "office": "县联建办",
        "approved_by": "lianban",
        "approved_on": DAY,
        "persons": ALONE,
    }
    return history.approve_scheme(**{**asked, **changes})


def publish(history: SchemeHistory, **changes: Any) -> SchemePublished:
    asked: dict[str, Any] = {
        "year": 2026,
        "draft": 1,
        "in_force_on": None,
        "retroactive_because": "",
        "published_on": DAY,
    }
    return history.publish_scheme(**{**asked, **changes})


def test_any_text_is_kept_as_the_next_draft() -> None:
    given(SchemeHistory()).when(draft).then(drafted())
    given(SchemeHistory(), drafted()).when(lambda h: draft(h, text="[[[ broken", based_on=1)).then(
        drafted(2, "[[[ broken")
    )
    given(SchemeHistory(), drafted()).when(lambda h: draft(h, based_on=1)).refused(clauses.DRAFT_DIFFERS, "1")


def test_of_two_who_write_at_once_the_second_is_told() -> None:
    given(SchemeHistory(), drafted(), drafted(2, "a")).when(
        lambda h: draft(h, text="b", based_on=1, drafted_by="fukao")
    ).refused(clauses.DRAFT_IS_NEWEST, "1 / 2")


def test_a_draft_is_returned_with_reasons_and_waits_for_a_new_one() -> None:
    asked: dict[str, Any] = {
        "year": 2026,
        "draft": 1,
        "because": "A3 缺样例",
        "returned_by": "lianban",
        "returned_on": DAY,
    }
    given(SchemeHistory(), drafted()).when(lambda h: h.return_scheme(**asked)).then(RETURNED)
    given(SchemeHistory(), drafted(), APPROVED).when(lambda h: h.return_scheme(**asked)).then(RETURNED)
    given(SchemeHistory(), drafted(), RETURNED).when(lambda h: h.return_scheme(**asked)).refused(
        clauses.DRAFT_WAITS, "returned"
    )
    given(SchemeHistory(), drafted(), RETURNED).when(approve).refused(clauses.DRAFT_WAITS, "returned")
    given(SchemeHistory()).when(lambda h: h.return_scheme(**asked)).refused(clauses.DRAFT_THERE)
    state = given(SchemeHistory(), drafted(), RETURNED, drafted(2, "b")).state
    assert (state.status, state.draft) == (DraftStatus.DRAFTED, 2)


def test_somebody_else_approves_the_newest_draft() -> None:
    given(SchemeHistory(), drafted()).when(approve).then(APPROVED)
    given(SchemeHistory(), drafted()).when(lambda h: approve(h, approved_by="kaohe")).refused(
        clauses.ANOTHER_APPROVES, "kaohe"
    )
    given(SchemeHistory(), drafted(by="lianban"), drafted(2, "b")).when(
        lambda h: approve(h, draft=2)
    ).refused(clauses.ANOTHER_APPROVES, "lianban")
    given(SchemeHistory(), drafted()).when(lambda h: approve(h, persons=same("kaohe", "lianban"))).refused(
        clauses.ANOTHER_APPROVES, "lianban"
    )
    given(SchemeHistory(), drafted(), drafted(2, "b")).when(approve).refused(clauses.DRAFT_IS_NEWEST, "1 / 2")
    given(SchemeHistory(), drafted(), APPROVED).when(approve).refused(clauses.DRAFT_WAITS, "approved")
    given(SchemeHistory()).when(approve).refused(clauses.DRAFT_THERE)
    given(SchemeHistory(), PUBLISHED, drafted()).when(approve).refused(clauses.NEW_VERSION_DIFFERS, "第 1 版")


def test_who_drafted_an_earlier_version_may_approve_a_later_one() -> None:
    history = given(
        SchemeHistory(), drafted(by="lianban"), APPROVED, PUBLISHED, drafted(2, "year = 2026 #")
    ).state
    assert approve(history, draft=2).approved_by == "lianban"


@pytest.mark.parametrize(
    ("trial", "clause", "saying"),
    [
        (replace(GOOD, problems=("line 3: year is missing",)), clauses.SCHEME_IS_SOUND, "line 3"),
        (replace(GOOD, failed=("A3: 2 expected 3",)), clauses.CASES_HOLD, "A3"),
        (replace(GOOD, untried=("A3.months",)), clauses.EVERY_PART_TRIED, "A3.months"),
        (replace(GOOD, moved=13), clauses.BACK_TEST_SEEN, "13"),
        (replace(GOOD, back_test_year=2024), clauses.BACK_TEST_SEEN, "2024"),
    ],
)
def test_what_does_not_hold_is_not_approved(trial: Trial, clause: Any, saying: str) -> None:
    given(SchemeHistory(), drafted()).when(lambda h: approve(h, trial=trial)).refused(clause, saying)


def test_without_an_earlier_year_there_is_nothing_to_look_back_at() -> None:
    alone = Trial(cases=21)
    event = approve(given(SchemeHistory(), drafted()).state, trial=alone, seen_year=None, seen_moved=0)
    assert (event.back_test_year, event.back_test_moved) == (None, 0)


def test_only_what_was_approved_is_published() -> None:
    given(SchemeHistory(), drafted(), APPROVED).when(publish).then(PUBLISHED)
    given(SchemeHistory(), drafted()).when(publish).refused(clauses.APPROVED_FIRST, "drafted")
    given(SchemeHistory(), drafted(), RETURNED).when(publish).refused(clauses.APPROVED_FIRST, "returned")
    given(SchemeHistory(), drafted(), APPROVED, drafted(2, "b")).when(lambda h: publish(h, draft=2)).refused(
        clauses.APPROVED_FIRST, "drafted"
    )
    given(SchemeHistory(), drafted(), APPROVED, drafted(2, "b")).when(publish).refused(
        clauses.DRAFT_IS_NEWEST, "1 / 2"
    )
    given(SchemeHistory(), drafted(), APPROVED, PUBLISHED).when(publish).refused(
        clauses.APPROVED_FIRST, "published"
    )
    given(SchemeHistory()).when(publish).refused(clauses.DRAFT_THERE)


AMENDED = (PUBLISHED, drafted(), APPROVED)


def test_an_amendment_names_the_day_from_which_it_judges() -> None:
    given(SchemeHistory(), *AMENDED).when(publish).refused(clauses.AMENDMENT_IS_DATED, "第 2 版")
    given(SchemeHistory(), drafted(), APPROVED).when(
        lambda h: publish(h, in_force_on=date(2026, 7, 1))
    ).refused(clauses.AMENDMENT_IS_DATED, "第 1 版")
    given(SchemeHistory(), *AMENDED).when(lambda h: publish(h, in_force_on=date(2027, 1, 1))).refused(
        clauses.IN_FORCE_IN_ITS_YEAR, "2027"
    )
    event = publish(given(SchemeHistory(), *AMENDED).state, in_force_on=date(2026, 7, 1))
    assert (event.version, event.in_force_on) == (2, date(2026, 7, 1))


def test_an_amendment_that_looks_back_says_why() -> None:
    later = date(2026, 8, 1)
    given(SchemeHistory(), *AMENDED).when(
        lambda h: publish(h, in_force_on=date(2026, 7, 1), published_on=later)
    ).refused(clauses.LOOKING_BACK_EXPLAINED, "2026-07-01 < 2026-08-01")
    event = publish(
        given(SchemeHistory(), *AMENDED).state,
        in_force_on=date(2026, 7, 1),
        published_on=later,
        retroactive_because="上级文件要求",
    )
    assert event.retroactive_because == "上级文件要求"


def test_a_rule_changed_for_the_whole_year_reaches_back_and_a_dated_one_does_not() -> None:
    """Rules change within a year only for the days that come; whoever wants more says why."""
    text = moved_on(SHIPPED, 2025, 2026)
    each = "each = 2, at_most = 8"
    wide = text.replace(each, "each = 4, at_most = 8")
    july = date(2026, 7, 1)
    first = replace(PUBLISHED, text=text)
    history = given(SchemeHistory(), first, drafted(text=wide), APPROVED)
    history.when(lambda h: publish(h, in_force_on=july)).refused(
        clauses.LOOKING_BACK_EXPLAINED, "B1.sessions"
    )
    event = publish(history.state, in_force_on=july, retroactive_because="原条文有误")
    assert (event.version, event.retroactive_because) == (2, "原条文有误")
    worded = text.replace("每次 2 分，最多 8 分。", "每次 2 分，全年最多 8 分。")
    assert given(SchemeHistory(), first, drafted(text=worded), APPROVED).state.reaching_back(july) == []


def test_the_shipped_scheme_is_taken_only_where_nobody_began_another() -> None:
    event = SchemePublished(
        scheme_id="2025", version=1, text=SHIPPED, text_digest=digest_of(SHIPPED), published_on=DAY
    )
    given(SchemeHistory()).when(lambda h: h.adopt_scheme(year=2025, text=SHIPPED, published_on=DAY)).then(
        event
    )
    for before in (event, drafted()):
        given(SchemeHistory(), before).when(
            lambda h: h.adopt_scheme(year=2025, text=SHIPPED, published_on=DAY)
        ).refused(clauses.ADOPTED_BEFORE_DRAFTS)
    with pytest.raises(SchemeError):
        SchemeHistory().adopt_scheme(year=2025, text="year = 2025", published_on=DAY)
