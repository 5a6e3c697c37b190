"""A pairing's work plan of a year: its task force and its tasks, each done by what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated

from domain.kernel.decisions import demand, demanded
from domain.kernel.parties import Side, parties
from domain.kernel.person import PersonRef
from domain.kernel.span import Span
from domain.kernel.values import Happened, KeyOf, Line, OptionalLine, OptionalWords, Today, Whole, Words
from domain.pairing import clauses, events
from domain.pairing.days import demand_happened
from domain.pairing.plan_template import PlanTemplate, TemplateTask

TaskNo = Annotated[int, Whole(1, 999)]
"""The number of a task in its plan."""
DeedKey = Annotated[str, KeyOf("deed")]
"""The id of what did a task."""
MemberNo = Annotated[int, Whole(1, 999)]
"""The number of somebody in the task force."""


@dataclass(frozen=True)
class Deed:
    """What a pairing has done, as it is on record: of which kind, by which id, and when."""

    kind: events.DeedKind
    key: str
    done_on: date


@dataclass(frozen=True)
class Task:
    """A task of a plan; ``deed``: the id of what is linked to it, empty for nothing."""

    content: str
    side: Side
    due_on: date
    kind: events.ActivityKind | None
    deed: str = ""


@dataclass(frozen=True)
class Member:
    """Somebody who belongs to the task force, by the person's reference."""

    person_ref: str
    joined_on: date


@dataclass(frozen=True)
class TemplateMoves:
    """What a newer version of the template adds to a plan, changes (by number of the task) and drops."""

    added: tuple[TemplateTask, ...]
    changed: Mapping[int, TemplateTask]
    dropped: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """``pairing_id`` is empty until the plan is adopted. ``template_version``: which it follows, 0 for none. ``planned``: how
    many tasks were ever in it; ``tasks``: those that are, by their number; ``joined``: how many ever belonged to the task force;
    ``members``: who does, by number; ``left``: the day on which somebody left last, by the person's reference.
    """

    pairing_id: str = ""
    branch: str = ""
    village: str = ""
    year: int = 0
    template_version: int = 0
    planned: int = 0
    tasks: Mapping[int, Task] = field(default_factory=dict)
    joined: int = 0
    members: Mapping[int, Member] = field(default_factory=dict)
    left: Mapping[str, date] = field(default_factory=dict)

    def adopt_plan(
        self,
        *,
        pairing_id: str,
        branch: str,
        village: str,
        year: int,
        template: PlanTemplate,
        within: Span,
        goal: OptionalWords,
        adopted_on: Happened,
        today: Today,
    ) -> Sequence[events.PlanEvent]:
        """Adopt the plan with the tasks of the county's ``template`` that are due ``within`` the pairing."""
        self.adopt_plan_allowed()
        demand_happened(adopted_on, today)
        paired = within.meets(Span(date(year, 1, 1), date(year, 12, 31)))
        demand(paired, clauses.NOT_AFTER_ITS_END, f"{year}: {within}")
        adopted = events.PlanAdopted(
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            year=year,
            goal=goal,
            template_version=template.version,
            adopted_on=adopted_on,
        )
        due = [each for each in template.tasks if within.includes(each.due_on)]
        tasks = [
            _planned(adopted, n, Task(each.content, each.side, each.due_on, each.kind), today)
            for n, each in enumerate(due, 1)
        ]
        return [adopted, *tasks]

    def adopt_plan_allowed(self) -> None:
        """Refuse where there is a plan."""
        demand(not self.pairing_id, clauses.RECORDED_ONCE, str(self.year))

    def plan_task(
        self,
        *,
        content: Line,
        side: Side,
        due_on: date,
        kind: events.ActivityKind | None,
        today: Today,
    ) -> events.TaskPlanned:
        """Put a task into the plan."""
        self.plan_task_allowed()
        self._demand_due(due_on)
        return _planned(self, self.planned + 1, Task(content, side, due_on, kind), today)

    def plan_task_allowed(self) -> None:
        """Refuse where there is no plan."""
        demand(bool(self.pairing_id), clauses.PLAN_FIRST)

    def revise_task(
        self,
        *,
        task: TaskNo,
        content: OptionalLine,
        side: Side | None,
        due_on: date | None,
        kind: events.ActivityKind | None,
        because: Words,
        today: Today,
    ) -> events.TaskRevised:
        """Change a task; what is left empty stays as it is."""
        wrong = self._task(task)
        day = due_on or wrong.due_on
        self._demand_due(day)
        return events.TaskRevised(
            **parties(self),
            year=self.year,
            task=task,
            content=content or wrong.content,
            side=side or wrong.side,
            due_on=day,
            kind=kind or wrong.kind,
            content_before=wrong.content,
            side_before=wrong.side,
            due_before=wrong.due_on,
            because=because,
            revised_on=today,
        )

    revise_task_allowed = plan_task_allowed

    def moves_to(self, template: PlanTemplate, within: Span) -> TemplateMoves:
        """What following the ``template`` would change, of what is due ``within`` the pairing. What is done stays as it is, and
        so does what no version of the template contained.
        """
        newest = {each.content: each for each in template.tasks if within.includes(each.due_on)}
        open_ = {n: each for n, each in self.tasks.items() if not each.deed}
        own = {each.content for each in self.tasks.values()}
        changed = {
            n: newest[each.content]
            for n, each in open_.items()
            if each.content in newest and not _same(each, newest[each.content])
        }
        stated = {each.content for each in template.tasks}
        dropped = (
            n for n, each in open_.items() if each.content in template.earlier and each.content not in stated
        )
        added = tuple(each for content, each in newest.items() if content not in own)
        return TemplateMoves(added, changed, tuple(dropped))

    def take_newer_template(
        self, *, template: PlanTemplate, within: Span, because: Words, today: Today
    ) -> Sequence[events.PlanEvent]:
        """Follow the newest version of the county's template: what it adds is planned, what it changes revised and what it has no
        more dropped, as ``moves_to`` says.
        """
        self.plan_task_allowed()
        demand(template.version > self.template_version, clauses.NEWER_VERSION, str(self.template_version))
        taken = events.NewerTemplateTaken(
            **parties(self),
            year=self.year,
            version_before=self.template_version,
            template_version=template.version,
            because=because,
            taken_on=today,
        )
        moves = self.moves_to(template, within)
        return [
            taken,
            *(self.drop_task(task=n, because=because, today=today) for n in moves.dropped),
            *(self._follow(n, each, because, today) for n, each in moves.changed.items()),
            *(
                _planned(self, n, Task(each.content, each.side, each.due_on, each.kind), today)
                for n, each in enumerate(moves.added, self.planned + 1)
            ),
        ]

    take_newer_template_allowed = plan_task_allowed

    def _follow(self, n: int, newer: TemplateTask, because: str, today: date) -> events.TaskRevised:
        wrong = self.tasks[n]
        return events.TaskRevised(
            **parties(self),
            year=self.year,
            task=n,
            content=newer.content,
            side=newer.side,
            due_on=newer.due_on,
            kind=newer.kind,
            content_before=wrong.content,
            side_before=wrong.side,
            due_before=wrong.due_on,
            because=because,
            revised_on=today,
        )

    def drop_task(self, *, task: TaskNo, because: Words, today: Today) -> events.TaskDropped:
        """Take a task out of the plan; it stays readable."""
        content = self._task(task).content
        return events.TaskDropped(
            **parties(self),
            year=self.year,
            task=task,
            content=content,
            because=because,
            dropped_on=today,
        )

    drop_task_allowed = plan_task_allowed

    def link_task(self, *, task: TaskNo, deed: DeedKey, found: Deed | None) -> Sequence[events.TaskLinked]:
        """Say what did the task: ``found``, what the pairing has on record by the id. Linking anew takes the place of what was
        linked; linking the same says nothing new.
        """
        meant = self._task(task)
        done = demanded(found, clauses.DEED_OF_THE_PAIRING, deed)
        demand(done.done_on.year == self.year, clauses.DEED_OF_THE_PAIRING, str(done.done_on))
        if meant.deed == done.key:
            return []
        return [
            events.TaskLinked(
                **parties(self),
                year=self.year,
                task=task,
                content=meant.content,
                deed_kind=done.kind,
                deed=done.key,
                done_on=done.done_on,
            )
        ]

    link_task_allowed = plan_task_allowed

    def unlink_task(self, *, task: TaskNo, because: Words, today: Today) -> events.TaskUnlinked:
        """Take back what was linked to a task."""
        meant = self._task(task)
        demand(bool(meant.deed), clauses.LINKED_FIRST, meant.content)
        return events.TaskUnlinked(
            **parties(self),
            year=self.year,
            task=task,
            content=meant.content,
            deed=meant.deed,
            because=because,
            unlinked_on=today,
        )

    unlink_task_allowed = plan_task_allowed

    def join_task_force(
        self,
        *,
        person: PersonRef,
        office: OptionalLine,
        force_role: events.TaskForceRole,
        joined_on: Happened,
        within: Span,
        today: Today,
    ) -> events.TaskForceJoined:
        """Somebody joins the task force, from a unit, a village or an office, while the plan's year and its pairing (``within``)
        last; also once more, not before the day of leaving.
        """
        self.plan_task_allowed()
        demand(person.ref not in {each.person_ref for each in self.members.values()}, clauses.MEMBER_ONCE)
        demand_happened(joined_on, today)
        last = min(date(self.year, 12, 31), within.ended_on or date.max)
        demand(joined_on <= last, clauses.JOINED_BEFORE_ITS_END, f"{joined_on} > {last}")
        left_on = self.left.get(person.ref, date.min)
        demand(joined_on >= left_on, clauses.JOINED_AFTER_LEAVING, f"{joined_on} < {left_on}")
        return events.TaskForceJoined(
            **parties(self),
            year=self.year,
            member=self.joined + 1,
            person=person,
            office=office,
            force_role=force_role,
            joined_on=joined_on,
        )

    join_task_force_allowed = plan_task_allowed

    def leave_task_force(self, *, member: MemberNo, left_on: Happened, today: Today) -> events.TaskForceLeft:
        """Somebody leaves the task force, also after the plan's year or its pairing has ended."""
        self.plan_task_allowed()
        found = demanded(self.members.get(member), clauses.MEMBER_FIRST, str(member))
        demand_happened(left_on, today)
        demand(left_on >= found.joined_on, clauses.LEFT_AFTER_JOINING, f"{left_on} < {found.joined_on}")
        return events.TaskForceLeft(
            **parties(self), year=self.year, member=member, person_ref=found.person_ref, left_on=left_on
        )

    leave_task_force_allowed = plan_task_allowed

    def _demand_due(self, due_on: date) -> None:
        demand(due_on.year == self.year, clauses.DUE_IN_ITS_YEAR, f"{due_on}: {self.year}")

    def _task(self, task: int) -> Task:
        self.plan_task_allowed()
        return demanded(self.tasks.get(task), clauses.TASK_OF_THE_PLAN, str(task))

    def after(self, event: events.PlanEvent) -> Plan:
        match event:
            case events.PlanAdopted():
                return Plan(**parties(event), year=event.year, template_version=event.template_version)
            case events.NewerTemplateTaken():
                return replace(self, template_version=event.template_version)
            case events.TaskPlanned():
                task = Task(event.content, event.side, event.due_on, event.kind)
                return replace(self, planned=event.task, tasks={**self.tasks, event.task: task})
            case events.TaskRevised():
                deed = self.tasks[event.task].deed
                task = Task(event.content, event.side, event.due_on, event.kind, deed)
                return replace(self, tasks={**self.tasks, event.task: task})
            case events.TaskDropped():
                return replace(self, tasks={n: each for n, each in self.tasks.items() if n != event.task})
            case events.TaskLinked():
                return self._linked(event.task, event.deed)
            case events.TaskUnlinked():
                return self._linked(event.task, "")
            case events.TaskForceJoined():
                members = {**self.members, event.member: Member(event.person.ref, event.joined_on)}
                return replace(self, joined=event.member, members=members)
            case events.TaskForceLeft():
                members = {n: each for n, each in self.members.items() if n != event.member}
                return replace(self, members=members, left={**self.left, event.person_ref: event.left_on})
        return self

    def _linked(self, task: int, deed: str) -> Plan:
        return replace(self, tasks={**self.tasks, task: replace(self.tasks[task], deed=deed)})


def _same(task: Task, newer: TemplateTask) -> bool:
    return (task.side, task.due_on, task.kind) == (newer.side, newer.due_on, newer.kind)


def _planned(of: Plan | events.PlanAdopted, n: int, task: Task, today: date) -> events.TaskPlanned:
    return events.TaskPlanned(
        **parties(of),
        year=of.year,
        task=n,
        content=task.content,
        side=task.side,
        due_on=task.due_on,
        kind=task.kind,
        planned_on=today,
    )
