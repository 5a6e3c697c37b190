"""A text carried over to another year keeps everything that was written, and its days."""

from __future__ import annotations

import pytest

from domain.assessment.scheme.shifting import applied_to
from domain.assessment.scheme_file.moving_on import moved_on, renumbered
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.assessment.schemes import scheme_text
from domain.assessment.scoring.draft_trial import try_out


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("year = 2025 # 2025 年度", "year = 2028 # 2028 年度"),
        ("version = 3", "version = 1"),
        ("last_day = 2025-12-31", "last_day = 2028-12-31"),
        ("cut_off = 2026-01-10", "cut_off = 2029-01-10"),
        ("last = 2024-02-29", "last = 2027-02-28"),
        ("last = 2025-02-30", "last = 2025-02-30"),
        ("依据〔2025〕12 号", "依据〔2025〕12 号"),
        ("12025 或 20251", "12025 或 20251"),
        ("at_least = 2024", "at_least = 2024"),
    ],
)
def test_days_and_the_year_move_and_other_numbers_do_not(before: str, after: str) -> None:
    assert moved_on(before, 2025, 2028) == after


def test_a_moved_text_is_the_moved_scheme() -> None:
    text = scheme_text(2025)
    moved = parse_scheme(moved_on(text, 2025, 2026))
    by_hand = applied_to(parse_scheme(text), 2026)
    assert (moved.groups, moved.first_day, moved.cut_off) == (
        by_hand.groups,
        by_hand.first_day,
        by_hand.cut_off,
    )
    assert moved.title.zh.endswith("（2026 年度）")
    kept = [line for line in text.split("\n") if line.startswith("#") and "2025" not in line]
    assert kept and all(line in moved_on(text, 2025, 2026).split("\n") for line in kept)


def test_only_the_schemes_own_version_is_renumbered() -> None:
    assert renumbered("format = 1\nversion = 2\n# version = 9\n[x]\nversion = 7", 3) == (
        "format = 1\nversion = 3\n# version = 9\n[x]\nversion = 7"
    )


def test_a_text_meant_for_another_year_or_version_is_told_with_its_line() -> None:
    tried = try_out(scheme_text(2025), 2026, 2)
    assert tried.scheme is not None
    assert [(each.line, each.where) for each in tried.problems] == [(4, "year"), (5, "version")]
    assert (
        str(tried.problems[0])
        == "line 4, year: year is 2025, but this is the draft for 2026; write year = 2026"
    )
    assert try_out(scheme_text(2025), 2025, 1).problems == ()
    broken = try_out("year = ")
    assert broken.scheme is None and len(broken.problems) == 1
