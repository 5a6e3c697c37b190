"""What is done with accounts, and by whom. Passwords are none of the log's business: application/stores/accounts/keeping.py."""

from __future__ import annotations

from typing import Annotated

from application.look import Look
from application.things import ACCOUNT, DEPUTY, PERSON, PERSON_LINKS
from application.verb import Verb
from domain.account.links import OtherPerson
from domain.account.register import AccountRegister
from domain.account.role import DEPUTISED, Role
from domain.kernel.person import PersonRef
from domain.kernel.values import Key, Text

_ADMIN = frozenset({Role.ADMIN})
PersonName = Annotated[str, Text(80)]
"""The name of whoever uses the account, as it is registered in the account's own office."""


def _person_in_office(look: Look, *, name: PersonName, key: Key) -> PersonRef:
    """The person by that name in the office of the account."""
    office = ACCOUNT.state(look, key).name_person_allowed(username=key).opened.office
    return look.system.vault.people([(name, office)], dry_run=look.dry_run)[name, office]


def _other_person(look: Look, *, other: OtherPerson) -> str:
    """The reference, if the vault has a name for it. Raises ``Unknown``."""
    PERSON.owner(look, other)
    return other


open_account = Verb(ACCOUNT, AccountRegister.open_account, _ADMIN, beside_log=True)
grant_role = Verb(ACCOUNT, AccountRegister.grant_role, _ADMIN)
propose_role = Verb(ACCOUNT, AccountRegister.propose_role, _ADMIN)
approve_role = Verb(ACCOUNT, AccountRegister.approve_role, _ADMIN)
refuse_role = Verb(ACCOUNT, AccountRegister.refuse_role, _ADMIN)
name_person = Verb(ACCOUNT, AccountRegister.name_person, _ADMIN, given={"person": _person_in_office})
reset_password = Verb(ACCOUNT, AccountRegister.reset_password, _ADMIN, beside_log=True)
change_password = Verb(ACCOUNT, AccountRegister.change_password, frozenset(Role), beside_log=True)
disable_account = Verb(ACCOUNT, AccountRegister.disable_account, _ADMIN, undone_by="enable_account")
enable_account = Verb(ACCOUNT, AccountRegister.enable_account, _ADMIN, undone_by="disable_account")
name_deputy = Verb(DEPUTY, AccountRegister.name_deputy, DEPUTISED | _ADMIN, undone_by="end_deputy")
end_deputy = Verb(DEPUTY, AccountRegister.end_deputy, DEPUTISED | _ADMIN)
hand_over_office = Verb(
    ACCOUNT, AccountRegister.hand_over_office, _ADMIN, aside=True, undone_by="withdraw_handover"
)
approve_handover = Verb(ACCOUNT, AccountRegister.approve_handover, _ADMIN, undone_by="withdraw_handover")
withdraw_handover = Verb(ACCOUNT, AccountRegister.withdraw_handover, _ADMIN)
_WHO_LINKS = frozenset({Role.SUPERVISOR, Role.ADMIN})
link_person = Verb(
    PERSON_LINKS,
    AccountRegister.link_person,
    _WHO_LINKS,
    given={"other_ref": _other_person},
    aside=True,
    in_own_name=True,
    undone_by="unlink_person",
)
unlink_person = Verb(
    PERSON_LINKS,
    AccountRegister.unlink_person,
    _WHO_LINKS,
    aside=True,
    in_own_name=True,
    undone_by="link_person",
)
