"""Photographs that stand at two things, and what somebody judged them to be."""

from __future__ import annotations

from sqlalchemy import Column, Index, String

from domain.attachment.events import PhotographJudged
from projections.boards.pairing.attached_pictures import COMPARED
from projections.kit.columns import said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

judged_photographs = versioned_table(
    "judged_photograph",
    Column("judged_id", String(90), nullable=False),
    Column("thing", String(40), nullable=False),
    Column("other", String(40), nullable=False),
    *said(PhotographJudged, "photograph_verdict", "because", "judged_on"),
)
"""Two rows for two things, each as it is seen from ``thing``."""
Index("judged_photograph_by_thing", judged_photographs.c.thing)
judged_photographs_board = Projection(
    "judged_photographs", 1, [judged_photographs], small=[judged_photographs]
)


@judged_photographs_board.on(PhotographJudged)
def _judged(write: Writer, event: PhotographJudged) -> None:
    thing = next(filter(None, (getattr(event, f"{kind}_id") for kind in COMPARED)))
    other = event.other_thing.partition("-")[2]
    write.put(judged_photographs, judged_id=f"{thing}/{other}", thing=thing, other=other)
