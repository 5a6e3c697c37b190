"""``lianjian reverse-import``: all that an import of ledgers began is voided, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import typer
from sqlalchemy import Connection, select

from application.ledgers.reversing import Reversal, foreseen_reversal, reverse_import
from interface.cli.options import Data, Json, by_command, open_system
from interface.cli.output import answer
from projections.boards.trail import trail

LONGEST_REASON = 500


def reverse(
    batch: Annotated[str, typer.Argument(metavar="IMPORT", help="What the import is listed as (import-…).")],
    because: Annotated[str, typer.Option("--because", help="The reason; it is recorded.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be voided, and what stands in the way.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Void all that an import of ledgers began, or nothing; units, villages and aliases stay on the register.

    ``lianjian import`` says what it is listed as, GET /api/v1/imports lists all. Nothing is voided where later acts rest on
    it, or where it went on with what was there before: the records in the way are named.

    Exit status: 0 reversed, 1 something stands in the way or there is nothing to reverse, 2 it could not be done.

    Example: lianjian reverse-import import-0123456789abcdef --because 表格选错 --dry-run
    """
    reason = because.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise typer.BadParameter(
            f"say in 1 to {LONGEST_REASON} characters why; it has {len(reason)}", param_hint="--because"
        )
    system = open_system(data)
    system.imports.batch(batch)
    by = by_command("reverse-import")
    found = foreseen_reversal(system, batch) if dry_run else reverse_import(system, batch, reason, by)
    voided = dict(Counter(each.kind for each in found.begun))
    with system.reading() as connection:
        way = {"went_on_with": _told(connection, found.steps), "rest_on_it": _told(connection, found.later)}
    document = {
        "import": batch,
        "dry_run": dry_run,
        "possible": found.possible,
        "voided": voided if found.possible else {},
        **way,
    }
    answer(as_json, document, _lines(found, voided, way, dry_run))
    raise typer.Exit(0 if found.possible else 1)


def _told(connection: Connection, positions: Sequence[int]) -> list[dict[str, Any]]:
    """The records by number, with what happened to what."""
    c = trail.c
    asked = select(c.position, c.name, c.stream).where(c.position.in_(positions)).order_by(c.position)
    return [
        {"record": row.position, "event": row.name, "of": row.stream} for row in connection.execute(asked)
    ]


def _lines(
    found: Reversal, voided: Mapping[str, int], way: Mapping[str, list[dict[str, Any]]], dry_run: bool
) -> Iterator[str]:
    if found.possible:
        counted = ", ".join(f"{kind} {many}" for kind, many in voided.items())
        yield f"{'would be voided' if dry_run else 'voided'}: {counted}"
        return
    if not found.begun:
        yield "nothing is left of what it began"
    for each in way["went_on_with"]:
        yield f"record {each['record']}, {each['event']} of {each['of']}: it went on with what was there before"
    for each in way["rest_on_it"]:
        yield f"record {each['record']}, {each['event']} of {each['of']}: it rests on the import; void it first"
