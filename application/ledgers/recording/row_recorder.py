"""What the recorders of all kinds of rows have in common: with what they decide, and which pairing a row means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from application.ledgers.matching.organisations import Lookups
from application.ledgers.matching.pairing_index import PairingDays
from application.ledgers.matching.people import People
from application.ledgers.rows import LedgerRow
from application.look import Look
from application.verb import P, S, Verb, carry_out, perform
from domain.kernel.clause import Clause
from domain.kernel.decisions import demand
from domain.kernel.recorded import By

PAIRING_NAMED = Clause(
    "ledger.PAIRING_NAMED",
    "该村（社区）有多个结对，须写明联建单位",
    "this village has several pairings; the row names the unit",
    "default",
    "请增加“联建单位”一列并填写",
    "add the column 联建单位 and fill it in",
)
PAIRED = Clause(
    "ledger.PAIRED",
    "该单位与该村（社区）没有结对",
    "this unit is not paired with this village",
    "default",
    "请先在结对台账中登记",
    "enter the pairing in the pairing ledger first",
)

OFFICE = "联建办"
"""Scope of the names of inspectors and teachers in the vault; other persons' is the branch that sends them."""


@dataclass(eq=False)
class RowRecorder:
    """Records rows of some kinds, each as far as it can be."""

    _look: Look
    _lookups: Lookups
    _people: People
    _today: date

    def _begin(self, verb: Verb[Any, Any], by: By, said: Mapping[str, Any]) -> str:
        """Begin a thing of its own; its id."""
        return carry_out(self._look, verb, "", by, said).key

    def _perform(self, verb: Verb[S, P], key: str, by: By, /, *args: P.args, **said: P.kwargs) -> None:
        """Decide and record, every parameter stated."""
        perform(self._look, verb, key, by, *args, **said)

    def _pairing_of(self, row: LedgerRow, unit: str | None, village: str, on: date) -> PairingDays:
        """The one pairing a row means. ``Rejected`` where the names lead to none, ``AnswerNeeded`` where they are not clear."""
        found = self._lookups.pairings(unit, village, on)
        if len(found) > 1:
            villages = list(dict.fromkeys(each.village for each in found))
            meant = self._lookups.one_village(row, village, villages)
            found = [each for each in found if each.village == meant]
        demand(len(found) <= 1, PAIRING_NAMED, village)
        demand(bool(found), PAIRED, village if unit is None else f"{unit}, {village}")
        return found[0]
