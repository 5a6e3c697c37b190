"""Use of results: ordering, reporting, completing, withdrawing."""

from __future__ import annotations

from datetime import date
from functools import partial

from application.account import persons_of
from application.eventlog.log import Claim, Log
from application.questions.results.run_results import standing_in_run
from application.questions.results.scoring import Scoring
from domain.assessment.year.events import ResultUse
from domain.assessment.year.result_use import ResultUsing, UsesOfResult
from domain.kernel.errors import Unknown
from domain.kernel.ids import Ids
from domain.kernel.recorded import By


class ResultUses:
    """Streams ``result-use-<id>``, and ``result-uses-<run>-<pairing>`` with all uses of one result."""

    def __init__(self, log: Log, ids: Ids, scoring: Scoring) -> None:
        self._log = log
        self._ids = ids
        self._scoring = scoring

    def result_use(self, use_id: str) -> ResultUsing:
        """The use as it is now. ``Unknown`` when there is none."""
        found = self._log.state(f"result-use-{use_id}", ResultUsing())
        if found.ordered is None:
            raise Unknown("result use", use_id)
        return found

    def order_result_use(
        self,
        *,
        run_id: str,
        pairing_id: str,
        use: ResultUse,
        measure: str,
        because: str,
        due_on: date,
        ordered_on: date,
        by: By,
    ) -> str:
        """Let something follow from a published result; the id of the use."""
        standing = standing_in_run(self._scoring, run_id, pairing_id)
        use_id = self._ids("u")
        register = partial(
            UsesOfResult.register_result_use,
            use_id=use_id,
            use=use,
            standing=standing,
            measure=measure,
            registered_on=ordered_on,
        )
        self._log.decide(
            f"result-use-{use_id}",
            ResultUsing(),
            lambda using: using.order_result_use(
                use_id=use_id,
                use=use,
                standing=standing,
                measure=measure,
                because=because,
                due_on=due_on,
                ordered_by=by.actor,
                ordered_on=ordered_on,
            ),
            by,
            claims=[Claim(f"result-uses-{run_id}-{pairing_id}", UsesOfResult(), register)],
        )
        return use_id

    def report_result_use(self, use_id: str, *, account: str, accounted_on: date, by: By) -> None:
        """Say what was done about it so far."""
        self._log.decide(
            f"result-use-{use_id}",
            ResultUsing(),
            lambda using: using.report_result_use(
                account=account, accounted_by=by.actor, accounted_on=accounted_on
            ),
            by,
        )

    def complete_result_use(self, use_id: str, *, account: str, completed_on: date, by: By) -> None:
        """Find it done."""
        self._log.decide(
            f"result-use-{use_id}",
            ResultUsing(),
            lambda using: using.complete_result_use(
                account=account,
                completed_by=by.actor,
                completed_on=completed_on,
                persons=persons_of(self._log),
            ),
            by,
        )

    def withdraw_result_use(self, use_id: str, *, because: str, withdrawn_on: date, by: By) -> None:
        """Let it not follow after all."""
        self._log.decide(
            f"result-use-{use_id}",
            ResultUsing(),
            lambda using: using.withdraw_result_use(
                because=because, withdrawn_by=by.actor, withdrawn_on=withdrawn_on
            ),
            by,
        )
