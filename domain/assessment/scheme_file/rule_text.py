"""Rules of a scheme's TOML, refusing whatever could not be meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from domain.assessment.scheme.measured import NOTHING, Measured
from domain.assessment.scheme.measures import Measure
from domain.assessment.scheme.points import number
from domain.assessment.scheme.rules.deductions import Flat, PerMissing, PerUnmet, Threshold
from domain.assessment.scheme.rules.opinions import Rated, Satisfaction
from domain.assessment.scheme.rules.rule import (
    ByDate,
    Each,
    MeanValue,
    OfTotal,
    PerLevel,
    Rule,
    Steps,
    ToTarget,
)
from domain.assessment.scheme.rules.stated import ByPlace, Converted, Given
from domain.assessment.scheme.scheme import Part
from domain.assessment.scheme.text import Text
from domain.assessment.scheme_file import rule_text_kinds as kinds
from domain.assessment.scheme_file.reading import Table


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
    return OfTotal(table.points("at_full"), kinds.when_none(table))


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
    return PerLevel(tuple(levels), table.points("at_most") if table.has("at_most") else None)


RULES: dict[str, Callable[[Table], Rule]] = {
    "by_date": _by_date,
    "of_total": _of_total,
    "each": _each,
    "to_target": _to_target,
    "steps": _steps,
    "mean": _mean,
    "per_level": _per_level,
    "flat": kinds.flat,
    "per_missing": kinds.per_missing,
    "per_unmet": kinds.per_unmet,
    "threshold": kinds.threshold,
    "by_place": kinds.by_place,
    "converted": kinds.converted,
    "given": kinds.given,
    "rated": kinds.rated,
    "satisfaction": kinds.satisfaction,
}

ACCEPTS: dict[str, type[Measured]] = {
    "by_date": ByDate.ACCEPTS,
    "of_total": OfTotal.ACCEPTS,
    "each": Each.ACCEPTS,
    "to_target": ToTarget.ACCEPTS,
    "steps": Steps.ACCEPTS,
    "mean": MeanValue.ACCEPTS,
    "per_level": PerLevel.ACCEPTS,
    "flat": Flat.ACCEPTS,
    "per_missing": PerMissing.ACCEPTS,
    "per_unmet": PerUnmet.ACCEPTS,
    "threshold": Threshold.ACCEPTS,
    "by_place": ByPlace.ACCEPTS,
    "converted": Converted.ACCEPTS,
    "given": Given.ACCEPTS,
    "rated": Rated.ACCEPTS,
    "satisfaction": Satisfaction.ACCEPTS,
}
"""Rule kind to what it judges."""


def completed(measure: Measure, rule: Rule) -> Measure:
    """The measure with the words of the scheme that only its rule names: rater groups, options of a questionnaire."""
    match rule:
        case Rated(groups=groups):
            words = tuple(each.group for each in groups)
        case Satisfaction(options=options):
            words = tuple(each.option for each in options)
        case _:
            return measure
    return replace(measure, facts=replace(measure.facts, levels=words))


def refuse_parts(table: Table, part: Part, before: Sequence[Part], most: Fraction | None) -> None:
    """Refuse a part of an indicator that earns points and cannot be reached within its maximum, or that counts what an
    earlier part counts already. ``most`` is ``None`` where there is no maximum, or where points are taken off.
    """
    beyond = part.rule.most
    if most is not None and beyond is not None and beyond > most:
        table.refuse(
            "rule",
            Text(
                f"{number(beyond)} 分超过该指标的满分 {number(most)}",
                f"{number(beyond)} exceeds the indicator's maximum {number(most)}",
            ),
            Text(f"最多写 {number(most)}，或提高 max", f"write at most {number(most)}, or raise max"),
        )
    _refuse_more_than_the_year(table, part, before, most)
    own = part.measure.facts
    if own.indicator and own.kind in {
        each.measure.facts.kind for each in before if each.measure.facts.indicator
    }:
        table.refuse(
            "measure",
            Text("与前面的部分计的是同一份评定", "counts what an earlier part counts already"),
            Text("把这一部分单列为一项指标", "make it an indicator of its own"),
        )


def _refuse_more_than_the_year(
    table: Table, part: Part, before: Sequence[Part], most: Fraction | None
) -> None:
    """Refuse parts for different days of the year of which each gives all points: who keeps one of them has them all."""
    tops = [
        top
        for each in (*before, part)
        if (each.measure.facts.valid_from or each.measure.facts.valid_until)
        and (top := _for_all(each.rule)) is not None
    ]
    whole = sum(tops, Fraction(0))
    if most is not None and len(tops) > 1 and whole > most:
        table.refuse(
            "rule",
            Text(
                f"各段日期的满分合计 {number(whole)}，超过该指标的满分 {number(most)}",
                f"the parts for different days give {number(whole)} together, the indicator at most {number(most)}",
            ),
            Text(
                f"把分值（和应有的次数）按各段分开写，合计 {number(most)}",
                f"divide the points (and what is expected) between the parts, {number(most)} in all",
            ),
        )


def _for_all(rule: Rule) -> Fraction | None:
    """What a rule gives when all that its days ask for was done; ``None`` for rules that give so much for each."""
    match rule:
        case OfTotal(at_full=points) | PerMissing(at_full=points) | PerUnmet(at_full=points):
            return points
        case ToTarget(at_target=points) | Threshold(award=points):
            return points
        case Steps(steps=steps):
            return steps[0][1] if steps else None
    return None


def can_be_na(rule: Rule) -> bool:
    """Whether a value may leave the rule not applicable."""
    return rule.may_not_apply
