"""The end of a personal name: the deed stays, the name goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.kernel.decisions import demand
from domain.system import clauses
from domain.system.events import PersonalDataErased, SystemEvent


def stream_of(ref: str) -> str:
    """The stream of what is decided about a person's name."""
    return f"person-{ref}"


@dataclass(frozen=True)
class PersonalData:
    """Whether a person's name was erased."""

    erased: bool = False

    def erase_person(
        self,
        *,
        ref: str,
        ground: str,
        decided_by: str,
        erased_on: date,
        blanked: tuple[tuple[str, str], ...] = (),
    ) -> PersonalDataErased:
        """Decide that the name behind ``ref`` is forgotten, on a legal ``ground``, also in the kept workbooks ``blanked``."""
        demand(not self.erased, clauses.ERASED_ONCE, ref)
        demand(bool(ground.strip()), clauses.REASON_GIVEN, "ground")
        demand(bool(decided_by.strip()), clauses.REASON_GIVEN, "decided_by")
        return PersonalDataErased(
            ref=ref, ground=ground, decided_by=decided_by, erased_on=erased_on, blanked=blanked
        )

    def after(self, event: SystemEvent) -> PersonalData:
        return PersonalData(True) if isinstance(event, PersonalDataErased) else self
