"""Spread, indicator health and the years: counted by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.assessment.scheme.measured_values import Amount, Measured, Share
from domain.assessment.scheme.text import Text
from domain.assessment.schemes import shipped_scheme
from domain.assessment.scoring.grades import Grade
from domain.assessment.scoring.scoring import score
from projections.scores.indicator_health import Ailment, indicator_health
from projections.scores.scores import Result
from projections.scores.spread import spread
from projections.scores.trend import courses, year_of

SCHEME = shipped_scheme(2025)


def results(measured: Sequence[dict[str, Measured]]) -> list[Result]:
    return [
        Result(
            pairing=f"2025-v-{n}-b-{n}",
            branch=f"b-{n}",
            village=f"v-{n}",
            days_paired=365,
            sheet=score(SCHEME, f"2025-v-{n}-b-{n}", each),
            grade=Grade(n + 1, "good", Text("良好", "good"), Text("", "")),
        )
        for n, each in enumerate(measured)
    ]


@given(st.lists(st.integers(0, 2500), min_size=1, max_size=40), st.none() | st.integers(1, 2500))
def test_a_spread_counts_everybody_once_and_in_order(values: list[int], most: int | None) -> None:
    found = spread(values, most)
    assert found is not None
    assert sum(found.bins) == found.n == len(values)
    assert found.least <= found.lower <= found.median <= found.upper <= found.greatest
    below = sum(value < found.median for value in values)
    above = sum(value > found.median for value in values)
    assert below <= len(values) / 2 and above <= len(values) / 2
    assert found.mean * len(values) == sum(values)
    top = max([*values, most or 0]) or 1
    assert list(found.bins) == [sum(min(v * 10 // top, 9) == b for v in values) for b in range(10)]


def test_there_is_no_spread_of_nobody() -> None:
    assert spread([]) is None


def test_an_indicator_that_tells_nobody_apart_is_found() -> None:
    full: dict[str, Measured] = {"A3.months": Amount(12), "D1.needs": Share(1, 1)}
    county = results([{**full, "B1.sessions": Amount(n)} for n in range(6)])
    health = {each.indicator.code: each for each in indicator_health(SCHEME, county)}
    assert health["A3"].ailments == (Ailment.ALWAYS_FULL,)
    assert (health["A3"].full, health["A3"].nothing, health["A3"].share) == (6, 0, 1)
    assert health["B2"].ailments == (Ailment.NOBODY,)
    assert health["B1"].ailments == ()
    assert health["D2"].ailments == (Ailment.MOSTLY_NOT_APPLICABLE,)
    assert (health["D2"].applied, health["D2"].n) == (0, 6)
    assert health["G"].ailments == ()
    same = results([{"A3.months": Amount(7)} for _ in range(6)])
    assert {h.indicator.code: h for h in indicator_health(SCHEME, same)}["A3"].ailments == (
        Ailment.NO_SPREAD,
    )


def test_an_indicator_is_judged_before_redistribution() -> None:
    # D1 alone applies: the sheet shows 25 for it, of an indicator worth 12.
    county = results([{"D1.needs": Share(1, 2)} for _ in range(6)])
    d1 = next(each for each in indicator_health(SCHEME, county) if each.indicator.code == "D1")
    assert d1.spread is not None
    assert (d1.spread.greatest, d1.spread.most, d1.share) == (600, 1200, Fraction(1, 2))


def test_few_sheets_say_nothing_about_an_indicator() -> None:
    health = indicator_health(SCHEME, results([{"A3.months": Amount(12)}] * 4))
    assert all(each.ailments == () for each in health)


def test_the_years_stand_side_by_side() -> None:
    first = year_of(SCHEME, results([{"A3.months": Amount(6)}, {}]), 10, "2025-1")
    second = replace(year_of(SCHEME, results([{"A3.months": Amount(9)}]), 20), year=2026)
    assert (first.subjects, first.run_no, first.shares["A3"]) == (2, "2025-1", Fraction(1, 4))
    one, other = courses([first, second])
    assert one.change == second.totals["b-0", "v-0"][0] - first.totals["b-0", "v-0"][0] > 0
    assert other.totals == (first.totals["b-1", "v-1"], None)
    assert other.change is None
