"""What is to be done about the results of a year, from the cut-off to their service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from application.actors.actor import Owner
from application.question import Asker
from application.questions.answers.duties.duty import Counted, DutyKind, Next, Process, Seat, Standing
from application.questions.answers.duties.year_work import years_at_work
from application.questions.answers.year_end.result_uses import uses_not_ordered
from application.questions.results.run_results import run_results
from application.things import RESULTS as YEARS
from domain.account.role import Role
from domain.assessment.year.events import NoticeOpened, SignStep
from domain.assessment.year.result import YearResults
from domain.assessment.year.run_result import RunResult
from domain.kernel.errors import Rejected
from projections.boards.assessment.runs import years_with_run
from projections.boards.assessment.year_work import cut_off
from projections.boards.calendars import working_days
from projections.boards.pairing.pairings import pairings
from projections.figures.appeals_in_force import unsettled
from projections.kit.columns import known

_ASSESSOR, _APPROVER = Role.ASSESSOR, Role.APPROVER
_GROUP, _OFFICE, _LEADERS = Seat.SCORING_GROUP, Seat.JOINT_OFFICE, Seat.LEADING_GROUP
_OBJECTING = {Role.BRANCH_CLERK: "file_objection", Role.VILLAGE_CLERK: "file_objection", _APPROVER: ""}
OF_YEARS = (
    Next(DutyKind.CUT_OFF_LACKING, _ASSESSOR, _GROUP, "set_cut_off"),
    Next(DutyKind.RUN_LACKING, _ASSESSOR, _GROUP, "freeze_run"),
    Next(DutyKind.RUN_OVERTAKEN, _ASSESSOR, _GROUP, "freeze_run", {_APPROVER: ""}),
)
OF_RUNS = (
    Next(DutyKind.RUN_REPLACING, _APPROVER, _LEADERS, "consent_to_run", {_ASSESSOR: ""}),
    Next(DutyKind.RUN_FROZEN, _ASSESSOR, _GROUP, "sign_scoring_group", {_APPROVER: ""}),
    Next(DutyKind.SIGNED_BY_SCORING_GROUP, _APPROVER, _OFFICE, "sign_office", {_ASSESSOR: ""}),
    Next(DutyKind.SIGNED_BY_OFFICE, _APPROVER, _LEADERS, "sign_leading_group", {_ASSESSOR: ""}),
    Next(DutyKind.RUN_SIGNED, _ASSESSOR, _GROUP, "open_notice", {_APPROVER: ""}),
    Next(DutyKind.ON_NOTICE, _ASSESSOR, _GROUP, "close_notice", _OBJECTING, Counted.WORKING),
    Next(DutyKind.NOTICE_OVER, _ASSESSOR, _GROUP, "close_notice", {_APPROVER: ""}, Counted.WORKING),
    Next(DutyKind.NOTICE_CLOSED, _ASSESSOR, _GROUP, "publish_run", {_APPROVER: ""}),
    Next(DutyKind.RESULTS_UNSERVED, _ASSESSOR, _GROUP, "serve_result"),
)
OF_ADJUSTMENTS = (
    Next(DutyKind.ADJUSTMENT_PROPOSED, _APPROVER, _OFFICE, "approve_adjustment", {_ASSESSOR: ""}),
)
# Neither whoever froze the results nor whoever objected answers.
OF_OBJECTIONS = (
    Next(DutyKind.OBJECTION_FILED, _APPROVER, _OFFICE, "answer_objection", {_ASSESSOR: ""}, Counted.WORKING),
)
OF_RESULTS = (Next(DutyKind.USES_CALLED_FOR, _ASSESSOR, _GROUP, "order_result_use"),)
_TO_SIGN = {
    SignStep.SCORING_GROUP: DutyKind.RUN_FROZEN,
    SignStep.OFFICE: DutyKind.SIGNED_BY_SCORING_GROUP,
    SignStep.LEADING_GROUP: DutyKind.SIGNED_BY_OFFICE,
}


def _with_run(asker: Asker) -> Iterator[tuple[int, YearResults]]:
    for year in sorted(years_with_run(asker.connection, asker.known_at)):
        yield year, YEARS.state(asker.look, str(year))


def _years(asker: Asker) -> Iterator[Standing]:
    for year in years_at_work(asker):
        limit = cut_off(asker.connection, year, asker.known_at)
        if not asker.look.system.scoring.results(asker.connection, year, asker.known_at):
            continue
        yield Standing(
            kind=DutyKind.CUT_OFF_LACKING if limit is None else DutyKind.RUN_LACKING,
            key=str(year),
            since=date(year + 1, 1, 1) if limit is None else limit.set_on,
            year=year,
        )
    for year, results in _with_run(asker):
        if (last := results.runs.get(results.newest)) and not _goes_on(results):
            yield Standing(
                kind=DutyKind.RUN_OVERTAKEN,
                key=str(year),
                since=last.frozen.frozen_on,
                number=last.run_no,
                year=year,
            )


def _goes_on(results: YearResults) -> bool:
    """Whether the newest run may go on: nothing was decided since that it would have to take in."""
    try:
        results.going_on(results.newest)
    except Rejected:
        return False
    return True


def _runs(asker: Asker) -> Iterator[Standing]:
    for year, results in _with_run(asker):
        newest = results.runs.get(results.newest)
        going = newest if newest and newest.published_on is None and _goes_on(results) else None
        if going and (found := _going(asker, results, going)):
            yield replace(found, year=year, number=going.run_no)
        standing = results.runs.get(results.newest_published)
        if standing and asker.may("serve_result") and (units := _unserved(asker, standing)):
            assert standing.published_on is not None
            yield Standing(
                kind=DutyKind.RESULTS_UNSERVED,
                key=standing.frozen.run_id,
                since=standing.published_on,
                number=standing.run_no,
                year=year,
                count=len(units),
            )


def _going(asker: Asker, results: YearResults, run: RunResult) -> Standing | None:
    """What a run that goes on waits for; ``None`` where that is an adjustment, an objection or an appeal."""
    key, frozen = run.frozen.run_id, run.frozen
    if results.replaces(key) and not run.consented:
        barred = frozenset({frozen.frozen_by})
        return Standing(kind=DutyKind.RUN_REPLACING, key=key, since=frozen.frozen_on, barred=barred)
    if run.next_step is not None:
        signed = frozenset(each.signed_by for each in run.signatures)
        since = run.signatures[-1].signed_on if run.signatures else frozen.frozen_on
        to_sign = Standing(kind=_TO_SIGN[run.next_step], key=key, since=since, barred=signed)
        return None if run.proposed else to_sign
    if run.notice is None:
        return Standing(kind=DutyKind.RUN_SIGNED, key=key, since=run.signatures[-1].signed_on)
    if not run.closed:
        return _noticed(asker, run, run.notice)
    waits = any(each.open_objections for each in results.runs.values())
    if waits or unsettled(asker.connection, frozen.year, asker.known_at):
        return None
    return Standing(kind=DutyKind.NOTICE_CLOSED, key=key, since=run.notice.closes_on)


def _noticed(asker: Asker, run: RunResult, notice: NoticeOpened) -> Standing | None:
    over = asker.look.today() > notice.closes_on
    if over and run.open_objections:
        return None
    calendar = working_days(asker.connection, asker.known_at)
    return Standing(
        kind=DutyKind.NOTICE_OVER if over else DutyKind.ON_NOTICE,
        key=notice.run_id,
        since=notice.closes_on if over else notice.opened_on,
        due_on=calendar.add_working_days(notice.closes_on, 1).day,
        from_on=notice.closes_on + timedelta(days=1),
    )


def _unserved(asker: Asker, run: RunResult) -> set[str]:
    scoring = asker.look.system.scoring
    assessed = scoring.results(asker.connection, run.frozen.year, run.frozen.known_at)
    return {each.branch for each in assessed} - run.served


def _adjustments(asker: Asker) -> Iterator[Standing]:
    return _of_pairings(asker, _proposed(asker))


def _proposed(asker: Asker) -> Iterator[Standing]:
    for year, results in _with_run(asker):
        if not _goes_on(results):
            continue
        run = results.runs[results.newest]
        for pairing_id, each in run.proposed.items():
            yield Standing(
                kind=DutyKind.ADJUSTMENT_PROPOSED,
                key=each.run_id,
                since=each.proposed_on,
                number=run.run_no,
                matter=each.because,
                year=year,
                stated={"pairing_id": pairing_id},
                barred=frozenset({each.proposed_by}),
            )


def _objections(asker: Asker) -> Iterator[Standing]:
    return _of_pairings(asker, _filed(asker))


def _filed(asker: Asker) -> Iterator[Standing]:
    """Those to a run that a newer one overtook, too: it may be wrong in the same."""
    for year, results in _with_run(asker):
        for run in results.runs.values():
            if run.notice is None or run.closed:
                continue
            for each in run.objections.values():
                if each.answered is None:
                    yield Standing(
                        kind=DutyKind.OBJECTION_FILED,
                        key=run.frozen.run_id,
                        since=each.filed.filed_on,
                        number=each.filed.number,
                        matter=each.filed.grounds,
                        year=year,
                        due_on=run.notice.closes_on,
                        stated={
                            "objection_id": each.filed.objection_id,
                            "pairing_id": each.filed.pairing_id,
                        },
                        barred=frozenset({each.filed.filed_by, run.frozen.frozen_by}),
                    )


def _of_pairings(asker: Asker, found: Iterable[Standing]) -> Iterator[Standing]:
    """With the unit and the village of the pairing that each states; of an objection, what else is stated is its own."""
    waiting = list(found)
    wanted = {pairing for each in waiting if (pairing := each.stated["pairing_id"])}
    query = select(pairings.c.pairing_id, pairings.c.branch, pairings.c.village)
    at = known(pairings, asker.known_at), pairings.c.pairing_id.in_(wanted)
    owners: dict[str, Owner] = defaultdict(Owner)
    if wanted:
        rows = asker.connection.execute(query.where(*at))
        owners.update({row.pairing_id: Owner(row.branch, row.village) for row in rows})
    for each in waiting:
        stated = dict(each.stated)
        if each.kind is DutyKind.OBJECTION_FILED:
            del stated["pairing_id"]
        yield replace(each, owner=owners[each.stated["pairing_id"]], stated=stated)


def _results(asker: Asker) -> Iterator[Standing]:
    for year, results in _with_run(asker):
        run = results.runs.get(results.newest_published)
        if run is None or run.published_on is None:
            continue
        key = run.frozen.run_id
        found = run_results(asker.look.system.scoring, asker.connection, key, asker.known_at)
        if lacking := list(uses_not_ordered(asker, year, found)):
            yield Standing(
                kind=DutyKind.USES_CALLED_FOR,
                key=key,
                since=run.published_on,
                number=run.run_no,
                year=year,
                count=len(lacking),
                stated={"run_id": key},
            )


_WAITS = "；其余情形等待其他事项", "; otherwise it waits for another process"
YEAR = Process("results", "results", OF_YEARS, _years, ("已核定", "results are frozen"))
RUNS = Process(
    "run",
    "run",
    OF_RUNS,
    _runs,
    (
        f"已公布且全部送达，或仅供比较，或已被取代{_WAITS[0]}",
        f"public and served, for comparing, or replaced{_WAITS[1]}",
    ),
)
ADJUSTMENTS = Process("adjustment", "run", OF_ADJUSTMENTS, _adjustments, ("已决定", "decided"))
OBJECTIONS = Process("objection", "run", OF_OBJECTIONS, _objections, ("已答复", "answered"))
CALLED_FOR = Process("called_for", "run", OF_RESULTS, _results, ("均已下达", "all ordered"))
