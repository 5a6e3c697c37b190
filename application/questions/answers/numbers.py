"""What bears a number (编号)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from application.question import Asker, Listing, question
from domain.kernel.document_no import normal_form
from domain.kernel.values import Line
from projections.boards.numbers import numbers
from projections.kit.memory import ask_ahead


@dataclass(frozen=True)
class Numbered:
    """A thing by its number as it is spelt. ``kind``: a finding, need, project, run, appeal, objection or sample; ``year``: in
    which it was counted."""

    thing: str
    kind: str
    year: int
    number: str


@question("/numbers")
def list_numbered(asker: Asker, *, number: Line) -> Listing[Numbered]:
    """What has this number, however it is spelt, in any year, the newest year first."""
    c = numbers.c
    query = select(c.thing, c.kind, c.year, c.number).where(c.form == normal_form(number))
    ordered = query.order_by(c.year.desc(), c.kind)
    ask_ahead(asker.connection, ordered)
    rows = asker.connection.execute(ordered)
    return Listing(tuple(Numbered(*row) for row in rows), None)
