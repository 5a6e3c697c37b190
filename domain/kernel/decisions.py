"""Small words that decisions are written with."""

from __future__ import annotations

from domain.kernel.clause import Clause
from domain.kernel.errors import Rejected


def demand(condition: bool, clause: Clause, because: str = "", because_en: str = "") -> None:
    """Reject with ``clause`` unless ``condition`` holds; ``because_en`` where the value is told in words."""
    if not condition:
        raise Rejected(clause, because, because_en)


def broken(*kept: tuple[bool, Clause]) -> tuple[str, ...]:
    """Ids of the clauses that a step did not keep, in their order: what a ledger states happened all the same."""
    return tuple(clause.id for condition, clause in kept if not condition)
