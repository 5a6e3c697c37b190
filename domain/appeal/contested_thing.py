"""All appeals ever filed about one contested thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.appeal import clauses
from domain.appeal.appeal import Appeal, Status
from domain.appeal.events import AppealEvent, AppealRegistered
from domain.appeal.target import Target
from domain.kernel.decisions import demand


@dataclass(frozen=True)
class ContestedThing:
    """The ids of the appeals, in their order."""

    appeals: tuple[str, ...] = ()

    def register_appeal(
        self, *, appeal_id: str, target: Target, registered_on: date, earlier: Mapping[str, Appeal]
    ) -> AppealRegistered:
        """Take one more, where none is open and none was decided on the same facts. ``earlier``: ``appeals`` as they stand."""
        for each in (earlier[appeal] for appeal in self.appeals):
            demand(not each.is_open, clauses.ONE_OPEN_CASE, each.number)
            same = each.status is Status.DECIDED and each.facts_digest == target.facts_digest
            demand(not same, clauses.DECIDED_ONCE, each.number)
        return AppealRegistered(
            appeal_id=appeal_id,
            pairing_id=target.pairing_id,
            contested=target.contested,
            registered_on=registered_on,
        )

    def after(self, event: AppealEvent) -> ContestedThing:
        if isinstance(event, AppealRegistered):
            return ContestedThing((*self.appeals, event.appeal_id))
        return self
