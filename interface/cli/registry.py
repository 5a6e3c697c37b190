"""Units and villages on the command line: what they are called, and what becomes of them."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer
from sqlalchemy import Connection

from application.look import look_of
from application.verb import carry_out
from application.verbs.registry import units_and_villages as verbs
from domain.registry.events import CodeSystem, EntryKind
from interface.cli.options import Data, Json, Township, by_command, open_system
from interface.cli.output import answer, fail, say, say_json
from interface.cli.verb_command import VerbCommand, Written
from projections.boards.registry.listing import EntryListing, found_anywhere, listed

registry = typer.Typer(
    help="Units and villages: names, aliases, codes, merging, splitting, retiring.", no_args_is_help=True
)
Entry = Annotated[str, typer.Argument(metavar="ENTRY", help="Id, code or any name of a unit or village.")]
AS_IT_IS = ("branch_name", "level", "unit_class", "kind", "township")
"""What stays where it is not stated."""


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
    if found.parent:
        say(
            f"  parent: {found.parent_name}"
            + (f", ended {found.parent_ended_on}" if found.parent_ended_on else "")
        )
    for system_name, code in found.codes.items():
        say(f"  {system_name}: {code}")


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


def _line(entry: EntryListing) -> str:
    where = f" · {entry.township}" if entry.township else ""
    ended = f" · ended {entry.ended_on}" if entry.ended_on else ""
    into = f", part of {entry.standing}" if entry.standing != entry.entry else ""
    return f"{entry.entry} {entry.name}{where} ({entry.kind.value}){ended}{into}"


def _change(
    command: VerbCommand,
    entry: Entry,
    of_township: Township = None,
    data: Data = None,
    as_json: Json = False,
    *,
    written: Written,
) -> None:
    """Do to the entry what is done to one of its kind, and say how it is then."""
    system = open_system(data)
    with system.reading() as connection:
        meant = entry_meant(connection, entry, of_township)
        for word in ("INTO", "PARENT"):
            if named := written.get(word):
                written[word] = entry_meant(connection, named, None, meant.kind).entry
    verbs_of_kinds = {each.on.kind: each for each in command.verbs}
    verb = verbs_of_kinds.get(meant.kind.value)
    if verb is None:
        fail(f"{meant.name} is a {meant.kind.value}, not a {' or '.join(verbs_of_kinds)}")
    state = verb.on.state(look_of(system), meant.entry)
    known = {name: getattr(state, name) for name in AS_IT_IS if hasattr(state, name)}
    known = {name: getattr(value, "value", value) for name, value in known.items()}
    if verb.begins:
        known |= {"split_from": meant.entry, "branch_name": None}
        known["parent"] = "" if meant.parent_ended_on else meant.parent
    stated = command.read(system, verb, written, known)
    carry_out(look_of(system), verb, meant.entry, by_command(command.name), stated)
    with system.reading() as connection:
        now = next(each for each in listed(connection) if each.entry == meant.entry)
    answer(as_json, msgspec.to_builtins(now), [_line(now)])


CHANGES = (
    VerbCommand(
        "registry rename",
        (verbs.rename_branch, verbs.rename_village),
        {"unit_name": "NAME", "name": "NAME", "branch_name": "[--branch-name]", "renamed_on": "--from"},
        "Give another name from a day on; earlier days keep the former one, and both find it.",
        "南溪村 南溪新村 --from 2026-03-01",
    ),
    VerbCommand(
        "registry move",
        (verbs.move_village,),
        {"township": "TOWNSHIP", "moved_on": "--from"},
        "Let a village belong to another township from a day on.",
        "南溪村 白水镇 --from 2026-03-01",
    ),
    VerbCommand(
        "registry reclassify",
        (verbs.reclassify_branch, verbs.reclassify_village),
        {"level": "[--level]", "unit_class": "[--class]", "kind": "[--kind]", "reclassified_on": "--from"},
        "State from a day on the level and class of a unit, or whether it is a village or a community.",
        "南溪村 --kind community --from 2026-03-01",
    ),
    VerbCommand(
        "registry under",
        (verbs.subordinate_branch,),
        {"parent": "[PARENT]", "subordinated_on": "--from"},
        "State from a day on under which unit another stands; under none where no PARENT is stated.",
        "县林业站 县林业局 --from 2026-03-01",
    ),
    VerbCommand(
        "registry alias",
        (verbs.learn_branch_alias, verbs.learn_village_alias),
        {"alias": "ALIAS", "because": "--because"},
        "Let another name mean it: a short form, a usual misspelling. Ledgers that write it find it.",
        "县水利局 水利局 --because 台账常用简称",
    ),
    VerbCommand(
        "registry unalias",
        (verbs.take_branch_alias_back, verbs.take_village_alias_back),
        {"alias": "ALIAS", "because": "--because"},
        "Take an alias back.",
        "县水利局 水利局 --because 另有所指",
    ),
    VerbCommand(
        "registry merge",
        (verbs.merge_branch, verbs.merge_village),
        {"into": "INTO", "merged_on": "--from"},
        "Let one be part of another from a day on. Its pairings stay what they are; end them if they end.",
        "南溪村 北溪村 --from 2026-03-01",
    ),
    VerbCommand(
        "registry split",
        (verbs.register_branch, verbs.register_village),
        {"unit_name": "NAME", "name": "NAME", "branch_name": "[--branch-name]", "since": "--from"},
        "Let a new one come from it on a day, of the same class and township; it goes on itself.",
        "南溪村 南溪新区社区 --from 2026-03-01",
    ),
    VerbCommand(
        "registry retire",
        (verbs.retire_branch, verbs.retire_village),
        {"retired_on": "--from", "because": "--because"},
        "From a day on there is none, and nothing that it became. For one that became part of another, see merge.",
        "县某办 --from 2026-03-01 --because 机构改革撤销",
    ),
)
for each in CHANGES:
    each.add_to(registry, _change)
GIVE_CODE = VerbCommand(
    "registry code",
    (verbs.give_branch_code, verbs.give_village_code),
    {"system": "SYSTEM", "code": "CODE"},
)
TAKE_CODE_BACK = VerbCommand(
    "registry code",
    (verbs.take_branch_code_back, verbs.take_village_code_back),
    {"system": "SYSTEM", "because": "--because"},
)


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
    command, stated = (TAKE_CODE_BACK, "--because") if value is None else (GIVE_CODE, "CODE")
    written: Written = {"SYSTEM": system.value, stated: value or because}
    _change(command, entry, township, data, as_json, written=written)
