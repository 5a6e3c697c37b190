"""Commands about working days: import a year's holidays, show what is known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from application.look import look_of
from application.system import System
from application.verb import carry_out
from application.verbs import system as verbs
from domain.kernel.errors import Rejected
from domain.kernel.working_days import Rest
from domain.system import clauses
from domain.system.calendar_text import read_calendar
from domain.system.calendars import YEARS, calendar_text
from domain.system.events import CalendarImported
from interface.cli.options import Data, Json, by_command, open_system, read_file
from interface.cli.output import answer, fail
from projections.boards.calendars import working_days

calendar = typer.Typer(help="Working days: the holidays of each year.", no_args_is_help=True)


@calendar.command("import")
def import_calendar(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A year's holidays, as TOML.", show_default=False)
    ] = None,
    shipped: Annotated[
        bool, typer.Option("--shipped", help="Import the years that come with the software.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Import the holidays of a year; importing a year again makes its next version. No date fixed before moves.

    Example: lianjian calendar import 2027.toml
    """
    if (file is None) is not shipped:
        fail("name one FILE, or say --shipped")
    system = open_system(data)
    told = []
    for text in [calendar_text(year) for year in YEARS] if file is None else [_text(file)]:
        try:
            imported = _import(system, text)
        except Rejected as rejected:
            if file is None and rejected.clause.id == clauses.CALENDAR_DIFFERS.id:
                continue
            raise
        told.append({"year": imported.year, "version": imported.version})
    lines = [f"{each['year']}: version {each['version']} imported" for each in told]
    answer(as_json, {"imported": told}, lines or ["all of them are imported already"])


def _import(system: System, text: str) -> CalendarImported:
    read = read_calendar(text)
    stated = {"off_days": read.off_days, "work_days": read.work_days, "source": read.source}
    by = by_command("calendar import")
    (imported,) = carry_out(look_of(system), verbs.import_calendar, str(read.year), by, stated).events
    assert isinstance(imported, CalendarImported)
    return imported


def _text(file: Path) -> str:
    try:
        return read_file(file).decode()
    except UnicodeDecodeError:
        fail(f"{file} is not text in UTF-8")


@calendar.command("show")
def show_calendar(
    year: Annotated[int, typer.Option("--year", help="The year, e.g. 2026.")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """The holidays of a year and the weekend days worked in exchange, with their source.

    Exit status: 0 known, 1 nobody has arranged that year yet: only weekends are left out, for now.

    Example: lianjian calendar show --year 2026
    """
    system = open_system(data)
    with system.reading() as connection:
        days = working_days(connection, None)
    arranged = days.of_year(year)
    off, worked = (sorted(arranged.off_days), sorted(arranged.work_days)) if arranged else ([], [])
    told = {
        "year": year,
        "calendar_version": days.version,
        "provisional": arranged is None,
        "version": arranged and arranged.version,
        "source": arranged and arranged.source,
        "off_days": [str(day) for day in off],
        "work_days": [str(day) for day in worked],
    }
    unknown = (
        f"no holidays are known (calendar {days.version}); import them with: lianjian calendar import FILE"
    )
    lines = [f"{year}, calendar {days.version}: {arranged.source}" if arranged else f"{year}: {unknown}"]
    for heading, found in ((f"{Rest.HOLIDAY.value} 放假", off), ("worked 上班", worked)):
        lines += [f"  {day} {'一二三四五六日'[day.weekday()]} {heading}" for day in found]
    answer(as_json, told, lines)
    raise typer.Exit(0 if arranged else 1)
