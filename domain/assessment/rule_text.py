"""Rules of a scheme's TOML, refusing whatever could not be meant."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from domain.assessment.measured import NOTHING, Measured
from domain.assessment.measures import Measure
from domain.assessment.reading import Table
from domain.assessment.rules import ByDate, Each, MeanValue, OfTotal, PerLevel, Rule, Steps, ToTarget
from domain.assessment.text import Text


def rule(table: Table, measure: Measure | None) -> Rule:
    """What the value of ``measure`` is worth. What is wrong is noted in the table's problems; whether the rule fits is
    not asked when the measure itself is wrong (``None``).
    """
    kind = table.word("kind", RULES, decides=True)
    found = RULES[kind](table)
    table.finish()
    if measure is None:
        return found
    needed = type(NOTHING[measure.kind])
    if found.ACCEPTS is not needed:
        fitting = [each for each, accepts in ACCEPTS.items() if accepts is needed]
        table.refuse(
            "kind",
            Text(
                f"{kind} 不能评判 {measure.kind.value} 的结果",
                f"{kind!r} cannot judge {measure.kind.value!r}",
            ),
            Text(f"从中选：{'、'.join(fitting)}", f"choose from {', '.join(fitting)}"),
            given=["kind"],
        )
    elif isinstance(found, PerLevel) and [level for level, _, _ in found.levels] != list(
        measure.facts.levels
    ):
        table.refuse(
            "levels",
            Text("与计量的级别不同", "are not those of the measure"),
            Text("写相同的级别，顺序也相同", "list the same levels in the same order"),
        )
    return found


def _by_date(table: Table) -> Rule:
    steps = []
    for each in table.tables("steps"):
        steps.append((each.day("last"), each.points("points")))
        each.finish()
    if steps != sorted(steps, key=lambda step: step[0]):
        table.refuse(
            "steps",
            Text("没有按日期先后排列", "are not in the order of their days"),
            Text("最早的写在最前", "write the earliest first"),
        )
    return ByDate(tuple(steps))


def _of_total(table: Table) -> Rule:
    at_full = table.points("at_full")
    if table.has("not_applicable_when_none") and table.boolean("not_applicable_when_none"):
        return OfTotal(at_full, None)
    return OfTotal(at_full, table.points("when_none"))


def _each(table: Table) -> Rule:
    return Each(table.points("each"), table.points("at_most") if table.has("at_most") else None)


def _to_target(table: Table) -> Rule:
    return ToTarget(table.integer("target", 1, 1_000_000), table.points("at_target"))


def _steps(table: Table) -> Rule:
    steps = []
    for each in table.tables("steps"):
        steps.append((each.integer("from", 1, 1_000_000), each.points("points")))
        each.finish()
    if len({least for least, _ in steps}) != len(steps) or steps != sorted(steps, reverse=True):
        table.refuse(
            "steps",
            Text("没有从高到低排列", "are not in falling order"),
            Text("最高的一档写在最前", "write the highest step first"),
        )
    return Steps(tuple(steps))


def _mean(table: Table) -> Rule:
    times = table.points("times") if table.has("times") else Fraction(1)
    return MeanValue(table.integer("at_least", 1, 1_000_000), times)


def _per_level(table: Table) -> Rule:
    levels = []
    for each in table.tables("levels"):
        levels.append((each.string("level"), each.points("points"), each.text("label")))
        each.finish()
    return PerLevel(tuple(levels))


RULES: dict[str, Callable[[Table], Rule]] = {
    "by_date": _by_date,
    "of_total": _of_total,
    "each": _each,
    "to_target": _to_target,
    "steps": _steps,
    "mean": _mean,
    "per_level": _per_level,
}

ACCEPTS: dict[str, type[Measured]] = {
    "by_date": ByDate.ACCEPTS,
    "of_total": OfTotal.ACCEPTS,
    "each": Each.ACCEPTS,
    "to_target": ToTarget.ACCEPTS,
    "steps": Steps.ACCEPTS,
    "mean": MeanValue.ACCEPTS,
    "per_level": PerLevel.ACCEPTS,
}
"""Rule kind to what it judges."""


def can_be_na(rule: Rule) -> bool:
    """Whether a value may leave the rule not applicable."""
    return isinstance(rule, MeanValue) or (isinstance(rule, OfTotal) and rule.when_none is None)
