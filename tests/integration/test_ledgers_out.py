"""The county's ledgers out again: imported into an empty installation they give equal figures, scores and boards."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select
from typer.testing import CliRunner

from application.ledgers.on_record import LedgersOnRecord
from application.ledgers.rows import ActivityRow, FindingRow, PairingRow, ParentRow
from application.look import look_of
from application.settings import Settings
from application.stores.forgetting import erase_person
from application.system import System
from application.verbs import supervision
from application.verbs.pairing import pairings as pairing
from application.verbs.pairing.activities import correct_activity, describe_training, void_activity
from application.verbs.registry.units_and_villages import merge_branch, register_branch, subordinate_branch
from domain.pairing.events import Post
from interface.cli.main import app
from interface.composition import build
from interface.ledgers.exporting import write_folder
from interface.ledgers.importing import import_folder
from projections.boards.findings import circulars, findings, slips
from projections.boards.livelihood import needs, projects, resources
from projections.boards.pairing.activities import activities
from projections.boards.pairing.pairings import pairings, terms
from projections.boards.pairing.recognitions import recognitions
from projections.boards.registry.listing import listed_on
from projections.boards.registry.units_and_villages import branches, unit_parents, villages
from projections.figures.county import figures
from projections.kit.columns import known
from tests.kit.acts import CLERK, act
from tests.kit.prepared import prepared
from tests.unit.ledgers.ledger_books import other_pairing, right, write_book
from tests.unit.ledgers.ledger_books import pairing as paired

BOARDS: tuple[Table, ...] = (
    *(branches, unit_parents, villages, pairings, terms, activities, recognitions),
    *(resources, needs, projects, findings, slips, circulars),
)
PLACE = ("known_from", "known_to", "registered_at", "stated_at", "because")
"""Where it is in the log, and why somebody corrected it."""


def again(system: System, folder: Path, year: int = 2025) -> System:
    """An empty installation, once it has read what came out of another."""
    write_folder(system, folder / "out", pytest.fail)
    other = build(Settings(folder=folder / "again"), system.clock)
    result = import_folder(other, folder / "out", year=year)
    assert (result.refused, result.asked, result.irregular) == ([], [], []), result.told()
    return other


def boards(system: System) -> dict[str, Counter[str]]:
    """Every board with names in the place of ids."""
    with system.reading() as connection:
        rows = {
            board.name: list(connection.execute(select(board).where(known(board, None))).mappings())
            for board in BOARDS
        }
    called = {"": ""}
    called |= {each["branch"]: each["unit_name"] for each in rows["branch"]}
    called |= {each["village"]: f"{each['township']} {each['name']}" for each in rows["village"]}
    for each in rows["pairing"]:
        both = called[each["branch"]], called[each["village"]], each["started_on"]
        called[each["pairing_id"]] = " ".join(map(str, both))
    people = {
        ref for of in rows.values() for each in of for name, ref in each.items() if name.endswith("_ref")
    }
    called |= system.vault.names(people)
    own = {board.name: board.info["key"] for board in BOARDS}
    return {
        name: Counter(
            str({k: called.get(v, v) for k, v in row.items() if k not in (*PLACE, own[name])}) for row in of
        )
        for name, of in rows.items()
    }


def points(system: System, year: int) -> list[str]:
    """The score sheets of a year."""
    return sorted(system.scoring.csv(year, system.log.position()).splitlines())


def counted(system: System, year: int) -> Any:
    with system.reading() as connection:
        return figures(connection, year, system.log.position())


@pytest.mark.long
def test_the_county_out_and_in_again_is_the_same(tmp_path: Path) -> None:
    county = prepared(tmp_path / "county")
    other = again(county, tmp_path)
    assert counted(other, 2025) == counted(county, 2025)
    assert counted(other, 2025).pairings == 147
    assert points(other, 2025) == points(county, 2025)
    told, told_again = boards(county), boards(other)
    assert sum(map(Counter.total, told.values())) > 5_000
    for name, rows in told.items():
        assert told_again[name] == rows, name
    county.close()
    other.close()


@pytest.fixture
def lived(tmp_path: Path) -> System:
    """Two pairings of which all happened that a ledger has a cell for, and what it has none for."""
    of_all = ("activities", "resources", "needs", "projects", "findings", "post_changes")
    (tmp_path / "in").mkdir()
    write_book(
        tmp_path / "in" / "book.xlsx",
        {
            "pairings": [paired(part_time_secretary_ended_on=date(2025, 6, 30)), other_pairing()],
            **{each: [right(each)] for each in (*of_all, "cases", "meetings", "circulars", "slips")},
            "activities": [right("activities"), right("activities", held_on=date(2025, 3, 2))],
            "needs": [right("needs"), right("needs", need_id="XQ2", matched_on=None, matched_unit=None)],
        },
    )
    system = build(Settings(folder=tmp_path / "lived"))
    import_folder(system, tmp_path / "in", year=2025)
    with system.reading() as connection:
        key = {each.name: list(connection.execute(select(each).where(known(each, None)))) for each in BOARDS}
    first, second = (row.pairing_id for row in sorted(key["pairing"], key=lambda row: row.village))
    mine = key["activity"][0].pairing_id
    other = first if mine == second else second
    unit = next(row.branch for row in key["pairing"] if row.pairing_id == mine)
    act(
        system,
        correct_activity,
        key["activity"][0].activity_id,
        kind="lecture",
        topic="改过的主题",
        held_on="2025-03-04",
        participants=21,
        persons_visited=None,
        because="写错了",
    )
    taught = {"hours_hundredths": "1.5", "teacher": "戊某", "teacher_office": "州委党校"}
    act(system, describe_training, key["activity"][0].activity_id, **taught)
    act(system, void_activity, key["activity"][1].activity_id, because="没有办过")
    act(system, pairing.renew_pairing, mine, renewed_on="2026-01-05")
    act(system, pairing.sign_agreement, mine, agreement_no="协2号", signed_on="2026-01-06")
    act(system, pairing.replace_pairing, other, branch=unit, replaced_on="2025-09-01", because="单位撤并")
    finding = key["finding"][0].finding_id
    act(system, supervision.report_relapse, finding, relapsed_on="2025-09-01", because="又没有记录")
    erased = next(row.person_ref for row in key["term"] if row.post == Post.INVITED_MEMBER.value)
    erase_person(look_of(system), erased, ground="本人要求", decided_by="办公室", by=CLERK)
    return system


def test_what_a_ledger_has_a_cell_for_comes_again(lived: System, tmp_path: Path) -> None:
    out = list(LedgersOnRecord(lived).rows())
    assert Counter(type(row).__name__ for row in out) == {
        "PairingRow": 4,
        "PostChangeRow": 1,
        **dict.fromkeys(["ActivityRow", "ResourceRow", "ProjectRow", "FindingRow", "CaseRow"], 1),
        **dict.fromkeys(["MeetingRow", "CircularRow", "SlipRow"], 1),
        "NeedRow": 2,
    }
    (held,) = (row for row in out if isinstance(row, ActivityRow))
    assert (held.hours_hundredths, held.teacher, held.teacher_office) == (150, "戊某", "州委党校")
    finding = next(row for row in out if isinstance(row, FindingRow))
    assert (finding.order_number, finding.closed_on, finding.relapsed) == (
        "石桥县联监督〔2025〕1号",
        date(2025, 4, 6),
        True,
    )
    assert [row.end_reason for row in out if isinstance(row, PairingRow) and row.ended_on] == ["单位撤并"]
    other = again(lived, tmp_path)
    assert points(other, 2025) == points(lived, 2025)
    told, told_again = boards(lived), boards(other)
    # That an activity was corrected, another voided, and whose name was erased, no ledger says.
    assert {name for name in told if told[name] != told_again[name]} == {"activity", "term"}
    assert sorted(map(str, LedgersOnRecord(other).rows())) == sorted(map(str, out))
    lived.close()
    other.close()


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    build(Settings(folder=tmp_path / "data")).close()
    folder = tmp_path / "out"
    words = ["export", str(folder), "--data", str(tmp_path / "data")]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert len(list(folder.iterdir())) == 6
    refused = CliRunner().invoke(app, words)
    assert refused.exit_code == 2 and "empty folder" in refused.stderr


def unit(system: System, name: str, **said: Any) -> str:
    """A unit in no pairing, as somebody registers it."""
    of_all = {
        "since": None,
        "split_from": "",
        "parent": "",
        "level": "prefecture",
        "unit_class": "enterprise",
    }
    written: dict[str, Any] = {"unit_name": name, "branch_name": f"{name}支部", **of_all, **said}
    return act(system, register_branch, **written)


def put(system: System, under_it: str, parent: str, on: str) -> None:
    act(system, subordinate_branch, under_it, parent=parent, subordinated_on=on)


def under(system: System, on: date) -> dict[str, str]:
    """Who stands under whom on a day, as the list of units says."""
    with system.reading() as connection:
        rows = listed_on(connection, on)
    return {each.name: each.parent_name for each in rows if each.parent_name}


DAYS = tuple(date(2025, month, day) for month in range(1, 9) for day in (1, 2, 28))


def test_parents_changed_and_taken_away_come_again(lived: System, tmp_path: Path) -> None:
    with lived.reading() as connection:
        paired = {row.unit_name: row.branch for row in connection.execute(select(branches))}
    mine = paired["云州水文站"]
    bureau, higher, group = unit(lived, "水利局"), unit(lived, "水利厅"), unit(lived, "水务集团")
    station = unit(lived, "水利局测站", parent=bureau)
    unit(lived, "无上级的单位")
    put(lived, mine, bureau, "2025-02-01")
    put(lived, mine, group, "2025-03-01")
    put(lived, mine, "", "2025-04-01")
    put(lived, mine, bureau, "2025-06-01")
    put(lived, bureau, higher, "2025-01-15")
    put(lived, station, mine, "2025-05-01")
    out = [row for row in LedgersOnRecord(lived).rows() if isinstance(row, ParentRow)]
    assert Counter(bool(row.parent) for row in out) == {False: 5, True: 6}
    other = again(lived, tmp_path)
    assert {day: under(other, day) for day in DAYS} == {day: under(lived, day) for day in DAYS}
    assert under(other, date(2025, 3, 2)) == {
        "云州水文站": "水务集团",
        "水利局": "水利厅",
        "水利局测站": "水利局",
    }
    told, told_again = boards(lived), boards(other)
    assert {name for name in told if told[name] != told_again[name]} == {"activity", "term"}
    assert told["unit_parent"].total() == 13
    assert sorted(map(str, LedgersOnRecord(other).rows())) == sorted(map(str, LedgersOnRecord(lived).rows()))
    result = import_folder(other, tmp_path / "out", year=2025)
    assert (result.events, result.refused) == (0, []), "it is all on record"
    lived.close()
    other.close()


def test_a_parent_that_was_merged_comes_as_what_it_was_merged_into(lived: System, tmp_path: Path) -> None:
    with lived.reading() as connection:
        mine = connection.execute(select(branches.c.branch)).scalars().first() or ""
    bureau, group = unit(lived, "水利局"), unit(lived, "水务集团")
    put(lived, mine, bureau, "2025-02-01")
    act(lived, merge_branch, bureau, into=group, merged_on="2025-05-01")
    other = again(lived, tmp_path)
    assert {day: under(other, day) for day in DAYS} == {day: under(lived, day) for day in DAYS}
    assert set(under(other, date(2025, 4, 28)).values()) == {"水利局"}
    assert set(under(other, date(2025, 5, 1)).values()) == {"水务集团"}
    result = import_folder(lived, tmp_path / "out", year=2025)
    assert [each for each in result.refused if each.sheet == "上级单位"] == []
    lived.close()
    other.close()
