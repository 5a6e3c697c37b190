"""What came late is listed once, whatever its event states."""

from __future__ import annotations

from datetime import date

from domain.assessment.schemes import shipped_scheme
from projections.figures.late_entries import late_entries
from tests.unit.assessment.county import engine_with, fact

SCHEME = shipped_scheme(2025)
PAIRING = "2025-v-00000001-b-00000001"
VISIT, LATE = date(2025, 12, 30), date(2026, 1, 20)
"""Ten days after the last day of reporting."""


def test_a_visit_reported_late_is_one_entry() -> None:
    visit = [
        fact(7, PAIRING, "activity", VISIT, type="condolence_visit", reported_on=LATE),
        {**fact(7, PAIRING, "persons_visited", VISIT, quantity=5, reported_on=LATE), "seq": 1},
        fact(8, PAIRING, "activity", VISIT, type="forum", reported_on=LATE),
        fact(6, PAIRING, "activity", VISIT, type="forum", reported_on=VISIT),
        fact(5, PAIRING, "activity", date(2024, 12, 30), type="forum", reported_on=LATE),
    ]
    with engine_with(visit).connect() as connection:
        found = late_entries(connection, SCHEME, 8, None)
    assert [(each.record, each.kind, each.reported_late, each.entered_late) for each in found] == [
        (7, "activity", True, False),
        (8, "activity", True, False),
    ]
    with engine_with(visit).connect() as connection:
        assert [each.entered_late for each in late_entries(connection, SCHEME, 8, 7)] == [False, True]
