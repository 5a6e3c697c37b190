"""What was stated of pairings and has been voided since, whoever stated it: renewals, and agreements with all that was said of
them. Nothing rests on it any more, and it stands in no reversal's way.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from domain.pairing import events
from projections.boards.trail import trail

_OF_AGREEMENTS: Final = (
    events.AgreementSigned.NAME,
    events.AgreementCorrected.NAME,
    events.AgreementAmended.NAME,
    events.AgreementRenewed.NAME,
    events.AgreementEnded.NAME,
    events.AgreementVoided.NAME,
)
_OF_RENEWALS: Final = (events.PairingRenewed.NAME, events.RenewalVoided.NAME)
_MANY = 500
"""Streams that are asked about at once."""


def taken_back(connection: Connection, pairing_streams: Iterable[str]) -> set[int]:
    """The positions of all that was stated and voided since, and of its voiding."""
    c, wanted = trail.c, sorted(pairing_streams)
    gone: set[int] = set()
    for first in range(0, len(wanted), _MANY):
        of_some = c.stream.in_(wanted[first : first + _MANY]), c.name.in_((*_OF_RENEWALS, *_OF_AGREEMENTS))
        query = select(c.stream, c.position, c.name, c.data).where(*of_some).order_by(c.stream, c.version)
        for _, of_stream in groupby(connection.execute(query), key=attrgetter("stream")):
            rows: list[Any] = list(of_stream)
            gone |= _renewals([row for row in rows if row.name in _OF_RENEWALS])
            gone |= _agreements([row for row in rows if row.name in _OF_AGREEMENTS])
    return gone


def _renewals(rows: Iterable[Row[Any]]) -> set[int]:
    gone: set[int] = set()
    standing: dict[str, int] = {}
    for row in rows:
        day = row.data["renewed_on"]
        if row.name == events.PairingRenewed.NAME:
            standing[day] = row.position
        elif day in standing:
            # Otherwise it was an earlier start that made a renewal of the day, and that start stands.
            gone |= {standing.pop(day), row.position}
    return gone


def _agreements(rows: Iterable[Row[Any]]) -> set[int]:
    """Each with the records that are of it, in the order of the pairing's own list: of two of one day the first is meant."""
    gone: set[int] = set()
    standing: list[tuple[tuple[str, str], set[int]]] = []
    for row in rows:
        said, position = row.data, row.position
        named = said["agreement_no"], said["signed_on"]
        if row.name == events.AgreementSigned.NAME:
            standing.append((named, {position}))
            continue
        corrected = row.name == events.AgreementCorrected.NAME
        before = (said["agreement_no_before"], said["signed_before"]) if corrected else named
        at = next(n for n, (each, _) in enumerate(standing) if each == before)
        records = standing[at][1] | {position}
        if row.name == events.AgreementVoided.NAME:
            gone |= records
            del standing[at]
        else:
            standing[at] = named, records
    return gone
