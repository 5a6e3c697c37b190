"""What is done with appeals, and by whom. What a decision leads to is done by application/policies/appeal_effects.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from application.eventlog.pending import Claim
from application.look import Look
from application.questions.appeal_lookups import (
    identities,
    matter_of,
    number_in_turn,
    stream_of_numbers,
    target_of,
)
from application.things import APPEAL, PAIRING
from application.verb import Verb
from domain.account.role import Role
from domain.appeal.appeal import Appeal
from domain.appeal.contested_thing import ContestedThing
from domain.appeal.events import AppealNumbered, AppealRegistered
from domain.appeal.numbers import AppealNumbers
from domain.appeal.target import Target
from domain.kernel.errors import Conflict
from domain.kernel.values import Key, Today

_CLERKS = frozenset({Role.BRANCH_CLERK, Role.VILLAGE_CLERK})
_REVIEWER = frozenset({Role.REVIEWER})
_BOUND: Mapping[str, Callable[..., Any]] = {"acting": identities, "matter": matter_of}


def _registered(look: Look, *, key: Key, number: str, target: Target, filed_on: Today) -> Sequence[Claim]:
    """Its place among the appeals about the same thing, and its number; or nothing is recorded."""

    def register(contested: ContestedThing) -> AppealRegistered:
        earlier = {each: APPEAL.state(look, each) for each in contested.appeals}
        return contested.register_appeal(
            appeal_id=key, target=target, registered_on=filed_on, earlier=earlier
        )

    def give(numbers: AppealNumbers) -> AppealNumbered:
        given = numbers.number_appeal(appeal_id=key, pairing_id=target.pairing_id, numbered_on=filed_on)
        if given.number != number:
            raise Conflict(f"another appeal has got {number} meanwhile")
        return given

    return [
        Claim(f"contested-{target.contested}", ContestedThing(), register),
        Claim(stream_of_numbers(filed_on.year), AppealNumbers(), give),
    ]


file_appeal = Verb(
    APPEAL,
    Appeal.file_appeal,
    _CLERKS,
    given={"target": target_of, "number": number_in_turn},
    claims=_registered,
    begins=True,
    within=("pairing_id", PAIRING),
    undone_by="withdraw_appeal",
    takes_files=True,
)
withdraw_appeal = Verb(APPEAL, Appeal.withdraw_appeal, _CLERKS, irreversible=True)
admit_appeal = Verb(APPEAL, Appeal.admit_appeal, _REVIEWER, given=_BOUND, then="decide_appeal")
refuse_appeal = Verb(APPEAL, Appeal.refuse_appeal, _REVIEWER, given=_BOUND, irreversible=True)
decide_appeal = Verb(APPEAL, Appeal.decide_appeal, _REVIEWER, given=_BOUND, irreversible=True)
