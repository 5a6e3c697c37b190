"""What is done with work plans and the county's template of them, and by whom."""

from __future__ import annotations

from application.look import Look
from application.look_ups import branch_of_pairing, span_of_pairing, village_of_pairing
from application.things import PLAN_TEMPLATE, WORK_PLAN, pairing_of_sheet, year_of_sheet
from application.verb import Verb
from domain.account.role import Role
from domain.kernel.span import Span
from domain.kernel.values import Key
from domain.pairing.plan import Deed, DeedKey, Plan
from domain.pairing.plan_template import PlanTemplate
from projections.boards.pairing.plans import deeds

_KEEPS = frozenset({Role.BRANCH_CLERK, Role.SUPERVISOR})
_BOTH_SIDES = _KEEPS | {Role.VILLAGE_CLERK}


def _pairing(_: Look, *, key: Key) -> str:
    return pairing_of_sheet(key)


def _year(_: Look, *, key: Key) -> int:
    return year_of_sheet(key)


def template_of_plan(look: Look, *, key: Key) -> PlanTemplate:
    """The county's template of the plan's year."""
    return PLAN_TEMPLATE.state(look, str(year_of_sheet(key)))


def span_of_plan(look: Look, *, key: Key) -> Span:
    """How long the plan's pairing lasts."""
    return span_of_pairing(look, pairing_id=pairing_of_sheet(key))


def _deed(look: Look, *, deed: DeedKey, key: Key) -> Deed | None:
    """What the plan's pairing has on record by the id; ``None`` where that is nothing, or nothing done yet."""
    with look.system.reading() as connection:
        found = deeds(connection, pairing_of_sheet(key), None)
        return next((Deed(each.kind, each.key, each.done_on) for each in found if each.key == deed), None)


def _tasks(template: PlanTemplate) -> dict[str, object]:
    """A new version begins with what stands in the one before."""
    return {"tasks": template.tasks} if template.tasks else {}


publish_plan_template = Verb(
    PLAN_TEMPLATE, PlanTemplate.publish_plan_template, frozenset({Role.SUPERVISOR}), proposes=_tasks
)
adopt_plan = Verb(
    WORK_PLAN,
    Plan.adopt_plan,
    _KEEPS,
    given={
        "pairing_id": _pairing,
        "branch": branch_of_pairing,
        "village": village_of_pairing,
        "within": span_of_pairing,
        "year": _year,
        "template": template_of_plan,
    },
)
take_newer_template = Verb(
    WORK_PLAN,
    Plan.take_newer_template,
    _KEEPS,
    given={"template": template_of_plan, "within": span_of_plan},
    aside=True,
)
# Each on one of many tasks or persons, whom the page of the plan names; so it links to them there.
plan_task = Verb(WORK_PLAN, Plan.plan_task, _KEEPS, aside=True)
join_task_force = Verb(WORK_PLAN, Plan.join_task_force, _KEEPS, given={"within": span_of_plan}, aside=True)
link_task = Verb(
    WORK_PLAN, Plan.link_task, _BOTH_SIDES, given={"found": _deed}, aside=True, undone_by="unlink_task"
)
revise_task = Verb(WORK_PLAN, Plan.revise_task, _KEEPS, aside=True)
drop_task = Verb(WORK_PLAN, Plan.drop_task, _KEEPS, aside=True)
unlink_task = Verb(WORK_PLAN, Plan.unlink_task, _BOTH_SIDES, aside=True)
leave_task_force = Verb(WORK_PLAN, Plan.leave_task_force, _KEEPS, aside=True)
