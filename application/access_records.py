"""What is kept of who looked at what, as stores give it and questions answer it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

LAST = 2**31 - 1
"""The last number that a list of accesses can hold."""


@dataclass(frozen=True)
class Access:
    """That an account looked at a thing; of a sign-in, ``thing`` is the address it came from."""

    id: int
    at: datetime
    username: str
    office: str
    role: str
    kind: str
    thing: str
    page: str


@dataclass(frozen=True)
class RefusedSignIns:
    """How often a sign-in was refused in an hour. ``username`` is empty where there is no such account."""

    hour: datetime
    address: str
    username: str
    count: int
