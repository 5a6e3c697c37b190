"""A scheme moved to another year, what differs between two schemes, and whom a difference moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from domain.assessment.scheme.changes import Aspect, changes, of_indicator
from domain.assessment.scheme.measured_values import Amount, Measured
from domain.assessment.scheme.rules.kinds.by_date import ByDate
from domain.assessment.scheme.shifting import applied_to, day_moved
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.assessment.schemes import scheme_text
from domain.assessment.scoring.back_test import back_test
from domain.assessment.scoring.grades import grade
from domain.assessment.scoring.scoring import score

TEXT = scheme_text(2025)
OLD = parse_scheme(TEXT)
MORE = parse_scheme(TEXT.replace("each = 2, at_most = 8", "each = 4, at_most = 8"))
"""Two trainings are enough for the 8 points of B1."""


@pytest.mark.parametrize(
    ("day", "years", "moved"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2025, 2, 28), -1, date(2024, 2, 28)),
        (date(2026, 12, 31), -1, date(2025, 12, 31)),
    ],
)
def test_a_day_moves_by_whole_years(day: date, years: int, moved: date) -> None:
    assert day_moved(day, years) == moved


def test_every_date_of_a_scheme_moves_and_nothing_else_does() -> None:
    text = TEXT.replace("last = 2025-03-31", "last = 2025-02-28")
    leap = applied_to(parse_scheme(text), 2024)
    assert (leap.year, leap.first_day, leap.last_day, leap.cut_off) == (
        2024,
        date(2024, 1, 1),
        date(2024, 12, 31),
        date(2025, 1, 10),
    )
    rule = leap.parts[0].rule
    assert isinstance(rule, ByDate)
    assert [last for last, _ in rule.steps] == [date(2024, 2, 28), date(2024, 12, 31)]
    assert leap.digest != OLD.digest
    there_and_back = replace(applied_to(applied_to(OLD, 2028), 2025), digest=OLD.digest)
    assert there_and_back == OLD
    assert applied_to(OLD, 2025) is OLD


def test_a_difference_is_found_where_it_stands() -> None:
    found = changes(OLD, MORE)
    assert [(each.code, each.aspect, each.field) for each in found] == [("B1.sessions", Aspect.RULE, "rule")]
    assert of_indicator(found, "B1", "B") == {Aspect.RULE}
    assert of_indicator(found, "B2", "B") == frozenset()
    assert changes(OLD, OLD) == ()


def test_what_is_added_removed_or_renamed_is_told_apart() -> None:
    group = OLD.group("B")
    fewer = replace(
        OLD,
        cut_off=date(2026, 1, 5),
        groups=tuple(
            replace(each, indicators=each.indicators[1:]) if each is group else each for each in OLD.groups
        ),
    )
    there = {(each.code, each.aspect) for each in changes(OLD, fewer)}
    assert there == {
        ("cut_off", Aspect.OTHER),
        ("B1", Aspect.REMOVED),
        ("B1.sessions", Aspect.REMOVED),
    }
    back = {(each.code, each.aspect) for each in changes(fewer, OLD)}
    assert ("B1", Aspect.ADDED) in back and ("B1.sessions", Aspect.ADDED) in back
    renamed = parse_scheme(TEXT.replace('zh = "集中培训、专题讲座"', 'zh = "培训和讲座"'))
    assert {each.aspect for each in changes(OLD, renamed)} == {Aspect.TITLE}
    assert of_indicator(changes(OLD, renamed), "B1", "B") == frozenset()


def test_who_moves_is_named_with_the_line_and_the_reason_and_the_others_are_not() -> None:
    measured: dict[str, dict[str, Measured]] = {
        "two": {"B1.sessions": Amount(2)},
        "four": {"B1.sessions": Amount(4)},
        "one": {"B1.sessions": Amount(1)},
    }
    results = []
    for scheme in (OLD, MORE):
        sheets = [score(scheme, pairing, values) for pairing, values in measured.items()]
        grades = grade(scheme, sheets)
        results.append({sheet.pairing: (sheet, grades[sheet.pairing]) for sheet in sheets})
    told = back_test(OLD, MORE, 1, *results)
    assert (told.year, told.version, told.subjects) == (2025, 1, 3)
    assert [(move.pairing, move.lines[0].before, move.lines[0].after) for move in told.moves] == [
        ("two", 400, 800),
        ("one", 200, 400),
    ]
    assert (told.found.risen, told.found.fallen, told.found.regraded) == (2, 0, 0)
    first = told.moves[0].lines[0]
    assert (first.indicator.code, first.aspects) == ("B1", {Aspect.RULE})
    assert first.was is not None and "每次 2 分" in first.was.because.zh
    assert first.now is not None and "每次 4 分" in first.now.because.zh
    before, after = told.moves[0].before, told.moves[0].after
    assert before is not None and after is not None
    assert told.moves[0].by == after[0].total - before[0].total > 0


def test_a_grade_alone_is_a_move_too() -> None:
    lower = replace(OLD, bands=(*OLD.bands[:-2], replace(OLD.bands[-2], at_least=Fraction(1)), OLD.bands[-1]))
    results = []
    for scheme in (OLD, lower):
        sheet = score(scheme, "p", {})
        results.append({"p": (sheet, grade(scheme, [sheet])["p"])})
    told = back_test(OLD, lower, 1, *results)
    assert [(move.by, move.regraded is not None, move.lines) for move in told.moves] == [(0, True, ())]
    assert told.found.scheme_changes[0].code == "bands"
