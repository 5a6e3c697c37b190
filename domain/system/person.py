"""The end of a personal name: the deed stays, the name goes."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kernel.decisions import demand
from domain.kernel.values import Key, Line, Today, Words
from domain.system import clauses
from domain.system.events import PersonalDataErased, SystemEvent


@dataclass(frozen=True)
class PersonalData:
    """Whether a person's name was erased."""

    erased: bool = False

    def erase_person(
        self,
        *,
        ref: Key,
        ground: Words,
        decided_by: Line,
        erased_on: Today,
        blanked: tuple[tuple[str, str], ...] = (),
    ) -> PersonalDataErased:
        """Decide that the name behind ``ref`` is forgotten, on a legal ``ground``, also in the kept workbooks ``blanked``."""
        self.erase_person_allowed(ref=ref)
        demand(bool(ground.strip()), clauses.REASON_GIVEN, "ground")
        demand(bool(decided_by.strip()), clauses.REASON_GIVEN, "decided_by")
        return PersonalDataErased(
            ref=ref, ground=ground, decided_by=decided_by, erased_on=erased_on, blanked=blanked
        )

    def erase_person_allowed(self, *, ref: Key) -> None:
        """The name is there still."""
        demand(not self.erased, clauses.ERASED_ONCE)

    def after(self, event: SystemEvent) -> PersonalData:
        return PersonalData(True) if isinstance(event, PersonalDataErased) else self
