"""Appeals from filing to decision."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from itertools import count

from application.eventlog.log import Log
from domain.appeal.appeal import Appeal
from domain.appeal.events import Outcome
from domain.kernel.errors import Unknown
from domain.kernel.recorded import By


class Appeals:
    """Streams ``appeal-<number>``."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def appeal(self, appeal_id: str) -> Appeal:
        """The appeal as it is now. ``Unknown`` when there is none."""
        appeal = self._log.state(f"appeal-{appeal_id}", Appeal())
        if appeal.filed is None:
            raise Unknown("appeal", appeal_id)
        return appeal

    def file_appeal(
        self,
        *,
        pairing_id: str,
        branch: str,
        village: str,
        run_id: str = "",
        indicator: str = "",
        finding_id: str = "",
        filed_by: str,
        grounds: str,
        contested_points_hundredths: int | None,
        known_at: int,
        known_on: date,
        today: date,
        by: By,
    ) -> str:
        """Contest a score line or a finding; the number of the appeal (``SS2026-001``)."""
        numbers = (f"SS{today.year}-{n:03d}" for n in count(1))
        appeal_id = next(
            number for number in numbers if self._log.state(f"appeal-{number}", Appeal()).filed is None
        )
        self._log.decide(
            f"appeal-{appeal_id}",
            Appeal(),
            lambda appeal: appeal.file_appeal(
                appeal_id=appeal_id,
                pairing_id=pairing_id,
                branch=branch,
                village=village,
                run_id=run_id,
                indicator=indicator,
                finding_id=finding_id,
                filed_on=today,
                filed_by=filed_by,
                grounds=grounds,
                contested_points_hundredths=contested_points_hundredths,
                known_at=known_at,
                known_on=known_on,
            ),
            by,
        )
        return appeal_id

    def admit_appeal(self, appeal_id: str, *, today: date, by: By) -> None:
        """Take the appeal on."""
        self._log.decide(
            f"appeal-{appeal_id}", Appeal(), lambda appeal: appeal.admit_appeal(admitted_on=today), by
        )

    def refuse_appeal(self, appeal_id: str, *, because: str, today: date, by: By) -> None:
        """Not admissible."""
        self._log.decide(
            f"appeal-{appeal_id}",
            Appeal(),
            lambda appeal: appeal.refuse_appeal(refused_on=today, because=because),
            by,
        )

    def withdraw_appeal(self, appeal_id: str, *, today: date, by: By) -> None:
        """The unit takes it back."""
        self._log.decide(
            f"appeal-{appeal_id}", Appeal(), lambda appeal: appeal.withdraw_appeal(withdrawn_on=today), by
        )

    def decide_appeal(
        self,
        appeal_id: str,
        *,
        outcome: Outcome,
        reasons: str,
        corrected_points_hundredths: int | None,
        maximum_hundredths: int | None,
        takes_off: bool,
        involved: Set[str],
        today: date,
        by: By,
    ) -> None:
        """Decide; the policy ``appeal_effects`` then carries the decision out."""
        self._log.decide(
            f"appeal-{appeal_id}",
            Appeal(),
            lambda appeal: appeal.decide_appeal(
                decided_on=today,
                decided_by=by.actor,
                involved=involved,
                outcome=outcome,
                reasons=reasons,
                corrected_points_hundredths=corrected_points_hundredths,
                maximum_hundredths=maximum_hundredths,
                takes_off=takes_off,
            ),
            by,
        )
