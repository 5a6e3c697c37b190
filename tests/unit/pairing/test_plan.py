"""Work plans: adopted from the county's template, each task done by what is on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from domain.kernel.parties import Side
from domain.kernel.person import PersonRef
from domain.kernel.span import Span
from domain.pairing import clauses
from domain.pairing.events import (
    ActivityKind,
    DeedKind,
    NewerTemplateTaken,
    PlanAdopted,
    PlanTemplatePublished,
    TaskDropped,
    TaskForceJoined,
    TaskForceLeft,
    TaskForceRole,
    TaskLinked,
    TaskPlanned,
    TaskRevised,
    TaskUnlinked,
    TemplateTaskSet,
)
from domain.pairing.plan import Deed, Plan
from domain.pairing.plan_template import PlanTemplate, TemplateTask
from tests.kit.given import given

TODAY = date(2025, 2, 10)
WHO: dict[str, Any] = {"pairing_id": "pr-1", "branch": "b", "village": "v", "year": 2025}
SIGN = TemplateTask("签订联建协议", Side.UNIT, date(2025, 3, 31), None)
MEET = TemplateTask("召开座谈会", Side.VILLAGE, date(2025, 6, 30), ActivityKind.FORUM)
ADOPTED = PlanAdopted(**WHO, goal="", template_version=2, adopted_on=TODAY)


def planned(n: int, task: TemplateTask) -> TaskPlanned:
    return TaskPlanned(
        **WHO,
        task=n,
        content=task.content,
        side=task.side,
        due_on=task.due_on,
        kind=task.kind,
        planned_on=TODAY,
    )


def adopting(within: Span, **more: Any) -> Any:
    said = {
        "template": PlanTemplate(2, (SIGN, MEET)),
        "goal": "",
        "adopted_on": TODAY,
        "today": TODAY,
        **more,
    }
    return lambda plan: plan.adopt_plan(**WHO, within=within, **said)


LINKED = TaskLinked(
    **WHO,
    task=1,
    content=SIGN.content,
    deed_kind=DeedKind.AGREEMENT,
    deed="pr-1",
    done_on=date(2025, 2, 1),
)
DEED = Deed(DeedKind.AGREEMENT, "pr-1", date(2025, 2, 1))


def test_a_plan_takes_over_the_tasks_that_are_due_while_the_pairing_lasts() -> None:
    lasting = Span(date(2025, 1, 6))
    given(Plan()).when(adopting(lasting)).then(ADOPTED, planned(1, SIGN), planned(2, MEET))
    given(Plan()).when(adopting(Span(date(2025, 5, 1)))).then(ADOPTED, planned(1, MEET))
    over = Span(date(2024, 1, 1), date(2024, 12, 31))
    given(Plan()).when(adopting(over)).refused(clauses.NOT_AFTER_ITS_END, "2025")
    given(Plan(), ADOPTED).when(adopting(lasting)).refused(clauses.RECORDED_ONCE)
    given(Plan()).when(adopting(lasting, adopted_on=date(2025, 2, 11))).refused(clauses.NOT_IN_THE_FUTURE)


def test_a_task_is_added_changed_and_dropped() -> None:
    later = date(2025, 9, 1)
    stated: dict[str, Any] = {"content": "义诊", "side": Side.UNIT, "due_on": later, "kind": None}
    plan = given(Plan(), ADOPTED, planned(1, SIGN))
    plan.when(lambda p: p.plan_task(**stated, today=TODAY)).then(
        TaskPlanned(**WHO, task=2, **stated, planned_on=TODAY)
    )
    given(Plan()).when(lambda p: p.plan_task(**stated, today=TODAY)).refused(clauses.PLAN_FIRST)
    plan.when(lambda p: p.plan_task(**{**stated, "due_on": date(2026, 1, 1)}, today=TODAY)).refused(
        clauses.DUE_IN_ITS_YEAR, "2026"
    )
    unsaid: dict[str, Any] = {"content": "", "side": None, "kind": None}
    plan.when(lambda p: p.revise_task(task=1, **unsaid, due_on=later, because="会议改期", today=TODAY)).then(
        TaskRevised(
            **WHO,
            task=1,
            content=SIGN.content,
            side=Side.UNIT,
            due_on=later,
            kind=None,
            content_before=SIGN.content,
            side_before=Side.UNIT,
            due_before=SIGN.due_on,
            because="会议改期",
            revised_on=TODAY,
        )
    )
    dropped = TaskDropped(**WHO, task=1, content=SIGN.content, because="不办", dropped_on=TODAY)
    plan.when(lambda p: p.drop_task(task=1, because="不办", today=TODAY)).then(dropped)
    without = given(Plan(), ADOPTED, planned(1, SIGN), dropped)
    without.when(lambda p: p.drop_task(task=1, because="不办", today=TODAY)).refused(clauses.TASK_OF_THE_PLAN)
    # A number is not given twice.
    without.when(lambda p: p.plan_task(**stated, today=TODAY)).then(
        TaskPlanned(**WHO, task=2, **stated, planned_on=TODAY)
    )


def test_a_task_is_done_by_what_is_on_record_of_the_year() -> None:
    plan = given(Plan(), ADOPTED, planned(1, SIGN))
    plan.when(lambda p: p.link_task(task=1, deed="pr-1", found=DEED)).then(LINKED)
    plan.when(lambda p: p.link_task(task=1, deed="a-9", found=None)).refused(
        clauses.DEED_OF_THE_PAIRING, "a-9"
    )
    earlier = Deed(DeedKind.ACTIVITY, "a-1", date(2024, 12, 31))
    plan.when(lambda p: p.link_task(task=1, deed="a-1", found=earlier)).refused(clauses.DEED_OF_THE_PAIRING)
    plan.when(lambda p: p.unlink_task(task=1, because="误", today=TODAY)).refused(clauses.LINKED_FIRST)
    done = given(Plan(), ADOPTED, planned(1, SIGN), LINKED)
    done.when(lambda p: p.link_task(task=1, deed="pr-1", found=DEED)).then()
    unlinked = TaskUnlinked(**WHO, task=1, content=SIGN.content, deed="pr-1", because="误", unlinked_on=TODAY)
    done.when(lambda p: p.unlink_task(task=1, because="误", today=TODAY)).then(unlinked)
    given(Plan(), ADOPTED, planned(1, SIGN), LINKED, unlinked).when(
        lambda p: p.link_task(task=1, deed="pr-1", found=DEED)
    ).then(LINKED)


def test_somebody_belongs_to_the_task_force_once_at_a_time() -> None:
    person = PersonRef(ref="p-1", commitment="c")
    stated: dict[str, Any] = {"office": "县法院", "force_role": TaskForceRole.LEADER, "joined_on": TODAY}
    joined = TaskForceJoined(**WHO, member=1, person=person, **stated)
    plan = given(Plan(), ADOPTED)
    on: dict[str, Any] = {"within": Span(date(2024, 1, 1), None), "today": date(2026, 2, 1)}
    plan.when(lambda p: p.join_task_force(person=person, **stated, **on)).then(joined)
    member = given(Plan(), ADOPTED, joined)
    member.when(lambda p: p.join_task_force(person=person, **stated, **on)).refused(clauses.MEMBER_ONCE)
    left = TaskForceLeft(**WHO, member=1, person_ref="p-1", left_on=TODAY)
    member.when(lambda p: p.leave_task_force(member=1, left_on=TODAY, today=TODAY)).then(left)
    gone = given(Plan(), ADOPTED, joined, left)
    gone.when(lambda p: p.leave_task_force(member=1, left_on=TODAY, today=TODAY)).refused(
        clauses.MEMBER_FIRST
    )
    before, behind = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    member.when(lambda p: p.leave_task_force(member=1, left_on=before, today=TODAY)).refused(
        clauses.LEFT_AFTER_JOINING
    )
    again = {**stated, "joined_on": before}
    gone.when(lambda p: p.join_task_force(person=person, **again, **on)).refused(clauses.JOINED_AFTER_LEAVING)
    gone.when(lambda p: p.join_task_force(person=person, **stated, **on)).then(replace(joined, member=2))
    # Whose year or pairing is over takes in nobody, and lets everybody leave.
    later = {**stated, "joined_on": date(2026, 1, 1)}
    plan.when(lambda p: p.join_task_force(person=person, **later, **on)).refused(
        clauses.JOINED_BEFORE_ITS_END
    )
    over = {**on, "within": Span(date(2024, 1, 1), TODAY)}
    late = {**stated, "joined_on": behind}
    plan.when(lambda p: p.join_task_force(person=person, **late, **over)).refused(
        clauses.JOINED_BEFORE_ITS_END
    )
    member.when(lambda p: p.leave_task_force(member=1, left_on=date(2026, 1, 9), today=on["today"])).then(
        replace(left, left_on=date(2026, 1, 9))
    )


def test_a_template_comes_in_versions() -> None:
    published = PlanTemplatePublished(year=2025, version=1, published_on=TODAY)
    task = TemplateTaskSet(
        year=2025, version=1, content=SIGN.content, side=SIGN.side, due_on=SIGN.due_on, kind=None
    )
    first = given(PlanTemplate())
    first.when(
        lambda t: t.publish_plan_template(year=2025, published_on=TODAY, tasks=(SIGN,), today=TODAY)
    ).then(published, task)
    first.when(
        lambda t: t.publish_plan_template(year=2026, published_on=TODAY, tasks=(SIGN,), today=TODAY)
    ).refused(clauses.DUE_IN_ITS_YEAR, SIGN.content)
    again = given(PlanTemplate(), published, task).and_when(
        lambda t: PlanTemplatePublished(year=2025, version=t.version + 1, published_on=TODAY)
    )
    assert again.state == PlanTemplate(2, earlier=frozenset({SIGN.content}))


def test_a_plan_follows_a_newer_template_and_keeps_what_is_done_or_its_own() -> None:
    visit = TemplateTask("走访慰问", Side.UNIT, date(2025, 2, 1), None)
    own = TemplateTask("村企对接", Side.VILLAGE, date(2025, 5, 1), None)
    later = TemplateTask(MEET.content, Side.UNIT, date(2025, 9, 30), MEET.kind)
    study = TemplateTask("理论学习", Side.UNIT, date(2025, 8, 1), None)
    past = TemplateTask("年终总结", Side.UNIT, date(2025, 12, 20), None)
    linked = TaskLinked(
        **WHO, task=1, content=SIGN.content, deed_kind=DeedKind.AGREEMENT, deed="pr-1", done_on=TODAY
    )
    tasks = [planned(n, each) for n, each in enumerate((SIGN, MEET, visit, own), 1)]
    plan = given(Plan(), ADOPTED, *tasks, linked)
    newest = PlanTemplate(3, (later, study, past), frozenset({SIGN.content, MEET.content, visit.content}))

    def follow(template: PlanTemplate) -> Any:
        within = Span(date(2025, 1, 1), date(2025, 10, 31))
        said = {"template": template, "within": within, "because": "县里调整", "today": TODAY}
        return lambda it: it.take_newer_template(**said)

    plan.when(follow(PlanTemplate(2, (SIGN, MEET)))).refused(clauses.NEWER_VERSION, "2")
    given(Plan()).when(follow(newest)).refused(clauses.PLAN_FIRST)
    plan.when(follow(newest)).then(
        NewerTemplateTaken(**WHO, version_before=2, template_version=3, because="县里调整", taken_on=TODAY),
        TaskDropped(**WHO, task=3, content=visit.content, because="县里调整", dropped_on=TODAY),
        TaskRevised(
            **WHO,
            task=2,
            content=MEET.content,
            side=Side.UNIT,
            due_on=later.due_on,
            kind=MEET.kind,
            content_before=MEET.content,
            side_before=MEET.side,
            due_before=MEET.due_on,
            because="县里调整",
            revised_on=TODAY,
        ),
        planned(5, study),
    )
