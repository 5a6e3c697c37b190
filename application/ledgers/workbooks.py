"""The imported workbooks, kept as soon as something cites them."""

from __future__ import annotations

from collections.abc import Sequence

from application.eventlog.pending import Entry
from application.ledgers.ledgers import Ledgers
from application.stores.vault import Vault


class CitedWorkbooks:
    """Keeps a workbook when events that cite it are about to be recorded: a crash leaves one too many, never one too few."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._waiting: dict[str, bytes] = {}
        self._digests: dict[str, str] = {}

    def wait(self, ledgers: Ledgers) -> None:
        """Know what was read."""
        for name, workbook in ledgers.workbooks.items():
            self._digests[name] = workbook.digest
            self._waiting[workbook.digest] = workbook.content

    def digest_of(self, file: str) -> str:
        """The digest of a file that was read."""
        return self._digests[file]

    def keep_cited(self, entries: Sequence[Entry]) -> None:
        """Keep what these entries cite."""
        for digest in sorted({by.source.digest for *_, by in entries} & self._waiting.keys()):
            self._vault.keep_workbook(digest, self._waiting.pop(digest))
