"""Identifiers that follow from what must be unique, so that a duplicate is a failed insert."""

from __future__ import annotations

import hashlib


def digest_id(prefix: str, *parts: str) -> str:
    """``<prefix>-<16 hex>`` from the parts; equal parts give the equal id, in every process and year."""
    framed = "\x1f".join(parts).encode()
    return f"{prefix}-{hashlib.sha256(framed).hexdigest()[:16]}"


def branch_code(unit_name: str) -> str:
    """Code of a branch's unit, from the name it was first registered with; a renaming keeps it."""
    return digest_id("b", unit_name)[:10]


def village_code(name: str) -> str:
    """Code of a village or community, from the name it was first registered with."""
    return digest_id("v", name)[:10]


def pairing_id(year: int, village: str, branch: str) -> str:
    """One branch with one village in one assessment year."""
    return f"{year}-{village}-{branch}"


def year_named(id_: str) -> int:
    """The year of ``2025-1`` or ``2025-v-1-b-1``; anything else names a year of nothing, 0."""
    head = id_.partition("-")[0]
    return int(head) if len(head) == 4 and head.isascii() and head.isdecimal() else 0
