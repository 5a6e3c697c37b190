"""Which day can be the day of what a pairing did."""

from __future__ import annotations

from datetime import date

from domain.kernel.decisions import demand
from domain.kernel.span import Span
from domain.pairing import clauses


def demand_happened(on: date, today: date) -> None:
    """Refuse a day that is yet to come."""
    demand(on <= today, clauses.NOT_IN_THE_FUTURE, f"{on} > {today}")


def demand_begun(within: Span, on: date) -> None:
    """Refuse a day before the pairing began."""
    demand(within.begins_by(on), clauses.NOT_BEFORE_ITS_START, f"{on} < {within.began_on}")


def demand_within(within: Span, on: date) -> None:
    """Refuse a day before the pairing began or after it ended."""
    demand_begun(within, on)
    demand(within.includes(on), clauses.NOT_AFTER_ITS_END, f"{on} > {within.ended_on}")
