"""Which names are erased, from the log; a start sweeps what a restored vault brought back."""

from __future__ import annotations

from application.eventlog import EventLog
from application.stores.vault import Vault
from domain.system.events import PersonalDataErased


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
