"""The lines of one pairing's sheet as people score them: the unit itself, the assessors, raters, superiors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from domain.assessment.scheme.asked import Asked
from domain.assessment.scheme.points import two_decimals
from domain.assessment.year import clauses
from domain.assessment.year.events import (
    AssessmentEvent,
    LineVerified,
    RatingsRecorded,
    SatisfactionSurveyed,
    SelfScored,
    SuperiorRanked,
    SuperiorScored,
)
from domain.kernel.decisions import demand
from domain.kernel.person import Persons


@dataclass(frozen=True)
class LineState:
    """``self_hundredths``: the unit's last own score. ``scored_by``: all who ever scored it for the unit."""

    self_hundredths: int | None = None
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
        asked: Asked,
        *,
        year: int,
        pairing_id: str,
        branch: str,
        village: str,
        points_hundredths: int,
        note: str,
        cut_off: date | None,
        scored_by: str,
        today: date,
    ) -> SelfScored:
        """The unit's own score of a line (自评); it may be restated until the line is verified or ``cut_off`` is over."""
        verified = self.line(asked.indicator).verified_hundredths
        demand(verified is None, clauses.SELF_SCORED_BEFORE_VERIFIED, asked.indicator)
        demand(cut_off is None or today <= cut_off, clauses.SELF_SCORED_BY_CUT_OFF, f"{today} > {cut_off}")
        _demand_within(asked.indicator, asked.least_hundredths, asked.most_hundredths, points_hundredths)
        return SelfScored(
            year=year,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            indicator=asked.indicator,
            points_hundredths=points_hundredths,
            note=note,
            scored_by=scored_by,
            scored_on=today,
        )

    def verify_line(
        self,
        asked: Asked,
        *,
        year: int,
        pairing_id: str,
        branch: str,
        village: str,
        points_hundredths: int,
        computed_hundredths: int | None,
        because: str,
        seen: int,
        verified_by: str,
        today: date,
        persons: Persons,
    ) -> LineVerified:
        """The assessor's score of a line (审核).

        ``computed_hundredths``: what a counted line says now (``None``: it does not apply); the figure is confirmed, never
        overwritten. ``seen``: how many verifications of the line the assessor had before the eyes.
        """
        line = self.line(asked.indicator)
        demand(seen == line.verifications, clauses.NEWEST_SEEN, asked.indicator)
        demand(not persons.meet(verified_by, *line.scored_by), clauses.OTHERS_VERIFY, verified_by)
        if asked.by_hand:
            computed_hundredths = None
            most = asked.most_hundredths if asked.hand_most is None else asked.hand_most
            _demand_within(asked.indicator, 0, most, points_hundredths)
        else:
            demand(computed_hundredths is not None, clauses.LINE_APPLIES, asked.indicator)
            both = (
                f"{asked.indicator}: {two_decimals(points_hundredths)} / {two_decimals(computed_hundredths)}"
            )
            demand(points_hundredths == computed_hundredths, clauses.COMPUTED_STANDS, both)
        own = line.self_hundredths
        if not because.strip():
            differs = f"{asked.indicator}: {two_decimals(own)} / {two_decimals(points_hundredths)}"
            demand(own in (None, points_hundredths), clauses.DIFFERENCE_EXPLAINED, differs)
            demand(not line.verifications, clauses.VERIFIED_AGAIN_EXPLAINED, asked.indicator)
        return LineVerified(
            year=year,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            indicator=asked.indicator,
            points_hundredths=points_hundredths,
            self_hundredths=own,
            computed_hundredths=computed_hundredths,
            because=because.strip(),
            verified_by=verified_by,
            verified_on=today,
        )

    def record_ratings(
        self,
        asked: Asked,
        *,
        year: int,
        pairing_id: str,
        branch: str,
        village: str,
        group: str,
        invited: int,
        ballots: Sequence[int],
        rated_on: date,
        because: str,
        recorded_by: str,
        today: date,
    ) -> RatingsRecorded:
        """One rater group's ballots, each in hundredths; who cast which is not kept (评议). Recorded again they replace the
        earlier ones, with a reason.
        """
        demand(bool(asked.groups), clauses.ASKED_FOR, asked.indicator)
        demand(group in asked.groups, clauses.GROUP_KNOWN, group)
        _demand_day(year, rated_on, today)
        demand(bool(ballots), clauses.BALLOTS_GIVEN, group)
        for each in ballots:
            within = 0 <= each <= asked.ballot_full
            demand(
                within, clauses.BALLOTS_WITHIN, f"{two_decimals(each)} / {two_decimals(asked.ballot_full)}"
            )
        demand(len(ballots) <= invited, clauses.BALLOTS_INVITED, f"{len(ballots)} > {invited}")
        again = (asked.indicator, group) in self.rated
        demand(not again or bool(because.strip()), clauses.RATED_ONCE, group)
        return RatingsRecorded(
            year=year,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            indicator=asked.indicator,
            group=group,
            invited=invited,
            ballots=tuple(sorted(ballots)),
            recorded_by=recorded_by,
            rated_on=rated_on,
            because=because.strip() if again else "",
        )

    def record_survey(
        self,
        asked: Asked,
        *,
        year: int,
        pairing_id: str,
        branch: str,
        village: str,
        survey_id: str,
        issued: int,
        returned: int,
        valid: int,
        options: Mapping[str, int],
        surveyed_on: date,
        because: str,
        recorded_by: str,
        today: date,
    ) -> SatisfactionSurveyed:
        """One batch of questionnaires (满意度测评); every option of the scheme is stated, none other. Recorded again it replaces
        itself, with a reason.
        """
        demand(bool(asked.options), clauses.ASKED_FOR, asked.indicator)
        strange = sorted(set(options) ^ set(asked.options))
        demand(not strange, clauses.OPTION_KNOWN, ", ".join(strange))
        _demand_day(year, surveyed_on, today)
        counts = tuple((option, options[option]) for option in asked.options)
        adds_up = issued >= returned >= valid > 0 and all(n >= 0 for _, n in counts)
        adds_up = adds_up and valid == sum(n for _, n in counts)
        said = f"{issued} / {returned} / {valid} = {' + '.join(str(n) for _, n in counts)}"
        demand(adds_up, clauses.SURVEY_ADDS_UP, said)
        again = (asked.indicator, survey_id) in self.surveyed
        demand(not again or bool(because.strip()), clauses.SURVEYED_ONCE, survey_id)
        return SatisfactionSurveyed(
            year=year,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            indicator=asked.indicator,
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
        asked: Asked,
        *,
        year: int,
        pairing_id: str,
        branch: str,
        village: str,
        score_hundredths: int,
        issuer: str,
        document_no: str,
        scored_on: date,
        recorded_by: str,
        today: date,
    ) -> SuperiorScored:
        """What a superior office gave, in its own points; the scheme converts it (按比例折算)."""
        full = asked.superior_full
        demand(full is not None, clauses.ASKED_FOR, asked.indicator)
        assert full is not None
        within = 0 <= score_hundredths <= full
        demand(within, clauses.WITHIN_FULL_MARKS, f"{two_decimals(score_hundredths)} / {two_decimals(full)}")
        _demand_document(issuer, document_no)
        _demand_day(year, scored_on, today)
        return SuperiorScored(
            year=year,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            indicator=asked.indicator,
            score_hundredths=score_hundredths,
            issuer=issuer,
            document_no=document_no,
            recorded_by=recorded_by,
            scored_on=scored_on,
        )

    def record_superior_rank(
        self,
        asked: Asked,
        *,
        year: int,
        pairing_id: str,
        branch: str,
        village: str,
        place: int,
        issuer: str,
        document_no: str,
        ranked_on: date,
        recorded_by: str,
        today: date,
    ) -> SuperiorRanked:
        """The place in a superior office's ranking, 1 the best."""
        demand(asked.superior_rank, clauses.ASKED_FOR, asked.indicator)
        demand(place >= 1, clauses.PLACE_POSSIBLE, str(place))
        _demand_document(issuer, document_no)
        _demand_day(year, ranked_on, today)
        return SuperiorRanked(
            year=year,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            indicator=asked.indicator,
            place=place,
            issuer=issuer,
            document_no=document_no,
            recorded_by=recorded_by,
            ranked_on=ranked_on,
        )

    def after(self, event: AssessmentEvent) -> PairingLines:
        match event:
            case SelfScored():
                line = self.line(event.indicator)
                scored_by = line.scored_by | {event.scored_by}
                return self._with(
                    event.indicator,
                    replace(line, self_hundredths=event.points_hundredths, scored_by=scored_by),
                )
            case LineVerified():
                line = self.line(event.indicator)
                return self._with(
                    event.indicator,
                    replace(
                        line,
                        verified_hundredths=event.points_hundredths,
                        verifications=line.verifications + 1,
                    ),
                )
            case RatingsRecorded():
                return replace(self, rated=self.rated | {(event.indicator, event.group)})
            case SatisfactionSurveyed():
                return replace(self, surveyed=self.surveyed | {(event.indicator, event.survey_id)})
        return self

    def _with(self, indicator: str, line: LineState) -> PairingLines:
        return replace(self, lines={**self.lines, indicator: line})


def _demand_within(indicator: str, least: int, most: int | None, points_hundredths: int) -> None:
    within = points_hundredths >= least and (most is None or points_hundredths <= most)
    limit = "" if most is None else f" / {two_decimals(most)}"
    demand(within, clauses.WITHIN_MAXIMUM, f"{indicator}: {two_decimals(points_hundredths)}{limit}")


def _demand_document(issuer: str, document_no: str) -> None:
    demand(bool(issuer.strip() and document_no.strip()), clauses.DOCUMENT_NAMED, f"{issuer} {document_no}")


def _demand_day(year: int, on: date, today: date) -> None:
    demand(on <= today, clauses.NOT_IN_THE_FUTURE, str(on))
    demand(on.year >= year, clauses.STATED_FOR_THE_YEAR, f"{on} < {year}-01-01")
