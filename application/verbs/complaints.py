"""What is done with complaints and suggestions, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from application.actors.actor import EVERYBODY
from application.actors.complaint_readers import HANDLERS
from application.look import Look
from application.look_ups import persons_behind_accounts
from application.things import ABOUT, COMPLAINT, register_of
from application.verb import Verb
from domain.account.account import Account
from domain.account.names import normal
from domain.account.role import Role
from domain.complaint.complaint import Complaint
from domain.complaint.events import Desk, Subject
from domain.kernel.errors import Unknown
from domain.kernel.values import Actor, Key, OptionalLine
from projections.boards import trail

_ROLES = {each.value for each in Desk}


def role_of_actor(look: Look, *, by: Actor) -> str:
    """The role of whoever acts."""
    account = register_of(look).accounts.get(by)
    return account.role.value if account and account.role else ""


def branch_of_actor(look: Look, *, by: Actor) -> str:
    """The unit whose clerk acts, empty for others."""
    account = register_of(look).accounts.get(by)
    return account.opened.branch if account else ""


def village_of_actor(look: Look, *, by: Actor) -> str:
    """The village whose clerk acts, empty for others."""
    account = register_of(look).accounts.get(by)
    return account.opened.village if account else ""


def accounts_concerned(
    look: Look, *, subject: Subject, thing: OptionalLine, against: OptionalLine, by: Actor
) -> tuple[str, ...]:
    """Of whom it complains: the one stated, and of conduct in a matter, all of the county's offices who acted in it. Raises
    ``Unknown`` for an account or a thing that is not there, or not the author's.
    """
    accounts, found = register_of(look).accounts, set[str]()
    if against:
        if normal(against) not in accounts:
            raise Unknown("account", against)
        found.add(normal(against))
    if thing:
        stream = _stream_of(look, thing, by)
        if subject is Subject.CONDUCT:
            with look.system.reading() as connection:
                rows = trail.of_streams(connection, [stream], look.system.newest())
                acted = {each for row in rows for each in (row.actor, row.acting_for)}
            found |= {each for each in acted if (its := accounts.get(each)) and _at_a_desk(its)}
    return tuple(sorted(found - {by}))


def _stream_of(look: Look, thing: str, by: str) -> str:
    kind, _, key = thing.partition("-")
    if kind not in ABOUT:
        raise Unknown("thing", thing)
    owner, account = ABOUT[kind].owner(look, key), register_of(look).accounts.get(by)
    own = (account.opened.branch, account.opened.village) if account else ("", "")
    if any(own) and not ((own[0] and own[0] == owner.branch) or (own[1] and own[1] == owner.village)):
        raise Unknown("thing", thing)
    return ABOUT[kind].stream(look, key)


def _at_a_desk(account: Account) -> bool:
    return account.role is not None and account.role.value in _ROLES


def first_desk(look: Look, *, concerning: tuple[str, ...], by: Actor) -> Desk:
    """Who hears what is filed: supervision; where it is about somebody there, the next desk."""
    return _desk(look, list(Desk), concerning, [by])


def next_desk(look: Look, *, key: Key) -> Desk:
    """Who answers anew: the same desk where there is somebody who has not answered it, else the next."""
    its = COMPLAINT.state(look, key)
    return _desk(look, [its.desk, *Desk], its.concerning, [its.written_by, *its.answered_by])


def heard_there(look: Look, *, desk: Desk, key: Key) -> bool:
    """Whether somebody at the desk may handle it."""
    its = COMPLAINT.state(look, key)
    return _is_heard(look, desk, its.concerning, [its.written_by, *its.answered_by])


def _desk(look: Look, order: Iterable[Desk], concerning: Collection[str], others: Collection[str]) -> Desk:
    """The first in order at which somebody may handle it; the review group where there is nobody yet."""
    accounts = register_of(look).accounts
    closed = {its.role for each in concerning if (its := accounts.get(each))}
    heard = (each for each in order if Role(each.value) not in closed)
    return next((each for each in heard if _is_heard(look, each, concerning, others)), Desk.REVIEWER)


def _is_heard(look: Look, desk: Desk, concerning: Collection[str], others: Collection[str]) -> bool:
    """Whether somebody in office there is neither whom it is about nor one of the others."""
    register = register_of(look)
    barred, role = [*concerning, *others], Role(desk.value)
    return any(
        its.role is role and not its.disabled and not register.persons.meet(name, *barred)
        for name, its in register.accounts.items()
    )


_ROLE: Mapping[str, Callable[..., Any]] = {"role": role_of_actor}
_HEARD = {**_ROLE, "persons": persons_behind_accounts}
file_complaint = Verb(
    COMPLAINT,
    Complaint.file_complaint,
    EVERYBODY,
    given={
        "branch": branch_of_actor,
        "village": village_of_actor,
        "concerning": accounts_concerned,
        "desk": first_desk,
    },
    begins=True,
    proposes=lambda _: {"wants_answer": "yes"},
    undone_by="withdraw_complaint",
)
accept_complaint = Verb(
    COMPLAINT, Complaint.accept_complaint, HANDLERS, given=_HEARD, then="answer_complaint"
)
answer_complaint = Verb(COMPLAINT, Complaint.answer_complaint, HANDLERS, given=_HEARD)
forward_complaint = Verb(
    COMPLAINT,
    Complaint.forward_complaint,
    HANDLERS,
    given={**_ROLE, "heard_there": heard_there},
)
rate_answer = Verb(COMPLAINT, Complaint.rate_answer, EVERYBODY, given={"desk": next_desk})
withdraw_complaint = Verb(COMPLAINT, Complaint.withdraw_complaint, EVERYBODY, irreversible=True)
