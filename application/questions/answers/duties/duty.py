"""A duty: one thing of one process that somebody must act on next. Which ways of standing lead to which step is declared in one
table per process, of which ``docs/duties.md`` is made.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select

from application.actors.actor import NOBODY, Owner
from application.question import Asker
from domain.account.role import Role
from domain.kernel.working_days import WorkingDays


class DutyKind(enum.Enum):
    """How the thing stands that waits."""

    FINDING_RAISED = "finding_raised"
    FINDING_RELAPSED = "finding_relapsed"
    ORDER_GIVEN = "order_given"
    ORDER_SENT = "order_sent"
    ORDER_SERVED = "order_served"
    ORDER_ACKNOWLEDGED = "order_acknowledged"
    EXTENSION_REQUESTED = "extension_requested"
    REPORT_SUBMITTED = "report_submitted"
    REPORT_RETURNED = "report_returned"
    REINSPECTION_FAILED = "reinspection_failed"
    FINDING_ACCEPTED = "finding_accepted"
    PAIRING_PROPOSED = "pairing_proposed"
    PROPOSAL_APPROVED = "proposal_approved"
    POSTS_VACANT = "posts_vacant"
    PARTY_DAY_LACKING = "party_day_lacking"
    ACTIVITY_RECORDED = "activity_recorded"
    ACTIVITY_DISPUTED = "activity_disputed"
    ACTIVITY_MAINTAINED = "activity_maintained"
    CASE_NOMINATED = "case_nominated"
    NOMINATION_RETURNED = "nomination_returned"
    TASK_OF_UNIT = "task_of_unit"
    TASK_OF_VILLAGE = "task_of_village"
    NEED_RAISED = "need_raised"
    NEED_CLAIMED = "need_claimed"
    UNIT_CALLED_ON = "unit_called_on"
    NEED_MATCHED = "need_matched"
    NEED_MET = "need_met"
    PROJECT_OPENED = "project_opened"
    PROJECT_COMPLETED = "project_completed"
    APPEAL_FILED = "appeal_filed"
    APPEAL_ADMITTED = "appeal_admitted"
    APPEAL_MOOT = "appeal_moot"
    SCHEME_DRAFTED = "scheme_drafted"
    SCHEME_UNCHANGED = "scheme_unchanged"
    SCHEME_RETURNED = "scheme_returned"
    SCHEME_APPROVED = "scheme_approved"
    OWN_SCORES_LACKING = "own_scores_lacking"
    RATINGS_LACKING = "ratings_lacking"
    SURVEY_LACKING = "survey_lacking"
    SUPERIOR_SCORE_LACKING = "superior_score_lacking"
    SUPERIOR_RANK_LACKING = "superior_rank_lacking"
    LINES_UNVERIFIED = "lines_unverified"
    EVIDENCE_UNREVIEWED = "evidence_unreviewed"
    EVIDENCE_SEEN_ONCE = "evidence_seen_once"
    CUT_OFF_LACKING = "cut_off_lacking"
    RUN_LACKING = "run_lacking"
    RUN_OVERTAKEN = "run_overtaken"
    ADJUSTMENT_PROPOSED = "adjustment_proposed"
    RUN_REPLACING = "run_replacing"
    RUN_FROZEN = "run_frozen"
    SIGNED_BY_SCORING_GROUP = "signed_by_scoring_group"
    SIGNED_BY_OFFICE = "signed_by_office"
    RUN_SIGNED = "run_signed"
    ON_NOTICE = "on_notice"
    NOTICE_OVER = "notice_over"
    NOTICE_CLOSED = "notice_closed"
    OBJECTION_FILED = "objection_filed"
    RESULTS_UNSERVED = "results_unserved"
    USES_CALLED_FOR = "uses_called_for"
    USE_ORDERED = "use_ordered"
    USE_REPORTED = "use_reported"
    COMPLAINT_TO_SUPERVISOR = "complaint_to_supervisor"
    COMPLAINT_TO_REVIEWER = "complaint_to_reviewer"
    COMPLAINT_TO_APPROVER = "complaint_to_approver"
    COMPLAINT_TO_ASSESSOR = "complaint_to_assessor"
    ROLE_PROPOSED = "role_proposed"
    HANDOVER_PROPOSED = "handover_proposed"
    ROLE_LACKING = "role_lacking"


class DutyGroup(enum.Enum):
    """``WEEK``: due within a week, or whenever somebody gets to it; ``LATER``: due later, or not to be done yet; ``OTHERS``:
    somebody else must act."""

    OVERDUE = "overdue"
    WEEK = "week"
    LATER = "later"
    OTHERS = "others"


class Seat(enum.Enum):
    """Where it is done: by a thing's own unit or village, or in an office of the county."""

    UNIT = "unit"
    VILLAGE = "village"
    SUPERVISION = "supervision"
    SCORING_GROUP = "scoring_group"
    JOINT_OFFICE = "joint_office"
    LEADING_GROUP = "leading_group"
    REVIEW_GROUP = "review_group"
    ADMINISTRATION = "administration"


class Counted(enum.Enum):
    """Which days the process counts."""

    CALENDAR = "calendar"
    WORKING = "working"


@dataclass(frozen=True)
class Next:
    """A row of a process's table: while a thing stands as ``kind``, ``role`` at ``seat`` does ``step`` (the name of a verb).
    ``meanwhile``: who else follows it, and what these may do about it, empty for nothing."""

    kind: DutyKind
    role: Role
    seat: Seat
    step: str
    meanwhile: Mapping[Role, str] = field(default_factory=dict)
    counted: Counted = Counted.CALENDAR


def followed_by_townships(table: Sequence[Next]) -> tuple[Next, ...]:
    """The same, of which townships' offices follow what waits in their villages."""
    return tuple(replace(row, meanwhile={**row.meanwhile, Role.TOWNSHIP_OFFICE: ""}) for row in table)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A thing that stands so that somebody must act. ``since``: a day, or the position of the record that brought it there;
    ``due_on``: the last day; ``from_on``: the first day on which it can be done; ``count``: of how many parts; ``stated``:
    what is meant within the thing, by the fields of the step; ``barred``: accounts behind whose persons the step is not for.
    """

    kind: DutyKind
    key: str
    since: date | int
    owner: Owner = NOBODY
    number: str = ""
    matter: str = ""
    year: int | None = None
    count: int = 1
    due_on: date | None = None
    from_on: date | None = None
    stated: Mapping[str, str] = field(default_factory=dict)
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Process:
    """A process of things of a kind. ``standing``: those that wait for anybody, as whoever asks may know of them; ``ended``:
    when one waits for nobody any more, or only for another process, in Chinese and English; ``asked``: the statement from whose
    rows it follows, where that is one."""

    name: str
    thing: str
    table: tuple[Next, ...]
    standing: Callable[[Asker], Iterable[Standing]]
    ended: tuple[str, str]
    asked: Callable[[Asker], Select[Any]] | None = None

    @property
    def concerns(self) -> frozenset[Role]:
        """Who does a step of it, or follows one."""
        return frozenset(role for row in self.table for role in (row.role, *row.meanwhile))

    def row(self, kind: DutyKind) -> Next:
        """What follows from standing so."""
        return next(row for row in self.table if row.kind is kind)


@dataclass(frozen=True)
class Duty:
    """A thing that waits, for whoever asks or for somebody else. ``matter``: what it is about, in the words it was entered with;
    ``days_left``: to the due day, below zero where it is over; ``role`` and ``seat``: who must act; ``step``: the verb that
    whoever asks may use now, empty for none, with what to state of its fields (``stated``)."""

    group: DutyGroup
    kind: DutyKind
    thing: str
    key: str
    number: str
    matter: str
    branch: str
    unit_name: str
    village: str
    village_name: str
    year: int | None
    count: int
    due_on: date | None
    days_left: int | None
    counted: Counted
    from_on: date | None
    since: date
    role: Role
    seat: Seat
    step: str
    stated: Mapping[str, str]


def days_left(today: date, due_on: date, counted: Counted, calendar: WorkingDays) -> int:
    """Days from today to the due day, as the process counts them; those since, below zero."""
    if counted is Counted.CALENDAR:
        return (due_on - today).days
    first, last = sorted((today, due_on))
    between = (first + timedelta(days=n + 1) for n in range((last - first).days))
    n = sum(calendar.is_working_day(day) for day in between)
    return n if due_on >= today else -n
