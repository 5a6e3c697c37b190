"""Posts that nobody holds: one thing to see to, however many they are."""

from __future__ import annotations

from collections.abc import Iterator

from application.question import Asker
from application.questions.answers.duties.duty import DutyKind, Next, Process, Seat, Standing
from domain.account.role import Role
from projections.figures.vacancies import vacancies

# The supervisor alone appoints: a duty of the unit would be one that it cannot do.
_TABLE = (Next(DutyKind.POSTS_VACANT, Role.SUPERVISOR, Seat.SUPERVISION, "appoint_to_post"),)


def _standing(asker: Asker) -> Iterator[Standing]:
    """All together, at the pairing whose post has been vacant longest: a county that is begun has twice as many as pairings."""
    if not asker.may("appoint_to_post"):
        return
    found = [
        each
        for each in vacancies(asker.connection, asker.known_at, asker.look.today())
        if each.filled_on is None
    ]
    if found:
        first = found[0]
        yield Standing(
            kind=DutyKind.POSTS_VACANT,
            key=first.pairing_id,
            since=first.since,
            count=len(found),
            stated={"post": first.post.value},
        )


VACANCIES = Process(
    "vacancy",
    "vacancy",
    _TABLE,
    _standing,
    ("均已任命，或者结对已经结束", "all appointed, or their pairings ended"),
)
