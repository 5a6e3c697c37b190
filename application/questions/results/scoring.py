"""Scores on request: the scheme in force and the facts, both as known at a position; computed once per position."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace

from sqlalchemy import Connection, Engine

from application.eventlog import EventLog
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme.text import Text
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.assessment.scoring.rulings import Ruleable
from domain.kernel.errors import Unknown
from projections.boards.assessment.runs import scheme_text
from projections.boards.assessment.year_work import cut_off_at, rejections, rejections_ahead
from projections.scores.scores import (
    Explanation,
    Result,
    SheetExplanation,
    explain,
    explain_sheet,
    ruleable_line,
    scores,
    scores_csv,
    table_names,
)

REMEMBERED = 16
"""So many results of a scheme as known at a position are kept."""
OWN = -1
"""Stands for the cut-off in force at the position itself."""


class Scoring:
    """Answers from the read models. What is known at a position never changes, so answers are kept."""

    def __init__(self, views: Engine, log: EventLog) -> None:
        self._views = views
        self._log = log
        self._kept: OrderedDict[tuple[Engine, str, int, int | None], list[Result]] = OrderedDict()
        self._lock = threading.Lock()

    def on(self, views: Engine) -> Scoring:
        """The same on the read models of a day; what it works out is remembered with the rest."""
        found = copy(self)
        found._views = views
        return found

    def newest_position(self) -> int:
        """The position of the newest event."""
        return self._log.position()

    def scheme(self, connection: Connection, year: int, known_at: int) -> Scheme:
        """The scheme of the year as published by then. ``Unknown`` when there was none."""
        text = scheme_text(connection, year, known_at)
        if text is None:
            raise Unknown("published scheme for the year", str(year))
        return parse_scheme(text)

    def results(self, connection: Connection, year: int, known_at: int) -> list[Result]:
        """All sheets with their grades, by pairing id, as known at a position: with the cut-off then in force, if any."""
        scheme = self.scheme(connection, year, known_at)
        key = (connection.engine, scheme.digest, known_at, OWN)
        return self._remembered(key, lambda: self.results_by(connection, scheme, known_at))

    def results_cut_off(
        self, connection: Connection, scheme: Scheme, known_at: int, cut_off_at: int | None
    ) -> list[Result]:
        """The same by a scheme and a cut-off that were not in force together, as between two moments that are compared."""
        key = (connection.engine, scheme.digest, known_at, cut_off_at)
        return self._remembered(key, lambda: scores(connection, scheme, known_at, cut_off_at=cut_off_at))

    def _remembered(
        self, key: tuple[Engine, str, int, int | None], work: Callable[[], list[Result]]
    ) -> list[Result]:
        with self._lock:
            kept = self._kept.get(key)
        if kept is None:
            kept = work()
            with self._lock:
                self._kept[key] = kept
                while len(self._kept) > REMEMBERED:
                    self._kept.popitem(last=False)
        return kept

    def results_by(self, connection: Connection, scheme: Scheme, known_at: int) -> list[Result]:
        """The year's sheets by another scheme than the published one, such as a draft, with the same facts and cut-off."""
        late_after = cut_off_at(connection, scheme.year, known_at)
        return scores(connection, scheme, known_at, cut_off_at=late_after)

    def explain(
        self, connection: Connection, year: int, pairing: str, indicator: str, known_at: int
    ) -> Explanation:
        """Why one line says what it says. ``Unknown`` for no such indicator."""
        scheme = self.scheme(connection, year, known_at)
        try:
            late_after = cut_off_at(connection, year, known_at)
            told = explain(connection, scheme, pairing, indicator, known_at, late_after)
        except KeyError:
            codes = ", ".join(each.code for each in scheme.indicators)
            raise Unknown(f"indicator (there are {codes})", indicator) from None
        return _with_rejections(told, rejections(connection, pairing, known_at))

    def ruleable(
        self, connection: Connection, year: int, pairing: str, indicator: str, known_at: int
    ) -> Ruleable:
        """What a ruling on a line, which there must be, has to keep to."""
        scheme = self.scheme(connection, year, known_at)
        late_after = cut_off_at(connection, year, known_at)
        return ruleable_line(connection, scheme, pairing, indicator, known_at, late_after)

    def explain_sheet(
        self, connection: Connection, year: int, pairing: str, known_at: int
    ) -> SheetExplanation:
        """Why each line of a sheet says what it says."""
        scheme = self.scheme(connection, year, known_at)
        late_after = cut_off_at(connection, year, known_at)
        rejections_ahead(connection, pairing, known_at)
        told = explain_sheet(connection, scheme, pairing, known_at, late_after)
        rejected = rejections(connection, pairing, known_at)
        lines = {code: _with_rejections(line, rejected) for code, line in told.lines.items()}
        return replace(told, lines=lines) if rejected else told

    def csv(self, year: int, known_at: int) -> str:
        """The table of all sheets, villages in the order of their registration."""
        with self._views.connect() as connection, connection.begin():
            results = self.results(connection, year, known_at)
            names = table_names(connection, year, results, known_at)
            return scores_csv(self.scheme(connection, year, known_at), results, names)


def _with_rejections(told: Explanation, rejected: Mapping[int, str]) -> Explanation:
    """What evidence took out of the count says so, with the reviewer's reason, instead of only that it was withdrawn."""
    if not rejected:
        return told
    excluded = tuple(
        replace(
            out,
            code="evidence_rejected",
            reason=Text(
                f"佐证经复审不予认可：{rejected[out.fact.retracted_at]}",
                f"evidence rejected by two reviewers: {rejected[out.fact.retracted_at]}",
            ),
        )
        if out.fact.retracted_at is not None and out.fact.retracted_at in rejected
        else out
        for out in told.excluded
    )
    return replace(told, excluded=excluded)


def digest(results: Sequence[Result]) -> str:
    """Hex SHA-256 over one line per pairing: every final figure, the total, the grade, the veto."""
    hasher = hashlib.sha256(b"lianjian/results/v1\n")
    for result in sorted(results, key=lambda r: r.pairing):
        sheet = result.sheet
        figures = [
            *(f"{line.indicator.code}={two_decimals(line.final)}" for line in sheet.lines),
            *(f"{group.group.code}={two_decimals(group.hundredths)}" for group in sheet.groups),
        ]
        total = two_decimals(sheet.total)
        hasher.update(
            f"{result.pairing}|{'|'.join(figures)}|{total}|{result.grade.grade}|{sheet.vetoed}\n".encode()
        )
    return hasher.hexdigest()
