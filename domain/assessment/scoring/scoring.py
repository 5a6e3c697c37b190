"""From measured values to the sheet: lines, redistribution, groups, total, veto."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from domain.assessment.scheme.measured_values import Amount, Measured
from domain.assessment.scheme.scheme import Group, Indicator, Scheme, WhenNotApplicable
from domain.assessment.scoring.sheet import GroupScore, Line, PartScore, Sheet

ONE = Fraction(1)
NONE = Amount()


@dataclass
class Memo:
    """What was worked out already, for a county has few distinct values: lines by indicator, measured values and
    redistribution, and sums of groups by group and hundredths.
    """

    lines: dict[tuple[object, ...], Line] = field(default_factory=dict)
    sums: dict[tuple[str, int], GroupScore] = field(default_factory=dict)


def score(
    scheme: Scheme,
    pairing: str,
    measured: Mapping[str, Measured],
    rulings: Mapping[str, int] | None = None,
    memo: Memo | None = None,
) -> Sheet:
    """The sheet of ``pairing`` from the values measured (id of a part or a veto to value; absent
    means that nothing was found) and the rulings of appeals (indicator code to hundredths).

    ``scheme`` is the tree that applies to the pairing's unit: ``Scheme.for_class``. A ruling is the figure of its line as
    the sheet shows it, after redistribution. A line that is ruled on applies, whatever was measured: redistribution
    leaves it its part of the group's maximum. Lines of other groups never move with it. ``memo`` may be shared between
    the pairings of one scheme, also of several classes. Raises ``TypeError`` for a value of the wrong kind.
    """
    rulings = rulings or {}
    memo = Memo() if memo is None else memo
    lines: list[Line] = []
    groups: dict[str, GroupScore] = {}
    for group in scheme.groups:
        own = _lines(scheme, group, measured, rulings, memo)
        groups[group.code] = _group(scheme, group, own, groups, memo)
        lines += own
    total = sum(each.group.sign * each.hundredths for each in groups.values())
    return Sheet(
        pairing=pairing,
        lines=tuple(lines),
        groups=tuple(groups.values()),
        total=max(total, 0),
        vetoes=tuple(each.id for each in scheme.vetoes if measured.get(each.id, NONE) != NONE),
    )


def _lines(
    scheme: Scheme, group: Group, measured: Mapping[str, Measured], rulings: Mapping[str, int], memo: Memo
) -> list[Line]:
    lines = [_line(scheme, indicator, measured, memo) for indicator in group.indicators]
    if rulings:
        lines = [replace(each, ruled=rulings.get(each.indicator.code)) for each in lines]
    if group.redistributes:
        factor = _factor(group, lines)
        if factor != ONE:
            lines = [_by(scheme, each, factor, memo) if each.applies else each for each in lines]
    return lines


def _line(scheme: Scheme, indicator: Indicator, measured: Mapping[str, Measured], memo: Memo) -> Line:
    found = tuple(map(measured.get, *indicator.measured))
    key = (indicator.code, found)
    line = memo.lines.get(key)
    if line is None:
        parts = tuple(
            PartScore(part, value, part.rule.value(value))
            for part, value in zip(indicator.parts, found, strict=True)
        )
        exact = _exact(indicator, parts)
        computed = None if exact is None else scheme.rounding.hundredths(exact)
        line = memo.lines[key] = Line(indicator, parts, exact, ONE, computed, rounded_by=scheme.rounding)
    return line


def _by(scheme: Scheme, line: Line, factor: Fraction, memo: Memo) -> Line:
    """The line, which applies, as redistribution multiplies it; a ruling is a figure after that already."""
    if line.ruled is not None:
        computed = None if line.exact is None else scheme.rounding.hundredths(line.exact * factor)
        return replace(line, factor=factor, computed=computed)
    key = (line.indicator.code, factor, *(part.measured for part in line.parts))
    multiplied = memo.lines.get(key)
    if multiplied is None:
        computed = scheme.rounding.hundredths((line.exact or Fraction(0)) * factor)
        multiplied = memo.lines[key] = replace(line, factor=factor, computed=computed)
    return multiplied


def _exact(indicator: Indicator, parts: tuple[PartScore, ...]) -> Fraction | None:
    value = Fraction(0) if indicator.base is None else indicator.base
    for part in parts:
        if part.value is None:
            return _not_applicable(indicator)
        value = value + part.value if indicator.base is None else value - part.value
    if indicator.most is not None and value > indicator.most:
        return indicator.most
    return max(value, indicator.floor)


def _not_applicable(indicator: Indicator) -> Fraction | None:
    match indicator.when_not_applicable:
        case WhenNotApplicable.ZERO:
            return Fraction(0)
        case WhenNotApplicable.FULL:
            return indicator.most
    return None


def _factor(group: Group, lines: list[Line]) -> Fraction:
    """What keeps the group's maximum reachable when some of its indicators do not apply."""
    if all(line.applies for line in lines):
        return ONE
    applicable = sum((line.indicator.most or 0 for line in lines if line.applies), Fraction(0))
    return (group.most or ONE) / applicable if applicable else ONE


def _group(
    scheme: Scheme, group: Group, lines: list[Line], before: Mapping[str, GroupScore], memo: Memo
) -> GroupScore:
    earned = sum([line.final or 0 for line in lines])
    if group.most_hundredths is not None:
        earned = min(earned, group.most_hundredths)
    if group.fallback and group.most is not None and all(line.computed is None for line in lines):
        others = sum(before[code].hundredths for code in group.fallback)
        most = sum((scheme.group(code).most or Fraction(0) for code in group.fallback), Fraction(0))
        derived = scheme.rounding.hundredths(group.most * others / 100 / most)
        # A ruling on a line that did not apply must not leave the group lower than without it.
        if derived >= earned:
            return GroupScore(group, derived, others, most, scheme.rounding)
    total = memo.sums.get((group.code, earned))
    if total is None:
        total = memo.sums[group.code, earned] = GroupScore(group, earned)
    return total
