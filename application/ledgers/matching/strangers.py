"""Names outside the pairing ledger that nobody bears: rows with them are refused, and who may be meant is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from application.ledgers import problems
from application.ledgers.cells import parse_name
from application.ledgers.ledgers import Ledgers
from application.ledgers.matching.name_index import NameIndex
from application.ledgers.matching.organisations import UNIT, VILLAGE
from application.ledgers.matching.pairing_index import PairingIndex
from application.ledgers.matching.questions import Choice, Question, question_id
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
_KIND_OF = {
    column.header: _KINDS[column.kind]
    for sheet in SHEETS
    for column in sheet.columns
    if column.kind in _KINDS
}
"""Heading to the kind of what it names."""


def strangers(
    ledgers: Ledgers, names: dict[EntryKind, NameIndex], parties: PairingIndex
) -> Iterator[tuple[EntryKind, Question]]:
    """A question for each name that resembles one on record or stands beside one in a pairing, and for each village that is
    not the unit's: one of those that are may be meant. Where neither name of a row is known, the unit's comes first.
    """
    units, villages = names[EntryKind.BRANCH], names[EntryKind.VILLAGE]
    asked: set[str] = set()
    written = {row.source: row.cells for row in ledgers.written}
    for row in ledgers.refused:
        kind = _KIND_OF.get(row.column)
        if kind is None or row.code not in _CODES:
            continue
        source = RowSource(row.file, row.sheet, row.row)
        cells = written[source]
        unit, village = _name(cells.get("unit") or cells.get("matched_unit")), _name(cells.get("village"))
        own = {
            paired.village for thing in units.akin(units.bearers(unit)) for paired in parties.of_branch(thing)
        }
        of_village = {
            paired.branch
            for thing in villages.akin(villages.bearers(village))
            for paired in parties.of_village(thing)
        }
        partners = of_village if kind is EntryKind.BRANCH else own
        if not names[kind].bears(row.value):
            things = [*(each.thing for each in names[kind].alike(row.value)), *sorted(partners)]
            found = [(kind, _question(kind, row.value, "", source, row.column, things, names[kind]))]
        else:
            of_unit = _question(EntryKind.VILLAGE, village, unit, source, VILLAGE, sorted(own), villages)
            found = [(EntryKind.VILLAGE, of_unit)]
        if kind is EntryKind.VILLAGE and unit and not units.bears(unit):
            # Who the unit is tells whose village may be meant.
            column = UNIT if cells.get("unit") else "对接单位"
            likes = [each.thing for each in units.alike(unit)]
            found.append(
                (EntryKind.BRANCH, _question(EntryKind.BRANCH, unit, "", source, column, likes, units))
            )
        for of_kind, question in found:
            if question.choices and question.id not in asked:
                asked.add(question.id)
                yield of_kind, question


def _name(cell: Value | None) -> str:
    name = "" if cell is None else parse_name(cell)
    return name if isinstance(name, str) else ""


def _question(
    kind: EntryKind,
    name: str,
    unit: str,
    source: RowSource,
    column: str,
    things: Sequence[str],
    known: NameIndex,
) -> Question:
    of_unit, of_unit_zh = (f" of the village of {unit}", f"“{unit}”结对的") if unit else ("", "")
    return Question(
        id=question_id("stranger", kind.value, folded(unit), folded(name)),
        source=source,
        column=column,
        value=name,
        zh=f"“{name}”是{of_unit_zh}下列之一的另一种写法吗？如不是，请更正台账",
        en=f"is {name} another name{of_unit}, one of these? If not, correct the ledger",
        choices=tuple(
            Choice(f"is {thing}", f"就是“{label}”", f"it is {label}")
            for thing in dict.fromkeys(things)
            for label in [known.label(thing)]
        ),
    )
