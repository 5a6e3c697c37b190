"""What units and villages are called in an answer about a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from projections.boards.registry.names import Names
from projections.figures.overview import villages_of_year


@dataclass(frozen=True)
class Paired:
    """A pairing by the names of the year's last day."""

    pairing_id: str
    unit_name: str
    village_name: str


class NamesOfYear:
    """The names of the last day of a year, as known at a position; villages paired in it stand together."""

    def __init__(self, connection: Connection, year: int, known_at: int) -> None:
        names, last = Names(connection, known_at), date(year, 12, 31)
        self._units = names.units(last)
        self._villages = names.villages(last, villages_of_year(connection, year, known_at))

    def unit(self, branch: str) -> str:
        """The unit's name, its id where it has none."""
        return self._units.get(branch, branch)

    def village(self, village: str) -> str:
        """The village's name, its id where it has none."""
        return self._villages.get(village, village)

    def paired(self, pairing_id: str, branch: str, village: str) -> Paired:
        """A pairing of these two."""
        return Paired(pairing_id, self.unit(branch), self.village(village))
