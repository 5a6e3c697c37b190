"""So many points for each, depending on its level."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.json_schema import POINTS, STRING, TEXT, table, tables
from domain.assessment.scheme.measured_values import Measured, Tally
from domain.assessment.scheme.measures import Measure
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules import shared
from domain.assessment.scheme.rules.rule import ZERO, Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text


@dataclass(frozen=True)
class PerLevel(Rule):
    """So many points for each, depending on its level, at most ``at_most`` (``None``: no limit); ``levels`` are (level,
    points, label).
    """

    levels: tuple[tuple[str, Fraction, Text], ...]
    at_most: Fraction | None = None

    ACCEPTS = Tally
    SCHEMA = table(
        {"levels": tables(table({"level": STRING, "points": POINTS, "label": TEXT}))}, {"at_most": POINTS}
    )

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "per_level", levels = [{ level = "county", points = 1, label = { … } }], at_most = 5 }``."""
        levels = table.rows(
            "levels", lambda each: (each.string("level"), each.points("points"), each.text("label"))
        )
        return cls(levels, table.optional_points("at_most"))

    def misfit(self, measure: Measure) -> tuple[str, Text, Text] | None:
        if tuple(level for level, _, _ in self.levels) == measure.facts.levels:
            return None
        what = Text("与计量的级别不同", "are not those of the measure")
        return "levels", what, Text("写相同的级别，顺序也相同", "list the same levels in the same order")

    def value(self, measured: Measured) -> Fraction:
        worth = {level: points for level, points, _ in self.levels}
        earned = sum((worth[level] * n for level, n in self.fitting(measured, Tally).counts), ZERO)
        return earned if self.at_most is None else min(earned, self.at_most)

    def terms(self, measured: Measured, unit: Text) -> Text:
        counts = dict(self.fitting(measured, Tally).counts)
        seen = [
            (label, counts[level], number(points)) for level, points, label in self.levels if level in counts
        ]
        if not seen:
            return Text("没有", "none")
        zh = "，".join(f"{label.zh} {n} {unit.zh} × {points} 分" for label, n, points in seen)
        en = ", ".join(f"{label.en} {n} × {points}" for label, n, points in seen)
        return shared.at_most(Text(zh, en), self.at_most)

    def in_words(self, unit: Text) -> Text:
        zh = "，".join(f"{label.zh}每{unit.zh} {number(points)} 分" for _, points, label in self.levels)
        en = ", ".join(f"{label.en} {number(points)} each" for _, points, label in self.levels)
        return shared.at_most(Text(zh, en), self.at_most)

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        best = max((points for _, points, _ in self.levels), default=ZERO)
        zh = "、".join(f"{label.zh} {number(points)} 分" for _, points, label in self.levels)
        en = ", ".join(f"{label.en} {number(points)}" for _, points, label in self.levels)
        return best, Text(f"每再有 1 {rest.unit.zh}：{zh}", f"for each further {rest.unit.en}: {en}")
