"""The generator of a second year: the same for a seed, readable as it is, and as its truth says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from application.ledgers.ledgers import KnownPairings, Ledgers
from application.ledgers.rows import (
    ActivityRow,
    FindingRow,
    LedgerRow,
    NeedRow,
    PairingRow,
    PostChangeRow,
    ProjectRow,
)
from interface.ledgers.reader import read_ledgers
from tests.kit.next_year import NextYear, next_year

NUMBERED = {NeedRow: "need_id", ProjectRow: "project_id", FindingRow: "finding_id"}
LATER = {
    NeedRow: ("matched_unit", "matched_on", "met_on", "confirmed_on", "rating"),
    ProjectRow: ("completed_on", "accepted_on"),
    FindingRow: ("submitted_on", "reinspected_on", "reinspector", "reinspection", "closed_on"),
}


@dataclass(frozen=True)
class Years:
    first: Ledgers
    second: Ledgers
    truth: NextYear
    source: Path
    target: Path

    def pairings(self, ledgers: Ledgers) -> list[PairingRow]:
        return [row for row in ledgers.rows if isinstance(row, PairingRow)]


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Years]:
    target = tmp_path_factory.mktemp("second")
    with as_file(files("interface.demo").joinpath("ledgers")) as source:
        truth = next_year(source, target, seed=7)
        yield Years(read_ledgers(source), read_ledgers(target), truth, source, target)


def opened(path: Path) -> Workbook:
    """A workbook of which only what is looked at is read."""
    return load_workbook(path, read_only=True)


@pytest.mark.long
def test_a_seed_makes_the_same_bytes_and_another_seed_others(years: Years, tmp_path: Path) -> None:
    assert next_year(years.source, tmp_path / "again", seed=7) == years.truth
    for path in sorted(years.target.iterdir()):
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()
    assert next_year(years.source, tmp_path / "other", seed=8) != years.truth


def test_the_second_year_reads_without_a_word_in_the_template_of_the_first(years: Years) -> None:
    assert (years.second.refused, years.second.warnings) == ((), ())
    assert years.second.files == years.first.files
    for name in years.first.files:
        with closing(opened(years.source / name)) as before, closing(opened(years.target / name)) as after:
            assert before.sheetnames == after.sheetnames
            for title in before.sheetnames:
                headers = [[cell.value for cell in book[title][2]] for book in (before, after)]
                optional = {"终止日期", "终止原因", "联建单位"}
                assert (
                    headers[1][: len(headers[0])] == headers[0]
                    and set(headers[1][len(headers[0]) :]) <= optional
                )
                assert "2026年" in after[title]["A1"].value
    for key, rows in years.first.counts.items():
        assert abs(years.second.counts[key] - rows) <= max(12, rows / 4), key


def test_pairings_are_what_the_truth_says(years: Years) -> None:
    truth, rows = years.truth, years.pairings(years.second)
    units = {each.before: each.after for each in truth.renamed_units}
    villages = {each.before: each.after for each in truth.renamed_villages}
    renewed = {(each.unit, each.village): each.on for each in truth.renewed}
    succeeded = {(each.after, each.village): each for each in truth.replaced}
    ends = {(each.unit, each.village): each.on for each in truth.ended}
    ends |= {(each.before, each.village): each.ended_on for each in truth.replaced}
    assert len(units) == len(villages) == 3 and len(truth.replaced) == 4 and len(truth.ended) == 3
    assert len(renewed) == 15 and not set(renewed) & set(ends)
    earlier = {
        (units.get(row.unit, row.unit), villages.get(row.village, row.village)): row
        for row in years.pairings(years.first)
    }
    now = {(row.unit, row.village): row for row in rows}
    assert set(now) == set(earlier) | set(succeeded)
    assert not {row.unit for row in rows} & set(units) and not {row.village for row in rows} & set(villages)
    for pair, row in now.items():
        assert (row.ended_on, bool(row.end_reason)) == (ends.get(pair), pair in ends)
        if pair in succeeded:
            assert row.paired_on == succeeded[pair].on > succeeded[pair].ended_on
        else:
            assert row.paired_on == renewed.get(pair, earlier[pair].paired_on)
            assert (row.agreement_number == earlier[pair].agreement_number) == (pair not in renewed)
    numbers = Counter(row.agreement_number for row in rows)
    assert max(numbers.values()) == 1


def test_holders_go_on_and_some_change(years: Years) -> None:
    changes = {(row.village, row.post): row for row in years.second.rows if isinstance(row, PostChangeRow)}
    assert 5 <= len(changes) == len(years.truth.succeeded)
    held = {row.village: row for row in years.pairings(years.second) if row.ended_on is None}
    for each in years.truth.succeeded:
        change = changes[each.village, each.post]
        assert (change.person, change.began_on) == (each.after, each.on)
        assert getattr(held[each.village], f"{each.post}_ended_on") == each.left_on < each.on
    villages = {each.before: each.after for each in years.truth.renamed_villages}
    for row in years.first.rows:
        if isinstance(row, PostChangeRow) and villages.get(row.village, row.village) in held:
            now = held[villages.get(row.village, row.village)]
            assert getattr(now, row.post) == row.person, "who took over in the first year holds the post"


def test_what_is_open_goes_on_exactly_where_it_stood(years: Years) -> None:
    units = {each.before: each.after for each in years.truth.renamed_units}
    villages = {each.before: each.after for each in years.truth.renamed_villages}
    for kind, number in NUMBERED.items():
        before = by_number(years.first, kind, number)
        again = {key: row for key, row in by_number(years.second, kind, number).items() if key in before}
        assert len(again) >= 5
        assert list(again) == years.truth.continued[_key(kind)]
        for key, row in again.items():
            old, moved = before[key], False
            for name in (field for field in row.__dataclass_fields__ if field != "source"):
                was, now = getattr(old, name), getattr(row, name)
                was = units.get(was, was) if "unit" in name else villages.get(was, was)
                assert now == was or (name in LATER[kind] and was is None), (key, name, was, now)
                moved = moved or now != was
            assert moved
    new = [row for row in years.second.rows if isinstance(row, FindingRow) and "2026" in row.finding_id]
    assert len(new) > 150 and all(row.found_on.year == 2026 for row in new)


def by_number(ledgers: Ledgers, kind: type[LedgerRow], number: str) -> dict[str, LedgerRow]:
    return {getattr(row, number): row for row in ledgers.rows if isinstance(row, kind)}


def _key(kind: type[LedgerRow]) -> str:
    return kind.__name__.removesuffix("Row").lower() + "s"


def test_nothing_happens_outside_a_pairing(years: Years) -> None:
    last = {(row.unit, row.village): row.ended_on for row in years.pairings(years.second)}
    first = {(each.after, each.village): each.on for each in years.truth.replaced}
    held = [row for row in years.second.rows if isinstance(row, ActivityRow)]
    assert {row.held_on.year for row in held} == {2026}
    for row in held:
        ended_on = last[row.unit, row.village]
        assert ended_on is None or row.held_on <= ended_on
        assert row.held_on >= first.get((row.unit, row.village), row.held_on)
    assert any((row.unit, row.village) in first for row in held)


def test_the_second_year_stands_on_the_first(years: Years) -> None:
    known = KnownPairings(
        pairs=frozenset((row.unit, row.village) for row in years.pairings(years.first)),
        villages=frozenset(row.village for row in years.pairings(years.first)),
    )
    assert read_ledgers(years.target, known=known).refused == ()
