"""Lines as people score them: the unit's own scores, their verification, and how far each sheet is."""

from __future__ import annotations

import enum
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Table

from application.actors.actor import OFFICES
from application.input.keyset import After, Places
from application.question import Asker, Limit, Listing, question
from application.questions.of_row import of_row
from application.questions.sheet_lines import LineStanding, entered_in, lines_standing
from application.things import SHEET, pairing_of_sheet, year_of_sheet
from domain.account.role import Role
from domain.assessment.scheme.points import figure, two_decimals
from domain.assessment.scheme.text import Text
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, OptionalLine, Year
from projections.boards.assessment.year_work import (
    cut_off,
    entries_ahead,
    entries_of,
    lines_of,
    lines_of_year,
    ratings,
    superiors,
    surveys,
)
from projections.boards.registry.names import Names
from projections.figures.overview import pairing_rows
from projections.scores.scores import Result


@dataclass(frozen=True)
class SheetProgress:
    """How far a sheet is: its lines that apply, those the unit scored, scored otherwise, verified, and verified before the
    computed figure moved; ``missing``: indicators of which something is still to be entered."""

    pairing_id: str
    village_name: str
    unit_name: str
    township: str
    lines: int
    own: int
    differ: int
    verified: int
    moved: int
    missing: tuple[str, ...]

    @property
    def states(self) -> frozenset[SheetState]:
        """All under which it is found."""
        done = SheetState.VERIFIED if self.verified >= self.lines and not self.moved else SheetState.OPEN
        return frozenset({done, SheetState.DIFFERENT} if self.differ else {done})


class SheetState(enum.Enum):
    """Under what a sheet is found: the unit says otherwise of a line; lines wait to be verified (again); all are verified."""

    DIFFERENT = "different"
    OPEN = "open"
    VERIFIED = "verified"


class SheetOrder(enum.Enum):
    """How sheets are listed: what needs a look first, or by what is named; after a minus the other way round."""

    ATTENTION = "attention"
    ATTENTION_LAST = "-attention"
    VILLAGE = "village"
    VILLAGE_LAST = "-village"
    DIFFERENT = "different"
    DIFFERENT_MOST = "-different"
    VERIFIED = "verified"
    VERIFIED_MOST = "-verified"


@dataclass(frozen=True)
class SheetCount:
    """How many sheets are found under a state."""

    state: SheetState
    count: int


@dataclass(frozen=True)
class SheetsShown:
    """A page of sheets. ``states``: of all that the other filters find, of which there are ``every``; ``found``: how many are
    found under the state, too. ``townships``: those in which any is, whatever is filtered."""

    every: int
    found: int
    states: tuple[SheetCount, ...]
    townships: tuple[str, ...]
    rows: tuple[SheetProgress, ...]
    next: str | None


_PLACES: Places[SheetProgress] = {
    "attention": lambda row: (
        SheetState.VERIFIED in row.states,
        not row.moved,
        -row.differ,
        row.village_name,
        row.pairing_id,
    ),
    "village": lambda row: (row.village_name, row.unit_name, row.pairing_id),
    "different": lambda row: (row.differ, row.village_name, row.pairing_id),
    "verified": lambda row: (row.verified - row.lines, row.village_name, row.pairing_id),
}


@question("/score-sheets", OFFICES)
def list_score_sheets(
    asker: Asker,
    *,
    year: Year,
    state: SheetState | None,
    q: OptionalLine,
    township: OptionalLine,
    sort: SheetOrder | None,
    after: After | None,
    limit: Limit | None,
) -> SheetsShown:
    """How far the sheets of a year are, by pairing. ``q``: part of a village's or unit's name."""
    connection, at = asker.connection, asker.known_at
    entered, said = entered_in(connection, year, at), lines_of_year(connection, year, at)
    names = Names(connection, at)
    rows = {row.pairing_id: row for row in pairing_rows(connection, year, at, names)}
    every, meant = [], set()
    for result in asker.look.system.scoring.results(connection, year, at):
        row = rows.get(result.pairing)
        if row is None:
            continue
        if (not township or row.township == township) and names.matches(q, row.village, row.branch):
            meant.add(row.pairing_id)
        lines = lines_standing(result, said.get(result.pairing, {}))
        applying = [each for each in lines if each.scorable]
        own = entered.get(result.pairing, Counter())
        every.append(
            SheetProgress(
                pairing_id=result.pairing,
                village_name=row.name,
                unit_name=row.unit_name,
                township=row.township,
                lines=len(applying),
                own=sum(each.own is not None for each in applying),
                differ=sum(each.differs for each in applying),
                verified=sum(each.verified is not None for each in applying),
                moved=sum(each.moved for each in lines),
                missing=tuple(each.code for each in lines if each.missing(own)),
            )
        )
    counts = Counter(each for row in every if row.pairing_id in meant for each in row.states)

    def fits(row: SheetProgress) -> bool:
        return row.pairing_id in meant and (state is None or state in row.states)

    listed = Listing.ordered(filter(fits, every), _PLACES, sort or SheetOrder.ATTENTION, after, limit)
    return SheetsShown(
        every=len(meant),
        found=len(meant) if state is None else counts[state],
        states=tuple(SheetCount(each, counts[each]) for each in SheetState),
        townships=tuple(sorted({row.township for row in every} - {""})),
        rows=listed.rows,
        next=listed.next,
    )


@dataclass(frozen=True)
class Choosable:
    """A rater group or an answer of a questionnaire, and what the scheme calls it."""

    id: str
    called: Text


@dataclass(frozen=True)
class LineScored:
    """A line. Points with two decimals, ``None`` where there are none; ``computed``: from facts, ``None`` where it is given
    ``by_hand`` or does not apply; ``moved``: it is another one now than when it was verified; ``seen``: how often it was
    verified. ``groups``, ``options``, ``superior_full`` and ``superior_rank``: what is asked of others."""

    indicator: str
    title: Text
    because: Text
    most: str | None
    by_hand: bool
    scorable: bool
    computed: str | None
    own: str | None
    note: str
    verified: str | None
    moved: bool
    reason: str
    verified_by: str
    verified_on: date | None
    seen: int
    groups: tuple[Choosable, ...]
    ballot_full: str
    options: tuple[Choosable, ...]
    superior_full: str | None
    superior_rank: bool


@dataclass(frozen=True)
class SheetScored:
    """A sheet of a year as people score it. ``cut_off``: the last day of own scores, ``None`` where it was not set;
    ``over``: it lies behind us; ``to_score`` lines, of which the unit ``scored`` some."""

    pairing_id: str
    year: int
    branch: str
    unit_name: str
    village: str
    village_name: str
    scheme: Text
    total: str
    cut_off: date | None
    over: bool
    to_score: int
    scored: int
    lines: tuple[LineScored, ...]


@question("/score-sheets/{key}", frozenset({Role.BRANCH_CLERK}) | OFFICES, on=SHEET)
def show_self_scores(asker: Asker, *, key: Key) -> SheetScored:
    """All lines with their maximum, the provisional figure, the own score and its verification."""
    year, pairing_id = year_of_sheet(key), pairing_of_sheet(key)
    result = _result(asker, year, pairing_id)
    return _scored(asker, year, result, _standing(asker, year, result))


def _result(asker: Asker, year: int, pairing_id: str) -> Result:
    for result in asker.look.system.scoring.results(asker.connection, year, asker.known_at):
        if result.pairing == pairing_id:
            return result
    raise Unknown("score sheet", pairing_id)


def _standing(asker: Asker, year: int, result: Result) -> list[LineStanding]:
    said = lines_of(asker.connection, result.pairing, year, asker.known_at)
    return lines_standing(result, said)


def _scored(asker: Asker, year: int, result: Result, lines: list[LineStanding]) -> SheetScored:
    connection, at = asker.connection, asker.known_at
    limit = cut_off(connection, year, at)
    row = next(each for each in pairing_rows(connection, year, at) if each.pairing_id == result.pairing)
    return SheetScored(
        pairing_id=result.pairing,
        year=year,
        branch=result.branch,
        unit_name=row.unit_name,
        village=result.village,
        village_name=row.name,
        scheme=asker.look.system.scoring.scheme(connection, year, at).title,
        total=two_decimals(result.sheet.total),
        cut_off=None if limit is None else limit.record_on,
        over=limit is not None and asker.look.today() > limit.record_on,
        to_score=sum(each.scorable for each in lines),
        scored=sum(each.own is not None for each in lines if each.scorable),
        lines=tuple(map(_line, lines)),
    )


def _points(hundredths: int | None) -> str | None:
    return None if hundredths is None else two_decimals(hundredths)


def _line(each: LineStanding) -> LineScored:
    said, want = each.said, each.asked
    called = {word: label for part in each.line.indicator.parts for word, label in part.rule.names.items()}
    return LineScored(
        indicator=each.code,
        title=each.line.indicator.title,
        because=each.line.because,
        most=None if each.line.most is None else figure(each.line.most),
        by_hand=want.by_hand,
        scorable=each.scorable,
        computed=None if want.by_hand else _points(each.line.computed),
        own=_points(each.own),
        note=said.self_note if said is not None else "",
        verified=_points(each.verified),
        moved=each.moved,
        reason=said.because if said is not None else "",
        verified_by=said.verified_by if said is not None else "",
        verified_on=said.verified_on if said is not None else None,
        seen=each.seen,
        groups=tuple(Choosable(group, called[group]) for group in want.groups),
        ballot_full=two_decimals(want.ballot_full),
        options=tuple(Choosable(option, called[option]) for option in want.options),
        superior_full=_points(want.superior_full),
        superior_rank=want.superior_rank,
    )


@dataclass(frozen=True)
class GroupRating:
    """The ballots of a rater group, in points; who cast which is not kept."""

    indicator: str
    group: str
    rated_on: date
    invited: int
    ballots: tuple[str, ...]
    because: str


@dataclass(frozen=True)
class OptionChosen:
    """How many valid questionnaires chose an option."""

    option: str
    count: int


@dataclass(frozen=True)
class SurveyResult:
    """A batch of questionnaires."""

    indicator: str
    survey_id: str
    surveyed_on: date
    issued: int
    returned: int
    valid: int
    options: tuple[OptionChosen, ...]
    because: str


@dataclass(frozen=True)
class SuperiorEntry:
    """What a superior office gave, in its own points, or the place in its ranking."""

    indicator: str
    issuer: str
    document_no: str
    stated_on: date
    score: str | None
    place: int | None


@dataclass(frozen=True)
class SheetVerified:
    """A sheet with what raters, respondents and superiors said. ``agreed``: indicators that may be confirmed together, since
    they are counted, complete, and nobody says otherwise."""

    sheet: SheetScored
    agreed: tuple[str, ...]
    ratings: tuple[GroupRating, ...]
    surveys: tuple[SurveyResult, ...]
    superiors: tuple[SuperiorEntry, ...]


@question("/score-sheets/{key}/verification", OFFICES, on=SHEET)
def show_verification(asker: Asker, *, key: Key) -> SheetVerified:
    """Own, computed and verified score side by side, and what raters, respondents and superiors said."""
    year, pairing_id = year_of_sheet(key), pairing_of_sheet(key)
    entries_ahead(asker.connection, pairing_id, year, asker.known_at)
    result = _result(asker, year, pairing_id)
    lines = _standing(asker, year, result)
    entered = entered_in(asker.connection, year, asker.known_at).get(pairing_id, Counter())

    def entries(table: Table) -> list[Row[Any]]:
        return entries_of(asker.connection, table, pairing_id, year, asker.known_at)

    return SheetVerified(
        sheet=_scored(asker, year, result, lines),
        agreed=tuple(each.code for each in lines if each.agreed(entered)),
        ratings=tuple(
            of_row(GroupRating, row, ballots=tuple(map(two_decimals, row.ballots)))
            for row in entries(ratings)
        ),
        surveys=tuple(
            of_row(
                SurveyResult, row, options=tuple(OptionChosen(option, count) for option, count in row.options)
            )
            for row in entries(surveys)
        ),
        superiors=tuple(
            of_row(SuperiorEntry, row, score=_points(row.score_hundredths)) for row in entries(superiors)
        ),
    )
