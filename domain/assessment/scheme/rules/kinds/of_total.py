"""Points times the share."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.json_schema import POINTS, table
from domain.assessment.scheme.measured_values import Measured, Share
from domain.assessment.scheme.measures import MeasureKind
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules import shared
from domain.assessment.scheme.rules.rule import Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text


@dataclass(frozen=True)
class OfTotal(Rule):
    """Points times the share. ``when_none`` is what an empty whole is worth, ``None`` for not applicable."""

    at_full: Fraction
    when_none: Fraction | None

    ACCEPTS = Share
    SCHEMA = table({"at_full": POINTS}, shared.NONE)
    COUNTS_REPORTED = True

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "of_total", at_full = 2, when_none = 0 }``."""
        return cls(table.points("at_full"), shared.when_none(table))

    @property
    def may_not_apply(self) -> bool:
        return self.when_none is None

    @property
    def for_all(self) -> Fraction:
        return self.at_full

    def value(self, measured: Measured) -> Fraction | None:
        part, whole = self.fitting(measured, Share)
        return self.at_full * part / whole if whole else self.when_none

    def terms(self, measured: Measured, unit: Text) -> Text:
        part, whole = self.fitting(measured, Share)
        if whole == 0:
            return Text("没有可计比例的对象", "nothing to take a share of")
        sum_ = f"{number(self.at_full)} × {part}/{whole}"
        return Text(f"按比例 {sum_}", f"in proportion {sum_}")

    def in_words(self, unit: Text) -> Text:
        full, none = number(self.at_full), shared.worth_of_none(self.when_none)
        return Text(
            f"所占比例 × {full} 分；没有可计比例的对象时{none.zh}",
            f"share × {full}; nothing to take a share of: {none.en}",
        )

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        share = self.fitting(measured, Share)
        if rest.measure.kind is MeasureKind.DAYS_COVERED and not rest.only_reporting:
            return self._by_filling(share, rest)
        return shared.by_meeting(self, share, rest)

    def _by_filling(self, share: Share, rest: RestOfYear) -> Gain | None:
        """A post's vacant days: those that have passed are lost, those to come that nobody fills yet can be filled."""
        first = max(rest.today, rest.first_day)
        open_days = max((rest.last_day - first).days + 1 - rest.counted, 0)
        ahead = min(share.whole - share.part, open_days)
        if ahead <= 0 or share.whole == 0:
            return None
        zh = f"职务如自今日起有人在任，至多补 {ahead} 天"
        en = f"filled from today on, up to {ahead} days more count"
        return self.at_full * ahead / share.whole, Text(zh, en)
