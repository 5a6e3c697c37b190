"""Units and villages with their names of any day, as known at any position."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Index,
    String,
    Table,
    and_,
    select,
)

from domain.kernel.folding import folded
from domain.registry.events import (
    AliasLearned,
    AliasTakenBack,
    BranchReclassified,
    BranchRegistered,
    BranchRenamed,
    BranchSubordinated,
    CodeGiven,
    CodeTakenBack,
    EntryKind,
    EntryMerged,
    EntryRestored,
    EntryRetired,
    ParentStated,
    VillageMoved,
    VillageReclassified,
    VillageRegistered,
    VillageRenamed,
)
from domain.registry.name_book import KnownName, Merging, NameBook, NameLookup, Nature
from projections.kit.columns import known, said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

branches = versioned_table(
    "branch",
    Column("branch", String(20), nullable=False),
    *said(BranchRegistered, "unit_name", "branch_name", "level", "unit_class"),
    Column("registered_at", BigInteger, nullable=False),
    Column("ended_on", Date),
    Column("merged_into", String(20), nullable=False),
)
villages = versioned_table(
    "village",
    Column("village", String(20), nullable=False),
    *said(VillageRegistered, "name", "kind", "township"),
    Column("registered_at", BigInteger, nullable=False),
    Column("ended_on", Date),
    Column("merged_into", String(20), nullable=False),
)
entry_names = versioned_table(
    "entry_name",
    Column("name_id", String(160), nullable=False),
    Column("entry", String(20), nullable=False, index=True),
    Column("entry_kind", String(10), nullable=False),
    Column("nature", String(10), nullable=False),
    Column("township", String(120), nullable=False),
    Column("name", String(120), nullable=False),
    Column("folded", String(120), nullable=False),
    Column("from_on", Date),
    Column("until_on", Date),
    Index("entry_name_folded", "entry_kind", "folded"),
)
"""``township`` is empty for all but official names of villages. A name holds from ``from_on`` (null: since ever) until before
``until_on`` (null: still). The name that an entry bears has for ``name_id`` the entry and its nature; one that it bore has
the position with which it ended behind that."""
entry_codes = versioned_table(
    "entry_code",
    Column("code_id", String(60), nullable=False),
    Column("entry", String(20), nullable=False, index=True),
    *said(CodeGiven, "entry_kind", "system"),
    Column("code", String(20), nullable=False, index=True),
)
entry_classes = versioned_table(
    "entry_class",
    Column("class_id", String(60), nullable=False),
    Column("entry", String(20), nullable=False, index=True),
    Column("entry_kind", String(10), nullable=False),
    Column("level", String(20), nullable=False),
    Column("of_class", String(20), nullable=False),
    Column("from_on", Date),
    Column("until_on", Date),
)
"""``of_class``: the class of a unit, the kind of a village; ``level`` is empty for a village. The first one holds since ever;
otherwise as names: the ``class_id`` of the one in force is the entry."""
unit_parents = versioned_table(
    "unit_parent",
    Column("parent_id", String(60), nullable=False),
    Column("entry", String(20), nullable=False, index=True),
    Column("parent", String(20), nullable=False),
    Column("stated_at", BigInteger, nullable=False),
    Column("from_on", Date),
    Column("until_on", Date),
)
"""Under which unit another stands, empty for none, and the position at which that was stated; days as for classes."""
_all = [branches, villages, entry_names, entry_codes, entry_classes, unit_parents]
registry = Projection("registry", 5, _all, small=_all)
OF_KIND: dict[EntryKind, Table] = {EntryKind.BRANCH: branches, EntryKind.VILLAGE: villages}


@registry.on(BranchRegistered)
def _branch(write: Writer, event: BranchRegistered) -> None:
    write.add(branches, registered_at=write.recorded.position, merged_into="")
    _add_class(write, EntryKind.BRANCH, event.branch, event.unit_class.value, event.level.value)
    write.add(unit_parents, parent_id=event.branch, entry=event.branch, stated_at=write.recorded.position)
    for nature, name in ((Nature.OFFICIAL, event.unit_name), (Nature.BRANCH, event.branch_name)):
        _add_name(write, EntryKind.BRANCH, event.branch, nature, name, from_on=event.since)


@registry.on(BranchRenamed)
def _branch_renamed(write: Writer, event: BranchRenamed) -> None:
    write.change(branches, event.branch, "unit_name", "branch_name")
    for nature, name in ((Nature.OFFICIAL, event.unit_name), (Nature.BRANCH, event.branch_name)):
        _change_name(write, event.branch, nature, event.renamed_on, name=name)


@registry.on(BranchReclassified)
def _branch_reclassified(write: Writer, event: BranchReclassified) -> None:
    write.change(branches, event.branch, "level", "unit_class")
    now = {"level": event.level.value, "of_class": event.unit_class.value}
    _follow(write, entry_classes, event.branch, event.reclassified_on, **now)


@registry.on(BranchSubordinated)
def _subordinated(write: Writer, event: BranchSubordinated) -> None:
    at = write.recorded.position
    _follow(write, unit_parents, event.branch, event.subordinated_on, parent=event.parent, stated_at=at)


@registry.on(ParentStated)
def _parent_stated(write: Writer, event: ParentStated) -> None:
    write.change(unit_parents, event.branch, parent=event.parent, stated_at=write.recorded.position)


@registry.on(VillageRegistered)
def _village(write: Writer, event: VillageRegistered) -> None:
    write.add(villages, registered_at=write.recorded.position, merged_into="")
    _add_class(write, EntryKind.VILLAGE, event.village, event.kind.value)
    _add_name(
        write,
        EntryKind.VILLAGE,
        event.village,
        Nature.OFFICIAL,
        event.name,
        township=event.township,
        from_on=event.since,
    )


@registry.on(VillageRenamed)
def _village_renamed(write: Writer, event: VillageRenamed) -> None:
    write.change(villages, event.village, "name")
    _change_name(write, event.village, Nature.OFFICIAL, event.renamed_on, name=event.name)


@registry.on(VillageMoved)
def _village_moved(write: Writer, event: VillageMoved) -> None:
    write.change(villages, event.village, "township")
    _change_name(write, event.village, Nature.OFFICIAL, event.moved_on, township=event.township)


@registry.on(VillageReclassified)
def _village_reclassified(write: Writer, event: VillageReclassified) -> None:
    write.change(villages, event.village, "kind")
    now = {"of_class": event.kind.value}
    _follow(write, entry_classes, event.village, event.reclassified_on, **now)


@registry.on(AliasLearned)
def _alias(write: Writer, event: AliasLearned) -> None:
    _add_name(write, event.entry_kind, event.entry, Nature.ALIAS, event.alias)


@registry.on(AliasTakenBack)
def _alias_taken_back(write: Writer, event: AliasTakenBack) -> None:
    write.end(entry_names, _name_id(event.entry, Nature.ALIAS, event.alias))


@registry.on(CodeGiven)
def _code(write: Writer, event: CodeGiven) -> None:
    key = f"{event.entry}/{event.system.value}"
    write.end(entry_codes, key)
    write.add(entry_codes, code_id=key)


@registry.on(CodeTakenBack)
def _code_taken_back(write: Writer, event: CodeTakenBack) -> None:
    write.end(entry_codes, f"{event.entry}/{event.system.value}")


@registry.on(EntryMerged)
def _merged(write: Writer, event: EntryMerged) -> None:
    _end(write, event.entry_kind, event.entry, event.merged_on, merged_into=event.into)


@registry.on(EntryRetired)
def _retired(write: Writer, event: EntryRetired) -> None:
    _end(write, event.entry_kind, event.entry, event.retired_on)


@registry.on(EntryRestored)
def _restored(write: Writer, event: EntryRestored) -> None:
    _end(write, event.entry_kind, event.entry, None, merged_into="")


def _end(write: Writer, kind: EntryKind, entry: str, on: date | None, **changes: str) -> None:
    write.change(OF_KIND[kind], entry, ended_on=on, **changes)
    natures = [Nature.OFFICIAL, Nature.BRANCH] if kind is EntryKind.BRANCH else [Nature.OFFICIAL]
    for nature in natures:
        write.change(entry_names, _name_id(entry, nature), until_on=on)


def _name_id(entry: str, nature: Nature, alias: str = "") -> str:
    return f"{entry}/{nature.value}/{folded(alias)}" if alias else f"{entry}/{nature.value}"


def _add_name(
    write: Writer,
    kind: EntryKind,
    entry: str,
    nature: Nature,
    name: str,
    *,
    township: str = "",
    from_on: date | None = None,
) -> None:
    write.add(
        entry_names,
        name_id=_name_id(entry, nature, name if nature is Nature.ALIAS else ""),
        entry=entry,
        entry_kind=kind.value,
        nature=nature.value,
        township=township,
        name=name,
        folded=folded(name),
        from_on=from_on,
    )


def _add_class(write: Writer, kind: EntryKind, entry: str, of_class: str, level: str = "") -> None:
    write.add(
        entry_classes, class_id=entry, entry=entry, entry_kind=kind.value, level=level, of_class=of_class
    )


def _change_name(write: Writer, entry: str, nature: Nature, on: date, **changes: str) -> None:
    if "name" in changes:
        changes["folded"] = folded(changes["name"])
    _follow(write, entry_names, _name_id(entry, nature), on, **changes)


def _follow(write: Writer, table: Table, key: str, on: date, **changes: str | int) -> None:
    """What is in force becomes what was, until the day; what follows takes its place from then."""
    before = write.get(table, key)
    assert before is not None, key
    past = {**before, table.info["key"]: f"{key}/{write.recorded.position}", "until_on": on}
    write.add(table, **{k: v for k, v in past.items() if k not in _VERSION})
    write.change(table, key, from_on=on, **changes)


_VERSION = {"known_from", "known_to"}


def name_book(connection: Connection, known_at: int | None = None) -> NameBook:
    """All names as known at a position, for looking up many."""
    return NameBook(known_names(connection, known_at), mergings(connection, known_at))


def found_by_name(
    connection: Connection,
    kind: EntryKind,
    written: str,
    *,
    on: date | None = None,
    township: str | None = None,
    known_at: int | None = None,
) -> NameLookup:
    """What a written name means on a day (``None``: now): see ``NameBook.found``."""
    same = (entry_names.c.entry_kind == kind.value) & (entry_names.c.folded == folded(written))
    fitting = select(entry_names.c.entry).where(same, known(entry_names, known_at))
    names = known_names(connection, known_at, entry_names.c.entry.in_(fitting))
    book = NameBook(names, mergings(connection, known_at))
    return book.found(kind, written, on=on, township=township)


def known_names(
    connection: Connection, known_at: int | None = None, where: Any = True
) -> Iterator[KnownName]:
    """In the order in which they became known."""
    query = select(entry_names).where(known(entry_names, known_at), where)
    for row in connection.execute(query.order_by(entry_names.c.known_from, entry_names.c.name_id)):
        yield KnownName(
            EntryKind(row.entry_kind),
            row.entry,
            row.township,
            row.name,
            Nature(row.nature),
            row.from_on,
            row.until_on,
        )


def mergings(connection: Connection, known_at: int | None = None) -> dict[str, Merging]:
    """What each merged entry is part of, and since when."""
    return {entry: merging for _, entry, merging in registered(connection, known_at) if merging is not None}


def registered(
    connection: Connection, known_at: int | None = None
) -> Sequence[tuple[EntryKind, str, Merging | None]]:
    """Every unit and village in the order of registration, with what it is part of where it was merged."""
    found = []
    for kind, table in OF_KIND.items():
        c = table.c
        query = select(c[kind.value], c.registered_at, c.merged_into, c.ended_on).where(
            known(table, known_at)
        )
        for entry, registered_at, into, ended_on in connection.execute(query):
            found.append((registered_at, kind, entry, Merging(into, ended_on) if into else None))
    found.sort(key=itemgetter(0))
    return [(kind, entry, merging) for _, kind, entry, merging in found]


def entries_by_name(connection: Connection, kind: EntryKind) -> dict[str, str]:
    """Every name on record now, as written, to the entry it means; those that hold come last and prevail."""
    names = [name for name in known_names(connection, None, entry_names.c.entry_kind == kind.value)]
    names.sort(key=lambda name: name.is_official(None, None))
    return {name.name: name.entry for name in names if name.nature is not Nature.BRANCH}


def class_on(on: date, known_at: int | None = None, table: FromClause = entry_classes) -> ColumnElement[bool]:
    """The rows of ``entry_classes`` (or an alias of it, or of ``unit_parents``) that hold on a day, as known at a position."""
    c = table.c
    begun: ColumnElement[bool] = c.from_on.is_(None) | (c.from_on <= on)
    return and_(known(table, known_at), begun, c.until_on.is_(None) | (c.until_on > on))


def unit_parents_on(connection: Connection, on: date, known_at: int | None = None) -> dict[str, str]:
    """Each unit that stands under another on a day, with the one that was stated, whatever became of that by then."""
    c = unit_parents.c
    query = select(c.entry, c.parent).where(class_on(on, known_at, unit_parents), c.parent != "")
    return {row.entry: row.parent for row in connection.execute(query)}


def targets_beside(
    connection: Connection, classes: Collection[str], known_at: int | None, on: date
) -> frozenset[str]:
    """The targets that are of none of these classes on a day, as known at a position: few, if any."""
    c = entry_classes.c
    others = c.entry_kind == EntryKind.VILLAGE.value, c.of_class.not_in(classes)
    return frozenset(connection.scalars(select(c.entry).where(class_on(on, known_at), *others)))


def target_class(connection: Connection, village: str, known_at: int | None, on: date) -> str:
    """The class of a target on a day, as known at a position."""
    c = entry_classes.c
    of_day = select(c.of_class).where(class_on(on, known_at), c.entry == village)
    return str(connection.execute(of_day).scalar_one())


def unit_classes(connection: Connection, known_at: int | None, on: date) -> Mapping[str, str]:
    """Branch id to the class of its unit on a day, as known at a position."""
    c = entry_classes.c
    query = select(c.entry, c.of_class).where(class_on(on, known_at), c.entry_kind == EntryKind.BRANCH.value)
    return {row.entry: row.of_class for row in connection.execute(query)}
