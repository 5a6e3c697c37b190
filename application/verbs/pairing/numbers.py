"""What is decided about numbers that two agreements bear, or an agreement and a document."""

from __future__ import annotations

from application.look import Look
from application.things import PAIRING
from application.verb import Verb
from domain.account.role import Role
from domain.kernel.document_no import normal_form
from domain.kernel.values import Key, Line
from domain.pairing.agreements import OtherBearer
from domain.pairing.pairing import Pairing
from projections.boards.document_numbers import document_bearing


def _borne(look: Look, *, other: OtherBearer, agreement_no: Line, key: Key) -> bool:
    """Whether agreements of both bear the number, however it is spelt; within one pairing, two of its own; where no other is
    named, a document."""
    form = normal_form(agreement_no)

    def bearing(pairing: str) -> int:
        return sum(normal_form(each.number) == form for each in PAIRING.state(look, pairing).agreements)

    if not other:
        with look.system.reading() as connection:
            return bool(bearing(key)) and document_bearing(connection, None, agreement_no) is not None
    return bearing(key) > 1 if other == key else bool(bearing(key) and bearing(other))


judge_number = Verb(
    PAIRING, Pairing.judge_number, frozenset({Role.SUPERVISOR}), given={"borne": _borne}, aside=True
)
