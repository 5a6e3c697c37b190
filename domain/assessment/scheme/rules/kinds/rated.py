"""Rater groups with weights (评议)."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from domain.assessment.scheme.json_schema import MANY, POINTS, STRING, TEXT, table, tables, word
from domain.assessment.scheme.measured_values import Measured, Ratings, counted
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules import shared
from domain.assessment.scheme.rules.rule import ZERO, Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text


class RaterGroup(NamedTuple):
    """A group of raters; ``weight`` in percent."""

    group: str
    weight: Fraction
    label: Text


class WhenMissing(enum.Enum):
    """What a group with too few ballots does: the whole does not apply; the others take its weight over; it counts as 0."""

    NOT_APPLICABLE = "not_applicable"
    REDISTRIBUTE = "redistribute"
    ZERO = "zero"


_EFFECTS = {
    WhenMissing.NOT_APPLICABLE: Text("", ""),
    WhenMissing.REDISTRIBUTE: Text("，权重由其余各组分担", ", the others take the weight over"),
    WhenMissing.ZERO: Text("，按 0 分计", ", counted as 0"),
}
_DEMANDS = {
    WhenMissing.NOT_APPLICABLE: Text("不适用", "it does not apply"),
    WhenMissing.REDISTRIBUTE: Text("权重由其余各组分担", "the others take its weight over"),
    WhenMissing.ZERO: Text("该组按 0 分计", "it counts as 0"),
}


@dataclass(frozen=True)
class Rated(Rule):
    """The weighted mean of the groups' mean ballots, out of ``full``, converted to ``at_full``. A group needs ``at_least``
    ballots. Without any group that has them, redistribution leaves nothing, which is worth 0.
    """

    full: Fraction
    at_full: Fraction
    groups: tuple[RaterGroup, ...]
    """Weights add up to 100."""
    at_least: int
    when_missing: WhenMissing

    ACCEPTS = Ratings
    SCHEMA = table(
        {
            "full": POINTS,
            "at_full": POINTS,
            "at_least": MANY,
            "when_missing": word(WhenMissing),
            "groups": tables(table({"group": STRING, "weight": POINTS, "label": TEXT})),
        }
    )

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "rated", full = 100, at_full = 30, at_least = 3, when_missing = "redistribute", groups = [...] }``."""
        groups = table.rows(
            "groups",
            lambda each: RaterGroup(each.string("group"), shared.percent(each, "weight"), each.text("label")),
        )
        shared.demand_once(table, "groups", [each.group for each in groups])
        whole = number(sum((each.weight for each in groups), ZERO))
        if whole != "100":
            table.refuse(
                "groups",
                Text(f"权重合计 {whole}，不是 100", f"the weights add up to {whole}, not to 100"),
                Text("改正权重，使合计为 100", "correct the weights so that they add up to 100"),
                given=["groups"],
            )
        return cls(
            full=shared.full_marks(table),
            at_full=table.points("at_full"),
            groups=groups,
            at_least=table.integer("at_least"),
            when_missing=table.choice("when_missing", WhenMissing),
        )

    @property
    def may_not_apply(self) -> bool:
        return self.when_missing is WhenMissing.NOT_APPLICABLE

    @property
    def most(self) -> Fraction:
        return self.at_full

    @property
    def scale(self) -> Fraction:
        return self.full

    @property
    def names(self) -> dict[str, Text]:
        return {each.group: each.label for each in self.groups}

    def _counted(self, measured: Measured) -> dict[str, tuple[int, int]]:
        """Group to (sum of its ballots in hundredths, ballots), for those with enough of them."""
        ratings = self.fitting(measured, Ratings)
        return {group: (total, n) for group, total, n in ratings.groups if n >= self.at_least}

    def value(self, measured: Measured) -> Fraction | None:
        found = self._counted(measured)
        weights = ZERO
        weighted = ZERO
        for group, weight, _ in self.groups:
            if group in found:
                total, n = found[group]
                weights += weight
                weighted += weight * min(Fraction(total, 100 * n), self.full)
            elif self.when_missing is WhenMissing.NOT_APPLICABLE:
                return None
        whole = weights if self.when_missing is WhenMissing.REDISTRIBUTE else Fraction(100)
        return self.at_full * weighted / (whole * self.full) if whole else ZERO

    def _mean(self, total: int, n: int) -> str:
        """As it goes into the sum, which is no more than full marks."""
        if Fraction(total, 100 * n) > self.full:
            return number(self.full)
        return f"{number(Fraction(total, 100))} ÷ {n}"

    def terms(self, measured: Measured, unit: Text) -> Text:
        found = self._counted(measured)
        means = [
            (label, number(weight), self._mean(*found[group]))
            for group, weight, label in self.groups
            if group in found
        ]
        missing = [label for group, _, label in self.groups if group not in found]
        zh, en = [], []
        if means and not (missing and self.may_not_apply):
            weights = sum(weight for group, weight, _ in self.groups if group in found)
            taken_over = missing and self.when_missing is WhenMissing.REDISTRIBUTE
            sum_ = f"÷ {number(self.full)} × {number(self.at_full)}"
            sum_ = f"÷ {number(weights)}% {sum_}" if taken_over else sum_
            means_zh = " + ".join(f"{who.zh} {mean} × {weight}%" for who, weight, mean in means)
            means_en = " + ".join(f"{who.en} {mean} × {weight}%" for who, weight, mean in means)
            zh.append(f"（{means_zh}）{sum_}")
            en.append(f"({means_en}) {sum_}")
        if missing:
            effect = _EFFECTS[self.when_missing] if means else Text("", "")
            names_zh, names_en = (
                "、".join(each.zh for each in missing),
                ", ".join(each.en for each in missing),
            )
            zh.append(f"{names_zh}不足 {self.at_least} {unit.zh}{effect.zh}")
            en.append(f"fewer than {counted(self.at_least, unit)} of {names_en}{effect.en}")
        return Text("；".join(zh), "; ".join(en))

    def in_words(self, unit: Text) -> Text:
        full, at_full, effect = number(self.full), number(self.at_full), _DEMANDS[self.when_missing]
        return Text(
            "、".join(f"{label.zh} {number(weight)}%" for _, weight, label in self.groups)
            + f" 加权平均，{full} 分制折算为 {at_full} 分；某组少于 {self.at_least} {unit.zh}的，{effect.zh}",
            "mean weighted by "
            + ", ".join(f"{label.en} {number(weight)}%" for _, weight, label in self.groups)
            + f", out of {full}, converted to {at_full}; a group with fewer than {self.at_least}: {effect.en}",
        )

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        return shared.by_assessing(self, measured, rest)
