"""What units and assessors do on the sheets of a year that is over, until its results are frozen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from application.actors.actor import Owner
from application.question import Asker
from application.questions.answers.duties.duty import DutyKind, Next, Process, Seat, Standing
from application.questions.sheet_lines import Entered, LineStanding, entered_in, lines_standing
from application.things import key_of_sheet
from domain.account.role import Role
from projections.boards.assessment.runs import schemes_known, years_with_run
from projections.boards.assessment.year_work import cut_off, cut_off_at, lines_of_year
from projections.figures.evidence_queue import EvidenceState, QueuedEvent, counting, in_sight

_UNIT, _ASSESSOR = Role.BRANCH_CLERK, Role.ASSESSOR
OF_SHEETS = (
    Next(DutyKind.OWN_SCORES_LACKING, _UNIT, Seat.UNIT, "self_score", {_ASSESSOR: ""}),
    Next(DutyKind.RATINGS_LACKING, _ASSESSOR, Seat.SCORING_GROUP, "record_ratings"),
    Next(DutyKind.SURVEY_LACKING, _ASSESSOR, Seat.SCORING_GROUP, "record_survey"),
    Next(DutyKind.SUPERIOR_SCORE_LACKING, _ASSESSOR, Seat.SCORING_GROUP, "record_superior_score"),
    Next(DutyKind.SUPERIOR_RANK_LACKING, _ASSESSOR, Seat.SCORING_GROUP, "record_superior_rank"),
    Next(DutyKind.LINES_UNVERIFIED, _ASSESSOR, Seat.SCORING_GROUP, "verify_lines", {_UNIT: ""}),
)
OF_EVIDENCE = (
    Next(DutyKind.EVIDENCE_UNREVIEWED, _ASSESSOR, Seat.SCORING_GROUP, "review_evidence"),
    Next(DutyKind.EVIDENCE_SEEN_ONCE, _ASSESSOR, Seat.SCORING_GROUP, "review_evidence_again"),
)


def years_at_work(asker: Asker) -> list[int]:
    """The years that are over, have a scheme and no results frozen."""
    frozen = years_with_run(asker.connection, asker.known_at)
    years = sorted(schemes_known(asker.connection, asker.known_at))
    return [year for year in years if year < asker.look.today().year and year not in frozen]


def _sheets(asker: Asker) -> Iterator[Standing]:
    connection, at, today = asker.connection, asker.known_at, asker.look.today()
    for year in years_at_work(asker):
        entered, said = entered_in(connection, year, at), lines_of_year(connection, year, at)
        limit = cut_off(connection, year, at)
        scoring_open = limit is None or today <= limit.record_on
        for result in asker.look.system.scoring.results(connection, year, at):
            owner = Owner(result.branch, result.village)
            if not asker.sees(owner):
                continue
            lines = lines_standing(result, said.get(result.pairing, {}))
            found = _lacking(lines, entered.get(result.pairing, Counter()), scoring_open)
            if found is None:
                continue
            kind, lacking = found
            own = kind is DutyKind.OWN_SCORES_LACKING
            by_line = kind not in (DutyKind.OWN_SCORES_LACKING, DutyKind.LINES_UNVERIFIED)
            yield Standing(
                kind=kind,
                key=key_of_sheet(year, result.pairing),
                since=date(year + 1, 1, 1) if own or limit is None else limit.set_on,
                owner=owner,
                year=year,
                count=len(lacking),
                due_on=limit.record_on if own and limit is not None else None,
                stated={"indicator": lacking[0].code} if by_line else {},
            )


def _lacking(
    lines: list[LineStanding], entered: Entered, scoring_open: bool
) -> tuple[DutyKind, list[LineStanding]] | None:
    """What a sheet lacks next, and on which lines: first what the unit says, as long as it may, at last the verification."""
    own = [each for each in lines if each.scorable and each.own is None and each.verified is None]
    steps = {
        DutyKind.OWN_SCORES_LACKING: own if scoring_open else [],
        DutyKind.RATINGS_LACKING: [
            each for each in lines if entered[each.code, "group"] < len(each.asked.groups)
        ],
        DutyKind.SURVEY_LACKING: [
            each for each in lines if each.asked.options and not entered[each.code, "survey"]
        ],
        DutyKind.SUPERIOR_SCORE_LACKING: [
            each for each in lines if each.asked.superior_full is not None and not entered[each.code, "score"]
        ],
        DutyKind.SUPERIOR_RANK_LACKING: [
            each for each in lines if each.asked.superior_rank and not entered[each.code, "place"]
        ],
        DutyKind.LINES_UNVERIFIED: [each for each in lines if _unverified(each)],
    }
    return next(((kind, found) for kind, found in steps.items() if found), None)


def _unverified(each: LineStanding) -> bool:
    """Whether there is something to verify, or what was verified has become another figure."""
    applies = each.asked.by_hand or each.line.computed is not None
    return applies and (each.verified is None or each.moved)


def _evidence(asker: Asker) -> Iterator[Standing]:
    """The evidence of a pairing together; what one person has seen, by that person."""
    connection, at = asker.connection, asker.known_at
    for year in years_at_work(asker):
        scheme = asker.look.system.scoring.scheme(connection, year, at)
        waiting: dict[tuple[str, str], list[QueuedEvent]] = defaultdict(list)
        for each in counting(connection, scheme, at, cut_off_at(connection, year, at)):
            if in_sight(each) and each.state.waits:
                waiting[each.pairing_id, each.review.reviewed_by if each.review else ""].append(each)
        for (_, seen_by), items in waiting.items():
            first = items[0]
            open_ = first.state is EvidenceState.OPEN
            yield Standing(
                kind=DutyKind.EVIDENCE_UNREVIEWED if open_ else DutyKind.EVIDENCE_SEEN_ONCE,
                key=str(first.position),
                since=date(year + 1, 1, 1) if first.review is None else first.review.reviewed_on,
                owner=Owner(first.branch, first.village),
                year=year,
                count=len(items),
                stated={"year": str(year)},
                barred=frozenset({seen_by} - {""}),
            )


SHEETS = Process(
    "score_sheet",
    "score_sheet",
    OF_SHEETS,
    _sheets,
    ("各项均已审核，或年度结果已核定", "every line verified, or results of the year frozen"),
)
EVIDENCE = Process(
    "evidence",
    "evidence",
    OF_EVIDENCE,
    _evidence,
    ("均已审核，或年度结果已核定", "all reviewed, or results of the year frozen"),
)
