"""Names outside the pairing ledger that nobody bears: rows with them are refused, and who may be meant is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from application.ledgers import problems
from application.ledgers.cells import parse_name
from application.ledgers.ledgers import Ledgers
from application.ledgers.matching.name_index import NameIndex
from application.ledgers.matching.organisations import UNIT, VILLAGE
from application.ledgers.matching.pairing_index import PairingIndex
from application.ledgers.matching.questions import ANOTHER, Choice, Question, question_id
from application.ledgers.raw import Value
from application.ledgers.rows import RowSource
from application.ledgers.sheets import SHEETS, Kind
from domain.kernel.folding import folded
from domain.registry.events import EntryKind

_CODES = {
    each.code
    for each in (
        problems.UNKNOWN_VILLAGE,
        problems.NOT_PAIRED,
        problems.UNIT_IN_NO_PAIRING,
        problems.UNKNOWN_UNIT,
    )
}
_KINDS = {Kind.UNIT: EntryKind.BRANCH, Kind.VILLAGE: EntryKind.VILLAGE}
_KIND_WORDS = {EntryKind.BRANCH: ("unit", "单位"), EntryKind.VILLAGE: ("village", "村（社区）")}
_BRINGING = ("pairings", "parents")
"""Sheets whose rows enter units."""
_NAMING = {
    (sheet.key, column.header): (_KINDS[column.kind], column.field)
    for sheet in SHEETS
    for column in sheet.columns
    if column.kind in _KINDS
}
"""Key of a sheet and heading to the kind of what is named there, and the field."""


def strangers(
    ledgers: Ledgers, names: dict[EntryKind, NameIndex], parties: PairingIndex
) -> Iterator[tuple[EntryKind, Question]]:
    """A question for each name that nobody bears, and for each village that is not the unit's: one on record may be meant,
    likely one whose name is like it or that is paired with the row's other name. Where that one is not on record either, a
    name like none waits: the other's question, or its row in these ledgers, comes first.
    """
    units, villages = names[EntryKind.BRANCH], names[EntryKind.VILLAGE]
    asked: set[str] = set()
    written = {row.source: row for row in ledgers.written}
    brought = {folded(_name(row.cells.get("unit"))) for row in ledgers.written if row.sheet_key in _BRINGING}
    for row in ledgers.refused:
        if row.code not in _CODES:
            continue
        source = RowSource(row.file, row.sheet, row.row)
        cells = written[source].cells
        kind, named = _NAMING[written[source].sheet_key, row.column]
        unit, village = _name(cells.get("unit") or cells.get("matched_unit")), _name(cells.get("village"))
        own = {
            paired.village for thing in units.akin(units.bearers(unit)) for paired in parties.of_branch(thing)
        }
        of_village = {
            paired.branch
            for thing in villages.akin(villages.bearers(village))
            for paired in parties.of_village(thing)
        }
        # What is learned is the name as it should stand: as it was written it may have line breaks.
        name, partners = _name(cells.get(named)), of_village if kind is EntryKind.BRANCH else own
        if not names[kind].bears(name):
            things = [*(each.thing for each in names[kind].alike(name)), *sorted(partners)]
            found = [(kind, _who(names[kind], name, source, row.column, things))]
        else:
            may_be = [thing for thing in sorted(own) if villages.is_free(village, thing)]
            found = [(EntryKind.VILLAGE, _which_of_unit(villages, village, unit, source, may_be))]
        beside, among = (village, villages) if kind is EntryKind.BRANCH else (unit, units)
        if beside and not among.bears(beside):
            found = [each for each in found if len(each[1].choices) > 1]
            if kind is EntryKind.VILLAGE and folded(unit) not in brought:
                # Who the unit is tells whose village may be meant.
                column = UNIT if cells.get("unit") else "对接单位"
                likes = [each.thing for each in units.alike(unit)]
                found.append((EntryKind.BRANCH, _who(units, unit, source, column, likes)))
        for of_kind, question in found:
            if question.choices and question.id not in asked:
                asked.add(question.id)
                yield of_kind, question


def _name(cell: Value | None) -> str:
    name = "" if cell is None else parse_name(cell)
    return name if isinstance(name, str) else ""


def _who(known: NameIndex, name: str, source: RowSource, column: str, likely: Sequence[str]) -> Question:
    """Who on record a name means that nobody bears. What is likely comes first, yet it may be any other."""
    what, what_zh = _KIND_WORDS[known.kind]
    another = Choice(
        ANOTHER, f"是其他在册{what_zh}（名称另填）", f"it is another {what} on record, by its name"
    )
    return Question(
        id=question_id("stranger", known.kind.value, "", folded(name)),
        source=source,
        column=column,
        value=name,
        zh=f"“{name}”是哪个在册{what_zh}的另一种写法？如都不是，请更正台账",
        en=f"which {what} on record is {name} another name of? If none, correct the ledger",
        choices=() if known.is_empty else (*_each(known, likely), another),
        among=known,
    )


def _which_of_unit(
    known: NameIndex, village: str, unit: str, source: RowSource, own: Sequence[str]
) -> Question:
    """Which of the villages of a unit is meant by the name of another."""
    return Question(
        id=question_id("stranger", known.kind.value, folded(unit), folded(village)),
        source=source,
        column=VILLAGE,
        value=village,
        zh=f"“{village}”是“{unit}”结对的下列之一的另一种写法吗？如不是，请更正台账",
        en=f"is {village} another name of the village of {unit}, one of these? If not, correct the ledger",
        choices=tuple(_each(known, own)),
    )


def _each(known: NameIndex, things: Sequence[str]) -> Iterator[Choice]:
    for thing in dict.fromkeys(things):
        label = known.label(thing)
        yield Choice(f"is {thing}", f"就是“{label}”", f"it is {label}")
