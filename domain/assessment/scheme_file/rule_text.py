"""Rules of a scheme's TOML, refusing whatever could not be meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from domain.assessment.scheme.measured_values import NOTHING
from domain.assessment.scheme.measures import Measure
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules.registry import KINDS
from domain.assessment.scheme.rules.rule import Rule
from domain.assessment.scheme.scheme import Part
from domain.assessment.scheme.text import Text


def rule(table: Table, measure: Measure | None) -> Rule:
    """What the value of ``measure`` is worth. What is wrong is noted in the table's problems; whether the rule fits is
    not asked when the measure itself is wrong (``None``).
    """
    kind = table.word("kind", KINDS, decides=True)
    found = KINDS[kind].read(table)
    table.finish()
    if measure is None:
        return found
    needed = type(NOTHING[measure.kind])
    if found.ACCEPTS is not needed:
        fitting = [word for word, each in KINDS.items() if each.ACCEPTS is needed]
        value = measure.kind.value
        table.refuse(
            "kind",
            Text(f"{kind} 不能评判 {value} 的结果", f"{kind!r} cannot judge {value!r}"),
            Text(f"从中选：{'、'.join(fitting)}", f"choose from {', '.join(fitting)}"),
            given=["kind"],
        )
    elif misfit := found.misfit(measure):
        table.refuse(*misfit)
    return found


def completed(measure: Measure, rule: Rule) -> Measure:
    """The measure with the words of the scheme that only its rule names: rater groups, options of a questionnaire."""
    return replace(measure, facts=replace(measure.facts, levels=tuple(rule.names))) if rule.names else measure


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
        and (top := each.rule.for_all) is not None
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
