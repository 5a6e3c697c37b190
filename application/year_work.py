"""What a unit and the assessors say of the lines of a sheet at the end of the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from application.account import persons_of
from application.eventlog.log import Log
from application.questions.results.scoring import Scoring
from application.questions.year_work import cut_off_in_force, sheet_in_force
from domain.assessment.scheme.asked import Asked
from domain.assessment.year.events import LineVerified, SelfScored
from domain.assessment.year.pairing_lines import PairingLines
from domain.assessment.year.streams import stream_of_lines
from domain.kernel.errors import Unknown
from domain.kernel.recorded import By


@dataclass(frozen=True)
class Subject:
    """The pairing, and the year of its sheet, whose lines are meant."""

    pairing_id: str
    year: int
    branch: str
    village: str

    @property
    def stream(self) -> str:
        """Where all that is stated about it is recorded."""
        return stream_of_lines(self.year, self.pairing_id)

    @property
    def who(self) -> dict[str, Any]:
        """As events name it."""
        return {
            "year": self.year,
            "pairing_id": self.pairing_id,
            "branch": self.branch,
            "village": self.village,
        }


@dataclass(frozen=True)
class OwnScore:
    """The unit's own score of one line."""

    indicator: str
    points_hundredths: int
    note: str = ""


@dataclass(frozen=True)
class Verification:
    """An assessor's score of one line; ``seen``: how many verifications of it the assessor knew."""

    indicator: str
    points_hundredths: int
    because: str = ""
    seen: int = 0


def _line(sheet: Mapping[str, tuple[Asked, int | None]], indicator: str) -> tuple[Asked, int | None]:
    if indicator not in sheet:
        raise Unknown("indicator", indicator)
    return sheet[indicator]


class YearWork:
    """Streams ``assessment-<year>-<pairing id>``."""

    def __init__(self, log: Log, scoring: Scoring) -> None:
        self._log = log
        self._scoring = scoring

    def lines(self, of: Subject) -> PairingLines:
        """What was said of the pairing's lines of the year so far."""
        return self._log.state(of.stream, PairingLines())

    def self_score(self, of: Subject, scores: Sequence[OwnScore], *, today: date, by: By) -> int:
        """Record the unit's own scores, all of them or none; how many."""
        sheet = sheet_in_force(self._scoring, of.year, of.pairing_id)
        asked = {each.indicator: _line(sheet, each.indicator)[0] for each in scores}
        cut_off = cut_off_in_force(self._scoring, of.year)

        def decide(lines: PairingLines) -> list[SelfScored]:
            return [
                lines.self_score(
                    asked[each.indicator],
                    **of.who,
                    points_hundredths=each.points_hundredths,
                    note=each.note,
                    cut_off=cut_off,
                    scored_by=by.actor,
                    today=today,
                )
                for each in scores
            ]

        return len(self._log.decide(of.stream, PairingLines(), decide, by))

    def verify_lines(self, of: Subject, verifications: Sequence[Verification], *, today: date, by: By) -> int:
        """Record verified scores, all of them or none; how many."""
        sheet = sheet_in_force(self._scoring, of.year, of.pairing_id)
        found = {each.indicator: _line(sheet, each.indicator) for each in verifications}

        def decide(lines: PairingLines) -> list[LineVerified]:
            persons = persons_of(self._log)
            return [
                lines.verify_line(
                    found[each.indicator][0],
                    **of.who,
                    points_hundredths=each.points_hundredths,
                    computed_hundredths=found[each.indicator][1],
                    because=each.because,
                    seen=each.seen,
                    verified_by=by.actor,
                    today=today,
                    persons=persons,
                )
                for each in verifications
            ]

        return len(self._log.decide(of.stream, PairingLines(), decide, by))

    def record_ratings(
        self,
        of: Subject,
        *,
        indicator: str,
        group: str,
        invited: int,
        ballots: Sequence[int],
        rated_on: date,
        because: str,
        today: date,
        by: By,
    ) -> None:
        """Record one rater group's ballots, each in hundredths."""
        asked, _ = _line(sheet_in_force(self._scoring, of.year, of.pairing_id), indicator)
        self._log.decide(
            of.stream,
            PairingLines(),
            lambda lines: lines.record_ratings(
                asked,
                **of.who,
                group=group,
                invited=invited,
                ballots=ballots,
                rated_on=rated_on,
                because=because,
                recorded_by=by.actor,
                today=today,
            ),
            by,
        )

    def record_survey(
        self,
        of: Subject,
        *,
        indicator: str,
        survey_id: str,
        issued: int,
        returned: int,
        valid: int,
        options: Mapping[str, int],
        surveyed_on: date,
        because: str,
        today: date,
        by: By,
    ) -> None:
        """Record one batch of questionnaires."""
        asked, _ = _line(sheet_in_force(self._scoring, of.year, of.pairing_id), indicator)
        self._log.decide(
            of.stream,
            PairingLines(),
            lambda lines: lines.record_survey(
                asked,
                **of.who,
                survey_id=survey_id,
                issued=issued,
                returned=returned,
                valid=valid,
                options=options,
                surveyed_on=surveyed_on,
                because=because,
                recorded_by=by.actor,
                today=today,
            ),
            by,
        )

    def record_superior_score(
        self,
        of: Subject,
        *,
        indicator: str,
        score_hundredths: int,
        issuer: str,
        document_no: str,
        scored_on: date,
        today: date,
        by: By,
    ) -> None:
        """Record a superior office's score, in its own points."""
        asked, _ = _line(sheet_in_force(self._scoring, of.year, of.pairing_id), indicator)
        self._log.decide(
            of.stream,
            PairingLines(),
            lambda lines: lines.record_superior_score(
                asked,
                **of.who,
                score_hundredths=score_hundredths,
                issuer=issuer,
                document_no=document_no,
                scored_on=scored_on,
                recorded_by=by.actor,
                today=today,
            ),
            by,
        )

    def record_superior_rank(
        self,
        of: Subject,
        *,
        indicator: str,
        place: int,
        issuer: str,
        document_no: str,
        ranked_on: date,
        today: date,
        by: By,
    ) -> None:
        """Record a place in a superior office's ranking."""
        asked, _ = _line(sheet_in_force(self._scoring, of.year, of.pairing_id), indicator)
        self._log.decide(
            of.stream,
            PairingLines(),
            lambda lines: lines.record_superior_rank(
                asked,
                **of.who,
                place=place,
                issuer=issuer,
                document_no=document_no,
                ranked_on=ranked_on,
                recorded_by=by.actor,
                today=today,
            ),
            by,
        )
