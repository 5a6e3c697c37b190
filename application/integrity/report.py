"""What a verification found, in words that say which record, which kind of tampering, and what to do next."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime

STOP = "stop writing, keep this copy untouched, restore a copy of a backup beside it and compare"
KINDS = {
    "fence_missing": (
        "a trigger that forbids changes is missing",
        "ask the database's administrator who dropped it and when; start lianjian to put it back",
    ),
    "row_changed": ("a stored event was edited", STOP),
    "row_added": ("an event did not come through the program", STOP),
    "row_deleted": ("a stored event was deleted", STOP),
    "tree_changed": ("the tree over the events was edited", STOP),
    "order_changed": ("events were moved", STOP),
    "history_rewritten": ("the log was rewritten", STOP),
    "log_cut": ("the end of the log was cut, or an old copy was put in its place", STOP),
    "backdated": (
        "an event bears a time at which it cannot have been recorded",
        "find out who set the clock or wrote past the program",
    ),
    "key_replaced": (
        "something is signed by a key that does not follow from the log's first event",
        "compare the key with its printed fingerprint; " + STOP,
    ),
    "note_forged": ("a checkpoint was edited", STOP),
    "checkpoint_deleted": (
        "a checkpoint that is known outside is missing inside",
        "compare with the other anchors; " + STOP,
    ),
    "attachment_changed": (
        "an attachment is not the one that was recorded",
        "restore the file from a backup",
    ),
    "attachment_missing": ("an attachment is missing", "restore the file from a backup"),
    "workbook_changed": (
        "an imported ledger is not the one that the events cite",
        "restore the vault from a backup",
    ),
    "workbook_missing": ("an imported ledger that events cite is missing", "restore the vault from a backup"),
    "workbook_restored": (
        "an imported ledger shows a name again that was erased",
        "start lianjian, which erases it anew; look at how the vault was restored",
    ),
    "table_changed": (
        "a table of the pages is not what the events make of it",
        "run lianjian rebuild; find out who wrote to it",
    ),
    "run_changed": (
        "a frozen result cannot be computed again",
        "compare the software with the one that froze it; do not publish",
    ),
    "name_changed": (
        "a name in the vault is not the one that was recorded",
        "restore the vault from a backup",
    ),
    "name_missing": (
        "a name is gone from the vault though nobody decided to erase it",
        "restore the vault from a backup",
    ),
    "name_restored": (
        "a name that was erased is in the vault again",
        "start lianjian, which erases it anew; look at how the vault was restored",
    ),
}
"""Kind of finding to what it means and what to do next."""


@dataclass(frozen=True)
class Problem:
    """``check`` is V0 to V16 (docs/trust.md); ``first`` to ``last`` the positions it is about, where it can tell."""

    check: str
    kind: str
    message: str
    first: int | None = None
    last: int | None = None

    def as_dict(self) -> dict[str, object]:
        meaning, remedy = KINDS[self.kind]
        return {**asdict(self), "meaning": meaning, "next": remedy}


@dataclass(frozen=True)
class GoodAnchor:
    """Something outside that the log agrees with: ``name`` where it is, ``seen_at`` where a witness stated a time."""

    name: str
    size: int
    position: int
    seen_at: datetime | None = None

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "seen_at": self.seen_at.isoformat() if self.seen_at else None}


@dataclass
class Report:
    """``checked`` counts what was looked at, ``left_out`` says what was not; ``anchor`` is the last good one."""

    origin: str = ""
    size: int = 0
    position: int = 0
    root: str = ""
    anchor: GoodAnchor | None = None
    problems: list[Problem] = field(default_factory=list)
    checked: dict[str, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def found(
        self, check: str, kind: str, message: str, first: int | None = None, last: int | None = None
    ) -> None:
        """Add a problem; without ``last`` it is about one position."""
        assert kind in KINDS, kind
        self.problems.append(Problem(check, kind, message, first, last if last is not None else first))

    def counted(self, what: str, number: int) -> None:
        """``number`` of ``what`` were looked at."""
        self.checked[what] = self.checked.get(what, 0) + number

    def as_dict(self) -> dict[str, object]:
        return {
            "ok": not self.problems,
            "origin": self.origin,
            "size": self.size,
            "position": self.position,
            "root": self.root,
            "anchored": self.anchor.as_dict() if self.anchor else None,
            "checked": self.checked,
            "left_out": self.left_out,
            "problems": [each.as_dict() for each in self.problems],
        }
