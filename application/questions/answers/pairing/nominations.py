"""Cases that are nominated as models: the list, and one with its story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.actors.actor import EVERYBODY
from application.input.keyset import After
from application.question import Asker, Limit, question
from application.questions.answers.pairing.statements import DayOrder
from application.questions.answers.pairing.work_listing import Owned, WorkListing, Works
from application.questions.history import steps_of
from application.questions.of_row import of_row
from application.questions.sentences import HistoryStep
from application.things import NOMINATION
from domain.kernel.values import Key, OptionalLine, PairingKey, Year
from domain.pairing.nomination import NominationState
from projections.boards import trail
from projections.boards.pairing.recognitions import nominations


@dataclass(frozen=True)
class _NominationRow:
    nomination_id: str
    case_name: str
    story: str
    nominated_on: date
    stands: str
    stands_on: date
    because: str


@dataclass(frozen=True)
class NominationListed(Owned, _NominationRow):
    """A nominated case and whose it is. ``stands_on``: since when it stands so; ``because``: why it was returned."""


@dataclass(frozen=True)
class NominationShown(NominationListed):
    """The same with what happened to it, the oldest first."""

    history: tuple[HistoryStep, ...]


@question("/nominations")
def list_nominations(
    asker: Asker,
    *,
    year: Year | None,
    pairing_id: PairingKey | None,
    state: NominationState | None,
    q: OptionalLine,
    township: OptionalLine,
    sort: DayOrder | None,
    after: After | None,
    limit: Limit | None,
) -> Works[NominationListed]:
    """Nominated cases, the last first where no order is stated; a clerk sees the own ones."""
    listing = _listing(asker)
    listing.narrow(year, pairing_id, q, township)
    order = (sort or DayOrder.DAY_LAST).value
    return listing.page(state, NominationState, order, {"day": nominations.c.nominated_on}, after, limit)


@question("/nominations/{key}", EVERYBODY, on=NOMINATION)
def show_nomination(asker: Asker, *, key: Key) -> NominationShown:
    """One nominated case, with its history."""
    found, stream = _listing(asker).one(key), NOMINATION.stream(asker.look, key)
    return of_row(
        NominationShown,
        found,
        history=steps_of(asker, trail.of_streams(asker.connection, [stream], asker.known_at)),
    )


def _listing(asker: Asker) -> WorkListing[NominationListed]:
    c = nominations.c
    return WorkListing(
        asker, NominationListed, nominations, c.nominated_on, c.stands, texts=("case_name", "story")
    )
