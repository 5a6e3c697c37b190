"""A declared filter over facts as named SQL conditions.

Measuring takes them all together; listing the facts behind a figure takes them one by one, and the first that
does not hold is the reason why a fact did not count. There is no second spelling of a filter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, and_, bindparam, or_, select, true

from domain.assessment.scheme.measures import Condition, FactFilter, Window
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme.text import Text
from domain.assessment.scheme.vocabulary import OF_INDICATOR
from projections.facts.fact_table import facts, overlaps
from projections.kit.columns import KnownAt
from projections.kit.one_of import Texts, one_of

REASONS: dict[str, Text] = {
    "retracted": Text("已更正、作废或撤销", "corrected, voided or withdrawn"),
    "set_aside": Text("在试算中剔除", "set aside in this trial"),
    "recorded_after_cut_off": Text("录入晚于截止", "entered after the cut-off"),
    "reported_after_cut_off": Text("填报日期晚于截止日", "reported after the cut-off"),
    "outside_period": Text("发生日期不在考核年度内", "did not happen in the year assessed"),
    "outside_validity": Text("不在本条款的适用日期内", "not in the days this clause judges"),
    "after_year_end": Text("晚于考核年度末", "later than the end of the year"),
    "confirmed_after_cut_off": Text("确认或复查晚于截止日", "confirmed or re-inspected after the cut-off"),
    "late": Text("晚于规定或计划日期", "later than due or planned"),
    "level_not_counted": Text("结果或级别不计", "this result or level does not count"),
    "condition_not_met": Text("所属事项不符合计分条件", "what it belongs to does not meet the condition"),
    "counted_at_higher_level": Text("同一案例已按更高级别计分", "the same case counted at a higher level"),
    "later_one_counts": Text("已有更新的评定", "a later one counts"),
}
"""Why a fact did not count: code to what the office calls it."""

_WINDOW_REASON = {
    Window.IN_YEAR: "outside_period",
    Window.BY_YEAR_END: "after_year_end",
    Window.BY_CUT_OFF: "confirmed_after_cut_off",
    Window.BY_OWN_DAY: "late",
    Window.ANY_DAY: "",
}

KNOWN_AT = bindparam("known_at", type_=KnownAt)
CUT_OFF_AT = bindparam("cut_off_at", type_=BigInteger)
EXCLUDING = bindparam("excluding", type_=BigInteger, expanding=True)
PAIRINGS = bindparam("pairings", type_=Texts)


NEVER_LATE = OF_INDICATOR | {"ruling"}
"""What assessors and appeals state is stated after the cut-off, and because of it."""


@dataclass(frozen=True)
class Scope:
    """Whether the statement is for some pairings only, whether it sets positions aside (what if), and whether there is a
    position after which entries are late.
    """

    some_pairings: bool = False
    what_if: bool = False
    cut_off: bool = False


class Filters:
    """The conditions of one scheme within one scope."""

    def __init__(self, scheme: Scheme, scope: Scope) -> None:
        self._scheme = scheme
        self._scope = scope

    def candidates(
        self, t: FromClause, kind: str, types: tuple[str, ...] = (), indicator: str = ""
    ) -> ColumnElement[bool]:
        """Facts of the kind, types and indicator that were recorded by the position, counted or not; of what is stated
        about a year only the scheme's.
        """
        found = [t.c.kind == kind, t.c.position <= KNOWN_AT]
        if types:
            found.append(self.of_types(t, types))
        if indicator:
            found.append(t.c.reference == indicator)
        if kind in OF_INDICATOR:
            found.append(t.c.year == self._scheme.year)
        found.append(self.within(t.c.pairing))
        return and_(*found)

    @staticmethod
    def of_types(t: FromClause, types: tuple[str, ...]) -> ColumnElement[bool]:
        """The fact is of one of the types; none named means any."""
        return t.c.type.in_(types) if types else true()

    def within(self, pairing: ColumnElement[str]) -> ColumnElement[bool]:
        """The pairing is one of those asked for."""
        return one_of(pairing, PAIRINGS) if self._scope.some_pairings else true()

    @property
    def everywhere(self) -> Filters:
        """The same conditions over all pairings, for what compares them."""
        return Filters(self._scheme, replace(self._scope, some_pairings=False))

    def asserted(self, t: FromClause, kind: str) -> Iterator[tuple[str, ColumnElement[bool]]]:
        """The fact, of this kind, still stands at the position, and was not entered late."""
        stands = or_(t.c.retracted_at.is_(None), t.c.retracted_at > KNOWN_AT)
        late = self._scope.cut_off and kind not in NEVER_LATE
        yield "retracted", or_(stands, self._replaced_late(t)) if late else stands
        if late:
            yield "recorded_after_cut_off", t.c.position <= CUT_OFF_AT
        if self._scope.what_if:
            # An event that began what lasts stands behind it also where its end was stated since.
            yield "set_aside", and_(t.c.position.not_in(EXCLUDING), t.c.began_at.not_in(EXCLUDING))

    @staticmethod
    def _replaced_late(t: FromClause) -> ColumnElement[bool]:
        """Whatever retracted the fact after the cut-off stated it anew, as a correction does: the fact counts as it was at
        the cut-off. What was taken away, at once or after corrections, does not.
        """
        late = facts.alias()
        taken_away = select(late.c.position).where(
            late.c.reference == t.c.reference,
            late.c.kind == t.c.kind,
            late.c.position > CUT_OFF_AT,
            late.c.retracted_at <= KNOWN_AT,
            ~_stated_anew(late),
        )
        return and_(t.c.retracted_at > CUT_OFF_AT, _stated_anew(t), ~taken_away.exists())

    def conditions(self, t: FromClause, only: FactFilter) -> Iterator[tuple[str, ColumnElement[bool]]]:
        """(reason when it does not hold, condition) of a declared filter, in the order of asking."""
        yield from self.asserted(t, only.kind)
        if only.levels:
            yield "level_not_counted", t.c.level.in_(only.levels)
        yield from self._window(t, only.window, None)
        if only.valid_from is not None:
            yield "outside_validity", t.c.occurred_on >= only.valid_from
        if only.valid_until is not None:
            yield "outside_validity", t.c.occurred_on <= only.valid_until
        if only.reported_by_cut_off:
            by = or_(t.c.reported_on.is_(None), t.c.reported_on <= self._scheme.cut_off)
            yield "reported_after_cut_off", by
        for condition in only.having:
            yield "condition_not_met", self.exists(t, condition)

    def condition(
        self, m: FromClause, of: FromClause, condition: Condition
    ) -> Iterator[tuple[str, ColumnElement[bool]]]:
        """(reason, condition) for ``m`` to be what ``condition`` asks for the fact ``of``."""
        yield from self.asserted(m, condition.kind)
        if condition.levels:
            yield "level_not_counted", m.c.level.in_(condition.levels)
        yield from self._window(m, condition.window, of)

    def exists(self, t: FromClause, condition: Condition) -> ColumnElement[bool]:
        """Some fact of the same pairing and reference meets the condition."""
        m = facts.alias()
        return select(m.c.position).where(self.meets(m, t, condition)).exists()

    def meets(self, m: FromClause, t: FromClause, condition: Condition) -> ColumnElement[bool]:
        """``m`` is a fact of the same pairing and reference as ``t`` and all that the condition asks for."""
        return and_(
            self.belongs(m, t),
            m.c.kind == condition.kind,
            m.c.position <= KNOWN_AT,
            self.of_types(m, condition.types),
            *(each for _, each in self.condition(m, t, condition)),
        )

    @staticmethod
    def belongs(m: FromClause, t: FromClause) -> ColumnElement[bool]:
        """Same pairing, same need, project or finding."""
        return and_(m.c.reference == t.c.reference, m.c.pairing == t.c.pairing)

    def counted(self, t: FromClause, only: FactFilter) -> ColumnElement[bool]:
        """All conditions of the filter together."""
        return and_(
            self.candidates(t, only.kind, only.types, only.indicator),
            *(each for _, each in self.conditions(t, only)),
        )

    def of_the_year(self, t: FromClause, only: FactFilter) -> ColumnElement[bool]:
        """The fact happened in the scheme's year, or belongs to something that did: another year's is not even left out."""
        day, scheme = t.c.occurred_on, self._scheme
        match only.window:
            case Window.IN_YEAR:
                return day.between(scheme.first_day, scheme.last_day)
            case Window.BY_YEAR_END:
                return day <= scheme.last_day
        things = [each.kind for each in only.having if each.window is Window.IN_YEAR]
        if things:
            return and_(*(self._thing_of_the_year(t, kind) for kind in things))
        return day <= max(scheme.cut_off, scheme.last_day) if only.window is Window.BY_CUT_OFF else true()

    def _thing_of_the_year(self, t: FromClause, kind: str) -> ColumnElement[bool]:
        """What the fact belongs to happened in the year, whether that still stands or not."""
        m = facts.alias()
        in_year = m.c.occurred_on.between(self._scheme.first_day, self._scheme.last_day)
        of = (self.belongs(m, t), m.c.kind == kind, m.c.position <= KNOWN_AT, in_year)
        return select(m.c.position).where(*of).exists()

    def lasts_into_the_year(self, t: FromClause) -> ColumnElement[bool]:
        """What lasts, such as a post, held on at least one day of the year."""
        return overlaps(t, self._scheme.first_day, self._scheme.last_day)

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


def _stated_anew(t: FromClause) -> ColumnElement[bool]:
    """What retracted the fact stated it anew, under the same reference."""
    anew = facts.alias()
    return (
        select(anew.c.position)
        .where(
            anew.c.reference == t.c.reference,
            anew.c.kind == t.c.kind,
            anew.c.position == t.c.retracted_at,
        )
        .exists()
    )
