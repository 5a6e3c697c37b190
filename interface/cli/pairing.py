"""Pairings on the command line: begun, renewed, replaced, ended."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import typer
from sqlalchemy import Connection, Row, select

from application.look import look_of
from application.verb import carry_out
from application.verbs.pairing.pairings import (
    end_pairing,
    renew_pairing,
    replace_pairing,
    start_pairing,
)
from domain.registry.events import EntryKind
from interface.cli.options import DAY, Data, Json, Township, by_command, open_system
from interface.cli.output import answer, fail
from interface.cli.registry import entry_meant
from interface.cli.verb_command import VerbCommand, Written
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.listing import EntryListing
from projections.boards.registry.names import Names
from projections.boards.registry.units_and_villages import name_book
from projections.kit.columns import known

pairing = typer.Typer(
    help="Pairings of units with villages: begun, renewed, replaced, ended.", no_args_is_help=True
)
Unit = Annotated[str, typer.Argument(metavar="UNIT", help="Id, code or any name of the unit.")]
Village = Annotated[str, typer.Argument(metavar="VILLAGE", help="Id, code or any name of the village.")]


@pairing.command("list")
def list_pairings(
    on: Annotated[
        datetime | None, typer.Option("--on", formats=DAY, help="Only those that lasted on this day.")
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """All pairings with their days.

    Example: lianjian pairing list --on 2026-07-01
    """
    system = open_system(data)
    with system.reading() as connection:
        told = _told(connection, [row for row in _rows(connection) if on is None or _lasts(row, on.date())])
    answer(as_json, {"pairings": told}, map(_line, told))


def _change(
    command: VerbCommand,
    unit: Unit,
    village: Village,
    township: Township = None,
    data: Data = None,
    as_json: Json = False,
    *,
    written: Written,
) -> None:
    """Do to the pairing of the two what is done to it, and say how it is then; where it is replaced, how the other is."""
    system, (verb,) = open_system(data), command.verbs
    with system.reading() as connection:
        branch = entry_meant(connection, unit, None, EntryKind.BRANCH)
        of = entry_meant(connection, village, township, EntryKind.VILLAGE)
        if by := written.get("--by"):
            branch_after = entry_meant(connection, by, None, EntryKind.BRANCH)
            written["--by"] = branch_after.standing
        stated = command.read(system, verb, written, {"branch": branch.standing, "village": of.standing})
        day = next(each for each in stated.values() if isinstance(each, date))
        meant = "" if verb.begins else _lasting(connection, branch, of, day)
    made = carry_out(look_of(system), verb, meant, by_command(command.name), stated).key
    with system.reading() as connection:
        if by:
            made = _lasting(connection, branch_after, of, day)
        (told,) = _told(connection, [row for row in _rows(connection) if row.pairing_id == made])
    answer(as_json, told, [_line(told)])


for each in (
    VerbCommand(
        "pairing start",
        (start_pairing,),
        {"started_on": "--from"},
        "Pair a unit with a village; both are in the registry.",
        "云州法院 南溪村 --from 2026-03-01",
    ),
    VerbCommand(
        "pairing renew",
        (renew_pairing,),
        {"renewed_on": "--on"},
        "Pair the two anew while they are paired: the pairing goes on.",
        "云州法院 南溪村 --on 2026-01-05",
    ),
    VerbCommand(
        "pairing end",
        (end_pairing,),
        {"ended_on": "--on", "because": "--because"},
        "End a pairing; its last day still counts.",
        "云州法院 南溪村 --on 2026-06-30 --because 撤并",
    ),
    VerbCommand(
        "pairing replace",
        (replace_pairing,),
        {"branch": "--by", "replaced_on": "--from", "because": "--because"},
        "Let another unit take a village over; the former pairing ends the day before, both are assessed by their days.",
        "云州法院 南溪村 --by 云州财政局 --from 2026-07-01 --because 调整",
    ),
):
    each.add_to(pairing, _change)


def _rows(connection: Connection) -> list[Row[Any]]:
    query = select(pairings).where(known(pairings, None))
    return list(connection.execute(query.order_by(pairings.c.started_on, pairings.c.pairing_id)))


def _lasts(row: Row[Any], day: date) -> bool:
    return bool(row.started_on <= day and (row.ended_on is None or day <= row.ended_on))


def _lasting(connection: Connection, branch: EntryListing, village: EntryListing, day: date) -> str:
    """The pairing of the two that lasts on a day; ends the command where there is none."""
    book = name_book(connection)
    lasting = [row for row in _rows(connection) if _lasts(row, day)]
    # A pairing names the ones it was made with, also where they are part of others by now.
    exact = [row for row in lasting if (row.branch, row.village) == (branch.entry, village.entry)]
    stand = branch.standing, village.standing
    akin = [row for row in lasting if (book.standing(row.branch), book.standing(row.village)) == stand]
    found = exact or akin
    if not found:
        fail(f"{branch.name} and {village.name} are not paired on {day}; see lianjian pairing list")
    if len(found) > 1:
        fail(
            f"{branch.name} and {village.name} have several pairings on {day}; name those that it was made with"
        )
    return str(found[0].pairing_id)


def _told(connection: Connection, rows: list[Row[Any]]) -> list[dict[str, Any]]:
    names = Names(connection)
    units, villages = names.units(), names.villages()
    return [
        {
            "pairing": row.pairing_id,
            "unit": units[row.branch],
            "village": villages[row.village],
            "started_on": str(row.started_on),
            "renewed_on": row.renewed_on and str(row.renewed_on),
            "ended_on": row.ended_on and str(row.ended_on),
        }
        for row in rows
    ]


def _line(told: dict[str, Any]) -> str:
    renewed = f", renewed {told['renewed_on']}" if told["renewed_on"] else ""
    days = f"{told['started_on']} – {told['ended_on'] or '…'}{renewed}"
    return f"{told['pairing']} {told['unit']} - {told['village']}: {days}"
