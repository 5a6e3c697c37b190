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


class SheetsInForce:
    """Answers from the newest sheets: ``application.year_work.SchemeInForce``."""

    def __init__(self, scoring: Scoring) -> None:
        self._scoring = scoring

    def sheet(self, year: int, pairing_id: str) -> Mapping[str, tuple[Asked, int | None]]:
        """What each line asks for, and its computed figure."""
        with self._scoring.reading() as connection:
            results = self._scoring.results(connection, year, self._scoring.newest_position())
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

    def cut_off(self, year: int) -> date | None:
        """The last day of entries that count."""
        with self._scoring.reading() as connection:
            row = cut_off(connection, year, None)
        return None if row is None else row.record_on


class EvidenceInSight:
    """Answers from what counts now: ``application.evidence_review.Evidence``."""

    def __init__(self, scoring: Scoring) -> None:
        self._scoring = scoring

    def _queue(self, year: int, pairings: list[str] | None) -> list[Queued]:
        at = self._scoring.newest_position()
        with self._scoring.reading() as connection:
            scheme = self._scoring.scheme(connection, year, at)
            return counting(connection, scheme, at, cut_off_at(connection, year, at), pairings)

    def items(self, year: int, positions: Collection[int]) -> Mapping[int, Item]:
        """The events as evidence, each for the first indicator of the year's sheet it counts for."""
        with self._scoring.reading() as connection:
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
            for each in self._queue(year, sorted(pairings))
            if each.position in events
        }
        for position in positions:
            if position not in found:
                raise Unknown("evidence", str(position))
        return found

    def population(self, year: int) -> Collection[int]:
        """What a sample of the year is drawn from."""
        return population(self._queue(year, None))
