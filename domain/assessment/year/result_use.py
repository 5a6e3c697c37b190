"""What a published result leads to (结果运用), from the order until it is done. [docs/rules.md 5]"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated

from domain.assessment.year import clauses, events
from domain.kernel.decisions import demand
from domain.kernel.parties import parties
from domain.kernel.person import Persons
from domain.kernel.values import Actor, Key, OptionalWords, Text, Today, Words

Account = Annotated[str, Text(1000, lines=True)]
"""What was done so far, or what was found of it."""
YELLOW_DAYS = 5
"""Default: yellow from this many days before the due day. [default, as for findings]"""


class UseStatus(enum.Enum):
    """``REPORTED``: the unit or an assessor has said what was done; somebody else is to judge whether it is done."""

    ORDERED = "ordered"
    REPORTED = "reported"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a pairing stands in a run. ``best`` and ``worst``: its final grade is the scheme's first or last."""

    run_id: str
    year: int
    pairing_id: str
    branch: str
    village: str
    published: bool
    best: bool
    worst: bool
    vetoed: bool


def called_for(standing: Standing) -> tuple[events.ResultUse, ...]:
    """What the result itself calls for: praise for the best grade, criticism or a talk for the worst or a veto."""
    if standing.best and not standing.vetoed:
        return (events.ResultUse.COMMENDATION,)
    if standing.worst or standing.vetoed:
        return (events.ResultUse.CRITICISM, events.ResultUse.TALK)
    return ()


def use_light(status: str, due_on: date, on: date) -> str:
    """The light on a day: ``done`` once completed or withdrawn, ``red`` when overdue, ``yellow`` when due within
    ``YELLOW_DAYS`` days, ``green`` before. What is reported is still red when late: nobody has found it done.
    """
    if status in (UseStatus.COMPLETED.value, UseStatus.WITHDRAWN.value):
        return "done"
    if on > due_on:
        return "red"
    return "yellow" if on >= due_on - timedelta(days=YELLOW_DAYS) else "green"


@dataclass(frozen=True)
class UsesOfResult:
    """All uses of one pairing's result in one run, by what each is and its measure."""

    registered: frozenset[tuple[events.ResultUse, str]] = frozenset()

    def register_result_use(
        self, *, use_id: str, use: events.ResultUse, standing: Standing, measure: str, registered_on: date
    ) -> events.ResultUseRegistered:
        """Take one more; the same measure is ordered once."""
        demand((use, measure.strip()) not in self.registered, clauses.USE_ORDERED_ONCE, measure)
        return events.ResultUseRegistered(
            use_id=use_id,
            run_id=standing.run_id,
            use=use,
            pairing_id=standing.pairing_id,
            measure=measure,
            registered_on=registered_on,
        )

    def after(self, event: events.AssessmentEvent) -> UsesOfResult:
        if isinstance(event, events.ResultUseRegistered):
            return UsesOfResult(self.registered | {(event.use, event.measure.strip())})
        return self


@dataclass(frozen=True)
class ResultUsing:
    """One use of one pairing's result. ``reported_by``: the accounts that said what was done."""

    ordered: events.ResultUseOrdered | None = None
    status: UseStatus = UseStatus.ORDERED
    reported_by: frozenset[str] = frozenset()

    def order_result_use(
        self,
        *,
        use_id: Key,
        use: events.ResultUse,
        standing: Standing,
        measure: Words,
        because: OptionalWords,
        due_on: date,
        ordered_by: Actor,
        ordered_on: Today,
    ) -> events.ResultUseOrdered:
        """Let something follow from a published result. What the grade does not call for needs its reason."""
        demand(standing.published, clauses.USE_OF_PUBLISHED, standing.run_id)
        demand(use in called_for(standing) or bool(because.strip()), clauses.USE_REASONED, use)
        demand(due_on >= ordered_on, clauses.USE_DUE_LATER, f"{due_on}")
        return events.ResultUseOrdered(
            **parties(standing),
            use_id=use_id,
            year=standing.year,
            run_id=standing.run_id,
            use=use,
            measure=measure,
            because=because,
            due_on=due_on,
            ordered_by=ordered_by,
            ordered_on=ordered_on,
        )

    def report_result_use(
        self, *, account: Account, accounted_by: Actor, accounted_on: Today
    ) -> events.ResultUseReported:
        """Say what was done about it so far; it may be said more than once."""
        ordered = self.report_result_use_allowed()
        return events.ResultUseReported(
            **ordered.names, account=account, accounted_by=accounted_by, accounted_on=accounted_on
        )

    def report_result_use_allowed(self) -> events.ResultUseOrdered:
        """What was ordered, and is neither done nor withdrawn."""
        # Whose it is was looked up first: there is one.
        assert self.ordered is not None
        over = self.status in (UseStatus.COMPLETED, UseStatus.WITHDRAWN)
        demand(not over, clauses.USE_OPEN, self.status)
        return self.ordered

    def complete_result_use(
        self, *, account: Account, completed_by: Actor, completed_on: Today, persons: Persons
    ) -> events.ResultUseCompleted:
        """Find it done, on somebody else's account of it."""
        ordered = self.complete_result_use_allowed()
        demand(
            not persons.meet(completed_by, *self.reported_by), clauses.USE_COMPLETED_BY_OTHERS, completed_by
        )
        return events.ResultUseCompleted(
            **ordered.names, account=account, completed_by=completed_by, completed_on=completed_on
        )

    def complete_result_use_allowed(self) -> events.ResultUseOrdered:
        """What was ordered, and of which it was said what was done."""
        ordered = self.report_result_use_allowed()
        demand(bool(self.reported_by), clauses.USE_REPORTED_FIRST)
        return ordered

    def withdraw_result_use(
        self, *, because: Words, withdrawn_by: Actor, withdrawn_on: Today
    ) -> events.ResultUseWithdrawn:
        """Let it not follow after all, such as after an appeal."""
        ordered = self.withdraw_result_use_allowed()
        return events.ResultUseWithdrawn(
            **ordered.names, because=because, withdrawn_by=withdrawn_by, withdrawn_on=withdrawn_on
        )

    withdraw_result_use_allowed = report_result_use_allowed

    def after(self, event: events.AssessmentEvent) -> ResultUsing:
        match event:
            case events.ResultUseOrdered():
                return replace(self, ordered=event)
            case events.ResultUseReported():
                by = self.reported_by | {event.accounted_by}
                return replace(self, status=UseStatus.REPORTED, reported_by=by)
            case events.ResultUseCompleted():
                return replace(self, status=UseStatus.COMPLETED)
            case events.ResultUseWithdrawn():
                return replace(self, status=UseStatus.WITHDRAWN)
        return self
