"""The SQL written by hand that the engine is measured beside counts the same, or the ratio would mean nothing."""

from __future__ import annotations

from datetime import date

from benchmarks import by_hand
from domain.assessment.schemes import shipped_scheme
from projections.measuring.measuring import measure_all
from projections.scores.scores import LivePairing, paired_in_year
from tests.unit.assessment.county import county_facts, engine_with, fact

SCHEME = shipped_scheme(2025)
P = "2025-v-00000001-b-00000001"


def test_the_county_by_hand_is_the_county_as_measured() -> None:
    engine = engine_with(county_facts())
    with engine.connect() as connection:
        measured = measure_all(connection, SCHEME)
        plain = connection.connection.dbapi_connection
        counted = by_hand.by_pairing(by_hand.counted(plain))  # type: ignore[arg-type]
    engine.dispose()
    assert len(counted) == 147
    assert {pairing: by_hand.as_by_hand(each) for pairing, each in measured.items()} == counted


def test_a_day_paired_twice_is_one_day() -> None:
    terms = [("2024-06-01", "2025-01-10"), ("2025-01-05", "2025-01-12"), ("2025-01-06", "2025-01-07")]
    rows = [
        fact(n, P, "paired", date.fromisoformat(began), until_on=date.fromisoformat(ended))
        for n, (began, ended) in enumerate([*terms, ("2025-12-30", "2026-05-01")], 1)
    ]
    engine = engine_with(rows)
    with engine.connect() as connection:
        assert paired_in_year(connection, SCHEME) == [LivePairing(P, "b-00000001", "v-00000001", 14)]
    engine.dispose()
