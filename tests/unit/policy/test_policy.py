"""Policies in versions: which text holds on a day, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.policy import clauses, events
from domain.policy.events import PolicyArea, PolicyKind
from domain.policy.policy import Policy, in_force, last_day
from tests.kit.given import Given, given

TODAY = date(2025, 6, 30)
NEW_YEAR, MARCH, JULY, NEXT_YEAR = date(2025, 1, 1), date(2025, 3, 1), date(2025, 7, 1), date(2026, 1, 1)
TEXT = "第一条 每年结对。\n第二条 每月活动。"
PAPER: dict[str, Any] = {
    "title": "联建办法",
    "document_no": "〔2025〕1 号",
    "issuing_body": "县联建办",
    "issued_on": NEW_YEAR,
    "valid_until": None,
    "text": TEXT,
}
ISSUED = events.PolicyIssued(policy_id="po-1", policy_kind=PolicyKind.MEASURES, valid_from=MARCH, **PAPER)
WHY: dict[str, Any] = {"because": "改为每季", "today": TODAY}


def issue(**changes: Any) -> Any:
    stated = {**PAPER, "policy_kind": PolicyKind.MEASURES, "valid_from": MARCH, **changes}
    return lambda p: p.issue_policy(policy_id="po-1", **stated, today=TODAY)


def revise(valid_from: date, text: str = "第一条 每年结对。", **changes: Any) -> Any:
    return lambda p: p.revise_policy(**{**PAPER, "text": text, "valid_from": valid_from, **changes}, **WHY)


def repeal(repealed_from: date) -> Any:
    return lambda p: p.repeal_policy(repealed_from=repealed_from, **WHY)


def correct(version: int = 1, **changes: Any) -> Any:
    stays = {
        "wrong": "",
        "right": "",
        "title": "",
        "document_no": "",
        "valid_from": None,
        "valid_until": None,
        "without_document_no": False,
        "without_valid_until": False,
    }
    return lambda p: p.correct_policy(version=version, **{**stays, **changes}, **WHY)


def place(article: int | None = 2, area: PolicyArea = PolicyArea.NEEDS) -> Any:
    return lambda p: p.place_policy(policy_area=area, article=article, today=TODAY)


def holds(state: Given, on: date) -> int | None:
    policy = state.state
    found = in_force(policy.versions, policy.repealed_from, on)
    return found.number if found else None


def test_a_policy_is_issued_once_in_articles_and_not_before_it_is_issued() -> None:
    given(Policy()).when(issue()).then(ISSUED)
    given(Policy(), ISSUED).when(issue()).refused(clauses.RECORDED_ONCE, "po-1")
    given(Policy()).when(revise(JULY)).refused(clauses.RECORDED_FIRST)
    for text in ("没有条文", "第二条 后\n第一条 前", "第一条 甲\n第一条 乙"):
        given(Policy()).when(issue(text=text)).refused(clauses.ARTICLES_IN_ORDER)
    given(Policy()).when(issue(issued_on=JULY)).refused(clauses.NOT_IN_THE_FUTURE)
    given(Policy()).when(issue(valid_until=NEW_YEAR)).refused(clauses.ENDS_AFTER_START)


def test_the_text_of_a_day_is_that_of_the_version_that_began_last() -> None:
    revised = given(Policy(), ISSUED).and_when(revise(JULY))
    days = (NEW_YEAR, MARCH, TODAY, JULY, NEXT_YEAR)
    assert [holds(revised, each) for each in days] == [None, 1, 1, 2, 2]
    revised.when(revise(JULY)).refused(clauses.BEGINS_LATER)
    revised.when(revise(MARCH)).refused(clauses.BEGINS_LATER)
    repealed = revised.and_when(repeal(NEXT_YEAR))
    assert [holds(repealed, each) for each in days] == [None, 1, 1, 2, None]
    repealed.when(revise(date(2026, 2, 1))).refused(clauses.NOT_REPEALED)
    repealed.when(repeal(JULY)).refused(clauses.NOT_REPEALED)
    restored = repealed.and_when(lambda p: p.restore_policy(**WHY))
    assert holds(restored, NEXT_YEAR) == 2
    restored.when(lambda p: p.restore_policy(**WHY)).refused(clauses.REPEALED_FIRST)
    first, second = revised.state.versions
    assert last_day(first, second, NEXT_YEAR) == date(2025, 6, 30)
    assert last_day(second, None, JULY) == date(2025, 6, 30)


def test_a_text_that_states_its_end_leaves_a_gap() -> None:
    limited = given(Policy()).and_when(issue(valid_until=date(2025, 5, 31)), revise(JULY))
    assert [holds(limited, each) for each in (MARCH, TODAY, JULY)] == [1, None, 2]


def test_what_never_held_is_voided_and_not_repealed() -> None:
    issued = given(Policy(), ISSUED)
    issued.when(repeal(MARCH)).refused(clauses.REPEALED_AFTER_START)
    issued.when(lambda p: p.void_policy_version(**WHY)).refused(clauses.NEWEST_NOT_FIRST)
    again = issued.and_when(revise(JULY), lambda p: p.void_policy_version(**WHY))
    assert holds(again, NEXT_YEAR) == 1
    # A number is given once.
    assert again.and_when(revise(JULY)).state.versions[-1].number == 3
    voided = issued.and_when(lambda p: p.void_policy(**WHY))
    voided.when(revise(JULY)).refused(clauses.NOT_VOIDED)


def test_a_slip_of_the_pen_is_found_by_its_words() -> None:
    issued = given(Policy(), ISSUED)
    right = issued.and_when(correct(wrong="每月", right="每季"))
    assert right.state.versions[0].text == "第一条 每年结对。\n第二条 每季活动。"
    issued.when(correct(wrong="每", right="各")).refused(clauses.WORDS_STAND_ONCE)
    issued.when(correct(right="每季")).refused(clauses.WORDS_STAND_ONCE)
    issued.when(correct()).refused(clauses.CORRECTS_SOMETHING)
    issued.when(correct(wrong="第一条 ", right="")).then(
        events.PolicyCorrected(
            policy_id="po-1",
            version=1,
            title="联建办法",
            title_before="联建办法",
            document_no="〔2025〕1 号",
            document_no_before="〔2025〕1 号",
            valid_from=MARCH,
            valid_from_before=MARCH,
            valid_until=None,
            valid_until_before=None,
            wrong="第一条 ",
            right="",
            because="改为每季",
            corrected_on=TODAY,
        )
    )
    issued.when(correct(wrong="第二条", right="第一条")).refused(clauses.ARTICLES_IN_ORDER)
    issued.when(correct(version=2, title="办法")).refused(clauses.VERSION_STANDS)
    revised = issued.and_when(revise(JULY))
    revised.when(correct(valid_from=JULY)).refused(clauses.BEGINS_LATER)
    repealed = issued.and_when(repeal(JULY))
    repealed.when(correct(valid_from=JULY)).refused(clauses.REPEALED_AFTER_START)


def test_a_number_and_a_last_day_are_taken_back() -> None:
    limited = given(Policy()).and_when(issue(valid_until=JULY))
    none = limited.and_when(correct(without_document_no=True, without_valid_until=True))
    version = none.state.versions[0]
    assert (version.document_no, version.valid_until) == ("", None)
    assert (limited.state.versions[0].document_no, holds(limited, NEXT_YEAR)) == ("〔2025〕1 号", None)
    assert holds(none, NEXT_YEAR) == 1
    none.when(correct(without_document_no=True, without_valid_until=True)).refused(clauses.CORRECTS_SOMETHING)
    # What is not ticked and left empty stays.
    kept = limited.and_when(correct(without_document_no=True)).state.versions[0]
    assert (kept.document_no, kept.valid_until) == ("", JULY)
    both = correct(without_document_no=True, document_no="〔2025〕2 号")
    limited.when(both).refused(clauses.RIGHT_OR_NONE, "〔2025〕2 号")
    limited.when(correct(without_valid_until=True, valid_until=NEXT_YEAR)).refused(clauses.RIGHT_OR_NONE)
    # A last day that is taken back leaves room for a first day after it.
    limited.when(correct(valid_from=NEXT_YEAR)).refused(clauses.ENDS_AFTER_START)
    assert limited.and_when(correct(valid_from=NEXT_YEAR, without_valid_until=True))


def test_pages_show_an_article_that_stands_once() -> None:
    issued = given(Policy(), ISSUED)
    issued.when(place(3)).refused(clauses.ARTICLE_STANDS)
    placed = issued.and_when(place(), place(None))
    placed.when(place()).refused(clauses.PLACED_ONCE)
    off = placed.and_when(lambda p: p.take_policy_off(policy_area=PolicyArea.NEEDS, article=2, today=TODAY))
    assert off.state.places == {(PolicyArea.NEEDS, None)}
    off.when(lambda p: p.take_policy_off(policy_area=PolicyArea.NEEDS, article=2, today=TODAY)).refused(
        clauses.PLACED_FIRST
    )
