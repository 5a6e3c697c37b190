"""What each rule kind makes of a measured value, and what it says about it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from domain.assessment.scheme.measured_values import Amount, Day, Mean, Measured, Share, Tally
from domain.assessment.scheme.points import exact_zh, figure, half_up, number, two_decimals
from domain.assessment.scheme.rules.kinds.by_date import ByDate
from domain.assessment.scheme.rules.kinds.each import Each
from domain.assessment.scheme.rules.kinds.mean import MeanValue
from domain.assessment.scheme.rules.kinds.of_total import OfTotal
from domain.assessment.scheme.rules.kinds.per_level import PerLevel
from domain.assessment.scheme.rules.kinds.steps import Steps
from domain.assessment.scheme.rules.kinds.to_target import ToTarget
from domain.assessment.scheme.rules.rule import Rule
from domain.assessment.scheme.text import Text

AGREEMENT = ByDate(((date(2025, 3, 31), Fraction(4)), (date(2025, 12, 31), Fraction(2))))
VISITED = Steps(((15, Fraction(8)), (10, Fraction(6)), (5, Fraction(4)), (1, Fraction(2))))
CASES = PerLevel(
    (("county", Fraction(1), Text("县级", "county")), ("province", Fraction(3), Text("省级", "province")))
)


@pytest.mark.parametrize(
    ("rule", "measured", "points"),
    [
        (AGREEMENT, Day(date(2025, 3, 31)), 4),
        (AGREEMENT, Day(date(2025, 4, 1)), 2),
        (AGREEMENT, Day(date(2024, 6, 1)), 4),
        (AGREEMENT, Day(date(2026, 1, 1)), 0),
        (AGREEMENT, Day(None), 0),
        (OfTotal(Fraction(12), None), Share(2, 3), 8),
        (OfTotal(Fraction(2), Fraction(0)), Share(331, 365), Fraction(662, 365)),
        (OfTotal(Fraction(12), None), Share(0, 3), 0),
        (OfTotal(Fraction(12), None), Share(0, 0), None),
        (OfTotal(Fraction(10), Fraction(10)), Share(0, 0), 10),
        (Each(Fraction(2), Fraction(8)), Amount(3), 6),
        (Each(Fraction(2), Fraction(8)), Amount(5), 8),
        (Each(Fraction(7, 4)), Amount(3), Fraction(21, 4)),
        (ToTarget(60, Fraction(6)), Amount(59), Fraction(59, 10)),
        (ToTarget(60, Fraction(6)), Amount(61), 6),
        (VISITED, Amount(0), 0),
        (VISITED, Amount(1), 2),
        (VISITED, Amount(4), 2),
        (VISITED, Amount(5), 4),
        (VISITED, Amount(9), 4),
        (VISITED, Amount(10), 6),
        (VISITED, Amount(14), 6),
        (VISITED, Amount(15), 8),
        (MeanValue(3), Mean(13, 3), Fraction(13, 3)),
        (MeanValue(3), Mean(9, 2), None),
        (MeanValue(2, Fraction(2)), Mean(9, 2), 9),
        (CASES, Tally((("county", 2), ("province", 1))), 5),
        (CASES, Tally(), 0),
    ],
)
def test_a_measured_value_is_worth(rule: Rule, measured: Measured, points: Fraction | int | None) -> None:
    assert rule.value(measured) == points
    assert rule.points(measured).value == points


@pytest.mark.parametrize("rule", [AGREEMENT, OfTotal(Fraction(1), None), VISITED, MeanValue(3), CASES])
def test_a_rule_refuses_a_value_of_another_kind(rule: Rule) -> None:
    wrong: Measured = Day(None) if not isinstance(rule, ByDate) else Amount(1)
    with pytest.raises(TypeError, match="judges"):
        rule.value(wrong)


def test_a_rule_says_its_terms_and_the_points() -> None:
    said = Each(Fraction(2), Fraction(8)).points(Amount(5), Text("次", "session"))
    assert said.because_zh == "每次 2 分，最多 8 分，计 8.00 分"
    assert said.because_en == "2 for each session, at most 8: 8.00 points"
    assert MeanValue(3).points(Mean(9, 2), Text("个评分", "rating")).because_zh == "少于 3 个评分，不适用"


@pytest.mark.parametrize(
    ("exact", "hundredths"),
    [(Fraction(5, 1000), 1), (Fraction(4999, 1000000), 0), (Fraction(1, 3), 33), (Fraction(2, 3), 67)],
)
def test_the_third_decimal_five_is_rounded_up(exact: Fraction, hundredths: int) -> None:
    assert half_up(exact) == hundredths


def test_a_maximum_that_redistribution_moved_is_written_in_two_decimals() -> None:
    assert [figure(Fraction(x)) for x in ("5", "25/2", "100/13", "1/3")] == ["5", "12.5", "7.69", "0.33"]


def test_figures_are_written_as_in_the_regulation() -> None:
    assert [number(Fraction(x)) for x in ("2", "1.75", "1.5", "1/3", "100")] == [
        "2",
        "1.75",
        "1.5",
        "1/3",
        "100",
    ]
    assert [two_decimals(x) for x in (0, 5, 1943, None)] == ["0.00", "0.05", "19.43", ""]
    assert exact_zh(Fraction(1, 3)) == "1/3 分（约 0.33）"
    assert exact_zh(Fraction(7)) == "7.00 分"
