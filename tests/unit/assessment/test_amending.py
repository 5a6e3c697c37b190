"""An amendment judges only days from its date of force; what reaches back is named."""

from __future__ import annotations

from datetime import date

import pytest

from domain.assessment.scheme.amending import retroactive
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme_file.scheme_text import parse_scheme
from tests.unit.assessment.small_scheme import small, small_scheme

DAY = date(2025, 7, 1)
PART = """[[groups.indicators.parts]]
id = "n"
title = { zh = "培训", en = "Trainings" }
unit = { zh = "次", en = "training" }
measure = { kind = "count", fact = "activity", types = ["training"], window = "in_year" }
rule = { kind = "each", each = 10 }
"""
CLOSED = PART.replace('id = "n"', 'id = "n"\nuntil = 2025-06-30')
LATER = PART.replace('id = "n"', 'id = "later"\nfrom = 2025-07-01').replace("each = 10 }", "each = 8 }")
VETO = """
[[vetoes]]
id = "false"
title = { zh = "弄虚作假", en = "Falsification" }
clause = { number = "6", text = { zh = "较差。", en = "poor." } }
grade = "poor"
fact = "finding_raised"
types = ["falsification"]
window = "in_year"
"""


def named(*changes: tuple[str, str], old: Scheme | None = None, on: date = DAY) -> list[str]:
    """The English of what reaches back."""
    said = retroactive(old or small_scheme(), parse_scheme(small(*changes)), on)
    assert all("影响" in each.zh for each in said)
    return [each.en for each in said]


@pytest.mark.parametrize(
    "changes",
    [
        [],
        [('title = { zh = "培训", en = "Trainings" }', 'title = { zh = "培训课", en = "Courses" }')],
        [(PART, CLOSED)],
        [(PART, CLOSED + LATER)],
        [(PART, PART + LATER.replace("2025-07-01", "2025-09-01"))],
    ],
)
def test_closing_the_old_and_beginning_the_new_on_the_day_reaches_back_nowhere(
    changes: list[tuple[str, str]],
) -> None:
    assert named(*changes) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [("each = 10 }", "each = 8 }")],
            "K1.n Trainings: is judged otherwise, also for days before 2025-07-01",
        ),
        ([(PART, CLOSED.replace("06-30", "06-29"))], "K1.n Trainings: is judged otherwise"),
        ([(PART, CLOSED.replace("06-30", "07-01"))], "K1.n Trainings: is judged otherwise"),
        (
            [(PART, PART.replace('id = "n"', 'id = "n"\nfrom = 2025-07-01'))],
            "K1.n Trainings: is judged otherwise",
        ),
        ([(PART, CLOSED.replace("each = 10 }", "each = 9 }"))], "K1.n Trainings: is judged otherwise"),
        ([(PART, PART + LATER.replace("2025-07-01", "2025-06-30"))], "K1.later Trainings: was added"),
        ([("max = 40\nclause", "max = 40\nfloor = 1\nclause")], "K1 Trainings: maximum, base, floor"),
        (
            [('sign = "plus"\nbonus = true', 'sign = "minus"')],
            "P Bonus: the group's maximum, sign, units",
        ),
        ([("[[grades]]", VETO + "[[grades]]")], "veto.false Falsification: the veto added"),
        ([("cut_off = 2026-01-10", "cut_off = 2026-01-20")], "the period or the cut-off changed"),
        ([("to = 0.01", "to = 0.1")], "the rounding changed"),
        ([("at_least = 60", "at_least = 65")], "grades or places changed"),
    ],
)
def test_what_judges_earlier_days_otherwise_is_named(changes: list[tuple[str, str]], said: str) -> None:
    found = named(*changes)
    assert len(found) == 1, found
    assert found[0].startswith(said)


def test_what_judges_no_earlier_day_may_change_or_go() -> None:
    old = parse_scheme(small((PART, CLOSED + LATER)))
    assert named((PART, CLOSED), old=old) == []
    assert named((PART, CLOSED + LATER.replace("each = 8 }", "each = 7 }")), old=old) == []
    assert named(
        (PART, CLOSED + LATER.replace("each = 8 }", "each = 7 }")), old=old, on=date(2025, 8, 1)
    ) == ["K1.later Trainings: is judged otherwise, also for days before 2025-08-01"]
    assert named((PART, LATER), old=old) == ["K1.n Trainings: was removed, also for days before 2025-07-01"]


def test_a_closed_part_cannot_be_closed_again() -> None:
    old = parse_scheme(small((PART, CLOSED)))
    assert named((PART, CLOSED.replace("06-30", "07-31")), old=old, on=date(2025, 8, 1)) == [
        "K1.n Trainings: is judged otherwise, also for days before 2025-08-01"
    ]
    vetoed = parse_scheme(small(("[[grades]]", VETO + "[[grades]]")))
    assert named(old=vetoed) == ["veto.false Falsification: the veto changed, for the whole year"]
