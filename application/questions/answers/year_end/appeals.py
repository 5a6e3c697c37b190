"""The appeals, what one contests as it was known then, and what came of it."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import RowMapping, select

from application.actors.actor import EVERYBODY, SIDES, Owner
from application.input.keyset import After, Place, Places
from application.input.reading import Fault, FaultCode, Malformed
from application.question import Asker, Limit, Listing, question
from application.questions.answers.year_end.results import RunRow, run_row
from application.questions.appeal_lookups import OptionalCode, OptionalFinding, target_of
from application.questions.appeals_about import AppealAbout, about_finding, about_line
from application.questions.history import newest_steps
from application.questions.names_of_year import NamesOfYear, Paired
from application.questions.sentences import HistoryStep
from application.things import APPEAL
from domain.appeal.appeal import FILING_DAYS, Status
from domain.appeal.events import AppealAdmitted, AppealDecided, AppealRefused, AppealWithdrawn, Outcome
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme.text import Text
from domain.kernel.errors import Forbidden, Rejected, Unknown
from domain.kernel.folding import folded
from domain.kernel.parties import Side
from domain.kernel.values import Key, OptionalLine, PairingKey, Year
from domain.supervision.light import Light, traffic_light
from projections.boards.assessment.runs import appeals, runs
from projections.boards.assessment.year_work import rejections_ahead
from projections.boards.findings import findings
from projections.boards.numbers import Numbers
from projections.boards.registry.names import Names
from projections.figures.appeals_in_force import in_force
from projections.kit.columns import known
from projections.scores.scores import Explanation

ENDINGS = (AppealDecided, AppealRefused, AppealWithdrawn)
"""What ends an appeal."""


@dataclass(frozen=True)
class AppealRow:
    """An appeal against a line (``indicator`` and its ``title``) or a finding (its number and ``description``). ``light``: of
    its clock, as of today. ``counted_in``: the number of the first run that counts what was
    decided for the applicant, empty until there is one; ``None`` where nothing was."""

    appeal_id: str
    number: str
    year: int
    filed_on: date
    filed_by: str
    side: Side
    branch: str
    unit_name: str
    village: str
    village_name: str
    indicator: str
    title: Text | None
    finding_id: str
    finding_number: str
    description: str
    status: Status
    light: Light
    due_on: date | None
    outcome: Outcome | None
    counted_in: str | None


@dataclass(frozen=True)
class ContestedLine:
    """A line of a sheet as it was known when it was contested. ``points``: with two decimals, ``None`` where none were given."""

    code: str
    title: Text
    points: str | None
    run_no: str
    because: Text


@dataclass(frozen=True)
class AppealShown:
    """An appeal. ``known_at``: the record as known at which it contests; ``gone``: the finding it contests was withdrawn, or
    the scheme has its line no more; ``ended_on``: the day on which it was decided, refused or withdrawn. ``outstanding``: its
    decision has had no effect yet; ``failure``: of what it leads to, when that was tried last; ``run``: frozen for it; clerks
    see it once it is published.
    """

    appeal: AppealRow
    year: int
    pairing_id: str
    known_at: int
    line: ContestedLine | None
    gone: bool
    grounds: str
    admitted_on: date | None
    ended_on: date | None
    decided_on: date | None
    corrected_points: str | None
    reasons: str
    outstanding: bool
    failure: Text | None
    run: RunRow | None
    history: tuple[HistoryStep, ...]


@dataclass(frozen=True)
class Contestable:
    """What an appeal would be about: a finding, or a line of the run that stands. ``until``: the last day on which one can be
    filed; ``earlier``: those filed about it before, of which none may be open."""

    pairing: Paired
    finding_number: str
    description: str
    line: ContestedLine | None
    until: date
    earlier: tuple[AppealAbout, ...]


@question("/contestable", frozenset(SIDES))
def show_contestable(
    asker: Asker, *, year: Year, pairing_id: PairingKey, indicator: OptionalCode, finding_id: OptionalFinding
) -> Contestable:
    """A finding of a pairing, or a line of its sheet in the run of ``year`` that stands: what is stated for the appeal."""
    if bool(indicator) == bool(finding_id):
        said = "填写指标或者问题，二者择一", "state an indicator or a finding, one of the two"
        raise Malformed({"finding_id": Fault(FaultCode.MISSING, *said)})
    target = target_of(
        asker.look,
        year=year,
        pairing_id=pairing_id,
        indicator=indicator,
        finding_id=finding_id,
        known_at=asker.known_at,
    )
    if not asker.sees(Owner(target.branch, target.village)):
        raise Forbidden("show_contestable", asker.actor.role.value)
    names, numbers = NamesOfYear(asker.connection, year, asker.known_at), Numbers(asker.connection)
    line, written = None, ""
    if target.indicator:
        scoring = asker.look.system.scoring
        told = scoring.explain(asker.connection, year, pairing_id, target.indicator, target.known_at)
        line = _contested(told, target.points_hundredths, numbers.shown(target.run_id))
    else:
        query = select(findings.c.description).where(findings.c.finding_id == finding_id)
        written = str(asker.connection.scalar(query.where(known(findings, asker.known_at))))
    return Contestable(
        pairing=names.paired(target.pairing_id, target.branch, target.village),
        finding_number=numbers.shown(target.finding_id),
        description=written,
        line=line,
        until=target.known_on + timedelta(days=FILING_DAYS),
        earlier=(
            about_finding(asker.connection, finding_id, asker.known_at)
            if finding_id
            else about_line(asker.connection, year, pairing_id, target.indicator, asker.known_at)
        ),
    )


class AppealOrder(enum.Enum):
    """How appeals are listed: the most urgent first, or by what is named; after a minus the other way round."""

    URGENCY = "urgency"
    FILED = "filed"
    FILED_LAST = "-filed"
    DUE = "due"
    DUE_LAST = "-due"
    NUMBER = "number"
    NUMBER_LAST = "-number"


@dataclass(frozen=True)
class AppealCount:
    """How many appeals stand so."""

    status: Status
    count: int


@dataclass(frozen=True)
class AppealsShown:
    """A page of appeals. ``counts``: of all that the other filters find, by status; ``found``: how many there are with the
    status, too. ``years``: those about which there is any, whatever is filtered."""

    found: int
    counts: tuple[AppealCount, ...]
    years: tuple[int, ...]
    rows: tuple[AppealRow, ...]
    next: str | None


@question("/appeals")
def list_appeals(
    asker: Asker,
    *,
    year: Year | None,
    status: Status | None,
    side: Side | None,
    outcome: Outcome | None,
    q: OptionalLine,
    due_to: date | None,
    sort: AppealOrder | None,
    after: After | None,
    limit: Limit | None,
) -> AppealsShown:
    """Appeals, those filed last first where no order is stated; a clerk sees those about the own pairings. ``q``: part of a
    village's or a unit's name, of a number or of what is contested; ``due_to``: admitted, and due by this day."""
    every = _all(asker)
    found = [
        each
        for each in every
        if (year is None or each.year == year)
        and (side is None or each.side is side)
        and (outcome is None or each.outcome is outcome)
        and (due_to is None or (each.status is Status.ADMITTED and (each.due_on or date.max) <= due_to))
        and (not q or _names(each, folded(q)))
    ]
    listed = [each for each in found if status is None or each.status is status]
    page = Listing.ordered(listed, _PLACES, sort or AppealOrder.FILED_LAST, after, limit)
    counts = Counter(each.status for each in found)
    return AppealsShown(
        found=len(listed),
        counts=tuple(AppealCount(each, counts[each]) for each in Status if each is not Status.NONE),
        years=tuple(sorted({each.year for each in every}, reverse=True)),
        rows=page.rows,
        next=page.next,
    )


def _all(asker: Asker) -> list[AppealRow]:
    """Those the reader may see, those filed first first."""
    query = select(appeals).where(known(appeals, asker.known_at))
    rows = asker.connection.execute(query.order_by(appeals.c.at_position, appeals.c.number)).mappings().all()
    own = [row for row in rows if asker.sees(Owner(row["branch"], row["village"]))]
    about = _About(asker, own)
    return [_row(row, about, None) for row in own]


def _names(each: AppealRow, wanted: str) -> bool:
    title = each.title
    texts = each.village_name, each.unit_name, each.number, each.finding_number, each.indicator
    said = each.description, *((title.zh, title.en) if title else ())
    return any(wanted in folded(text) for text in (*texts, *said))


def _ordinal(day: date | None) -> int:
    return date.max.toordinal() if day is None else day.toordinal()


def _urgency(row: AppealRow) -> Place:
    """What runs by its deadline, then what waits to be admitted, then what is ended, the last first."""
    if row.status is Status.ADMITTED:
        return 0, _ordinal(row.due_on), row.appeal_id
    if row.status is Status.FILED:
        return 1, _ordinal(row.filed_on), row.appeal_id
    return 2, -_ordinal(row.filed_on), row.appeal_id


_PLACES: Places[AppealRow] = {
    "urgency": _urgency,
    "filed": lambda row: (_ordinal(row.filed_on), row.number, row.appeal_id),
    "due": lambda row: (_ordinal(row.due_on), row.appeal_id),
    "number": lambda row: (row.number, row.appeal_id),
}


class _About:
    """What names the things that appeals are about, read once for all of them."""

    def __init__(self, asker: Asker, rows: Sequence[RowMapping]) -> None:
        self.asker = asker
        self.names, self.numbers = Names(asker.connection, asker.known_at), Numbers(asker.connection)
        self.counted = in_force(asker.connection, asker.known_at)
        contested = {row["finding_id"] for row in rows if row["finding_id"]}
        self.numbers.read(contested)
        c = findings.c
        query = select(c.finding_id, c.description).where(
            c.finding_id.in_(contested), known(findings, asker.known_at)
        )
        rows_of = asker.connection.execute(query) if contested else ()
        self.descriptions = {row.finding_id: row.description for row in rows_of}
        self.schemes: dict[int, Scheme | None] = {}

    def title(self, year: int, code: str) -> Text | None:
        """What an indicator of the year is called, where the year's scheme has it."""
        if year not in self.schemes:
            with suppress(Unknown):
                self.schemes[year] = self.asker.look.system.scoring.scheme(
                    self.asker.connection, year, self.asker.known_at
                )
        scheme = self.schemes.setdefault(year, None)
        return next((each.title for each in scheme.indicators if each.code == code), None) if scheme else None


def _row(row: RowMapping, about: _About, on: date | None) -> AppealRow:
    branch, village, names = row["branch"], row["village"], about.names
    status, due_on = Status(row["status"]), row["due_on"]
    return AppealRow(
        appeal_id=row["appeal_id"],
        number=row["number"],
        year=row["year"],
        filed_on=row["filed_on"],
        filed_by=row["filed_by"],
        side=Side(row["side"]),
        branch=branch,
        unit_name=names.units(on).get(branch, branch),
        village=village,
        village_name=names.villages(on).get(village, village),
        indicator=row["indicator"],
        title=about.title(row["year"], row["indicator"]) if row["indicator"] else None,
        finding_id=row["finding_id"],
        finding_number=about.numbers.shown(row["finding_id"]),
        description=about.descriptions.get(row["finding_id"], ""),
        status=status,
        light=_light(status, due_on, about.asker.look.today()),
        due_on=due_on,
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        counted_in=about.counted.get(row["appeal_id"]),
    )


def _light(status: Status, due_on: date | None, today: date) -> Light:
    """Of its clock: it runs from the admission until it is ended."""
    if status is Status.FILED:
        return Light.WAITING
    if status is Status.WITHDRAWN:
        return Light.WITHDRAWN
    return traffic_light(status.value, due_on, None, today) if status is Status.ADMITTED else Light.DONE


@question("/appeals/{key}", EVERYBODY, on=APPEAL)
def show_appeal(asker: Asker, *, key: Key) -> AppealShown:
    """One appeal, with what it contests and what came of it; units and villages are called as on the day it was filed."""
    query = select(appeals).where(appeals.c.appeal_id == key, known(appeals, asker.known_at))
    row = asker.connection.execute(query).mappings().first()
    if row is None:
        raise Unknown("appeals", key)
    about = _About(asker, [row])
    counted, numbers = about.counted, about.numbers
    frozen = asker.connection.execute(
        select(runs).where(runs.c.appeal_id == key, known(runs, asker.known_at))
    )
    run = frozen.first()
    rejections_ahead(asker.connection, row["pairing_id"], row["at_position"])
    history = newest_steps(asker, "appeal_id", key)[::-1]
    days = {step.name: step.occurred_on for step in history}
    failure, corrected = _failure(asker, row["decided_at"], numbers), row["corrected_points"]
    shown = _row(row, about, row["filed_on"])
    return AppealShown(
        appeal=shown,
        year=row["year"],
        pairing_id=row["pairing_id"],
        known_at=row["at_position"],
        line=_line(asker, row, numbers) if row["indicator"] else None,
        gone=_withdrawn(asker, row["finding_id"]) if row["finding_id"] else shown.title is None,
        grounds=row["grounds"],
        admitted_on=days.get(AppealAdmitted.NAME),
        ended_on=next((days[each.NAME] for each in ENDINGS if each.NAME in days), None),
        decided_on=row["decided_on"],
        corrected_points=None if corrected is None else two_decimals(corrected),
        reasons=row["reasons"],
        outstanding=key in counted and not row["effect_at"],
        failure=failure,
        run=run_row(run) if run is not None and (run.published_on or asker.sees_all) else None,
        history=history,
    )


def _line(asker: Asker, row: RowMapping, numbers: Numbers) -> ContestedLine:
    told = asker.look.system.scoring.explain(
        asker.connection, row["year"], row["pairing_id"], row["indicator"], row["at_position"]
    )
    return _contested(told, row["contested_points"], numbers.shown(row["run_id"]))


def _contested(told: Explanation, points: int | None, run_no: str) -> ContestedLine:
    return ContestedLine(
        code=told.indicator.code,
        title=told.indicator.title,
        points=None if points is None else two_decimals(points),
        run_no=run_no,
        because=told.because,
    )


def _withdrawn(asker: Asker, finding_id: str) -> bool:
    query = select(findings.c.status).where(findings.c.finding_id == finding_id)
    return asker.connection.scalar(query.where(known(findings, asker.known_at))) == "withdrawn"


def _failure(asker: Asker, decided_at: int | None, numbers: Numbers) -> Text | None:
    """Of the present only: what is tried again is tried by the process that is asked."""
    system = asker.look.system
    if decided_at is None or asker.known_at < asker.newest:
        return None
    failure = system.policies.failed().get(decided_at)
    if isinstance(failure, Rejected):
        because = numbers.shown(failure.because)
        return Text(f"{failure.clause.zh}（{because}）", f"{failure.clause.en} ({because})")
    return None if failure is None else Text(str(failure), str(failure))
