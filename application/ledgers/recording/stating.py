"""What a ledger row states about the past: each step is recorded, up to the first that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from domain.kernel.errors import Rejected

Step = tuple[str, Callable[[], object]]
"""The field of the row that states it, and how it is recorded."""


@dataclass(frozen=True)
class RefusedStep:
    """A step that cannot be recorded; ``field`` of the row states it."""

    field: str
    rejected: Rejected


def state_steps(steps: Iterable[Step]) -> list[RefusedStep]:
    """Record the steps in order. The first that is refused ends them: what follows rests on it."""
    for field, record in steps:
        try:
            record()
        except Rejected as rejected:
            return [RefusedStep(field, rejected)]
    return []
