"""The lists of slips, circulars, and of what is shown as a model: cases and on-site meetings."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case

from application.actors.actor import READERS
from application.input.keyset import After
from application.question import Asker, Limit, question
from application.questions.answers.pairing.pairings import CircularRow, SlipRow
from application.questions.answers.pairing.work_listing import Owned, WorkListing, Works
from domain.kernel.values import OptionalLine, PairingKey, Year
from domain.supervision.events import CircularKind, Colour
from projections.boards.findings import circulars, slips
from projections.boards.pairing.recognitions import recognitions


@dataclass(frozen=True)
class Slip(Owned, SlipRow):
    """A slip of supervision and whose it is."""


@dataclass(frozen=True)
class Circular(Owned, CircularRow):
    """A circular and whose it is."""


@dataclass(frozen=True)
class _RecognitionRow:
    recognition_id: str
    kind: str
    name: str
    level: str
    occurred_on: date


@dataclass(frozen=True)
class Recognition(Owned, _RecognitionRow):
    """A model case (``kind`` is ``case``) or a meeting held there (``meeting``, without name and level), and whose it is."""


class RecognitionLevel(enum.Enum):
    """The level at which a case was published, or that it is a meeting."""

    COUNTY = "county"
    PREFECTURE = "prefecture"
    PROVINCE = "province"
    MEETING = "meeting"


class DayOrder(enum.Enum):
    """By day; after a minus the last first."""

    DAY = "day"
    DAY_LAST = "-day"


@question("/slips", READERS)
def list_slips(
    asker: Asker,
    *,
    year: Year | None,
    pairing_id: PairingKey | None,
    colour: Colour | None,
    q: OptionalLine,
    township: OptionalLine,
    sort: DayOrder | None,
    after: After | None,
    limit: Limit | None,
) -> Works[Slip]:
    """Slips of supervision, those issued last first where no order is stated; a clerk sees the own ones."""
    c = slips.c
    listing = WorkListing(asker, Slip, slips, c.issued_on, c.colour, texts=())
    listing.narrow(year, pairing_id, q, township)
    order = (sort or DayOrder.DAY_LAST).value
    return listing.page(colour, Colour, order, {"day": c.issued_on}, after, limit)


@question("/circulars", READERS)
def list_circulars(
    asker: Asker,
    *,
    year: Year | None,
    pairing_id: PairingKey | None,
    kind: CircularKind | None,
    q: OptionalLine,
    township: OptionalLine,
    sort: DayOrder | None,
    after: After | None,
    limit: Limit | None,
) -> Works[Circular]:
    """Circulars of praise or criticism, those issued last first where no order is stated; a clerk sees the own ones."""
    c = circulars.c
    listing = WorkListing(asker, Circular, circulars, c.issued_on, c.kind, texts=("document_no",))
    listing.narrow(year, pairing_id, q, township)
    order = (sort or DayOrder.DAY_LAST).value
    return listing.page(kind, CircularKind, order, {"day": c.issued_on}, after, limit)


@question("/cases", READERS)
def list_cases(
    asker: Asker,
    *,
    year: Year | None,
    pairing_id: PairingKey | None,
    level: RecognitionLevel | None,
    q: OptionalLine,
    township: OptionalLine,
    sort: DayOrder | None,
    after: After | None,
    limit: Limit | None,
) -> Works[Recognition]:
    """Model cases and on-site meetings, the last first where no order is stated; a clerk sees the own ones."""
    c = recognitions.c
    part = case((c.kind == "meeting", RecognitionLevel.MEETING.value), else_=c.level)
    listing = WorkListing(asker, Recognition, recognitions, c.occurred_on, part, texts=("name",))
    listing.narrow(year, pairing_id, q, township)
    order = (sort or DayOrder.DAY_LAST).value
    return listing.page(level, RecognitionLevel, order, {"day": c.occurred_on}, after, limit)
