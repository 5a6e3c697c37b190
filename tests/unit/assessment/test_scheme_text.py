"""A scheme is read strictly: whatever could not be meant is refused, with place and remedy."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest

from domain.assessment.reading import SchemeError
from domain.assessment.rules import Each
from domain.assessment.scheme import Scheme
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
    assert Scheme.parse(TEXT + "\n# a comment\n").digest != shipped_scheme(2025).digest
    assert Scheme.parse(TEXT) == shipped_scheme(2025)


def changed(old: str, new: str) -> str:
    """The 2025 scheme with the first occurrence of something changed."""
    assert old in TEXT
    return TEXT.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("year = ", "file", "is not TOML"),
        (changed("format = 1", "format = 2"), "format", "2 is impossible"),
        (changed("year = 2025", "year = 2024"), "last_day", "no period of 2024"),
        (changed("cut_off = 2026-01-10", "cut_off = 2025-12-30"), "cut_off", "before the end"),
        (changed("cut_off = 2026-01-10", 'cut_off = "2026-01-10"'), "cut_off", "is not a date"),
        (changed("cut_off = 2026-01-10", ""), "", "'cut_off' is missing"),
        (changed("version = 1", "version = 1\nauthor = 1"), "author", "is an unknown key"),
        (changed("version = 1", "version = true"), "version", "True is not a whole number"),
        (changed("half_up", "half_even"), "rounding.mode", "'half_even' is unknown"),
        (changed("to = 0.01", "to = 0.1"), "rounding.to", "hundredths"),
        (changed('order = ["total"', 'order = ["H"'), "order", "'H' is unknown"),
        (changed('order = ["total", "E", "D"]', 'order = ["E", "D"]'), "order", "not decided by the total"),
        (changed("max = 20", "max = 21"), "groups[0].max", "is not the sum"),
        (changed("max = 4\n", "max = -4\n"), "groups[0].indicators[0].max", "impossible"),
        (changed("max = 4\n", 'max = "4"\n'), "groups[0].indicators[0].max", "are no points"),
        (changed('code = "A2"', 'code = "A"'), "groups[0]", "'A' is taken"),
        (changed('code = "B1"', 'code = "A1"'), "groups[1]", "'A1' is taken"),
        (changed('sign = "plus"', 'sign = "times"'), "groups[0].sign", "'times' is unknown"),
        (
            changed('kind = "by_date"', 'kind = "by_moon"'),
            "groups[0].indicators[0].parts[0].rule.kind",
            "unknown",
        ),
        (changed('"earliest"', '"latest"'), "groups[0].indicators[0].parts[0].measure.kind", "unknown"),
        (changed('"earliest"', '"count"'), "groups[0].indicators[0].parts[0].rule.kind", "cannot judge"),
        (
            changed('"agreement_signed"', '"agreement_sealed"'),
            "measure.fact",
            "'agreement_sealed' is unknown",
        ),
        (changed('"themed_party_day"', '"themd_party_day"'), "measure.types", "'themd_party_day' is unknown"),
        (changed('"by_year_end" }', '"by_easter" }'), "measure.window", "'by_easter' is unknown"),
        (changed('"by_year_end" }', '"by_own_day" }'), "measure.window", "no other fact"),
        (changed('fallback = ["A", "B", "C"]\n', ""), "rule", "may be not applicable"),
        (changed('fallback = ["A", "B", "C"]', 'fallback = ["A", "E"]'), "fallback", "'E' is unknown"),
        (changed("base = 10", "base = 11"), "base", "exceeds the maximum"),
        (changed("{ last = 2025-03-31, points = 4 }", "{ last = 2026-03-31, points = 4 }"), "steps", "order"),
        (changed("{ from = 15,", "{ from = 9,"), "steps", "not in falling order"),
        (changed("{ from = 1, points = 3 }", "{ from = 0, points = 3 }"), "from", "0 is impossible"),
        (changed("target = 60", "target = 0"), "target", "0 is impossible"),
        (changed('{ level = "minor"', '{ level = "major"'), "rule.levels", "not those of the measure"),
        (changed('level = "red"', 'level = "green"'), "rule.levels", "not those of the measure"),
        (changed('levels = ["minor", "major", "critical"]\n', ""), "levels", "a tally needs its levels"),
        (
            changed('met = [{ fact = "need_confirmed", window = "by_cut_off" }]', ""),
            "met",
            "a share needs it",
        ),
        (changed('id = "member"', 'id = "secretary"'), "parts[1]", "is taken"),
        (changed('zh = "份"', 'zh = " "'), "unit.zh", "blank"),
        (changed('zh = "份", ', ""), "unit", "'zh' is missing"),
        (changed('grade = "poor"', 'grade = "bad"'), "veto.grade", "'bad' is unknown"),
        (changed("at_least = 0\n", "at_least = 1\n"), "grades", "does not take everybody"),
        (changed("at_least = 80\n", "at_least = 90\n"), "grades[1].at_least", "not below"),
        (changed('id = "good"', 'id = "excellent"'), "grades[1].id", "is taken"),
        (changed("quota_percent = 30", "quota_percent = 130"), "quota_percent", "130 is impossible"),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, where: str, what: str) -> None:
    with pytest.raises(SchemeError) as refused:
        Scheme.parse(text)
    assert where in refused.value.where
    assert what in refused.value.what
    assert refused.value.remedy
