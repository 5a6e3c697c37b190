"""Which pairing a row means: by whom it pairs, and by the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PairingDays:
    """One pairing: both days included, ``ended_on`` is ``None`` while it lasts."""

    pairing_id: str
    branch: str
    village: str
    started_on: date
    ended_on: date | None = None

    def includes(self, on: date) -> bool:
        """Whether it lasted on the day."""
        return self.started_on <= on and (self.ended_on is None or on <= self.ended_on)

    def days_off(self, on: date) -> int:
        """How far the day is from it; 0 within."""
        if on < self.started_on:
            return (self.started_on - on).days
        return 0 if self.ended_on is None else max((on - self.ended_on).days, 0)


class PairingIndex:
    """All pairings on record, and those of this import as they are recorded; each by the very two it was made with."""

    def __init__(self, known: Iterable[PairingDays] = ()) -> None:
        self._of_village: dict[str, dict[str, PairingDays]] = defaultdict(dict)
        self._of_branch: dict[str, dict[str, PairingDays]] = defaultdict(dict)
        for each in known:
            self.put(each)

    def __iter__(self) -> Iterator[PairingDays]:
        for of_village in self._of_village.values():
            yield from of_village.values()

    def put(self, paired: PairingDays) -> None:
        """Take in a pairing, or how it stands now."""
        self._of_village[paired.village][paired.pairing_id] = paired
        self._of_branch[paired.branch][paired.pairing_id] = paired

    def of_village(self, village: str) -> list[PairingDays]:
        """All pairings a village has or had."""
        return list(self._of_village.get(village, {}).values())

    def of_branch(self, branch: str) -> list[PairingDays]:
        """All pairings a branch has or had."""
        return list(self._of_branch.get(branch, {}).values())

    def between(self, branches: Collection[str] | None, villages: Collection[str]) -> list[PairingDays]:
        """The pairings of any of these branches (``None``: of any at all) with any of these villages."""
        return [
            each
            for village in villages
            for each in self.of_village(village)
            if branches is None or each.branch in branches
        ]

    def meant(
        self, branches: Collection[str] | None, villages: Collection[str], on: date
    ) -> list[PairingDays]:
        """Those that lasted on the day; where none did, the nearest of each couple."""
        every = self.between(branches, villages)
        lasting = [each for each in every if each.includes(on)]
        if lasting:
            return lasting
        nearest: dict[tuple[str, str], PairingDays] = {}
        for each in every:
            couple = each.branch, each.village
            if couple not in nearest or each.days_off(on) < nearest[couple].days_off(on):
                nearest[couple] = each
        return list(nearest.values())

    def goes_on(
        self,
        branches: Collection[str],
        villages: Collection[str],
        paired_on: date,
        ended_on: date | None = None,
    ) -> PairingDays | None:
        """The pairing of this couple, whichever of these it was made with, that a pairing day belongs to: one that lasted
        then, or began later and was not known to have begun so early; ``None`` where that day begins another. ``ended_on``:
        the last day, where one is stated.
        """
        of_couple = self.between(branches, villages)
        lasting = [each for each in of_couple if each.includes(paired_on)]
        later = [
            each
            for each in of_couple
            if paired_on < each.started_on and (ended_on is None or each.started_on <= ended_on)
        ]
        return next(iter(lasting), min(later, key=lambda each: each.started_on, default=None))
