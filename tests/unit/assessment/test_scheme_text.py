"""A scheme is read strictly: whatever could not be meant is refused, with place and remedy."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest

from domain.assessment.scheme.reading import SchemeError
from domain.assessment.scheme.rules.kinds.each import Each
from domain.assessment.scheme_file.scheme_text import parse_scheme, problems
from domain.assessment.schemes import scheme_text, shipped_scheme

TEXT = scheme_text(2025)


def test_the_scheme_of_2025_is_what_the_regulation_says() -> None:
    scheme = shipped_scheme(2025)
    assert (scheme.year, scheme.version, scheme.cut_off) == (2025, 1, date(2026, 1, 10))
    assert [(g.code, g.most, g.sign) for g in scheme.groups] == [
        ("A", 20, 1),
        ("B", 20, 1),
        ("C", 15, 1),
        ("D", 25, 1),
        ("E", 20, 1),
        ("F", 10, 1),
        ("G", None, -1),
    ]
    assert sum(g.most or 0 for g in scheme.groups[:5]) == 100
    assert [(i.code, i.most) for i in scheme.indicators] == list(
        zip(
            ["A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "D1", "D2", "D3", "E1", "E2", "F", "G"],
            [4, 4, 12, 8, 6, 6, 8, 7, 12, 8, 5, 10, 10, 10, None],
            strict=True,
        )
    )
    assert [(b.id, b.label.zh, int(b.at_least), b.quota_percent) for b in scheme.bands] == [
        ("excellent", "优秀", 90, 30),
        ("good", "良好", 80, None),
        ("fair", "一般", 60, None),
        ("poor", "较差", 0, None),
    ]
    assert scheme.order == ("total", "E", "D")
    assert scheme.group("F").single
    assert not scheme.group("A").single


def test_every_indicator_has_its_clause_in_both_languages() -> None:
    for indicator in shipped_scheme(2025).indicators:
        assert re.fullmatch(r"[二三四](\.[A-E]\d)?", indicator.clause.number)
        assert re.search(r"[一-鿿]", indicator.clause.words.zh)
        assert not re.search(r"[一-鿿]", indicator.clause.words.en)


def test_a_decimal_is_read_exactly_as_written() -> None:
    rule = shipped_scheme(2025).indicator("C2").parts[0].rule
    assert rule == Each(Fraction(7, 4))


def test_the_digest_is_of_the_text() -> None:
    assert parse_scheme(TEXT + "\n# a comment\n").digest != shipped_scheme(2025).digest
    assert parse_scheme(TEXT) == shipped_scheme(2025)


def changed(old: str, new: str) -> str:
    """The 2025 scheme with the first occurrence of something changed."""
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def line_of(fragment: str, text: str) -> int:
    """The line on which the fragment begins for the first time."""
    return text.count("\n", 0, text.index(fragment)) + 1


A1, A2, B1 = "groups[0].indicators[0]", "groups[0].indicators[1]", "groups[1].indicators[0]"
A1_PART = f"{A1}.parts[0]"
NEEDS, SLIPS = "groups[3].indicators[0].parts[0]", "groups[6].indicators[0].parts[1]"
WHOLE_FILE = "<whole file>"

REFUSED = [
    # what is written, what instead, the path refused, what is said, and what stands on the line named
    # (nothing: the line of the change)
    ("year = 2025", "year = ", "", "is not TOML: Invalid value", ""),
    ('zh = "份"', 'zh = "份', "", "is not TOML: Unclosed inline table", ""),
    ("max = 4\n", "max = 4 4\n", "", "is not TOML: Expected newline", ""),
    ("max = 4\n", "max = 1e3\n", "", "1e3 are no points", ""),
    ("max = 4\n", "max = nan\n", "", "nan are no points", ""),
    ("format = 1", "format = 2", "format", "2 is impossible", ""),
    ("year = 2025", "year = 2024", "last_day", "no period of 2024", "last_day ="),
    ("cut_off = 2026-01-10", "cut_off = 2025-12-30", "cut_off", "before the end", ""),
    ("cut_off = 2026-01-10", 'cut_off = "2026-01-10"', "cut_off", '"2026-01-10" is not a date', ""),
    ("cut_off = 2026-01-10", "cut_off = 2026-01-10T00:00:00", "cut_off", "is not a date", ""),
    ("cut_off = 2026-01-10", "", "cut_off", "is missing", WHOLE_FILE),
    ("version = 1", "version = 1\nauthor = 1", "author", "is an unknown key", "author"),
    ("version = 1", "version = true", "version", "true is not a whole number", ""),
    ("half_up", "half_odd", "rounding.mode", '"half_odd" is unknown', ""),
    ("to = 0.01", "to = 0.5", "rounding.to", "hundredths", ""),
    ('order = ["total"', 'order = ["H"', "order", '"H" is unknown', ""),
    ('order = ["total", "E", "D"]', 'order = ["E", "D"]', "order", "not decided by the total", ""),
    ('order = ["total", "E", "D"]', 'order = ["total", "E", "E"]', "order", "repeats itself", ""),
    ("max = 20", "max = 21", "groups[0].max", "is not the sum", ""),
    ("max = 4\n", "max = -4\n", f"{A1}.max", "-4 points are impossible", ""),
    ("max = 4\n", 'max = "4"\n', f"{A1}.max", '"4" are no points', ""),
    ('code = "A2"', 'code = "A"', f"{A2}.code", "'A' is taken", ""),
    ('code = "B1"', 'code = "A1"', f"{B1}.code", "'A1' is taken", ""),
    ('code = "B"', 'code = "A"', "groups[1].code", "'A' is taken", ""),
    ('code = "A1"', 'code = "A.1"', f"{A1}.code", "'A.1' cannot be a code", ""),
    ('code = "A"', 'code = "total"', "groups[0].code", "'total' cannot be a code", ""),
    ('sign = "plus"', 'sign = "times"', "groups[0].sign", '"times" is unknown', ""),
    ('kind = "by_date"', 'kind = "by_moon"', f"{A1_PART}.rule.kind", '"by_moon" is unknown', ""),
    ('"earliest"', '"latest"', f"{A1_PART}.measure.kind", '"latest" is unknown', ""),
    ('"earliest"', '"count"', f"{A1_PART}.rule.kind", "cannot judge", 'kind = "by_date"'),
    ('"agreement_signed"', '"sealed"', f"{A1_PART}.measure.fact", '"sealed" is unknown', ""),
    ('"themed_party_day"', '"themd"', "groups[0].indicators[2].parts[0].measure.types", '"themd" is', ""),
    ('"by_year_end" }', '"by_easter" }', f"{A1_PART}.measure.window", '"by_easter" is unknown', ""),
    ('"by_year_end" }', '"by_own_day" }', f"{A1_PART}.measure.window", "no other fact", ""),
    ('fallback = ["A", "B", "C"]', 'fallback = ["A", "E"]', "groups[3].fallback", '"E" is unknown', ""),
    ("base = 10", "base = 11", "groups[4].indicators[1].base", "exceeds the maximum", ""),
    ("{ last = 2025-03-31, ", "{ last = 2026-03-31, ", f"{A1_PART}.rule.steps", "order", ""),
    ("{ from = 15,", "{ from = 9,", "groups[2].indicators[0].parts[0].rule.steps", "falling order", ""),
    (
        "{ from = 1, points = 3 }",
        "{ from = 0, points = 3 }",
        "groups[1].indicators[2].parts[0].rule.steps[0].from",
        "0 is impossible",
        "",
    ),
    ("target = 60", "target = 0", "groups[1].indicators[1].parts[0].rule.target", "0 is impossible", ""),
    (
        '{ level = "minor"',
        '{ level = "major"',
        "groups[4].indicators[1].parts[0].rule.levels",
        "not those of the measure",
        "levels = [\n",
    ),
    (
        'level = "red"',
        'level = "green"',
        f"{SLIPS}.rule.levels",
        "not those of the measure",
        'levels = [\n  { level = "blue',
    ),
    (
        'levels = ["minor", "major", "critical"]\n',
        "",
        "groups[4].indicators[1].parts[0].measure.levels",
        "a tally needs its levels",
        '[groups.indicators.parts.measure]\nkind = "tally"\n',
    ),
    (
        'met = [{ fact = "need_confirmed", window = "by_cut_off" }]',
        "",
        f"{NEEDS}.measure.met",
        "a share needs to know",
        '[groups.indicators.parts.measure]\nkind = "share"',
    ),
    ('id = "member"', 'id = "secretary"', f"{A2}.parts[1].id", "is taken", ""),
    ('zh = "份"', 'zh = " "', f"{A1_PART}.unit.zh", "blank", ""),
    ('zh = "份", ', "", f"{A1_PART}.unit.zh", "is missing", ""),
    ('grade = "poor"', 'grade = "bad"', "veto.grade", '"bad" is unknown', ""),
    ('grade = "poor"', 'grade = "poor"\nlower_by = 1', "veto.lower_by", "named as well", "lower_by"),
    ('grade = "poor"', "lower_by = 4", "veto.lower_by", "4 is impossible", ""),
    ("[[grades]]", "[[vetoes]]\n[[grades]]", "vetoes", "there are [veto] and [[vetoes]]", "[[vetoes]]"),
    ("[veto]", '[grading]\nties = "some"\n[veto]', "grading.ties", '"some" is unknown', "ties = "),
    ("[veto]", "[grading]\nmin_days_paired = 0\n[veto]", "grading.min_days_paired", "0 is", "min_days"),
    ("at_least = 0\n", "at_least = 1\n", "grades", "does not take everybody", "[[grades]]"),
    ("at_least = 80\n", "at_least = 90\n", "grades[1].at_least", "not below", ""),
    ('id = "good"', 'id = "excellent"', "grades[1].id", "is taken", ""),
    ("quota_percent = 30", "quota_percent = 130", "grades[0].quota_percent", "130 is impossible", ""),
]


@pytest.mark.parametrize(("old", "new", "where", "what", "on"), REFUSED)
def test_what_cannot_be_meant_is_refused_with_its_line(
    old: str, new: str, where: str, what: str, on: str
) -> None:
    text = changed(old, new)
    with pytest.raises(SchemeError) as refused:
        parse_scheme(text)
    said = refused.value
    assert said.where == where
    assert what in said.what.en
    expected = None if on == WHOLE_FILE else line_of(on, text) if on else line_of(old, TEXT)
    assert said.line == expected
    assert [(each.where, each.line) for each in problems(text)] == [(where, expected)]
    for each in (said.what, said.remedy):
        assert re.search(r"[一-鿿]", each.zh), each
        assert not re.search(r"[一-鿿]", re.sub(r'"[^"]*"', "", each.en)), each
    assert str(said).startswith(f"line {expected}, " if expected else where)


def test_a_group_whose_lines_may_not_apply_says_what_then() -> None:
    text = changed('fallback = ["A", "B", "C"]\n', "")
    assert [(each.where, "nothing says what then" in each.what.en) for each in problems(text)] == [
        (f"groups[3].indicators[{n}].parts[0].rule", True) for n in range(3)
    ]


def test_all_problems_of_a_file_are_told_at_once_by_line_and_what_follows_from_them_is_not() -> None:
    text = TEXT
    for old, new in (
        ("cut_off = 2026-01-10\n", ""),
        ("max = 4\n", "max = -4\n"),  # the group's sum follows from it, and is not told
        ('kind = "by_date"', 'kind = "by_moon"'),  # what else the rule needs is not known then
        ('"themed_party_day"', '"themd_party_day"'),
        ('zh = "次", en = "session"', 'zh = " ", de = "Mal"'),
        ('id = "good"', 'id = "excellent"'),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    found = problems(text)
    assert [each.where for each in found] == [
        "cut_off",
        f"{A1}.max",
        f"{A1_PART}.rule.kind",
        "groups[0].indicators[2].parts[0].measure.types",
        f"{B1}.parts[0].unit.zh",
        f"{B1}.parts[0].unit.en",
        f"{B1}.parts[0].unit.de",
        "grades[1].id",
    ]
    assert [each.line for each in found] == [
        None,
        *(line_of(each, text) for each in ("max = -4", "by_moon", "themd", *3 * ['de = "Mal'])),
        text[: text.rindex('id = "excellent"')].count("\n") + 1,
    ]
    with pytest.raises(SchemeError) as first:
        parse_scheme(text)
    assert first.value.where == "cut_off"


@pytest.mark.parametrize(
    "text", ["", "a = " + "[" * 5000, "\x00", "[[groups]]", "groups = 3", "title = { zh = 1 }"]
)
def test_a_text_that_is_no_scheme_at_all_is_refused_too(text: str) -> None:
    assert problems(text)
    with pytest.raises(SchemeError):
        parse_scheme(text)


def test_a_scheme_has_no_problems() -> None:
    assert problems(TEXT) == ()
