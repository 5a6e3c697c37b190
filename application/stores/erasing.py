"""Erasing personal names: the event first, then the vault; a start sweeps what a restored vault brought back."""

from __future__ import annotations

from application.eventlog import EventLog
from application.stores.vault import Vault
from domain.kernel.errors import Unknown
from domain.kernel.recorded import By
from domain.kernel.zone import county_day
from domain.system.events import PersonalDataErased
from domain.system.person import PersonalData, stream_of


def erased_refs(log: EventLog) -> list[str]:
    """The references whose names must stay forgotten, in the order in which that was decided: the log is the list of them."""
    return [event.ref for event in _erased(log)]


def copies(log: EventLog) -> dict[str, list[str]]:
    """The kept workbooks that names were erased from, by digest, to the digests of the copies; the last one is kept."""
    stated: dict[str, list[str]] = {}
    for event in _erased(log):
        for digest, copy in event.blanked:
            stated.setdefault(digest, []).append(copy)
    return stated


def _erased(log: EventLog) -> list[PersonalDataErased]:
    events = [recorded.event for recorded in log.named(PersonalDataErased.NAME)]
    return [event for event in events if isinstance(event, PersonalDataErased)]


def sweep(log: EventLog, vault: Vault) -> int:
    """Delete again what is to be forgotten and is there; how many names that were."""
    refs = erased_refs(log)
    there = vault.names(refs)
    swept = sum(vault.erase(ref) for ref in refs if ref in there)
    if refs:
        # The last process may have ended between an erasure and its end.
        vault.forget_journal()
    return swept


def erase_person(log: EventLog, vault: Vault, ref: str, *, ground: str, decided_by: str, by: By) -> None:
    """Erase one name for good. ``Unknown`` where the vault holds no such person, ``Rejected`` without a ground."""
    if not vault.names([ref]):
        raise Unknown("person", ref)
    today = county_day(log.clock())
    blanked = tuple(sorted(vault.blanked(ref).items()))
    log.decide(
        stream_of(ref),
        PersonalData(),
        lambda person: person.erase_person(
            ref=ref, ground=ground, decided_by=decided_by, erased_on=today, blanked=blanked
        ),
        by,
    )
    vault.erase(ref)
