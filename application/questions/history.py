"""What happened to one thing, as its page and its answer tell it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from application.question import Asker
from application.questions.of_row import of_row
from application.questions.sentences import HistoryStep
from projections.boards import trail

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


def steps_of(asker: Asker, rows: Iterable[Row[Any]]) -> tuple[HistoryStep, ...]:
    """The trail's rows in their order, each step told once."""
    listed = [row for row in rows if row.name not in BESIDE]
    told = asker.look.system.sentences(asker.connection, asker.known_at, listed)
    return tuple(of_row(HistoryStep, each) for each in told)


def newest_steps(asker: Asker, kind: str, thing: str, limit: int = 200) -> tuple[HistoryStep, ...]:
    """What happened to a thing (``kind`` and ``thing`` as in ``TrailFilter``), the newest first."""
    about = trail.TrailFilter(thing_kind=kind, thing=thing, known_at=asker.known_at)
    return steps_of(asker, trail.page(asker.connection, about, limit=limit))
