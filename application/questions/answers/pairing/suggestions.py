"""Resources that may meet a need, each with why it is suggested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlalchemy import select

from application.actors.actor import EVERYBODY
from application.question import Asker, question
from application.things import NEED
from domain.kernel.errors import Unknown
from domain.kernel.values import Key
from domain.livelihood.events import Category, ResourceCategory
from domain.pairing.activity import likeness
from projections.boards.livelihood import needs, resources
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.names import Names
from projections.kit.columns import known

MOST = 5
"""Suggestions for one need."""
WORD = 2
"""Letters in a row that two texts must have in common for them to have a word in common."""
SAID_OF_ALL = frozenset({"提供", "服务", "开展", "支持", "帮助", "工作", "协调", "需要", "希望"})
"""Words that say nothing of what is offered or needed."""
SERVES: Mapping[Category, frozenset[ResourceCategory]] = {
    Category.PUBLIC_SERVICES: frozenset({ResourceCategory.TALENT, ResourceCategory.INFORMATION}),
    Category.INDUSTRY: frozenset(
        {ResourceCategory.TECHNOLOGY, ResourceCategory.PROJECT, ResourceCategory.FUNDS}
    ),
    Category.LIVING_ENVIRONMENT: frozenset({ResourceCategory.FUNDS, ResourceCategory.PROJECT}),
}
"""Resources that usually serve a category of needs; practice, and only a hint."""


@dataclass(frozen=True)
class Suggestion:
    """A resource. ``pairing_id``: of its unit with the village, by which the need can be matched, empty where the two are not
    paired; ``words``: what both texts say; ``same_township``: the unit is paired in the township; ``fits``: its category
    usually serves the need's; ``open_needs``: how many the unit has taken on and not met.
    """

    resource_id: str
    content: str
    category: ResourceCategory
    branch: str
    unit_name: str
    pairing_id: str
    words: tuple[str, ...]
    same_township: bool
    fits: bool
    open_needs: int


@question("/needs/{key}/suggestions", EVERYBODY, on=NEED)
def suggest_resources(asker: Asker, *, key: Key) -> tuple[Suggestion, ...]:
    """At most five resources for a need: of paired units first, then by common words, township, category and spare capacity.
    Nothing that has none of these in its favour.
    """
    at = asker.known_at
    need = asker.connection.execute(select(needs).where(known(needs, at), needs.c.need_id == key)).first()
    if need is None:
        raise Unknown("need", key)
    names = Names(asker.connection, at)
    township = names.called(need.village, None).township
    paired: dict[str, str] = {}
    near: set[str] = set()
    lasting = select(pairings).where(known(pairings, at), pairings.c.ended_on.is_(None))
    for row in asker.connection.execute(lasting):
        if row.village == need.village:
            paired[row.branch] = row.pairing_id
        if names.called(row.village, None).township == township:
            near.add(row.branch)
    open_ = Counter(
        asker.connection.execute(
            select(needs.c.branch).where(
                known(needs, at),
                needs.c.branch != "",
                needs.c.met_on.is_(None),
                needs.c.withdrawn_on.is_(None),
            )
        ).scalars()
    )
    offered = select(resources).where(known(resources, at), resources.c.withdrawn_on.is_(None))
    units = names.units()
    found = [
        Suggestion(
            resource_id=row.resource_id,
            content=row.content,
            category=ResourceCategory(row.category),
            branch=row.branch,
            unit_name=units.get(row.branch, row.branch),
            pairing_id=paired.get(row.branch, ""),
            words=_common(need.content, row.content),
            same_township=row.branch in near,
            fits=ResourceCategory(row.category) in SERVES[Category(need.category)],
            open_needs=open_[row.branch],
        )
        for row in asker.connection.execute(offered)
    ]
    return tuple(sorted((each for each in found if each.pairing_id or each.words), key=_rank)[:MOST])


def _rank(each: Suggestion) -> tuple[bool, int, bool, bool, int, str]:
    said = sum(map(len, each.words))
    return (
        not each.pairing_id,
        -said,
        not each.same_township,
        not each.fits,
        each.open_needs,
        each.resource_id,
    )


def _common(one: str, other: str) -> tuple[str, ...]:
    """Runs of letters that stand in both, in the order of the first."""
    a, b = likeness(one), likeness(other)
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    said = (a[each.a : each.a + each.size] for each in blocks if each.size >= WORD)
    return tuple(word for word in said if word not in SAID_OF_ALL)
