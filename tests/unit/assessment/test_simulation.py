"""Grades tried under other options, and results rolled up to persons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.assessment.scheme.scheme import Ties
from domain.assessment.schemes import shipped_scheme
from domain.assessment.scoring.grades import UNGRADED, grade
from domain.assessment.scoring.persons import PersonResult, Term, person_results
from domain.assessment.scoring.sheet import GroupScore, Sheet
from domain.assessment.scoring.simulation import Options, simulate

SCHEME = shipped_scheme(2025)
OWN = Options.of(SCHEME)


def sheet(pairing: str, total: int) -> Sheet:
    groups = tuple(GroupScore(group, 0) for group in SCHEME.groups)
    return Sheet(pairing, (), groups, total)


COUNTY = [sheet("a", 9600), sheet("b", 9500), sheet("c", 9500), *(sheet(f"o{n}", 5000) for n in range(5))]


def test_the_schemes_own_options_move_nobody() -> None:
    found = simulate(SCHEME, COUNTY, OWN)
    assert found.moves == ()
    assert found.counts == {
        "excellent": (1, 1),
        "good": (2, 2),
        "fair": (0, 0),
        "poor": (5, 5),
        UNGRADED: (0, 0),
    }
    assert found.cuts[0].tied == {"b", "c"} and found.cuts[0].places == 2


def test_who_moves_is_told_with_the_reason() -> None:
    ties = simulate(SCHEME, COUNTY, replace(OWN, grading=replace(OWN.grading, ties=Ties.ALL_IN)))
    assert [(move.pairing, move.up) for move in ties.moves] == [("b", True), ("c", True)]
    assert "并列者都列入" in ties.moves[0].after.because.zh
    assert "并列者都不列入" in ties.moves[0].before.because.zh
    assert ties.counts["excellent"] == (1, 3)
    stricter = replace(OWN, bands=(replace(OWN.bands[0], at_least=Fraction(97)), *OWN.bands[1:]))
    (down,) = simulate(SCHEME, COUNTY, stricter).moves
    assert (down.pairing, down.up, down.after.grade) == ("a", False, "good")


def test_who_is_not_graded_is_counted_apart() -> None:
    days = {"a": 20}
    longer = replace(OWN, grading=replace(OWN.grading, min_days_paired=30))
    found = simulate(SCHEME, COUNTY, longer, days_paired=days, excluded={"o1": "纪要"})
    assert found.counts[UNGRADED] == (1, 2)
    assert [(move.pairing, move.up) for move in found.moves if move.pairing == "a"] == [("a", None)]
    assert found.before == grade(SCHEME, COUNTY, days_paired=days, excluded={"o1": "纪要"})


YEAR = [date(2025, 1, 1) + timedelta(n) for n in range(365)]
days_near = st.dates(date(2024, 11, 1), date(2026, 2, 28))
terms = st.builds(
    Term,
    person=st.sampled_from(["p-1", "p-2"]),
    pairing=st.sampled_from(["a", "b", "elsewhere"]),
    post=st.sampled_from(["part_time_secretary", "invited_member"]),
    first=days_near,
    last=st.none() | days_near,
)


@given(st.lists(terms, max_size=8), st.integers(0, 11000), st.integers(0, 11000))
def test_a_persons_result_is_that_of_walking_through_the_year_day_by_day(
    held: list[Term], a: int, b: int
) -> None:
    totals = {"a": a, "b": b}
    found = {each.person: each for each in person_results(held, totals, YEAR[0], YEAR[-1])}
    for person in ("p-1", "p-2"):
        seen: list[int] = []
        for day in YEAR:
            on = {t.pairing for t in held if t.person == person and t.first <= day and day <= (t.last or day)}
            seen += [totals[pairing] for pairing in sorted(on & set(totals))]
        if not seen:
            assert person not in found
            continue
        assert sum(found[person].days.values()) == len(seen)
        assert abs(Fraction(sum(seen), len(seen)) - found[person].hundredths) <= Fraction(1, 2)


def test_a_person_in_both_posts_counts_a_day_once() -> None:
    both = [
        Term("p-1", "a", "part_time_secretary", date(2025, 1, 1), None),
        Term("p-1", "a", "invited_member", date(2025, 3, 1), date(2025, 3, 31)),
        Term("p-1", "b", "invited_member", date(2025, 12, 31), None),
    ]
    assert person_results(both, {"a": 9000, "b": 0}, YEAR[0], YEAR[-1]) == [
        PersonResult(
            "p-1",
            8975,
            {"a": 365, "b": 1},
            {"a": ("invited_member", "part_time_secretary"), "b": ("invited_member",)},
        )
    ]
