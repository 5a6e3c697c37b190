"""What would still count, against trying it out: no further fact may bring more than is said, and some brings all of it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.assessment.measured import Amount, Day, Measured, Share
from domain.assessment.outlook import Chance, outlook
from domain.assessment.schemes import shipped_scheme
from domain.assessment.scoring import score

SCHEME = shipped_scheme(2025)
PAIRING = "2025-v-00000001-b-00000001"
MID_YEAR = date(2025, 6, 15)


def chances(measured: dict[str, Measured], today: date, code: str) -> list[Chance]:
    found = outlook(SCHEME, score(SCHEME, PAIRING, measured), today)
    return list(found.chances.get(code, ()))


def worth(measured: dict[str, Measured], code: str) -> Fraction:
    return score(SCHEME, PAIRING, measured).line(code).exact or Fraction(0)


@given(st.integers(0, 200), st.sampled_from(["B1.sessions", "B2.participants", "C1.persons"]))
def test_the_gain_of_a_count_is_what_any_number_more_could_bring(n: int, part: str) -> None:
    code = part.split(".")[0]
    now = worth({part: Amount(n)}, code)
    best = max(worth({part: Amount(n + more)}, code) for more in range(101))
    said = sum((each.gain for each in chances({part: Amount(n)}, MID_YEAR, code)), Fraction(0))
    assert said == best - now


@given(st.sets(st.integers(1, 12)), st.dates(date(2025, 1, 1), date(2025, 12, 31)))
def test_the_gain_of_months_is_that_of_the_months_that_are_left_or_unreported(
    held: set[int], today: date
) -> None:
    measured: dict[str, Measured] = {"A3.months": Amount(len(held), tuple(sorted(held)))}
    said = chances(measured, today, "A3")
    if len(held) == 12:
        assert said == []
        return
    (chance,) = said
    # Themed Party days may still be reported until the cut-off, so past months count as possible, but are said apart.
    assert chance.gain == 12 - len(held)
    for month in range(today.month, 13):
        assert (str(month) in chance.how.zh.split("；")[0]) or month in held


@given(st.integers(0, 365), st.dates(date(2025, 1, 1), date(2025, 12, 31)))
def test_a_vacant_post_can_gain_the_days_that_are_left(held: int, today: date) -> None:
    left = (date(2025, 12, 31) - today).days + 1
    measured: dict[str, Measured] = {"A2.secretary": Share(held, 365), "A2.member": Share(365, 365)}
    said = chances(measured, today, "A2")
    expected = Fraction(2 * min(365 - held, left), 365)
    assert sum((each.gain for each in said), Fraction(0)) == expected


@given(
    st.none() | st.dates(date(2025, 1, 1), date(2025, 12, 31)), st.dates(date(2025, 1, 1), date(2026, 1, 20))
)
def test_signing_gains_what_the_next_day_limit_gives(on: date | None, today: date) -> None:
    said = chances({"A1.agreement": Day(on)}, today, "A1")
    if on is not None or today > date(2025, 12, 31):
        assert said == []
    else:
        assert [each.gain for each in said] == [4 if today <= date(2025, 3, 31) else 2]


def test_a_share_gains_at_most_what_is_not_met_yet() -> None:
    measured: dict[str, Measured] = {"D1.needs": Share(1, 4), "D2.projects": Share(2, 2)}
    (chance,) = chances(measured, MID_YEAR, "D1")
    # D3 does not apply, so D1 is worth 12 × 25/20.
    assert chance.gain == Fraction(12 * 3, 4) * Fraction(25, 20)
    assert chances(measured, MID_YEAR, "D2") == []
    (mean,) = chances(measured, MID_YEAR, "D3")
    assert mean.gain == 0 and "再有 3" in mean.how.zh


def test_after_the_year_only_reporting_and_confirming_counts_and_after_the_cut_off_nothing() -> None:
    measured: dict[str, Measured] = {"A3.months": Amount(0), "D1.needs": Share(0, 1), "C1.persons": Amount(3)}
    after = outlook(SCHEME, score(SCHEME, PAIRING, measured), date(2026, 1, 5))
    assert after.closed is None
    assert "A1" not in after.chances and "A2" not in after.chances
    assert "2026-01-10 前（含）填报" in after.chances["A3"][0].how.zh
    assert after.chances["D1"][0].gain > 0
    closed = outlook(SCHEME, score(SCHEME, PAIRING, measured), date(2026, 1, 11))
    assert closed.closed is not None and "2026-01-10" in closed.closed.zh
    assert closed.gain_hundredths == 0


def test_what_is_ruled_deducted_or_lost_is_no_chance() -> None:
    sheet = score(SCHEME, PAIRING, {"A3.months": Amount(0)}, {"A3": 500})
    found = outlook(SCHEME, sheet, MID_YEAR)
    assert "A3" not in found.chances
    assert {"E2", "G"}.isdisjoint(found.chances)
