"""Small words that decisions are written with."""

from __future__ import annotations

from domain.kernel.clause import Clause
from domain.kernel.errors import Rejected


def demand(condition: bool, clause: Clause, because: str = "") -> None:
    """Reject with ``clause`` unless ``condition`` holds."""
    if not condition:
        raise Rejected(clause, because)
