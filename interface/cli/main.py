"""``lianjian``: import ledgers, read figures and scores, explain a point, rebuild, serve, demo."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from application.ledgers.matching.questions import Answers
from application.questions.results import explaining
from application.questions.results.run_results import RunResults, published_results, results_csv, run_results
from application.system import System
from domain.kernel.errors import Rejected, Unknown
from interface.cli import (
    account,
    attach,
    calendar,
    do,
    import_told,
    pairing,
    registry,
    reversal,
    runs,
    samples,
    scheme,
    token,
)
from interface.cli.options import DAY, Data, Json, Township, open_system
from interface.cli.output import Commands, answer, fail, progress_bar, speak_any_text, tell
from interface.cli.record import backups, evidence, integrity, privacy
from interface.ledgers.exporting import write_folder
from interface.ledgers.folder import readable_name
from interface.ledgers.importing import import_folder
from interface.ledgers.writer import write_refused
from projections.boards.numbers import CountedThing, thing_meant
from projections.figures import county as figures_of

app = typer.Typer(
    cls=Commands,
    name="lianjian",
    help="联建：支部联建考核与督查。Assessment and supervision of branch pairing.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
Year = Annotated[int, typer.Option("--year", help="Assessment year, e.g. 2025.")]
KnownAt = Annotated[
    str | None,
    typer.Option(
        "--known-at", help="As known at a position of the log (a number) or at the end of a day (2026-01-31)."
    ),
]
About = Annotated[
    datetime | None,
    typer.Option(
        "--about",
        formats=DAY,
        help="The state of affairs on a business day (2025-06-30): what happened later is left out.",
    ),
]


def _known_at(system: System, text: str | None) -> int:
    """A position from a number or a date; ``None`` is now. Ends the command where it is neither."""
    newest = system.log.position()
    if text is None:
        return newest
    if text.isascii() and text.isdecimal():
        if int(text) > newest:
            fail(f"--known-at {text} is beyond the newest position, {newest}")
        return int(text)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        fail(f"--known-at {text!r} is neither a position (a number) nor a day such as 2026-01-31")
    return system.position_at_end_of(day)


def _as_of(system: System, known_at: str | None, about: datetime | None) -> tuple[System, int]:
    """The system of a business day where one is asked for, and the position."""
    at = _known_at(system, known_at)
    return system if about is None else system.about(about.date(), at, limit=None), at


@app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with the XLSX ledgers.")],
    data: Data = None,
    year: Annotated[
        int | None,
        typer.Option("--year", min=2000, max=2099, help="Assessment year; read from the ledgers by default."),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", help="JSON file with answers to what an earlier import asked."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; record nothing.")
    ] = False,
    as_json: Json = False,
    refused_to: Annotated[
        Path | None,
        typer.Option(
            "--refused-to", help="Write the refused rows, in their own template, to this XLSX file."
        ),
    ] = None,
) -> None:
    """Record the good rows of the ledgers; name each refused row by file, sheet, row, column, reason and remedy.

    What was passed over, what is new and what was corrected is said as well. What cannot be known is asked (``asked`` of
    the JSON document): rows that depend on it wait, until ``--answers`` gives the answers, such as
    {"q-1f0c…": "renamed v-20cc… 2026-01-10", "q-77ab…": "new"}.

    Exit status: 0 all rows accepted, 1 some refused or waiting (the others are recorded), 2 nothing could be read.

    Example: lianjian import ledgers/ --dry-run --json
    """
    if not folder.is_dir():
        fail(f"{readable_name(str(folder))} is not a folder; give the folder that holds the XLSX ledgers")
    if refused_to is not None and not refused_to.parent.is_dir():
        fail(f"--refused-to {readable_name(str(refused_to))}: there is no such folder")
    given = _answers(answers)
    system = open_system(data, begin=True)
    with progress_bar("import") as advance:
        result = import_folder(system, folder, year=year, dry_run=dry_run, answers=given, progress=advance)
    if refused_to is not None:
        try:
            write_refused(refused_to, result.ledgers.written, result.refused)
        except OSError as error:
            fail(f"--refused-to {readable_name(str(refused_to))} could not be written: {error.strerror}")
    answer(as_json, {"import": result.batch or None, **result.as_dict()}, import_told.lines(result))
    raise typer.Exit(0 if result.complete else 1)


@app.command("export")
def export_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder for the XLSX ledgers, empty or new.")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Write what is on record into ledgers, one file for each workbook, as an import reads them. They name persons.

    What a ledger has no column for stays behind (docs/ledgers.md). An import into an empty installation gives the same
    figures; scores too, as far as they rest on ledgers.

    Exit status: 0 written, 2 the folder has files already, or could not be written.

    Example: lianjian export ledgers/
    """
    shown = readable_name(str(folder))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        fail(f"{shown} is no empty folder; give a new one, so that no old ledger is taken for one of these")
    rows = write_folder(open_system(data), folder, lambda error: fail(f"{shown}: {error.strerror}"))
    answer(as_json, rows, (f"{name}: {count}" for name, count in rows.items()))


def _answers(path: Path | None) -> Answers:
    """The answers of a file. Ends the command where it holds none."""
    if path is None:
        return Answers()
    try:
        return Answers.read(path)
    except OSError as error:
        fail(f"--answers {readable_name(str(path))} could not be read: {error.strerror}")
    except Rejected as rejected:
        clause = rejected.clause
        fail(f"--answers {readable_name(str(path))}: {clause.en} ({rejected.because}); {clause.remedy_en}")


@app.command()
def figures(
    year: Year, data: Data = None, known_at: KnownAt = None, about: About = None, as_json: Json = False
) -> None:
    """The ten figures of the county for a year.

    Example: lianjian figures --year 2025 --json
    """
    system, at = _as_of(open_system(data), known_at, about)
    with system.reading() as connection:
        counted = figures_of.figures(connection, year, at).as_dict()
    answer(as_json, counted, (f"{name}: {value}" for name, value in counted.items()))


@app.command()
def scores(
    year: Year,
    data: Data = None,
    known_at: KnownAt = None,
    about: About = None,
    run: Annotated[
        str | None, typer.Option("--run", help="A frozen run, e.g. 2025-1; by default the published one.")
    ] = None,
    provisional: Annotated[
        bool, typer.Option("--provisional", help="What is computed now, although results are public.")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV on standard output (the default form).")] = True,
) -> None:
    """The score sheets of all pairings of a year, one row each: those published, before any are public what is computed.

    Which of the two it is, is said on standard error.

    Example: lianjian scores --year 2025 --known-at 4200 --csv
    """
    system, at = _as_of(open_system(data), known_at, about)
    if run and provisional:
        fail("--run asks for a frozen run and --provisional for what is computed now: give one of them")
    with system.reading() as connection:
        found = _frozen(system, connection, year, at, run, provisional)
        text = results_csv(connection, found) if found else system.scoring.csv(year, at)
    tell(f"provisional, as known at record {at}" if found is None else _which(found))
    sys.stdout.write(text)


def _frozen(
    system: System, connection: Connection, year: int, at: int, run: str | None, provisional: bool
) -> RunResults | None:
    """The run that is asked for, or the published one; ``None`` for what is computed."""
    if provisional:
        return None
    if run is None:
        return published_results(system.scoring, connection, year, at)
    found = run_results(system.scoring, connection, thing_meant(connection, run, CountedThing.RUN), at)
    if found.run.year != year:
        raise Unknown(f"run of {year}", run)
    return found


def _which(found: RunResults) -> str:
    public = f"published {found.run.published_on}" if found.published else "not published"
    return f"run {found.run.run_no}, {public}"


@app.command()
def explain(
    year: Year,
    village: Annotated[str, typer.Option("--village", help="Name of the village or community.")],
    indicator: Annotated[str, typer.Option("--indicator", help="Code of the indicator, e.g. A3.")],
    unit: Annotated[
        str | None, typer.Option("--unit", help="Name of the unit, where a village has several.")
    ] = None,
    township: Township = None,
    data: Data = None,
    known_at: KnownAt = None,
    about: About = None,
    as_json: Json = False,
) -> None:
    """From a point to the rule, the measured value, the facts, the events and the ledger rows.

    Example: lianjian explain --year 2025 --village 南溪村 --indicator A3
    """
    system, at = _as_of(open_system(data), known_at, about)
    with system.reading() as connection:
        pairing = explaining.pairing_of(connection, year, village, unit, at, township)
        found = system.scoring.explain(connection, year, pairing, indicator, at)
        told = explaining.explanation(connection, found, at)
    answer(as_json, told, explaining.lines(told))


@app.command()
def rebuild(
    data: Data = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only compare a rebuild with the live tables.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Build all read models anew from the first event, or compare such a rebuild with the live tables.

    Exit status: 0 no difference, 1 tables differ (they are named).

    Example: lianjian rebuild --check
    """
    system = open_system(data)
    with progress_bar("rebuild") as advance:
        if check:
            differ = system.runner.check(advance)
        else:
            system.runner.rebuild(advance)
            differ = []
    at = system.runner.position()
    line = "differ: " + ", ".join(differ) if differ else "no difference"
    told = {"checked": check, "position": at, "differ": differ}
    answer(as_json, told, [line if check else f"rebuilt up to position {at}"])
    raise typer.Exit(1 if differ else 0)


@app.command()
def serve(
    data: Data = None,
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="0 takes a free port.")] = 8000,
) -> None:
    """Serve the pages.

    Example: lianjian serve --data data --port 8000
    """
    from interface.cli.serving import serve_system

    serve_system(open_system(data, begin=True), host, port)


@app.command()
def demo(
    data: Annotated[
        Path | None, typer.Option("--data", help="Folder for the demo (default: ./data/demo).")
    ] = None,
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="0 takes a free port.")] = 8000,
    serve_pages: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve the pages afterwards.")
    ] = True,
) -> None:
    """A county that lived its year until yesterday: the ten figures of 2025, the accounts, and the pages.

    Example: lianjian demo --port 8000
    """
    from interface.cli.serving import run_demo

    run_demo(data or Path("data/demo"), host, port, serve_pages)


for _name, _command in (
    ("backup", backups.backup),
    ("restore", backups.restore_backup),
    ("verify", integrity.verify),
    ("checkpoint", integrity.checkpoint),
    ("tiles", integrity.write_tiles),
    ("reverse-import", reversal.reverse),
    ("package", evidence.make_package),
    ("verify-package", evidence.verify_package),
    ("attach", attach.attach),
    ("erase-name", privacy.erase_name),
    ("reproduce", runs.reproduce_run),
    ("compare", runs.compare_runs),
    ("receipt", runs.show_receipt),
):
    app.command(_name)(_command)
app.command("do", cls=do.Words, context_settings=do.ANY, add_help_option=False)(do.do)
for _name, _group in (
    ("log", integrity.log),
    ("witness", integrity.witness),
    ("evidence", samples.evidence),
    ("calendar", calendar.calendar),
    ("registry", registry.registry),
    ("pairing", pairing.pairing),
    ("scheme", scheme.group),
    ("account", account.app),
    ("token", token.app),
):
    app.add_typer(_group, name=_name)


def main() -> None:
    """Entry point of the ``lianjian`` command."""
    speak_any_text()
    app()


if __name__ == "__main__":
    main()
