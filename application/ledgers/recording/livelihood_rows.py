"""Rows about resources, needs and livelihood projects."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from application.claims.number import thing_numbered
from application.ledgers.recording.row_recorder import PAIRED, RowRecorder
from application.ledgers.recording.statements import Statements, resource_stated
from application.ledgers.recording.stating import RefusedStep, state_steps
from application.ledgers.rows import NeedRow, ProjectRow, ResourceRow
from application.things import NEED, PROJECT
from application.verb import Verb, carry_out
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
from domain.livelihood.events import Category, ResourceCategory
from domain.livelihood.need import Need
from domain.livelihood.project import Project
from domain.registry.events import NumberedThing

_NOT_RATED = {"gain": None, "happiness": None, "security": None}
"""What no ledger states."""


@dataclass(eq=False)
class LivelihoodRows(RowRecorder):
    """Records them; needs and projects are found by their numbers."""

    _statements: Statements

    def resource(self, row: ResourceRow, by: By) -> list[RefusedStep]:
        """Something a unit offers, once."""
        branch = self._lookups.unit(row, row.unit, row.registered_on)
        demand(bool(branch), PAIRED, row.unit)
        of = self._lookups.organisations.units.standing(branch)
        stated = resource_stated(of, row.category, row.description, str(row.registered_on))
        if self._statements.same(stated) is None:
            said = {
                "branch": branch,
                "category": ResourceCategory(row.category),
                "content": row.description,
                "offered_on": row.registered_on,
            }
            self._statements.say(self._begin(offer_resource, by, said), stated)
        return []

    def need(self, row: NeedRow, by: By) -> list[RefusedStep]:
        """A need and how far it has come."""
        village = self._lookups.village(row, row.village, row.matched_unit, row.raised_on)
        demand(bool(village), PAIRED, row.village)
        need_id = thing_numbered(self._look.log, NumberedThing.NEED, row.raised_on.year, row.need_id)
        need = NEED.state(self._look, need_id) if need_id else Need()
        if need.voided is not None and need.voided.batch:
            need = Need()
        if not need.need_id:
            of_village = self._lookups.parties.meant(None, [village], row.raised_on)
            said = {
                "number": row.need_id,
                "village": village,
                "pairing_id": of_village[0].pairing_id if len(of_village) == 1 else "",
                "category": Category(row.category),
                "content": row.description,
                "raised_on": row.raised_on,
            }
            need_id = self._begin(raise_need, by, {**said, "of_village": True})
        else:
            standing = self._lookups.organisations.villages.standing
            stated = (standing(village), Category(row.category), row.description, row.raised_on)
            recorded = (standing(need.village), need.category, need.content, need.raised_on)
            same = stated == recorded
            demand(same, livelihood_clauses.LEDGER_DIFFERS, row.need_id)
        confirmed = {"confirmed_on": row.confirmed_on, "rating": row.rating}
        return state_steps(
            [
                ("matched_on", partial(self._match, row, need_id, need, by)),
                ("met_on", partial(self._step, meet_need, need_id, need, by, {"met_on": row.met_on})),
                (
                    "confirmed_on",
                    partial(self._step, confirm_need, need_id, need, by, confirmed, **_NOT_RATED),
                ),
            ]
        )

    def _match(self, row: NeedRow, need_id: str, need: Need, by: By) -> None:
        if row.matched_on is None:
            return
        paired = self._pairing_of(row, row.matched_unit, row.village, row.matched_on)
        said = {"matched_on": row.matched_on, "pairing_id": paired.pairing_id}
        self._step(match_need, need_id, need, by, said, of_village=True)

    def _step(
        self,
        verb: Verb[Any, Any],
        key: str,
        thing: Need | Project,
        by: By,
        said: dict[str, Any],
        **known: object,
    ) -> None:
        """Take a step whose day is the first of what is ``said``: the verb's fields, and what the thing holds by the same
        names once it is taken. Nothing where there is no day; where it is on record, it is to be the same.
        """
        days = next(iter(said))
        recorded = {name: getattr(thing, name) for name in said}
        if said[days] is None:
            return
        if recorded[days] is None:
            carry_out(self._look, verb, key, by, {**said, **known})
        else:
            differs = " / ".join(", ".join(map(str, each.values())) for each in (recorded, said))
            demand(said == recorded, livelihood_clauses.LEDGER_DIFFERS, differs)

    def project(self, row: ProjectRow, by: By) -> list[RefusedStep]:
        """A project and how far it has come."""
        paired = self._pairing_of(row, row.unit, row.village, row.began_on)
        project_id = thing_numbered(self._look.log, NumberedThing.PROJECT, row.began_on.year, row.project_id)
        project = PROJECT.state(self._look, project_id) if project_id else Project()
        if project.voided is not None and project.voided.batch:
            project = Project()
        said = {
            "pairing_id": paired.pairing_id,
            "name": row.name,
            "category": Category(row.category),
            "budget_cents": row.investment_cents,
            "started_on": row.began_on,
            "planned_end_on": row.planned_end_on,
            "beneficiaries": row.beneficiaries,
        }
        if project.opened is None:
            project_id = self._begin(open_project, by, {"number": row.project_id, **said})
        else:
            same = all(getattr(project.opened, name) == value for name, value in said.items())
            demand(same, livelihood_clauses.LEDGER_DIFFERS, row.project_id)
        completed, accepted = {"completed_on": row.completed_on}, {"accepted_on": row.accepted_on}
        return state_steps(
            [
                ("completed_on", partial(self._step, complete_project, project_id, project, by, completed)),
                ("accepted_on", partial(self._step, accept_project, project_id, project, by, accepted)),
            ]
        )
