"""Facts of who takes part in no grade of a year: from the decision to exclude until it is taken back."""

from __future__ import annotations

from domain.assessment.year.events import PairingExcluded, PairingIncluded
from projections.facts.fact_table import facts
from projections.facts.facts import facts_projection, state_fact
from projections.kit.writer import Writer

EXCLUDED = "excluded"
"""The kind of these facts; ``year`` says of which year, ``reference`` the basis."""


@facts_projection.on(PairingExcluded)
def _excluded(write: Writer, event: PairingExcluded) -> None:
    state_fact(write, event, EXCLUDED, event.excluded_on, reference=event.basis[:120], year=event.year)


@facts_projection.on(PairingIncluded)
def _included(write: Writer, event: PairingIncluded) -> None:
    write.retract(facts, kind=EXCLUDED, pairing=event.pairing_id, year=event.year)
