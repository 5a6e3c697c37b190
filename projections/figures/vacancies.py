"""Posts of lasting pairings that nobody holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, select

from domain.kernel.span import Span
from domain.pairing.events import Post
from projections.boards.pairing.pairings import pairings, terms
from projections.facts.fact_table import on_a_day
from projections.kit.columns import known


@dataclass(frozen=True)
class Vacancy:
    """A post of a pairing that nobody holds on a day. ``since``: the pairing's first day, or the one after the last holder's
    last; ``filled_on``: the first day of who is appointed already, if anybody is."""

    pairing_id: str
    branch: str
    village: str
    post: Post
    since: date
    filled_on: date | None


def vacancies(
    connection: Connection, known_at: int, day: date, pairing_id: str | None = None
) -> Iterator[Vacancy]:
    """All on a day, or those of one pairing; the longest vacant first."""
    lasting = on_a_day(pairings.c.started_on, pairings.c.ended_on, day, day)
    paired = select(pairings).where(known(pairings, known_at), lasting)
    if pairing_id is not None:
        paired = paired.where(pairings.c.pairing_id == pairing_id)
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for row in connection.execute(held(known_at, pairing_id)):
        spans[row.pairing_id, row.post].append(Span(row.began_on, row.ended_on))
    found = []
    for row in connection.execute(paired):
        for post in Post:
            times = spans[row.pairing_id, post.value]
            if any(each.includes(day) for each in times):
                continue
            over = (each.ended_on for each in times if each.ended_on is not None and each.ended_on < day)
            since = max((row.started_on, *(each + timedelta(days=1) for each in over)))
            coming = min((each.began_on for each in times if each.began_on > day), default=None)
            found.append(Vacancy(row.pairing_id, row.branch, row.village, post, since, coming))
    yield from sorted(found, key=lambda each: (each.since, each.pairing_id, each.post.value))


def held(known_at: int, pairing_id: str | None = None) -> Select[Any]:
    """All terms in posts, or those of one pairing."""
    query = select(terms).where(known(terms, known_at))
    return query if pairing_id is None else query.where(terms.c.pairing_id == pairing_id)
