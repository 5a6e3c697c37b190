"""What the recorders have in common of rows that enter units or villages in the registry, or settle what a name means."""

from __future__ import annotations

from dataclasses import dataclass, field

from application.ledgers.recording.row_recorder import RowRecorder
from application.verbs.registry.units_and_villages import register_branch
from domain.kernel.folding import folded
from domain.kernel.recorded import By
from domain.registry.events import UnitClass, UnitLevel


@dataclass(eq=False)
class RegisteringRows(RowRecorder):
    """Remembers what a row enters and settles, until the next one begins: all of it is taken back with a row that is refused."""

    _of_row: list[str] = field(default_factory=list, init=False)
    _settled_by_row: list[tuple[str, str]] = field(default_factory=list, init=False)

    def _begin_row(self) -> None:
        self._of_row, self._settled_by_row = [], []

    def forget_row(self) -> None:
        """What the row registered or settled is not on record, since the row was refused."""
        self._lookups.organisations.registered.difference_update(self._of_row)
        self._lookups.organisations.settled.difference_update(self._settled_by_row)

    def _settles(self, thing: str, name: str) -> bool:
        """Whether an answer about a name is still to be recorded; it is recorded with the first row that can be."""
        key = thing, folded(name)
        settled = self._lookups.organisations.settled
        if key in settled:
            return False
        settled.add(key)
        self._settled_by_row.append(key)
        return True

    def _enter(self, thing: str) -> None:
        self._lookups.organisations.registered.add(thing)
        self._of_row.append(thing)

    def _register_unit(self, thing: str, by: By, name: str, branch: str, level: str, unit_class: str) -> None:
        """Enter a unit with what a row says of it."""
        self._perform(
            register_branch,
            thing,
            by,
            branch=thing,
            unit_name=name,
            branch_name=branch,
            level=UnitLevel(level),
            unit_class=UnitClass(unit_class),
            since=None,
            split_from="",
            parent="",
            today=self._today,
        )
        self._enter(thing)
