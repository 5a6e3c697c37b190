"""Numbers that two agreements bear, and of which nobody said yet what they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from application.actors.actor import OFFICES
from application.keyset import After
from application.question import Asker, Limit, Listing, question
from domain.kernel.document_no import normal_form
from projections.boards.pairing.judged_numbers import judged_key, judged_numbers, numbered_agreements
from projections.boards.registry.names import Names
from projections.kit.columns import known


@dataclass(frozen=True)
class Bearer:
    """An agreement that bears the number."""

    pairing_id: str
    agreement_no: str
    signed_on: date
    unit_name: str
    village_name: str


@dataclass(frozen=True)
class DoubledNumber:
    """Two agreements that a person is to judge: the one signed first, and another."""

    first: Bearer
    second: Bearer


@question("/doubled-numbers", OFFICES)
def list_doubled_numbers(asker: Asker, *, after: After | None, limit: Limit | None) -> Listing[DoubledNumber]:
    """Agreements that bear the number of one signed before them, and that nobody judged; those signed first first. A correction
    of either ends it."""
    judged = select(judged_numbers.c.judged_id).where(known(judged_numbers, asker.known_at))
    done = set(asker.connection.scalars(judged))
    names = Names(asker.connection, asker.known_at)
    units, villages = names.units(), names.villages()

    def bearer(row: Row[Any]) -> Bearer:
        return Bearer(
            pairing_id=row.pairing_id,
            agreement_no=row.agreement_no,
            signed_on=row.signed_on,
            unit_name=units.get(row.branch, row.branch),
            village_name=villages.get(row.village, row.village),
        )

    open_ = (
        (one, other)
        for one, other in _doubled(numbered_agreements(asker.connection, asker.known_at))
        if judged_key(one.pairing_id, other.pairing_id, one.agreement_no) not in done
    )
    listed = Listing.placed(
        open_, lambda each: (each[1].signed_on.isoformat(), each[1].agreement_id), after, limit
    )
    return Listing(
        tuple(DoubledNumber(bearer(one), bearer(other)) for one, other in listed.rows), listed.next
    )


def _doubled(rows: Any) -> Iterator[tuple[Row[Any], Row[Any]]]:
    """Each with the first that bears its number: of a hundred that do, ninety-nine are asked about."""
    first: dict[str, Row[Any]] = {}
    for row in rows:
        one = first.setdefault(normal_form(row.agreement_no), row)
        if one is not row:
            yield one, row
