"""Who takes part in no grade of a year, as known at a position."""

from __future__ import annotations

from datetime import date

from sqlalchemy import create_engine

import projections.facts.exclusions  # noqa: F401  (registers its handlers)
from domain.assessment.schemes import shipped_scheme
from domain.assessment.year.events import PairingExcluded, PairingIncluded
from domain.pairing.events import PairingStarted
from projections.boards.registry.units_and_villages import registry
from projections.facts.facts import facts_projection
from projections.kit.runner import Runner
from projections.scores.scores import exclusions, scores
from tests.unit.kit.test_projection_kit import ListLog

SCHEME = shipped_scheme(2025)
DAY = date(2026, 1, 5)
P, OTHER = "2025-v-1-b-1", "2025-v-2-b-2"


def excluded(pairing: str, year: int = 2025) -> PairingExcluded:
    return PairingExcluded(
        year=year,
        pairing_id=pairing,
        because="灾后重建",
        basis="县委纪要 3 号",
        excluded_by="lianban",
        excluded_on=DAY,
    )


def test_an_exclusion_holds_from_its_decision_until_it_is_taken_back() -> None:
    started = [
        PairingStarted(
            pairing_id=pairing,
            branch=f"b-{pairing[-1]}",
            village=f"v-{pairing[-1]}",
            started_on=date(2025, 1, 1),
        )
        for pairing in (P, OTHER)
    ]
    back = PairingIncluded(year=2025, pairing_id=P, because="已恢复", included_by="lianban", included_on=DAY)
    log = ListLog([*started, excluded(P), excluded(OTHER), excluded(P, 2026), back])
    at = [recorded.position for recorded in log.recorded]
    engine = create_engine("sqlite://")
    runner = Runner(engine, log, [facts_projection, registry])
    runner.create_tables()
    runner.catch_up()
    with engine.connect() as connection:
        known = [sorted(exclusions(connection, SCHEME, position)) for position in at]
        assert known == [[], [], [P], [P, OTHER], [P, OTHER], [OTHER]]
        assert exclusions(connection, SCHEME) == {OTHER: "县委纪要 3 号"}
        then = {r.pairing: r.grade.grade for r in scores(connection, SCHEME, at[2])}
        now = {r.pairing: r.grade.grade for r in scores(connection, SCHEME)}
    assert (then[P], now[OTHER]) == ("", "")
    assert then[OTHER] != "" and now[P] != ""
    assert runner.check() == []
