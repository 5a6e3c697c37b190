"""Units and villages as the pairing ledger writes them, and whether a row names a pairing that exists."""

from __future__ import annotations

from collections.abc import Iterator

from application.ledgers import problems
from application.ledgers.cells import key_of
from application.ledgers.ledgers import KnownPairings
from application.ledgers.problems import Problem
from application.ledgers.sheets import Kind, Sheet
from interface.ledgers.checks import Reading


class Names:
    """Names by what their spellings have in common, so that a stray space or bracket makes no stranger."""

    def __init__(self, known: KnownPairings) -> None:
        self._units: dict[str, str] = {}
        self._villages: dict[str, str] = {}
        self._pairs: set[tuple[str, str]] = set()
        self._listed: dict[str, str] = {}
        """Units in a pairing or in none."""
        for unit in sorted(known.units):
            self.learn_listed(unit)
        for village in sorted(known.villages):
            self._villages.setdefault(key_of(village), village)
        for unit, village in sorted(known.pairs):
            self.learn(unit, village)

    @property
    def nothing_known(self) -> bool:
        """Whether there is no village at all to check by."""
        return not self._villages

    def learn(self, unit: str | None, village: str | None) -> None:
        """Take names from a row of the pairing ledger; the first spelling stands.

        A row refused for another cell counts as well: its village is no stranger for that.
        """
        if unit:
            self._units.setdefault(key_of(unit), unit)
            self.learn_listed(unit)
        if village:
            self._villages.setdefault(key_of(village), village)
        if unit and village:
            self._pairs.add((key_of(unit), key_of(village)))

    def learn_listed(self, unit: str | None) -> None:
        """Take the name of a unit that may be in no pairing."""
        if unit:
            self._listed.setdefault(key_of(unit), unit)

    def check(self, sheet: Sheet, reading: Reading) -> Iterator[tuple[str, Problem]]:
        """Header and problem of a village nobody knows and of a unit not paired with it.

        Names found are replaced, in ``reading``, by the spelling of the pairing ledger.
        """
        values = reading.values
        village_known = False
        for column in sheet.columns:
            if column.kind is Kind.VILLAGE and reading.filled(column.field):
                name = self._villages.get(key_of(values[column.field]))
                village_known = name is not None
                if name is None:
                    yield column.header, problems.UNKNOWN_VILLAGE
                else:
                    values[column.field] = name
        for column in sheet.columns:
            if column.kind is not Kind.UNIT or not reading.filled(column.field):
                continue
            key = key_of(values[column.field])
            if sheet.key == "parents":
                if key not in self._listed:
                    yield column.header, problems.UNKNOWN_UNIT
                else:
                    values[column.field] = self._listed[key]
                continue
            if "village" not in values:
                if key not in self._units:
                    yield column.header, problems.UNIT_IN_NO_PAIRING
            elif village_known and (key, key_of(values["village"])) not in self._pairs:
                yield column.header, problems.NOT_PAIRED
            if key in self._units:
                values[column.field] = self._units[key]
