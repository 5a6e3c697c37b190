"""What would still count, against trying it out: no further fact may bring more than is said, and some brings all of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.assessment.scheme.measured_values import Amount, Day, Measured, Place, Share, StatedPoints
from domain.assessment.scheme.measures import FactFilter, Measure, MeasureKind, Period, Window
from domain.assessment.scheme.rules.kinds.by_place import ByPlace
from domain.assessment.scheme.rules.kinds.flat import Flat
from domain.assessment.scheme.rules.kinds.given import Given
from domain.assessment.scheme.rules.kinds.per_missing import PerMissing
from domain.assessment.scheme.rules.kinds.per_unmet import PerUnmet
from domain.assessment.scheme.rules.kinds.threshold import Otherwise, Threshold
from domain.assessment.scheme.rules.rule import Rule
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.schemes import shipped_scheme
from domain.assessment.scoring.outlook import Chance, outlook
from domain.assessment.scoring.scoring import score

SCHEME = shipped_scheme(2025)
PAIRING = "2025-v-00000001-b-00000001"
MID_YEAR = date(2025, 6, 15)


def judging(rule: Rule, kind: MeasureKind, every: Period | None = None) -> Scheme:
    """The scheme with another rule for A1 and nothing else in it."""
    group = SCHEME.group("A")
    only = group.indicators[0]
    measure = Measure(kind, FactFilter("activity", Window.IN_YEAR), every=every)
    part = replace(only.parts[0], rule=rule, measure=measure)
    one = replace(group, indicators=(replace(only, parts=(part,), most=Fraction(50)),), most=None)
    return replace(SCHEME, groups=(one,))


def gain_of(scheme: Scheme, measured: Measured, today: date = MID_YEAR) -> Fraction:
    sheet = score(scheme, PAIRING, {"A1.agreement": measured})
    return sum((each.gain for each in outlook(scheme, sheet, today).chances.get("A1", ())), Fraction(0))


points = st.integers(0, 1000).map(lambda n: Fraction(n, 100))


@given(st.integers(0, 30), st.integers(1, 20), points, points)
def test_one_more_and_what_is_expected(n: int, expected: int, each: Fraction, full: Fraction) -> None:
    for rule in (Flat(full), PerMissing(expected, each, full)):
        now, best = rule.value(Amount(n)), max(rule.value(Amount(n + more)) for more in range(60))
        assert gain_of(judging(rule, MeasureKind.COUNT), Amount(n)) == best - now


@given(st.integers(0, 12), st.integers(0, 12), points, points, st.integers(1, 100))
def test_a_share_could_be_met_in_full(a: int, b: int, full: Fraction, each: Fraction, percent: int) -> None:
    share = Share(min(a, b), max(a, b))
    for rule in (
        PerUnmet(full, each, Fraction(0)),
        Threshold(Fraction(percent), full, Otherwise.NOTHING, Fraction(0)),
        Threshold(Fraction(percent), full, Otherwise.PROPORTIONAL, Fraction(0)),
    ):
        values = [
            rule.value(Share(met, share.whole)) or Fraction(0) for met in range(share.part, share.whole + 1)
        ]
        assert gain_of(judging(rule, MeasureKind.SHARE), share) == max(values) - values[0]


@given(st.integers(0, 12), st.dates(date(2025, 1, 1), date(2025, 12, 31)))
def test_of_a_cadence_only_the_periods_to_come_can_be_met(met: int, today: date) -> None:
    scheme = judging(PerUnmet(Fraction(12), Fraction(1), None), MeasureKind.CADENCE, Period.MONTH)
    assert gain_of(scheme, Share(met, 12), today) == min(12 - met, 13 - today.month)


@given(st.integers(0, 12), st.dates(date(2025, 1, 1), date(2025, 12, 31)), st.data())
def test_of_a_cadence_the_periods_that_are_met_promise_nothing(
    met: int, today: date, data: st.DataObject
) -> None:
    scheme = judging(PerUnmet(Fraction(12), Fraction(1), None), MeasureKind.CADENCE, Period.MONTH)
    ahead = 13 - today.month
    counted = data.draw(st.integers(max(0, met - today.month + 1), min(met, ahead)))
    sheet = score(scheme, PAIRING, {"A1.agreement": Share(met, 12)})
    found = outlook(scheme, sheet, today, None, {"A1.agreement": Share(counted, ahead)})
    gain = sum((each.gain for each in found.chances.get("A1", ())), Fraction(0))
    assert gain == ahead - counted, "each period to come that is not met yet brings one point"


def test_what_others_judge_counts_once_they_have() -> None:
    given_points = judging(Given(Fraction(5)), MeasureKind.STATED)
    assert gain_of(given_points, StatedPoints(None)) == 5
    assert gain_of(given_points, StatedPoints(300)) == 0
    ranked = judging(ByPlace(((1, Fraction(10)), (3, Fraction(5)))), MeasureKind.RANK)
    assert gain_of(ranked, Place(3, 20)) == 5
    assert gain_of(ranked, Place(1, 20)) == 0


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


@given(st.dates(date(2025, 1, 1), date(2025, 12, 31)), st.data())
def test_a_post_that_is_held_for_days_to_come_is_promised_only_those_it_lacks(
    today: date, data: st.DataObject
) -> None:
    """What is counted among them is lost to no vacancy; days that have passed come back by nothing."""
    ahead = (date(2025, 12, 31) - today).days + 1
    counted = data.draw(st.integers(0, ahead))
    passed = data.draw(st.integers(0, 365 - ahead))
    measured: dict[str, Measured] = {
        "A2.secretary": Share(passed + counted, 365),
        "A2.member": Share(365, 365),
    }
    left: dict[str, Measured] = {"A2.secretary": Share(counted, ahead), "A2.member": Share(ahead, ahead)}
    found = outlook(SCHEME, score(SCHEME, PAIRING, measured), today, None, left)
    gain = sum((each.gain for each in found.chances.get("A2", ())), Fraction(0))
    assert gain == Fraction(2 * (ahead - counted), 365)


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


def test_a_pairing_that_ended_can_only_report_what_had_happened() -> None:
    measured: dict[str, Measured] = {"A2.secretary": Share(0, 100), "A3.months": Amount(1, (2,))}
    sheet = score(SCHEME, PAIRING, measured)
    ended = outlook(SCHEME, sheet, date(2025, 12, 1), ended_on=date(2025, 4, 10))
    assert "A2" not in ended.chances
    assert "2026-01-10 前（含）填报" in ended.chances["A3"][0].how.zh
    running = outlook(SCHEME, sheet, date(2025, 3, 20), ended_on=date(2025, 4, 10))
    assert "第 3、4 月尚可开展" in running.chances["A3"][0].how.zh
    assert running.chances["A2"][0].gain == Fraction(2 * 22, 100), "from 20 March to 10 April"
