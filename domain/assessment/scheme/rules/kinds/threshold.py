"""All points from so many percent of the whole."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.json_schema import POINTS, table, word
from domain.assessment.scheme.measured_values import Measured, Share
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules import shared
from domain.assessment.scheme.rules.rule import ZERO, Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text


class Otherwise(enum.Enum):
    """What a share below a threshold earns: nothing, or points in proportion to the share."""

    NOTHING = "nothing"
    PROPORTIONAL = "proportional"


@dataclass(frozen=True)
class Threshold(Rule):
    """All points from ``at_least`` percent of the whole, below that ``otherwise``. ``when_none`` is what an empty whole is
    worth, ``None`` for not applicable.
    """

    at_least: Fraction
    award: Fraction
    otherwise: Otherwise
    when_none: Fraction | None

    ACCEPTS = Share
    SCHEMA = table({"at_least": POINTS, "points": POINTS, "otherwise": word(Otherwise)}, shared.NONE)
    COUNTS_REPORTED = True

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "threshold", at_least = 80, points = 10, otherwise = "proportional", when_none = 0 }``."""
        least, award = shared.percent(table, "at_least"), table.points("points")
        return cls(least, award, table.choice("otherwise", Otherwise), shared.when_none(table))

    @property
    def may_not_apply(self) -> bool:
        return self.when_none is None

    @property
    def most(self) -> Fraction:
        return max(self.award, self.when_none or ZERO)

    @property
    def for_all(self) -> Fraction:
        return self.award

    def _reached(self, share: Share) -> bool:
        return 100 * share.part >= self.at_least * share.whole

    def value(self, measured: Measured) -> Fraction | None:
        share = self.fitting(measured, Share)
        if share.whole == 0:
            return self.when_none
        if self._reached(share):
            return self.award
        if self.otherwise is Otherwise.NOTHING:
            return ZERO
        return self.award * share.part / share.whole

    def terms(self, measured: Measured, unit: Text) -> Text:
        share = self.fitting(measured, Share)
        if share.whole == 0:
            return shared.NOTHING_TO_MEET
        least, award = number(self.at_least), number(self.award)
        terms = Text(f"{least}% 以上得 {award} 分", f"{award} from {least}%")
        if self._reached(share):
            return terms
        if self.otherwise is Otherwise.NOTHING:
            return Text(f"{terms.zh}，否则不得分", f"{terms.en}, otherwise nothing")
        sum_ = f"{award} × {share.part}/{share.whole}"
        return Text(f"{terms.zh}，否则按完成比例 {sum_}", f"{terms.en}, otherwise in proportion {sum_}")

    def in_words(self, unit: Text) -> Text:
        least, award, none = number(self.at_least), number(self.award), shared.worth_of_none(self.when_none)
        nothing = self.otherwise is Otherwise.NOTHING
        return Text(
            f"达到 {least}% 得 {award} 分，否则{'不得分' if nothing else '按完成比例得分'}；没有可计的对象时{none.zh}",
            f"{award} from {least}%, otherwise {'nothing' if nothing else 'in proportion'}; nothing to judge: {none.en}",
        )

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        return shared.by_meeting(self, self.fitting(measured, Share), rest)
