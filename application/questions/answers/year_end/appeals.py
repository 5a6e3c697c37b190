"""The appeals, what one contests as it was known then, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sqlalchemy import RowMapping, select

from application.actor import EVERYBODY, SIDES, Owner
from application.question import Asker, Limit, Listing, question
from application.questions.answers.year_end.results import RunRow, run_row
from application.questions.appeal_lookups import OptionalCode, OptionalFinding, target_of
from application.questions.history import newest_steps
from application.questions.names_of_year import NamesOfYear, Paired
from application.questions.sentences import HistoryStep
from application.reading import Fault, FaultCode, Malformed
from application.things import APPEAL
from domain.appeal.appeal import Status
from domain.appeal.events import AppealAdmitted, AppealDecided, AppealRefused, AppealWithdrawn, Outcome
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.text import Text
from domain.kernel.errors import Forbidden, Rejected, Unknown
from domain.kernel.parties import Side
from domain.kernel.values import Key, KeyOf, PairingKey, Year
from projections.boards.assessment import appeals, runs
from projections.boards.findings import findings
from projections.boards.names import Names
from projections.boards.numbers import Numbers
from projections.figures.appeals_in_force import in_force
from projections.kit.columns import known
from projections.scores.scores import Explanation

ENDINGS = (AppealDecided, AppealRefused, AppealWithdrawn)
"""What ends an appeal."""


@dataclass(frozen=True)
class AppealRow:
    """An appeal against a line (``indicator``) or a finding. ``counted_in``: the number of the first run that counts what was
    decided for the applicant, empty until there is one; ``None`` where nothing was."""

    appeal_id: str
    number: str
    filed_on: date
    filed_by: str
    side: Side
    branch: str
    unit_name: str
    village: str
    village_name: str
    indicator: str
    finding_id: str
    finding_number: str
    status: Status
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
    """An appeal. ``known_at``: the record as known at which it contests; ``gone``: the finding it contests was
    withdrawn; ``ended_on``: the day on which it was decided, refused or withdrawn. ``outstanding``: its decision has
    had no effect yet; ``failure``: of what it leads to, when that was tried last; ``run``: frozen for it; clerks see
    it once it is published.
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
    """What an appeal would be about: a finding, or a line of the run that stands."""

    pairing: Paired
    finding_number: str
    description: str
    line: ContestedLine | None


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
    )


@question("/appeals")
def list_appeals(
    asker: Asker, *, after: Annotated[str, KeyOf("appeal")] | None, limit: Limit | None
) -> Listing[AppealRow]:
    """Appeals, those filed last first; a clerk sees those about the own pairings."""
    query = select(appeals).where(known(appeals, asker.known_at))
    query = query.order_by(appeals.c.at_position.desc(), appeals.c.number.desc(), appeals.c.appeal_id)
    rows = asker.connection.execute(query).mappings().all()
    own = [row for row in rows if asker.sees(Owner(row["branch"], row["village"]))]
    numbers, names = Numbers(asker.connection), Names(asker.connection, asker.known_at)
    numbers.read(row["finding_id"] for row in own)
    counted = in_force(asker.connection, asker.known_at)
    listed = (_row(row, names, numbers, counted, None) for row in own)
    return Listing.of(listed, lambda each: each.appeal_id, after, limit)


def _row(
    row: RowMapping, names: Names, numbers: Numbers, counted: Mapping[str, str], on: date | None
) -> AppealRow:
    branch, village = row["branch"], row["village"]
    return AppealRow(
        appeal_id=row["appeal_id"],
        number=row["number"],
        filed_on=row["filed_on"],
        filed_by=row["filed_by"],
        side=Side(row["side"]),
        branch=branch,
        unit_name=names.units(on).get(branch, branch),
        village=village,
        village_name=names.villages(on).get(village, village),
        indicator=row["indicator"],
        finding_id=row["finding_id"],
        finding_number=numbers.shown(row["finding_id"]),
        status=Status(row["status"]),
        due_on=row["due_on"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        counted_in=counted.get(row["appeal_id"]),
    )


@question("/appeals/{key}", EVERYBODY, on=APPEAL)
def show_appeal(asker: Asker, *, key: Key) -> AppealShown:
    """One appeal, with what it contests and what came of it; units and villages are called as on the day it was filed."""
    query = select(appeals).where(appeals.c.appeal_id == key, known(appeals, asker.known_at))
    row = asker.connection.execute(query).mappings().first()
    if row is None:
        raise Unknown("appeals", key)
    counted, numbers = in_force(asker.connection, asker.known_at), Numbers(asker.connection)
    names = Names(asker.connection, asker.known_at)
    frozen = asker.connection.execute(
        select(runs).where(runs.c.appeal_id == key, known(runs, asker.known_at))
    )
    run = frozen.first()
    history = newest_steps(asker, "appeal_id", key)[::-1]
    days = {step.name: step.occurred_on for step in history}
    failure, corrected = _failure(asker, row["decided_at"], numbers), row["corrected_points"]
    return AppealShown(
        appeal=_row(row, names, numbers, counted, row["filed_on"]),
        year=row["year"],
        pairing_id=row["pairing_id"],
        known_at=row["at_position"],
        line=_line(asker, row, numbers) if row["indicator"] else None,
        gone=bool(row["finding_id"]) and _withdrawn(asker, row["finding_id"]),
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
