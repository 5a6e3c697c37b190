"""Who reads a page or a document: in which language, and as known at which position. It knows of no request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import Connection

from application.system import System
from domain.kernel.errors import Unknown
from interface.locales import Wording, counted, translate
from projections.boards.numbers import Numbers
from projections.boards.registry.names import Names, OtherName
from projections.figures.overview import villages_of_year
from projections.figures.year import Basis


@dataclass(kw_only=True)
class Reader:
    """``connection``: everything that is read through it belongs together. ``at``: the position as known at which."""

    system: System
    language: str
    connection: Connection
    at: int
    _named_on: date | None = None
    _together: frozenset[str] | None = None

    def t(self, text: Wording, /, **values: object) -> str:
        """``text`` in the reader's language."""
        return translate(self.language, text, **values)

    def counted(self, text: Wording, number: int, /, **values: object) -> str:
        """The same for a text that counts, in its place ``%(n)s``: worded for one where ``number`` is one."""
        return counted(self.language, text, number, **values)

    @cached_property
    def names(self) -> Names:
        """All names of units and villages as known at the page's position."""
        return Names(self.connection, self.at)

    def call_as_of_year(self, year: int) -> None:
        """The page is about a year: everything bears the name of its last day; villages paired in it stand together."""
        self._named_on = date(year, 12, 31)
        self._together = villages_of_year(self.connection, year, self.at)

    def call_as_on(self, day: date) -> None:
        """The page is a paper of a day, or about what happened on it: everything bears the name of that day."""
        self._named_on = day

    @property
    def units(self) -> Mapping[str, str]:
        """Branch id to the unit's name on the page's day; the newest where it has none."""
        return self.names.units(self._named_on)

    @property
    def villages(self) -> Mapping[str, str]:
        """Village id to its name on the page's day; the newest where it has none."""
        return self.names.villages(self._named_on, self._together)

    def units_on(self, day: date | None) -> Mapping[str, str]:
        """Branch id to the unit's name on a day; the newest without one."""
        return self.names.units(day)

    def villages_on(self, day: date | None) -> Mapping[str, str]:
        """Village id to its name on a day; the newest without one."""
        return self.names.villages(day)

    def otherwise_called(self, entry: str) -> list[OtherName]:
        """The names that a unit or village bore before the page's day, and those it bears since."""
        return self.names.others(entry, self._named_on)

    @cached_property
    def numbers(self) -> Numbers:
        """What shows the number of a thing where its id stands."""
        return Numbers(self.connection)

    @property
    def today(self) -> date:
        return self.system.today()

    def local(self, instant: datetime) -> str:
        """An instant in the county's zone, to the minute."""
        return instant.astimezone(self.system.settings.zone).strftime("%Y-%m-%d %H:%M")

    def basis_of(self, year: int) -> Basis:
        """What a year's figures rest on: the position, the day, the scheme's last day of reporting."""
        try:
            cut_off = self.system.scoring.scheme(self.connection, year, self.at).cut_off
        except Unknown:
            # Without a scheme nobody has set a last day; then nothing is late.
            cut_off = date.max
        return Basis(year=year, known_at=self.at, on=self.today, cut_off=cut_off)
