"""What is done with the use of a published result, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from application.eventlog.pending import Claim
from application.look import Look
from application.look_ups import persons_behind_accounts
from application.questions.results.run_results import standing_in_run
from application.things import PAIRING, RESULT_USE
from application.verb import Verb
from domain.account.role import Role
from domain.assessment.year.events import ResultUse
from domain.assessment.year.result_use import ResultUsing, Standing, UsesOfResult
from domain.kernel.values import Key, PairingKey, RunKey, Today

_OFFICE = frozenset({Role.ASSESSOR, Role.APPROVER})


def _standing(look: Look, *, run_id: RunKey, pairing_id: PairingKey) -> Standing:
    with look.system.reading() as connection:
        return standing_in_run(look.system.scoring, connection, run_id, pairing_id)


def _registered(
    _: Look, *, use: ResultUse, standing: Standing, measure: str, key: Key, registered_on: Today
) -> Sequence[Claim]:
    """The same measure is ordered once of one result: stream ``result-uses-<run>-<pairing>``."""
    register = partial(
        UsesOfResult.register_result_use,
        use_id=key,
        use=use,
        standing=standing,
        measure=measure,
        registered_on=registered_on,
    )
    return [Claim(f"result-uses-{standing.run_id}-{standing.pairing_id}", UsesOfResult(), register)]


order_result_use = Verb(
    RESULT_USE,
    ResultUsing.order_result_use,
    _OFFICE,
    given={"standing": _standing},
    claims=_registered,
    begins=True,
    within=("pairing_id", PAIRING),
    undone_by="withdraw_result_use",
)
report_result_use = Verb(
    RESULT_USE, ResultUsing.report_result_use, frozenset({Role.BRANCH_CLERK, Role.ASSESSOR})
)
complete_result_use = Verb(
    RESULT_USE, ResultUsing.complete_result_use, _OFFICE, given={"persons": persons_behind_accounts}
)
withdraw_result_use = Verb(RESULT_USE, ResultUsing.withdraw_result_use, _OFFICE, irreversible=True)
