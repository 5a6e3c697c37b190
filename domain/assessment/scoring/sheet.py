"""The score sheet of one pairing: every line with what was measured, what it is worth, and why."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from domain.assessment.scheme.measured_values import Measured
from domain.assessment.scheme.points import USUAL_ROUNDING, Points, Rounding, half_up, number, two_decimals
from domain.assessment.scheme.required_entry import RequiredEntry, asked
from domain.assessment.scheme.scheme import Group, Indicator, Part, WhenNotApplicable
from domain.assessment.scheme.text import Text

FULL = 100
"""What the base of a sheet makes up where the scheme marks no group as a bonus."""


@dataclass(frozen=True)
class PartScore:
    """One part: the value measured and its exact points (``None``: not applicable)."""

    part: Part
    measured: Measured
    value: Fraction | None

    @property
    def points(self) -> Points:
        """The points with their sentence."""
        return self.part.points(self.measured)


@dataclass(frozen=True)
class Line:
    """One indicator. Amounts in hundredths of a point are integers; ``None`` means not applicable.

    ``exact`` is the indicator's worth before redistribution, ``factor`` what redistribution multiplies it by,
    ``computed`` the one rounding of their product, ``ruled`` an appeal's figure for this line of the sheet. An indicator that
    does not apply, but for which the scheme says what then counts, has that as ``exact``.
    """

    indicator: Indicator
    parts: tuple[PartScore, ...]
    exact: Fraction | None
    factor: Fraction
    computed: int | None
    ruled: int | None = None
    rounded_by: Rounding = USUAL_ROUNDING

    @property
    def applies(self) -> bool:
        """Whether the line counts on the sheet: it was measured, or the scheme or a ruling says what then counts."""
        return self.exact is not None or self.ruled is not None

    @property
    def final(self) -> int | None:
        """What stands: the ruling where there is one, else what was computed. Hundredths."""
        return self.computed if self.ruled is None else self.ruled

    @property
    def most(self) -> Fraction | None:
        """What the line can be worth on this sheet, after redistribution; ``None`` where there is no maximum."""
        return None if self.indicator.most is None else self.indicator.most * self.factor

    @cached_property
    def most_hundredths(self) -> int | None:
        """The same in hundredths, rounded half up."""
        return None if self.most is None else half_up(self.most)

    @cached_property
    def asked(self) -> RequiredEntry:
        """What it asks people to enter."""
        return asked(self.indicator, self.most_hundredths)

    @property
    def rescaling(self) -> Text | None:
        """The redistribution in words, ``None`` where there was none."""
        if self.exact is None or self.factor == 1:
            return None
        sum_ = f"{number(self.exact)} × {number(self.factor)}"
        return Text(
            f"本组有不适用的指标，按满分重新分配 {sum_}", f"others do not apply, redistributed {sum_}"
        )

    @property
    def rounding(self) -> Text | None:
        """The rounding in words, ``None`` where the exact value needed none."""
        if self.exact is None or self.computed is None or self.exact * self.factor * 100 == self.computed:
            return None
        return self.rounded_by.words(self.computed)

    @property
    def stand_in(self) -> Text | None:
        """What counts because the indicator does not apply, ``None`` where it does or drops out."""
        if self.exact is None or all(part.value is not None for part in self.parts):
            return None
        figure = number(self.exact)
        if self.indicator.when_not_applicable is WhenNotApplicable.FULL:
            return Text(f"不适用的按满分计 {figure} 分", f"not applicable counts as full marks, {figure}")
        return Text(f"不适用的计 {figure} 分", f"not applicable counts as {figure}")

    @property
    def because(self) -> Text:
        """The whole line as one sentence, from the measured values to the figure that stands."""
        judged = [part.points for part in self.parts]
        zh, en = [each.because_zh for each in judged], [each.because_en for each in judged]
        values = [part.value for part in self.parts if part.value is not None]
        if self.exact is not None and len(values) == len(self.parts):
            zh_sum, en_sum = self._sum(sum(values, Fraction(0)))
            zh += zh_sum
            en += en_sum
        for step in (self.stand_in, self.rescaling, self.rounding):
            if step is not None:
                zh.append(step.zh)
                en.append(step.en)
        if self.ruled is not None:
            zh.append(f"经申诉裁定为 {two_decimals(self.ruled)} 分")
            en.append(f"ruled {two_decimals(self.ruled)} on appeal")
        return Text("；".join(zh) + "。", "; ".join(en) + ".")

    def _sum(self, earned: Fraction) -> tuple[list[str], list[str]]:
        indicator, exact = self.indicator, number(self.exact or 0)
        if indicator.base is not None:
            sum_ = f"{number(indicator.base)} − {number(earned)}"
            if indicator.base - earned < indicator.floor:
                if indicator.floor == 0:
                    return [f"{sum_}，扣完为止，得 0 分"], [f"{sum_}, not below 0"]
                return [f"{sum_}，最低 {exact} 分"], [f"{sum_}, not below {exact}"]
            return [f"{sum_}，得 {exact} 分"], [f"{sum_} = {exact}"]
        if indicator.most is not None and earned > indicator.most:
            return [f"合计 {number(earned)}，最多 {exact} 分"], [f"{number(earned)} in all, at most {exact}"]
        if earned < indicator.floor:
            return [f"合计 {number(earned)}，最低 {exact} 分"], [
                f"{number(earned)} in all, not below {exact}"
            ]
        if len(self.parts) > 1:
            return [f"合计 {exact} 分"], [f"{exact} in all"]
        return [], []


@dataclass(frozen=True)
class GroupScore:
    """The sum of a group's lines in hundredths, at most the group's maximum. ``fallback_of``: the sum, in
    hundredths, of the groups it was derived from because none of its own indicators applied.
    """

    group: Group
    hundredths: int
    fallback_of: int | None = None
    fallback_most: Fraction = Fraction(0)
    rounded_by: Rounding = USUAL_ROUNDING

    @property
    def because(self) -> Text:
        """How the group's figure came about."""
        figure = two_decimals(self.hundredths)
        if self.fallback_of is None:
            return Text(f"各指标之和 {figure} 分", f"sum of its lines {figure}")
        names, most = "+".join(self.group.fallback), number(self.group.most or 0)
        whole = number(self.fallback_most)
        sum_ = f"{most} × {two_decimals(self.fallback_of)} ÷ {whole}"
        rounding = self.rounded_by.words(self.hundredths)
        return Text(
            f"各指标都不适用，按 {most} ×（{names}）÷ {whole} = {sum_}，{rounding.zh}",
            f"no indicator applies: {most} × ({names}) ÷ {whole} = {sum_}, {rounding.en}",
        )


@dataclass(frozen=True)
class Sheet:
    """All lines, groups and the total (hundredths, not below 0) of one pairing.

    ``vetoes``: the ids of the scheme's vetoes (一票否决) of which there is a fact.
    """

    pairing: str
    lines: tuple[Line, ...]
    groups: tuple[GroupScore, ...]
    total: int
    vetoes: tuple[str, ...] = ()

    @property
    def vetoed(self) -> bool:
        """Whether any veto strikes the pairing."""
        return bool(self.vetoes)

    @cached_property
    def bonus_groups(self) -> frozenset[str]:
        """The groups that add to a base already full: what is not won there is not lost."""
        bonus, so_far = set(), Fraction(0)
        for group in (each.group for each in self.groups):
            if group.sign < 0:
                continue
            if group.bonus or group.most is None or so_far + group.most > FULL:
                bonus.add(group.code)
            else:
                so_far += group.most
        return frozenset(bonus)

    def line(self, indicator: str) -> Line:
        """The line of an indicator. Raises ``KeyError``."""
        for each in self.lines:
            if each.indicator.code == indicator:
                return each
        raise KeyError(indicator)

    def group(self, code: str) -> GroupScore:
        """The score of a group. Raises ``KeyError``."""
        for each in self.groups:
            if each.group.code == code:
                return each
        raise KeyError(code)

    def figure(self, code: str) -> int | None:
        """The hundredths of a group or an indicator; ``None`` where it is not applicable, or not for the unit's class."""
        for group in self.groups:
            if group.group.code == code:
                return group.hundredths
        return next((line.final for line in self.lines if line.indicator.code == code), None)

    def key(self, order: tuple[str, ...]) -> tuple[int, ...]:
        """What decides the place, the weightiest first; more is better."""
        return tuple(self.total if each == "total" else self.group(each).hundredths for each in order)
