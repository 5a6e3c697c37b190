"""Every rule kind and every measure that unites days, months or levels, against a naive computation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from domain.assessment.scheme.measured_values import Amount, Day, Mean, Measured, Share, Tally
from domain.assessment.scheme.points import half_up
from domain.assessment.scheme.rules.kinds.by_date import ByDate
from domain.assessment.scheme.rules.kinds.each import Each
from domain.assessment.scheme.rules.kinds.mean import MeanValue
from domain.assessment.scheme.rules.kinds.of_total import OfTotal
from domain.assessment.scheme.rules.kinds.per_level import PerLevel
from domain.assessment.scheme.rules.kinds.steps import Steps
from domain.assessment.scheme.rules.kinds.to_target import ToTarget
from domain.assessment.scheme.scheme import VETO, Grading, QuotaRounding, Ties
from domain.assessment.scheme.text import Text
from domain.assessment.schemes import shipped_scheme
from domain.assessment.scoring.grades import grade
from domain.assessment.scoring.scoring import score
from domain.assessment.scoring.sheet import GroupScore, Sheet
from projections.facts.fact_table import facts
from projections.measuring.measuring import measure_all
from tests.kit.examples import examples
from tests.unit.assessment.county import Row, engine_with, fact, fill

SCHEME = shipped_scheme(2025)
PAIRING = "2025-v-00000001-b-00000001"
YEAR = [date(2025, 1, 1) + timedelta(n) for n in range(365)]

points = st.integers(0, 4000).map(lambda n: Fraction(n, 100))
counts = st.integers(0, 300)
days_near = st.dates(date(2024, 10, 1), date(2026, 3, 31))


@given(st.fractions(0, 100))
def test_rounding_is_that_of_the_decimal_library(exact: Fraction) -> None:
    scaled = exact * 100
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    up = 2 * rest >= scaled.denominator
    assert half_up(exact) == whole + up
    assert half_up(Fraction(half_up(exact), 100)) == half_up(exact)
    short = Decimal(half_up(exact * 10)) / 1000
    as_decimal = short.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert half_up(Fraction(short)) == int(as_decimal * 100)


@given(counts, points, st.none() | points)
def test_each_earns_one_after_the_other_until_the_cap(n: int, each: Fraction, cap: Fraction | None) -> None:
    earned = Fraction(0)
    for _ in range(n):
        earned += each
    if cap is not None and earned > cap:
        earned = cap
    assert Each(each, cap).value(Amount(n)) == earned


@given(counts, st.integers(1, 100), points)
def test_to_target(n: int, target: int, full: Fraction) -> None:
    expected = full if n >= target else Fraction(n, target) * full
    assert ToTarget(target, full).value(Amount(n)) == expected


@given(counts, st.dictionaries(st.integers(1, 200), points, min_size=1, max_size=6))
def test_steps_give_the_points_of_the_highest_reached(n: int, steps: dict[int, Fraction]) -> None:
    reached = [least for least in steps if least <= n]
    expected = steps[max(reached)] if reached else 0
    assert Steps(tuple(sorted(steps.items(), reverse=True))).value(Amount(n)) == expected


@given(st.none() | days_near, st.dictionaries(days_near, points, min_size=1, max_size=4))
def test_by_date_gives_the_points_of_the_first_day_not_missed(
    on: date | None, steps: dict[date, Fraction]
) -> None:
    kept = [last for last in steps if on is not None and on <= last]
    expected = steps[min(kept)] if kept else 0
    assert ByDate(tuple(sorted(steps.items()))).value(Day(on)) == expected


@given(counts, counts, points, st.none() | points)
def test_of_total(a: int, b: int, full: Fraction, none: Fraction | None) -> None:
    part, whole = min(a, b), max(a, b)
    value = OfTotal(full, none).value(Share(part, whole))
    if whole == 0:
        assert value == none
    else:
        assert value is not None
        assert value * whole == full * part


@given(st.lists(st.integers(1, 5), max_size=12), st.integers(1, 5))
def test_the_mean_needs_its_sample(ratings: list[int], least: int) -> None:
    value = MeanValue(least).value(Mean(sum(ratings), len(ratings)))
    if len(ratings) < least:
        assert value is None
    else:
        assert value is not None
        assert value * len(ratings) == sum(ratings)


@given(st.lists(st.sampled_from("abc")), points, points, points)
def test_per_level_adds_one_by_one(seen: list[str], a: Fraction, b: Fraction, c: Fraction) -> None:
    worth = {"a": a, "b": b, "c": c}
    rule = PerLevel(tuple((level, each, Text(level, level)) for level, each in worth.items()))
    tally = tuple((level, seen.count(level)) for level in "abc" if level in seen)
    assert rule.value(Tally(tally)) == sum((worth[level] for level in seen), Fraction(0))


@st.composite
def measured(draw: st.DrawFn) -> dict[str, Measured]:
    """Any values a pairing could have been measured with."""

    def share() -> Share:
        a, b = draw(st.integers(0, 6)), draw(st.integers(0, 6))
        return Share(min(a, b), max(a, b))

    def tally(part: str) -> Tally:
        levels = next(p for p in SCHEME.parts if p.id == part).measure.facts.levels
        return Tally(tuple((level, n) for level in levels if (n := draw(st.integers(0, 4)))))

    ratings = draw(st.lists(st.integers(1, 5), max_size=6))
    return {
        "A1.agreement": Day(draw(st.none() | st.sampled_from(YEAR))),
        "A2.secretary": Share(draw(st.integers(0, 300)), 300),
        "A2.member": Share(draw(st.integers(0, 300)), 300),
        "A3.months": Amount(draw(st.integers(0, 12))),
        **{part: Amount(draw(st.integers(0, 70))) for part in ("B1.sessions", "B2.participants", "B3.forum")},
        "D1.needs": share(),
        "D2.projects": share(),
        "D3.ratings": Mean(sum(ratings), len(ratings)),
        "E1.findings": share(),
        **{part: tally(part) for part in ("E2.raised", "F.cases", "G.slips")},
    }


@given(measured())
def test_a_sheet_adds_up_and_stays_within_its_maxima(values: dict[str, Measured]) -> None:
    sheet = score(SCHEME, PAIRING, values)
    for each in sheet.groups:
        own = sum(line.final or 0 for line in sheet.lines if line.indicator.group == each.group.code)
        assert each.fallback_of is not None or each.hundredths == own
        assert each.group.most is None or 0 <= each.hundredths <= each.group.most * 100
    plus = sum(each.hundredths for each in sheet.groups if each.group.sign > 0)
    minus = sum(each.hundredths for each in sheet.groups if each.group.sign < 0)
    assert sheet.total == max(plus - minus, 0)
    assert all(line.because.zh and line.because.en for line in sheet.lines)


@given(measured())
def test_full_marks_wherever_d_applies_are_full_marks_of_the_group(values: dict[str, Measured]) -> None:
    full = {part: Share(v.whole, v.whole) if isinstance(v, Share) else v for part, v in values.items()}
    full["D3.ratings"] = (
        Mean(15, 3) if isinstance(v := values["D3.ratings"], Mean) and v.sample >= 3 else Mean()
    )
    sheet = score(SCHEME, PAIRING, full)
    if sheet.group("D").fallback_of is None:
        assert abs(sheet.group("D").hundredths - 2500) <= 1


@st.composite
def sheets(draw: st.DrawFn) -> list[Sheet]:
    """A county whose totals tie often."""
    made = []
    for n in range(draw(st.integers(0, 30))):
        own = {"E": draw(st.sampled_from([1500, 2000])), "D": draw(st.sampled_from([2000, 2500]))}
        groups = tuple(GroupScore(group, own.get(group.code, 0)) for group in SCHEME.groups)
        total = draw(st.sampled_from([5900, 7900, 8900, 9000, 9100, 9200]))
        made.append(Sheet(f"p{n}", (), groups, total, (VETO,) * (draw(st.integers(0, 9)) == 0)))
    return made


@given(sheets())
def test_grades_agree_with_placing_everybody_by_hand(county: list[Sheet]) -> None:
    found = grade(SCHEME, county)
    places = len(county) * 30 // 100
    clean = [s for s in county if not s.vetoed]
    for sheet in county:
        own = (sheet.total, sheet.group("E").hundredths, sheet.group("D").hundredths)
        ahead = [s for s in clean if (s.total, s.group("E").hundredths, s.group("D").hundredths) >= own]
        if sheet.vetoed:
            expected = "poor"
        elif sheet.total >= 9000 and len(ahead) <= places:
            expected = "excellent"
        else:
            expected = "good" if sheet.total >= 8000 else "fair" if sheet.total >= 6000 else "poor"
        assert found[sheet.pairing].grade == expected
    assert sum(each.grade == "excellent" for each in found.values()) <= places


ROUND = {
    QuotaRounding.DOWN: ROUND_FLOOR,
    QuotaRounding.HALF_UP: ROUND_HALF_UP,
    QuotaRounding.UP: ROUND_CEILING,
}


@given(
    sheets(),
    st.sampled_from(Ties),
    st.sampled_from(QuotaRounding),
    st.tuples(st.integers(0, 60), st.none() | st.integers(0, 60)),
    st.integers(1, 40),
    st.data(),
)
def test_grades_with_options_agree_with_handing_out_places_one_by_one(
    county: list[Sheet],
    ties: Ties,
    rounding: QuotaRounding,
    percents: tuple[int, int | None],
    least_days: int,
    data: st.DataObject,
) -> None:
    bands = list(SCHEME.bands)
    bands[:2] = [replace(band, quota_percent=p) for band, p in zip(bands, percents, strict=False)]
    scheme = replace(SCHEME, bands=tuple(bands), grading=Grading(least_days, ties, rounding))
    days = {s.pairing: data.draw(st.sampled_from([10, 20, 30, 300])) for s in county}
    excluded = {s.pairing: "纪要" for s in county if data.draw(st.integers(0, 9)) == 0}
    found = grade(scheme, county, days_paired=days, excluded=excluded)

    graded = [s for s in county if s.pairing not in excluded and days[s.pairing] >= least_days]
    waiting = [s for s in graded if not s.vetoed]
    expected = {s.pairing: "poor" if s.vetoed else "" for s in graded}
    for band in bands:
        able = [s for s in waiting if s.total >= band.at_least * 100]
        if band.quota_percent is None:
            given_to = able
        else:
            share = Decimal(len(graded)) * band.quota_percent / 100
            places = int(share.quantize(Decimal(1), rounding=ROUND[rounding]))
            given_to = []
            # Whole groups of equals, the best first, as long as there are places.
            while able and len(given_to) < places:
                best = max(own_key(s) for s in able)
                equals = [s for s in able if own_key(s) == best]
                able = [s for s in able if own_key(s) != best]
                if len(given_to) + len(equals) > places and ties is Ties.ALL_OUT:
                    break
                given_to += equals
        for s in given_to:
            expected[s.pairing] = band.id
        waiting = [s for s in waiting if s not in given_to]
    for s in county:
        assert found[s.pairing].grade == expected.get(s.pairing, ""), s.pairing


def own_key(sheet: Sheet) -> tuple[int, int, int]:
    """The order of 2025, said once more."""
    return sheet.total, sheet.group("E").hundredths, sheet.group("D").hundredths


engine = engine_with([])
spans = st.lists(st.tuples(days_near, st.none() | st.integers(0, 200)), max_size=6)


@examples(100)
@given(spans, st.lists(st.tuples(days_near, st.none() | st.integers(0, 400)), min_size=1, max_size=2))
def test_days_covered_are_those_of_counting_day_by_day(
    terms: list[tuple[date, int | None]], paired: list[tuple[date, int | None]]
) -> None:
    def days_of(each: list[tuple[date, int | None]]) -> set[date]:
        return {
            d
            for d in YEAR
            if any(first <= d and (n is None or d <= first + timedelta(n)) for first, n in each)
        }

    rows: list[Row] = []
    for kind, own in (("post_held", terms), ("paired", paired)):
        for first, n in own:
            until = None if n is None else first + timedelta(n)
            type_ = "invited_member" if kind == "post_held" else ""
            rows.append(fact(len(rows) + 1, PAIRING, kind, first, until_on=until, type=type_))
    with engine.begin() as connection:
        connection.execute(delete(facts))
        fill(connection, rows)
        found = measure_all(connection, SCHEME).get(PAIRING, {}).get("A2.member", Share())
    whole = days_of(paired)
    assert found == Share(len(days_of(terms) & whole), len(whole))


@examples(100)
@given(st.lists(st.tuples(days_near, st.none() | days_near), max_size=15))
def test_months_covered_are_those_of_a_set(held: list[tuple[date, date | None]]) -> None:
    rows = [
        fact(n, PAIRING, "activity", on, type="themed_party_day", reported_on=reported)
        for n, (on, reported) in enumerate(held)
    ]
    with engine.begin() as connection:
        connection.execute(delete(facts))
        fill(connection, rows)
        found = measure_all(connection, SCHEME).get(PAIRING, {}).get("A3.months", Amount())
    counted = {on.month for on, reported in held if on.year == 2025 and (reported or on) <= date(2026, 1, 10)}
    assert found == Amount(len(counted), tuple(sorted(counted)))


def rulings_of(draw: st.DrawFn) -> dict[str, int]:
    """Some lines ruled on, within their maxima."""
    ruled = draw(st.sets(st.sampled_from([each.code for each in SCHEME.indicators]), max_size=4))
    most = {each.code: int((each.most or 10) * 100) for each in SCHEME.indicators}
    return {code: draw(st.integers(0, most[code])) for code in sorted(ruled)}


@given(measured(), st.composite(rulings_of)())
def test_a_sheet_with_rulings_is_what_sharing_out_by_hand_gives(
    values: dict[str, Measured], rulings: dict[str, int]
) -> None:
    before, after = score(SCHEME, PAIRING, values), score(SCHEME, PAIRING, values, rulings)
    for group in SCHEME.groups:
        own = [line for line in before.lines if line.indicator.group == group.code]
        exact = {line.indicator.code: line.exact for line in own}
        counts = [code for code in exact if exact[code] is not None or code in rulings]
        factor = Fraction(1)
        if group.redistributes and 0 < len(counts) < len(own):
            most = {each.code: each.most or Fraction(0) for each in group.indicators}
            factor = (group.most or Fraction(0)) / sum((most[code] for code in counts), Fraction(0))
        by_hand = {code: rulings.get(code, half_up((exact[code] or Fraction(0)) * factor)) for code in counts}
        for code in exact:
            assert after.line(code).final == by_hand.get(code), code
            if code in counts and code in rulings:
                assert after.line(code).most == (after.line(code).indicator.most or 0) * factor or factor == 1
        earned = sum(by_hand.values())
        if group.most is not None:
            earned = min(earned, int(group.most * 100))
        if after.group(group.code).fallback_of is None:
            assert after.group(group.code).hundredths == earned
        else:
            assert all(each is None for each in exact.values())
            assert after.group(group.code).hundredths >= earned
        if not set(rulings) & set(exact):
            for line in own:
                assert after.line(line.indicator.code) == line, "no line of another group moves"
