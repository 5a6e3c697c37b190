"""The imported ledgers as they are kept: whether they are what the events cite, and their cells."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from application.eventlog import EventLog
from application.stores.erasing import copies
from application.stores.vault import Vault
from domain.kernel.errors import Unknown

KEPT = ("whole", "blanked")
"""States in which a workbook is handed out."""


@dataclass(frozen=True)
class KeptWorkbook:
    """``blanked``: a copy without the names that were erased; the workbook itself is gone then."""

    digest: str
    content: bytes
    blanked: bool


class KeptWorkbooks:
    """Ledgers by the SHA-256 of their bytes, in the vault; what the log says of the copies decides which of them is right."""

    def __init__(self, log: EventLog, vault: Vault) -> None:
        self._log = log
        self._vault = vault

    def state(self, digest: str) -> str:
        """``whole``, ``blanked``, ``missing``, ``changed``, or ``restored``: with names that were erased."""
        return self._state(digest, self._vault.workbook(digest), copies(self._log))

    def _state(self, digest: str, content: bytes | None, stated: dict[str, list[str]]) -> str:
        if content is None:
            return "missing"
        found = sha256(content).hexdigest()
        *earlier, right = (digest, *stated.get(digest, []))
        if found == right:
            return "blanked" if earlier else "whole"
        return "restored" if found in earlier else "changed"

    def open(self, digest: str) -> KeptWorkbook:
        """The workbook, or its copy. Raises ``Unknown`` where it is missing, or not what the log says it is."""
        content = self._vault.workbook(digest)
        state = self._state(digest, content, copies(self._log))
        if content is None or state not in KEPT:
            raise Unknown("workbook as it was recorded", digest)
        return KeptWorkbook(digest, content, state == "blanked")
