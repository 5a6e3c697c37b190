"""Which day can be the day of a step of livelihood work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.kernel.decisions import demand
from domain.kernel.span import Span
from domain.livelihood import clauses


def demand_happened(on: date, today: date) -> None:
    """Refuse a day that is yet to come."""
    demand(on <= today, clauses.NOT_IN_THE_FUTURE, f"{on} > {today}")


def demand_within(within: Span, on: date) -> None:
    """Refuse a day before the pairing began or after it ended."""
    demand(within.includes(on), clauses.WITHIN_ITS_PAIRING, f"{on}: {within}")


def demand_next(on: date, before: date, today: date) -> None:
    """Refuse a day of a step that lies before that of the one ``before``, or is yet to come."""
    demand(on >= before, clauses.IN_ORDER, f"{on} < {before}")
    demand_happened(on, today)


def demand_steps(steps: Sequence[tuple[date | None, date | None]], first: date, today: date) -> None:
    """The right days of steps beside the wrong ones: the same steps, in their order, from ``first`` on."""
    earlier = first
    for wrong, right in steps:
        demand((wrong is None) == (right is None), clauses.STEPS_STAY, f"{wrong} / {right}")
        if right is not None:
            demand_next(right, earlier, today)
            earlier = right
