"""What an import did."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Final

from application.ledgers.ledgers import Ledgers
from application.ledgers.matching.questions import Question
from application.ledgers.problems import Notice, RefusedRow
from application.ledgers.rows import RowSource

MOST_TOLD: Final = 200
"""Rows of each kind that are told one by one; the others are counted, and the refused ones handed back."""


@dataclass(frozen=True)
class Correction:
    """A thing on record that a row corrected."""

    source: RowSource
    id: str
    before: str
    after: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self.source) | {"id": self.id, "before": self.before, "after": self.after}


@dataclass
class ImportResult:
    """What an import did: rows accepted = recorded now + on record already; rows refused; rows that wait; events recorded.

    ``partly``: refused rows of which the steps before the one refused were recorded. ``irregular``: steps recorded as
    the ledger states them although they broke a rule of procedure; ``code`` is the clause.
    """

    dry_run: bool
    year: int
    year_from: str
    """Who said which year: ``given`` with the order, read from the ``ledgers``, or ``today`` where they say none."""
    batch: str = ""
    """What the import is called where it is listed and reversed; nothing for a dry run."""
    events: int = 0
    sheets: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """By file and sheet, how many of its rows were ``recorded``, ``unchanged`` or recorded ``partly``."""
    refused: list[RefusedRow] = field(default_factory=list)
    irregular: list[RefusedRow] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)
    """What was passed over, and what was read though it is odd."""
    new: dict[str, list[str]] = field(default_factory=dict)
    """Names that nobody had registered: ``units``, ``villages``, ``pairings`` (unit - village)."""
    asked: list[Question] = field(default_factory=list)
    """What has to be answered before rows that wait for it can be recorded."""
    corrected: list[Correction] = field(default_factory=list)
    ledgers: Ledgers = field(default_factory=Ledgers)
    """What was read, for handing the refused rows back in their template."""

    def count(self, source: RowSource, outcome: str, rows: int = 1) -> None:
        """So many rows of a sheet came to this."""
        self.sheets[source.file, source.sheet][outcome] += rows

    def _rows(self, outcome: str) -> int:
        return sum(each[outcome] for each in self.sheets.values())

    @property
    def recorded(self) -> int:
        return self._rows("recorded")

    @property
    def unchanged(self) -> int:
        return self._rows("unchanged")

    @property
    def partly(self) -> int:
        return self._rows("partly")

    @property
    def accepted(self) -> int:
        return self.recorded + self.unchanged

    @property
    def waiting(self) -> int:
        """Rows that are neither accepted nor refused, but wait for an answer."""
        return sum(each.waiting.total() for each in self.asked)

    @property
    def complete(self) -> bool:
        """Whether nothing was refused and nothing is asked."""
        return not self.refused and not self.asked

    def by_sheet(self) -> list[dict[str, Any]]:
        """One entry for each sheet that has rows: how many of them came to what, and how many rows are refused, corrected
        something, or wait for an answer.
        """
        found = {place: Counter(counts) for place, counts in self.sheets.items()}
        for file, sheet, _ in {(each.file, each.sheet, each.row) for each in self.refused}:
            found.setdefault((file, sheet), Counter())["refused"] += 1
        for correction in self.corrected:
            place = correction.source.file, correction.source.sheet
            found.setdefault(place, Counter())["corrected"] += 1
        for question in self.asked:
            for place, rows in question.waiting.items():
                found.setdefault(place, Counter())["waiting"] += rows
        return [{"file": file, "sheet": sheet, **found[file, sheet]} for file, sheet in sorted(found)]

    def digest(self) -> str:
        """What the import comes to, whether dry or not: two that say the same have the same digest."""
        said = {name: value for name, value in self.as_dict().items() if name != "dry_run"}
        # Of what a row corrected its place tells which it is; ids of things that are not recorded yet are drawn anew.
        said["corrected"] = [each | {"id": ""} for each in said["corrected"]]
        said["asked"] = [each["id"] for each in said["asked"]]
        for told in (*said["refused"], *said["irregular"], *said["warnings"]):
            told["value"] = ""
        return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def counts(self) -> dict[str, int]:
        """How many rows came to what, and how much else there is to say."""
        return {
            "recorded": self.recorded,
            "unchanged": self.unchanged,
            "partly": self.partly,
            "corrected": len(self.corrected),
            "refused": sum(each.get("refused", 0) for each in self.by_sheet()),
            "waiting": self.waiting,
            "asked": len(self.asked),
            "irregular": len(self.irregular),
            "warnings": len(self.warnings),
            "events": self.events,
            **{name: len(names) for name, names in self.new.items()},
        }

    def told(self) -> dict[str, Any]:
        """What ``as_dict`` says, each list cut to what one can read."""
        said = self.as_dict()
        said["new"] = {name: names[:MOST_TOLD] for name, names in self.new.items()}
        return {name: value[:MOST_TOLD] if isinstance(value, list) else value for name, value in said.items()}

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``; each refused row has the fields file, sheet, row, column, code, message, and more."""
        return {
            "dry_run": self.dry_run,
            "year": self.year,
            "year_from": self.year_from,
            "accepted": self.accepted,
            "recorded": self.recorded,
            "unchanged": self.unchanged,
            "partly": self.partly,
            "waiting": self.waiting,
            "sheets": self.by_sheet(),
            "events": self.events,
            "refused": [asdict(row) for row in self.refused],
            "irregular": [asdict(row) for row in self.irregular],
            "warnings": [asdict(row) for row in self.warnings],
            "new": self.new,
            "corrected": [each.as_dict() for each in self.corrected],
            "asked": [each.as_dict() for each in self.asked],
        }
