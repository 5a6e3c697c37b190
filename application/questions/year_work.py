"""What the decisions of the year's work look up in the read models, as they are now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from application.questions.results.scoring import Scoring
from domain.assessment.scheme.asked import Asked, asked
from domain.assessment.scheme.points import half_up
from domain.assessment.year.evidence import Item
from domain.kernel.errors import Unknown
from projections.boards import trail
from projections.boards.year_work import cut_off, cut_off_at
from projections.figures.evidence_queue import Queued, counting, population


def sheet_in_force(scoring: Scoring, year: int, pairing_id: str) -> Mapping[str, tuple[Asked, int | None]]:
    """Indicator to what the year's scheme asks for on this sheet, and to the computed figure in hundredths (``None``: it
    does not apply). ``Unknown`` where there is no sheet.
    """
    with scoring.reading() as connection:
        results = scoring.results(connection, year, scoring.newest_position())
    for result in results:
        if result.pairing == pairing_id:
            return {
                line.indicator.code: (
                    asked(line.indicator, None if line.most is None else half_up(line.most)),
                    line.computed,
                )
                for line in result.sheet.lines
            }
    raise Unknown("score sheet", pairing_id)


def cut_off_in_force(scoring: Scoring, year: int) -> date | None:
    """The last day of entries that count, where it was set."""
    with scoring.reading() as connection:
        row = cut_off(connection, year, None)
    return None if row is None else row.record_on


def _queue(scoring: Scoring, year: int, pairings: list[str] | None) -> list[Queued]:
    at = scoring.newest_position()
    with scoring.reading() as connection:
        scheme = scoring.scheme(connection, year, at)
        return counting(connection, scheme, at, cut_off_at(connection, year, at), pairings)


def evidence_items(scoring: Scoring, year: int, positions: Collection[int]) -> Mapping[int, Item]:
    """The events as evidence, each for the first indicator of the year's sheet it counts for. ``Unknown`` where one counts
    for none.
    """
    with scoring.reading() as connection:
        events = trail.events_at(connection, positions)
    pairings = {str(event.data.get("pairing_id", "")) for event in events.values()} - {""}
    found = {
        each.position: Item(
            each.position,
            year,
            each.pairing_id,
            each.branch,
            each.village,
            each.indicators[0],
            each.reference,
            events[each.position].actor,
        )
        for each in _queue(scoring, year, sorted(pairings))
        if each.position in events
    }
    for position in positions:
        if position not in found:
            raise Unknown("evidence", str(position))
    return found


def evidence_population(scoring: Scoring, year: int) -> Collection[int]:
    """What a sample of the year is drawn from: all that counts and that no second person has looked at."""
    return population(_queue(scoring, year, None))
