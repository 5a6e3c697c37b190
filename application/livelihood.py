"""Resource lists, need lists with matching and confirmation, livelihood projects."""

from __future__ import annotations

from datetime import date

from application.eventlog.log import Log
from application.spans import span_of
from domain.kernel import ids
from domain.kernel.recorded import By
from domain.livelihood.events import Category, ResourceCategory
from domain.livelihood.need import Need
from domain.livelihood.project import Project
from domain.livelihood.resource import Resource


class Livelihood:
    """Streams ``resource-<id>``, ``need-<number>``, ``project-<number>``."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def offer_resource(
        self,
        *,
        branch: str,
        category: ResourceCategory,
        content: str,
        offered_on: date,
        today: date,
        by: By,
    ) -> str:
        """Put something on a unit's resource list."""
        resource_id = ids.digest_id("r", branch, category.value, content, offered_on.isoformat())
        self._log.decide(
            f"resource-{resource_id}",
            Resource(),
            lambda resource: resource.offer_resource(
                resource_id=resource_id,
                branch=branch,
                category=category,
                content=content,
                offered_on=offered_on,
                today=today,
            ),
            by,
        )
        return resource_id

    def need(self, need_id: str) -> Need:
        """The need as it is now; ``need_id`` empty when there is none."""
        return self._log.state(f"need-{need_id}", Need())

    def raise_need(
        self,
        *,
        need_id: str,
        village: str,
        pairing_id: str,
        category: Category,
        content: str,
        raised_on: date,
        today: date,
        by: By,
    ) -> None:
        """Put a need on a village's list."""
        self._log.decide(
            f"need-{need_id}",
            Need(),
            lambda need: need.raise_need(
                need_id=need_id,
                village=village,
                pairing_id=pairing_id,
                category=category,
                content=content,
                raised_on=raised_on,
                today=today,
            ),
            by,
        )

    def match_need(
        self, need_id: str, *, pairing_id: str, branch: str, matched_on: date, today: date, by: By
    ) -> None:
        """A unit takes the need on."""
        self._log.decide(
            f"need-{need_id}",
            Need(),
            lambda need: need.match_need(
                pairing_id=pairing_id,
                branch=branch,
                matched_on=matched_on,
                within=span_of(self._log, pairing_id),
                today=today,
            ),
            by,
        )

    def meet_need(self, need_id: str, *, met_on: date, today: date, by: By) -> None:
        """The unit reports the need as met."""
        self._log.decide(
            f"need-{need_id}", Need(), lambda need: need.meet_need(met_on=met_on, today=today), by
        )

    def confirm_need(
        self, need_id: str, *, confirmed_on: date, rating: int | None, today: date, by: By
    ) -> None:
        """The village confirms, and may rate."""
        self._log.decide(
            f"need-{need_id}",
            Need(),
            lambda need: need.confirm_need(confirmed_on=confirmed_on, rating=rating, today=today),
            by,
        )

    def project(self, project_id: str) -> Project:
        """The project as it is now; ``project_id`` empty when there is none."""
        return self._log.state(f"project-{project_id}", Project())

    def open_project(
        self,
        *,
        project_id: str,
        pairing_id: str,
        branch: str,
        village: str,
        name: str,
        category: Category,
        budget_cents: int,
        started_on: date,
        planned_end_on: date,
        beneficiaries: int,
        today: date,
        by: By,
    ) -> None:
        """Start a livelihood project; ``budget_cents`` in 0.01 yuan."""
        self._log.decide(
            f"project-{project_id}",
            Project(),
            lambda project: project.open_project(
                project_id=project_id,
                pairing_id=pairing_id,
                branch=branch,
                village=village,
                name=name,
                category=category,
                budget_cents=budget_cents,
                started_on=started_on,
                planned_end_on=planned_end_on,
                beneficiaries=beneficiaries,
                within=span_of(self._log, pairing_id),
                today=today,
            ),
            by,
        )

    def complete_project(self, project_id: str, *, completed_on: date, today: date, by: By) -> None:
        """The project's work is done."""
        self._log.decide(
            f"project-{project_id}",
            Project(),
            lambda project: project.complete_project(completed_on=completed_on, today=today),
            by,
        )

    def accept_project(self, project_id: str, *, accepted_on: date, today: date, by: By) -> None:
        """The village accepts the project."""
        self._log.decide(
            f"project-{project_id}",
            Project(),
            lambda project: project.accept_project(accepted_on=accepted_on, today=today),
            by,
        )
