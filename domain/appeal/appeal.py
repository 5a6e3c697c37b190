"""One appeal: filed, admitted or refused, decided or withdrawn."""

from __future__ import annotations

import enum
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.appeal import clauses
from domain.appeal.events import (
    AppealAdmitted,
    AppealDecided,
    AppealEvent,
    AppealFiled,
    AppealRefused,
    AppealWithdrawn,
    Outcome,
)
from domain.kernel.decisions import demand

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
    """``filed`` is ``None`` until it is filed."""

    status: Status = Status.NONE
    filed: AppealFiled | None = None

    def file_appeal(
        self,
        *,
        appeal_id: str,
        pairing_id: str,
        branch: str,
        village: str,
        run_id: str,
        indicator: str,
        finding_id: str,
        filed_on: date,
        filed_by: str,
        grounds: str,
        contested_points_hundredths: int | None,
        known_at: int,
        known_on: date,
    ) -> AppealFiled:
        """Contest one score line of a run, or one finding made known on ``known_on``."""
        demand(self.filed is None, clauses.FILED_ONCE, appeal_id)
        demand(bool(indicator) != bool(finding_id), clauses.ONE_TARGET, f"{indicator}{finding_id}")
        demand(bool(grounds.strip()), clauses.GROUNDS_GIVEN)
        last = known_on + timedelta(days=FILING_DAYS)
        demand(filed_on <= last, clauses.FILED_IN_TIME, f"{filed_on} > {last}")
        return AppealFiled(
            appeal_id=appeal_id,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            run_id=run_id,
            indicator=indicator,
            finding_id=finding_id,
            filed_on=filed_on,
            filed_by=filed_by,
            grounds=grounds,
            contested_points_hundredths=contested_points_hundredths,
            known_at=known_at,
        )

    def admit_appeal(self, *, admitted_on: date) -> AppealAdmitted:
        """Take the appeal on; it is decided within ``DECISION_DAYS``."""
        filed = self._undecided()
        demand(self.status is Status.FILED, clauses.STILL_UNDECIDED, self.status.value)
        return AppealAdmitted(
            appeal_id=filed.appeal_id,
            pairing_id=filed.pairing_id,
            admitted_on=admitted_on,
            due_on=admitted_on + timedelta(days=DECISION_DAYS),
        )

    def refuse_appeal(self, *, refused_on: date, because: str) -> AppealRefused:
        """Not admissible, with the reason."""
        filed = self._undecided()
        demand(self.status is Status.FILED, clauses.STILL_UNDECIDED, self.status.value)
        demand(bool(because.strip()), clauses.REASONS_GIVEN)
        return AppealRefused(
            appeal_id=filed.appeal_id, pairing_id=filed.pairing_id, refused_on=refused_on, because=because
        )

    def withdraw_appeal(self, *, withdrawn_on: date) -> AppealWithdrawn:
        """The unit takes it back."""
        filed = self._undecided()
        return AppealWithdrawn(
            appeal_id=filed.appeal_id, pairing_id=filed.pairing_id, withdrawn_on=withdrawn_on
        )

    def decide_appeal(
        self,
        *,
        decided_on: date,
        decided_by: str,
        involved: Set[str],
        outcome: Outcome,
        reasons: str,
        corrected_points_hundredths: int | None,
        maximum_hundredths: int | None,
        takes_off: bool = False,
    ) -> AppealDecided:
        """Decide with reasons. ``involved``: the actors behind what is contested, none of whom may decide. ``takes_off``: the
        contested line is taken off the total, so that fewer points are better.
        """
        filed = self._undecided()
        demand(self.status is Status.ADMITTED, clauses.ADMITTED_FIRST, self.status.value)
        demand(decided_by not in involved, clauses.RECUSAL, decided_by)
        demand(bool(reasons.strip()), clauses.REASONS_GIVEN)
        varied = outcome is Outcome.VARIED
        fits = varied == (corrected_points_hundredths is not None)
        fits = fits and (not varied or bool(filed.indicator))
        fits = fits and (outcome is not Outcome.REVOKED or bool(filed.finding_id))
        demand(fits, clauses.OUTCOME_FITS, outcome.value)
        if corrected_points_hundredths is not None:
            contested = filed.contested_points_hundredths or 0
            no_worse = corrected_points_hundredths >= contested
            if takes_off:
                no_worse = 0 <= corrected_points_hundredths <= contested
            demand(no_worse, clauses.NO_WORSE, f"{corrected_points_hundredths} / {contested}")
            within = maximum_hundredths is None or corrected_points_hundredths <= maximum_hundredths
            demand(within, clauses.WITHIN_MAXIMUM, f"{corrected_points_hundredths} > {maximum_hundredths}")
        return AppealDecided(
            appeal_id=filed.appeal_id,
            pairing_id=filed.pairing_id,
            run_id=filed.run_id,
            indicator=filed.indicator,
            finding_id=filed.finding_id,
            decided_on=decided_on,
            outcome=outcome,
            reasons=reasons,
            corrected_points_hundredths=corrected_points_hundredths,
        )

    def _undecided(self) -> AppealFiled:
        demand(self.filed is not None, clauses.FILED_FIRST)
        ended = self.status in (Status.DECIDED, Status.REFUSED, Status.WITHDRAWN)
        demand(not ended, clauses.STILL_UNDECIDED, self.status.value)
        assert self.filed is not None
        return self.filed

    def after(self, event: AppealEvent) -> Appeal:
        match event:
            case AppealFiled():
                return Appeal(Status.FILED, event)
            case AppealAdmitted():
                return replace(self, status=Status.ADMITTED)
            case AppealRefused():
                return replace(self, status=Status.REFUSED)
            case AppealDecided():
                return replace(self, status=Status.DECIDED)
            case AppealWithdrawn():
                return replace(self, status=Status.WITHDRAWN)
        return self
