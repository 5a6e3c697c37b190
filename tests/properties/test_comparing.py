"""The stated movements add up to the difference of every total, whatever becomes of the county's facts and rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.assessment.schemes import scheme_text
from domain.assessment.scoring.comparing import Cause
from projections.facts.fact_table import facts
from projections.scores.comparing import Moment, comparison, results_at, with_facts
from projections.scores.scores import scores
from tests.kit.examples import examples
from tests.kit.prepared import prepared

TEXT = scheme_text(2025)
SCHEME = parse_scheme(TEXT)
COUNTED = (
    "activity",
    "need_confirmed",
    "need_raised",
    "finding_raised",
    "finding_submitted",
    "agreement_signed",
)
"""Kinds of facts that are set aside at random, as corrections and late entries would."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connection, int, list[int]]]:
    system = prepared(tmp_path_factory.mktemp("county"))
    with system.reading() as connection:
        positions = (
            connection.execute(select(facts.c.position).where(facts.c.kind.in_(COUNTED)).distinct())
            .scalars()
            .all()
        )
        yield connection, system.log.position(), sorted(positions)
    system.close()


def amended(bits: int) -> Scheme:
    """The county's scheme with some maxima halved: of indicators, which moves lines, and of groups, which caps sums."""
    if not bits:
        return SCHEME
    n = 0

    def halved(most: Fraction | None) -> Fraction | None:
        nonlocal n
        n += 1
        return most / 2 if most is not None and bits >> (n % 20) & 1 else most

    groups = tuple(
        replace(
            group,
            most=halved(group.most),
            indicators=tuple(replace(each, most=halved(each.most)) for each in group.indicators),
        )
        for group in SCHEME.groups
    )
    return replace(SCHEME, groups=groups, digest=f"amended {bits}")


@examples(4, quick=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_movements_add_up(county: tuple[Connection, int, list[int]], data: st.DataObject) -> None:
    connection, newest, positions = county
    some = st.lists(st.sampled_from(positions), max_size=60, unique=True)
    at = st.integers(5000, newest)
    cut_off = st.none() | st.integers(4000, newest)
    schemes = st.integers(0, 2**20 - 1).map(amended)
    before, after = (
        Moment(data.draw(at), data.draw(cut_off), data.draw(schemes), tuple(data.draw(some))) for _ in "ab"
    )
    found = comparison(connection, before, after, results_at(connection))
    totals = [
        {
            each.pairing: each.sheet.total
            for each in scores(connection, m.scheme, m.known_at, m.excluding, cut_off_at=m.cut_off_at)
        }
        for m in (before, after)
    ]
    stated = {each.pairing: sum(m.hundredths for m in each.movements) for each in found.changed}
    for pairing in {**totals[0], **totals[1]}:
        difference = totals[1].get(pairing, 0) - totals[0].get(pairing, 0)
        assert stated.get(pairing, 0) == difference, pairing
    for each in found.changed:
        causes = {m.cause for m in each.movements}
        assert Cause.RULE not in causes or before.scheme != after.scheme
        assert Cause.CUT_OFF not in causes or before.cut_off_at != after.cut_off_at
    backwards = comparison(connection, after, before, results_at(connection))
    assert {each.pairing: -each.by for each in backwards.changed} == {
        each.pairing: each.by for each in found.changed
    }


def test_a_rule_and_the_facts_are_told_apart(county: tuple[Connection, int, list[int]]) -> None:
    """All maxima halved by the new scheme, and the themed Party days of one pairing set aside."""
    connection, newest, _ = county
    pairing = next(each.pairing for each in scores(connection, SCHEME, newest) if each.sheet.line("A3").final)
    themed = (
        connection.execute(
            select(facts.c.position).where(
                facts.c.pairing == pairing, facts.c.kind == "activity", facts.c.type == "themed_party_day"
            )
        )
        .scalars()
        .all()
    )
    stricter = amended(2**20 - 1)
    before = Moment(newest, None, SCHEME)
    after = Moment(newest, None, stricter, tuple(themed))
    found = comparison(connection, before, after, results_at(connection))
    (mine,) = with_facts(
        connection, before, after, [each for each in found.changed if each.pairing == pairing]
    )
    line = next(each for each in mine.lines if each.indicator.code == "A3")
    assert {m.cause for m in line.movements} == {Cause.FACTS} and line.after == 0 and line.aspects
    assert {change.position for change in line.facts} == set(themed)
    assert {(c.before and c.before.reason, c.after and c.after.reason) for c in line.facts} <= {
        ("", "set_aside"),
        ("", None),
        ("outside_period", "set_aside"),
        ("reported_after_cut_off", "set_aside"),
        ("", "retracted"),
    }
    other = next(each for each in found.changed if each.pairing != pairing)
    assert {m.cause for each in other.lines for m in each.movements} == {Cause.RULE}
    assert found.scheme_changes
