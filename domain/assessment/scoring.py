"""From measured values to the sheet: lines, redistribution, groups, total, veto."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from domain.assessment.measured import NOTHING, Amount, Measured
from domain.assessment.points import half_up
from domain.assessment.scheme import Group, Indicator, Part, Scheme
from domain.assessment.sheet import GroupScore, Line, PartScore, Sheet, rounded

VETO = "veto"
"""The id under which the veto's facts are counted beside the parts."""

Judge = Callable[[Part, Measured], Fraction | None]
ONE = Fraction(1)


def judge(part: Part, measured: Measured) -> Fraction | None:
    """The exact points of one part."""
    return part.rule.value(measured)


def remembering() -> Judge:
    """As ``judge``, but equal values of a part are judged once: a county has few distinct ones."""
    known: dict[tuple[str, Measured], Fraction | None] = {}

    def remembered(part: Part, measured: Measured) -> Fraction | None:
        key = (part.id, measured)
        if key not in known:
            known[key] = part.rule.value(measured)
        return known[key]

    return remembered


def score(
    scheme: Scheme,
    pairing: str,
    measured: Mapping[str, Measured],
    rulings: Mapping[str, int] | None = None,
    judge: Judge = judge,
) -> Sheet:
    """The sheet of ``pairing`` from the values measured (part id, and ``veto``, to value; absent means
    nothing was found) and the rulings of appeals (indicator code to hundredths).

    A ruling is the figure of its line as the sheet shows it, after redistribution; the other lines stay as
    they were computed. Raises ``TypeError`` for a value of the wrong kind.
    """
    rulings = rulings or {}
    lines: list[Line] = []
    groups: dict[str, GroupScore] = {}
    for group in scheme.groups:
        own = _lines(group, measured, rulings, judge)
        groups[group.code] = _group(scheme, group, own, groups)
        lines += own
    total = sum(each.group.sign * each.hundredths for each in groups.values())
    veto = measured.get(VETO, Amount())
    return Sheet(
        pairing=pairing,
        lines=tuple(lines),
        groups=tuple(groups.values()),
        total=max(total, 0),
        vetoed=isinstance(veto, Amount) and veto.n > 0,
    )


def _lines(
    group: Group, measured: Mapping[str, Measured], rulings: Mapping[str, int], judge: Judge
) -> list[Line]:
    scored = [(indicator, _parts(indicator, measured, judge)) for indicator in group.indicators]
    exact = [_exact(indicator, parts) for indicator, parts in scored]
    factor = _factor(group, exact) if group.fallback else ONE
    return [
        Line(indicator, parts, value, factor, rounded(value, factor), rulings.get(indicator.code))
        for (indicator, parts), value in zip(scored, exact, strict=True)
    ]


def _parts(indicator: Indicator, measured: Mapping[str, Measured], judge: Judge) -> tuple[PartScore, ...]:
    found = [(part, measured.get(part.id, NOTHING[part.measure.kind])) for part in indicator.parts]
    return tuple(PartScore(part, value, judge(part, value)) for part, value in found)


def _exact(indicator: Indicator, parts: tuple[PartScore, ...]) -> Fraction | None:
    value = Fraction(0) if indicator.base is None else indicator.base
    for part in parts:
        if part.value is None:
            return None
        value = value + part.value if indicator.base is None else value - part.value
    if indicator.most is not None and value > indicator.most:
        return indicator.most
    return max(value, Fraction(0))


def _factor(group: Group, exact: list[Fraction | None]) -> Fraction:
    """What keeps the group's maximum reachable when some of its indicators do not apply."""
    applicable = sum(
        (
            indicator.most or 0
            for indicator, value in zip(group.indicators, exact, strict=True)
            if value is not None
        ),
        Fraction(0),
    )
    return (group.most or ONE) / applicable if applicable else ONE


def _group(scheme: Scheme, group: Group, lines: list[Line], before: Mapping[str, GroupScore]) -> GroupScore:
    earned = sum(line.final or 0 for line in lines)
    if group.most is not None:
        earned = min(earned, half_up(group.most))
    if group.fallback and group.most is not None and all(line.computed is None for line in lines):
        others = sum(before[code].hundredths for code in group.fallback)
        most = sum((scheme.group(code).most or Fraction(0) for code in group.fallback), Fraction(0))
        derived = half_up(group.most * others / 100 / most)
        # A ruling on a line that did not apply must not leave the group lower than without it.
        if derived >= earned:
            return GroupScore(group, derived, others, most)
    return GroupScore(group, earned)
