"""A draft tried on a year that is over: who would have moved, by how much, and why. Pure; the sheets are given."""

from __future__ import annotations

from dataclasses import dataclass

from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scoring.comparing import Cause, Comparison, PairingChange, Steps, compare
from domain.assessment.scoring.grades import Results


@dataclass(frozen=True)
class BackTest:
    """``year``: whose facts; ``version``: the version of that year's scheme compared with; ``subjects``: how many it assessed.
    ``found``: the difference for those whom both schemes assess.
    """

    year: int
    version: int
    subjects: int
    found: Comparison

    @property
    def moves(self) -> list[PairingChange]:
        """The pairings whose total or grade would have been another, the furthest first."""
        return [each for each in self.found.changed if each.by or each.regraded]


def back_test(old: Scheme, new: Scheme, version: int, before: Results, after: Results) -> BackTest:
    """Compare the results of one year under two schemes. ``new`` has its dates in that year already."""
    first, last = ({p: of[p] for p in before if p in after} for of in (before, after))
    found = compare(old, new, Steps(first, ((Cause.RULE, last),)))
    return BackTest(old.year, version, len(before), found)
