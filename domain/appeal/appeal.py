"""One appeal: filed, admitted or refused, decided or withdrawn."""

from __future__ import annotations

import enum
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated

from domain.appeal import clauses, events
from domain.appeal.target import Matter, Target
from domain.kernel.decisions import demand, demanded
from domain.kernel.parties import OwnSide, parties
from domain.kernel.values import Hundredths, Key, Office, Text, Today, Words

Grounds = Annotated[str, Text(2000, lines=True)]

FILING_DAYS = 30
"""Natural days from the day the contested thing was made known. [政府督查工作条例 art. 17; configurable]"""
DECISION_DAYS = 30
"""Natural days from admission. [政府督查工作条例 art. 17; configurable]"""


class Status(enum.Enum):
    NONE = ""
    FILED = "filed"
    ADMITTED = "admitted"
    REFUSED = "refused"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Appeal:
    """``filed`` is ``None`` until it is filed. ``acting`` in its decisions: the account and the person who act."""

    status: Status = Status.NONE
    filed: events.AppealFiled | None = None

    @property
    def is_open(self) -> bool:
        """Filed, and neither refused, decided nor withdrawn."""
        return self.status in (Status.FILED, Status.ADMITTED)

    @property
    def number(self) -> str:
        """The one people use."""
        return self.filed.number if self.filed else ""

    @property
    def facts_digest(self) -> str:
        """Of the facts it was filed about."""
        return self.filed.facts_digest if self.filed else ""

    def file_appeal(
        self,
        *,
        appeal_id: Key,
        number: str,
        target: Target,
        side: OwnSide,
        filed_on: Today,
        filed_by: Office,
        grounds: Grounds,
    ) -> events.AppealFiled:
        """Contest one score line of a run, or one finding."""
        demand(self.filed is None, clauses.FILED_ONCE, number)
        one = bool(target.indicator) != bool(target.finding_id)
        demand(one, clauses.ONE_TARGET, f"{target.indicator} {target.finding_id}".strip())
        demand(target.stands, clauses.STILL_STANDS, target.contested)
        last = target.known_on + timedelta(days=FILING_DAYS)
        demand(filed_on <= last, clauses.FILED_IN_TIME, f"{filed_on} > {last}")
        return events.AppealFiled(
            **parties(target),
            appeal_id=appeal_id,
            number=number,
            year=target.year,
            side=side,
            run_id=target.run_id,
            indicator=target.indicator,
            finding_id=target.finding_id,
            filed_on=filed_on,
            filed_by=filed_by,
            grounds=grounds,
            contested_points_hundredths=target.points_hundredths,
            known_at=target.known_at,
            facts_digest=target.facts_digest,
        )

    def admit_appeal(self, *, admitted_on: Today, acting: Set[str], matter: Matter) -> events.AppealAdmitted:
        """Take the appeal on; it is decided within ``DECISION_DAYS``."""
        filed = self.admit_appeal_allowed()
        _demand_took_no_part(acting, matter)
        demand(matter.stands, clauses.STILL_STANDS, filed.finding_id or filed.indicator)
        return events.AppealAdmitted(
            appeal_id=filed.appeal_id,
            pairing_id=filed.pairing_id,
            admitted_on=admitted_on,
            due_on=admitted_on + timedelta(days=DECISION_DAYS),
        )

    def admit_appeal_allowed(self) -> events.AppealFiled:
        """What was filed, and nobody admitted yet."""
        filed = self._undecided()
        demand(self.status is Status.FILED, clauses.STILL_UNDECIDED, self.status)
        return filed

    def refuse_appeal(
        self, *, refused_on: Today, because: Words, acting: Set[str], matter: Matter
    ) -> events.AppealRefused:
        """Not admissible, with the reason. An admitted one is ended so when what it contests was withdrawn meanwhile."""
        filed = self.refuse_appeal_allowed()
        moot = self.status is Status.ADMITTED and not matter.stands
        demand(self.status is Status.FILED or moot, clauses.STILL_UNDECIDED, self.status)
        _demand_took_no_part(acting, matter)
        return events.AppealRefused(
            appeal_id=filed.appeal_id, pairing_id=filed.pairing_id, refused_on=refused_on, because=because
        )

    def withdraw_appeal(self, *, withdrawn_on: Today, side: OwnSide) -> events.AppealWithdrawn:
        """Who filed it takes it back."""
        filed = self.withdraw_appeal_allowed()
        demand(side is filed.side, clauses.BY_WHO_FILED, filed.side)
        return events.AppealWithdrawn(
            appeal_id=filed.appeal_id, pairing_id=filed.pairing_id, withdrawn_on=withdrawn_on
        )

    def decide_appeal(
        self,
        *,
        decided_on: Today,
        outcome: events.Outcome,
        reasons: Grounds,
        corrected_points_hundredths: Hundredths | None,
        acting: Set[str],
        matter: Matter,
    ) -> events.AppealDecided:
        """Decide with reasons; the policy ``appeal_effects`` carries the decision out."""
        filed = self.decide_appeal_allowed()
        _demand_took_no_part(acting, matter)
        demand(matter.stands, clauses.STILL_STANDS, filed.finding_id or filed.indicator)
        varied = outcome is events.Outcome.VARIED
        fits = varied == (corrected_points_hundredths is not None)
        fits = fits and (not varied or bool(filed.indicator))
        fits = fits and (outcome is not events.Outcome.REVOKED or bool(filed.finding_id))
        demand(fits, clauses.OUTCOME_FITS, outcome)
        if corrected_points_hundredths is not None:
            _demand_no_worse(corrected_points_hundredths, filed.contested_points_hundredths or 0, matter)
            most = matter.maximum_hundredths
            within = most is None or corrected_points_hundredths <= most
            demand(within, clauses.WITHIN_MAXIMUM, f"{corrected_points_hundredths} > {most}")
        return events.AppealDecided(
            appeal_id=filed.appeal_id,
            number=filed.number,
            year=filed.year,
            pairing_id=filed.pairing_id,
            run_id=filed.run_id,
            indicator=filed.indicator,
            finding_id=filed.finding_id,
            decided_on=decided_on,
            outcome=outcome,
            reasons=reasons,
            corrected_points_hundredths=corrected_points_hundredths,
        )

    def decide_appeal_allowed(self) -> events.AppealFiled:
        """What was admitted, and nobody decided yet."""
        filed = self._undecided()
        demand(self.status is Status.ADMITTED, clauses.ADMITTED_FIRST, self.status)
        return filed

    def _undecided(self) -> events.AppealFiled:
        filed = demanded(self.filed, clauses.FILED_FIRST)
        demand(self.is_open, clauses.STILL_UNDECIDED, self.status)
        return filed

    refuse_appeal_allowed = withdraw_appeal_allowed = _undecided

    def after(self, event: events.AppealEvent) -> Appeal:
        match event:
            case events.AppealFiled():
                return Appeal(Status.FILED, event)
            case events.AppealAdmitted():
                return replace(self, status=Status.ADMITTED)
            case events.AppealRefused():
                return replace(self, status=Status.REFUSED)
            case events.AppealDecided():
                return replace(self, status=Status.DECIDED)
            case events.AppealWithdrawn():
                return replace(self, status=Status.WITHDRAWN)
        return self


def _demand_took_no_part(acting: Set[str], matter: Matter) -> None:
    demand(not acting & matter.involved, clauses.RECUSAL)


def _demand_no_worse(corrected: int, contested: int, matter: Matter) -> None:
    """Neither than what was contested nor than what stands now, which an earlier appeal may have raised; and no lower in
    the group or in all, where a line that did not apply takes its part from the others.
    """
    values = [contested, *matter.standing]
    if matter.no_lower is not None:
        values.append(matter.no_lower)
    bound = min(values) if matter.takes_off else max(values)
    no_worse = 0 <= corrected <= bound if matter.takes_off else corrected >= bound
    demand(no_worse, clauses.NO_WORSE, f"{corrected} / {bound}")
