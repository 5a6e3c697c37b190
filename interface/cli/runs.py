"""Commands about frozen runs: reproduce one, compare two, prove one line of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer
from msgspec import to_builtins

from application.question import ALL
from application.questions.answers.year_end.comparison import ComparisonShown, FactMoved, comparison_shown
from application.questions.results import explaining
from application.questions.results.comparing import standpoint_of
from application.questions.results.receipts import proved
from application.questions.results.reproducing import frozen_run, reproduce
from domain.integrity.receipts import verify_receipt
from interface.cli.options import Data, Json, Township, open_system
from interface.cli.output import answer, fail, say, say_json
from projections.facts.fact_filter import REASONS

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
        found = comparison_shown(system, connection, of, one, two, None, ALL)
    answer(as_json, to_builtins(found), _lines_of(found))


def _lines_of(found: ComparisonShown) -> Iterator[str]:
    """The comparison for a person at a terminal, Chinese first."""
    one, two = found.first, found.second
    yield f"{found.year} 年度 {one.asked}（#{one.known_at}）→ {two.asked}（#{two.known_at}）"
    yield (
        f"总分上升 {found.risen}，下降 {found.fallen}，等次变化 {found.regraded} "
        f"(risen {found.risen}, fallen {found.fallen}, regraded {found.regraded})"
    )
    for indicator in found.indicators:
        name = indicator.indicator or "封顶等 (caps)"
        yield f"  {name}: {indicator.pairings} 个结对，+{indicator.up} {indicator.down}"
    for each in found.rows:
        before, after = (side.total if side else "—" for side in (each.before, each.after))
        yield f"{each.village_name} × {each.unit_name}: {before} → {after}"
        if each.grade_cause:
            said = " → ".join(side.because.zh if side else "—" for side in (each.before, each.after))
            yield f"  等次 (grade): {said} [{each.grade_cause.value}]"
        for line in each.lines:
            parts = ", ".join(f"{m.cause.value} {m.points}" for m in line.movements)
            yield f"  {line.indicator} {line.title.zh}: {line.before or ''} → {line.after or ''} ({parts})"
            yield from (f"    {_fact_line(fact)}" for fact in line.facts)
        yield from (f"  {m.cause.value} {m.of}: {m.points}" for m in each.apart)
        yield from (f"    {_fact_line(fact)}" for fact in each.vetoes)


def _fact_line(fact: FactMoved) -> str:
    states = [
        {"absent": absent, "counted": "计入 (counted)"}.get(state) or REASONS[state].zh
        for state, absent in ((fact.before, "尚无 (absent)"), (fact.after, "不再涉及 (no longer looked at)"))
    ]
    return f"#{fact.by} {fact.event}：{states[0]} → {states[1]}"


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
