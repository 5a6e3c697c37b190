"""A scheme as it would have read in another year: every date moved, nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from domain.assessment.scheme.scheme import Scheme


def applied_to(scheme: Scheme, year: int) -> Scheme:
    """``scheme`` with all of its dates moved by whole years, so that ``year`` is the year it assesses.

    29 February becomes the 28th where there is none. The digest says that it is not the scheme itself.
    """
    if scheme.year == year:
        return scheme
    moved: Scheme = _moved(scheme, year - scheme.year)
    digest = hashlib.sha256(f"{scheme.digest} applied to {year}".encode()).hexdigest()
    return replace(moved, year=year, digest=digest)


def day_moved(day: date, years: int) -> date:
    """The same day of the month ``years`` later; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _moved(value: Any, years: int) -> Any:
    """``value`` with every date inside moved; the very same object where there is none."""
    if isinstance(value, date):
        return day_moved(value, years)
    if isinstance(value, tuple):
        items = [_moved(each, years) for each in value]
        if all(new is old for new, old in zip(items, value, strict=True)):
            return value
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for each in fields(value):
            before = getattr(value, each.name)
            after = _moved(before, years)
            if after is not before:
                changes[each.name] = after
        return replace(value, **changes) if changes else value
    return value
