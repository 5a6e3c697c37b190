"""The trail: every event of the log, with what one filters by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from application.actor import OFFICES
from application.question import USUAL, Asker, Limit, Listing, question
from domain.kernel.values import OptionalLine, Position
from projections.boards import trail


@dataclass(frozen=True)
class TrailRow:
    """An event with its envelope. ``sentence``: in Chinese, without the names of persons; ``data``: what the event says,
    persons as references into the vault."""

    record: int
    stream: str
    version: int
    name: str
    recorded_at: datetime
    occurred_on: date | None
    reported_on: date | None
    known_by: str
    days_late: int | None
    actor: str
    office: str
    on_behalf_of: str
    source_kind: str
    source_name: str
    correlation: str
    causation: int | None
    sentence: str
    data: dict[str, Any]


_SAME = tuple(
    each
    for each in TrailRow.__dataclass_fields__
    if each in trail.trail.c and each not in ("record", "sentence")
)
"""What is called the same on the board."""


@question("/trail", OFFICES)
def list_trail(
    asker: Asker,
    *,
    name: OptionalLine,
    thing: OptionalLine,
    actor: OptionalLine,
    office: OptionalLine,
    occurred_from: date | None,
    occurred_to: date | None,
    after: Position | None,
    limit: Limit | None,
) -> Listing[TrailRow]:
    """Events, the newest first. ``thing``: an id that events name; ``after``: those before this record."""
    wanted = trail.TrailFilter(
        names=[name] if name else [],
        thing=thing,
        actor=actor,
        office=office,
        occurred_from=occurred_from,
        occurred_to=occurred_to,
        known_at=asker.known_at,
    )
    most = limit or USUAL
    rows = trail.page(asker.connection, wanted, before=after, limit=most + 1)
    told = asker.look.system.sentences(asker.connection, asker.known_at, rows[:most])
    shown = tuple(
        TrailRow(
            record=each.row.position,
            sentence=each.sentence,
            **{column: getattr(each.row, column) for column in _SAME},
        )
        for each in told
    )
    return Listing(shown, str(shown[-1].record) if len(rows) > most else None)
