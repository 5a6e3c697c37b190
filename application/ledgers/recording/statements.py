"""Things without numbers: what is on record of them, so that a row that says one again, or corrects it, is not a new thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from application.ledgers.rows import ActivityRow, CaseRow, LedgerRow, MeetingRow, RowSource, SlipRow
from application.ledgers.sheets import ACTIVITY_KINDS, CASE_LEVELS, COLOURS
from domain.kernel.document_no import normal_form
from domain.kernel.folding import folded
from domain.pairing.activity import likeness
from domain.pairing.events import ActivityKind
from projections.boards.trail import trail

REVERSAL = "reversal"
"""The kind of source of what reverses an import."""
_DAY = {"activity": 0, "case": 2, "meeting": 0, "slip": 1}
"""Kind to which of its words is the day."""
_WORDS = {
    **{identifier: word for word, identifier in ACTIVITY_KINDS.items()},
    **{identifier: f"{word}级" for word, identifier in CASE_LEVELS.items()},
    **{identifier: f"{word}色" for word, identifier in COLOURS.items()},
}


@dataclass(frozen=True)
class Statement:
    """One thing without a number: its kind, its pairing, what tells it from others, and what is only said of it."""

    kind: str
    pairing: str
    says: tuple[str, ...]
    figures: tuple[str, ...] = ()

    def __str__(self) -> str:
        """What it says, for people: an activity's topic as written, not its letters."""
        return self._told({})

    @property
    def zh(self) -> str:
        """The same in the words of the ledger."""
        return self._told(_WORDS)

    def _told(self, words: Mapping[str, str]) -> str:
        says = self.says[:2] if self.kind == "activity" else self.says
        told = (words.get(each, each) for each in says)
        return "，".join((*told, *(each for each in self.figures if each != "None")))

    @property
    def year(self) -> int | None:
        """The year it happened in; none for what lasts, and for circulars, which are told by their numbers."""
        return int(self.says[_DAY[self.kind]][:4]) if self.kind in _DAY else None


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
    "pairing.CaseVoided": "case_id",
    "pairing.MeetingVoided": "meeting_id",
    "supervision.SlipVoided": "slip_id",
    "supervision.CircularCorrected": "circular_id",
    "supervision.CircularVoided": "circular_id",
    "livelihood.ResourceVoided": "resource_id",
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

    def stated(self, by: Collection[Statement]) -> bool:
        """Whether any of its versions is among these."""
        return any(version in by for version in self.versions)


@dataclass(frozen=True)
class LedgerStatements:
    """What the ledgers of one import state, and of which assessment year they are."""

    year: int
    statements: frozenset[Statement]


@dataclass
class _SheetOnRecord:
    """What one sheet of one workbook said, by row."""

    rows: dict[int, Thing] = field(default_factory=dict)
    _goes_on: bool | None = None

    def goes_on(self, now: LedgerStatements) -> bool:
        """Whether these ledgers are that one handed in again: something of it is stated still, or there was but one row."""
        if self._goes_on is None:
            again = (each.stated(now.statements) for each in self.rows.values())
            self._goes_on = len(self.rows) == 1 or any(again)
        return self._goes_on


@dataclass
class Statements:
    """What is on record, by kind and pairing and by its place in a workbook."""

    _things: dict[str, Thing] = field(default_factory=dict)
    _of_pairing: dict[tuple[str, str], list[Thing]] = field(default_factory=lambda: defaultdict(list))
    _sheets: dict[tuple[str, str], dict[str, _SheetOnRecord]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(_SheetOnRecord))
    )
    """Name of file and sheet to the workbooks, by digest, that were so called."""
    _years: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    """Digest to the years of what the workbook said."""

    def say(
        self, thing_id: str, statement: Statement, place: RowSource | None = None, digest: str = ""
    ) -> None:
        """Something new is on record, or something was corrected. ``place``: where a workbook of an earlier import says so."""
        thing = self._things.get(thing_id)
        if thing is None:
            thing = self._things[thing_id] = Thing(thing_id)
            self._of_pairing[statement.kind, statement.pairing].append(thing)
        thing.versions.append(statement)
        if place is not None:
            self._sheets[place.file, place.sheet][digest].rows.setdefault(place.row, thing)
            if statement.year is not None:
                self._years[digest][statement.year] += 1

    def void(self, thing_id: str) -> None:
        """It does not stand any more; a row that says it is still no new thing."""
        self._things[thing_id].voided = True

    def forget(self, thing_id: str) -> None:
        """The import that said it was reversed: a row that says it is a new thing."""
        thing = self._things.pop(thing_id)
        self._of_pairing[thing.now.kind, thing.now.pairing].remove(thing)
        for digests in self._sheets.values():
            for sheet in digests.values():
                sheet.rows = {row: each for row, each in sheet.rows.items() if each is not thing}

    def same(self, stated: Statement) -> Thing | None:
        """The thing of which exactly this is, or was, on record."""
        of_pairing = self._of_pairing[stated.kind, stated.pairing]
        return next((each for each in of_pairing if stated in each.versions), None)

    def near(self, stated: Statement, source: RowSource, now: LedgerStatements) -> list[Thing]:
        """Things the row may say again or correct: alike in all but what is only said of them, or said before at the
        very place.
        """
        found = self.alike(stated)
        found += (each for each in self._before(stated, source, now) if each not in found)
        return found

    def alike(self, stated: Statement) -> list[Thing]:
        """Things that stand and are alike in all but what is only said of them."""
        of_pairing = self._of_pairing[stated.kind, stated.pairing]
        return [each for each in of_pairing if not each.voided and _alike(each.now, stated)]

    def _before(self, stated: Statement, source: RowSource, now: LedgerStatements) -> Iterator[Thing]:
        """What the same place of the ledger said before, where this row corrects it: one thing told apart by at most
        one of its words, which nothing in the ledgers states any more.

        A ledger of another month may bear the same name: then nothing it said before is stated any more. One of another
        year is another ledger.
        """
        for digest, sheet in self._sheets.get((source.file, source.sheet), {}).items():
            old = sheet.rows.get(source.row)
            if old is None or self._year_of(digest) != now.year or not _one_word_off(old, stated):
                continue
            if not old.stated(now.statements) and (stated.kind != "activity" or sheet.goes_on(now)):
                yield old

    def _year_of(self, digest: str) -> int | None:
        """The year of most that a workbook said."""
        return next((year for year, _ in self._years[digest].most_common(1)), None)


def _one_word_off(old: Thing, stated: Statement) -> bool:
    """A thing of the same kind and pairing that stands and is told apart by at most one of its words."""
    if old.voided or (old.now.kind, old.now.pairing) != (stated.kind, stated.pairing):
        return False
    return sum(a != b for a, b in zip(old.now.says, stated.says, strict=True)) <= 1


def _alike(old: Statement, new: Statement) -> bool:
    """The same activity however it is written; the same case published twice at one level."""
    return old.says[:2] == new.says[:2] if new.kind == "case" else old.says == new.says


def read_statements(connection: Connection, standing: Callable[[str], str]) -> Statements:
    """Everything on record, from the trail; ``standing`` says what a unit is today."""
    found = Statements()
    for name, data, place, digest, reversing in _events(connection):
        thing_id = data[_IDS[name]]
        if name.endswith("Voided"):
            found.forget(thing_id) if reversing else found.void(thing_id)
        else:
            stated = _recorded(name, data)
            if stated.kind == "resource":
                stated = replace(stated, pairing=standing(stated.pairing))
            found.say(thing_id, stated, place, digest)
    return found


def _events(connection: Connection) -> Iterator[tuple[str, Mapping[str, Any], RowSource | None, str, bool]]:
    c = trail.c
    columns = c.name, c.data, c.source_kind, c.source_name, c.source_sheet, c.source_row, c.source_digest
    rows: Iterable[Any] = connection.execute(select(*columns).where(c.name.in_(_IDS)).order_by(c.position))
    for name, data, kind, file, sheet, number, digest in rows:
        place = RowSource(file, sheet, number) if kind == "ledger" else None
        yield name, data, place, digest, kind == REVERSAL
