"""Units and villages with all that is known of each, and finding one by whatever is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from domain.registry.code import code_form
from domain.registry.events import EntryKind
from domain.registry.name_book import KnownName, NameBook, Nature
from domain.registry.party_day import FixedDay
from projections.boards.registry.names import entries_named
from projections.boards.registry.party_days import PartyDays
from projections.boards.registry.units_and_villages import (
    OF_KIND,
    branches,
    class_on,
    entry_classes,
    entry_codes,
    known_names,
    mergings,
    unit_parents_on,
    villages,
)
from projections.kit.columns import known


@dataclass(frozen=True)
class EntryListing:
    """An entry with all that is known of it. ``standing``: what it is now, another where it was merged."""

    entry: str
    kind: EntryKind
    name: str
    township: str
    classes: Mapping[str, str]
    """``level`` and ``unit_class`` of a unit, ``kind`` of a village."""
    ended_on: date | None
    standing: str
    names: tuple[KnownName, ...]
    codes: Mapping[str, str]
    party_days: tuple[FixedDay, ...]
    """Of a unit: the day of its themed party day, by the month from which it is fixed."""
    parent: str = ""
    """Of a unit: the one under which it stands, or what that was merged into; empty for none."""
    parent_name: str = ""
    parent_ended_on: date | None = None
    """From when the parent is in the registry no more, where it was retired."""


def listed_on(connection: Connection, on: date, known_at: int | None = None) -> list[EntryListing]:
    """Those that were there on a day, with name, township and class of that day; what ended later had not ended then. Codes
    know no days."""
    book = NameBook(merged=mergings(connection, known_at))
    classes = {
        row.entry: row for row in connection.execute(select(entry_classes).where(class_on(on, known_at)))
    }
    found = []
    every = listed(connection, known_at)
    for each in every:
        of_day = [name for name in each.names if name.nature is Nature.OFFICIAL and name.holds(on)]
        if not of_day or (each.ended_on is not None and each.ended_on <= on):
            continue
        row = classes[each.entry]
        of_unit = each.kind is EntryKind.BRANCH
        found.append(
            replace(
                each,
                name=of_day[-1].name,
                township=of_day[-1].township,
                classes={"level": row.level, "unit_class": row.of_class}
                if of_unit
                else {"kind": row.of_class},
                ended_on=None,
                standing=book.standing(each.entry, on),
                parent="",
                parent_name="",
                parent_ended_on=None,
            )
        )
    return list(_with_parents(found, every, unit_parents_on(connection, on, known_at), book, on))


def _with_parents(
    rows: Iterable[EntryListing],
    every: Iterable[EntryListing],
    stated: Mapping[str, str],
    book: NameBook,
    on: date | None,
) -> Iterator[EntryListing]:
    """The rows with the unit under which each stands on a day (``None``: now), as that was called then; none that was not there
    yet."""
    by_entry = {each.entry: each for each in every}
    for row in rows:
        parent = by_entry.get(book.standing(stated.get(row.entry, ""), on))
        if parent is None:
            yield row
            continue
        ended_on = parent.ended_on
        if ended_on is not None and on is not None and on < ended_on:
            ended_on = None
        names = [
            each for each in parent.names if each.nature is Nature.OFFICIAL and (on is None or each.holds(on))
        ]
        if names or ended_on:
            name = names[-1].name if on and names else parent.name
            yield replace(row, parent=parent.entry, parent_name=name, parent_ended_on=ended_on)
        else:
            yield row


def listed(connection: Connection, known_at: int | None = None) -> list[EntryListing]:
    """All entries as known at a position, units first, in the order of registration."""
    book = NameBook(merged=mergings(connection, known_at))
    of_entry: dict[str, list[KnownName]] = defaultdict(list)
    for name in known_names(connection, known_at):
        of_entry[name.entry].append(name)
    codes: dict[str, dict[str, str]] = defaultdict(dict)
    for code in connection.execute(select(entry_codes).where(known(entry_codes, known_at))):
        codes[code.entry][code.system] = code.code
    fixed = PartyDays(connection, known_at).of_branch
    found = []
    for kind, table in OF_KIND.items():
        for row in connection.execute(
            select(table).where(known(table, known_at)).order_by(table.c.registered_at)
        ).mappings():
            entry = row[kind.value]
            of_unit = kind is EntryKind.BRANCH
            found.append(
                EntryListing(
                    entry=entry,
                    kind=kind,
                    name=row["unit_name" if of_unit else "name"],
                    township="" if of_unit else row["township"],
                    classes={each: row[each] for each in (("level", "unit_class") if of_unit else ("kind",))},
                    ended_on=row["ended_on"],
                    standing=book.standing(entry),
                    names=tuple(sorted(of_entry[entry], key=_in_time)),
                    codes=codes[entry],
                    party_days=fixed.get(entry, ()),
                )
            )
    return list(_with_parents(found, found, unit_parents_on(connection, date.max, known_at), book, None))


def _in_time(name: KnownName) -> tuple[str, date, date]:
    return name.nature.value, name.from_on or date.min, name.until_on or date.max


def found_anywhere(connection: Connection, written: str, *, township: str | None = None) -> set[str]:
    """The entries that an id, a code or a name means now, units and villages alike."""
    for table, column in ((branches, "branch"), (villages, "village"), (entry_codes, "code")):
        key = "entry" if table is entry_codes else column
        asked = written if table is not entry_codes else code_form(written)
        same = select(table.c[key]).where(table.c[column] == asked, known(table, None))
        if found := set(connection.execute(same).scalars()):
            return found
    return {
        entry for kind in EntryKind for entry in entries_named(connection, kind, written, township=township)
    }
