"""What an indicator asks people for follows from its parts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from domain.assessment.scheme.required_entry import RequiredEntry, asked
from domain.assessment.scheme_file.scheme_text import parse_scheme
from tests.kit.manual_scheme import manual_scheme

SCHEME = parse_scheme(manual_scheme())


@pytest.mark.parametrize(
    "expected",
    [
        RequiredEntry("A3", 1200),
        RequiredEntry("S1", 1000, by_hand=True, hand_most=1000),
        RequiredEntry("S2", 1000, groups=("leaders", "residents"), ballot_full=10000),
        RequiredEntry("S3", 1000, options=("satisfied", "fair", "dissatisfied")),
        RequiredEntry("S4", 500, superior_full=10000),
        RequiredEntry("S5", 500, superior_rank=True),
        RequiredEntry("G", None),
    ],
    ids=lambda each: each.indicator,
)
def test_each_part_says_what_is_to_be_entered(expected: RequiredEntry) -> None:
    assert asked(SCHEME.indicator(expected.indicator)) == expected
    assert expected.anything is expected.indicator.startswith("S")


def test_the_maximum_is_that_of_the_sheet_and_points_may_sink_where_the_scheme_lets_them() -> None:
    sinking = replace(SCHEME.indicator("A3"), floor=Fraction(-2))
    assert asked(sinking, 1500) == RequiredEntry("A3", 1500, least_hundredths=-200)
