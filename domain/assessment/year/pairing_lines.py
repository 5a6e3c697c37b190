"""The lines of one pairing's sheet as people score them: the unit itself, the assessors, raters, superiors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated

from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.required_entry import RequiredEntry
from domain.assessment.year import clauses, events
from domain.kernel.decisions import demand, demanded
from domain.kernel.errors import Unknown
from domain.kernel.parties import Parties, parties
from domain.kernel.person import Persons
from domain.kernel.values import (
    Actor,
    Happened,
    Hundredths,
    Line,
    Many,
    OptionalWords,
    Points,
    Rows,
    Text,
    Today,
    Whole,
)

Code = Annotated[str, Text(40)]
"""The code of an indicator of the year's scheme."""
Name = Annotated[str, Text(80)]
"""The id of a rater group or an option of the scheme, or of a batch of questionnaires."""
Count = Annotated[int, Whole()]
SignedHundredths = Annotated[int, Points(low=-999_999)]
Sheet = Mapping[str, tuple[RequiredEntry, int | None]]
"""Indicator to what the scheme asks for on a sheet, and to the computed figure in hundredths (``None``: it does not apply)."""


class LineNames(Parties):
    """What every event of a line names."""

    year: int
    indicator: str


@dataclass(frozen=True)
class Subject:
    """The pairing, and the year of its sheet, whose lines are meant."""

    pairing_id: str
    year: int
    branch: str
    village: str

    def line(self, indicator: str) -> LineNames:
        """One line of the sheet."""
        return {**parties(self), "year": self.year, "indicator": indicator}


@dataclass(frozen=True)
class OwnScore:
    """The unit's own score of one line."""

    indicator: Code
    points_hundredths: SignedHundredths
    note: OptionalWords = ""


@dataclass(frozen=True)
class Verification:
    """An assessor's score of one line; ``seen``: how many verifications of it the assessor had before the eyes."""

    indicator: Code
    points_hundredths: SignedHundredths
    because: OptionalWords = ""
    seen: Count = 0


@dataclass(frozen=True)
class OptionCount:
    """How many valid questionnaires chose an option."""

    option: Name
    count: Count


OwnScores = Annotated[tuple[OwnScore, ...], Rows(OwnScore, once="indicator")]
Verifications = Annotated[tuple[Verification, ...], Rows(Verification, once="indicator", carried=("seen",))]
OptionCounts = Annotated[tuple[OptionCount, ...], Rows(OptionCount, once="option")]
Ballots = Annotated[tuple[int, ...], Many(Points())]


@dataclass(frozen=True)
class LineState:
    """``self_hundredths``: the unit's last own score. ``scored_by``: all who ever scored it for the unit."""

    self_hundredths: int | None = None
    self_note: str = ""
    scored_by: frozenset[str] = frozenset()
    verified_hundredths: int | None = None
    verifications: int = 0


@dataclass(frozen=True)
class PairingLines:
    """Stream ``assessment-<year>-<pairing id>``. ``rated``: (indicator, group); ``surveyed``: (indicator, survey)."""

    lines: Mapping[str, LineState] = field(default_factory=dict)
    rated: frozenset[tuple[str, str]] = frozenset()
    surveyed: frozenset[tuple[str, str]] = frozenset()

    def line(self, indicator: str) -> LineState:
        """What was said of a line so far."""
        return self.lines.get(indicator, LineState())

    def self_score(
        self,
        *,
        subject: Subject,
        scores: OwnScores,
        sheet: Sheet,
        cut_off: date | None,
        scored_by: Actor,
        today: Today,
    ) -> Sequence[events.SelfScored]:
        """The unit's own scores of lines (自评), all of them or none; they may be restated until a line is verified or
        ``cut_off`` is over. What is stated as it stands already is not said again.
        """
        demand(cut_off is None or today <= cut_off, clauses.SELF_SCORED_BY_CUT_OFF, f"{today} > {cut_off}")
        return [
            self._self_scored(subject, each, sheet, scored_by, today) for each in scores if self._is_new(each)
        ]

    def _is_new(self, score: OwnScore) -> bool:
        line = self.line(score.indicator)
        stands = (line.self_hundredths, line.self_note) == (score.points_hundredths, score.note)
        return not stands or line.verified_hundredths is not None

    def _self_scored(
        self, subject: Subject, score: OwnScore, sheet: Sheet, scored_by: str, today: date
    ) -> events.SelfScored:
        asked, _ = _line_of(sheet, score.indicator)
        verified = self.line(asked.indicator).verified_hundredths
        demand(verified is None, clauses.SELF_SCORED_BEFORE_VERIFIED, asked.indicator)
        points = score.points_hundredths
        _demand_within(asked.indicator, asked.least_hundredths, asked.most_hundredths, points)
        return events.SelfScored(
            **subject.line(asked.indicator),
            points_hundredths=points,
            note=score.note,
            scored_by=scored_by,
            scored_on=today,
        )

    def verify_lines(
        self,
        *,
        subject: Subject,
        verifications: Verifications,
        sheet: Sheet,
        verified_by: Actor,
        today: Today,
        persons: Persons,
    ) -> Sequence[events.LineVerified]:
        """The assessor's scores of lines (审核), all of them or none; a computed figure is confirmed, never overwritten."""
        return [self._verified(subject, each, sheet, verified_by, today, persons) for each in verifications]

    def _verified(
        self,
        subject: Subject,
        verification: Verification,
        sheet: Sheet,
        verified_by: str,
        today: date,
        persons: Persons,
    ) -> events.LineVerified:
        asked, computed = _line_of(sheet, verification.indicator)
        line, points = self.line(asked.indicator), verification.points_hundredths
        demand(verification.seen == line.verifications, clauses.NEWEST_SEEN, asked.indicator)
        demand(not persons.meet(verified_by, *line.scored_by), clauses.OTHERS_VERIFY, verified_by)
        if asked.by_hand:
            computed = None
            most = asked.most_hundredths if asked.hand_most is None else asked.hand_most
            _demand_within(asked.indicator, 0, most, points)
        else:
            demand(computed is not None, clauses.LINE_APPLIES, asked.indicator)
            both = f"{asked.indicator}: {two_decimals(points)} / {two_decimals(computed)}"
            demand(points == computed, clauses.COMPUTED_STANDS, both)
        own = line.self_hundredths
        if not verification.because.strip():
            differs = f"{asked.indicator}: {two_decimals(own)} / {two_decimals(points)}"
            demand(own in (None, points), clauses.DIFFERENCE_EXPLAINED, differs)
            demand(not line.verifications, clauses.VERIFIED_AGAIN_EXPLAINED, asked.indicator)
        return events.LineVerified(
            **subject.line(asked.indicator),
            points_hundredths=points,
            self_hundredths=own,
            computed_hundredths=computed,
            because=verification.because.strip(),
            verified_by=verified_by,
            verified_on=today,
        )

    def record_ratings(
        self,
        *,
        subject: Subject,
        asked: RequiredEntry,
        group: Name,
        invited: Annotated[int, Whole(1)],
        ballots: Ballots,
        rated_on: Happened,
        because: OptionalWords,
        recorded_by: Actor,
        today: Today,
    ) -> events.RatingsRecorded:
        """One rater group's ballots, each in hundredths; who cast which is not kept (评议). Recorded again they replace the
        earlier ones, with a reason.
        """
        demand(bool(asked.groups), clauses.ASKED_FOR, asked.indicator)
        demand(group in asked.groups, clauses.GROUP_KNOWN, group)
        _demand_day(subject.year, rated_on, today)
        for each in ballots:
            within = 0 <= each <= asked.ballot_full
            demand(
                within, clauses.BALLOTS_WITHIN, f"{two_decimals(each)} / {two_decimals(asked.ballot_full)}"
            )
        demand(len(ballots) <= invited, clauses.BALLOTS_INVITED, f"{len(ballots)} > {invited}")
        again = (asked.indicator, group) in self.rated
        demand(not again or bool(because.strip()), clauses.RATED_ONCE, group)
        return events.RatingsRecorded(
            **subject.line(asked.indicator),
            group=group,
            invited=invited,
            ballots=tuple(sorted(ballots)),
            recorded_by=recorded_by,
            rated_on=rated_on,
            because=because.strip() if again else "",
        )

    def record_survey(
        self,
        *,
        subject: Subject,
        asked: RequiredEntry,
        survey_id: Name,
        issued: Count,
        returned: Count,
        valid: Count,
        options: OptionCounts,
        surveyed_on: Happened,
        because: OptionalWords,
        recorded_by: Actor,
        today: Today,
    ) -> events.SatisfactionSurveyed:
        """One batch of questionnaires (满意度测评); every option of the scheme is stated, none other. Recorded again it replaces
        itself, with a reason.
        """
        demand(bool(asked.options), clauses.ASKED_FOR, asked.indicator)
        chosen = {each.option: each.count for each in options}
        strange = sorted(set(chosen) ^ set(asked.options))
        demand(not strange, clauses.OPTION_KNOWN, ", ".join(strange))
        _demand_day(subject.year, surveyed_on, today)
        counts = tuple((option, chosen[option]) for option in asked.options)
        adds_up = issued >= returned >= valid > 0 and all(n >= 0 for _, n in counts)
        adds_up = adds_up and valid == sum(n for _, n in counts)
        said = f"{issued} / {returned} / {valid} = {' + '.join(str(n) for _, n in counts)}"
        demand(adds_up, clauses.SURVEY_ADDS_UP, said)
        again = (asked.indicator, survey_id) in self.surveyed
        demand(not again or bool(because.strip()), clauses.SURVEYED_ONCE, survey_id)
        return events.SatisfactionSurveyed(
            **subject.line(asked.indicator),
            survey_id=survey_id,
            issued=issued,
            returned=returned,
            valid=valid,
            options=counts,
            recorded_by=recorded_by,
            surveyed_on=surveyed_on,
            because=because.strip() if again else "",
        )

    def record_superior_score(
        self,
        *,
        subject: Subject,
        asked: RequiredEntry,
        score_hundredths: Hundredths,
        issuer: Line,
        document_no: Line,
        scored_on: Happened,
        recorded_by: Actor,
        today: Today,
    ) -> events.SuperiorScored:
        """What a superior office gave, in its own points; the scheme converts it (按比例折算)."""
        full = demanded(asked.superior_full, clauses.ASKED_FOR, asked.indicator)
        within = 0 <= score_hundredths <= full
        demand(within, clauses.WITHIN_FULL_MARKS, f"{two_decimals(score_hundredths)} / {two_decimals(full)}")
        _demand_day(subject.year, scored_on, today)
        return events.SuperiorScored(
            **subject.line(asked.indicator),
            score_hundredths=score_hundredths,
            issuer=issuer,
            document_no=document_no,
            recorded_by=recorded_by,
            scored_on=scored_on,
        )

    def record_superior_rank(
        self,
        *,
        subject: Subject,
        asked: RequiredEntry,
        place: Annotated[int, Whole(1)],
        issuer: Line,
        document_no: Line,
        ranked_on: Happened,
        recorded_by: Actor,
        today: Today,
    ) -> events.SuperiorRanked:
        """The place in a superior office's ranking, 1 the best."""
        demand(asked.superior_rank, clauses.ASKED_FOR, asked.indicator)
        _demand_day(subject.year, ranked_on, today)
        return events.SuperiorRanked(
            **subject.line(asked.indicator),
            place=place,
            issuer=issuer,
            document_no=document_no,
            recorded_by=recorded_by,
            ranked_on=ranked_on,
        )

    def after(self, event: events.AssessmentEvent) -> PairingLines:
        match event:
            case events.SelfScored():
                line = self.line(event.indicator)
                scored_by = line.scored_by | {event.scored_by}
                return self._with(
                    event.indicator,
                    replace(
                        line,
                        self_hundredths=event.points_hundredths,
                        self_note=event.note,
                        scored_by=scored_by,
                    ),
                )
            case events.LineVerified():
                line = self.line(event.indicator)
                return self._with(
                    event.indicator,
                    replace(
                        line,
                        verified_hundredths=event.points_hundredths,
                        verifications=line.verifications + 1,
                    ),
                )
            case events.RatingsRecorded():
                return replace(self, rated=self.rated | {(event.indicator, event.group)})
            case events.SatisfactionSurveyed():
                return replace(self, surveyed=self.surveyed | {(event.indicator, event.survey_id)})
        return self

    def _with(self, indicator: str, line: LineState) -> PairingLines:
        return replace(self, lines={**self.lines, indicator: line})


def _line_of(sheet: Sheet, indicator: str) -> tuple[RequiredEntry, int | None]:
    if indicator not in sheet:
        raise Unknown("indicator", indicator)
    return sheet[indicator]


def _demand_within(indicator: str, least: int, most: int | None, points_hundredths: int) -> None:
    within = points_hundredths >= least and (most is None or points_hundredths <= most)
    limit = "" if most is None else f" / {two_decimals(most)}"
    demand(within, clauses.WITHIN_MAXIMUM, f"{indicator}: {two_decimals(points_hundredths)}{limit}")


def _demand_day(year: int, on: date, today: date) -> None:
    demand(on <= today, clauses.NOT_IN_THE_FUTURE, str(on))
    demand(on.year >= year, clauses.STATED_FOR_THE_YEAR, f"{on} < {year}-01-01")
