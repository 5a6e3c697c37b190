"""Rows about resources, needs and livelihood projects."""

from __future__ import annotations

from datetime import date
from functools import partial

from application.claims.number import thing_numbered
from application.ledgers.matching.organisations import Lookups
from application.ledgers.matching.people import People
from application.ledgers.recording.row_recorder import PAIRED, RowRecorder
from application.ledgers.recording.statements import Statements, resource_stated
from application.ledgers.recording.stating import RefusedStep, state_steps
from application.ledgers.rows import NeedRow, ProjectRow, ResourceRow
from application.look import Look
from application.look_ups import span_of_pairing
from application.things import NEED, PROJECT, RESOURCE
from application.verb import perform
from application.verbs.livelihood import (
    accept_project,
    complete_project,
    confirm_need,
    match_need,
    meet_need,
    offer_resource,
    open_project,
    raise_need,
)
from domain.kernel.decisions import demand
from domain.kernel.recorded import By
from domain.livelihood import clauses as livelihood_clauses
from domain.livelihood.events import Category, ProjectOpened, ResourceCategory
from domain.livelihood.need import Need
from domain.livelihood.project import Project
from domain.registry.events import Numbered


class LivelihoodRows(RowRecorder):
    """Records them; needs and projects are found by their numbers."""

    def __init__(
        self,
        look: Look,
        lookups: Lookups,
        people: People,
        today: date,
        statements: Statements,
    ) -> None:
        super().__init__(look, lookups, people, today)
        self._statements = statements

    def resource(self, row: ResourceRow, by: By) -> list[RefusedStep]:
        """Something a unit offers, once."""
        branch = self._lookups.unit(row, row.unit, row.registered_on)
        demand(bool(branch), PAIRED, row.unit)
        of = self._lookups.organisations.units.standing(branch)
        stated = resource_stated(of, row.category, row.description, str(row.registered_on))
        if self._statements.same(stated) is None:
            resource_id = self._look.ids(RESOURCE.drawn)
            perform(
                self._look,
                offer_resource,
                resource_id,
                by,
                resource_id=resource_id,
                branch=branch,
                category=ResourceCategory(row.category),
                content=row.description,
                offered_on=row.registered_on,
                today=self._today,
            )
            self._statements.say(resource_id, stated)
        return []

    def need(self, row: NeedRow, by: By) -> list[RefusedStep]:
        """A need and how far it has come."""
        village = self._lookups.village(row, row.village, row.matched_unit, row.raised_on)
        demand(bool(village), PAIRED, row.village)
        need_id = thing_numbered(self._look.log, Numbered.NEED, row.raised_on.year, row.need_id)
        need = NEED.state(self._look, need_id) if need_id else Need()
        if not need.need_id:
            of_village = self._lookups.parties.meant(None, [village], row.raised_on)
            need_id = self._look.ids(NEED.drawn)
            perform(
                self._look,
                raise_need,
                need_id,
                by,
                need_id=need_id,
                number=row.need_id,
                village=village,
                pairing_id=of_village[0].pairing_id if len(of_village) == 1 else "",
                category=Category(row.category),
                content=row.description,
                raised_on=row.raised_on,
                of_village=True,
                today=self._today,
            )
        else:
            standing = self._lookups.organisations.villages.standing
            stated = (standing(village), Category(row.category), row.description, row.raised_on)
            recorded = (standing(need.village), need.category, need.content, need.raised_on)
            same = stated == recorded
            demand(same, livelihood_clauses.LEDGER_DIFFERS, row.need_id)
        return state_steps(
            [
                ("matched_on", partial(self._match, row, need_id, need, by)),
                ("met_on", partial(self._meeting_of_need, row, need_id, need, by)),
                ("confirmed_on", partial(self._confirmation, row, need_id, need, by)),
            ]
        )

    def _match(self, row: NeedRow, need_id: str, need: Need, by: By) -> None:
        if row.matched_on is None:
            return
        paired = self._pairing_of(row, row.matched_unit, row.village, row.matched_on)
        if need.matched_on is None:
            perform(
                self._look,
                match_need,
                need_id,
                by,
                pairing_id=paired.pairing_id,
                branch=paired.branch,
                of_village=True,
                matched_on=row.matched_on,
                within=span_of_pairing(self._look, pairing_id=paired.pairing_id),
                today=self._today,
            )
        else:
            _demand_same((row.matched_on, paired.pairing_id), (need.matched_on, need.pairing_id))

    def _meeting_of_need(self, row: NeedRow, need_id: str, need: Need, by: By) -> None:
        if row.met_on is not None and need.met_on is None:
            perform(self._look, meet_need, need_id, by, met_on=row.met_on, today=self._today)
        elif row.met_on is not None:
            _demand_same((row.met_on,), (need.met_on,))

    def _confirmation(self, row: NeedRow, need_id: str, need: Need, by: By) -> None:
        if row.confirmed_on is not None and need.confirmed_on is None:
            perform(
                self._look,
                confirm_need,
                need_id,
                by,
                confirmed_on=row.confirmed_on,
                rating=row.rating,
                today=self._today,
            )
        elif row.confirmed_on is not None:
            _demand_same((row.confirmed_on, row.rating), (need.confirmed_on, need.rating))

    def project(self, row: ProjectRow, by: By) -> list[RefusedStep]:
        """A project and how far it has come."""
        paired = self._pairing_of(row, row.unit, row.village, row.began_on)
        project_id = thing_numbered(self._look.log, Numbered.PROJECT, row.began_on.year, row.project_id)
        project = PROJECT.state(self._look, project_id) if project_id else Project()
        if project.opened is None:
            project_id = self._look.ids(PROJECT.drawn)
            perform(
                self._look,
                open_project,
                project_id,
                by,
                project_id=project_id,
                number=row.project_id,
                pairing_id=paired.pairing_id,
                branch=paired.branch,
                village=paired.village,
                name=row.name,
                category=Category(row.category),
                budget_cents=row.investment_cents,
                started_on=row.began_on,
                planned_end_on=row.planned_end_on,
                beneficiaries=row.beneficiaries,
                within=span_of_pairing(self._look, pairing_id=paired.pairing_id),
                today=self._today,
            )
        else:
            _demand_same_project(row, paired.pairing_id, project.opened)
        return state_steps(
            [
                ("completed_on", partial(self._completion, row, project_id, project, by)),
                ("accepted_on", partial(self._acceptance, row, project_id, project, by)),
            ]
        )

    def _completion(self, row: ProjectRow, project_id: str, project: Project, by: By) -> None:
        if row.completed_on is not None and project.completed_on is None:
            perform(
                self._look,
                complete_project,
                project_id,
                by,
                completed_on=row.completed_on,
                today=self._today,
            )
        elif row.completed_on is not None:
            _demand_same((row.completed_on,), (project.completed_on,))

    def _acceptance(self, row: ProjectRow, project_id: str, project: Project, by: By) -> None:
        if row.accepted_on is not None and project.accepted_on is None:
            perform(
                self._look, accept_project, project_id, by, accepted_on=row.accepted_on, today=self._today
            )
        elif row.accepted_on is not None:
            _demand_same((row.accepted_on,), (project.accepted_on,))


def _demand_same(stated: tuple[object, ...], recorded: tuple[object, ...]) -> None:
    """What a row states of a step on record is what was recorded; an empty cell states nothing and never gets here."""
    differs = " / ".join(", ".join(str(value) for value in values) for values in (recorded, stated))
    demand(stated == recorded, livelihood_clauses.LEDGER_DIFFERS, differs)


def _demand_same_project(row: ProjectRow, pairing_id: str, opened: ProjectOpened) -> None:
    stated = (
        pairing_id,
        row.name,
        Category(row.category),
        row.beneficiaries,
        row.investment_cents,
        row.began_on,
        row.planned_end_on,
    )
    recorded = (
        opened.pairing_id,
        opened.name,
        opened.category,
        opened.beneficiaries,
        opened.budget_cents,
        opened.started_on,
        opened.planned_end_on,
    )
    demand(stated == recorded, livelihood_clauses.LEDGER_DIFFERS, row.project_id)
