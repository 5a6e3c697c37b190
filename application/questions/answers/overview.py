"""The county at a glance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection

from application.question import Asker, question
from application.questions.answers.findings import BY_URGENCY
from application.questions.answers.scoring.trend import BandCount
from application.questions.history import steps_of
from application.questions.results.scoring import Scoring
from application.questions.results.standing import standing_if_any
from application.questions.sentences import HistoryStep
from domain.kernel.values import Year
from domain.supervision.light import Light
from projections.boards import trail
from projections.figures.county import Figures, figures
from projections.figures.overview import activities_by_month, lights


@dataclass(frozen=True)
class LightCount:
    """Findings of the year under a light."""

    light: Light
    count: int


@dataclass(frozen=True)
class GradesOfYear:
    """How many have which grade; ``run_no``: of the published run, empty where it is as computed now."""

    run_no: str
    counts: tuple[BandCount, ...]


@dataclass(frozen=True)
class Overview:
    """A year of the county. ``lights``: as of today, of all findings, for a clerk of the own; ``activities``: in each of the
    twelve months; ``grades``: ``None`` without a scheme; ``newest``: what was recorded last, for the offices."""

    year: int
    figures: Figures
    lights: tuple[LightCount, ...]
    activities: tuple[int, ...]
    grades: GradesOfYear | None
    newest: tuple[HistoryStep, ...]


@question("/overview")
def show_overview(asker: Asker, *, year: Year) -> Overview:
    """Ten figures, the lights of the findings, the months' activities, and how the grades are spread."""
    connection, at, actor = asker.connection, asker.known_at, asker.actor
    found = lights(connection, year, at, asker.look.today(), actor.branch, actor.village)
    return Overview(
        year=year,
        figures=figures(connection, year, at),
        lights=tuple(LightCount(each, found[each.value]) for each in BY_URGENCY),
        activities=tuple(activities_by_month(connection, year, at)),
        grades=grades_of_year(asker.look.system.scoring, connection, year, at, asker.newest),
        newest=_newest(asker) if asker.sees_all else (),
    )


def _newest(asker: Asker) -> tuple[HistoryStep, ...]:
    wanted = trail.TrailFilter(known_at=asker.known_at)
    return steps_of(asker, trail.page(asker.connection, wanted, limit=8))


def grades_of_year(
    scoring: Scoring, connection: Connection, year: int, known_at: int, newest: int
) -> GradesOfYear | None:
    """How the grades that stand are spread, ``None`` for a year without a scheme."""
    stands = standing_if_any(scoring, connection, year, known_at, newest)
    if stands is None:
        return None
    found = Counter(each.grade for each in stands.graded)
    counts = tuple(BandCount(band.id, band.label, found[band.id]) for band in stands.scheme.bands)
    return GradesOfYear(stands.run.run_no if stands.run is not None else "", counts)
