"""What would still count leaves out the days and periods to come that count already."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from domain.assessment.scheme.measured_values import Measured
from domain.assessment.schemes import shipped_scheme
from domain.assessment.scoring.outlook import Outlook, from_day, outlook
from domain.assessment.scoring.scoring import score
from projections.measuring.measuring import measure_all
from tests.unit.assessment.county import Row, engine_with, fact

PAIRING = "2025-v-00000001-b-00000001"
BASE = shipped_scheme(2025)
TODAY = date(2025, 10, 8)


def post(position: int, kind: str, began: date, ended: date | None = None) -> Row:
    return fact(
        position, PAIRING, "post_held", began, type=kind, until_on=ended, reference=f"p{position}/{began}"
    )


def seen(*posts: Row) -> Outlook:
    """The outlook of a pairing with these posts, as a page works it out."""
    rows = [fact(1, PAIRING, "paired", date(2025, 1, 1)), *posts]
    with engine_with(rows).connect() as connection:
        measured: dict[str, Measured] = measure_all(connection, BASE)[PAIRING]
        left = measure_all(connection, from_day(BASE, TODAY), None, [PAIRING])[PAIRING]
    return outlook(BASE, score(BASE, PAIRING, measured), TODAY, None, left)


@pytest.mark.parametrize(
    ("began", "ended", "days"),
    [
        (date(2025, 4, 1), None, 0),
        (date(2025, 4, 1), date(2025, 12, 31), 0),
        (date(2025, 4, 1), date(2025, 10, 7), 85),
        (date(2025, 4, 1), date(2025, 10, 8), 84),
        (date(2025, 12, 1), None, 54),
    ],
)
def test_a_post_that_is_held_promises_no_day_that_counts_already(
    began: date, ended: date | None, days: int
) -> None:
    full = post(2, "invited_member", date(2025, 1, 1))
    chances = seen(full, post(3, "part_time_secretary", began, ended)).chances.get("A2", ())
    assert sum((each.gain for each in chances), Fraction(0)) == Fraction(2 * days, 365)
