"""The county's template of a year's work plans: what every plan contains, in versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from domain.kernel.decisions import demand
from domain.kernel.parties import Side
from domain.kernel.values import Happened, Line, Rows, Today, YearKey
from domain.pairing import clauses, events
from domain.pairing.days import demand_happened


@dataclass(frozen=True)
class TemplateTask:
    """A task that every plan of the year takes over."""

    content: Line
    side: Side
    due_on: date
    kind: events.ActivityKind | None


TemplateTasks = Annotated[tuple[TemplateTask, ...], Rows(TemplateTask, least=1, most=60, once="content")]


@dataclass(frozen=True)
class PlanTemplate:
    """``version`` is 0 until one is published; ``tasks``: of the newest; ``earlier``: what versions before it contained."""

    version: int = 0
    tasks: tuple[TemplateTask, ...] = ()
    earlier: frozenset[str] = frozenset()

    def publish_plan_template(
        self, *, year: YearKey, published_on: Happened, tasks: TemplateTasks, today: Today
    ) -> Sequence[events.PlanTemplateEvent]:
        """Say what the plans of the year contain; plans adopted before keep the version that they took over."""
        demand_happened(published_on, today)
        for each in tasks:
            demand(each.due_on.year == year, clauses.DUE_IN_ITS_YEAR, f"{each.content}: {each.due_on}")
        version = self.version + 1
        return [
            events.PlanTemplatePublished(year=year, version=version, published_on=published_on),
            *(
                events.TemplateTaskSet(
                    year=year,
                    version=version,
                    content=each.content,
                    side=each.side,
                    due_on=each.due_on,
                    kind=each.kind,
                )
                for each in tasks
            ),
        ]

    def after(self, event: events.PlanTemplateEvent) -> PlanTemplate:
        match event:
            case events.PlanTemplatePublished():
                before = self.earlier.union(each.content for each in self.tasks)
                return PlanTemplate(event.version, earlier=before)
            case events.TemplateTaskSet():
                task = TemplateTask(event.content, event.side, event.due_on, event.kind)
                return replace(self, tasks=(*self.tasks, task))
        return self
