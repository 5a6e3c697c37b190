"""Measured values: what the engine counted, for one pairing and one part of an indicator."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.assessment.measures import MeasureKind
from domain.assessment.text import Text


class Amount(NamedTuple):
    """How many; ``which`` names the months 1..12 or quarters 1..4 counted, empty for other counts."""

    n: int = 0
    which: tuple[int, ...] = ()


class Share(NamedTuple):
    """``part`` of ``whole``."""

    part: int = 0
    whole: int = 0


class Day(NamedTuple):
    """The first day, ``None`` when it never happened."""

    on: date | None = None


class Mean(NamedTuple):
    """``total`` of ``sample`` quantities."""

    total: int = 0
    sample: int = 0


class Tally(NamedTuple):
    """(level, how many), in the order of the scheme; levels that did not occur are left out."""

    counts: tuple[tuple[str, int], ...] = ()


Measured = Amount | Share | Day | Mean | Tally

NOTHING: dict[MeasureKind, Measured] = {
    MeasureKind.COUNT: Amount(),
    MeasureKind.SUM: Amount(),
    MeasureKind.MONTHS: Amount(),
    MeasureKind.QUARTERS: Amount(),
    MeasureKind.EARLIEST: Day(),
    MeasureKind.DAYS_COVERED: Share(),
    MeasureKind.SHARE: Share(),
    MeasureKind.MEAN: Mean(),
    MeasureKind.TALLY: Tally(),
    MeasureKind.TALLY_OF_HIGHEST: Tally(),
}
"""The value when there is no fact at all."""


def counted(n: int, unit: Text) -> str:
    """``1 month``, ``7 months``, ``2 studies``, ``3 days``."""
    if n == 1:
        return f"{n} {unit.en}"
    if unit.en.endswith("y") and unit.en[-2:-1] not in "aeiou":
        return f"{n} {unit.en[:-1]}ies"
    return f"{n} {unit.en}s"


def phrase(kind: MeasureKind, measured: Measured, title: Text, unit: Text) -> Text:
    """What was measured, as the first half of a sentence: ``主题党日覆盖 2 个月（4、5 月）``."""
    match measured:
        case Amount(n, which) if kind in (MeasureKind.MONTHS, MeasureKind.QUARTERS):
            suffix = " 月" if kind is MeasureKind.MONTHS else " 季度"
            zh = f"（{'、'.join(map(str, which))}{suffix}）" if which else ""
            en = f" ({', '.join(map(str, which))})" if which else ""
            return Text(
                f"{title.zh}覆盖 {n} {unit.zh}{zh}",
                f"{title.en}: {counted(n, unit)} covered{en}",
            )
        case Amount(n):
            return Text(f"{title.zh} {n} {unit.zh}", f"{title.en}: {counted(n, unit)}")
        case Day(None):
            return Text(f"{title.zh}：无", f"{title.en}: none")
        case Day(on):
            return Text(f"{title.zh}：{on}", f"{title.en}: {on}")
        case Share(part, whole) if kind is MeasureKind.DAYS_COVERED:
            return Text(
                f"{title.zh} {part} 天，结对 {whole} 天",
                f"{title.en}: {part} of {whole} days paired",
            )
        case Share(_, 0):
            return Text(f"{title.zh}：0 {unit.zh}", f"{title.en}: {counted(0, unit)}")
        case Share(part, whole):
            return Text(
                f"{title.zh}：{whole} {unit.zh}中 {part} {unit.zh}",
                f"{title.en}: {part} of {counted(whole, unit)}",
            )
        case Mean(total, sample):
            return Text(
                f"{title.zh}：{sample} {unit.zh}，合计 {total}",
                f"{title.en}: {counted(sample, unit)}, {total} in all",
            )
        case Tally(counts):
            n = sum(each for _, each in counts)
            return Text(f"{title.zh} {n} {unit.zh}", f"{title.en}: {counted(n, unit)}")
