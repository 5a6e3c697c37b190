"""Every measure kind as SQL against plain Python, on random histories, known, cut off and set aside at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from domain.assessment.scheme.measured_values import NOTHING
from domain.assessment.scheme.measures import (
    Condition,
    FactFilter,
    Measure,
    MeasureKind,
    Period,
    RankedBy,
    Window,
)
from domain.assessment.scheme.rules.kinds.each import Each
from domain.assessment.scheme.scheme import Group, Indicator, Part, Scheme
from domain.assessment.scheme.text import Text
from domain.assessment.schemes import shipped_scheme
from projections.facts.fact_table import facts
from projections.measuring.facts_behind import facts_behind
from projections.measuring.measuring import measure_all
from projections.scores.scores import paired_in_year
from tests.kit.examples import examples
from tests.properties.naive_measures import Naive, Row, Thing
from tests.unit.assessment.county import engine_with, fact, fill

BASE = shipped_scheme(2025)
PAIRINGS = [f"2025-v-0000000{n}-b-00000001" for n in (1, 2, 3)]
OWN, OTHER = "X1", "X2"
"""The indicator measured, and another one for which things are stated, too."""

LEVELS = {
    "case_published": ("county", "prefecture", "province"),
    "need_met": ("minor", "major"),
    "rating": ("leaders", "villagers", "unknown"),
    "survey_option": ("yes", "no", "unknown"),
}
TYPES = {"activity": ("forum", "training"), "need_raised": ("industry", "public_services")}
STATED_KINDS = ("verified_points", "superior_score", "superior_rank", "rating", "survey_option")
SURVEY_TOTALS = ("survey_issued", "survey_returned", "survey_valid")
days = st.dates(date(2024, 11, 1), date(2026, 2, 28)) | st.dates(date(2025, 1, 1), date(2025, 2, 28))
lengths = st.none() | st.integers(-3, 300)
"""Days a span goes on after its first; below 0 it has no day at all."""


@st.composite
def histories(draw: st.DrawFn, measure: Measure) -> list[Thing]:
    """Things that matter to the measure, under some references in three pairings, each with its steps, in one order of
    positions.
    """
    own = [only.kind for only in measure.filters]
    asked = [each.kind for each in (*measure.facts.having, *measure.met)]
    kinds = [*own, *own, *asked, "paired"]
    # Conditions meet under few references; without any, many things stand beside one another.
    references = [f"r{n}" for n in range(3 if asked else 12)]
    things: dict[tuple[str, ...], Thing] = {}
    if measure.kind is MeasureKind.RANK:
        # Places are among many: everybody is paired to begin with.
        for n, pairing in enumerate(PAIRINGS, 1):
            row = fact(0, pairing, "paired", date(2025, 1, 1), reference=pairing)
            things["paired", pairing] = Thing("paired", pairing, [(n, row)])
    for position in range(len(things) + 1, draw(st.integers(1, 10) | st.integers(20, 40)) + 4):
        kind = draw(st.sampled_from(kinds))
        stated = kind in STATED_KINDS or kind in SURVEY_TOTALS
        reference = draw(st.sampled_from((OWN, OWN, OTHER) if stated else references))
        key: tuple[str, ...] = (kind, reference)
        if stated or kind == "case_published":
            # Several of them stand beside one another; nothing restates one of these after the cut-off.
            key = (kind, reference, str(draw(st.integers(0, 7)) if stated else position))
        thing = things.setdefault(key, Thing(kind, reference))
        alive = bool(thing.steps) and thing.steps[-1][1] is not None
        if alive and draw(st.integers(0, 2)) == 0:
            thing.steps.append((position, None))
        else:
            thing.steps.append((position, _row(draw, kind, reference)))
    return list(things.values())


def _row(draw: st.DrawFn, kind: str, reference: str) -> Row:
    on = draw(days)
    length = draw(lengths) if kind in ("paired", "post_held") else None
    return fact(
        0,
        draw(st.sampled_from(PAIRINGS)),
        kind,
        on,
        type=draw(st.sampled_from(TYPES[kind])) if kind in TYPES else "",
        level=draw(st.sampled_from(LEVELS[kind])) if kind in LEVELS else "",
        until_on=None if length is None else on + timedelta(length),
        reported_on=draw(st.none() | days),
        quantity=draw(st.integers(0, 5)),
        reference=reference,
    )


windows = st.sampled_from((Window.IN_YEAR, Window.BY_YEAR_END, Window.BY_CUT_OFF, Window.ANY_DAY))


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    kind = draw(st.sampled_from(("need_matched", "need_met")))
    levels = draw(st.sampled_from(((), ("minor",)))) if kind == "need_met" else ()
    return Condition(kind, draw(st.sampled_from(Window)), levels=levels)


@st.composite
def filters(draw: st.DrawFn, kind: str) -> FactFilter:
    return FactFilter(
        kind,
        draw(windows),
        types=draw(st.sampled_from(((), ("forum",), ("forum", "training")))) if kind == "activity" else (),
        reported_by_cut_off=draw(st.booleans()),
        having=tuple(draw(st.lists(conditions(), max_size=1))),
        valid_from=draw(st.none() | st.none() | days),
        valid_until=draw(st.none() | st.none() | days),
    )


@st.composite
def measures(draw: st.DrawFn, kind: MeasureKind) -> Measure:
    """Any measure of a kind that a scheme may declare."""
    match kind:
        case MeasureKind.SHARE:
            met = tuple(draw(st.lists(conditions(), min_size=1, max_size=2)))
            return Measure(kind, draw(filters("need_raised")), met)
        case MeasureKind.TALLY:
            return Measure(kind, replace(draw(filters("need_met")), levels=LEVELS["need_met"]))
        case MeasureKind.TALLY_OF_HIGHEST:
            levels = draw(st.sampled_from((LEVELS["case_published"], ("county", "province"))))
            return Measure(kind, replace(draw(filters("case_published")), levels=levels))
        case MeasureKind.DAYS_COVERED:
            only = replace(draw(filters("post_held")), window=Window.ANY_DAY, having=())
            return Measure(kind, replace(only, reported_by_cut_off=False))
        case MeasureKind.CADENCE:
            only = replace(draw(filters("activity")), window=Window.IN_YEAR)
            return Measure(kind, only, (), draw(st.sampled_from(Period)), draw(st.integers(1, 2)))
        case MeasureKind.RANK:
            # A plain filter, so that there are places to share; its conditions are tried with the other kinds.
            only = FactFilter("activity", draw(windows), draw(st.sampled_from(((), ("forum",)))))
            return Measure(kind, only, by=draw(st.sampled_from(RankedBy)))
        case MeasureKind.STATED | MeasureKind.PLACED:
            names = (
                ("verified_points", "superior_score") if kind is MeasureKind.STATED else ("superior_rank",)
            )
            return Measure(kind, FactFilter(draw(st.sampled_from(names)), draw(windows), indicator=OWN))
        case MeasureKind.RATINGS:
            only = FactFilter("rating", draw(windows), levels=LEVELS["rating"][:2], indicator=OWN)
            return Measure(kind, only)
        case MeasureKind.SURVEY:
            only = FactFilter(
                "survey_option", draw(windows), levels=LEVELS["survey_option"][:2], indicator=OWN
            )
            return Measure(kind, only)
        case _:
            return Measure(kind, draw(filters("activity")))


def scheme_of(measure: Measure) -> Scheme:
    """The 2025 scheme with one indicator only."""
    item = Text("项", "item")
    part = Part(f"{OWN}.own", item, item, measure, Each(Fraction(1)))
    indicator = Indicator(OWN, "X", item, BASE.indicators[0].clause, None, None, (part,))
    return replace(
        BASE, groups=(Group("X", item, 1, None, (), (indicator,)),), vetoes=(), digest=repr(measure)
    )


engine = engine_with([])


@pytest.mark.parametrize("kind", MeasureKind)
@examples(25, quick=6)
@given(data=st.data())
def test_a_measure_is_what_counting_by_hand_gives(kind: MeasureKind, data: st.DataObject) -> None:
    measure = data.draw(measures(kind))
    things = data.draw(histories(measure))
    newest = max(position for thing in things for position, _ in thing.steps)
    known_at = data.draw(st.integers(0, newest + 1))
    cut_off_at = data.draw(st.none() | st.integers(0, newest + 1))
    excluding = data.draw(st.just(set()) | st.sets(st.integers(1, newest), max_size=3))
    some = data.draw(st.none() | st.sets(st.sampled_from(PAIRINGS)))
    standing = [row for t in things if (row := t.standing(known_at, cut_off_at, excluding)) is not None]
    naive = Naive(standing, PAIRINGS)
    scheme = scheme_of(measure)
    with engine.begin() as connection:
        connection.execute(delete(facts))
        fill(connection, [row for thing in things for row in thing.rows()])
        found = measure_all(connection, scheme, known_at, some, excluding, cut_off_at)
        behind = facts_behind(connection, scheme, OWN, PAIRINGS[0], known_at, excluding, cut_off_at)
    for pairing in PAIRINGS if some is None else some:
        value = found.get(pairing, {}).get(f"{OWN}.own", NOTHING[kind])
        assert value == naive.measured(pairing, measure)
    assert set(found) <= set(PAIRINGS if some is None else some)
    own = {row.position for row in behind[0] if row.kind == measure.facts.kind}
    assert own == _used(naive, measure)


def _used(naive: Naive, measure: Measure) -> set[int]:
    """The positions of the facts of its own kind on which the first pairing's figure rests."""
    rows = [row for only in measure.filters for row in naive.counted(PAIRINGS[0], only)]
    rows = [row for row in rows if row["kind"] == measure.facts.kind]
    if measure.kind is MeasureKind.DAYS_COVERED:
        # What ended before the year is not even looked at.
        first, last = BASE.first_day, BASE.last_day
        rows = [
            row
            for row in rows
            if row["occurred_on"] <= last
            and (row["until_on"] is None or row["until_on"] >= max(first, row["occurred_on"]))
        ]
    if measure.kind is MeasureKind.TALLY_OF_HIGHEST:
        height = measure.facts.levels.index
        rows = [
            row
            for row in rows
            if not any(
                r["reference"] == row["reference"] and height(r["level"]) > height(row["level"]) for r in rows
            )
        ]
    if measure.kind in (MeasureKind.STATED, MeasureKind.PLACED) and rows:
        rows = [max(rows, key=lambda row: (row["occurred_on"], row["position"]))]
    return {row["position"] for row in rows}


@pytest.mark.parametrize("first", [date(2025, 7, 1), date(2025, 6, 30), date(2025, 6, 2)])
def test_a_cadence_of_no_period_at_all_is_nothing_due(first: date) -> None:
    never = FactFilter("activity", Window.IN_YEAR, valid_from=first, valid_until=first - timedelta(1))
    measure = Measure(MeasureKind.CADENCE, never, every=Period.MONTH)
    rows = [
        fact(1, PAIRINGS[0], "paired", date(2024, 11, 1)),
        fact(2, PAIRINGS[0], "activity", date(2025, 6, 30)),
    ]
    with engine.begin() as connection:
        connection.execute(delete(facts))
        fill(connection, rows)
        assert measure_all(connection, scheme_of(measure)) == {}


@pytest.mark.parametrize("kind", [MeasureKind.CADENCE, MeasureKind.DAYS_COVERED, MeasureKind.RANK])
def test_a_pairing_that_ended_before_it_began_was_paired_on_no_day(kind: MeasureKind) -> None:
    facts_of = {
        MeasureKind.CADENCE: "activity",
        MeasureKind.DAYS_COVERED: "post_held",
        MeasureKind.RANK: "activity",
    }
    measure = Measure(kind, FactFilter(facts_of[kind], Window.ANY_DAY), every=Period.MONTH)
    rows = [
        fact(1, PAIRINGS[0], "paired", date(2025, 6, 30), until_on=date(2025, 6, 20)),
        fact(2, PAIRINGS[0], facts_of[kind], date(2025, 6, 25)),
    ]
    with engine.begin() as connection:
        connection.execute(delete(facts))
        fill(connection, rows)
        assert measure_all(connection, scheme_of(measure)) == {}
        assert paired_in_year(connection, BASE) == []
