"""The earlier, the more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from domain.assessment.scheme.json_schema import DAY, POINTS, table, tables
from domain.assessment.scheme.measured_values import Day, Measured
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules.rule import ZERO, Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text


@dataclass(frozen=True)
class ByDate(Rule):
    """Points of the first step whose last day has not passed, else nothing."""

    steps: tuple[tuple[date, Fraction], ...]
    """(last day, included; points), by day."""

    ACCEPTS = Day
    SCHEMA = table({"steps": tables(table({"last": DAY, "points": POINTS}))})

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "by_date", steps = [{ last = 2025-03-31, points = 4 }] }``."""
        steps = table.rows("steps", lambda each: (each.day("last"), each.points("points")))
        if list(steps) != sorted(steps, key=lambda step: step[0]):
            table.refuse(
                "steps",
                Text("没有按日期先后排列", "are not in the order of their days"),
                Text("最早的写在最前", "write the earliest first"),
            )
        return cls(steps)

    def value(self, measured: Measured) -> Fraction:
        on = self.fitting(measured, Day).on
        if on is None:
            return ZERO
        return next((points for last, points in self.steps if on <= last), ZERO)

    def terms(self, measured: Measured, unit: Text) -> Text:
        return Text(
            "、".join(f"{last} 前（含）{number(points)} 分" for last, points in self.steps),
            ", ".join(f"by {last} {number(points)}" for last, points in self.steps),
        )

    def in_words(self, unit: Text) -> Text:
        days = [(f"{last.month} 月 {last.day} 日", last, number(points)) for last, points in self.steps]
        zh = "，".join(f"{day}前（含）{points} 分" for day, _, points in days)
        en = ", ".join(f"{points} by {last}" for _, last, points in days)
        return Text(f"{zh}，此后或没有的 0 分", f"{en}, later or never 0")

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        ahead = [(last, points) for last, points in self.steps if last >= rest.today]
        if self.fitting(measured, Day).on is not None or not ahead:
            return None
        last, points = ahead[0]
        return points, Text(
            f"{last} 前（含）完成得 {number(points)} 分", f"{number(points)} when done by {last}"
        )
