"""What is done with the name of a person. Names stand beside the log: application/stores/forgetting.py."""

from __future__ import annotations

from application.things import PERSON
from application.verb import Verb
from domain.account.role import Role
from domain.system.person import PersonalData

# Done on the command line, by the keeper of the machine, as an office decided: it cannot be taken back.
erase_person = Verb(PERSON, PersonalData.erase_person, frozenset({Role.ADMIN}), beside_log=True)
