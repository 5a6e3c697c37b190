"""Commands about frozen runs: reproduce one, compare two, prove one line of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

import typer
from sqlalchemy import Connection

from application.questions.results import explaining
from application.questions.results.comparing import compared, comparison_as_dict, standpoint_of
from application.questions.results.receipts import proved
from application.questions.results.reproducing import frozen_run, reproduce
from domain.integrity.receipts import verify_receipt
from interface.cli.options import Data, Json, Township, open_system
from interface.cli.output import answer, fail, say, say_json
from projections.facts.fact_filter import REASONS
from projections.figures.overview import pairing_rows

Run = Annotated[str, typer.Option("--run", help="Number of the run, e.g. 2025-1.")]


def reproduce_run(run: Run, data: Data = None, as_json: Json = False) -> None:
    """Work a frozen run out again and compare its figures, its receipts and each part of its basis.

    Exit status: 0 equal, 1 something differs (each part is named), 2 there is no such run.

    Example: lianjian reproduce --run 2025-1
    """
    system = open_system(data)
    found = reproduce(system, run)
    if as_json:
        say_json(asdict(found.shown))
    else:
        for part in found.parts:
            if not part.kept:
                say(f"  {part.name}: not kept when the run was frozen")
            elif part.same:
                say(f"  {part.name}: {part.frozen} =")
            else:
                say(f"  {part.name}: frozen {part.frozen}, now {part.found}")
        if found.failure:
            say(found.failure)
        if found.log_agrees:
            say("the events still give what was frozen: the tables were changed, lianjian rebuild heals them")
        elif found.log_agrees is False:
            say("the events do not give what was frozen either: see lianjian verify")
        say(f"run {found.run.run_no} {'comes to the same' if found.equal else 'does not come to the same'}")
    raise typer.Exit(0 if found.equal else 1)


def compare_runs(
    first: Annotated[str, typer.Option("--from", help="A run's number, a position, or a day (2026-01-31).")],
    second: Annotated[str, typer.Option("--to", help="The same, for the other side.")],
    year: Annotated[
        int | None, typer.Option("--year", help="Assessment year, where neither side is a run.")
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Who moved between two runs, positions or days, and which event or rule moved which point.

    Example: lianjian compare --from 2025-1 --to 2025-2
    """
    system = open_system(data)
    with system.reading() as connection:
        one, year_one = standpoint_of(system, connection, first)
        two, year_two = standpoint_of(system, connection, second)
        years = {each for each in (year, year_one, year_two) if each is not None}
        if len(years) != 1:
            fail("name one --year" if not years else f"these are of different years: {sorted(years)}")
        (of,) = years
        found = compared(system, connection, of, one, two)
        told = comparison_as_dict(system, connection, found, of, one, two)
        names = _names(connection, of, max(one.known_at, two.known_at)) if not as_json else {}
    answer(as_json, told, _lines_of(told, names))


def _lines_of(told: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """The comparison for a person at a terminal, Chinese first. ``names``: pairing to what people call it."""
    lines = [
        f"{told['year']} 年度 {told['from']['asked']}（#{told['from']['known_at']}）→ "
        f"{told['to']['asked']}（#{told['to']['known_at']}）",
        f"总分上升 {told['risen']}，下降 {told['fallen']}，等次变化 {told['regraded']} "
        f"(risen {told['risen']}, fallen {told['fallen']}, regraded {told['regraded']})",
    ]
    lines += [
        f"  {each['indicator'] or '封顶等 (caps)'}: {each['pairings']} 个结对，+{each['up']} {each['down']}"
        for each in told["by_indicator"]
    ]
    for each in told["pairings"]:
        before, after = each["total"]
        lines.append(f"{names.get(each['pairing'], each['pairing'])}: {before or '—'} → {after or '—'}")
        if each["grade_cause"]:
            lines.append(f"  等次 (grade): {_said(each['grade'])} [{each['grade_cause']}]")
        for line in each["lines"]:
            parts = ", ".join(f"{m['cause']} {m['points']}" for m in line["movements"])
            lines.append(
                f"  {line['indicator']} {line['title']}: {line['before']} → {line['after']} ({parts})"
            )
            lines += [f"    {_fact_line(fact)}" for fact in line["facts"]]
        lines += [f"  {m['cause']} {m['of']}: {m['points']}" for m in each["apart"]]
        lines += [f"    {_fact_line(fact)}" for fact in each["vetoes"]]
    return lines


def _said(grades: list[dict[str, Any] | None]) -> str:
    return " → ".join(each["because"] if each else "—" for each in grades)


def _fact_line(fact: Mapping[str, Any]) -> str:
    states = [
        {"absent": absent, "counted": "计入 (counted)"}.get(fact[side]) or REASONS[fact[side]].zh
        for side, absent in (("before", "尚无 (absent)"), ("after", "不再涉及 (no longer looked at)"))
    ]
    return f"#{fact['by']} {fact['event']}：{states[0]} → {states[1]}"


def _names(connection: Connection, year: int, at: int) -> dict[str, str]:
    return {row.pairing_id: f"{row.name} × {row.unit_name}" for row in pairing_rows(connection, year, at)}


def show_receipt(
    run: Run,
    village: Annotated[str, typer.Option("--village", help="Name of the village or community.")],
    indicator: Annotated[
        str | None, typer.Option("--indicator", help="Code of one indicator; all of the sheet by default.")
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help="Name of the unit, where a village has several.")
    ] = None,
    township: Township = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """The receipt of a line in a frozen run, with the path that proves it without showing any other pairing.

    Example: lianjian receipt --run 2025-1 --village 南溪村 --indicator A3 --json
    """
    system = open_system(data)
    with system.reading() as connection:
        year = frozen_run(system, run)[0].year
        at = system.runner.position()
        pairing = explaining.pairing_of(connection, year, village, unit, at, township)
    made = proved(system, run, pairing, (indicator,) if indicator else ())
    for each in made["receipts"]:
        verify_receipt(each["receipt"], each["index"], made["size"], each["path"], made["root"])
    if as_json:
        say_json(made)
        return
    say(f"run {made['run']} #{made['position']}: receipts root {made['root']}, {made['size']} receipts")
    for each in made["receipts"]:
        receipt = each["receipt"]
        what = receipt.get("points", receipt.get("total", receipt.get("struck")))
        say(
            f"  {receipt['kind']} {receipt['id']}: {what}; receipt {each['index']}, proved by {len(each['path'])} hashes"
        )
