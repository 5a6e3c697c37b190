"""A declared filter over facts as named SQL conditions.

Measuring takes them all together; listing the facts behind a figure takes them one by one, and the first that
does not hold is the reason why a fact did not count. There is no second spelling of a filter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, String, and_, bindparam, or_, select, true

from domain.assessment.measures import Condition, FactFilter, Window
from domain.assessment.scheme import Scheme
from domain.assessment.text import Text
from projections.fact_table import facts

REASONS: dict[str, Text] = {
    "retracted": Text("已更正、作废或撤销", "corrected, voided or withdrawn"),
    "set_aside": Text("在试算中剔除", "set aside in this trial"),
    "reported_after_cut_off": Text("填报日期晚于截止日", "reported after the cut-off"),
    "outside_period": Text("发生日期不在考核年度内", "did not happen in the year assessed"),
    "after_year_end": Text("晚于考核年度末", "later than the end of the year"),
    "confirmed_after_cut_off": Text("确认或复查晚于截止日", "confirmed or re-inspected after the cut-off"),
    "late": Text("晚于规定或计划日期", "later than due or planned"),
    "level_not_counted": Text("结果或级别不计", "this result or level does not count"),
    "condition_not_met": Text("所属事项不符合计分条件", "what it belongs to does not meet the condition"),
    "counted_at_higher_level": Text("同一案例已按更高级别计分", "the same case counted at a higher level"),
}
"""Why a fact did not count: code to what the office calls it."""

_WINDOW_REASON = {
    Window.IN_YEAR: "outside_period",
    Window.BY_YEAR_END: "after_year_end",
    Window.BY_CUT_OFF: "confirmed_after_cut_off",
    Window.BY_OWN_DAY: "late",
    Window.ANY_DAY: "",
}

KNOWN_AT = bindparam("known_at", type_=BigInteger)
EXCLUDING = bindparam("excluding", type_=BigInteger, expanding=True)
PAIRINGS = bindparam("pairings", type_=String, expanding=True)


@dataclass(frozen=True)
class Scope:
    """Whether the statement is for some pairings only, and whether it sets positions aside (what if)."""

    some_pairings: bool = False
    what_if: bool = False


class Filters:
    """The conditions of one scheme within one scope."""

    def __init__(self, scheme: Scheme, scope: Scope) -> None:
        self._scheme = scheme
        self._scope = scope

    def candidates(self, t: FromClause, kind: str, types: tuple[str, ...] = ()) -> ColumnElement[bool]:
        """Facts of the kind and types that were recorded by the position, counted or not."""
        found = [t.c.kind == kind, t.c.position <= KNOWN_AT]
        if types:
            found.append(t.c.type.in_(types))
        if self._scope.some_pairings:
            found.append(t.c.pairing.in_(PAIRINGS))
        return and_(*found)

    def asserted(self, t: FromClause) -> Iterator[tuple[str, ColumnElement[bool]]]:
        """The fact still stands at the position."""
        yield "retracted", or_(t.c.retracted_at.is_(None), t.c.retracted_at > KNOWN_AT)
        if self._scope.what_if:
            yield "set_aside", t.c.position.not_in(EXCLUDING)

    def conditions(self, t: FromClause, only: FactFilter) -> Iterator[tuple[str, ColumnElement[bool]]]:
        """(reason when it does not hold, condition) of a declared filter, in the order of asking."""
        yield from self.asserted(t)
        if only.levels:
            yield "level_not_counted", t.c.level.in_(only.levels)
        yield from self._window(t, only.window, None)
        if only.reported_by_cut_off:
            by = or_(t.c.reported_on.is_(None), t.c.reported_on <= self._scheme.cut_off)
            yield "reported_after_cut_off", by
        for condition in only.having:
            yield "condition_not_met", self.exists(t, condition)

    def condition(
        self, m: FromClause, of: FromClause, condition: Condition
    ) -> Iterator[tuple[str, ColumnElement[bool]]]:
        """(reason, condition) for ``m`` to be what ``condition`` asks for the fact ``of``."""
        yield from self.asserted(m)
        if condition.levels:
            yield "level_not_counted", m.c.level.in_(condition.levels)
        yield from self._window(m, condition.window, of)

    def exists(self, t: FromClause, condition: Condition) -> ColumnElement[bool]:
        """Some fact of the same pairing and reference meets the condition."""
        m = facts.alias()
        return (
            select(m.c.position)
            .where(
                self.belongs(m, t),
                m.c.kind == condition.kind,
                m.c.position <= KNOWN_AT,
                m.c.type.in_(condition.types) if condition.types else true(),
                *(each for _, each in self.condition(m, t, condition)),
            )
            .exists()
        )

    @staticmethod
    def belongs(m: FromClause, t: FromClause) -> ColumnElement[bool]:
        """Same pairing, same need, project or finding."""
        return and_(m.c.reference == t.c.reference, m.c.pairing == t.c.pairing)

    def counted(self, t: FromClause, only: FactFilter) -> ColumnElement[bool]:
        """All conditions of the filter together."""
        return and_(
            self.candidates(t, only.kind, only.types), *(each for _, each in self.conditions(t, only))
        )

    def _window(
        self, t: FromClause, window: Window, of: FromClause | None
    ) -> Iterator[tuple[str, ColumnElement[bool]]]:
        day: Any = t.c.occurred_on
        scheme = self._scheme
        reason = _WINDOW_REASON[window]
        match window:
            case Window.IN_YEAR:
                yield reason, day.between(scheme.first_day, scheme.last_day)
            case Window.BY_YEAR_END:
                yield reason, day <= scheme.last_day
            case Window.BY_CUT_OFF:
                yield reason, day <= scheme.cut_off
            case Window.BY_OWN_DAY:
                if of is None:
                    raise ValueError("there is no other fact to compare the day with")
                yield reason, day <= of.c.occurred_on
            case Window.ANY_DAY:
                pass
