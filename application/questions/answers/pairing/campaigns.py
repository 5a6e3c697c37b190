"""What the activities of a year come to by campaign, focus and kind of contact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, func, select

from application.actors.actor import READERS
from application.question import Asker, question
from application.questions.whose import own
from domain.kernel.values import Year
from domain.pairing.events import ActivityTag
from projections.boards.pairing.activities import activities, tags_of
from projections.boards.pairing.pairings import pairings
from projections.kit.columns import known


@dataclass(frozen=True)
class Campaign:
    """What belongs to a tag. ``participants`` and ``persons_visited``: heads, each time anew; ``pairings``: how many held any."""

    tag: ActivityTag
    activities: int
    participants: int
    persons_visited: int
    pairings: int


@question("/campaigns", READERS)
def list_campaigns(asker: Asker, *, year: Year) -> tuple[Campaign, ...]:
    """Every campaign, focus and kind of contact with what the year's activities come to; a clerk sees the own ones. What was
    voided does not count.
    """
    c = activities.c
    paired = and_(pairings.c.pairing_id == c.pairing_id, known(pairings, asker.known_at))
    where = [known(activities, asker.known_at), c.status != "voided"]
    where.append(c.held_on.between(date(year, 1, 1), date(year, 12, 31)))
    where.append(own(asker.actor, pairings.c.branch, pairings.c.village))
    where.append(c.tags != "")
    sums = func.count(), func.sum(c.participants), func.coalesce(func.sum(c.persons_visited), 0)
    query = select(c.tags, c.pairing_id, *sums).select_from(activities.join(pairings, paired))
    held: defaultdict[str, list[_Held]] = defaultdict(list)
    for tags, *figures in asker.connection.execute(query.where(*where).group_by(c.tags, c.pairing_id)):
        for tag in tags_of(tags):
            held[tag].append(_Held(*figures))
    return tuple(_campaign(tag, held[tag.value]) for tag in ActivityTag)


class _Held(NamedTuple):
    """What one pairing held with the same tags."""

    pairing_id: str
    activities: int
    participants: int
    persons_visited: int


def _campaign(tag: ActivityTag, held: Sequence[_Held]) -> Campaign:
    return Campaign(
        tag,
        sum(each.activities for each in held),
        sum(int(each.participants) for each in held),
        sum(int(each.persons_visited) for each in held),
        len({each.pairing_id for each in held}),
    )
