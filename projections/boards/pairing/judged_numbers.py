"""Agreements that bear one number, and what somebody judged them to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Row, String, select

from domain.kernel import ids
from domain.kernel.document_no import normal_form
from domain.pairing.events import NumberJudged
from projections.boards.pairing.activities import two
from projections.boards.pairing.pairings import agreements, pairings
from projections.kit.columns import known, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

judged_numbers = versioned_table(
    "judged_number",
    Column("judged_id", String(90), nullable=False),
    Column("verdict", String(10), nullable=False),
)
"""Two pairings and the form of a number: see ``judged_key``."""
judged_numbers_board = Projection("judged_numbers", 1, [judged_numbers], small=[judged_numbers])


def judged_key(one: str, other: str, number: str) -> str:
    """The key of two pairings whose agreements bear a number, whichever is named first and however it is spelt."""
    return ids.digest_id("n", two(one, other), normal_form(number))


@judged_numbers_board.on(NumberJudged)
def _judged(write: Writer, event: NumberJudged) -> None:
    key = judged_key(event.pairing_id, event.other_pairing, event.agreement_no)
    if write.get(judged_numbers, key) is None:
        write.add(judged_numbers, judged_id=key, verdict=event.number_verdict.value)
    else:
        write.change(judged_numbers, key, verdict=event.number_verdict.value)


def numbered_agreements(connection: Connection, known_at: int | None) -> Sequence[Row[Any]]:
    """All agreements that bear a number, those signed first first."""
    c = agreements.c
    query = (
        select(
            c.agreement_id, c.pairing_id, c.agreement_no, c.signed_on, pairings.c.branch, pairings.c.village
        )
        .join(pairings, pairings.c.pairing_id == c.pairing_id)
        .where(known(agreements, known_at), known(pairings, known_at), c.agreement_no != "")
    )
    return list(connection.execute(query.order_by(c.signed_on, c.agreement_id)))


def agreements_numbered(connection: Connection, known_at: int | None, number: str) -> list[Row[Any]]:
    """The agreements that bear this number, however it is spelt."""
    form = normal_form(number)
    rows = numbered_agreements(connection, known_at) if form else ()
    return [each for each in rows if normal_form(each.agreement_no) == form]
