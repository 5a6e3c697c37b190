"""What is done with cases that are nominated as models, and by whom."""

from __future__ import annotations

from collections.abc import Sequence

from application.eventlog.pending import Claim
from application.look import Look
from application.look_ups import branch_of_pairing, span_of_pairing, village_of_pairing
from application.things import CASE, NOMINATION, PAIRING
from application.verb import Verb
from domain.account.role import Role
from domain.kernel.values import Happened, Key, Today
from domain.pairing.events import CaseLevel, CasePublished
from domain.pairing.nomination import Nomination
from domain.pairing.recognition import ModelCase

_BRANCH = frozenset({Role.BRANCH_CLERK})
_SUPERVISOR = frozenset({Role.SUPERVISOR})


def _case_id(look: Look) -> str:
    return look.ids(CASE.drawn)


def _case(
    look: Look, *, case_id: str, level: CaseLevel, published_on: Happened, key: Key, today: Today
) -> Sequence[Claim]:
    """The model case that the nomination becomes."""
    nomination = NOMINATION.state(look, key)
    within = span_of_pairing(look, pairing_id=nomination.pairing_id)

    def publish(case: ModelCase) -> CasePublished:
        return case.publish_case(
            case_id=case_id,
            pairing_id=nomination.pairing_id,
            branch=nomination.branch,
            village=nomination.village,
            case_name=nomination.case_name,
            level=level,
            published_on=published_on,
            within=within,
            today=today,
        )

    return [Claim(CASE.stream(look, case_id), CASE.initial, publish)]


def _told(nomination: Nomination) -> dict[str, object]:
    return {"case_name": nomination.case_name, "story": nomination.story}


nominate_case = Verb(
    NOMINATION,
    Nomination.nominate_case,
    _BRANCH,
    given={"branch": branch_of_pairing, "village": village_of_pairing, "within": span_of_pairing},
    begins=True,
    within=("pairing_id", PAIRING),
    then="revise_nomination",
    takes_files=True,
)
publish_nomination = Verb(
    NOMINATION, Nomination.publish_nomination, _SUPERVISOR, given={"case_id": _case_id}, claims=_case
)
return_nomination = Verb(NOMINATION, Nomination.return_nomination, _SUPERVISOR)
revise_nomination = Verb(NOMINATION, Nomination.revise_nomination, _BRANCH, proposes=_told, takes_files=True)
