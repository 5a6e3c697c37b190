"""Resource lists, need lists with matching and confirmation, livelihood projects."""

from __future__ import annotations

from datetime import date

from application.eventlog.log import Log
from application.number import number_taken, thing_numbered
from application.spans import span_of
from domain.kernel.ids import Ids
from domain.kernel.recorded import By
from domain.livelihood.events import Category, ResourceCategory
from domain.livelihood.need import Need
from domain.livelihood.project import Project
from domain.livelihood.resource import Resource
from domain.registry.events import Numbered


class Livelihood:
    """Streams ``resource-<id>``, ``need-<id>``, ``project-<id>``."""

    def __init__(self, log: Log, ids: Ids) -> None:
        self._log = log
        self._ids = ids

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
        """Put something on a unit's resource list; its id."""
        resource_id = self._ids("rs")
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

    def need_numbered(self, year: int, number: str) -> str:
        """The id of the need that was raised in ``year`` and has this number, however it is spelt; empty where none has."""
        return thing_numbered(self._log, Numbered.NEED, year, number)

    def raise_need(
        self,
        *,
        number: str,
        village: str,
        pairing_id: str,
        category: Category,
        content: str,
        raised_on: date,
        today: date,
        by: By,
    ) -> str:
        """Put a need on a village's list; its id. ``number`` is no other need's of the year."""
        need_id = self._ids("n")
        self._log.decide(
            f"need-{need_id}",
            Need(),
            lambda need: need.raise_need(
                need_id=need_id,
                number=number,
                village=village,
                pairing_id=pairing_id,
                category=category,
                content=content,
                raised_on=raised_on,
                today=today,
            ),
            by,
            claims=number_taken(Numbered.NEED, raised_on.year, number, need_id),
        )
        return need_id

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

    def project_numbered(self, year: int, number: str) -> str:
        """The id of the project that began in ``year`` and has this number, however it is spelt; empty where none has."""
        return thing_numbered(self._log, Numbered.PROJECT, year, number)

    def open_project(
        self,
        *,
        number: str,
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
    ) -> str:
        """Start a livelihood project; its id. ``number`` is no other project's of the year; ``budget_cents`` in 0.01 yuan."""
        project_id = self._ids("pj")
        self._log.decide(
            f"project-{project_id}",
            Project(),
            lambda project: project.open_project(
                project_id=project_id,
                number=number,
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
            claims=number_taken(Numbered.PROJECT, started_on.year, number, project_id),
        )
        return project_id

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
