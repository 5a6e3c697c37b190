"""The lines of a sheet as people score them: what each asks for, what is computed, and what was said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from domain.assessment.scheme.required_entry import RequiredEntry
from domain.assessment.scoring.sheet import Line
from projections.boards.assessment.year_work import (
    entries_of_year,
    ratings,
    superiors,
    surveys,
    year_ahead,
)
from projections.scores.scores import Result

Entered = Counter[tuple[str, str]]
"""(indicator, what) to how many were entered: rater groups, surveys, a superior's scores and places."""


@dataclass(frozen=True)
class LineStanding:
    """A line: what it asks for, what was computed, and what was said (``None``: nothing)."""

    line: Line
    asked: RequiredEntry
    said: Row[Any] | None

    @property
    def code(self) -> str:
        return self.line.indicator.code

    @property
    def own(self) -> int | None:
        """The unit's own score in hundredths."""
        return None if self.said is None else self.said.self_hundredths

    @property
    def verified(self) -> int | None:
        """The verified score in hundredths."""
        return None if self.said is None else self.said.verified_hundredths

    @property
    def seen(self) -> int:
        """How often it was verified."""
        return 0 if self.said is None else self.said.verifications

    @property
    def scorable(self) -> bool:
        """Whether there is anything to score: a line that counts facts which do not apply asks nobody."""
        return self.asked.anything or self.line.computed is not None

    @property
    def moved(self) -> bool:
        """Whether the computed figure is another one now than when it was verified."""
        return self.verified is not None and not self.asked.by_hand and self.verified != self.line.computed

    @property
    def differs(self) -> bool:
        """Whether the unit says otherwise than what was computed, or given by hand."""
        if self.own is None or (self.asked.by_hand and self.verified is None):
            return False
        return self.own != (self.verified if self.asked.by_hand else self.line.computed)

    def missing(self, entered: Entered) -> bool:
        """Whether something the line asks for was not entered."""
        want = self.asked
        return (
            (want.by_hand and self.verified is None)
            or entered[want.indicator, "group"] < len(want.groups)
            or (bool(want.options) and not entered[want.indicator, "survey"])
            or (want.superior_full is not None and not entered[want.indicator, "score"])
            or (want.superior_rank and not entered[want.indicator, "place"])
        )

    def agreed(self, entered: Entered) -> bool:
        """Whether it may be confirmed with others: counted, complete, not verified, and nobody says otherwise."""
        counted = not self.asked.by_hand and self.line.computed is not None and self.verified is None
        return counted and self.own in (None, self.line.computed) and not self.missing(entered)


def lines_standing(result: Result, said: Mapping[str, Row[Any]]) -> list[LineStanding]:
    """The lines of a sheet with what people said of them."""
    return [LineStanding(line, line.asked, said.get(line.indicator.code)) for line in result.sheet.lines]


def entered_in(connection: Connection, year: int, known_at: int) -> dict[str, Entered]:
    """Pairing to what was entered of raters, respondents and superiors."""
    year_ahead(connection, (ratings, surveys, superiors), year, known_at)
    found: dict[str, Entered] = {}
    for table, what in ((ratings, "group"), (surveys, "survey"), (superiors, "")):
        for row in entries_of_year(connection, table, year, known_at):
            kind = what or ("score" if row.place is None else "place")
            found.setdefault(row.pairing_id, Counter())[row.indicator, kind] += 1
    return found
