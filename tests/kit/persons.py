"""Who stands behind accounts: nobody is known, or one person has several."""

from __future__ import annotations

from domain.kernel.person import Persons

ALONE = Persons()
"""Every account stands for itself."""


def same(*usernames: str) -> Persons:
    """One person behind all of these."""
    return Persons({each: frozenset({"p-1"}) for each in usernames})
