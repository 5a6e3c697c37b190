"""Numbers that two agreements bear, or an agreement and a document, and of which nobody said yet what they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from application.actors.actor import OFFICES
from application.input.keyset import After
from application.question import Asker, Limit, Listing, question
from domain.kernel.document_no import normal_form
from projections.boards.document_numbers import documents_numbered
from projections.boards.pairing.judged_numbers import judged_key, judged_numbers, numbered_agreements
from projections.boards.registry.names import Names
from projections.kit.columns import known


@dataclass(frozen=True)
class Bearer:
    """An agreement that bears the number, or a document: its kind is ``document``, and it has no pairing."""

    pairing_id: str
    agreement_no: str
    signed_on: date
    unit_name: str
    village_name: str
    document: str = ""


@dataclass(frozen=True)
class DoubledNumber:
    """Two that a person is to judge: the agreement signed first, or a document, and another agreement."""

    first: Bearer
    second: Bearer


@question("/doubled-numbers", OFFICES)
def list_doubled_numbers(asker: Asker, *, after: After | None, limit: Limit | None) -> Listing[DoubledNumber]:
    """Agreements that bear the number of one signed before them, or of a document, and that nobody judged; those signed first
    first. A correction of either ends it."""
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

    def issued(row: Row[Any]) -> Bearer:
        return Bearer(
            pairing_id="",
            agreement_no=row.document_no,
            signed_on=row.dated_on,
            unit_name=units.get(row.party, row.party),
            village_name="",
            document=row.kind,
        )

    rows = numbered_agreements(asker.connection, asker.known_at)
    documents = {
        normal_form(each.document_no): each for each in documents_numbered(asker.connection, asker.known_at)
    }
    twos = [(one.pairing_id, bearer(one), other) for one, other in _doubled(rows)]
    twos += [
        ("", issued(documents[form]), row)
        for row in rows
        if (form := normal_form(row.agreement_no)) in documents
    ]
    open_ = [
        each for each in twos if judged_key(each[0], each[2].pairing_id, each[2].agreement_no) not in done
    ]
    listed = Listing.placed(
        open_, lambda each: (each[2].signed_on.isoformat(), each[2].agreement_id, each[0]), after, limit
    )
    return Listing(tuple(DoubledNumber(one, bearer(other)) for _, one, other in listed.rows), listed.next)


def _doubled(rows: Any) -> Iterator[tuple[Row[Any], Row[Any]]]:
    """Each with the first that bears its number: of a hundred that do, ninety-nine are asked about."""
    first: dict[str, Row[Any]] = {}
    for row in rows:
        one = first.setdefault(normal_form(row.agreement_no), row)
        if one is not row:
            yield one, row
