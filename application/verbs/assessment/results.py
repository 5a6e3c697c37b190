"""What is done with the results of a year, from a frozen run to service, and by whom."""

from __future__ import annotations

from application.look import Look
from application.look_ups import persons_behind_accounts
from application.questions.results.result_lookups import (
    calendar_in_force,
    closing_leaves_behind,
    computed_in_run,
    last_day_of_notice,
    publishing_leaves_behind,
    units_in_run,
    unsettled_appeals,
)
from application.things import PAIRING, RESULTS, RUN
from application.verb import Verb
from domain.account.role import Role
from domain.assessment.year.result import YearResults

_ASSESSOR = frozenset({Role.ASSESSOR})
_APPROVER = frozenset({Role.APPROVER})
_PERSONS = {"persons": persons_behind_accounts}
_PAIRED = ("pairing_id", PAIRING)


def _objection_drawn(look: Look) -> str:
    return look.ids("ob")


exclude_pairing = Verb(
    RESULTS, YearResults.exclude_pairing, _APPROVER, within=_PAIRED, undone_by="include_pairing"
)
include_pairing = Verb(
    RESULTS, YearResults.include_pairing, _APPROVER, within=_PAIRED, undone_by="exclude_pairing"
)
propose_adjustment = Verb(
    RUN, YearResults.propose_adjustment, _ASSESSOR, given={"computed": computed_in_run}, within=_PAIRED
)
approve_adjustment = Verb(
    RUN, YearResults.approve_adjustment, _APPROVER, given={"computed": computed_in_run, **_PERSONS}
)
refuse_adjustment = Verb(RUN, YearResults.refuse_adjustment, _APPROVER, given=_PERSONS)
sign_scoring_group = Verb(RUN, YearResults.sign_scoring_group, _ASSESSOR, given=_PERSONS, then="sign_office")
sign_office = Verb(RUN, YearResults.sign_office, _APPROVER, given=_PERSONS, then="sign_leading_group")
sign_leading_group = Verb(
    RUN, YearResults.sign_leading_group, _APPROVER, given=_PERSONS, irreversible=True, then="open_notice"
)
open_notice = Verb(
    RUN,
    YearResults.open_notice,
    _ASSESSOR | _APPROVER,
    given={"closes_on": last_day_of_notice, "calendar_version": calendar_in_force},
    irreversible=True,
)
file_objection = Verb(
    RUN,
    YearResults.file_objection,
    frozenset({Role.BRANCH_CLERK, Role.VILLAGE_CLERK, Role.ASSESSOR}),
    given={"objection_id": _objection_drawn},
    within=_PAIRED,
)
answer_objection = Verb(RUN, YearResults.answer_objection, _ASSESSOR | _APPROVER, given=_PERSONS)
close_notice = Verb(
    RUN,
    YearResults.close_notice,
    _ASSESSOR | _APPROVER,
    given={"leaves_behind": closing_leaves_behind},
    foresees=closing_leaves_behind,
    irreversible=True,
    then="publish_run",
)
publish_run = Verb(
    RUN,
    YearResults.publish_run,
    _ASSESSOR,
    given={"unsettled": unsettled_appeals, "leaves_behind": publishing_leaves_behind},
    foresees=publishing_leaves_behind,
    irreversible=True,
)
serve_result = Verb(RUN, YearResults.serve_result, _ASSESSOR, given={"assessed": units_in_run})
