"""What waits for whoever asks, and what they follow that waits for somebody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import select

from application.actors.actor import admits
from application.input.keyset import After, Place
from application.question import Asker, Limit, Listing, question
from application.questions.answers.duties.accounts import ACCOUNTS
from application.questions.answers.duties.appeals import APPEALS
from application.questions.answers.duties.complaints import COMPLAINTS
from application.questions.answers.duties.duty import (
    Counted,
    Duty,
    DutyGroup,
    Next,
    Process,
    Standing,
    days_left,
)
from application.questions.answers.duties.findings import FINDINGS
from application.questions.answers.duties.livelihood import NEEDS, PROJECTS
from application.questions.answers.duties.pairing.activities import ACTIVITIES
from application.questions.answers.duties.pairing.nominations import NOMINATIONS
from application.questions.answers.duties.pairing.pairings import PROPOSALS
from application.questions.answers.duties.pairing.party_days import PARTY_DAYS
from application.questions.answers.duties.pairing.plans import PLANS
from application.questions.answers.duties.result_uses import RESULT_USES
from application.questions.answers.duties.schemes import SCHEMES
from application.questions.answers.duties.vacancies import VACANCIES
from application.questions.answers.duties.year_end import ADJUSTMENTS, CALLED_FOR, OBJECTIONS, RUNS, YEAR
from application.questions.answers.duties.year_work import EVIDENCE, SHEETS
from domain.account.role import Role
from domain.kernel.person import Persons
from domain.kernel.working_days import WorkingDays
from domain.kernel.zone import county_day
from projections.boards.calendars import working_days
from projections.boards.people.accounts import persons
from projections.boards.registry.names import Names
from projections.boards.trail import trail
from projections.kit.memory import ask_ahead

PROCESSES = (
    FINDINGS,
    PROPOSALS,
    VACANCIES,
    PARTY_DAYS,
    ACTIVITIES,
    PLANS,
    NOMINATIONS,
    NEEDS,
    PROJECTS,
    SHEETS,
    EVIDENCE,
    SCHEMES,
    YEAR,
    RUNS,
    ADJUSTMENTS,
    OBJECTIONS,
    CALLED_FOR,
    RESULT_USES,
    APPEALS,
    COMPLAINTS,
    ACCOUNTS,
)
"""All of which something may wait, in the order in which it is listed of one day."""
WEEK = 7
"""Days: what is due within them is for this week."""
_GROUPS = list(DutyGroup)


@dataclass(frozen=True)
class Duties:
    """What waits, by group and due day. ``overdue``, ``week`` and ``later``: how many of all wait for whoever asks; ``others``:
    how many for somebody else."""

    overdue: int
    week: int
    later: int
    others: int
    rows: tuple[Duty, ...]
    next: str | None


@question("/duties", frozenset(Role))
def list_duties(asker: Asker, *, group: DutyGroup | None, after: After | None, limit: Limit | None) -> Duties:
    """What whoever asks must do next, of every process, and what they follow that others must do; nothing waits in the past.
    An auditor, who does nothing, follows what is overdue.
    """
    found = [] if asker.known_at < asker.newest else list(_waiting(asker))
    counts = Counter(each.group for each in found)
    wanted = [each for each in found if group in (None, each.group)]
    days = _days(asker, wanted)
    listed = Listing.placed(wanted, lambda each: each.place(days), after, limit)
    return Duties(
        **{each.value: counts[each] for each in DutyGroup},
        rows=tuple(_shown(asker, listed.rows, days)),
        next=listed.next,
    )


@dataclass(frozen=True)
class _Waiting:
    """A thing that waits, and for whoever asks: in which group, with which step."""

    process: Process
    row: Next
    standing: Standing
    group: DutyGroup
    step: str

    def place(self, days: Mapping[int, date]) -> Place:
        """By group and due day; what has none comes last, of the newest year first, and of a year what has waited longest."""
        each, by = self.standing, PROCESSES.index(self.process)
        within = (*(each.stated[name] for name in sorted(each.stated)), *sorted(each.barred))
        due_on, year = (
            each.due_on.isoformat() if each.due_on else "9999",
            0 if each.due_on else -(each.year or 9999),
        )
        return (
            _GROUPS.index(self.group),
            due_on,
            year,
            _since(each, days),
            by,
            each.key,
            each.kind.value,
            *within,
        )


def _since(each: Standing, days: Mapping[int, date]) -> str:
    return (each.since if isinstance(each.since, date) else days[each.since]).isoformat()


def _waiting(asker: Asker) -> Iterator[_Waiting]:
    role = asker.actor.role
    barring = _Barring(asker)
    concerned = [each for each in PROCESSES if role is Role.AUDITOR or role in each.concerns]
    ask_ahead(asker.connection, *(each.asked(asker) for each in concerned if each.asked is not None))
    for process in concerned:
        for each in process.standing(asker):
            if found := _for_asker(asker, process, each, barring):
                yield found


class _Barring:
    """Whether whoever asks is one of the persons behind some accounts; looked up once it matters."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    @cached_property
    def _persons(self) -> Persons:
        actor, found = self._asker.actor, persons(self._asker.connection)
        # What either may not do, a deputy does not do for the other.
        return found.joined([(actor.username, actor.acting_for)]) if actor.acting_for else found

    def __call__(self, accounts: Iterable[str]) -> bool:
        barred = list(accounts)
        return bool(barred) and self._persons.meet(self._asker.actor.username, *barred)


def _for_asker(asker: Asker, process: Process, each: Standing, barring: _Barring) -> _Waiting | None:
    """What a thing that waits is for whoever asks; ``None`` where it is none of their business."""
    row, today, role = process.row(each.kind), asker.look.today(), asker.actor.role
    early = each.from_on is not None and today < each.from_on

    def waiting(group: DutyGroup, step: str) -> _Waiting:
        barred = bool(step) and barring(each.barred)
        return _Waiting(process, row, each, DutyGroup.OTHERS if barred else group, "" if barred else step)

    if role is row.role:
        if admits({role}, asker.actor, each.owner):
            return waiting(_group(each, today, early), "" if early else row.step)
    elif role in row.meanwhile:
        if admits({role}, asker.actor, each.owner):
            return waiting(DutyGroup.OTHERS, row.meanwhile[role])
    elif role is Role.AUDITOR and each.due_on is not None and each.due_on < today:
        # What is kept from somebody is kept from an auditor, too.
        if each.owner.only is not None and not admits({role}, asker.actor, each.owner):
            return None
        return waiting(DutyGroup.OTHERS, "")
    return None


def _group(each: Standing, today: date, early: bool) -> DutyGroup:
    if early:
        return DutyGroup.LATER
    if each.due_on is None or today <= each.due_on <= today + timedelta(days=WEEK):
        return DutyGroup.WEEK
    return DutyGroup.OVERDUE if each.due_on < today else DutyGroup.LATER


def _shown(asker: Asker, rows: Sequence[_Waiting], days: Mapping[int, date]) -> Iterator[Duty]:
    if not rows:
        return
    names = Names(asker.connection, asker.known_at)
    units, villages = names.units(), names.villages()
    today = asker.look.today()
    working = any(each.standing.due_on and each.row.counted is Counted.WORKING for each in rows)
    calendar = working_days(asker.connection, asker.known_at) if working else WorkingDays()
    for each in rows:
        row, standing = each.row, each.standing
        branch, village, due_on = standing.owner.branch, standing.owner.village, standing.due_on
        yield Duty(
            group=each.group,
            kind=row.kind,
            thing=each.process.thing,
            key=standing.key,
            number=standing.number,
            matter=standing.matter,
            branch=branch,
            unit_name=units.get(branch, branch),
            village=village,
            village_name=villages.get(village, village),
            year=standing.year,
            count=standing.count,
            due_on=due_on,
            days_left=None if due_on is None else days_left(today, due_on, row.counted, calendar),
            counted=row.counted,
            from_on=standing.from_on,
            since=standing.since if isinstance(standing.since, date) else days[standing.since],
            role=row.role,
            seat=row.seat,
            step=each.step,
            stated=dict(standing.stated),
        )


def _days(asker: Asker, rows: Iterable[_Waiting]) -> Mapping[int, date]:
    """Position to the day on which what is recorded there happened, or was recorded."""
    positions = sorted({each.standing.since for each in rows if isinstance(each.standing.since, int)})
    if not positions:
        return {}
    c = trail.c
    query = select(c.position, c.occurred_on, c.recorded_at).where(c.position.in_(positions))
    return {
        row.position: row.occurred_on or county_day(row.recorded_at)
        for row in asker.connection.execute(query)
    }
