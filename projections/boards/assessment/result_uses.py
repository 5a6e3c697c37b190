"""What published results led to, with row versions."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String, Text

from domain.assessment.year.events import (
    ResultUseCompleted,
    ResultUseOrdered,
    ResultUseReported,
    ResultUseWithdrawn,
)
from projections.kit.columns import said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

result_uses = versioned_table(
    "result_use",
    Column("use_id", String(40), nullable=False),
    Column("year", Integer, nullable=False, index=True),
    *said(ResultUseOrdered, "run_id", "use"),
    Column("pairing_id", String(60), nullable=False, index=True),
    *said(ResultUseOrdered, "branch", "village", "measure", "because", "due_on", "ordered_by", "ordered_on"),
    Column("status", String(20), nullable=False),
    Column("account", Text, nullable=False),
    Column("reported_by", String(80), nullable=False),
    Column("ended_on", Date),
)
"""``account``: the newest one. ``reported_by``: who gave it. ``ended_on``: completed or withdrawn."""
result_use_board = Projection("result_use_board", 1, [result_uses], small=[result_uses])


result_use_board.adds(ResultUseOrdered, result_uses, status="ordered", account="", reported_by="")


@result_use_board.on(ResultUseReported)
def _reported(write: Writer, event: ResultUseReported) -> None:
    write.change(result_uses, event.use_id, "account", status="reported", reported_by=event.accounted_by)


@result_use_board.on(ResultUseCompleted)
def _completed(write: Writer, event: ResultUseCompleted) -> None:
    write.change(result_uses, event.use_id, "account", status="completed", ended_on=event.completed_on)


@result_use_board.on(ResultUseWithdrawn)
def _withdrawn(write: Writer, event: ResultUseWithdrawn) -> None:
    write.change(result_uses, event.use_id, status="withdrawn", ended_on=event.withdrawn_on)
