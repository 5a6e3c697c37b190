"""The moments of the log at which one would look back: what was frozen, made public, ruled and decided, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.actors.actor import EVERYBODY, OFFICES
from application.question import Asker, question
from domain.appeal.events import AppealDecided
from domain.assessment.year.events import (
    CutOffSet,
    FindingRuledOut,
    NoticeOpened,
    PointsRuled,
    RunFrozen,
    RunPublished,
    SchemePublished,
)
from domain.kernel.zone import county_day
from projections.boards.trail import TrailFilter, page, recorded_between

PUBLIC = (SchemePublished, CutOffSet, RunFrozen, NoticeOpened, RunPublished)
RULINGS = (AppealDecided, PointsRuled, FindingRuledOut)
"""What only offices look back to: whose appeal it was is nobody else's to know."""
MOST = 60
"""Marks on the line at most, the newest."""


@dataclass(frozen=True)
class Moment:
    """A record at which something was settled, by the county day on which it was recorded."""

    record: int
    event: str
    recorded_on: date
    sentence: str


@dataclass(frozen=True)
class MomentsShown:
    """The days between which there are records, and the moments from the oldest to the newest; no day where there is no record
    at all."""

    first_on: date | None
    last_on: date | None
    rows: tuple[Moment, ...]


@question("/moments", EVERYBODY)
def list_moments(asker: Asker) -> MomentsShown:
    """What was settled when, as far as the log reaches now: it is where one looks from, not what one looks at."""
    kinds = (*PUBLIC, *RULINGS) if asker.actor.role in OFFICES else PUBLIC
    wanted = TrailFilter(names=[each.NAME for each in kinds], known_at=asker.newest)
    rows = page(asker.connection, wanted, limit=MOST)[::-1]
    told = asker.look.system.sentences(asker.connection, asker.newest, rows)
    moments = tuple(
        Moment(each.record, each.name, county_day(each.recorded_at), each.sentence) for each in told
    )
    first, last = recorded_between(asker.connection, asker.newest)
    return MomentsShown(first and county_day(first), last and county_day(last), moments)
