"""Rules for opinions: rater groups with weights (评议), and satisfaction surveys (民主测评、满意度)."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from domain.assessment.scheme.measured import Measured, Ratings, Survey, counted
from domain.assessment.scheme.points import number
from domain.assessment.scheme.rules.rule import ZERO, Rule, unfit
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

    @property
    def may_not_apply(self) -> bool:
        return self.when_missing is WhenMissing.NOT_APPLICABLE

    @property
    def most(self) -> Fraction:
        return self.at_full

    def _counted(self, ratings: Ratings) -> dict[str, tuple[int, int]]:
        """Group to (sum of its ballots in hundredths, ballots), for those with enough of them."""
        return {group: (total, n) for group, total, n in ratings.groups if n >= self.at_least}

    def value(self, measured: Measured) -> Fraction | None:
        if not isinstance(measured, Ratings):
            raise unfit(self, measured)
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
        if not isinstance(measured, Ratings):
            raise unfit(self, measured)
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
            shared = missing and self.when_missing is WhenMissing.REDISTRIBUTE
            sum_ = (
                f"{f'÷ {number(weights)}% ' if shared else ''}÷ {number(self.full)} × {number(self.at_full)}"
            )
            zh.append(
                f"（{' + '.join(f'{who.zh} {mean} × {weight}%' for who, weight, mean in means)}）{sum_}"
            )
            en.append(f"({' + '.join(f'{who.en} {mean} × {weight}%' for who, weight, mean in means)}) {sum_}")
        if missing:
            effect = _EFFECTS[self.when_missing] if means else Text("", "")
            names_zh, names_en = (
                "、".join(each.zh for each in missing),
                ", ".join(each.en for each in missing),
            )
            zh.append(f"{names_zh}不足 {self.at_least} {unit.zh}{effect.zh}")
            en.append(f"fewer than {counted(self.at_least, unit)} of {names_en}{effect.en}")
        return Text("；".join(zh), "; ".join(en))


_EFFECTS = {
    WhenMissing.NOT_APPLICABLE: Text("", ""),
    WhenMissing.REDISTRIBUTE: Text("，权重由其余各组分担", ", the others take the weight over"),
    WhenMissing.ZERO: Text("，按 0 分计", ", counted as 0"),
}


class Option(NamedTuple):
    """An answer of the questionnaire; ``worth`` in percent of full."""

    option: str
    worth: Fraction
    label: Text


@dataclass(frozen=True)
class Satisfaction(Rule):
    """Full points times the mean worth of the valid questionnaires. With fewer than ``at_least`` valid ones ``when_fewer``,
    ``None`` for not applicable. A small sample (fewer than ``warn_valid`` valid ones, or less than ``warn_returned`` percent
    returned; 0 never warns) counts, and is said.
    """

    at_full: Fraction
    options: tuple[Option, ...]
    at_least: int
    when_fewer: Fraction | None = None
    warn_valid: int = 0
    warn_returned: int = 0

    ACCEPTS = Survey

    @property
    def may_not_apply(self) -> bool:
        return self.when_fewer is None

    @property
    def most(self) -> Fraction:
        return max(self.at_full, self.when_fewer or ZERO)

    def value(self, measured: Measured) -> Fraction | None:
        if not isinstance(measured, Survey):
            raise unfit(self, measured)
        if measured.valid < self.at_least:
            return self.when_fewer
        worth = {option: worth for option, worth, _ in self.options}
        weighted = sum((worth[option] * n for option, n in measured.options if option in worth), ZERO)
        return self.at_full * weighted / (100 * measured.valid)

    def terms(self, measured: Measured, unit: Text) -> Text:
        if not isinstance(measured, Survey):
            raise unfit(self, measured)
        if measured.valid < self.at_least:
            least = self.at_least
            return Text(f"有效的少于 {least} {unit.zh}", f"fewer than {counted(least, unit)} valid")
        counts = dict(measured.options)
        seen = [
            (label, counts[option], number(worth))
            for option, worth, label in self.options
            if option in counts
        ]
        zh = " + ".join(f"{label.zh} {n} × {worth}%" for label, n, worth in seen) or "0"
        en = " + ".join(f"{label.en} {n} × {worth}%" for label, n, worth in seen) or "0"
        sum_ = f"÷ {measured.valid} × {number(self.at_full)}"
        warning = self._warning(measured, unit)
        return Text(f"（{zh}）{sum_}{warning.zh}", f"({en}) {sum_}{warning.en}")

    def _warning(self, survey: Survey, unit: Text) -> Text:
        """What makes the sample small, or nothing."""
        if survey.valid < self.warn_valid:
            return Text(
                f"（样本偏小：有效的不足 {self.warn_valid} {unit.zh}）",
                f" (small sample: fewer than {counted(self.warn_valid, unit)} valid)",
            )
        if 100 * survey.returned < self.warn_returned * survey.issued:
            return Text(
                f"（样本偏小：收回率不足 {self.warn_returned}%）",
                f" (small sample: less than {self.warn_returned}% returned)",
            )
        return Text("", "")
