"""A number that people use (编号), and what has it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kernel.decisions import demand
from domain.registry import clauses
from domain.registry.events import NumberedThing, NumberTaken, RegistryEvent


@dataclass(frozen=True)
class Number:
    """``taken`` is ``None`` while nothing has the number."""

    taken: NumberTaken | None = None

    @property
    def thing(self) -> str:
        """The id of what has the number; empty where nothing has."""
        return self.taken.thing if self.taken else ""

    def take_number(
        self, *, kind: NumberedThing, year: int, number: str, thing: str, voided: str = ""
    ) -> list[NumberTaken]:
        """Take the number for this thing; nothing where this very thing has it already. ``voided``: the id of a thing that
        was entered wrongly, so that its number is free.
        """
        if self.taken is None or self.thing == voided:
            return [NumberTaken(kind=kind, year=year, number=number, thing=thing)]
        demand(self.thing == thing, clauses.NUMBER_OF_ONE_THING, f"{self.thing}, {year}")
        return []

    def after(self, event: RegistryEvent) -> Number:
        return Number(event) if isinstance(event, NumberTaken) else self
