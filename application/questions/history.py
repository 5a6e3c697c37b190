"""What happened to one thing, as its page and its answer tell it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row

from application.actors.actor import TOWNSHIPS
from application.question import Asker
from application.questions.of_row import of_row
from application.questions.sentences import HistoryStep
from application.things import BEARERS
from projections.boards import trail

ADDED = "attachment.AttachmentAdded"
_MOST_ATTACHED = 200
BESIDE = {
    "appeal.AppealNumbered",
    "appeal.AppealRegistered",
    "assessment.ResultUseRegistered",
    "registry.NumberTaken",
    "registry.NameTaken",
    "registry.NameFreed",
    "registry.CodeTaken",
    "registry.CodeFreed",
}
"""What is only recorded beside an event that says the same: it stays in the trail, and a thing's history leaves it out."""

OF_TWO = {"attachment.PhotographJudged", "pairing.LikenessJudged", "pairing.NumberJudged"}
"""What says in one sentence of another thing, too: to a township's office, which sees its own villages alone, it is not told."""


def steps_of(asker: Asker, rows: Iterable[Row[Any]]) -> tuple[HistoryStep, ...]:
    """The trail's rows in their order, each step told once."""
    untold = BESIDE | OF_TWO if asker.actor.role in TOWNSHIPS else BESIDE
    listed = [row for row in rows if row.name not in untold]
    told = asker.look.system.sentences(asker.connection, asker.known_at, listed)
    return tuple(of_row(HistoryStep, each) for each in told)


def newest_steps(asker: Asker, kind: str, thing: str, limit: int = 200) -> tuple[HistoryStep, ...]:
    """What happened to a thing (``kind`` and ``thing`` as in ``TrailFilter``), the newest first."""
    return steps_of(asker, newest_events(asker, kind, thing, limit))


def newest_events(asker: Asker, kind: str, thing: str, limit: int = 200) -> list[Row[Any]]:
    """The same as the trail has it. What is attached to the thing is mostly asked next, and comes with it."""
    events_ahead(asker.connection, kind, thing, asker.known_at, limit)
    return trail.page(asker.connection, _about(kind, thing, asker.known_at), limit=limit)


def events_ahead(connection: Connection, kind: str, thing: str, known_at: int, limit: int = 200) -> None:
    """Say that they will be asked."""
    trail.page_ahead(connection, _about(kind, thing, known_at), limit=limit)
    bearer = kind.removesuffix("_id")
    if bearer in BEARERS:
        trail.page_ahead(connection, _attached(bearer, thing, known_at), limit=_MOST_ATTACHED)


def _about(kind: str, thing: str, known_at: int) -> trail.TrailFilter:
    return trail.TrailFilter(thing_kind=kind, thing=thing, known_at=known_at)


def attached(connection: Connection, kind: str, thing: str, known_at: int) -> list[Row[Any]]:
    """The trail's rows of what is attached to a thing, in their order."""
    return trail.page(connection, _attached(kind, thing, known_at), limit=_MOST_ATTACHED)[::-1]


def _attached(kind: str, thing: str, known_at: int) -> trail.TrailFilter:
    return trail.TrailFilter(names=[ADDED], thing_kind=f"{kind}_id", thing=thing, known_at=known_at)
