"""Grades: bands, quota, ties across the boundary, veto; and what rulings do to a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from domain.assessment.scheme.measured_values import Amount, Day, Mean, Measured, Share, Tally
from domain.assessment.scheme.scheme import VETO, Grading, QuotaRounding, Scheme, Ties
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.assessment.schemes import scheme_text, shipped_scheme
from domain.assessment.scoring.comparing import Cause, Steps, compare
from domain.assessment.scoring.grades import NOT_GRADED, UNGRADED, Grade, grade
from domain.assessment.scoring.scoring import score
from domain.assessment.scoring.sheet import GroupScore, Sheet

SCHEME = shipped_scheme(2025)
NOBODY = Grade(None, UNGRADED, NOT_GRADED, NOT_GRADED)
"""The grade of whoever is looked at for the points alone."""


def sheet(pairing: str, total: int, e: int = 2000, d: int = 2500, vetoed: bool = False) -> Sheet:
    """A sheet that shows only what grades look at; points in hundredths."""
    own = {"D": d, "E": e}
    groups = tuple(GroupScore(group, own.get(group.code, 0)) for group in SCHEME.groups)
    return Sheet(pairing, (), groups, total, (VETO,) if vetoed else ())


def grades_of(*sheets: Sheet) -> dict[str, str]:
    return {pairing: each.grade for pairing, each in grade(SCHEME, sheets).items()}


def filler(count: int) -> Sequence[Sheet]:
    """Others that are far below."""
    return [sheet(f"other-{n}", 5000) for n in range(count)]


def test_the_bands_begin_at_their_points() -> None:
    found = grades_of(
        sheet("a", 9000),
        sheet("b", 8999),
        sheet("c", 8000),
        sheet("d", 7999),
        sheet("e", 6000),
        sheet("f", 5999),
    )
    assert list(found.values()) == ["excellent", "good", "good", "fair", "fair", "poor"]


def test_the_quota_is_thirty_percent_rounded_down() -> None:
    assert grades_of(sheet("a", 9500), *filler(2))["a"] == "good"
    assert grades_of(sheet("a", 9500), *filler(3))["a"] == "excellent"
    found = grades_of(sheet("a", 9500), sheet("b", 9400), sheet("c", 9300), *filler(6))
    assert [found[x] for x in "abc"] == ["excellent", "excellent", "good"]


def test_equal_totals_are_ordered_by_e_then_d() -> None:
    found = grades_of(sheet("a", 9500, e=1800), sheet("b", 9500, e=1900), *filler(3))
    assert [found[x] for x in "ab"] == ["good", "excellent"]
    found = grades_of(sheet("a", 9500, d=2400), sheet("b", 9500, d=2300), *filler(3))
    assert [found[x] for x in "ab"] == ["excellent", "good"]


def test_those_tied_across_the_boundary_are_all_left_out() -> None:
    found = grades_of(sheet("a", 9600), sheet("b", 9500), sheet("c", 9500), *filler(5))
    assert [found[x] for x in "abc"] == ["excellent", "good", "good"]
    result = grade(SCHEME, [sheet("a", 9600), sheet("b", 9500), sheet("c", 9500), *filler(5)])
    assert "边界处并列" in result["b"].because.zh


def test_those_tied_within_the_quota_all_have_it() -> None:
    found = grades_of(sheet("b", 9500), sheet("c", 9500), *filler(5))
    assert [found[x] for x in "bc"] == ["excellent", "excellent"]


def test_a_veto_means_poor_keeps_the_score_and_takes_no_place() -> None:
    result = grade(SCHEME, [sheet("v", 9900, vetoed=True), sheet("a", 9500), *filler(2)])
    assert (result["v"].grade, result["v"].rank) == ("poor", None)
    assert "得分 99.00 保留" in result["v"].because.zh
    assert (result["a"].grade, result["a"].rank) == ("excellent", 1)
    assert result["a"].because.zh == "总分 95.00，第 1 名，90 分以上且在 1 个名额内：优秀"


def test_equal_sheets_share_a_rank() -> None:
    result = grade(SCHEME, [sheet("a", 9500), sheet("b", 9500), sheet("c", 9400)])
    assert [result[x].rank for x in "abc"] == [1, 1, 3]


def test_nobody_assessed_means_no_grades() -> None:
    assert grade(SCHEME, []) == {}


FULL: dict[str, Measured] = {
    "A2.secretary": Share(365, 365),
    "A2.member": Share(365, 365),
    "A3.months": Amount(12, tuple(range(1, 13))),
    "B1.sessions": Amount(9),
    "B2.participants": Amount(70),
    "C1.persons": Amount(15),
    "D1.needs": Share(2, 3),
    "D2.projects": Share(1, 1),
    "D3.ratings": Mean(9, 2),
}


def test_a_group_with_inapplicable_lines_keeps_its_maximum_reachable() -> None:
    found = score(SCHEME, "p", FULL)
    assert [found.line(code).final for code in ("D1", "D2", "D3")] == [1000, 1000, None]
    assert found.group("D").hundredths == 2000
    one = score(SCHEME, "p", {"D3.ratings": Mean(5, 3)})
    assert [one.line(code).final for code in ("D1", "D2", "D3")] == [None, None, 833]


def test_findings_take_points_off_down_to_nothing() -> None:
    raised: dict[str, Measured] = {"E2.raised": Tally((("minor", 1), ("major", 2))), "E2.relapsed": Amount(1)}
    assert score(SCHEME, "p", raised).line("E2").final == 400
    many = score(SCHEME, "p", {"E2.raised": Tally((("critical", 3),))}).line("E2")
    assert many.final == 0
    assert "扣完为止" in many.because.zh


def test_the_bonus_is_at_most_ten_and_the_total_not_below_nothing() -> None:
    found = score(SCHEME, "p", {"F.cases": Tally((("province", 4),)), "F.meetings": Amount(1)})
    assert found.group("F").hundredths == 1000
    assert score(SCHEME, "p", {"G.circulars": Amount(30)}).total == 0


def test_a_pairing_without_any_fact_has_its_points_for_having_no_findings() -> None:
    nothing = score(SCHEME, "p", {})
    assert nothing.total == 2000
    assert nothing.group("D").hundredths == 0
    assert not nothing.vetoed
    assert score(SCHEME, "p", {VETO: Amount(1)}).vetoed


def test_a_ruling_is_the_figure_of_its_line_and_moves_no_other() -> None:
    before = score(SCHEME, "p", FULL)
    after = score(SCHEME, "p", FULL, {"D1": 1125, "A1": 400})
    assert after.line("D1").final == 1125
    assert after.line("D1").computed == before.line("D1").computed == 1000
    assert after.line("D2") == before.line("D2")
    assert after.total == before.total + 125 + 400
    assert after.line("D1").because.zh.endswith("经申诉裁定为 11.25 分。")
    assert before.line("D1").ruled is None


def test_a_ruling_makes_its_line_apply_before_points_are_shared_out() -> None:
    """Seen: 8 + 8 + 5, of 12 + 8 + 5, became 25 of 25, since the other two kept what the third had left them."""
    values = {
        **{part: value for part, value in FULL.items() if not part.startswith("D")},
        "D1.needs": Share(2, 3),
        "D2.projects": Share(2, 2),
    }
    before, after = score(SCHEME, "p", values), score(SCHEME, "p", values, {"D3": 500})
    assert [before.figure(code) for code in ("D1", "D2", "D3", "D")] == [1000, 1000, None, 2000]
    assert [after.figure(code) for code in ("D1", "D2", "D3", "D")] == [800, 800, 500, 2100]
    assert (after.line("D3").most, after.line("D3").computed) == (5, None)
    steps = Steps({"p": (before, NOBODY)}, ((Cause.FACTS, {"p": (after, NOBODY)}),))
    (moved,) = compare(SCHEME, SCHEME, steps).changed
    assert {(each.cause, each.of, each.hundredths) for each in moved.movements} == {
        (Cause.SHARED_OUT, "D1", -200),
        (Cause.SHARED_OUT, "D2", -200),
        (Cause.RULING, "D3", 500),
    }


def test_the_others_share_out_what_a_ruled_line_leaves_them() -> None:
    values = {part: value for part, value in FULL.items() if not part.startswith("D")}
    values["D1.needs"] = Share(2, 3)
    found = score(SCHEME, "p", values, {"D3": 500})
    # D2 does not apply: 25 points are shared by 12 and 5, and the ruling is a figure of the sheet.
    assert (found.line("D1").factor, found.line("D3").factor) == (Fraction(25, 17), Fraction(25, 17))
    assert (found.figure("D1"), found.figure("D3")) == (1176, 500)


def test_a_ruling_never_lowers_a_group_of_which_nothing_applied() -> None:
    without_d = {part: value for part, value in FULL.items() if not part.startswith("D")}
    before = score(SCHEME, "p", without_d).group("D")
    assert before.hundredths == 1727
    assert score(SCHEME, "p", without_d, {"D1": 1000}).group("D") == before
    assert score(SCHEME, "p", without_d, {"D1": 1900}).group("D").hundredths == 1900


def test_a_ruling_cannot_lift_a_group_above_its_maximum() -> None:
    assert score(SCHEME, "p", FULL, {"D1": 2000}).group("D").hundredths == 2500


def test_a_line_that_is_capped_says_so() -> None:
    found = score(SCHEME, "p", {"F.cases": Tally((("province", 4),))}).line("F")
    assert found.because.zh.endswith("合计 12，最多 10 分。")


def test_a_value_of_the_wrong_kind_is_refused() -> None:
    with pytest.raises(TypeError):
        score(SCHEME, "p", {"A1.agreement": Amount(1)})
    with pytest.raises(KeyError):
        score(SCHEME, "p", {}).line("H1")
    assert score(SCHEME, "p", {"A1.agreement": Day(None)}).line("A1").final == 0


def with_vetoes() -> Scheme:
    """2025 with a second veto that lowers the grade, and one that names it."""
    head, veto, rest = re.split(
        r"(?s)(\[veto\].*?\n\n)", scheme_text(2025).partition("\n[[cases]]")[0], maxsplit=1
    )
    named = veto.replace("[veto]", '[[vetoes]]\nid = "falsified"')
    lowering = named.replace('"falsified"', '"refused"').replace('grade = "poor"', "lower_by = 1")
    lowering = lowering.replace('["falsification"]', '["duty"]')
    return parse_scheme(head + named + lowering + rest)


def test_several_vetoes_have_their_own_effect_and_the_strictest_stands() -> None:
    scheme = with_vetoes()
    assert [(each.id, each.grade, each.lower_by) for each in scheme.vetoes] == [
        ("veto.falsified", "poor", 0),
        ("veto.refused", None, 1),
    ]
    assert score(scheme, "p", {"veto.refused": Amount(2)}).vetoes == ("veto.refused",)
    good = sheet("a", 8500)
    both = ("veto.falsified", "veto.refused")
    found = grade(
        scheme, [replace(good, vetoes=both[1:]), replace(good, pairing="b", vetoes=both), sheet("c", 8500)]
    )
    assert [found[x].grade for x in "abc"] == ["fair", "poor", "good"]


def with_grading(**options: object) -> Scheme:
    """2025 with other options of grading."""
    return replace(SCHEME, grading=replace(Grading(), **options))


def test_where_the_scheme_says_so_those_tied_across_the_boundary_all_have_it() -> None:
    county = [sheet("a", 9600), sheet("b", 9500), sheet("c", 9500), sheet("d", 9400), *filler(4)]
    found = grade(with_grading(ties=Ties.ALL_IN), county)
    assert [found[x].grade for x in "abcd"] == ["excellent", "excellent", "excellent", "good"]
    assert "并列者都列入" in found["c"].because.zh and "all those tied are included" in found["c"].because.en
    assert "并列" not in found["a"].because.zh
    assert "之外" in found["d"].because.zh


@pytest.mark.parametrize(
    ("rounding", "places"), [(QuotaRounding.DOWN, 1), (QuotaRounding.HALF_UP, 2), (QuotaRounding.UP, 2)]
)
def test_a_share_of_the_assessed_is_rounded_as_the_scheme_says(rounding: QuotaRounding, places: int) -> None:
    county = [sheet(str(n), 9900 - n) for n in range(5)]
    found = grade(with_grading(quota_rounding=rounding), county)
    assert sum(each.grade == "excellent" for each in found.values()) == places


def test_a_second_quota_is_filled_by_those_whom_the_first_left_out() -> None:
    bands = [replace(SCHEME.bands[0], quota_percent=10), replace(SCHEME.bands[1], quota_percent=40)]
    scheme = replace(SCHEME, bands=(*bands, *SCHEME.bands[2:]))
    found = grade(scheme, [sheet(f"{n}", 9900 - n) for n in range(10)])
    assert [each.grade for each in found.values()] == ["excellent"] + ["good"] * 4 + ["fair"] * 5
    assert "优秀 1 个名额之外，良好 4 个名额之外" in found["9"].because.zh


def test_who_is_excluded_is_scored_but_takes_no_place_and_is_not_counted() -> None:
    county = [sheet("x", 9900), sheet("a", 9500), *filler(2)]
    assert grade(SCHEME, county)["x"].grade == "excellent"
    found = grade(SCHEME, county, excluded={"x": "县委会议纪要 3 号"})
    assert (found["x"].rank, found["x"].grade, found["x"].label) == (None, UNGRADED, NOT_GRADED)
    assert "县委会议纪要 3 号" in found["x"].because.zh and "得分 99.00 保留" in found["x"].because.zh
    assert (found["a"].rank, found["a"].grade) == (1, "good"), "three are left, and 30 % of three is nobody"
    both = grade(SCHEME, [replace(sheet("x", 9900), vetoes=(VETO,)), *filler(2)], excluded={"x": "纪要"})
    assert both["x"].grade == UNGRADED


def test_too_few_days_paired_means_no_grade() -> None:
    scheme = with_grading(min_days_paired=90)
    county = [sheet("x", 9900), sheet("y", 9800), *filler(2)]
    found = grade(scheme, county, days_paired={"x": 89, "y": 90})
    assert (found["x"].grade, found["y"].grade) == (UNGRADED, "good")
    assert "结对 89 天，不足 90 天" in found["x"].because.zh
    assert "fewer than 90" in found["x"].because.en


def test_a_veto_counts_in_the_base_of_the_quota_and_says_that_it_takes_no_place() -> None:
    county = [sheet("v", 9900, vetoed=True), sheet("a", 9500), *filler(2)]
    found = grade(SCHEME, county)
    assert found["a"].grade == "excellent", "four are assessed, one of them vetoed"
    assert found["v"].because.zh.endswith("不占名额")
    assert found["v"].because.en.endswith("no place is taken")
