"""The persons whom rows name, by their references in the vault."""

from __future__ import annotations

from collections.abc import Iterable

from application.stores.vault import Vault
from domain.kernel.person import PersonRef


class People:
    """Looked up together where they are known beforehand, else one by one."""

    def __init__(self, vault: Vault, wanted: Iterable[tuple[str, str]], *, dry_run: bool) -> None:
        self._vault = vault
        self._dry_run = dry_run
        self._found = dict(vault.people(wanted, dry_run=dry_run))

    def person(self, name: str, scope: str) -> PersonRef:
        """The reference of a person; ``scope`` keeps namesakes apart."""
        if (name, scope) not in self._found:
            self._found |= self._vault.people([(name, scope)], dry_run=self._dry_run)
        return self._found[name, scope]
