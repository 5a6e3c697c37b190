"""What an appeal contests, as it is looked up when somebody appeals and when somebody decides."""

from __future__ import annotations

from collections.abc import Collection, Set
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Target:
    """One line of a run, or one finding, when it is appealed against.

    ``known_on`` is the day it was made known, or the later day on which that was recorded; ``facts_digest`` is that of
    the facts behind it; ``stands`` is false once it was withdrawn. ``year``: the one whose results it is about.
    """

    year: int
    pairing_id: str
    branch: str
    village: str
    run_id: str = ""
    indicator: str = ""
    finding_id: str = ""
    points_hundredths: int | None = None
    known_at: int
    known_on: date
    facts_digest: str
    stands: bool = True

    @property
    def contested(self) -> str:
        """The name under which all appeals about it are registered, whichever run they were about."""
        return self.finding_id or f"{self.year}/{self.pairing_id}/{self.indicator}"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What whoever acts on an appeal is bound by.

    ``involved``: accounts and persons who took part in what is contested. ``standing``: hundredths of the line wherever it
    stands (in the run that is public or was frozen last, and as known now). ``no_lower``: the least hundredths, of a line
    that is taken off the greatest, that lower neither the result of its group nor the total. ``takes_off``: the line is
    taken off the total, so that fewer points are better. ``stands`` is false once what was contested was withdrawn.
    """

    involved: Set[str]
    stands: bool = True
    standing: Collection[int] = ()
    no_lower: int | None = None
    maximum_hundredths: int | None = None
    takes_off: bool = False
