"""The sheets of all pairings of a year. Whoever only looks works all of them out once, and then those anew of which something
was recorded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from sqlalchemy import Connection, or_, select

from domain.assessment.scheme.measures import MeasureKind
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scoring.sheet import Sheet
from projections.boards.registry.units_and_villages import registry
from projections.facts.fact_table import facts
from projections.facts.facts import facts_projection
from projections.kit.memory import Reading

AGAIN = 50
"""Pairings that are worked out again one by one; where more were recorded of, such as by a ledger, all are."""
Sheets = Mapping[str, tuple[str, Sheet]]
"""Pairing to the class of units whose tree applies to it, and its sheet."""


def carried_sheets(
    reading: Reading,
    scheme: Scheme,
    known_at: int,
    cut_off_at: int | None,
    paired: Callable[[], Mapping[str, str]],
    work_out: Callable[[Collection[str] | None], Sheets],
) -> Sheets:
    """What ``work_out`` makes of all that are ``paired``, each with the class of its unit, or of some of them."""

    def go_on(before: int, found: Sheets) -> Sheets:
        now, changed = paired(), changed_since(reading, before)
        kept = {
            each: found[each]
            for each, of in now.items()
            if each in found and each not in changed and found[each][0] == of
        }
        anew = now.keys() - kept.keys()
        if len(anew) > AGAIN:
            return work_out(None)
        return {**kept, **work_out(sorted(anew))} if anew else kept

    def all_anew() -> Sheets:
        return work_out(None)

    if any(part.measure.kind is MeasureKind.RANK for part in scheme.parts):
        # A place among all moves with what others did.
        return all_anew()
    key = "sheets", scheme, cut_off_at
    return reading.carried_on((facts_projection, registry), known_at, key, all_anew, go_on)


def changed_since(connection: Connection, at: int) -> frozenset[str]:
    """The pairings of which something is recorded that was not known then, and those with facts of the same reference: what was
    corrected after the cut-off counts as it was, wherever it was stated anew."""
    changed = select(facts.c.reference).where(or_(facts.c.position > at, facts.c.retracted_at > at))
    touched: Sequence[str] = connection.scalars(
        select(facts.c.pairing).where(facts.c.reference.in_(changed)).distinct()
    ).all()
    return frozenset(touched)
