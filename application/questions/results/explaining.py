"""An explanation as data: point, rule, measured value, facts, events, ledger rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection

from domain.assessment.scheme.points import two_decimals
from domain.kernel.errors import Unknown
from domain.registry.events import EntryKind
from projections.boards import trail
from projections.boards.numbers import Numbers
from projections.boards.registry.names import Names, entries_named
from projections.figures.overview import PairingListing, pairing_rows
from projections.measuring.facts_behind import FactRow
from projections.scores.receipts import measured_as_data
from projections.scores.scores import Explanation, SheetExplanation

VERSION = 1
"""Format version of ``explanation``."""


def pairing_of(
    connection: Connection,
    year: int,
    village: str,
    unit: str | None,
    known_at: int,
    township: str | None = None,
) -> str:
    """The pairing of a year by the name of its village, and of the unit or the township where those are several.

    Any name is known by which somebody goes or went, however it is spelt; those who bore it at the year's end come first.
    ``Unknown`` where there is none, or still several.
    """
    last, rows = date(year, 12, 31), pairing_rows(connection, year, known_at)
    meant = _meant(connection, EntryKind.VILLAGE, village, last, known_at, township)
    if not meant:
        raise Unknown("village" + (f" of {township}" if township else ""), village)
    found = _first_of(rows, "village", meant)
    if not found:
        raise Unknown(f"pairing in {year} of the village", village)
    if len({row.village for row in found}) > 1:
        named = ", ".join(sorted({f"{row.name} ({row.township})" for row in found}))
        raise Unknown(f"single village {village}; name the township, of one of", named)
    if unit is not None:
        mine = _meant(connection, EntryKind.BRANCH, unit, last, known_at)
        found = _first_of(found, "branch", mine)
        if not found:
            raise Unknown(f"pairing of {village} in {year} with the unit", unit)
    if len(found) > 1:
        named = ", ".join(row.unit_name for row in found)
        raise Unknown(f"single pairing of {village} in {year}; name the unit, one of", named)
    return found[0].pairing_id


def _meant(
    connection: Connection,
    kind: EntryKind,
    written: str,
    on: date,
    known_at: int,
    township: str | None = None,
) -> list[list[str]]:
    """Whom a name means: those by a name of the day, or else by any other; and after them what was merged into them."""
    entries = entries_named(connection, kind, written, on=on, township=township, known_at=known_at)
    names = Names(connection, known_at)
    parts = [part for entry in entries for part in names.parts_of(entry)]
    return [each for each in (entries, parts) if each]


def _first_of(rows: Sequence[PairingListing], side: str, meant: Sequence[list[str]]) -> list[PairingListing]:
    """The rows of the first of ``meant`` that has any."""
    chosen = ([row for row in rows if getattr(row, side) in entries] for entries in meant)
    return next((each for each in chosen if each), [])


def explanation(connection: Connection, explained: Explanation, known_at: int) -> dict[str, Any]:
    """The explanation as JSON holds it; amounts as text with two decimals, exact ones as fractions."""
    facts = [*explained.used, *(each.fact for each in explained.excluded)]
    behind = _Behind(trail.events_at(connection, {fact.position for fact in facts}), Numbers(connection))
    behind.numbers.read(fact.reference for fact in facts)
    return _explanation(explained, behind, known_at)


def sheet_explanation(connection: Connection, told: SheetExplanation, known_at: int) -> list[dict[str, Any]]:
    """The ``explanation`` of every line of a sheet, its events read at once."""
    behind = _Behind(trail.events_at(connection, told.positions), Numbers(connection))
    behind.numbers.read(told.references)
    return [_explanation(each, behind, known_at) for each in told.lines.values()]


@dataclass(frozen=True)
class _Behind:
    """What the facts rest on: their events by position, and the numbers of what they refer to."""

    events: Mapping[int, Any]
    numbers: Numbers


def _explanation(explained: Explanation, behind: _Behind, known_at: int) -> dict[str, Any]:
    line = explained.line
    return {
        "format": VERSION,
        "known_at": known_at,
        "pairing": explained.pairing,
        "indicator": explained.indicator.code,
        "title": asdict(explained.indicator.title),
        "clause": {"number": explained.clause_number, **asdict(explained.clause)},
        "points": two_decimals(line.final) if line.final is not None else None,
        "computed": two_decimals(line.computed) if line.computed is not None else None,
        "ruled": two_decimals(line.ruled) if line.ruled is not None else None,
        "exact": str(line.exact) if line.exact is not None else None,
        "factor": str(line.factor),
        "maximum": str(explained.indicator.most) if explained.indicator.most is not None else None,
        "because": asdict(explained.because),
        "group": {
            "code": explained.group.group.code,
            "points": two_decimals(explained.group.hundredths),
            "because": asdict(explained.group.because),
        },
        "parts": [
            {
                "id": part.part.id,
                "measure": part.part.measure.kind.value,
                "measured": measured_as_data(part.measured),
                "rule": type(part.part.rule).__name__,
                "points": str(part.value) if part.value is not None else None,
            }
            for part in line.parts
        ],
        "facts": [_fact(fact, behind) for fact in explained.used],
        "excluded": [
            {**_fact(each.fact, behind), "reason": {"code": each.code, **asdict(each.reason)}}
            for each in explained.excluded
        ],
    }


_OF_FACT = (
    *("position", "kind", "type", "level", "occurred_on", "until_on", "reported_on", "quantity"),
    "reference",
)


def _fact(fact: FactRow, behind: _Behind) -> dict[str, Any]:
    event = behind.events.get(fact.position)
    return {
        **msgspec.to_builtins({name: getattr(fact, name) for name in _OF_FACT}),
        "called": behind.numbers.shown(fact.reference),
        "event": event.name if event is not None else None,
        "recorded_at": fact.recorded_at.isoformat(),
        "actor": event.actor if event is not None else None,
        "source": {
            "kind": event.source_kind,
            "name": event.source_name,
            "sheet": event.source_sheet,
            "row": event.source_row,
            "digest": event.source_digest,
        }
        if event is not None
        else None,
    }


def lines(told: Mapping[str, Any]) -> Iterator[str]:
    """The explanation for a person at a terminal, Chinese first."""
    points = told["points"] if told["points"] is not None else "不适用 (not applicable)"
    yield f"{told['indicator']} {told['title']['zh']} / {told['title']['en']}: {points}"
    yield f"  {told['clause']['number']} {told['clause']['zh']}"
    yield f"  {told['because']['zh']}"
    yield f"  {told['because']['en']}"
    for heading, facts in (("计入 (counted)", told["facts"]), ("未计入 (not counted)", told["excluded"])):
        if facts:
            yield f"  {heading}: {len(facts)}"
        for fact in facts:
            source = fact["source"] or {}
            where = f"{source.get('name', '')} {source.get('sheet', '')} {source.get('row') or ''}".strip()
            reason = f" — {fact['reason']['zh']} / {fact['reason']['en']}" if "reason" in fact else ""
            what = " ".join(filter(None, (fact["kind"], fact["type"], fact["level"], fact["called"])))
            yield (
                f"    #{fact['position']} {fact['occurred_on']} {what} "
                f"×{fact['quantity']} [{fact['event']}; {where}]{reason}"
            )
