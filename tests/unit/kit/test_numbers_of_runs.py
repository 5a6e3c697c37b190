"""A run is found by the number people use, however they type it, and told by it."""

from __future__ import annotations

from datetime import date

from domain.assessment.year.events import RunFrozen
from domain.registry.events import NumberedThing
from projections.boards.numbers import CountedThing, Numbers, numbers_board, thing_meant, things_numbered
from tests.kit.events import projected

DAY = date(2026, 1, 12)


def frozen(run_id: str, number: int) -> RunFrozen:
    return RunFrozen(
        run_id=run_id,
        year=2025,
        number=number,
        known_at=number,
        scheme_version=1,
        results_digest="d",
        subjects=1,
        frozen_on=DAY,
        because="年终",
    )


def test_a_number_leads_to_its_run_and_back() -> None:
    engine, _ = projected([numbers_board], frozen("r-a", 1), frozen("r-b", 2))
    with engine.connect() as connection:
        assert Numbers(connection).shown("r-a, r-b; r-c") == "2025-1, 2025-2; r-c"
        for written in ("2025-2", " 2025-2 ", "２０２５－２"):
            assert things_numbered(connection, written, CountedThing.RUN) == ["r-b"]
            assert thing_meant(connection, written, CountedThing.RUN) == "r-b"
        for nothing in ("2025-3", "r-b", "", "2025"):
            assert things_numbered(connection, nothing, CountedThing.RUN) == []
        assert things_numbered(connection, "2025-2", CountedThing.APPEAL) == []
        assert things_numbered(connection, "2025-2", NumberedThing.FINDING) == []
