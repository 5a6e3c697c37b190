"""Measured values: what the engine counted, for one pairing and one part of an indicator."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.assessment.scheme.measures import MeasureKind
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.text import Text


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


class StatedPoints(NamedTuple):
    """Points somebody stated, in hundredths; ``None`` while nobody has."""

    hundredths: int | None = None


class Place(NamedTuple):
    """A place, 1 the best, ``None`` for none; ``among`` so many, 0 where nobody said."""

    place: int | None = None
    among: int = 0


class Ratings(NamedTuple):
    """(group, sum of its ballots in hundredths, how many ballots), in the order of the scheme; groups without any are
    left out.
    """

    groups: tuple[tuple[str, int, int], ...] = ()


class Survey(NamedTuple):
    """Questionnaires issued, returned and valid; ``options`` are (option, how many valid ones), in the order of the scheme."""

    issued: int = 0
    returned: int = 0
    valid: int = 0
    options: tuple[tuple[str, int], ...] = ()


Measured = Amount | Share | Day | Mean | Tally | StatedPoints | Place | Ratings | Survey

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
    MeasureKind.CADENCE: Share(),
    MeasureKind.RANK: Place(),
    MeasureKind.STATED: StatedPoints(),
    MeasureKind.PLACED: Place(),
    MeasureKind.RATINGS: Ratings(),
    MeasureKind.SURVEY: Survey(),
}
"""The value when there is no fact at all."""


def counted(n: int, unit: Text) -> str:
    """``1 month``, ``7 months``, ``2 studies``, ``3 days``."""
    if n == 1:
        return f"{n} {unit.en}"
    if unit.en.endswith("y") and unit.en[-2:-1] not in "aeiou":
        return f"{n} {unit.en[:-1]}ies"
    return f"{n} {unit.en}s"


def of_days(title: Text, first: date | None, last: date | None) -> Text:
    """``title`` with the days that are judged, both included, where the clause holds for a part of the year only."""
    match first, last:
        case None, None:
            return title
        case _, None:
            return Text(f"{title.zh}（{first} 起）", f"{title.en} (from {first})")
        case None, _:
            return Text(f"{title.zh}（至 {last}）", f"{title.en} (until {last})")
    return Text(f"{title.zh}（{first} 至 {last}）", f"{title.en} ({first} to {last})")


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
        case _:
            return _stated(measured, title, unit)


def _stated(measured: Measured, title: Text, unit: Text) -> Text:
    """As ``phrase``, for what was stated or ranked rather than counted."""
    match measured:
        case StatedPoints(None):
            return Text(f"{title.zh}：尚未评定", f"{title.en}: not assessed yet")
        case StatedPoints(hundredths):
            figure = two_decimals(hundredths)
            return Text(
                f"{title.zh}：评定 {figure} {unit.zh}", f"{title.en}: assessed at {figure} {unit.en}s"
            )
        case Place(None):
            return Text(f"{title.zh}：没有名次", f"{title.en}: no place")
        case Place(place, 0):
            return Text(f"{title.zh}：第 {place} 名", f"{title.en}: place {place}")
        case Place(place, among):
            return Text(f"{title.zh}：{among} 个中第 {place} 名", f"{title.en}: place {place} of {among}")
        case Ratings(groups):
            n = sum(ballots for _, _, ballots in groups)
            return Text(f"{title.zh}：收到 {n} {unit.zh}", f"{title.en}: {counted(n, unit)} received")
        case Survey(issued, returned, valid):
            return Text(
                f"{title.zh}：发出 {issued} {unit.zh}，收回 {returned} {unit.zh}，有效 {valid} {unit.zh}",
                f"{title.en}: {counted(issued, unit)} issued, {returned} returned, {valid} valid",
            )
    raise TypeError(f"no words for {measured!r}")
