"""Whatever is done to a scheme's text, reading it ends in a scheme or in problems that say line, place and remedy."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from domain.assessment.scheme_file.locating import locate
from domain.assessment.scheme_file.scheme_text import read
from tests.kit.examples import examples
from tests.unit.assessment.small_scheme import SMALL
from tests.unit.assessment.test_bench import SHEET

TEXT = SMALL + SHEET
SPANS = sorted(locate(TEXT).spans.values())
VALUES = [
    "",
    '""',
    '"?"',
    "-1",
    "0",
    "1.5",
    "1999999",
    "true",
    "[]",
    "[[]]",
    "{}",
    "[{}]",
    "2025-01-01",
    '["agency"]',
    '"n/a"',
]


@examples(400, quick=80)
@given(st.lists(st.tuples(st.sampled_from(SPANS), st.sampled_from(VALUES)), min_size=1, max_size=3))
def test_any_value_in_any_place_is_read_or_refused(changes: list[tuple[tuple[int, int], str]]) -> None:
    text = TEXT
    for (start, end), value in sorted(changes, reverse=True):
        text = text[:start] + value + text[end:]
    _read_or_refused(text)


@examples(200, quick=100)
@given(st.sets(st.integers(0, TEXT.count("\n")), min_size=1, max_size=4))
def test_a_text_with_lines_missing_is_read_or_refused(missing: set[int]) -> None:
    _read_or_refused("\n".join(line for n, line in enumerate(TEXT.split("\n")) if n not in missing))


def _read_or_refused(text: str) -> None:
    scheme, problems = read(text)
    assert (scheme is None) == bool(problems)
    lines = text.count("\n") + 1
    for each in problems:
        assert each.line is None or 1 <= each.line <= lines
        assert all((each.what.zh, each.what.en, each.remedy.zh, each.remedy.en))
    assert [each.line or 0 for each in problems] == sorted(each.line or 0 for each in problems)
    if scheme is not None:
        assert tomllib.loads(text)["year"] == scheme.year
