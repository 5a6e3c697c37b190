"""What published results led to, each with its light, and what they call for that nobody ordered."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from application.actors.actor import EVERYBODY, Owner
from application.input.keyset import After, Place
from application.question import Asker, Limit, Listing, question
from application.questions.answers.year_end.results import RunRow, run_row
from application.questions.history import newest_steps
from application.questions.names_of_year import NamesOfYear
from application.questions.of_row import of_row
from application.questions.results.run_results import (
    GradedResult,
    RunResults,
    published_results,
    standing_of,
)
from application.questions.sentences import HistoryStep
from application.things import RESULT_USE
from domain.account.role import Role
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.text import Text
from domain.assessment.year.events import ResultUse
from domain.assessment.year.result_use import UseStatus, called_for, use_light
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, OptionalLine, Year
from projections.boards.assessment.result_uses import result_uses
from projections.boards.registry.names import Names
from projections.kit.columns import known


class UseState(enum.Enum):
    """Under what a use is found: ``KEPT`` is all that was not withdrawn, ``DONE`` what is over, withdrawn or completed."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    KEPT = "kept"
    COMPLETED = "completed"


@dataclass(frozen=True)
class ResultUseRow:
    """A use of a result. ``light``: as of today; ``account``: what was said last of what was done."""

    use_id: str
    year: int
    run_id: str
    use: ResultUse
    pairing_id: str
    branch: str
    unit_name: str
    village: str
    village_name: str
    measure: str
    because: str
    due_on: date
    ordered_by: str
    ordered_on: date
    status: UseStatus
    light: str
    account: str
    ended_on: date | None

    @property
    def states(self) -> frozenset[UseState]:
        """All under which it is found."""
        if self.status is UseStatus.WITHDRAWN:
            return frozenset({UseState.DONE})
        if self.status is UseStatus.COMPLETED:
            return frozenset({UseState.KEPT, UseState.DONE, UseState.COMPLETED})
        late = {UseState.OVERDUE} if self.light == "red" else set()
        return frozenset({UseState.KEPT, UseState.OPEN, *late})


@dataclass(frozen=True)
class ResultUseShown(ResultUseRow):
    """A use with what happened to it, the first first."""

    history: tuple[HistoryStep, ...]


class UseOrder(enum.Enum):
    """How uses are listed: by due day, after a minus the latest first; or what is late first, what is over last."""

    DUE = "due"
    DUE_LAST = "-due"
    URGENCY = "urgency"


_URGENCY = ("red", "yellow", "green", "done")


@dataclass(frozen=True)
class ResultUses:
    """Uses of a year's results; how many of those that the kind and ``q`` find there are, and are under way, late, over.
    ``found``: those asked for."""

    year: int
    every: int
    open: int
    overdue: int
    done: int
    found: int
    rows: tuple[ResultUseRow, ...]
    next: str | None


@dataclass(frozen=True)
class ProposedUse:
    """A pairing whose result calls for one of ``uses``, and has none of them."""

    pairing_id: str
    branch: str
    unit_name: str
    village: str
    village_name: str
    total: str
    grade: str
    grade_name: Text
    vetoed: bool
    uses: tuple[ResultUse, ...]


@dataclass(frozen=True)
class ProposedUses:
    """``run``: whose results stand; ``None`` before any are public."""

    run: RunRow | None
    rows: tuple[ProposedUse, ...]
    next: str | None


@question("/result-uses")
def list_result_uses(
    asker: Asker,
    *,
    year: Year,
    use: ResultUse | None,
    state: UseState | None,
    q: OptionalLine,
    sort: UseOrder | None,
    after: After | None,
    limit: Limit | None,
) -> ResultUses:
    """The uses of a year's results, those due first first unless asked otherwise; a clerk sees the own ones.
    ``q``: part of a village's or unit's name."""
    searched = Names(asker.connection, asker.known_at)
    names = NamesOfYear(asker.connection, year, asker.known_at)
    rows = [
        _shown(asker, row, names.unit(row.branch), names.village(row.village))
        for row in _of_year(asker, year)
        if asker.sees(Owner(row.branch, row.village))
    ]
    meant = {
        row.use_id for row in rows if use in (None, row.use) and searched.matches(q, row.village, row.branch)
    }

    def fits(row: ResultUseRow) -> bool:
        return row.use_id in meant and (state is None or state in row.states)

    def place(row: ResultUseRow) -> Place:
        first = _URGENCY.index(row.light) if sort is UseOrder.URGENCY else 0
        return first, row.due_on.isoformat(), row.use_id

    counts = Counter(each for row in rows if row.use_id in meant for each in row.states)
    listed = Listing.placed(filter(fits, rows), place, after, limit, falling=sort is UseOrder.DUE_LAST)
    return ResultUses(
        year=year,
        every=len(meant),
        open=counts[UseState.OPEN],
        overdue=counts[UseState.OVERDUE],
        done=counts[UseState.DONE],
        found=sum(map(fits, rows)),
        rows=listed.rows,
        next=listed.next,
    )


@question("/result-uses/{key}", EVERYBODY, on=RESULT_USE)
def show_result_use(asker: Asker, *, key: Key) -> ResultUseShown:
    """One use, by the names of the day on which it was ordered."""
    query = select(result_uses).where(result_uses.c.use_id == key, known(result_uses, asker.known_at))
    row = asker.connection.execute(query).first()
    if row is None:
        raise Unknown("result_use", key)
    names, on = Names(asker.connection, asker.known_at), row.ordered_on
    unit, village = names.units(on).get(row.branch, ""), names.villages(on).get(row.village, "")
    shown = _shown(asker, row, unit or row.branch, village or row.village)
    return of_row(ResultUseShown, shown, history=newest_steps(asker, "use_id", key)[::-1])


@question("/proposed-uses", frozenset({Role.ASSESSOR, Role.APPROVER}))
def list_proposed_uses(asker: Asker, *, year: Year, after: After | None, limit: Limit | None) -> ProposedUses:
    """Pairings whose result calls for praise, criticism or a talk, none of which was ordered."""
    found = published_results(asker.look.system.scoring, asker.connection, year, asker.known_at)
    if found is None:
        return ProposedUses(None, (), None)
    names = NamesOfYear(asker.connection, year, asker.known_at)
    rows = (
        ProposedUse(
            pairing_id=each.result.pairing,
            branch=each.result.branch,
            unit_name=names.unit(each.result.branch),
            village=each.result.village,
            village_name=names.village(each.result.village),
            total=two_decimals(each.result.sheet.total),
            grade=each.grade,
            grade_name=each.label,
            vetoed=each.result.sheet.vetoed,
            uses=wanted,
        )
        for each, wanted in uses_not_ordered(asker, year, found)
    )
    listed = Listing.placed(rows, lambda row: (row.pairing_id,), after, limit)
    return ProposedUses(run_row(found.run), listed.rows, listed.next)


def uses_not_ordered(
    asker: Asker, year: int, found: RunResults
) -> Iterator[tuple[GradedResult, tuple[ResultUse, ...]]]:
    """The results of a run that call for uses none of which was ordered of the pairing, with these uses."""
    ordered: dict[str, set[ResultUse]] = defaultdict(set)
    for row in _of_year(asker, year):
        if row.status != UseStatus.WITHDRAWN.value:
            ordered[row.pairing_id].add(ResultUse(row.use))
    for each in found.graded:
        wanted = called_for(standing_of(found, each))
        if wanted and not ordered[each.result.pairing] & set(wanted):
            yield each, wanted


def _of_year(asker: Asker, year: int) -> Iterator[Row[Any]]:
    query = select(result_uses).where(result_uses.c.year == year, known(result_uses, asker.known_at))
    return iter(asker.connection.execute(query.order_by(result_uses.c.due_on, result_uses.c.use_id)).all())


def _shown(asker: Asker, row: Row[Any], unit_name: str, village_name: str) -> ResultUseRow:
    return of_row(
        ResultUseRow,
        row,
        use=ResultUse(row.use),
        unit_name=unit_name,
        village_name=village_name,
        status=UseStatus(row.status),
        light=use_light(row.status, row.due_on, asker.look.today()),
    )
