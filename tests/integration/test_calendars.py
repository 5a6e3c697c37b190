"""The calendar as known at a position, on both databases; and its commands."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

from application.look import look_of
from application.settings import Settings
from application.system import System
from application.things import CALENDAR
from application.verb import carry_out
from application.verbs.system import import_calendar
from domain.kernel.recorded import By, Source
from domain.system.calendar_text import read_calendar
from domain.system.calendars import EDITION, calendar_text
from interface.cli.main import app
from interface.composition import build
from projections.boards.calendars import calendars, working_days
from tests.kit.databases import DatabaseCase

BY = By(actor="kaohe", source=Source(kind="command", name="test"))


def entered(system: System, text: str) -> tuple[int, int]:
    """The year and the version of a calendar file that is imported."""
    read = read_calendar(text)
    days = {"off_days": read.off_days, "work_days": read.work_days, "source": read.source}
    carry_out(look_of(system), import_calendar, str(read.year), BY, days)
    return read.year, CALENDAR.state(look_of(system), str(read.year)).version


def test_an_import_changes_what_is_reckoned_from_then_on_only(database: DatabaseCase) -> None:
    settings = (
        Settings(folder=database.folder, database_url=database.url)
        if database.url
        else Settings(folder=database.folder)
    )
    system = build(settings)
    try:
        before = system.log.position()
        one = calendar_text(2026)
        two = one.replace("work = [2026-01-04]", "work = []")
        assert entered(system, calendar_text(2025)) == (2025, 1)
        assert entered(system, one) == (2026, 1)
        between = system.log.position()
        assert entered(system, two) == (2026, 2)
        sunday = date(2026, 1, 4)
        with system.reading() as connection:
            first, then, now = (working_days(connection, at) for at in (before, between, None))
            rows = connection.execute(calendars.select().where(calendars.c.year == 2025)).all()
        assert [each.version for each in (first, then, now)] == [
            EDITION,
            f"2025v1,2026v1,{EDITION}",
            f"2025v1,2026v2,{EDITION}",
        ]
        assert [each.is_working_day(sunday) for each in (first, then, now)] == [True, True, False]
        assert [(row.version, row.known_to) for row in rows] == [(1, None)]
        assert system.runner.check() == []
    finally:
        system.close()


def run(*words: str) -> Result:
    return CliRunner(env={"LIANJIAN_DATABASE_URL": None, "LIANJIAN_DATA": None}).invoke(app, list(words))


def test_a_clerk_imports_and_looks(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "data"))
    build(Settings(folder=tmp_path / "data")).close()
    assert "imported already" not in run("calendar", "import", "--shipped", *data).stdout
    again = run("calendar", "import", "--shipped", "--json", *data)
    assert again.exit_code == 0 and json.loads(again.stdout) == {"imported": []}
    shown = json.loads(run("calendar", "show", "--year", "2025", "--json", *data).stdout)
    assert (shown["version"], shown["provisional"], len(shown["off_days"])) == (1, False, 28)
    assert shown["calendar_version"] == "2024v1,2025v1,2026v1"
    assert "2025-10-01 三 holiday 放假" in run("calendar", "show", "--year", "2025", *data).stdout
    unknown = run("calendar", "show", "--year", "2027", *data)
    assert unknown.exit_code == 1 and "no holidays are known" in unknown.stdout


def test_what_cannot_be_imported_ends_with_two(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "data"))
    build(Settings(folder=tmp_path / "data")).close()
    wrong = tmp_path / "2027.toml"
    wrong.write_text("format = 1\nyear = 2027\n", encoding="utf-8")
    answer = run("calendar", "import", str(wrong), *data)
    assert answer.exit_code == 2 and "system.CALENDAR_READABLE" in answer.stderr
    wrong.write_bytes(b"\xff\xfe")
    assert "UTF-8" in run("calendar", "import", str(wrong), *data).stderr
    assert run("calendar", "import", *data).exit_code == 2
    assert run("calendar", "import", str(wrong), "--shipped", *data).exit_code == 2
    assert run("calendar", "import", str(tmp_path / "none.toml"), *data).exit_code == 2
