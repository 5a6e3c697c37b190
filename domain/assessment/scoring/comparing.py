"""Two states of a year's results side by side: who moved, by how much, and which facts or rules moved it. Pure.

Between the two lie steps in which one thing at a time is exchanged: the facts, the cut-off, the scheme. What a line moves in a
step is moved by what was exchanged there, so the movements always add up to the difference. Who moved follows from the sheets
alone; the facts behind it are looked up for whoever is shown.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.assessment.scheme.changes import Aspect, Change, changes, of_indicator
from domain.assessment.scheme.scheme import Indicator, Scheme
from domain.assessment.scoring.grades import UNGRADED, Grade, Results
from domain.assessment.scoring.sheet import GroupScore, Line, Sheet


class Cause(enum.Enum):
    """What moved points."""

    FACTS = "facts"
    CUT_OFF = "cut_off"
    RULE = "rule"
    RULING = "ruling"
    SHARED_OUT = "shared_out"
    """Others of the group began or ceased to apply, so that its points are shared out differently."""
    CAP = "cap"
    """The maximum of a group, the floor of the total, or what stands for a group of which nothing applies."""
    ASSESSED = "assessed"
    """The pairing was not assessed before, or is not any more."""


class GradeCause(enum.Enum):
    """Why a grade is another."""

    OWN_TOTAL = "own_total"
    VETO = "veto"
    RULE = "rule"
    OTHERS = "others"
    """Places and ties: others moved."""
    ADJUSTED = "adjusted"
    """By decision: an adjustment stands on one side."""
    GRADED = "graded"
    """It takes part in grading now, or not any more."""
    ASSESSED = "assessed"


@dataclass(frozen=True)
class Movement:
    """``hundredths`` by which the total moves; ``of``: the code of an indicator or a group, empty for the total."""

    cause: Cause
    of: str
    hundredths: int


@dataclass(frozen=True)
class FactView:
    """A fact as one state sees it. ``reason``: why it does not count, empty where it does. ``retracted_at``: the position of
    what took it back, where something did.
    """

    position: int
    seq: int
    reason: str
    retracted_at: int | None = None

    @property
    def key(self) -> tuple[int, int]:
        return self.position, self.seq


Verdicts = Mapping[str, Sequence[FactView]]
"""Code of an indicator, or id of a veto, to the facts behind it."""


@dataclass(frozen=True)
class FactChange:
    """A fact that came, went, or is judged differently. ``before`` and ``after``: ``None`` where it is not there."""

    before: FactView | None
    after: FactView | None

    @property
    def position(self) -> int:
        """The event that stated the fact."""
        found = self.after or self.before
        assert found is not None
        return found.position

    @property
    def by(self) -> int:
        """The event that made the difference: what took the fact back where that is why, else what stated it."""
        if self.after is not None and self.after.reason and self.after.retracted_at:
            return self.after.retracted_at
        return self.position


@dataclass(frozen=True)
class LineChange:
    """One line with another figure; ``None`` where it is not on the sheet. ``aspects``: what about the indicator's definition
    differs; empty where it moved for another reason. ``facts``: empty until they are looked up.
    """

    indicator: Indicator
    was: Line | None
    now: Line | None
    movements: tuple[Movement, ...]
    aspects: frozenset[Aspect]
    facts: tuple[FactChange, ...] = ()

    @property
    def before(self) -> int | None:
        """Hundredths; ``None`` where it did not apply, or was not on the sheet."""
        return _final(self.was)

    @property
    def after(self) -> int | None:
        """As ``before``."""
        return _final(self.now)


@dataclass(frozen=True)
class GradeChange:
    """The grade before and after; ``None`` where the pairing was not assessed. ``vetoes``: empty until they are looked up."""

    before: Grade | None
    after: Grade | None
    cause: GradeCause
    vetoes: tuple[FactChange, ...] = ()


@dataclass(frozen=True)
class PairingChange:
    """One pairing that is not as it was. ``apart``: movements that belong to no line."""

    pairing: str
    before: tuple[Sheet, Grade] | None
    after: tuple[Sheet, Grade] | None
    lines: tuple[LineChange, ...]
    apart: tuple[Movement, ...]
    regraded: GradeChange | None

    @property
    def movements(self) -> tuple[Movement, ...]:
        """All of them; they add up to ``by``."""
        return (*(each for line in self.lines for each in line.movements), *self.apart)

    @property
    def by(self) -> int:
        """How far the total moves, in hundredths."""
        return _total(self.after) - _total(self.before)

    def with_facts(self, vetoes: Iterable[str], seen_before: Verdicts, seen_after: Verdicts) -> PairingChange:
        """The same with the facts that are judged differently; ``vetoes``: the ids of those that stand on either side."""

        def changes_of(code: str) -> tuple[FactChange, ...]:
            return fact_changes(seen_before.get(code, ()), seen_after.get(code, ()))

        lines = tuple(replace(line, facts=changes_of(line.indicator.code)) for line in self.lines)
        regraded = self.regraded
        if regraded is not None and regraded.cause is GradeCause.VETO:
            regraded = replace(regraded, vetoes=tuple(each for id in vetoes for each in changes_of(id)))
        return replace(self, lines=lines, regraded=regraded)


@dataclass(frozen=True)
class ByIndicator:
    """What one indicator moved: how many totals, and by how much in all, up and down (hundredths)."""

    code: str
    pairings: int
    up: int
    down: int


@dataclass(frozen=True)
class Comparison:
    """``changed``: the furthest first. ``scheme_changes`` is empty where one scheme stands on both sides."""

    subjects_before: int
    subjects_after: int
    changed: tuple[PairingChange, ...]
    scheme_changes: tuple[Change, ...]

    @property
    def risen(self) -> int:
        """How many totals rose."""
        return sum(each.by > 0 for each in self.changed)

    @property
    def fallen(self) -> int:
        """How many totals fell."""
        return sum(each.by < 0 for each in self.changed)

    @property
    def regraded(self) -> int:
        """How many grades are others."""
        return sum(each.regraded is not None for each in self.changed)

    @property
    def by_indicator(self) -> list[ByIndicator]:
        """Which indicators moved totals, those that moved most first; the empty code stands for what is no line."""
        moved: dict[str, list[int]] = defaultdict(list)
        for each in self.changed:
            for line in each.lines:
                moved[line.indicator.code].append(sum(m.hundredths for m in line.movements))
            if each.apart:
                moved[""].append(sum(m.hundredths for m in each.apart))
        told = [
            ByIndicator(
                code,
                sum(1 for by in found if by),
                sum(by for by in found if by > 0),
                sum(by for by in found if by < 0),
            )
            for code, found in moved.items()
        ]
        return sorted(told, key=lambda each: (each.down - each.up, each.code))


@dataclass(frozen=True)
class Steps:
    """The states in their order, each with what was exchanged to come there; the first is where one comes from.

    ``adjusted``: the pairings whose grade on either side is not the computed one.
    """

    first: Results
    then: tuple[tuple[Cause, Results], ...]
    adjusted: frozenset[str] = frozenset()

    @property
    def last(self) -> Results:
        return self.then[-1][1] if self.then else self.first


def differing(before: Results, after: Results) -> list[str]:
    """The pairings whose total, grade (by what it is called) or any line differs, by id."""
    return sorted(
        pairing
        for pairing in {**before, **after}
        if pairing not in before or pairing not in after or _differs(before[pairing], after[pairing])
    )


def _differs(before: tuple[Sheet, Grade], after: tuple[Sheet, Grade]) -> bool:
    return (
        before[0].total != after[0].total
        or before[1].label != after[1].label
        or {line.indicator.code: line.final for line in before[0].lines}
        != {line.indicator.code: line.final for line in after[0].lines}
    )


def compare(old: Scheme, new: Scheme, steps: Steps) -> Comparison:
    """What differs between the first and the last of ``steps``, and why; without the facts."""
    found = changes(old, new)
    changed = [_pairing(new, found, steps, pairing) for pairing in differing(steps.first, steps.last)]
    changed.sort(key=lambda each: (-abs(each.by), each.regraded is None, each.pairing))
    return Comparison(len(steps.first), len(steps.last), tuple(changed), found)


def _pairing(new: Scheme, found: tuple[Change, ...], steps: Steps, pairing: str) -> PairingChange:
    before, after = steps.first.get(pairing), steps.last.get(pairing)
    movements = _movements(pairing, steps)
    own: dict[str, list[Movement]] = defaultdict(list)
    apart: list[Movement] = []
    old_lines, new_lines = (
        {line.indicator.code: line for line in each[0].lines} if each else {} for each in (before, after)
    )
    # In the order of the sheet as it is now; what stands there no more comes last.
    lines = {**new_lines, **old_lines, **new_lines}
    for each in movements:
        if each.of in lines and each.cause is not Cause.CAP:
            own[each.of].append(each)
        else:
            apart.append(each)
    moved = tuple(
        LineChange(
            indicator=line.indicator,
            was=old_lines.get(code),
            now=new_lines.get(code),
            movements=tuple(own[code]),
            aspects=of_indicator(found, code, line.indicator.group),
        )
        for code, line in lines.items()
        if before and after and (own[code] or _final(old_lines.get(code)) != _final(new_lines.get(code)))
    )
    return PairingChange(pairing, before, after, moved, tuple(apart), _regraded(new, steps, pairing))


def _total(result: tuple[Sheet, Grade] | None) -> int:
    return result[0].total if result else 0


def _movements(pairing: str, steps: Steps) -> list[Movement]:
    """What moves a total from the first step to the last; equal causes of one line taken together."""
    first, last = steps.first.get(pairing), steps.last.get(pairing)
    if first is None or last is None:
        return [Movement(Cause.ASSESSED, "", _total(last) - _total(first))]
    moved: dict[tuple[Cause, str], int] = defaultdict(int)
    at = first[0]
    for cause, results in steps.then:
        # Facts that are exchanged may leave a pairing unassessed for a step; it then waits for the next one.
        then = results.get(pairing)
        if then is None:
            continue
        for each in _step(cause, at, then[0]):
            moved[each.cause, each.of] += each.hundredths
        at = then[0]
    return [Movement(cause, of, by) for (cause, of), by in moved.items() if by]


def _step(cause: Cause, before: Sheet, after: Sheet) -> list[Movement]:
    moved: list[Movement] = []
    groups = {each.group.code: each for each in before.groups}
    groups_after = {each.group.code: each for each in after.groups}
    old = {line.indicator.code: line for line in before.lines}
    new = {line.indicator.code: line for line in after.lines}
    in_lines: dict[str, int] = defaultdict(int)
    for code in {**old, **new}:
        was, now = old.get(code), new.get(code)
        if was is now:
            # Equal lines of one scheme are one object: most of a sheet stays as it was.
            continue
        for each in _line(cause, code, was, now, groups, groups_after):
            moved.append(each)
        for line, sign in ((was, -1), (now, 1)):
            if line is not None:
                of = groups if sign < 0 else groups_after
                in_lines[line.indicator.group] += sign * _worth(line.final, of[line.indicator.group])
    in_groups = 0
    for code in {**groups, **groups_after}:
        by = _of_group(groups_after.get(code)) - _of_group(groups.get(code))
        in_groups += by
        moved.append(Movement(Cause.CAP, code, by - in_lines[code]))
    moved.append(Movement(Cause.CAP, "", after.total - before.total - in_groups))
    return moved


def _line(
    cause: Cause,
    code: str,
    was: Line | None,
    now: Line | None,
    groups: Mapping[str, GroupScore],
    groups_after: Mapping[str, GroupScore],
) -> list[Movement]:
    """What one line moves in a step: its own figure, the sharing out within its group, and its ruling."""
    sides = ((was, groups), (now, groups_after))
    computed = [_worth(line.computed, of[line.indicator.group]) if line else 0 for line, of in sides]
    final = [_worth(line.final, of[line.indicator.group]) if line else 0 for line, of in sides]
    by_figure, ruled = computed[1] - computed[0], (final[1] - computed[1]) - (final[0] - computed[0])
    shared = was is not None and now is not None and was.exact == now.exact and was.factor != now.factor
    if was is not None and was.ruled is not None and now is not None and now.ruled is not None:
        # A ruling stands whatever is computed beside it: nothing but the ruling moves such a line.
        return [Movement(Cause.RULING, code, final[1] - final[0])]
    figure = Cause.SHARED_OUT if shared and cause is not Cause.RULE else cause
    return [Movement(figure, code, by_figure), Movement(Cause.RULING, code, ruled)]


def _final(line: Line | None) -> int | None:
    return line.final if line else None


def _worth(hundredths: int | None, group: GroupScore) -> int:
    return group.group.sign * (hundredths or 0)


def _of_group(group: GroupScore | None) -> int:
    return group.group.sign * group.hundredths if group else 0


def fact_changes(before: Sequence[FactView], after: Sequence[FactView]) -> tuple[FactChange, ...]:
    """The facts that came, went or are judged differently, by position."""
    old, new = {each.key: each for each in before}, {each.key: each for each in after}
    return tuple(
        FactChange(old.get(key), new.get(key))
        for key in sorted({**old, **new})
        if key not in old or key not in new or old[key].reason != new[key].reason
    )


def _regraded(new: Scheme, steps: Steps, pairing: str) -> GradeChange | None:
    before, after = steps.first.get(pairing), steps.last.get(pairing)
    if before is None or after is None:
        return GradeChange(before and before[1], after and after[1], GradeCause.ASSESSED)
    if before[1].label == after[1].label:
        return None
    if pairing in steps.adjusted:
        return GradeChange(before[1], after[1], GradeCause.ADJUSTED)
    return GradeChange(before[1], after[1], _grade_cause(new, steps, pairing, before, after))


def _grade_cause(
    new: Scheme, steps: Steps, pairing: str, before: tuple[Sheet, Grade], after: tuple[Sheet, Grade]
) -> GradeCause:
    if before[0].vetoes != after[0].vetoes:
        return GradeCause.VETO
    if UNGRADED in (before[1].grade, after[1].grade):
        return GradeCause.GRADED
    order = [band.id for band in new.bands]
    by = after[0].total - before[0].total
    if before[1].grade in order and after[1].grade in order:
        better_by = order.index(before[1].grade) - order.index(after[1].grade)
        if better_by * by > 0:
            return GradeCause.OWN_TOTAL
    by_rule = next((n for n, (cause, _) in enumerate(steps.then) if cause is Cause.RULE), None)
    if by_rule is not None:
        without = steps.then[by_rule - 1][1] if by_rule else steps.first
        if pairing in without and without[pairing][1].grade == before[1].grade:
            return GradeCause.RULE
    return GradeCause.OTHERS
