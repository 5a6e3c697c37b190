"""A draft tried on a year that is over: who would have moved, by how much, and why. Pure; the sheets are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.assessment.scheme.changes import Aspect, Change, changes, of_indicator
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme.text import Text
from domain.assessment.scoring.grades import Grade
from domain.assessment.scoring.sheet import Line, Sheet

Results = Mapping[str, tuple[Sheet, Grade]]
"""Pairing id to its sheet and grade."""


@dataclass(frozen=True)
class LineMove:
    """One line with another figure. ``before`` and ``after`` in hundredths, ``None`` where it did not apply or does not exist.

    ``aspects``: what about the indicator differs; empty where it moved only because others of its group do.
    """

    code: str
    title: Text
    before: int | None
    after: int | None
    aspects: frozenset[Aspect]
    said_before: Text | None
    said_after: Text | None


@dataclass(frozen=True)
class Move:
    """One pairing whose total (hundredths) or grade would have been another."""

    pairing: str
    total_before: int
    total_after: int
    grade_before: Grade
    grade_after: Grade
    lines: tuple[LineMove, ...]

    @property
    def by(self) -> int:
        """How far the total moves, in hundredths; falling is negative."""
        return self.total_after - self.total_before

    @property
    def regraded(self) -> bool:
        """Whether the grade is another."""
        return self.grade_before.label != self.grade_after.label


@dataclass(frozen=True)
class BackTest:
    """``year``: whose facts; ``version``: the version of that year's scheme compared with; ``moves``: the furthest first."""

    year: int
    version: int
    subjects: int
    moves: tuple[Move, ...]
    changes: tuple[Change, ...]

    @property
    def risen(self) -> int:
        """How many totals rise."""
        return sum(each.by > 0 for each in self.moves)

    @property
    def fallen(self) -> int:
        """How many totals fall."""
        return sum(each.by < 0 for each in self.moves)

    @property
    def regraded(self) -> int:
        """How many grades change."""
        return sum(each.regraded for each in self.moves)


def back_test(old: Scheme, new: Scheme, version: int, before: Results, after: Results) -> BackTest:
    """Compare the results of one year under two schemes. ``new`` has its dates in that year already."""
    found = changes(old, new)
    moves = [
        _move(found, pairing, before[pairing], after[pairing])
        for pairing in before
        if pairing in after and _differs(before[pairing], after[pairing])
    ]
    moves.sort(key=lambda each: (-abs(each.by), not each.regraded, each.pairing))
    return BackTest(old.year, version, len(before), tuple(moves), found)


def _differs(before: tuple[Sheet, Grade], after: tuple[Sheet, Grade]) -> bool:
    return before[0].total != after[0].total or before[1].label != after[1].label


def _move(
    found: tuple[Change, ...], pairing: str, before: tuple[Sheet, Grade], after: tuple[Sheet, Grade]
) -> Move:
    old = {line.indicator.code: line for line in before[0].lines}
    new = {line.indicator.code: line for line in after[0].lines}
    lines = [
        _line(found, old.get(code), new.get(code))
        for code in {**new, **old}
        if _final(old.get(code)) != _final(new.get(code))
    ]
    return Move(pairing, before[0].total, after[0].total, before[1], after[1], tuple(lines))


def _final(line: Line | None) -> int | None:
    return None if line is None else line.final


def _line(found: tuple[Change, ...], old: Line | None, new: Line | None) -> LineMove:
    line = new or old
    assert line is not None
    return LineMove(
        code=line.indicator.code,
        title=line.indicator.title,
        before=_final(old),
        after=_final(new),
        aspects=of_indicator(found, line.indicator.code, line.indicator.group),
        said_before=None if old is None else old.because,
        said_after=None if new is None else new.because,
    )
