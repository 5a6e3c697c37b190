"""Things without numbers: what is on record of them, so that a row that says one again, or corrects it, is not a new thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from domain.kernel.document_no import normal_form
from domain.kernel.folding import folded
from domain.pairing.activity import likeness
from domain.pairing.events import ActivityKind
from interface.ledgers.rows import ActivityRow, CaseRow, LedgerRow, MeetingRow, RowSource, SlipRow
from projections.trail import trail


@dataclass(frozen=True)
class Statement:
    """One thing without a number: its kind, its pairing, what tells it from others, and what is only said of it."""

    kind: str
    pairing: str
    says: tuple[str, ...]
    figures: tuple[str, ...] = ()

    def __str__(self) -> str:
        """What it says, for people: an activity's topic as written, not its letters."""
        says = self.says[:2] if self.kind == "activity" else self.says
        return "，".join((*says, *(each for each in self.figures if each != "None")))


def stated_by(row: LedgerRow, pairing: str) -> Statement | None:
    """What a row states; ``None`` for rows that have a number of their own, or none that counts."""
    match row:
        case ActivityRow():
            visited = row.persons_visited if row.kind == ActivityKind.CONDOLENCE_VISIT.value else None
            figures = (row.theme, str(row.participants), str(visited), str(row.reported_on))
            return Statement("activity", pairing, _activity(row.kind, str(row.held_on), row.theme), figures)
        case CaseRow():
            says = (folded(row.name), row.level, str(row.published_on))
            return Statement("case", pairing, says)
        case MeetingRow():
            return Statement("meeting", pairing, (str(row.held_on),))
        case SlipRow():
            return Statement("slip", pairing, (row.colour, str(row.issued_on)))
    return None


def resource_stated(branch: str, category: str, content: str, offered_on: str) -> Statement:
    """Something on a unit's list; the branch stands in the place of a pairing."""
    return Statement("resource", branch, (category, folded(content), offered_on))


def circular_stated(pairing: str, number: str, kind: str, issued_on: str) -> Statement:
    """What a circular, told by its number, says of a pairing."""
    return Statement("circular", pairing, (normal_form(number),), (kind, issued_on))


def _activity(kind: str, held_on: str, topic: str) -> tuple[str, ...]:
    """Day, kind, and the letters of the topic."""
    return held_on, kind, likeness(topic)


_IDS = {
    "pairing.ActivityHeld": "activity_id",
    "pairing.ActivityCorrected": "activity_id",
    "pairing.ActivityVoided": "activity_id",
    "pairing.CasePublished": "case_id",
    "pairing.CaseCorrected": "case_id",
    "pairing.MeetingHosted": "meeting_id",
    "pairing.MeetingCorrected": "meeting_id",
    "supervision.SlipIssued": "slip_id",
    "supervision.SlipCorrected": "slip_id",
    "supervision.CircularIssued": "circular_id",
    "livelihood.ResourceOffered": "resource_id",
}


def _recorded(name: str, data: Mapping[str, Any]) -> Statement:
    if name == "livelihood.ResourceOffered":
        return resource_stated(data["branch"], data["category"], data["content"], data["offered_on"])
    pairing = data["pairing_id"]
    match _IDS[name]:
        case "circular_id":
            return circular_stated(pairing, data["document_no"], data["kind"], data["issued_on"])
        case "activity_id":
            names = ("topic", "participants", "persons_visited", "reported_on")
            figures = tuple(str(data[each]) for each in names)
            return Statement(
                "activity", pairing, _activity(data["kind"], data["held_on"], data["topic"]), figures
            )
        case "case_id":
            says = (folded(data["case_name"]), data["level"], data["published_on"])
            return Statement("case", pairing, says)
        case "meeting_id":
            return Statement("meeting", pairing, (data["hosted_on"],))
    return Statement("slip", pairing, (data["colour"], data["issued_on"]))


@dataclass
class Thing:
    """What is recorded of one thing: its versions, the last of which stands unless it was voided."""

    id: str
    versions: list[Statement] = field(default_factory=list)
    voided: bool = False

    @property
    def now(self) -> Statement:
        """What stands, or stood last."""
        return self.versions[-1]


@dataclass
class Statements:
    """What is on record, by kind and pairing and by its place in a ledger."""

    _things: dict[str, Thing] = field(default_factory=dict)
    _of_pairing: dict[tuple[str, str], list[Thing]] = field(default_factory=lambda: defaultdict(list))
    _places: dict[tuple[str, str], dict[int, Thing]] = field(default_factory=lambda: defaultdict(dict))

    def say(self, thing_id: str, statement: Statement, source: RowSource | None = None) -> None:
        """Something new is on record, or something was corrected."""
        thing = self._things.get(thing_id)
        if thing is None:
            thing = self._things[thing_id] = Thing(thing_id)
            self._of_pairing[statement.kind, statement.pairing].append(thing)
        thing.versions.append(statement)
        if source is not None:
            self._places[source.file, source.sheet].setdefault(source.row, thing)

    def void(self, thing_id: str) -> None:
        """It does not stand any more; a row that says it is still no new thing."""
        self._things[thing_id].voided = True

    def same(self, stated: Statement) -> Thing | None:
        """The thing of which exactly this is, or was, on record."""
        of_pairing = self._of_pairing[stated.kind, stated.pairing]
        return next((each for each in of_pairing if stated in each.versions), None)

    def near(self, stated: Statement, source: RowSource, all_stated: Collection[Statement]) -> list[Thing]:
        """Things the row may say again or correct: alike in all but what is only said of them, or said before at the
        very place.
        """
        found = self.alike(stated)
        before = self._before(stated, source, all_stated)
        if before is not None and before not in found:
            found.append(before)
        return found

    def alike(self, stated: Statement) -> list[Thing]:
        """Things that stand and are alike in all but what is only said of them."""
        of_pairing = self._of_pairing[stated.kind, stated.pairing]
        return [each for each in of_pairing if not each.voided and _alike(each.now, stated)]

    def _before(
        self, stated: Statement, source: RowSource, all_stated: Collection[Statement]
    ) -> Thing | None:
        """What the same place of the ledger said before, where this row corrects it: one thing told apart by at most
        one of its words, which nothing in the ledgers states any more.

        A ledger of another month may bear the same name: then nothing it said before is stated any more.
        """
        of_sheet = self._places.get((source.file, source.sheet), {})
        old = of_sheet.get(source.row)
        if old is None or old.voided or (old.now.kind, old.now.pairing) != (stated.kind, stated.pairing):
            return None
        if any(version in all_stated for version in old.versions):
            return None
        goes_on = len(of_sheet) == 1 or any(
            version in all_stated for each in of_sheet.values() for version in each.versions
        )
        changed = sum(a != b for a, b in zip(old.now.says, stated.says, strict=True))
        return old if changed <= 1 and (goes_on or stated.kind != "activity") else None


def _alike(old: Statement, new: Statement) -> bool:
    """The same activity however it is written; the same case published twice at one level."""
    return old.says[:2] == new.says[:2] if new.kind == "case" else old.says == new.says


def read_statements(connection: Connection, standing: Callable[[str], str]) -> Statements:
    """Everything on record, from the trail; ``standing`` says what a unit is today."""
    found = Statements()
    for name, data, source in _events(connection):
        thing_id = data[_IDS[name]]
        if name == "pairing.ActivityVoided":
            found.void(thing_id)
        else:
            stated = _recorded(name, data)
            if stated.kind == "resource":
                stated = replace(stated, pairing=standing(stated.pairing))
            found.say(thing_id, stated, source)
    return found


def _events(connection: Connection) -> Iterator[tuple[str, Mapping[str, Any], RowSource | None]]:
    c = trail.c
    query = select(c.name, c.data, c.source_kind, c.source_name, c.source_sheet, c.source_row)
    rows: Iterable[Any] = connection.execute(query.where(c.name.in_(_IDS)).order_by(c.position))
    for name, data, kind, file, sheet, number in rows:
        yield name, data, RowSource(file, sheet, number) if kind == "ledger" else None
