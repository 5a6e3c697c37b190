"""What the engine counts, fact by fact, on both databases; and why a fact did not count."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete, update

from domain.assessment.scheme.measured_values import Amount, Day, Mean, Measured, Share, Tally
from domain.assessment.scheme.scheme import VETO
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.assessment.schemes import scheme_text, shipped_scheme
from projections.facts.fact_table import facts
from projections.measuring.calendar_sql import bits
from projections.measuring.facts_behind import FactRow, facts_behind
from projections.measuring.measuring import measure_all
from projections.scores.scores import branch_results, rulings, scores, scores_csv
from tests.unit.assessment.county import county_facts, fact, fill, villages

pytestmark = pytest.mark.both_databases

SCHEME = shipped_scheme(2025)
GOLDEN = Path(__file__).parents[2] / "golden" / "scores"
P = "2025-v-00000001-b-00000001"
OTHER = "2025-v-00000002-b-00000001"


def day(text: str) -> date:
    return date.fromisoformat(text)


class Facts:
    """Facts of one pairing, numbered as they come, with another pairing that must stay untouched."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.position = 0
        self.add("paired", "2025-01-01")
        fill(connection, [fact(1_000_000, OTHER, "paired", day("2025-07-01"))])

    def add(self, kind: str, on: str, **more: Any) -> int:
        self.position += 1
        for name in ("until_on", "reported_on"):
            if name in more:
                more[name] = day(more[name])
        fill(self.connection, [fact(self.position, P, kind, day(on), **more)])
        return self.position

    def measured(self, part: str, **more: Any) -> Measured | None:
        found = measure_all(self.connection, SCHEME, **more)
        assert found.get(OTHER, {}) in (
            {},
            {"A2.secretary": Share(0, 184), "A2.member": Share(0, 184)},
        ), "the other pairing moved"
        return found.get(P, {}).get(part)

    def reasons(self, indicator: str, **more: Any) -> list[tuple[int, str]]:
        _, excluded = facts_behind(self.connection, SCHEME, indicator, P, **more)
        return [(row.position, code) for row, code in excluded]

    def facts_behind(self, indicator: str, **more: Any) -> list[tuple[FactRow, str]]:
        used, excluded = facts_behind(self.connection, SCHEME, indicator, P, **more)
        shown = [*((row, "") for row in used), *excluded]
        return [(row._replace(retracted_at=None), reason) for row, reason in shown]

    def used(self, indicator: str, **more: Any) -> list[int]:
        return [row.position for row in facts_behind(self.connection, SCHEME, indicator, P, **more)[0]]


@pytest.fixture
def seen(empty: Connection) -> Facts:
    return Facts(empty)


def test_the_county_measures_alike_on_both_databases(empty: Connection) -> None:
    fill(empty, county_facts())
    made = scores_csv(SCHEME, scores(empty, SCHEME), villages())
    assert made == (GOLDEN / "county-2025.csv").read_text(encoding="utf-8")


def test_months_count_once_and_late_reports_not_at_all(seen: Facts) -> None:
    party = {"type": "themed_party_day", "reported_on": "2026-01-10"}
    first = seen.add("activity", "2025-01-31", **party)
    again = seen.add("activity", "2025-01-01", **party)
    december = seen.add("activity", "2025-12-31", type="themed_party_day")
    late = seen.add("activity", "2025-05-01", **(party | {"reported_on": "2026-01-11"}))
    seen.add("activity", "2024-12-31", **party)
    seen.add("activity", "2026-01-01", **party)
    seen.add("activity", "2025-06-01", type="forum")
    assert seen.measured("A3.months") == Amount(2, (1, 12))
    assert seen.used("A3") == [again, first, december]
    assert seen.reasons("A3") == [(late, "reported_after_cut_off")], (
        "what is another year's is not even left out"
    )


def test_quarters_begin_in_january_april_july_and_october(seen: Facts) -> None:
    for on in ("2025-03-31", "2025-04-01", "2025-10-01"):
        seen.add("activity", on, type="themed_campaign")
    assert seen.measured("C2.quarters") == Amount(3, (1, 2, 4))


def test_the_first_signing_counts_also_from_before_the_year(seen: Facts) -> None:
    seen.add("agreement_signed", "2025-05-01")
    earlier = seen.add("agreement_signed", "2024-11-01")
    assert seen.measured("A1.agreement") == Day(day("2024-11-01"))
    assert seen.measured("A1.agreement", excluding={earlier}) == Day(day("2025-05-01"))
    seen.add("agreement_signed", "2026-01-01")
    assert seen.measured("A1.agreement") == Day(day("2024-11-01"))
    assert seen.reasons("A1") == []


def test_a_day_held_by_two_counts_once_and_the_leaving_day_counts(seen: Facts) -> None:
    post = {"type": "part_time_secretary"}
    seen.add("post_held", "2024-06-01", until_on="2025-01-10", **post)
    seen.add("post_held", "2025-01-05", until_on="2025-01-12", **post)
    seen.add("post_held", "2025-01-06", until_on="2025-01-07", **post)
    seen.add("post_held", "2025-12-30", **post)
    assert seen.measured("A2.secretary") == Share(14, 365)
    assert seen.measured("A2.member") == Share(0, 365)


def test_a_post_held_before_the_pairing_began_counts_from_its_start(empty: Connection) -> None:
    fill(
        empty,
        [
            fact(1, P, "paired", day("2025-03-01"), until_on=day("2025-03-31")),
            fact(2, P, "post_held", day("2025-01-01"), type="invited_member", until_on=day("2025-03-10")),
            fact(3, P, "post_held", day("2025-04-05"), type="part_time_secretary"),
        ],
    )
    found = measure_all(empty, SCHEME)[P]
    assert found["A2.member"] == Share(10, 31)
    assert found["A2.secretary"] == Share(0, 31)


def test_a_pairing_that_ended_before_the_year_is_not_assessed(empty: Connection) -> None:
    fill(empty, [fact(1, P, "paired", day("2024-01-01"), until_on=day("2024-12-31"))])
    assert scores(empty, SCHEME) == []
    assert measure_all(empty, SCHEME) == {}


def test_a_need_counts_when_matched_in_the_year_and_confirmed_by_the_cut_off(seen: Facts) -> None:
    def need(number: str, raised: str, matched: str = "", confirmed: str = "", rating: int = 0) -> None:
        seen.add("need_raised", raised, reference=number)
        if matched:
            seen.add("need_matched", matched, reference=number)
        if confirmed:
            seen.add("need_confirmed", confirmed, reference=number)
        if rating:
            seen.add("need_rated", confirmed, reference=number, quantity=rating)

    need("n1", "2025-01-01", "2025-12-31", "2026-01-10", 5)
    need("n2", "2025-01-01", "2025-12-31", "2026-01-11", 4)
    need("n3", "2025-01-01", "2026-01-01", "2026-01-05", 3)
    need("n4", "2025-01-01")
    need("n5", "2024-12-31", "2025-01-02", "2025-02-01", 1)
    assert seen.measured("D1.needs") == Share(1, 2)
    assert seen.measured("D3.ratings") == Mean(8, 2)
    codes = [code for _, code in seen.reasons("D1")]
    assert sorted(codes) == [
        "condition_not_met",
        "condition_not_met",
        "confirmed_after_cut_off",
    ]


def test_a_project_is_in_time_on_its_planned_day(seen: Facts) -> None:
    for number, planned, completed in (
        ("p1", "2025-06-30", "2025-06-30"),
        ("p2", "2025-06-30", "2025-07-01"),
        ("p3", "2025-12-31", ""),
        ("p4", "2026-01-01", "2025-06-01"),
    ):
        seen.add("project_planned", planned, reference=number)
        if completed:
            late = seen.add("project_completed", completed, reference=number)
            if number == "p2":
                too_late = late
    assert seen.measured("D2.projects") == Share(1, 3)
    assert (too_late, "late") in seen.reasons("D2")


def test_a_finding_is_rectified_when_submitted_in_time_and_passed_by_the_cut_off(seen: Facts) -> None:
    def finding(number: str, due: str, submitted: str, again: str, level: str) -> None:
        seen.add("finding_due", due, reference=number)
        seen.add("finding_submitted", submitted, reference=number)
        seen.add("finding_reinspected", again, reference=number, level=level)

    finding("f1", "2025-12-31", "2025-12-31", "2026-01-10", "passed")
    finding("f2", "2025-06-01", "2025-06-02", "2025-06-03", "passed")
    finding("f3", "2025-06-01", "2025-06-01", "2025-06-03", "failed")
    finding("f4", "2025-12-31", "2025-12-31", "2026-01-11", "passed")
    finding("f5", "2026-01-01", "2025-12-31", "2026-01-02", "passed")
    assert seen.measured("E1.findings") == Share(1, 4)
    assert sorted(code for _, code in seen.reasons("E1")) == [
        "confirmed_after_cut_off",
        "late",
        "level_not_counted",
    ]


def test_a_relapse_counts_whenever_it_happened_if_the_finding_is_of_the_year(seen: Facts) -> None:
    raised = {"reference": "f1", "level": "minor", "type": "duty"}
    seen.add("finding_raised", "2025-12-31", **raised)
    seen.add("finding_relapsed", "2026-01-20", reference="f1")
    seen.add("finding_raised", "2024-12-31", **(raised | {"reference": "f0"}))
    seen.add("finding_relapsed", "2025-02-01", reference="f0")
    assert seen.measured("E2.raised") == Tally((("minor", 1),))
    assert seen.measured("E2.relapsed") == Amount(1)
    assert seen.reasons("E2") == []


def test_a_case_counts_once_at_its_highest_level_of_the_year(seen: Facts) -> None:
    seen.add("case_published", "2025-02-01", reference="one", level="county")
    seen.add("case_published", "2025-03-01", reference="one", level="prefecture")
    seen.add("case_published", "2026-03-01", reference="one", level="province")
    seen.add("case_published", "2025-03-01", reference="two", level="county")
    assert seen.measured("F.cases") == Tally((("county", 1), ("prefecture", 1)))


def test_slips_and_circulars(seen: Facts) -> None:
    seen.add("slip_issued", "2025-02-01", level="red")
    seen.add("slip_issued", "2025-02-01", level="blue")
    seen.add("slip_issued", "2025-02-02", level="red")
    seen.add("circular_issued", "2025-02-01", type="praise")
    seen.add("circular_issued", "2025-02-01", type="criticism")
    assert seen.measured("G.slips") == Tally((("blue", 1), ("red", 2)))
    assert seen.measured("G.circulars") == Amount(1)


def test_a_falsification_of_the_year_is_a_veto_until_withdrawn(seen: Facts) -> None:
    found = {"type": "falsification", "level": "critical", "reference": "f1"}
    seen.add("finding_raised", "2025-05-01", **found, retracted_at=50)
    assert seen.measured(VETO, known_at=49) == Amount(1)
    assert seen.measured(VETO, known_at=50) is None
    assert seen.measured(VETO) is None
    seen.add("finding_raised", "2024-05-01", **found)
    assert seen.measured(VETO) is None


def test_a_fact_counts_from_its_recording_until_its_retraction(seen: Facts) -> None:
    visit = seen.add("persons_visited", "2025-05-01", quantity=7, retracted_at=9)
    assert seen.measured("C1.persons", known_at=visit - 1) is None
    assert seen.measured("C1.persons", known_at=visit) == Amount(7)
    assert seen.measured("C1.persons", known_at=8) == Amount(7)
    assert seen.measured("C1.persons", known_at=9) is None
    assert seen.reasons("C1", known_at=8) == []
    assert seen.reasons("C1", known_at=9) == [(visit, "retracted")]
    assert seen.reasons("C1", known_at=visit - 1) == []


def test_a_position_set_aside_is_as_if_it_had_not_been(seen: Facts) -> None:
    first = seen.add("persons_visited", "2025-05-01", quantity=7)
    second = seen.add("persons_visited", "2025-05-02", quantity=4)
    assert seen.measured("C1.persons", excluding={first}) == Amount(4)
    assert seen.reasons("C1", excluding={first}) == [(first, "set_aside")]
    assert seen.used("C1", excluding={first}) == [second]


def test_what_lasts_beyond_the_year_is_told_as_it_stood_in_it(seen: Facts) -> None:
    held = {"type": "part_time_secretary", "reference": "s/2025-03-01"}
    began = seen.add("post_held", "2025-03-01", **held)
    before = seen.facts_behind("A2")
    seen.connection.execute(update(facts).where(facts.c.position == began).values(retracted_at=began + 1))
    ended = seen.add("post_held", "2025-03-01", until_on="2026-02-01", began_at=began, **held)
    seen.add("post_held", "2026-02-02", type="part_time_secretary", reference="t/2026-02-02")
    assert ended == began + 1
    assert seen.facts_behind("A2") == before
    assert seen.facts_behind("A2", cut_off_at=began) == before, "its end was entered after the cut-off"
    assert seen.reasons("A2", excluding={began}) == [(began, "set_aside")]


def test_measuring_some_pairings_gives_the_same_as_measuring_all(empty: Connection) -> None:
    fill(empty, county_facts())
    everything = measure_all(empty, SCHEME)
    some = sorted(everything)[:3]
    assert measure_all(empty, SCHEME, pairings=some) == {p: everything[p] for p in some}
    assert measure_all(empty, SCHEME, pairings=[]) == {}


def test_the_latest_ruling_of_the_year_stands(seen: Facts) -> None:
    ruling = {"year": 2025, "reference": "A3"}
    seen.add("ruling", "2026-02-01", quantity=500, **ruling)
    seen.add("ruling", "2026-02-01", quantity=900, year=2024, reference="A3")
    last = seen.add("ruling", "2026-02-02", quantity=600, **ruling)
    assert rulings(seen.connection, SCHEME) == {P: {"A3": 600}}
    assert rulings(seen.connection, SCHEME, known_at=last - 1) == {P: {"A3": 500}}
    (mine,) = [r for r in scores(seen.connection, SCHEME) if r.pairing == P]
    assert (mine.sheet.line("A3").final, mine.sheet.line("A3").computed) == (600, 0)


def test_a_unit_with_two_villages_is_weighted_by_days(seen: Facts) -> None:
    seen.add("persons_visited", "2025-05-01", quantity=15)
    (unit,) = branch_results(scores(seen.connection, SCHEME))
    by_pairing = {r.pairing: r for r in scores(seen.connection, SCHEME)}
    mine, other = by_pairing[P], by_pairing[OTHER]
    assert (mine.days_paired, other.days_paired) == (365, 184)
    weighted = 365 * mine.sheet.total + 184 * other.sheet.total
    assert unit.hundredths == (2 * weighted + 549) // (2 * 549)


def test_an_empty_log_scores_nobody(empty: Connection) -> None:
    empty.execute(delete(facts))
    assert scores(empty, SCHEME) == []
    assert scores_csv(SCHEME, [], {}).startswith("village,A1,")


def test_bits() -> None:
    assert bits(0) == ()
    assert bits(0b1000_0000_0101) == (1, 3, 12)


def test_only_facts_of_the_same_pairing_meet_a_condition(seen: Facts) -> None:
    seen.add("need_raised", "2025-02-01", reference="n1")
    fill(seen.connection, [fact(2_000_000, OTHER, "need_matched", day("2025-03-01"), reference="n1")])
    assert seen.measured("D1.needs") is None
    seen.add("need_matched", "2025-03-01", reference="n1")
    fill(seen.connection, [fact(2_000_001, OTHER, "need_confirmed", day("2025-04-01"), reference="n1")])
    assert seen.measured("D1.needs") == Share(0, 1)


def test_a_fact_that_counts_for_one_part_is_not_listed_as_left_out_by_another(seen: Facts) -> None:
    old, new = 'types = ["field_study"]\nwindow = "in_year"', 'types = ["forum"]\nwindow = "any_day"'
    assert old in scheme_text(2025)
    scheme = parse_scheme(scheme_text(2025).replace(old, new))
    held = seen.add("activity", "2024-06-01", type="forum")
    assert seen.reasons("B3") == []
    used, excluded = facts_behind(seen.connection, scheme, "B3", P)
    assert [row.position for row in used] == [held]
    assert excluded == []
