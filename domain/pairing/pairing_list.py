"""The list of a year's pairings: made in one act from last year's, with what changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.kernel.decisions import demand
from domain.kernel.values import Count, Happened, KeyOf, Line, PairingKey, Rows, Today, YearKey
from domain.pairing import clauses, events
from domain.pairing.days import demand_happened


@dataclass(frozen=True)
class ListChange:
    """What becomes of a pairing that is not renewed; ``branch``: who takes over, where somebody does."""

    pairing_id: PairingKey
    change: events.PairingChange
    because: Line
    branch: Annotated[str, KeyOf("branch", may_be_empty=True)] = ""


ListChanges = Annotated[tuple[ListChange, ...], Rows(ListChange, least=0, once="pairing_id")]


@dataclass(frozen=True)
class Listed:
    """A pairing of last year's list."""

    pairing_id: str
    branch: str
    village: str


@dataclass(frozen=True)
class Successor:
    """A pairing that is to begin. ``village``: what the village handed over is by then; ``paired``: the id of a pairing of the
    two on that day or later, empty where there is none."""

    pairing_id: str
    branch: str
    village: str
    paired: str


@dataclass(frozen=True)
class PairingList:
    """``reissued_on``: from which day the year's list is in force, ``None`` until it is made."""

    reissued_on: date | None = None

    def reissue_pairings(
        self,
        *,
        year: YearKey,
        reissued_on: Happened,
        changes: ListChanges,
        renewed: Count,
        listed: tuple[Listed, ...],
        successors: tuple[Successor, ...],
        today: Today,
    ) -> events.PairingsReissued:
        """Make the year's list of last year's: all is renewed but what ``changes``. ``renewed``: how many that are, as whoever
        decides has seen them. ``listed``: who is paired by then and not renewed yet; ``successors``: the pairings that
        begin, one for each that is replaced.
        """
        self.reissue_pairings_allowed()
        demand_happened(reissued_on, today)
        demand(reissued_on.year == year, clauses.LIST_OF_ITS_YEAR, str(reissued_on))
        known = {each.pairing_id: each for each in listed}
        changed = {each.pairing_id for each in changes}
        demand(changed <= known.keys(), clauses.LIST_AS_SEEN, str(len(listed)))
        demand(renewed == len(known) - len(changed), clauses.LIST_AS_SEEN, str(len(known) - len(changed)))
        pairs = [(each.branch, each.village) for each in listed if each.pairing_id not in changed]
        for each in changes:
            replaced = each.change is events.PairingChange.REPLACE
            demand(replaced == bool(each.branch), clauses.SUCCESSOR_NAMED)
        pairs += [(each.branch, each.village) for each in successors]
        once = len(pairs) == len(set(pairs)) and not any(each.paired for each in successors)
        demand(once, clauses.PAIRED_ONCE)
        return events.PairingsReissued(
            year=year,
            reissued_on=reissued_on,
            renewed=renewed,
            changes=self._changed(changes, successors),
        )

    def reissue_pairings_allowed(self) -> None:
        """Refuse where the list of the year is made."""
        demand(self.reissued_on is None, clauses.REISSUED_ONCE, str(self.reissued_on))

    def _changed(
        self, changes: Sequence[ListChange], successors: Sequence[Successor]
    ) -> tuple[events.ListedChange, ...]:
        new = iter(successors)
        return tuple(
            events.ListedChange(
                pairing_id=each.pairing_id,
                change=each.change,
                branch=each.branch,
                because=each.because,
                successor=next(new).pairing_id if each.change is events.PairingChange.REPLACE else "",
            )
            for each in changes
        )

    def after(self, event: events.PairingListEvent) -> PairingList:
        return PairingList(event.reissued_on) if isinstance(event, events.PairingsReissued) else self
