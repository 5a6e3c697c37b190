"""The newer rule kinds against a naive oracle: step by step as a clerk would reckon, with nothing of the rules used."""

from __future__ import annotations

import math
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.assessment.scheme.measured_values import (
    Amount,
    Measured,
    Place,
    Ratings,
    Share,
    StatedPoints,
    Survey,
    Tally,
)
from domain.assessment.scheme.rules.kinds.by_place import ByPlace
from domain.assessment.scheme.rules.kinds.converted import Converted, ConvertedTo
from domain.assessment.scheme.rules.kinds.flat import Flat
from domain.assessment.scheme.rules.kinds.given import Given
from domain.assessment.scheme.rules.kinds.per_level import PerLevel
from domain.assessment.scheme.rules.kinds.per_missing import PerMissing
from domain.assessment.scheme.rules.kinds.per_unmet import PerUnmet
from domain.assessment.scheme.rules.kinds.rated import Rated, RaterGroup, WhenMissing
from domain.assessment.scheme.rules.kinds.satisfaction import Option, Satisfaction
from domain.assessment.scheme.rules.kinds.threshold import Otherwise, Threshold
from domain.assessment.scheme.rules.rule import Rule
from domain.assessment.scheme.text import Text

points = st.integers(0, 4000).map(lambda n: Fraction(n, 100))
some_points = st.integers(1, 4000).map(lambda n: Fraction(n, 100))
counts = st.integers(0, 60) | st.integers(0, 2)
percents = st.integers(1, 10_000).map(lambda n: Fraction(n, 100))
CODES = "甲乙丙丁"


def judged(rule: Rule, measured: Measured) -> Fraction | None:
    """The value; the sentence must exist, in both languages, and say the same."""
    said = rule.points(measured, Text("次", "time"))
    assert said.value == rule.value(measured)
    assert said.because_zh
    assert said.because_en
    if said.value is None:
        assert rule.may_not_apply
        assert said.because_zh.endswith("不适用")
    else:
        assert rule.most is None or 0 <= said.value <= rule.most
    return said.value


@given(counts, points, points)
def test_flat_is_all_or_nothing(n: int, award: Fraction, none: Fraction) -> None:
    assert judged(Flat(award, none), Amount(n)) == (none if n == 0 else award)


@given(counts, st.integers(1, 60), points, points)
def test_each_missing_one_takes_off_until_nothing_is_left(
    n: int, expected: int, each: Fraction, full: Fraction
) -> None:
    left = full
    for held in range(1, expected + 1):
        if held > n:
            left = left - each if left > each else Fraction(0)
    assert judged(PerMissing(expected, each, full), Amount(n)) == left


@given(st.lists(st.booleans(), max_size=40), points, points, st.none() | points)
def test_each_unmet_one_takes_off_until_nothing_is_left(
    kept: list[bool], each: Fraction, full: Fraction, none: Fraction | None
) -> None:
    left: Fraction | None = full if kept else none
    for met in kept:
        if not met:
            assert left is not None
            left = left - each if left > each else Fraction(0)
    assert judged(PerUnmet(full, each, none), Share(kept.count(True), len(kept))) == left


@given(st.lists(st.booleans(), max_size=40), percents, points, st.sampled_from(Otherwise), st.none() | points)
def test_a_threshold_is_reached_by_enough_of_them(
    kept: list[bool], percent: Fraction, award: Fraction, otherwise: Otherwise, none: Fraction | None
) -> None:
    needed = math.ceil(percent * len(kept) / 100)
    met = kept.count(True)
    if not kept:
        expected = none
    elif met >= needed:
        expected = award
    elif otherwise is Otherwise.NOTHING:
        expected = Fraction(0)
    else:
        expected = sum((award / len(kept) for held in kept if held), Fraction(0))
    assert judged(Threshold(percent, award, otherwise, none), Share(met, len(kept))) == expected


def test_a_threshold_is_reached_exactly_at_its_percentage() -> None:
    rule = Threshold(Fraction(80), Fraction(10), Otherwise.NOTHING, Fraction(0))
    assert (judged(rule, Share(4, 5)), judged(rule, Share(79, 100)), judged(rule, Share(80, 100))) == (
        10,
        0,
        10,
    )


@given(
    st.none() | st.integers(1, 30),
    st.lists(st.integers(1, 25), min_size=1, max_size=6, unique=True),
    st.lists(points, min_size=6, max_size=6),
)
def test_a_place_earns_what_the_table_of_all_places_says(
    place: int | None, ends: list[int], worth: list[Fraction]
) -> None:
    steps = list(zip(sorted(ends), sorted(worth, reverse=True), strict=False))
    table: dict[int, Fraction] = {}
    for to, each in steps:
        for nth in range(1, to + 1):
            table.setdefault(nth, each)
    expected = table.get(place, Fraction(0)) if place is not None else 0
    assert judged(ByPlace(tuple(steps)), Place(place, 147)) == expected


@given(
    st.none() | st.integers(0, 20_000), some_points, points, st.sampled_from(ConvertedTo), st.none() | points
)
def test_a_superior_score_is_converted_by_the_rule_of_three(
    stated: int | None, full: Fraction, at_full: Fraction, to: ConvertedTo, none: Fraction | None
) -> None:
    value = judged(Converted(full, at_full, to, none), StatedPoints(stated))
    if stated is None:
        assert value == none
        return
    earned = Fraction(stated, 100) if Fraction(stated, 100) < full else full
    counted = earned if to is ConvertedTo.POINTS else full - earned
    assert value is not None
    assert value * full == counted * at_full


@given(st.none() | st.integers(0, 5000), points)
def test_points_given_count_up_to_their_most(stated: int | None, most: Fraction) -> None:
    value = judged(Given(most), StatedPoints(stated))
    if stated is None:
        assert value == 0
    else:
        assert value == (most if Fraction(stated, 100) > most else Fraction(stated, 100))


ballots = st.lists(st.integers(0, 12_000), max_size=8)


@given(
    st.dictionaries(st.sampled_from(CODES), ballots, max_size=4),
    st.lists(st.integers(1, 97), min_size=2, max_size=2, unique=True),
    some_points,
    points,
    st.integers(1, 4),
    st.sampled_from(WhenMissing),
)
def test_groups_of_raters_are_weighed(
    cast: dict[str, list[int]],
    cuts: list[int],
    full: Fraction,
    at_full: Fraction,
    least: int,
    when_missing: WhenMissing,
) -> None:
    low, high = sorted(cuts)
    weights = dict(zip(CODES, (low, high - low, 100 - high), strict=False))
    groups = tuple(RaterGroup(code, Fraction(w), Text(code, code)) for code, w in weights.items())
    ratings = Ratings(tuple((code, sum(own), len(own)) for code, own in cast.items() if own))
    value = judged(Rated(full, at_full, groups, least, when_missing), ratings)
    # A hundred raters, as many of a group as its weight, each of whom says the group's mean.
    voices: list[Fraction] = []
    missing = 0
    for code, weight in weights.items():
        own = cast.get(code, [])
        if len(own) >= least:
            mean = Fraction(sum(own), len(own)) / 100
            voices += [(mean if mean < full else full) / full] * weight
        elif when_missing is WhenMissing.NOT_APPLICABLE:
            missing += 1
        elif when_missing is WhenMissing.ZERO:
            voices += [Fraction(0)] * weight
    if missing:
        assert value is None
    elif not voices:
        assert value == 0
    else:
        assert value == at_full * sum(voices) / len(voices)


@given(
    st.lists(st.sampled_from(CODES), max_size=40),
    st.lists(st.integers(0, 100), min_size=3, max_size=3),
    points,
    st.integers(1, 12),
    st.none() | points,
    st.integers(0, 30),
    st.integers(0, 100),
    st.integers(0, 50),
)
def test_a_survey_is_worth_the_mean_of_its_valid_answers(
    answers: list[str],
    worth: list[int],
    full: Fraction,
    least: int,
    fewer: Fraction | None,
    warn_valid: int,
    warn_returned: int,
    unreturned: int,
) -> None:
    options = tuple(
        Option(code, Fraction(w), Text(code, code)) for code, w in zip(CODES, worth, strict=False)
    )
    rule = Satisfaction(full, options, least, fewer, warn_valid, warn_returned)
    tally = tuple((code, answers.count(code)) for code in CODES if code in answers)
    survey = Survey(len(answers) + unreturned, len(answers), len(answers), tally)
    value = judged(rule, survey)
    if len(answers) < least:
        assert value == fewer
        return
    # An answer that is no option of the scheme is worth nothing.
    each = [Fraction(dict(zip(CODES, worth, strict=False)).get(answer, 0), 100) for answer in answers]
    assert value == full * sum(each, Fraction(0)) / len(each)
    small = len(answers) < warn_valid or len(answers) / (len(answers) + unreturned) < warn_returned / 100
    assert ("样本偏小" in rule.points(survey).because_zh) is small
    assert ("small sample" in rule.points(survey).because_en) is small


@given(st.lists(st.sampled_from("abc")), points, points, points, points)
def test_per_level_stops_at_its_cap(
    seen: list[str], a: Fraction, b: Fraction, c: Fraction, cap: Fraction
) -> None:
    worth = {"a": a, "b": b, "c": c}
    rule = PerLevel(tuple((level, each, Text(level, level)) for level, each in worth.items()), cap)
    earned = Fraction(0)
    for level in seen:
        earned = min(earned + worth[level], cap)
    tally = tuple((level, seen.count(level)) for level in "abc" if level in seen)
    assert judged(rule, Tally(tally)) == earned
