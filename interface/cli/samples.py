"""Commands about evidence: draw a sample again."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from domain.assessment.year.events import EvidenceSampleDrawn
from domain.assessment.year.evidence import draw
from domain.kernel.document_no import normal_form
from domain.kernel.errors import Unknown
from interface.cli.options import Data, Json, open_system
from interface.cli.output import answer

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
    told = [_drawn_again(each) for each in drawn]
    answer(as_json, told, map(_line, told))
    raise typer.Exit(0 if all(each["same"] for each in told) else 1)


def _drawn_again(sample: EvidenceSampleDrawn) -> dict[str, Any]:
    again = draw(sample.seed, sample.population, sample.percent)
    return {
        "sample": sample.sample_no,
        "seed": sample.seed,
        "percent": sample.percent,
        "population": list(sample.population),
        "items": list(sample.items),
        "drawn_again": list(again),
        "same": again == sample.items,
    }


def _line(told: dict[str, Any]) -> str:
    verdict = "the same" if told["same"] else "NOT THE SAME"
    part = f"{len(told['items'])} of {len(told['population'])} ({told['percent']}%)"
    return f"{told['sample']}: {part}, seed {told['seed']}: drawn again, {verdict}"
