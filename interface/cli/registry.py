"""Units and villages on the command line: what they are called, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from sqlalchemy import Connection

from application.look import look_of
from application.system import System
from application.things import BRANCH, VILLAGE
from application.verb import Verb, carry_out
from application.verbs import registry as verbs
from domain.registry.branch import Branch
from domain.registry.events import CodeSystem, EntryKind, TargetKind, UnitClass, UnitLevel
from interface.cli.integrity import by_command
from interface.cli.options import Data, Json, Township, open_system
from interface.cli.output import answer, day_given, fail, say, say_json
from projections.boards.registry_listing import EntryListing, found_anywhere, listed

registry = typer.Typer(
    help="Units and villages: names, aliases, codes, merging, splitting, retiring.", no_args_is_help=True
)
Entry = Annotated[str, typer.Argument(metavar="ENTRY", help="Id, code or any name of a unit or village.")]
From = Annotated[str, typer.Option("--from", metavar="DAY", help="The day from which, e.g. 2026-03-01.")]
Because = Annotated[str, typer.Option("--because", help="Why; it is kept with who did it.")]


@dataclass(frozen=True)
class _Work:
    """A system, the entry that is meant, and the day it is."""

    system: System
    entry: EntryListing

    def do(self, of_branch: Verb[Any, Any], of_village: Verb[Any, Any], **stated: object) -> None:
        """Do to the entry what is done to one of its kind."""
        verb = of_branch if self.entry.kind is EntryKind.BRANCH else of_village
        carry_out(look_of(self.system), verb, self.entry.entry, by_command("registry"), stated)

    @property
    def branch(self) -> Branch:
        """The unit as it is now."""
        return BRANCH.state(look_of(self.system), self.entry.entry)


@registry.command("list")
def list_entries(
    kind: Annotated[EntryKind | None, typer.Option("--kind", help="Only units or only villages.")] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """All units and villages with their names of today.

    Example: lianjian registry list --kind village
    """
    system = open_system(data)
    with system.reading() as connection:
        entries = [each for each in listed(connection) if kind in (None, each.kind)]
    answer(as_json, {"entries": msgspec.to_builtins(entries)}, map(_line, entries))


@registry.command("show")
def show(entry: Entry, township: Township = None, data: Data = None, as_json: Json = False) -> None:
    """One of them, with all its names, aliases and codes, and what became of it.

    Example: lianjian registry show 南溪村 --township 青山镇
    """
    system = open_system(data)
    with system.reading() as connection:
        found = entry_meant(connection, entry, township)
    if as_json:
        say_json(msgspec.to_builtins(found))
        return
    say(_line(found))
    for name in found.names:
        until = f" until before {name.until_on}" if name.until_on else ""
        since = f" from {name.from_on}" if name.from_on else ""
        say(f"  {name.nature.value}: {name.name} {name.township}{since}{until}")
    for system_name, code in found.codes.items():
        say(f"  {system_name}: {code}")


@registry.command("rename")
def rename(
    entry: Entry,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The new name.")],
    on: From,
    branch_name: Annotated[
        str | None, typer.Option("--branch-name", help="New name of a unit's branch, where it changes, too.")
    ] = None,
    township: Township = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Give another name from a day on; earlier days keep the former one, and both find it.

    Example: lianjian registry rename 南溪村 南溪新村 --from 2026-03-01
    """
    with _work(entry, township, data, as_json) as work:
        stated: dict[str, object] = {"renamed_on": day_given("--from", on)}
        if work.entry.kind is EntryKind.VILLAGE:
            if branch_name is not None:
                fail("--branch-name is for units; a village has none")
            stated["name"] = name
        else:
            stated |= {"unit_name": name, "branch_name": branch_name or work.branch.branch_name}
        work.do(verbs.rename_branch, verbs.rename_village, **stated)


@registry.command("move")
def move(
    village: Entry,
    to: Annotated[str, typer.Argument(metavar="TOWNSHIP", help="The township it belongs to from then.")],
    on: From,
    township: Township = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Let a village belong to another township from a day on.

    Example: lianjian registry move 南溪村 白水镇 --from 2026-03-01
    """
    with _work(village, township, data, as_json) as work:
        _only(work, EntryKind.VILLAGE)
        moved_on = day_given("--from", on)
        work.do(verbs.move_village, verbs.move_village, township=to, moved_on=moved_on)


@registry.command("reclassify")
def reclassify(
    entry: Entry,
    on: From,
    level: Annotated[UnitLevel | None, typer.Option("--level", help="Of a unit.")] = None,
    unit_class: Annotated[UnitClass | None, typer.Option("--class", help="Of a unit.")] = None,
    kind: Annotated[TargetKind | None, typer.Option("--kind", help="Of a village or community.")] = None,
    township: Township = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """State from a day on the level and class of a unit, or whether it is a village or a community.

    Example: lianjian registry reclassify 南溪村 --kind community --from 2026-03-01
    """
    with _work(entry, township, data, as_json) as work:
        stated: dict[str, object] = {"reclassified_on": day_given("--from", on)}
        if kind is not None:
            _only(work, EntryKind.VILLAGE)
            stated["kind"] = kind
        else:
            _only(work, EntryKind.BRANCH)
            if level is None and unit_class is None:
                fail("say --level or --class of a unit, or --kind of a village")
            now = work.branch
            stated |= {"level": level or now.level, "unit_class": unit_class or now.unit_class}
        work.do(verbs.reclassify_branch, verbs.reclassify_village, **stated)


@registry.command("alias")
def alias(
    entry: Entry,
    name: Annotated[str, typer.Argument(metavar="ALIAS", help="Another name that means it.")],
    because: Because,
    township: Township = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Let another name mean it: a short form, a usual misspelling. Ledgers that write it find it.

    Example: lianjian registry alias 县水利局 水利局 --because 台账常用简称
    """
    with _work(entry, township, data, as_json) as work:
        work.do(verbs.learn_branch_alias, verbs.learn_village_alias, alias=name, because=because)


@registry.command("unalias")
def unalias(
    entry: Entry,
    name: Annotated[str, typer.Argument(metavar="ALIAS", help="The alias to take back.")],
    because: Because,
    township: Township = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Take an alias back.

    Example: lianjian registry unalias 县水利局 水利局 --because 另有所指
    """
    with _work(entry, township, data, as_json) as work:
        work.do(verbs.take_branch_alias_back, verbs.take_village_alias_back, alias=name, because=because)


@registry.command("merge")
def merge(
    entry: Entry,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The one that goes on.")],
    on: From,
    township: Township = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Let one be part of another from a day on. Its pairings stay what they are; end them if they end.

    Example: lianjian registry merge 南溪村 北溪村 --from 2026-03-01
    """
    with _work(entry, township, data, as_json) as work:
        with work.system.reading() as connection:
            other = entry_meant(connection, into, None)
        _only(work, other.kind)
        merged_on = day_given("--from", on)
        work.do(verbs.merge_branch, verbs.merge_village, into=other.entry, merged_on=merged_on)


@registry.command("split")
def split(
    entry: Entry,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the one that comes from it.")],
    on: From,
    branch_name: Annotated[str | None, typer.Option("--branch-name", help="Its branch, for a unit.")] = None,
    township: Township = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Let a new one come from it on a day, of the same class and township; it goes on itself.

    Example: lianjian registry split 南溪村 南溪新区社区 --from 2026-03-01
    """
    with _work(entry, township, data, as_json) as work:
        new: dict[str, object] = {"since": day_given("--from", on), "split_from": work.entry.entry}
        if work.entry.kind is EntryKind.VILLAGE:
            village = VILLAGE.state(look_of(work.system), work.entry.entry)
            new |= {"name": name, "kind": village.kind, "township": village.township}
        else:
            if branch_name is None:
                fail("say --branch-name of the new unit")
            unit = work.branch
            new |= {"unit_name": name, "branch_name": branch_name}
            new |= {"level": unit.level, "unit_class": unit.unit_class}
        work.do(verbs.register_branch, verbs.register_village, **new)


@registry.command("retire")
def retire(
    entry: Entry,
    on: From,
    because: Because,
    township: Township = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """From a day on there is none, and nothing that it became. For one that became part of another, see merge.

    Example: lianjian registry retire 县某办 --from 2026-03-01 --because 机构改革撤销
    """
    with _work(entry, township, data, as_json) as work:
        retired_on = day_given("--from", on)
        work.do(verbs.retire_branch, verbs.retire_village, retired_on=retired_on, because=because)


@registry.command("code")
def code(
    entry: Entry,
    system: Annotated[CodeSystem, typer.Argument(metavar="SYSTEM", help="credit or division.")],
    value: Annotated[str | None, typer.Argument(metavar="CODE", help="None with --take-back.")] = None,
    take_back: Annotated[bool, typer.Option("--take-back", help="It is not its code.")] = False,
    because: Annotated[str, typer.Option("--because", help="Why it is taken back.")] = "",
    township: Township = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """State its 统一社会信用代码 (credit) or 行政区划代码 (division), or take it back.

    Example: lianjian registry code 南溪村 division 532901100201
    """
    if (value is None) is not take_back:
        fail("say either the CODE or --take-back")
    with _work(entry, township, data, as_json) as work:
        if value is None:
            back = verbs.take_branch_code_back, verbs.take_village_code_back
            work.do(*back, system=system, because=because)
        else:
            work.do(verbs.give_branch_code, verbs.give_village_code, system=system, code=value)


@contextmanager
def _work(entry: str, township: str | None, data: Path | None, as_json: bool) -> Iterator[_Work]:
    """What is to be done to an entry; says at the end how it is now."""
    system = open_system(data)
    with system.reading() as connection:
        work = _Work(system, entry_meant(connection, entry, township))
    yield work
    with system.reading() as connection:
        now = next(each for each in listed(connection) if each.entry == work.entry.entry)
    answer(as_json, msgspec.to_builtins(now), [_line(now)])


def entry_meant(
    connection: Connection, written: str, township: str | None, kind: EntryKind | None = None
) -> EntryListing:
    """The one entry, of a kind where one is meant, that an id, a code or a name means; ends the command where there is none,
    or more than one.
    """
    ids = found_anywhere(connection, written, township=township)
    found = [each for each in listed(connection) if each.entry in ids and kind in (None, each.kind)]
    if not found:
        fail(
            f"no {kind.value if kind else 'unit or village'} is or was called {written!r}; see lianjian registry list"
        )
    if len(found) > 1:
        told = "\n".join(f"  {_line(each)}" for each in found)
        fail(f"{written!r} means several; give the id, or --township:\n{told}")
    return found[0]


def _only(work: _Work, kind: EntryKind) -> None:
    if work.entry.kind is not kind:
        fail(f"{work.entry.name} is a {work.entry.kind.value}, not a {kind.value}")


def _line(entry: EntryListing) -> str:
    where = f" · {entry.township}" if entry.township else ""
    ended = f" · ended {entry.ended_on}" if entry.ended_on else ""
    into = f", part of {entry.standing}" if entry.standing != entry.entry else ""
    return f"{entry.entry} {entry.name}{where} ({entry.kind.value}){ended}{into}"
