"""What was stated, rated, surveyed, ranked or kept by a cadence, and what was entered late; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import Connection

from domain.assessment.scheme.measured_values import (
    Amount,
    Measured,
    Place,
    Ratings,
    Share,
    StatedPoints,
    Survey,
)
from domain.assessment.scheme.measures import FactFilter, Measure, MeasureKind, Window
from domain.assessment.scheme.rules.kinds.each import Each
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.assessment.schemes import scheme_text
from projections.measuring.facts_behind import facts_behind
from projections.measuring.measuring import measure_all
from projections.scores.scores import explain, paired_in_year, scores
from tests.unit.assessment.county import fact, fill

P, Q, R = (f"2025-v-0000000{n}-b-00000001" for n in (1, 2, 3))
D3 = "D3.own"


def scheme_of(measure: str, rule: str) -> Scheme:
    """The 2025 scheme with another measure and rule in D3."""
    text = scheme_text(2025).partition("\n[[cases]]")[0]
    begin = text.index("[[groups.indicators.parts]]", text.index('code = "D3"'))
    part = '[[groups.indicators.parts]]\nid = "own"\ntitle = { zh = "项", en = "Item" }\n'
    part += f'unit = {{ zh = "次", en = "time" }}\nmeasure = {measure}\nrule = {rule}\n\n'
    return parse_scheme(text[:begin] + part + text[text.index("# ----", begin) :])


def label(word: str) -> str:
    return f'label = {{ zh = "{word}", en = "{word}" }}'


PER_UNMET = '{ kind = "per_unmet", at_full = 5, each = 1, when_none = 0 }'
BY_PLACE = '{ kind = "by_place", places = [{ to = 1, points = 5 }, { to = 3, points = 2 }] }'
MONTHS = scheme_of(
    '{ kind = "cadence", every = "month", at_least = 2, fact = "activity", window = "in_year" }', PER_UNMET
)
QUARTERS = scheme_of(
    '{ kind = "cadence", every = "quarter", at_least = 1, fact = "activity", window = "in_year" }', PER_UNMET
)
RANKED = scheme_of('{ kind = "rank", by = "sum", fact = "persons_visited", window = "in_year" }', BY_PLACE)
GIVEN = scheme_of('{ kind = "stated", fact = "verified_points" }', '{ kind = "given", at_most = 5 }')
PLACED = scheme_of('{ kind = "placed" }', BY_PLACE)
RATED = scheme_of(
    '{ kind = "ratings" }',
    '{ kind = "rated", full = 100, at_full = 5, at_least = 2, when_missing = "zero", groups = ['
    f'{{ group = "leaders", weight = 60, {label("班子")} }}, {{ group = "villagers", weight = 40, {label("村民")} }}] }}',
)
SURVEYED = scheme_of(
    '{ kind = "survey" }',
    '{ kind = "satisfaction", at_full = 5, at_least = 10, options = ['
    f'{{ option = "yes", worth = 100, {label("满意")} }}, {{ option = "no", worth = 0, {label("不满意")} }}] }}',
)


class Facts:
    """Facts of three pairings, numbered as they come."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.position = 0

    def add(self, kind: str, on: str, pairing: str = P, **more: Any) -> int:
        self.position += 1
        for name in ("until_on", "reported_on"):
            if name in more:
                more[name] = date.fromisoformat(more[name])
        fill(self.connection, [fact(self.position, pairing, kind, date.fromisoformat(on), **more)])
        return self.position

    def measured(self, scheme: Scheme, pairing: str = P, part: str = D3, **more: Any) -> Measured | None:
        everything = measure_all(self.connection, scheme, **more)
        alone = measure_all(self.connection, scheme, pairings=[pairing], **more)
        assert alone.get(pairing) == everything.get(pairing), "measured alone it is another value"
        return everything.get(pairing, {}).get(part)

    def reasons(self, scheme: Scheme, indicator: str = "D3", **more: Any) -> list[tuple[int, str]]:
        _, excluded = facts_behind(self.connection, scheme, indicator, P, **more)
        return [(row.position, code) for row, code in excluded]

    def used(self, scheme: Scheme, indicator: str = "D3", **more: Any) -> list[int]:
        return [r.position for r in facts_behind(self.connection, scheme, indicator, P, **more)[0]]


@pytest.fixture
def seen(empty: Connection) -> Facts:
    return Facts(empty)


def test_a_cadence_is_due_in_every_period_with_a_day_paired(seen: Facts) -> None:
    seen.add("paired", "2025-02-28", until_on="2025-04-01")
    seen.add("paired", "2025-11-30", until_on="2026-05-01")
    seen.add("paired", "2025-04-15", Q)
    for on in ("2025-03-01", "2025-03-31", "2025-04-01", "2025-06-01", "2025-06-02", "2025-12-31"):
        seen.add("activity", on)
    # Due: February, March, April, November, December; twice in March only. June is not due, whatever was held.
    assert seen.measured(MONTHS) == Share(1, 5)
    assert seen.measured(QUARTERS) == Share(3, 3)
    assert seen.measured(MONTHS, Q) == Share(0, 9)
    assert seen.measured(QUARTERS, Q) == Share(0, 3)
    assert seen.measured(MONTHS, R) is None


def test_a_place_is_one_among_all_assessed_and_ties_share_it(seen: Facts) -> None:
    for pairing in (P, Q, R):
        seen.add("paired", "2025-01-01", pairing)
    seen.add("persons_visited", "2025-05-01", Q, quantity=9)
    seen.add("persons_visited", "2025-05-01", R, quantity=9)
    assert seen.measured(RANKED) is None
    seen.add("persons_visited", "2025-05-01", quantity=4)
    more = seen.add("persons_visited", "2025-06-01", quantity=4)
    assert [seen.measured(RANKED, each) for each in (P, Q, R)] == [Place(3, 3), Place(1, 3), Place(1, 3)]
    seen.add("persons_visited", "2025-06-01", quantity=1)
    assert seen.measured(RANKED) == Place(1, 3)
    assert seen.measured(RANKED, excluding=[more]) == Place(3, 3)


def test_who_is_not_assessed_takes_no_place(seen: Facts) -> None:
    seen.add("paired", "2025-01-01")
    seen.add("paired", "2024-01-01", Q, until_on="2024-12-31")
    seen.add("persons_visited", "2025-05-01", quantity=1)
    seen.add("persons_visited", "2025-05-01", Q, quantity=9)
    assert seen.measured(RANKED) == Place(1, 1)
    assert seen.measured(RANKED, Q) is None


def test_the_latest_statement_for_the_indicator_counts(seen: Facts) -> None:
    seen.add("verified_points", "2026-01-20", reference="A1", quantity=400)
    assert seen.measured(GIVEN) is None
    second = seen.add("verified_points", "2026-01-22", reference="D3", quantity=300)
    first = seen.add("verified_points", "2026-01-21", reference="D3", quantity=450)
    seen.add("verified_points", "2026-01-23", Q, reference="D3", quantity=100)
    assert seen.measured(GIVEN) == StatedPoints(300)
    assert seen.used(GIVEN) == [second]
    assert seen.reasons(GIVEN) == [(first, "later_one_counts")]
    same_day = seen.add("verified_points", "2026-01-22", reference="D3", quantity=350)
    assert seen.measured(GIVEN) == StatedPoints(350)
    assert seen.used(GIVEN) == [same_day]


def test_a_place_stated_by_a_superior_office(seen: Facts) -> None:
    seen.add("superior_rank", "2026-01-20", reference="D3", quantity=2, type="州委组织部")
    assert seen.measured(PLACED) == Place(2, 0)


def test_ballots_are_added_up_by_group_in_the_order_of_the_scheme(seen: Facts) -> None:
    for group, ballot in (("villagers", 8000), ("leaders", 9000), ("leaders", 9500), ("cadres", 100)):
        seen.add("rating", "2026-01-20", reference="D3", level=group, quantity=ballot)
    seen.add("rating", "2026-01-20", reference="D2", level="leaders", quantity=100)
    assert seen.measured(RATED) == Ratings((("leaders", 18500, 2), ("villagers", 8000, 1)))
    assert [code for _, code in seen.reasons(RATED)] == ["level_not_counted"]


def test_batches_of_a_survey_add_up(seen: Facts) -> None:
    for batch in ("one", "two"):
        same = {"reference": "D3", "type": batch}
        for kind, n in (("survey_issued", 50), ("survey_returned", 40), ("survey_valid", 30)):
            seen.add(kind, "2026-01-20", quantity=n, **same)
        for option, n in (("no", 10), ("yes", 20)):
            seen.add("survey_option", "2026-01-20", quantity=n, level=option, **same)
    assert seen.measured(SURVEYED) == Survey(100, 80, 60, (("yes", 40), ("no", 20)))
    assert len(seen.used(SURVEYED)) == 10


def test_a_clause_judges_from_its_first_to_its_last_day(seen: Facts) -> None:
    only = FactFilter("activity", Window.IN_YEAR, valid_from=date(2025, 3, 1), valid_until=date(2025, 6, 30))
    part = replace(GIVEN.parts[0], measure=Measure(MeasureKind.COUNT, only), rule=Each(Fraction(1)))
    line = replace(GIVEN.indicators[0], parts=(part,))
    scheme = replace(GIVEN, groups=(replace(GIVEN.groups[0], indicators=(line,)),), digest="validity")
    held = [seen.add("activity", on) for on in ("2025-02-28", "2025-03-01", "2025-06-30", "2025-07-01")]
    assert seen.measured(scheme, part=part.id) == Amount(2)
    assert seen.used(scheme, line.code) == held[1:3]
    assert seen.reasons(scheme, line.code) == [
        (held[0], "outside_validity"),
        (held[3], "outside_validity"),
    ]


# ---------------------------------------------------------------- entered late

PARTY = {"type": "themed_party_day", "reference": "activity-1"}


def test_what_is_entered_after_the_cut_off_does_not_count(seen: Facts) -> None:
    held = seen.add("activity", "2025-05-01", type="themed_party_day", reference="activity-1")
    late = seen.add("activity", "2025-06-01", type="themed_party_day", reference="activity-2")
    assert seen.used(GIVEN, "A3", cut_off_at=held) == [held]
    assert seen.reasons(GIVEN, "A3", cut_off_at=held) == [(late, "recorded_after_cut_off")]
    assert seen.used(GIVEN, "A3", cut_off_at=late) == [held, late]
    assert seen.used(GIVEN, "A3") == [held, late]


def test_a_late_correction_leaves_the_entry_as_it_was_at_the_cut_off(seen: Facts) -> None:
    held = seen.add("activity", "2025-05-01", **PARTY, retracted_at=2)
    corrected = seen.add("activity", "2025-06-01", **PARTY)
    assert seen.used(GIVEN, "A3") == [corrected]
    assert seen.used(GIVEN, "A3", cut_off_at=held) == [held]
    assert seen.reasons(GIVEN, "A3", cut_off_at=held) == [(corrected, "recorded_after_cut_off")]
    assert seen.used(GIVEN, "A3", cut_off_at=held, known_at=held) == [held]


def test_what_is_taken_away_after_the_cut_off_is_gone_also_after_a_correction(seen: Facts) -> None:
    held = seen.add("activity", "2025-05-01", **PARTY, retracted_at=2)
    assert seen.used(GIVEN, "A3", cut_off_at=held) == []
    assert seen.reasons(GIVEN, "A3", cut_off_at=held) == [(held, "retracted")]
    corrected = seen.add("activity", "2025-06-01", **PARTY, retracted_at=3)
    assert seen.used(GIVEN, "A3", cut_off_at=held) == []
    assert seen.used(GIVEN, "A3", cut_off_at=held, known_at=corrected) == [held]


def test_a_correction_before_the_cut_off_stands(seen: Facts) -> None:
    seen.add("activity", "2025-05-01", **PARTY, retracted_at=2)
    corrected = seen.add("activity", "2025-06-01", **PARTY)
    assert seen.used(GIVEN, "A3", cut_off_at=corrected) == [corrected]


def test_a_late_confirmation_meets_no_condition(seen: Facts) -> None:
    seen.add("need_raised", "2025-02-01", reference="n1")
    matched = seen.add("need_matched", "2025-03-01", reference="n1")
    seen.add("need_confirmed", "2025-04-01", reference="n1")
    assert seen.measured(GIVEN, part="D1.needs") == Share(1, 1)
    assert seen.measured(GIVEN, part="D1.needs", cut_off_at=matched) == Share(0, 1)


def test_assessors_state_after_the_cut_off(seen: Facts) -> None:
    seen.add("paired", "2025-01-01")
    seen.add("verified_points", "2026-01-20", reference="D3", quantity=300)
    seen.add("ruling", "2026-03-01", reference="D3", type="2025", quantity=500)
    assert seen.measured(GIVEN, cut_off_at=0) == StatedPoints(300)
    seen.add("superior_rank", "2026-01-20", reference="D3", quantity=2)
    assert seen.measured(PLACED, cut_off_at=0) == Place(2, 0)
    (mine,) = scores(seen.connection, GIVEN, cut_off_at=1)
    assert (mine.sheet.line("D3").exact, mine.sheet.line("D3").ruled) == (3, 500)


def test_who_is_assessed_is_settled_at_the_cut_off(seen: Facts) -> None:
    kept = seen.add("paired", "2025-01-01", reference=P, retracted_at=2)
    seen.add("paired", "2025-01-01", reference=P, until_on="2025-06-30")
    seen.add("paired", "2025-01-01", Q, reference=Q)
    assert [(each.pairing, each.days) for each in paired_in_year(seen.connection, GIVEN)] == [
        (P, 181),
        (Q, 365),
    ]
    late = paired_in_year(seen.connection, GIVEN, cut_off_at=kept)
    assert [(each.pairing, each.days) for each in late] == [(P, 365)]
    results = scores(seen.connection, GIVEN, cut_off_at=kept)
    assert [each.pairing for each in results] == [P]


def test_an_explanation_tells_what_came_late(seen: Facts) -> None:
    kept = seen.add("paired", "2025-01-01")
    seen.add("activity", "2025-05-01", type="themed_party_day", reference="activity-1")
    told = explain(seen.connection, GIVEN, P, "A3", cut_off_at=kept)
    assert told.line.computed == 0
    assert [(each.code, each.reason.zh) for each in told.excluded] == [
        ("recorded_after_cut_off", "录入晚于截止")
    ]
