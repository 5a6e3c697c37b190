"""Handing out evidence: nothing refuses it here, but it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.system.events import EvidencePackaged, SystemEvent


@dataclass(frozen=True)
class HandedOut:
    """How often a package about one thing was made."""

    times: int = 0

    def package_evidence(self, *, kind: str, about: str, packaged_on: date) -> EvidencePackaged:
        """Make a package about an appeal, a finding or a score sheet."""
        return EvidencePackaged(kind=kind, about=about, packaged_on=packaged_on)

    def after(self, event: SystemEvent) -> HandedOut:
        return HandedOut(self.times + 1) if isinstance(event, EvidencePackaged) else self
