"""No ruling that keeps to its bound lowers a sheet, and none that passes the bound leaves it as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.assessment.scheme.measured_values import Amount, Mean, Measured, Share
from domain.assessment.schemes import shipped_scheme
from domain.assessment.scoring.rulings import Ruleable, ruleable
from domain.assessment.scoring.scoring import score
from domain.assessment.scoring.sheet import Sheet

SCHEME = shipped_scheme(2025)
LINES = ("A1", "D1", "D2", "D3", "F", "G")

shares = st.integers(0, 3).flatmap(lambda whole: st.integers(0, whole).map(lambda part: Share(part, whole)))
sheets = st.fixed_dictionaries(
    {
        "D1.needs": shares,
        "D2.projects": shares,
        "D3.ratings": st.integers(0, 5).flatmap(
            lambda n: st.integers(n, 5 * n).map(lambda sum_: Mean(sum_, n))
        ),
        "G.circulars": st.integers(0, 3).map(Amount),
    }
)
earlier_rulings = st.dictionaries(st.sampled_from(LINES), st.integers(0, 500), max_size=2)


def ruled(measured: dict[str, Measured], rulings: dict[str, int], line: str, figure: int) -> Sheet:
    return score(SCHEME, "p", measured, {**rulings, line: figure})


@given(sheets, earlier_rulings, st.sampled_from(LINES), st.integers(0, 3000))
def test_no_accepted_ruling_lowers_a_group_or_a_total(
    measured: dict[str, Measured], rulings: dict[str, int], line: str, figure: int
) -> None:
    found = ruleable(SCHEME, "p", measured, rulings, line)
    before, after = score(SCHEME, "p", measured, rulings), ruled(measured, rulings, line, figure)
    group = after.group(after.line(line).indicator.group).group
    lower = group.sign * (after.group(group.code).hundredths - before.group(group.code).hundredths) < 0
    within = figure <= found.bound if group.sign < 0 else figure >= found.bound
    assert within is not (lower or after.total < before.total)


def test_a_line_that_takes_from_the_others_gives_at_least_as_much() -> None:
    """Seen: two full lines of a group of 25, the third ruled 3 of its 5, and the group became 23."""
    measured: dict[str, Measured] = {"D1.needs": Share(2, 2), "D2.projects": Share(2, 2)}
    assert score(SCHEME, "p", measured).group("D").hundredths == 2500
    assert ruled(measured, {}, "D3", 300).group("D").hundredths == 2300
    assert ruleable(SCHEME, "p", measured, {}, "D3") == Ruleable(500, 500)


def test_what_a_line_can_be_worth_is_what_it_can_be_once_it_is_ruled_on() -> None:
    measured: dict[str, Measured] = {"D1.needs": Share(2, 2)}
    # D2 does not apply: 25 points are shared by 12 and 5.
    assert ruleable(SCHEME, "p", measured, {}, "D3") == Ruleable(735, 735)


def test_a_deduction_is_ruled_no_greater() -> None:
    assert ruleable(SCHEME, "p", {"G.circulars": Amount(1)}, {}, "G").bound == score(
        SCHEME, "p", {"G.circulars": Amount(1)}
    ).figure("G")
