"""Small words that decisions are written with."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from domain.kernel.clause import Clause
from domain.kernel.errors import Rejected

V = TypeVar("V")


def demand(condition: bool, clause: Clause, because: str | Enum = "", because_en: str = "") -> None:
    """Reject with ``clause`` unless ``condition`` holds; ``because_en`` where the value is told in words."""
    if not condition:
        raise Rejected(clause, because, because_en)


def demanded(value: V | None, clause: Clause, because: str | Enum = "") -> V:
    """The value; rejects with ``clause`` where there is none."""
    if value is None:
        raise Rejected(clause, because)
    return value


def broken(*kept: tuple[bool, Clause]) -> tuple[str, ...]:
    """Ids of the clauses that a step did not keep, in their order: what a ledger states happened all the same."""
    return tuple(clause.id for condition, clause in kept if not condition)
