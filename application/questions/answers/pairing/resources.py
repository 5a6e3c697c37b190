"""What units offer: their resource lists."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from application.actors.actor import READERS, Owner
from application.input.keyset import After, Places
from application.question import Asker, Limit, Listing, question
from application.questions.answers.pairing.work_listing import Part
from domain.kernel.folding import folded
from domain.kernel.values import OptionalLine
from domain.livelihood.events import ResourceCategory
from projections.boards.livelihood import resources
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.names import Names
from projections.facts.fact_table import on_a_day
from projections.kit.columns import known

_NO_VILLAGE = "-"
"""In the place of the village of a unit that is paired with none: no village's and no township's."""


class ResourceState(enum.Enum):
    """Whether it is on the list still."""

    OFFERED = "offered"
    WITHDRAWN = "withdrawn"


class ResourceOrder(enum.Enum):
    """How resources are listed; after a minus the other way round."""

    OFFERED = "offered"
    OFFERED_LAST = "-offered"
    UNIT = "unit"
    UNIT_LAST = "-unit"


@dataclass(frozen=True)
class Resource:
    """What a unit offers; ``withdrawn_on`` is ``None`` while it does."""

    resource_id: str
    branch: str
    unit_name: str
    category: ResourceCategory
    content: str
    offered_on: date
    withdrawn_on: date | None

    @property
    def state(self) -> ResourceState:
        """Whether it is on the list still."""
        return ResourceState.OFFERED if self.withdrawn_on is None else ResourceState.WITHDRAWN


@dataclass(frozen=True)
class ResourcesShown:
    """A page of the list. ``parts``: of all that the other filters find, by state; ``found``: how many are of the one asked for,
    too."""

    found: int
    parts: tuple[Part, ...]
    rows: tuple[Resource, ...]
    next: str | None


_PLACES: Places[Resource] = {
    "offered": lambda each: (each.offered_on.isoformat(), each.resource_id),
    "unit": lambda each: (each.unit_name, each.resource_id),
}


@question("/resources", READERS)
def list_resources(
    asker: Asker,
    *,
    state: ResourceState | None,
    category: ResourceCategory | None,
    q: OptionalLine,
    sort: ResourceOrder | None,
    after: After | None,
    limit: Limit | None,
) -> ResourcesShown:
    """Resources, those offered last first where no order is stated; a unit's clerk sees the own ones, villages and townships
    those of the units that are paired with them today."""
    connection, at, today = asker.connection, asker.known_at, asker.look.today()
    units = Names(connection, at).units()
    villages: dict[str, list[str]] = defaultdict(list)
    c = pairings.c
    lasting = select(c.branch, c.village).where(
        known(pairings, at), on_a_day(c.started_on, c.ended_on, today, today)
    )
    for paired in connection.execute(lasting):
        villages[paired.branch].append(paired.village)

    def sees(branch: str) -> bool:
        return any(asker.sees(Owner(branch, each)) for each in villages.get(branch, (_NO_VILLAGE,)))

    found = [
        Resource(
            resource_id=row.resource_id,
            branch=row.branch,
            unit_name=units.get(row.branch, row.branch),
            category=ResourceCategory(row.category),
            content=row.content,
            offered_on=row.offered_on,
            withdrawn_on=row.withdrawn_on,
        )
        for row in connection.execute(select(resources).where(known(resources, at)))
        if sees(row.branch)
    ]
    wanted = [
        each
        for each in found
        if category in (None, each.category) and folded(q) in folded(each.unit_name + each.content)
    ]
    of_state = [each for each in wanted if state in (None, each.state)]
    page = Listing.ordered(of_state, _PLACES, sort or ResourceOrder.OFFERED_LAST, after, limit)
    counted = Counter(each.state for each in wanted)
    return ResourcesShown(
        found=len(of_state),
        parts=tuple(Part(each.value, counted[each]) for each in ResourceState),
        rows=page.rows,
        next=page.next,
    )
