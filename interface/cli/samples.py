"""Commands about evidence: draw a sample again."""

from __future__ import annotations

from typing import Annotated

import typer

from domain.assessment.year.events import EvidenceSampleDrawn
from domain.assessment.year.evidence import draw
from domain.kernel.document_no import normal_form
from domain.kernel.errors import Unknown
from interface.cli.options import Data, Json, open_system
from interface.cli.output import say, say_json

evidence = typer.Typer(help="Evidence: the samples drawn for a second look.", no_args_is_help=True)


@evidence.command("sample")
def repeat_sample(
    year: Annotated[int, typer.Option("--year", help="Assessment year, e.g. 2025.")],
    sample: Annotated[
        str | None, typer.Option("--sample", help="One sample, e.g. 2025-1; all of the year by default.")
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Draw the samples of a year again from their recorded seed and population, and say whether the same items come out.

    The items are put in the order of SHA-256("seed|item"); the first so many per cent, rounded up, are the sample.

    Exit status: 0 the same, 1 another sample, 2 there is no such sample.

    Example: lianjian evidence sample --year 2025 --sample 2025-1
    """
    system = open_system(data)
    drawn = [
        recorded.event
        for recorded in system.log.named(EvidenceSampleDrawn.NAME)
        if isinstance(recorded.event, EvidenceSampleDrawn) and recorded.event.year == year
    ]
    drawn = [each for each in drawn if sample is None or normal_form(each.sample_no) == normal_form(sample)]
    if not drawn:
        raise Unknown("sample of the year", sample or str(year))
    same = {each.sample_no: draw(each.seed, each.population, each.percent) == each.items for each in drawn}
    if as_json:
        say_json(
            [
                {
                    "sample": each.sample_no,
                    "seed": each.seed,
                    "percent": each.percent,
                    "population": list(each.population),
                    "items": list(each.items),
                    "drawn_again": list(draw(each.seed, each.population, each.percent)),
                    "same": same[each.sample_no],
                }
                for each in drawn
            ]
        )
    else:
        for each in drawn:
            verdict = "the same" if same[each.sample_no] else "NOT THE SAME"
            say(
                f"{each.sample_no}: {len(each.items)} of {len(each.population)} ({each.percent}%), "
                f"seed {each.seed}: drawn again, {verdict}"
            )
    raise typer.Exit(0 if all(same.values()) else 1)
