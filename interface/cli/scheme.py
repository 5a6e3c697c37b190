"""Commands for schemes: check a file, show a published one, try a file on a year that is over."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.assessment.scheme.points import two_decimals
from domain.assessment.scoring.back_test import BackTest
from domain.assessment.scoring.comparing import PairingChange
from domain.assessment.scoring.draft_trial import try_out
from interface.cli.options import Data, Json, open_system, read_file
from interface.cli.output import fail, say, say_json
from projections.boards.assessment.schemes import versions_of
from projections.figures.overview import pairing_rows

group = typer.Typer(
    help="Schemes: check a file, show a published one, try one on a year that is over.", no_args_is_help=True
)
File = Annotated[Path, typer.Argument(metavar="FILE", help="The scheme's TOML file.")]
LONGEST = 500_000
"""Bytes of a file; the same bound as on the page."""


def _text(file: Path) -> str:
    raw = read_file(file)
    if len(raw) > LONGEST:
        fail(f"{file} has {len(raw)} bytes; a scheme has at most {LONGEST}")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fail(f"{file} is not UTF-8 (byte {error.start}); save it as UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


@group.command("check")
def check(file: File, as_json: Json = False) -> None:
    """Name everything that is wrong with a scheme, by line, in both languages, each with its remedy.

    Its sample cases are tried too. Exit status: 0 nothing stands in the way of its approval, 1 something does (a problem, a
    case that does not hold, a rule without a case), 2 the file could not be read.

    Example: lianjian scheme check 2026.toml
    """
    tried = try_out(_text(file))
    scheme = tried.scheme
    wrong = bool(tried.problems or tried.bench.failed or tried.bench.uncovered)
    if as_json:
        say_json(
            {
                "file": str(file),
                "year": scheme.year if scheme else None,
                "version": scheme.version if scheme else None,
                "indicators": len(scheme.indicators) if scheme else None,
                "cases": len(tried.bench.tried),
                "failed": [
                    {
                        "line": tried.lines[each.where],
                        "case": each.subject,
                        "what": asdict(each.what),
                        "expected": each.expected.zh,
                        "found": each.found.zh,
                        "because": asdict(each.because),
                    }
                    for each in tried.bench.failed
                ],
                "without_cases": list(tried.bench.uncovered),
                "problems": [
                    {
                        "line": each.line,
                        "where": each.where,
                        "what": asdict(each.what),
                        "remedy": asdict(each.remedy),
                    }
                    for each in tried.problems
                ],
            }
        )
    else:
        for each in tried.problems:
            where = f" {each.where}:" if each.where else ""
            say(f"{file}:{each.line or 1}:{where} {each.what.zh}。{each.remedy.zh}")
            say(f"    {each.what.en}; {each.remedy.en}")
        for case in tried.bench.failed:
            say(
                f"{file}:{tried.lines[case.where] or 1}: {case.subject} {case.what.zh}："
                f"应为 {case.expected.zh}，算得 {case.found.zh}"
            )
            say(f"    {case.what.en}: expected {case.expected.en}, found {case.found.en}; {case.because.en}")
        if tried.bench.uncovered:
            say(f"{file}: 没有样例 / without a case: {', '.join(tried.bench.uncovered)}")
        if scheme is not None and not wrong:
            said = f"{scheme.year}, version {scheme.version}: {len(scheme.indicators)} indicators"
            say(f"{file}: {said}, {len(tried.bench.tried)} cases hold, nothing is wrong")
    raise typer.Exit(1 if wrong else 0)


@group.command("show")
def show(
    year: Annotated[int, typer.Option("--year", help="Assessment year, e.g. 2025.")],
    version: Annotated[
        int | None, typer.Option("--version", help="Version; the one in force by default.")
    ] = None,
    data: Data = None,
) -> None:
    """Print the text of a published scheme, byte for byte as its digest says.

    Example: lianjian scheme show --year 2025 > 2025.toml
    """
    system = open_system(data)
    with system.reading() as connection:
        rows = versions_of(connection, year, system.log.position())
    text = next((row.text for row in rows if version in (None, row.version)), None)
    if text is None:
        fail(f"no scheme of {year} is published" + (f" as version {version}" if version else ""))
    typer.echo(text.encode(), nl=False)


@group.command("backtest")
def backtest(
    file: File,
    year: Annotated[
        int | None,
        typer.Option("--year", help="Year whose facts it is tried on; by default the newest that fits."),
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Say who would have moved, by how much and why, had the scheme judged a year that is over.

    Exit status: 0 it was tried (whoever moves), 2 it could not be: the file has problems, or the year no scheme.

    Example: lianjian scheme backtest 2026.toml --year 2025
    """
    tried = try_out(_text(file))
    if tried.scheme is None:
        fail(f"{file}: {len(tried.problems)} problems; see lianjian scheme check {file}")
    system = open_system(data)
    at = system.log.position()
    with system.reading() as connection:
        tested = system.back_testing.back_test(connection, tried.scheme, at, on=year)
        if tested is None:
            fail("there is no year to try it on: it takes pairings and a published scheme")
        rows = pairing_rows(connection, tested.year, at)
        names = {row.pairing_id: (row.name, row.unit_name) for row in rows}
    if as_json:
        say_json(_as_dict(tested, names))
        return
    say(
        f"{tested.year}, against version {tested.version}: {len(tested.moves)} of {tested.subjects} pairings move, "
        f"{tested.found.risen} rise, {tested.found.fallen} fall, {tested.found.regraded} get another grade"
    )
    for move in tested.moves:
        say(f"{_name(names, move)}: {_figures(move)}")
        for line in move.lines:
            aspects = ", ".join(sorted(each.value for each in line.aspects)) or "others of its group"
            before, after = two_decimals(line.before) or "-", two_decimals(line.after) or "-"
            say(f"    {line.indicator.code} {line.indicator.title.zh} {before} -> {after} ({aspects})")
            for word, judged in (("before", line.was), ("after", line.now)):
                if judged is not None:
                    say(f"        {word}: {judged.because.zh}")


def _name(names: dict[str, tuple[str, str]], move: PairingChange) -> str:
    return " × ".join(names.get(move.pairing, (move.pairing,)))


def _figures(move: PairingChange) -> str:
    sign = "+" if move.by > 0 else ""
    grades = f", {' -> '.join(_grades(move))}" if move.regraded else ""
    return f"{' -> '.join(_totals(move))} ({sign}{two_decimals(move.by)}){grades}"


def _totals(move: PairingChange) -> list[str]:
    return [two_decimals(side[0].total) for side in (move.before, move.after) if side]


def _grades(move: PairingChange) -> list[str]:
    return [side[1].label.zh for side in (move.before, move.after) if side]


def _as_dict(tested: BackTest, names: dict[str, tuple[str, str]]) -> dict[str, Any]:
    return {
        "year": tested.year,
        "version": tested.version,
        "subjects": tested.subjects,
        "moved": len(tested.moves),
        "risen": tested.found.risen,
        "fallen": tested.found.fallen,
        "regraded": tested.found.regraded,
        "changes": [{"code": each.code, "aspect": each.aspect.value} for each in tested.found.scheme_changes],
        "moves": [
            {
                "pairing": move.pairing,
                "village": names.get(move.pairing, ("", ""))[0],
                "unit": names.get(move.pairing, ("", ""))[1],
                **dict(zip(("total_before", "total_after"), _totals(move), strict=True)),
                **dict(zip(("grade_before", "grade_after"), _grades(move), strict=True)),
                "lines": [
                    {
                        "code": line.indicator.code,
                        "before": two_decimals(line.before) or None,
                        "after": two_decimals(line.after) or None,
                        "aspects": sorted(each.value for each in line.aspects),
                        "because_before": line.was and line.was.because.zh,
                        "because_after": line.now and line.now.because.zh,
                    }
                    for line in move.lines
                ],
            }
            for move in tested.moves
        ],
    }
