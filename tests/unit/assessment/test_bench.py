"""Sample cases beside the rules: how they are written, what they show, and what no case covers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from domain.assessment.scheme.measured_values import (
    Amount,
    Day,
    Mean,
    Measured,
    Place,
    Ratings,
    Share,
    StatedPoints,
    Survey,
    Tally,
)
from domain.assessment.scheme_file.scheme_text import parse_scheme, problems
from domain.assessment.schemes import scheme_text, shipped_scheme
from domain.assessment.scoring.bench import run_cases
from tests.unit.assessment.small_scheme import small, small_scheme

PART = 'id = "n"\n'
COUNT = 'measure = { kind = "count", fact = "activity", types = ["training"], window = "in_year" }\n'
EACH = 'rule = { kind = "each", each = 10 }'
RATED = (
    'rule = { kind = "rated", full = 100, at_full = 30, at_least = 1, when_missing = "zero", groups = ['
    '{ group = "leaders", weight = 60, label = { zh = "领导", en = "leaders" } }, '
    '{ group = "residents", weight = 40, label = { zh = "群众", en = "residents" } }] }'
)
SURVEYED = (
    'rule = { kind = "satisfaction", at_full = 10, at_least = 5, when_fewer = 0, options = ['
    '{ option = "good", worth = 100, label = { zh = "满意", en = "good" } }, '
    '{ option = "bad", worth = 0, label = { zh = "不满意", en = "bad" } }] }'
)
BY_PLACE = 'rule = { kind = "by_place", places = [{ to = 1, points = 10 }, { to = 3, points = 5 }] }'
BY_DATE = 'rule = { kind = "by_date", steps = [{ last = 2025-03-31, points = 4 }] }'
MET = 'met = [{ fact = "project_completed", window = "by_own_day" }]'
SHARE = f'measure = {{ kind = "share", fact = "project_planned", window = "in_year", {MET} }}\n'
FINDINGS = (
    'measure = { kind = "tally", fact = "finding_raised", levels = ["minor", "major"], window = "in_year" }\n'
)
PER_LEVEL = (
    'rule = { kind = "per_level", levels = ['
    '{ level = "minor", points = 1, label = { zh = "一般", en = "minor" } }, '
    '{ level = "major", points = 2, label = { zh = "较重", en = "major" } }] }'
)


def with_case(case: str, measure: str = COUNT, rule: str = EACH) -> str:
    """The small scheme, its first part measured and judged so, with one case."""
    return small((PART, f"{PART}cases = [{case}]\n"), (COUNT, measure), (EACH, rule))


GIVEN = 'rule = { kind = "given", at_most = 10 }'
STATED = 'measure = { kind = "stated", fact = "verified_points" }\n'
RATINGS, SURVEY = 'measure = { kind = "ratings" }\n', 'measure = { kind = "survey" }\n'
BALLOTS = "{ issued = 20, returned = 12, valid = 10, options = { good = 9, bad = 1 } }"

FORMS = [
    ("2", 20, COUNT, EACH, Amount(2)),
    ("[1, 12]", 20, COUNT.replace("count", "months"), EACH, Amount(2, (1, 12))),
    ("3", 30, COUNT.replace("count", "quarters"), EACH, Amount(3)),
    ('"1/3"', '"10/3"', SHARE, 'rule = { kind = "of_total", at_full = 10, when_none = 0 }', Share(1, 3)),
    ("2025-03-31", 4, COUNT.replace("count", "earliest"), BY_DATE, Day(date(2025, 3, 31))),
    ('"never"', 0, COUNT.replace("count", "earliest"), BY_DATE, Day(None)),
    ("{ minor = 2, major = 0 }", 2, FINDINGS, PER_LEVEL, Tally((("minor", 2),))),
    ("{}", 0, FINDINGS, PER_LEVEL, Tally()),
    ("8.5", 8.5, STATED, GIVEN, StatedPoints(850)),
    ('"none"', 0, STATED, GIVEN, StatedPoints(None)),
    ("3", 5, 'measure = { kind = "placed" }\n', BY_PLACE, Place(3)),
    ('"none"', 0, 'measure = { kind = "placed" }\n', BY_PLACE, Place()),
    ("{ place = 1, among = 9 }", 10, COUNT.replace('"count"', '"rank", by = "count"'), BY_PLACE, Place(1, 9)),
    ("{ leaders = [90, 80.5], residents = [100] }", '"5469/200"', RATINGS, RATED,
     Ratings((("leaders", 17050, 2), ("residents", 10000, 1)))),
    (BALLOTS, 9, SURVEY, SURVEYED,
     Survey(20, 12, 10, (("good", 9), ("bad", 1)))),
]  # fmt: skip


@pytest.mark.parametrize(("written", "points", "measure", "rule", "meant"), FORMS)
def test_a_value_is_written_as_a_clerk_would(
    written: str, points: object, measure: str, rule: str, meant: Measured
) -> None:
    scheme = parse_scheme(with_case(f"{{ measured = {written}, points = {points} }}", measure, rule))
    assert scheme.parts[0].cases[0].measured == meant
    bench = run_cases(scheme)
    assert [each.holds for each in bench.tried] == [True]


def test_a_mean_is_written_with_its_sample() -> None:
    assert shipped_scheme(2025).indicator("D3").parts[0].cases[0].measured == Mean(20, 4)


@pytest.mark.parametrize(
    ("written", "where", "measure", "rule", "remedy"),
    [
        ('"two"', "measured", COUNT, EACH, "whole number"),
        ("[2, 1]", "measured", COUNT.replace("count", "months"), EACH, "from 1 to 12 in order"),
        ("[5]", "measured", COUNT.replace("count", "quarters"), EACH, "from 1 to 4 in order"),
        ('"3/2"', "measured", SHARE, 'rule = { kind = "of_total", at_full = 10, when_none = 0 }', '"3/5"'),
        ('"often"', "measured", COUNT.replace("count", "earliest"), BY_DATE, 'or "never"'),
        ("{ critical = 1 }", "measured.critical", FINDINGS, PER_LEVEL, "known here are major, minor"),
        (
            "{ leaders = [] }",
            "measured.leaders",
            'measure = { kind = "ratings" }\n',
            RATED,
            "scores of the ballots",
        ),
        (
            "{ issued = 9, returned = 9, valid = 9, options = { good = 8 } }",
            "measured",
            SURVEY,
            SURVEYED,
            "add up to valid",
        ),
    ],
)
def test_what_cannot_be_such_a_value_is_refused(
    written: str, where: str, measure: str, rule: str, remedy: str
) -> None:
    found = problems(with_case(f"{{ measured = {written}, points = 0 }}", measure, rule))
    assert [each.where for each in found] == [f"groups[0].indicators[0].parts[0].cases[0].{where}"]
    assert remedy in found[0].remedy.en
    assert found[0].line is not None


def test_points_are_exact_or_not_applicable() -> None:
    assert [each.points for each in shipped_scheme(2025).indicator("D2").parts[0].cases] == [
        8,
        Fraction(8, 3),
        None,
    ]
    found = problems(with_case('{ measured = 1, points = "ten" }'))
    assert [each.where.rpartition(".")[2] for each in found] == ["points"]


def test_a_case_that_does_not_hold_says_what_came_out_and_why() -> None:
    bench = run_cases(parse_scheme(with_case('{ measured = 2, points = 15, note = "两次" }')))
    failed = bench.failed[0]
    assert (failed.subject, failed.expected.zh, failed.found.zh, failed.note) == (
        "K1.n",
        "15 分",
        "20 分",
        "两次",
    )
    assert failed.because.zh == "培训 2 次，每次 10 分，计 20.00 分"
    assert failed.where == "groups[0].indicators[0].parts[0].cases[0]"


def test_parts_without_a_case_are_named() -> None:
    assert run_cases(small_scheme()).uncovered == ("K1.n", "J1.n", "J2.n", "S.n", "P.n")
    assert run_cases(shipped_scheme(2025)).uncovered == ()


def test_every_case_of_2025_holds() -> None:
    bench = run_cases(shipped_scheme(2025))
    assert bench.failed == ()
    assert len(bench.tried) > 100
    assert "cases" in scheme_text(2025)


SHEET = """
[[cases]]
name = "机关全部完成"
for = "agency"
lines = { J1 = 30, J2 = 15 }
groups = { K = 20 }
total = 67
[cases.measured]
K1.n = 2
J1.n = 2
J2.n = "1/2"
P.n = 1
"""


def test_a_whole_sheet_is_tried_by_the_tree_of_its_class() -> None:
    bench = run_cases(parse_scheme(small() + SHEET))
    assert [(each.what.en, each.found.en, each.holds) for each in bench.tried] == [
        ("J1 Forums", "30.00 points", True),
        ("J2 Projects", "15.00 points", True),
        ("K Common", "20.00 points", True),
        ("total", "67.00 points", True),
    ]
    assert bench.tried[-1].because.zh == "K 20.00 + J 45.00 + P 2.00"
    wrong = run_cases(parse_scheme(small() + SHEET.replace("J2 = 15", 'J2 = "n/a"'))).failed[0]
    assert (wrong.expected.zh, wrong.found.zh) == ("不适用", "15.00 分")


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ('for = "agency"\n', "", "cases[0].for", "is missing"),
        ("J1 = 30", "S = 30", "cases[0].lines.S", "unknown key"),
        ("K = 20 }", "J1 = 20 }", "cases[0].groups.J1", "unknown key"),
        ("J1.n = 2", "S.n = 2", "cases[0].measured.S", "unknown key"),
        ("J1.n = 2", "J1.m = 2", "cases[0].measured.J1.m", "unknown key"),
        ("J1.n = 2", "veto = 1", "cases[0].measured.veto", "unknown key"),
        ("total = 67", "total = 67.005", "cases[0].total", "is not how it is written"),
        (
            "lines = { J1 = 30, J2 = 15 }\ngroups = { K = 20 }\ntotal = 67\n",
            "",
            "cases[0]",
            "what is expected",
        ),
    ],
)
def test_a_sheet_that_cannot_be_tried_is_refused(old: str, new: str, where: str, what: str) -> None:
    assert old in SHEET
    found = problems(small() + SHEET.replace(old, new))
    assert [each.where for each in found] == [where]
    assert what in found[0].what.en
