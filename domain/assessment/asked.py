"""What an indicator asks people to enter, as the scheme in force has it; what is counted from facts asks for nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """``most_hundredths`` is ``None`` where the regulation sets no limit.

    ``by_hand``: the verified points are the line's figure. ``superior_full``: full marks of the superior's own points in
    hundredths, ``None`` where its score is not asked for. ``ballot_full``: full marks of a ballot in hundredths.
    ``options``: those of the questionnaire, the best first. ``smallest_sample``: with fewer valid questionnaires a survey
    says little.
    """

    indicator: str
    most_hundredths: int | None = None
    by_hand: bool = False
    superior_full: int | None = None
    superior_rank: bool = False
    groups: tuple[str, ...] = ()
    ballot_full: int = 10000
    options: tuple[str, ...] = ()
    smallest_sample: int = 0

    @property
    def anything(self) -> bool:
        """Whether somebody must enter something, so that the line is more than counted."""
        return bool(
            self.by_hand
            or self.superior_full is not None
            or self.superior_rank
            or self.groups
            or self.options
        )
