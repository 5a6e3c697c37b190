"""Satisfaction surveys (民主测评、满意度)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from domain.assessment.scheme.json_schema import MANY, POINTS, STRING, TEXT, table, tables, whole
from domain.assessment.scheme.measured_values import Measured, Survey, counted
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules import shared
from domain.assessment.scheme.rules.rule import ZERO, Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text


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
    SCHEMA = table(
        {
            "at_full": POINTS,
            "at_least": MANY,
            "options": tables(table({"option": STRING, "worth": POINTS, "label": TEXT})),
        },
        {
            "when_fewer": POINTS,
            "warn_below": table({}, {"valid": MANY, "returned_percent": whole(1, 100)}),
        },
    )

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "satisfaction", at_full = 10, at_least = 10, options = [...], warn_below = { valid = 30 } }``."""
        options = table.rows("options", _option)
        shared.demand_once(table, "options", [each.option for each in options])
        if all(each.worth == 0 for each in options):
            table.refuse(
                "options",
                Text("没有一个选项得分", "no option is worth anything"),
                Text("至少给一个选项写大于 0 的 worth", "give at least one a worth above 0"),
                given=["options"],
            )
        at_least = table.integer("at_least")
        valid, returned = _warnings(table, at_least)
        return cls(
            at_full=table.points("at_full"),
            options=options,
            at_least=at_least,
            when_fewer=table.optional_points("when_fewer"),
            warn_valid=valid,
            warn_returned=returned,
        )

    @property
    def may_not_apply(self) -> bool:
        return self.when_fewer is None

    @property
    def most(self) -> Fraction:
        return max(self.at_full, self.when_fewer or ZERO)

    @property
    def names(self) -> dict[str, Text]:
        return {each.option: each.label for each in self.options}

    def value(self, measured: Measured) -> Fraction | None:
        survey = self.fitting(measured, Survey)
        if survey.valid < self.at_least:
            return self.when_fewer
        worth = {option: worth for option, worth, _ in self.options}
        weighted = sum((worth[option] * n for option, n in survey.options if option in worth), ZERO)
        return self.at_full * weighted / (100 * survey.valid)

    def terms(self, measured: Measured, unit: Text) -> Text:
        survey = self.fitting(measured, Survey)
        if survey.valid < self.at_least:
            least = self.at_least
            return Text(f"有效的少于 {least} {unit.zh}", f"fewer than {counted(least, unit)} valid")
        counts = dict(survey.options)
        seen = [
            (label, counts[option], number(worth))
            for option, worth, label in self.options
            if option in counts
        ]
        zh = " + ".join(f"{label.zh} {n} × {worth}%" for label, n, worth in seen) or "0"
        en = " + ".join(f"{label.en} {n} × {worth}%" for label, n, worth in seen) or "0"
        sum_ = f"÷ {survey.valid} × {number(self.at_full)}"
        warning = self._warning(survey, unit)
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

    def in_words(self, unit: Text) -> Text:
        full, fewer = number(self.at_full), shared.worth_of_none(self.when_fewer)
        return Text(
            f"{full} 分 × 有效问卷的平均满意程度（"
            + "、".join(f"{label.zh} {number(worth)}%" for _, worth, label in self.options)
            + f"）；有效的少于 {self.at_least} {unit.zh}的{fewer.zh}",
            f"{full} × the mean of valid questionnaires ("
            + ", ".join(f"{label.en} {number(worth)}%" for _, worth, label in self.options)
            + f"); with fewer than {self.at_least} valid {fewer.en}",
        )

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        return shared.by_assessing(self, measured, rest)


def _option(table: Table) -> Option:
    worth = table.points("worth")
    if worth > 100:
        table.refuse(
            "worth",
            Text(f"{number(worth)}% 超过满分", f"{number(worth)}% exceeds full marks"),
            Text("写 0 到 100 的百分比", "write a percentage from 0 to 100"),
            given=["worth"],
        )
    return Option(table.string("option"), worth, table.text("label"))


def _warnings(table: Table, at_least: int) -> tuple[int, int]:
    """Below how many valid ones, and below how many percent returned, the sample is said to be small; 0 for never."""
    if not table.has("warn_below"):
        return 0, 0
    own = table.table("warn_below")
    valid = own.integer("valid") if own.has("valid") else 0
    returned = own.integer("returned_percent", 1, 100) if own.has("returned_percent") else 0
    if not valid and not returned:
        own.refuse(
            "",
            Text("没有说明何时算样本偏小", "does not say when a sample is small"),
            Text("写 valid 或 returned_percent", "write valid or returned_percent"),
        )
    if valid and valid <= at_least:
        own.refuse(
            "valid",
            Text(
                f"有效的不足 {at_least} 时已不计分，{valid} 永远用不上",
                f"fewer than {at_least} valid ones do not count anyway, so {valid} never warns",
            ),
            Text(f"写大于 {at_least} 的数", f"write more than {at_least}"),
            given=["valid"],
        )
    own.finish()
    return valid, returned
