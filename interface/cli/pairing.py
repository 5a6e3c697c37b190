"""Pairings on the command line: begun, renewed, replaced, ended."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer
from sqlalchemy import Row, select

from application.look import look_of
from application.system import System
from application.verb import carry_out
from application.verbs.pairing import end_pairing, renew_pairing, replace_pairing, start_pairing
from domain.registry.events import EntryKind
from interface.cli.integrity import by_command
from interface.cli.options import Data, Json, Township, open_system
from interface.cli.output import answer, day_given, fail
from interface.cli.registry import Because, entry_meant
from projections.boards.names import Names
from projections.boards.pairings import pairings
from projections.boards.registry import name_book
from projections.kit.columns import known

pairing = typer.Typer(
    help="Pairings of units with villages: begun, renewed, replaced, ended.", no_args_is_help=True
)
Unit = Annotated[str, typer.Argument(metavar="UNIT", help="Id, code or any name of the unit.")]
Village = Annotated[str, typer.Argument(metavar="VILLAGE", help="Id, code or any name of the village.")]


@pairing.command("list")
def list_pairings(
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="Only those that lasted on this day.")
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """All pairings with their days.

    Example: lianjian pairing list --on 2026-07-01
    """
    system = open_system(data)
    day = None if on is None else day_given("--on", on)
    rows = [row for row in _rows(system) if day is None or _lasts(row, day)]
    told = [_told(system, row) for row in rows]
    answer(as_json, {"pairings": told}, map(_line, told))


@pairing.command("start")
def start(
    unit: Unit,
    village: Village,
    on: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, e.g. 2026-03-01.")],
    township: Township = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Pair a unit with a village; both are in the registry.

    Example: lianjian pairing start 云州法院 南溪村 --from 2026-03-01
    """
    system = open_system(data)
    branch, of = _entry(system, unit, EntryKind.BRANCH), _entry(system, village, EntryKind.VILLAGE, township)
    stated = {"branch": branch, "village": of, "started_on": day_given("--from", on)}
    made = carry_out(look_of(system), start_pairing, "", by_command("pairing start"), stated).key
    _end(system, made, as_json)


@pairing.command("renew")
def renew(
    unit: Unit,
    village: Village,
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day of the renewal.")],
    township: Township = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Pair the two anew while they are paired: the pairing goes on.

    Example: lianjian pairing renew 云州法院 南溪村 --on 2026-01-05
    """
    system, day = open_system(data), day_given("--on", on)
    meant = _lasting(system, unit, village, township, day)
    carry_out(look_of(system), renew_pairing, meant, by_command("pairing renew"), {"renewed_on": day})
    _end(system, meant, as_json)


@pairing.command("end")
def end(
    unit: Unit,
    village: Village,
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The last day; it still counts.")],
    because: Because,
    township: Township = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """End a pairing.

    Example: lianjian pairing end 云州法院 南溪村 --on 2026-06-30 --because 撤并
    """
    system, day = open_system(data), day_given("--on", on)
    meant = _lasting(system, unit, village, township, day)
    stated = {"ended_on": day, "because": because}
    carry_out(look_of(system), end_pairing, meant, by_command("pairing end"), stated)
    _end(system, meant, as_json)


@pairing.command("replace")
def replace(
    unit: Unit,
    village: Village,
    by_unit: Annotated[str, typer.Option("--by", metavar="UNIT", help="The unit that takes it over.")],
    on: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day of the other unit.")],
    because: Because,
    township: Township = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Let another unit take a village over; the former pairing ends the day before, both are assessed by their days.

    Example: lianjian pairing replace 云州法院 南溪村 --by 云州财政局 --from 2026-07-01 --because 调整
    """
    system, day = open_system(data), day_given("--from", on)
    meant = _lasting(system, unit, village, township, day)
    stated = {
        "branch": _entry(system, by_unit, EntryKind.BRANCH),
        "replaced_on": day,
        "because": because,
    }
    carry_out(look_of(system), replace_pairing, meant, by_command("pairing replace"), stated)
    _end(system, _lasting(system, by_unit, village, township, day), as_json)


def _entry(system: System, written: str, kind: EntryKind, township: str | None = None) -> str:
    with system.reading() as connection:
        return entry_meant(connection, written, township, kind).standing


def _rows(system: System) -> list[Row[Any]]:
    query = select(pairings).where(known(pairings, None))
    with system.reading() as connection:
        return list(connection.execute(query.order_by(pairings.c.started_on, pairings.c.pairing_id)).all())


def _lasts(row: Row[Any], day: date) -> bool:
    return bool(row.started_on <= day and (row.ended_on is None or day <= row.ended_on))


def _lasting(system: System, unit: str, village: str, township: str | None, day: date) -> str:
    """The pairing of the two that lasts on a day; ends the command where there is none."""
    with system.reading() as connection:
        branch = entry_meant(connection, unit, None, EntryKind.BRANCH)
        of = entry_meant(connection, village, township, EntryKind.VILLAGE)
        book = name_book(connection)
    lasting = [row for row in _rows(system) if _lasts(row, day)]
    # A pairing names the ones it was made with, also where they are part of others by now.
    exact = [row for row in lasting if (row.branch, row.village) == (branch.entry, of.entry)]
    stand = branch.standing, of.standing
    akin = [row for row in lasting if (book.standing(row.branch), book.standing(row.village)) == stand]
    found = exact or akin
    if not found:
        fail(f"{unit} and {village} are not paired on {day}; see lianjian pairing list")
    if len(found) > 1:
        fail(f"{unit} and {village} have several pairings on {day}; name those that it was made with")
    return str(found[0].pairing_id)


def _told(system: System, row: Row[Any]) -> dict[str, Any]:
    with system.reading() as connection:
        names = Names(connection)
        units, villages = names.units(), names.villages()
    days = {name: getattr(row, name) for name in ("started_on", "renewed_on", "ended_on")}
    return {
        "pairing": row.pairing_id,
        "unit": units[row.branch],
        "village": villages[row.village],
        **{name: day and str(day) for name, day in days.items()},
    }


def _line(told: dict[str, Any]) -> str:
    renewed = f", renewed {told['renewed_on']}" if told["renewed_on"] else ""
    days = f"{told['started_on']} – {told['ended_on'] or '…'}{renewed}"
    return f"{told['pairing']} {told['unit']} - {told['village']}: {days}"


def _end(system: System, pairing_id: str, as_json: bool) -> None:
    """Say how the pairing stands now."""
    told = next(_told(system, row) for row in _rows(system) if row.pairing_id == pairing_id)
    answer(as_json, told, [_line(told)])
