"""Whether two references into the vault are one person: said by people, with a reason, and never found by equal names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from domain.account import clauses, events
from domain.account.kept_accounts import KeptAccounts
from domain.kernel.decisions import demand
from domain.kernel.values import Actor, Key, KeyOf, Today, Words

OtherPerson = Annotated[str, KeyOf("person")]
"""Another reference into the vault."""


@dataclass(frozen=True)
class Links(KeptAccounts):
    """What is decided about references being one person."""

    def link_person(
        self, *, ref: Key, other_ref: str, because: Words, linked_by: Actor, linked_on: Today
    ) -> events.PersonsLinked:
        """Say that two references are one person; from then on rules of two persons know it, too."""
        demand(other_ref not in self.persons.same(ref), clauses.LINKED_ONCE)
        self._demand_of_others(linked_by, ref, other_ref)
        for day in (linked_on, date.max):
            # Today, and once every office that was handed over is in other hands.
            then = self.on(day)
            left = len(replace(then, links=then.links | {frozenset({ref, other_ref})}).administering)
            demand(left >= 2 or left == len(then.administering), clauses.LINK_LEAVES_TWO)
        return events.PersonsLinked(
            ref=ref, other=other_ref, because=because.strip(), linked_by=linked_by, linked_on=linked_on
        )

    def unlink_person(
        self, *, ref: Key, other: OtherPerson, because: Words, unlinked_by: Actor, unlinked_on: Today
    ) -> events.PersonsUnlinked:
        """Say that two references are not one person after all."""
        demand(frozenset({ref, other}) in self.links, clauses.LINK_THERE)
        self._demand_of_others(unlinked_by, ref, other)
        return events.PersonsUnlinked(
            ref=ref, other=other, because=because.strip(), unlinked_by=unlinked_by, unlinked_on=unlinked_on
        )

    def unlink_person_allowed(self, *, ref: Key) -> None:
        """Somebody said so of the reference."""
        demand(any(ref in each for each in self.links), clauses.LINK_THERE)

    def _demand_of_others(self, actor: str, *refs: str) -> None:
        demand(self.persons.of(actor).isdisjoint(refs), clauses.LINK_OF_OTHERS, actor)
