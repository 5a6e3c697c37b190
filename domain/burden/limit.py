"""The limits of what a village bears in a month, from which month each holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated

from domain.burden import clauses, events
from domain.burden.events import Burden
from domain.kernel.decisions import demand
from domain.kernel.values import Key, Pattern, Text, Today, Whole, Words

MONTH = Text(
    7,
    pattern=Pattern(
        lambda text: re.fullmatch(r"(19[5-9]\d|20\d\d|21\d\d)-(0[1-9]|1[0-2])", text, re.ASCII) is not None,
        "月份写作 2026-11",
        "write the month as 2026-11",
    ),
)
"""A month as it is written."""
Most = Annotated[int, Whole(0, 1000)]
Limits = Mapping[Burden, int]


def limits_in(event: events.BurdenLimitSet) -> Limits:
    """Those that it sets."""
    stated = {each: getattr(event, each.value) for each in Burden}
    return {each: most for each, most in stated.items() if most is not None}


@dataclass(frozen=True)
class BurdenLimits:
    """``by_month``: first month to the limits from it on."""

    by_month: Mapping[str, Limits] = field(default_factory=lambda: MappingProxyType({}))

    def at(self, month: str) -> Limits:
        """The limits of a month; none where none was set."""
        begun = [each for each in self.by_month if each <= month]
        return self.by_month[max(begun)] if begun else {}

    def set_burden_limit(
        self,
        *,
        month: Key,
        visits: Most | None,
        requests: Most | None,
        entries: Most | None,
        uploads: Most | None,
        because: Words,
        today: Today,
    ) -> events.BurdenLimitSet:
        """Set what a village bears at most from a month on; what is left out has no limit."""
        demand(month >= f"{today:%Y-%m}", clauses.NOT_BACKWARDS, month)
        found = events.BurdenLimitSet(
            month=month,
            visits=visits,
            requests=requests,
            entries=entries,
            uploads=uploads,
            because=because,
            limited_on=today,
        )
        demand(limits_in(found) != self.at(month), clauses.LIMIT_DIFFERS, month)
        return found

    def after(self, event: events.BurdenEvent) -> BurdenLimits:
        match event:
            case events.BurdenLimitSet():
                return BurdenLimits({**self.by_month, event.month: limits_in(event)})
        return self
