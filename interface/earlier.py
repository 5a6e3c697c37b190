"""What is on record of things without numbers, so that a row that says one again, or corrects it, is not a new thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from domain.pairing.activity import Likeness, likeness
from domain.pairing.events import ActivityKind
from interface.ledgers.rows import ActivityRow, CaseRow, LedgerRow, MeetingRow, RowSource, SlipRow
from projections.kit.columns import known
from projections.pairings_board import activities
from projections.trail import trail


@dataclass(frozen=True)
class Statement:
    """One thing without a number: its kind, its pairing, what tells it from others, and its figures."""

    kind: str
    pairing: str
    says: tuple[str, ...]
    figures: tuple[str, ...] = ()


def stated_by(row: LedgerRow, pairing: str) -> Statement | None:
    """What a row states; ``None`` for rows that have a number of their own, or none that counts."""
    match row:
        case ActivityRow():
            *_, topic = likeness(pairing, ActivityKind(row.kind), row.held_on, row.theme)
            visited = row.persons_visited if row.kind == ActivityKind.CONDOLENCE_VISIT.value else None
            figures = (str(row.participants), str(visited), str(row.reported_on), row.theme)
            return Statement("activity", pairing, (row.kind, str(row.held_on), topic), figures)
        case CaseRow():
            return Statement("case", pairing, (row.name, row.level, str(row.published_on)))
        case MeetingRow():
            return Statement("meeting", pairing, (str(row.held_on),))
        case SlipRow():
            return Statement("slip", pairing, (row.colour, str(row.issued_on)))
    return None


def _recorded(name: str, data: Mapping[str, Any]) -> Statement:
    pairing = data["pairing_id"]
    match name:
        case "pairing.ActivityHeld":
            kind, topic = data["kind"], data["topic"]
            *_, letters = likeness(pairing, ActivityKind(kind), data["held_on"], topic)
            names = ("participants", "persons_visited", "reported_on", "topic")
            figures = tuple(str(data[each]) for each in names)
            return Statement("activity", pairing, (kind, data["held_on"], letters), figures)
        case "pairing.CasePublished":
            return Statement("case", pairing, (data["case_name"], data["level"], data["published_on"]))
        case "pairing.MeetingHosted":
            return Statement("meeting", pairing, (data["hosted_on"],))
    return Statement("slip", pairing, (data["colour"], data["issued_on"]))


_NAMES = ("pairing.ActivityHeld", "pairing.CasePublished", "pairing.MeetingHosted", "supervision.SlipIssued")


@dataclass
class Earlier:
    """What earlier imports recorded, by its place in a ledger, and the topics of activities by their likeness."""

    said: dict[tuple[str, str], dict[int, Statement]] = field(default_factory=lambda: defaultdict(dict))
    topics: dict[Likeness, str] = field(default_factory=dict)

    def corrected(self, row: LedgerRow, new: Statement, stated: Collection[Statement]) -> Statement | None:
        """What the same place of the ledger said before, where this row corrects it: one thing told apart by at most
        one of its words, which nothing in the ledgers states any more.

        A ledger of another month may bear the same name: then nothing it said before is stated any more.
        """
        of_sheet = self.said.get((row.source.file, row.source.sheet), {})
        old = of_sheet.get(row.source.row)
        if old is None or (old.kind, old.pairing) != (new.kind, new.pairing) or old in stated:
            return None
        goes_on = len(of_sheet) == 1 or any(each in stated for each in of_sheet.values())
        changed = sum(a != b for a, b in zip(old.says, new.says, strict=True))
        return old if changed <= 1 and (goes_on or new.kind != "activity") else None


def read_earlier(connection: Connection, sources: Iterable[RowSource]) -> Earlier:
    """What stands; what was voided since is no statement any more."""
    earlier = Earlier()
    rows = connection.execute(select(activities).where(known(activities, None))).all()
    voided = {row.activity_id for row in rows if row.status == "voided"}
    for row in rows:
        if row.status != "voided":
            like = likeness(row.pairing_id, ActivityKind(row.kind), row.held_on, row.topic)
            earlier.topics[like] = row.topic
    query = select(trail.c.name, trail.c.data, trail.c.source_name, trail.c.source_sheet, trail.c.source_row)
    files = {source.file for source in sources}
    recorded = query.where(trail.c.name.in_(_NAMES), trail.c.source_kind == "ledger")
    for name, data, file, sheet, number in connection.execute(recorded.order_by(trail.c.position)):
        if file in files and data.get("activity_id") not in voided:
            earlier.said[file, sheet][number] = _recorded(name, data)
    return earlier
