"""Tiers by how many."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.json_schema import MANY, POINTS, table, tables
from domain.assessment.scheme.measured_values import Amount, Measured, counted
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules.rule import ZERO, Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text


@dataclass(frozen=True)
class Steps(Rule):
    """Tiers: points of the highest step reached, nothing below the lowest. One step is all-or-nothing."""

    steps: tuple[tuple[int, Fraction], ...]
    """(from this many, included; points), highest first."""

    ACCEPTS = Amount
    SCHEMA = table({"steps": tables(table({"from": MANY, "points": POINTS}))})
    COUNTS_REPORTED = True

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "steps", steps = [{ from = 15, points = 8 }, { from = 10, points = 6 }] }``."""
        steps = table.rows("steps", lambda each: (each.integer("from"), each.points("points")))
        if len({least for least, _ in steps}) != len(steps) or list(steps) != sorted(steps, reverse=True):
            table.refuse(
                "steps",
                Text("没有从高到低排列", "are not in falling order"),
                Text("最高的一档写在最前", "write the highest step first"),
            )
        return cls(steps)

    @property
    def for_all(self) -> Fraction | None:
        return self.steps[0][1] if self.steps else None

    def value(self, measured: Measured) -> Fraction:
        n = self.fitting(measured, Amount).n
        return next((points for least, points in self.steps if n >= least), ZERO)

    def terms(self, measured: Measured, unit: Text) -> Text:
        return Text(
            "、".join(f"{least} {unit.zh}以上 {number(points)} 分" for least, points in self.steps),
            ", ".join(f"{number(points)} from {least}" for least, points in self.steps),
        )

    def in_words(self, unit: Text) -> Text:
        zh = "，".join(f"{least} {unit.zh}以上 {number(points)} 分" for least, points in self.steps)
        en = ", ".join(f"{number(points)} from {least}" for least, points in self.steps)
        return Text(f"{zh}，不足的 0 分", f"{en}, fewer 0")

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        n, now = self.fitting(measured, Amount).n, self.value(measured)
        above = [(least, points) for least, points in self.steps if least > n and points > now]
        if not above:
            return None
        least, points = above[-1]
        lacking = least - n
        zh = f"再有 {lacking} {rest.unit.zh}即达 {least} {rest.unit.zh}，得 {number(points)} 分"
        en = f"{counted(lacking, rest.unit)} more reach {least}, worth {number(points)}"
        return max(points for _, points in above) - now, Text(zh, en)
