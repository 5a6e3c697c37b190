"""What an import did."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from application.ledgers.ledgers import Ledgers
from application.ledgers.matching.questions import Question
from application.ledgers.problems import Notice, RefusedRow
from application.ledgers.rows import RowSource


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
    recorded: int = 0
    unchanged: int = 0
    partly: int = 0
    events: int = 0
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
            "events": self.events,
            "refused": [asdict(row) for row in self.refused],
            "irregular": [asdict(row) for row in self.irregular],
            "warnings": [asdict(row) for row in self.warnings],
            "new": self.new,
            "corrected": [each.as_dict() for each in self.corrected],
            "asked": [each.as_dict() for each in self.asked],
        }
