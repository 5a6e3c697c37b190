"""Appeals from filing to decision."""

from __future__ import annotations

from collections.abc import Set
from contextlib import suppress
from datetime import date
from functools import partial

from application.eventlog.batch import Batch
from application.eventlog.log import ATTEMPTS, EventLog, Log
from application.questions.appeal_lookups import LookupsOfAppeals
from domain.appeal import clauses
from domain.appeal.appeal import Appeal
from domain.appeal.contested import Contested
from domain.appeal.events import AppealNumbered, Outcome, Side
from domain.appeal.numbers import AppealNumbers
from domain.appeal.target import Matter, Target
from domain.kernel.decisions import demand
from domain.kernel.errors import Conflict, Unknown
from domain.kernel.event import Event
from domain.kernel.ids import Ids
from domain.kernel.recorded import By


class Appeals:
    """Streams ``appeal-<id>``, ``contested-<thing>`` with all appeals about one thing, ``appeal-numbers-<year>``."""

    def __init__(self, log: Log, ids: Ids, lookups: LookupsOfAppeals) -> None:
        self._log = log
        self._ids = ids
        self._lookups = lookups

    def appeal(self, appeal_id: str) -> Appeal:
        """The appeal as it is now. ``Unknown`` when there is none."""
        appeal = self._log.state(_stream(appeal_id), Appeal())
        if appeal.filed is None:
            raise Unknown("appeal", appeal_id)
        return appeal

    def file_appeal(
        self,
        *,
        year: int = 0,
        pairing_id: str = "",
        indicator: str = "",
        finding_id: str = "",
        side: Side,
        filed_by: str,
        grounds: str,
        today: date,
        by: By,
    ) -> str:
        """Contest a finding, or a line of the run of ``year`` that stands; the id of the appeal."""
        demand(bool(indicator) != bool(finding_id), clauses.ONE_TARGET, f"{indicator}{finding_id}")
        for _ in range(ATTEMPTS):
            target = (
                self._lookups.finding(finding_id)
                if finding_id
                else self._lookups.line(year, pairing_id, indicator)
            )
            # Where somebody took the number, or filed about the same thing meanwhile: look again.
            with suppress(Conflict):
                return self._file(target, side=side, filed_by=filed_by, grounds=grounds, today=today, by=by)
        raise Conflict("others are filing appeals at the same moment; reload and file it again")

    def _file(self, target: Target, *, side: Side, filed_by: str, grounds: str, today: date, by: By) -> str:
        """Its number and its place among the appeals about the same thing are recorded together, or nothing is."""
        assert isinstance(self._log, EventLog), "filed by itself, not in somebody else's batch"
        batch = Batch(self._log)
        appeal_id = self._ids("ap")

        def register(contested: Contested) -> Event:
            earlier = {each: batch.state(_stream(each), Appeal()) for each in contested.appeals}
            return contested.register_appeal(
                appeal_id=appeal_id, target=target, registered_on=today, earlier=earlier
            )

        with batch.row():
            file = partial(
                Appeal.file_appeal,
                appeal_id=appeal_id,
                number=_number(batch, appeal_id, target, today, by),
                target=target,
                side=side,
                filed_on=today,
                filed_by=filed_by,
                grounds=grounds,
            )
            batch.decide(f"contested-{target.contested}", Contested(), register, by)
            batch.decide(_stream(appeal_id), Appeal(), file, by)
        batch.finish()
        return appeal_id

    def admit_appeal(self, appeal_id: str, *, today: date, by: By) -> None:
        """Take the appeal on."""
        acting, matter = self._bound(appeal_id, by)
        self._log.decide(
            _stream(appeal_id),
            Appeal(),
            lambda appeal: appeal.admit_appeal(admitted_on=today, acting=acting, matter=matter),
            by,
        )

    def refuse_appeal(self, appeal_id: str, *, because: str, today: date, by: By) -> None:
        """Not admissible, or what it contests was withdrawn meanwhile."""
        acting, matter = self._bound(appeal_id, by)
        self._log.decide(
            _stream(appeal_id),
            Appeal(),
            lambda appeal: appeal.refuse_appeal(
                refused_on=today, because=because, acting=acting, matter=matter
            ),
            by,
        )

    def withdraw_appeal(self, appeal_id: str, *, side: Side, today: date, by: By) -> None:
        """Who filed it takes it back."""
        self._log.decide(
            _stream(appeal_id),
            Appeal(),
            lambda appeal: appeal.withdraw_appeal(withdrawn_on=today, side=side),
            by,
        )

    def decide_appeal(
        self,
        appeal_id: str,
        *,
        outcome: Outcome,
        reasons: str,
        corrected_points_hundredths: int | None,
        today: date,
        by: By,
    ) -> None:
        """Decide; the policy ``appeal_effects`` then carries the decision out."""
        acting, matter = self._bound(appeal_id, by)
        self._log.decide(
            _stream(appeal_id),
            Appeal(),
            lambda appeal: appeal.decide_appeal(
                decided_on=today,
                outcome=outcome,
                reasons=reasons,
                corrected_points_hundredths=corrected_points_hundredths,
                acting=acting,
                matter=matter,
            ),
            by,
        )

    def _bound(self, appeal_id: str, by: By) -> tuple[Set[str], Matter]:
        return self._lookups.identities(by.actor), self._lookups.matter(self.appeal(appeal_id))


def _stream(appeal_id: str) -> str:
    return f"appeal-{appeal_id}"


def _number(batch: Batch, appeal_id: str, target: Target, today: date, by: By) -> str:
    """The next number of the year, which is the appeal's once the batch is recorded."""
    (event,) = batch.decide(
        f"appeal-numbers-{today.year}",
        AppealNumbers(),
        lambda numbers: numbers.number_appeal(
            appeal_id=appeal_id, pairing_id=target.pairing_id, numbered_on=today
        ),
        by,
    )
    assert isinstance(event, AppealNumbered)
    return event.number
