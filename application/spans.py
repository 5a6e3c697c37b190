"""How long a pairing lasts, for the contexts that record what belongs to it."""

from __future__ import annotations

from datetime import date

from application.eventlog.log import Log
from domain.kernel.span import Span
from domain.pairing.pairing import Pairing


def span_of(log: Log, pairing_id: str) -> Span:
    """The pairing's first and last day. A pairing nobody recorded has no bounds: that it exists is asked elsewhere."""
    pairing = log.state(f"pairing-{pairing_id}", Pairing())
    return pairing.span if pairing.pairing_id else Span(date.min)
