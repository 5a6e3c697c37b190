"""The county's ledgers of 2025, scored: the sheets worked by hand, an oracle for all, and time travel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, event

from domain.assessment.scheme.points import two_decimals
from domain.assessment.schemes import shipped_scheme
from projections.boards.pairing.pairings import pairings
from projections.catalogue import PROJECTIONS
from projections.kit.memory import Memory, Reading
from projections.kit.runner import Runner
from projections.scores.scores import branch_results, explain, paired_in_year, scores, scores_csv
from tests.unit.assessment import oracle
from tests.unit.assessment.county import code_of, county_facts, engine_with, fill, pairing_of, villages
from tests.unit.kit.test_projection_kit import ListLog

GOLDEN = Path(__file__).parents[2] / "golden" / "scores"
SCHEME = shipped_scheme(2025)


@pytest.fixture(scope="module")
def county() -> Iterator[Connection]:
    engine = engine_with(county_facts())
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_the_three_sheets_worked_by_hand_come_out_to_the_hundredth(county: Connection) -> None:
    rows = scores_csv(SCHEME, scores(county, SCHEME), villages()).splitlines()
    header, *worked = (GOLDEN / "worked-examples.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == header
    for line in worked:
        assert line in rows


def test_the_county_scores_as_it_was_checked(county: Connection) -> None:
    made = scores_csv(SCHEME, scores(county, SCHEME), villages())
    assert made == (GOLDEN / "county-2025.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(("listed", "statements"), [(147, 2), (146, 3), (0, 3)])
def test_whoever_looks_sees_the_same_whatever_the_list_of_pairings_says(listed: int, statements: int) -> None:
    """Those who are listed are measured by the statement that says who is assessed; where somebody lacks, by another."""
    engine = create_engine("sqlite://")
    Runner(engine, ListLog([]), PROJECTIONS).create_tables()
    with engine.begin() as connection:
        fill(connection, county_facts())
        expected = scores(connection, SCHEME)
        day, c = SCHEME.first_day, pairings.c
        values = {each.name: None if each.nullable else "" for each in c} | {
            "started_on": day,
            "known_from": 1,
        }
        for pairing in [each.pairing for each in expected][:listed]:
            connection.execute(pairings.insert().values(**values | {"pairing_id": pairing}))
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *sending: sent.append(sending[2]))
    with Reading(engine, Memory(PROJECTIONS)) as reading, reading.begin():
        assert scores(reading, SCHEME) == expected
    assert len([each for each in sent if not each.startswith("BEGIN")]) == statements
    engine.dispose()


def test_every_village_scores_as_the_oracle_says(county: Connection) -> None:
    rows = csv.DictReader(io.StringIO(scores_csv(SCHEME, scores(county, SCHEME), villages())))
    sheets = {village: oracle.sheet(village) for village in villages().values()}
    grades = oracle.grades(sheets)
    count = 0
    for row in rows:
        village = row["village"]
        expected = {code: "" if value is None else f"{value:.2f}" for code, value in sheets[village].items()}
        expected |= {"grade": grades[village], "veto": "是" if oracle.vetoed(village) else "否"}
        assert {code: row[code] for code in expected} == expected, village
        count += 1
    assert count == 147


def test_rows_follow_the_order_of_villages_given(county: Connection) -> None:
    results = scores(county, SCHEME)
    backwards = dict(reversed(villages().items()))
    rows = list(csv.DictReader(io.StringIO(scores_csv(SCHEME, results, backwards))))
    assert [row["village"] for row in rows] == list(backwards.values())


def test_excellent_goes_to_the_first_thirty_percent_only(county: Connection) -> None:
    results = scores(county, SCHEME)
    excellent = [r for r in results if r.grade.grade == "excellent"]
    assert len(excellent) == 147 * 30 // 100
    shut_out = [r for r in results if r.sheet.total >= 9000 and r.grade.grade == "good"]
    best_shut_out = max(r.sheet.key(SCHEME.order) for r in shut_out)
    assert min(r.sheet.key(SCHEME.order) for r in excellent) > best_shut_out


def test_as_known_before_the_last_event_it_is_not_counted(county: Connection) -> None:
    everything = county_facts()
    half = everything[len(everything) // 2]["position"]
    engine = engine_with([row for row in everything if row["position"] <= half])
    with engine.connect() as then:
        expected = scores(then, SCHEME)
        assert scores(county, SCHEME, known_at=half) == expected
        assert scores(county, SCHEME) != expected
    engine.dispose()


def test_setting_an_event_aside_moves_only_its_own_pairing(county: Connection) -> None:
    pairing = pairing_of("上岭村")
    used = explain(county, SCHEME, pairing, "C2").used
    before = {r.pairing: r.sheet for r in scores(county, SCHEME)}
    after = {r.pairing: r.sheet for r in scores(county, SCHEME, excluding={used[0].position})}
    assert before[pairing].line("C2").final == 175
    assert after[pairing].line("C2").final == 0
    assert {p: s for p, s in after.items() if p != pairing} == {
        p: s for p, s in before.items() if p != pairing
    }


def test_one_pairing_explained_equals_its_line_in_the_county(county: Connection) -> None:
    for result in scores(county, SCHEME)[::7]:
        for line in result.sheet.lines:
            explained = explain(county, SCHEME, result.pairing, line.indicator.code)
            assert explained.line == line
            assert explained.group == result.sheet.group(line.indicator.group)


def test_a_late_report_is_listed_with_its_reason(county: Connection) -> None:
    explained = explain(county, SCHEME, pairing_of("南溪村"), "A3")
    assert [fact.occurred_on.month for fact in explained.used] == [1, 2, 3, 4, 6, 7, 8, 9, 10, 12]
    (late,) = explained.excluded
    assert (late.fact.occurred_on.month, late.code) == (11, "reported_after_cut_off")
    assert late.reason.zh == "填报日期晚于截止日"
    assert explained.because.zh == (
        "主题党日覆盖 10 个月（1、2、3、4、6、7、8、9、10、12 月），每个月 1 分，计 10.00 分。"
    )


def test_a_lower_publication_of_the_same_case_is_listed_but_not_counted(county: Connection) -> None:
    explained = explain(county, SCHEME, pairing_of("南溪村"), "F")
    assert [(f.kind, f.level) for f in explained.used] == [
        ("case_published", "prefecture"),
        ("meeting_hosted", ""),
    ]
    assert [(e.fact.level, e.code) for e in explained.excluded] == [("county", "counted_at_higher_level")]


def test_when_nothing_of_d_applies_the_group_says_how_it_came_about(county: Connection) -> None:
    explained = explain(county, SCHEME, pairing_of("上岭村"), "D1")
    assert explained.line.final is None
    assert "25 ×（A+B+C）÷ 55 = 25 × 42.75 ÷ 55，四舍五入为 19.43 分" in explained.group.because.zh


def test_days_paired_run_from_the_start_to_the_end_of_the_year_both_included(county: Connection) -> None:
    days = {each.village: each.days for each in paired_in_year(county, SCHEME)}
    assert len(days) == 147
    assert days[code_of("v", "上岭村")] == 255
    assert days[code_of("v", "南坪村")] == 365


def test_a_unit_has_the_mean_of_its_pairings_weighted_by_days(county: Connection) -> None:
    results = scores(county, SCHEME)
    several = [b for b in branch_results(results) if len(b.pairings) > 1]
    assert several
    for unit in several:
        own = [r for r in results if r.branch == unit.branch]
        weighted = sum(r.days_paired * r.sheet.total for r in own) / sum(r.days_paired for r in own)
        assert abs(unit.hundredths - weighted) <= 0.5000001


def test_every_sentence_ends_in_the_figure_it_explains(county: Connection) -> None:
    for result in scores(county, SCHEME)[::5]:
        for line in result.sheet.lines:
            if line.final is None:
                assert line.because.zh.endswith("不适用。")
                assert line.because.en.endswith("not applicable.")
            elif line.rounding is not None:
                assert line.because.zh.endswith(f"{two_decimals(line.final)} 分。")
