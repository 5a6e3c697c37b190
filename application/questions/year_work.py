"""What the decisions of the year's work look up in the read models, as they are now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from application.look import Look
from application.things import SHEET, pairing_of_sheet, year_of_sheet
from domain.assessment.scheme.points import half_up
from domain.assessment.scheme.required_entry import RequiredEntry, asked
from domain.assessment.year.evidence import Item
from domain.assessment.year.pairing_lines import Code, Sheet, Subject
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, PositionKey, Year, YearKey
from projections.boards import trail
from projections.boards.assessment.year_work import cut_off, cut_off_at
from projections.figures.evidence_queue import QueuedEvent, counting, population


def subject_of(look: Look, *, key: Key) -> Subject:
    """The pairing and the year that a sheet is of. ``Unknown`` where there is no such pairing."""
    owner = SHEET.owner(look, key)
    return Subject(pairing_of_sheet(key), year_of_sheet(key), owner.branch, owner.village)


def sheet_in_force(look: Look, *, key: Key) -> Sheet:
    """What the year's scheme asks for on a sheet, and what is computed. ``Unknown`` where there is no sheet."""
    scoring = look.system.scoring
    with look.system.reading() as connection:
        results = scoring.results(connection, year_of_sheet(key), look.system.newest())
    for result in results:
        if result.pairing == pairing_of_sheet(key):
            return {
                line.indicator.code: (
                    asked(line.indicator, None if line.most is None else half_up(line.most)),
                    line.computed,
                )
                for line in result.sheet.lines
            }
    raise Unknown("score sheet", key)


def asked_of_line(look: Look, *, indicator: Code, key: Key) -> RequiredEntry:
    """What the year's scheme asks for on a line. ``Unknown`` where there is no such line."""
    sheet = sheet_in_force(look, key=key)
    if indicator not in sheet:
        raise Unknown("indicator", indicator)
    return sheet[indicator][0]


def cut_off_in_force(look: Look, *, key: Key) -> date | None:
    """The last day of entries that count on a sheet, where it was set."""
    with look.system.reading() as connection:
        row = cut_off(connection, year_of_sheet(key), None)
    return None if row is None else row.record_on


def position_at_cut_off(look: Look, *, record_on: date) -> int:
    """The last position recorded on or before the day of a cut-off."""
    return look.system.position_at_end_of(record_on)


def evidence_item(look: Look, *, year: Year, position: PositionKey) -> Item:
    """An event as evidence, for the first indicator of the year's sheet it counts for. ``Unknown`` where it counts for none."""
    with look.system.reading() as connection:
        event = trail.events_at(connection, [position]).get(position)
    if event is not None and event.data.get("pairing_id"):
        for each in _queue(look, year, [str(event.data["pairing_id"])]):
            if each.position == position:
                return Item(
                    position,
                    year,
                    each.pairing_id,
                    each.branch,
                    each.village,
                    each.indicators[0],
                    each.reference,
                    (event.actor, *([event.acting_for] if event.acting_for else [])),
                )
    raise Unknown("evidence", str(position))


def evidence_population(look: Look, *, year: YearKey) -> Collection[int]:
    """What a sample of the year is drawn from: all that counts and that no second person has looked at."""
    return population(_queue(look, year, None))


def _queue(look: Look, year: int, pairings: list[str] | None) -> list[QueuedEvent]:
    scoring = look.system.scoring
    at = look.system.newest()
    with look.system.reading() as connection:
        scheme = scoring.scheme(connection, year, at)
        return counting(connection, scheme, at, cut_off_at(connection, year, at), pairings)
