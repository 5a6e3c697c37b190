"""The facts behind whole sheets and whole counties, beside a plain loop over the facts; and beside one line at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, delete

from domain.assessment.scheme.measures import Measure, MeasureKind
from domain.assessment.scheme.vocabulary import LEVELS, TYPES
from domain.assessment.schemes import shipped_scheme
from projections.facts.fact_table import facts
from projections.measuring.facts_behind import (
    Behind,
    FactRow,
    facts_behind,
    facts_behind_all,
    facts_behind_sheet,
)
from projections.scores.scores import Explanation, explain, explain_sheet
from tests.kit.databases import DatabaseCase
from tests.kit.examples import FRESH, examples
from tests.unit.assessment.county import county_facts, engine_with, fact, fill
from tests.unit.assessment.verdicts import Verdicts

pytestmark = pytest.mark.both_databases

SCHEME = shipped_scheme(2025)
CODES = [*(each.code for each in SCHEME.indicators), *(each.id for each in SCHEME.vetoes)]
PAIRINGS = [f"2025-v-0000000{n}-b-00000001" for n in (1, 2)]
Row = dict[str, Any]
Keys = tuple[list[tuple[int, int]], list[tuple[tuple[int, int], str]]]


@pytest.fixture
def empty(database: DatabaseCase) -> Iterator[Connection]:
    """A connection to a database with an empty table of facts."""
    url = "sqlite://" if database.url is None else database.url.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(url)
    with engine.connect() as connection:
        facts.create(connection)
        yield connection
        connection.rollback()
    engine.dispose()


def keys(behind: Behind) -> Keys:
    used, excluded = behind
    return [(row.position, row.seq) for row in used], [
        ((row.position, row.seq), reason) for row, reason in excluded
    ]


def plain(rows: Sequence[Row], pairing: str, known_at: int, excluding: set[int]) -> dict[str, Keys]:
    """What the plain loops say, by indicator and veto."""
    verdicts = Verdicts(SCHEME, rows, known_at, excluding)
    found = {
        each.code: verdicts.of(pairing, [part.measure for part in each.parts]) for each in SCHEME.indicators
    }
    vetoes = {
        each.id: verdicts.of(pairing, [Measure(MeasureKind.COUNT, each.facts)]) for each in SCHEME.vetoes
    }
    return found | vetoes


def test_all_facts_of_the_county_are_told_apart_as_by_hand_on_both_databases(empty: Connection) -> None:
    rows = [
        each | ({"retracted_at": 8350} if each["position"] % 11 == 0 and each["kind"] != "paired" else {})
        for each in county_facts()
    ]
    by_pairing: dict[str, list[Row]] = {}
    for row in rows:
        by_pairing.setdefault(row["pairing"], []).append(row)
    fill(empty, rows)
    seen = dict(facts_behind_all(empty, SCHEME, known_at=8400, excluding={100, 200}))
    assert list(seen) == sorted(by_pairing)
    for pairing, behind in seen.items():
        assert {code: keys(each) for code, each in behind.items()} == plain(
            by_pairing[pairing], pairing, 8400, {100, 200}
        )
    reasons = {reason for behind in seen.values() for each in behind.values() for _, reason in each[1]}
    assert {"retracted", "set_aside", "reported_after_cut_off", "late", "counted_at_higher_level"} <= reasons


def test_a_fact_is_told_as_it_stands_in_the_table(empty: Connection) -> None:
    row = fact(7, PAIRINGS[0], "activity", date(2025, 5, 6), type="forum", quantity=9, reference="a") | {
        "reported_on": date(2025, 5, 8),
        "until_on": date(2025, 5, 7),
        "seq": 3,
    }
    fill(empty, [row, fact(8, PAIRINGS[0], "paired", date(2025, 1, 1))])
    used, _ = facts_behind(empty, SCHEME, "B3", PAIRINGS[0])
    assert used == [FactRow(**row)]


def test_every_line_of_the_county_is_explained_alike_alone_and_with_its_sheet() -> None:
    engine = engine_with(county_facts())
    with engine.connect() as connection:
        everything = dict(facts_behind_all(connection, SCHEME))
        assert len(everything) == 147
        # Each line is worked out alone: a quarter of the pairings is enough, and all of them in the long form.
        for pairing, behind in list(everything.items())[:: 1 if FRESH else 4]:
            whole = explain_sheet(connection, SCHEME, pairing)
            assert list(whole.lines) == [each.code for each in SCHEME.indicators]
            for code, line in whole.lines.items():
                assert line == explain(connection, SCHEME, pairing, code)
            assert {code: keys(behind[code]) for code in CODES} == _told(whole.lines) | {
                veto: keys(each) for veto, each in whole.vetoes.items()
            }
    engine.dispose()


def _told(lines: Any) -> dict[str, Keys]:
    def of(line: Explanation) -> Keys:
        return keys((list(line.used), [(each.fact, each.code) for each in line.excluded]))

    return {code: of(line) for code, line in lines.items()}


def test_pairings_of_other_years_are_not_asked_unless_named(empty: Connection) -> None:
    mine, other = PAIRINGS
    fill(
        empty,
        [
            fact(1, mine, "paired", date(2025, 3, 1)),
            fact(2, other, "paired", date(2024, 1, 1), until_on=date(2024, 12, 31)),
            fact(3, other, "activity", date(2024, 5, 1), type="forum"),
        ],
    )
    assert [pairing for pairing, _ in facts_behind_all(empty, SCHEME)] == [mine]
    (named,) = facts_behind_all(empty, SCHEME, pairings=[other])
    assert named[0] == other
    assert keys(named[1]["B3"]) == ([], [])
    assert list(facts_behind_all(empty, SCHEME, pairings=[])) == []
    assert list(facts_behind_all(empty, SCHEME, known_at=0)) == []


def test_an_indicator_the_scheme_does_not_know_is_refused(empty: Connection) -> None:
    with pytest.raises(KeyError, match="Z9"):
        facts_behind(empty, SCHEME, "Z9", PAIRINGS[0])


EDGES = ("2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01", "2026-01-10", "2026-01-11")
DAYS = st.sampled_from([date.fromisoformat(day) for day in EDGES]) | st.integers(0, 400).map(
    lambda n: date(2024, 12, 15) + timedelta(n)
)


@st.composite
def random_facts(draw: st.DrawFn) -> list[Row]:
    """Facts of two pairings that share references, so that conditions meet across them or must not."""
    rows = []
    for position in range(1, draw(st.integers(0, 25)) + 1):
        kind = draw(st.sampled_from(sorted(set(TYPES) - {"project_accepted", "need_met"})))
        rows.append(
            fact(
                position,
                draw(st.sampled_from(PAIRINGS)),
                kind,
                draw(DAYS),
                type=draw(st.sampled_from(sorted(TYPES[kind]) or [""])),
                level=draw(st.sampled_from(sorted(LEVELS.get(kind, ())) or [""])),
                reported_on=draw(st.none() | DAYS),
                until_on=draw(st.none() | DAYS) if kind in ("paired", "post_held") else None,
                quantity=draw(st.integers(0, 20)),
                reference=draw(st.sampled_from(["one", "two"])),
                retracted_at=draw(st.none() | st.integers(position + 1, 40)),
            )
        )
    return rows


@examples(40, quick=10, suppress_health_check=[HealthCheck.too_slow])
@given(rows=random_facts(), known_at=st.integers(0, 40), excluding=st.sets(st.integers(1, 25), max_size=3))
def test_any_facts_are_told_apart_as_by_hand(rows: list[Row], known_at: int, excluding: set[int]) -> None:
    with ENGINE.begin() as connection:
        connection.execute(delete(facts))
        fill(connection, rows)
        for pairing in PAIRINGS:
            seen = facts_behind_sheet(connection, SCHEME, pairing, known_at, excluding)
            assert {code: keys(each) for code, each in seen.items()} == plain(
                rows, pairing, known_at, excluding
            )
            whole = explain_sheet(connection, SCHEME, pairing, known_at)
            for code, line in whole.lines.items():
                assert line == explain(connection, SCHEME, pairing, code, known_at)


ENGINE = engine_with([])
