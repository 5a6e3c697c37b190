"""Erasing a personal name: the event first, then the vault."""

from __future__ import annotations

from application.look import Look
from application.things import PERSON
from application.verb import perform
from application.verbs import system as verbs
from domain.kernel.recorded import By
from domain.kernel.zone import county_day


def erase_person(look: Look, ref: str, *, ground: str, decided_by: str, by: By) -> None:
    """Erase one name for good. ``Unknown`` where the vault holds no such person, ``Rejected`` without a ground."""
    PERSON.owner(look, ref)
    vault = look.system.vault
    perform(
        look,
        verbs.erase_person,
        ref,
        by,
        ref=ref,
        ground=ground,
        decided_by=decided_by,
        erased_on=county_day(look.system.log.clock()),
        blanked=tuple(sorted(vault.blanked(ref).items())),
    )
    vault.erase(ref)
