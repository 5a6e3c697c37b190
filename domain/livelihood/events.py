"""What can happen to a resource, a need or a livelihood project."""

from __future__ import annotations

import enum
from datetime import date

from domain.kernel.event import Event
from domain.kernel.parties import Side


class ResourceCategory(enum.Enum):
    INFORMATION = "information"
    FUNDS = "funds"
    TALENT = "talent"
    TECHNOLOGY = "technology"
    PROJECT = "project"


class Category(enum.Enum):
    """Category of a need or a livelihood project."""

    PUBLIC_SERVICES = "public_services"
    INDUSTRY = "industry"
    LIVING_ENVIRONMENT = "living_environment"


class FundSource(enum.Enum):
    """Where the money of a project comes from."""

    SUPERIOR = "superior"
    COUNTY = "county"
    UNIT = "unit"
    VILLAGE = "village"
    DONATION = "donation"
    OTHER = "other"


class LivelihoodEvent(Event, context="livelihood"):
    """Base of the livelihood events."""


class ResourceRevised(LivelihoodEvent, occurred="revised_on"):
    """The unit says otherwise what it offers, beside what it said before."""

    resource_id: str
    branch: str
    category: ResourceCategory
    content: str
    category_before: ResourceCategory
    content_before: str
    revised_on: date


class ResourceWithdrawn(LivelihoodEvent, occurred="withdrawn_on"):
    """The unit offers it no more."""

    resource_id: str
    branch: str
    because: str
    withdrawn_on: date


class ResourceOffered(LivelihoodEvent, occurred="offered_on"):
    """A unit put something on its resource list."""

    resource_id: str
    branch: str
    category: ResourceCategory
    content: str
    offered_on: date


class NeedRaised(LivelihoodEvent, occurred="raised_on"):
    """A village put a need on its list. ``number`` (编号) as the office wrote it; ``pairing_id`` is empty where the village
    has several partners."""

    need_id: str
    number: str
    village: str
    pairing_id: str
    category: Category
    content: str
    raised_on: date


class NeedMatched(LivelihoodEvent, occurred="matched_on"):
    """A unit took the need on. ``category``, ``raised_on`` and ``pairing_before`` repeat the need's, so that the
    event reads alone."""

    need_id: str
    village: str
    pairing_id: str
    pairing_before: str
    branch: str
    category: Category
    raised_on: date
    matched_on: date


class NeedMet(LivelihoodEvent, occurred="met_on"):
    """The unit says the need is met."""

    need_id: str
    pairing_id: str
    met_on: date


class NeedConfirmed(LivelihoodEvent, occurred="confirmed_on"):
    """The village confirms that the need is met, with a rating from 1 to 5 where it gives one; of the senses of gain, of
    happiness and of security (获得感、幸福感、安全感) likewise.
    """

    need_id: str
    pairing_id: str
    confirmed_on: date
    rating: int | None = None
    gain: int | None = None
    happiness: int | None = None
    security: int | None = None


class NeedRevised(LivelihoodEvent, occurred="revised_on"):
    """The village says otherwise what it needs. What was said before stands beside it; ``raised_on`` and the pairing repeat
    the need's.
    """

    need_id: str
    village: str
    pairing_id: str
    category: Category
    content: str
    category_before: Category
    content_before: str
    raised_on: date
    because: str
    revised_on: date


class NeedWithdrawn(LivelihoodEvent, occurred="withdrawn_on"):
    """The village needs it no more, or raised it anew in parts (``into``: their ids); it is on no list and counts no more."""

    need_id: str
    village: str
    pairing_id: str
    because: str
    into: tuple[str, ...]
    withdrawn_on: date


class NeedCorrected(LivelihoodEvent, occurred="raised_on"):
    """The days or ratings of a need were entered wrongly; these are the right ones. ``before`` says in words what stood
    there; the category repeats the need's.
    """

    need_id: str
    village: str
    pairing_id: str
    category: Category
    raised_on: date
    matched_on: date | None
    met_on: date | None
    confirmed_on: date | None
    rating: int | None
    before: str
    because: str


class NeedVoided(LivelihoodEvent, occurred="voided_on"):
    """The need was entered wrongly, with all its steps; it counts no more, and its number is free. ``batch``: of the import
    that was reversed."""

    need_id: str
    village: str
    pairing_id: str
    because: str
    voided_on: date
    batch: str = ""


class NeedClaimed(LivelihoodEvent, occurred="claimed_on"):
    """A unit claims the need, or the village calls on a unit (``side``: who asks); the other side answers."""

    need_id: str
    village: str
    pairing_id: str
    branch: str
    side: Side
    claimed_on: date


class ClaimDeclined(LivelihoodEvent, occurred="declined_on"):
    """The other side declined the claim, or whoever claimed took it back; the need waits for another."""

    need_id: str
    village: str
    pairing_id: str
    branch: str
    because: str
    declined_on: date


class NeedReleased(LivelihoodEvent, occurred="released_on"):
    """The unit that took the need on cannot meet it; it waits to be matched again."""

    need_id: str
    village: str
    pairing_id: str
    branch: str
    because: str
    released_on: date


class NeedHandedOver(LivelihoodEvent, occurred="handed_on"):
    """The village or the unit was split: from that day the need is this village's, and this unit's where it was matched or
    claimed. What counts for the pairing ``pairing_id`` stays there; ``successor``: the pairing in whose days the rest falls.
    """

    need_id: str
    pairing_id: str
    village: str
    branch: str
    successor: str
    handed_on: date
    because: str


class NeedReturned(LivelihoodEvent, occurred="returned_on"):
    """The village finds that the need is not met, and says what is lacking; the unit goes on."""

    need_id: str
    village: str
    pairing_id: str
    because: str
    returned_on: date


class ProjectOpened(LivelihoodEvent, occurred="started_on"):
    """A livelihood project starts. ``number`` (编号) as the office wrote it; ``budget_cents`` in 0.01 yuan."""

    project_id: str
    number: str
    pairing_id: str
    branch: str
    village: str
    name: str
    category: Category
    budget_cents: int
    started_on: date
    planned_end_on: date
    beneficiaries: int


class ProjectCompleted(LivelihoodEvent, occurred="completed_on"):
    """The project's work is done."""

    project_id: str
    pairing_id: str
    completed_on: date


class ProjectAccepted(LivelihoodEvent, occurred="accepted_on"):
    """The village accepted the project."""

    project_id: str
    pairing_id: str
    accepted_on: date


class ProjectCorrected(LivelihoodEvent, occurred="started_on"):
    """The entry of a project was wrong; these are the right values. ``before`` says in words what stood there."""

    project_id: str
    pairing_id: str
    branch: str
    village: str
    name: str
    category: Category
    budget_cents: int
    started_on: date
    planned_end_on: date
    completed_on: date | None
    accepted_on: date | None
    beneficiaries: int
    before: str
    because: str


class ProjectVoided(LivelihoodEvent, occurred="voided_on"):
    """The project was entered wrongly, with its steps; it counts no more, and its number is free. ``batch``: of the import
    that was reversed."""

    project_id: str
    pairing_id: str
    because: str
    voided_on: date
    batch: str = ""


class ResourceVoided(LivelihoodEvent, occurred="voided_on"):
    """The resource was entered wrongly."""

    resource_id: str
    branch: str
    because: str
    voided_on: date


class ProjectRefused(LivelihoodEvent, occurred="refused_on"):
    """The village does not accept the work, which goes on."""

    project_id: str
    pairing_id: str
    completed_before: date
    because: str
    refused_on: date


class MilestonePlanned(LivelihoodEvent, occurred="planned_on"):
    """A step of the project, number ``milestone``, is to be reached by ``due_on``."""

    project_id: str
    pairing_id: str
    milestone: int
    title: str
    due_on: date
    planned_on: date


class MilestoneReached(LivelihoodEvent, occurred="reached_on"):
    """A step of the project is reached."""

    project_id: str
    pairing_id: str
    milestone: int
    title: str
    reached_on: date


class FundsStated(LivelihoodEvent, occurred="stated_on"):
    """What the project's money comes to by its sources, which follow; in place of what was stated before. ``because``: why it
    is not the budget, empty where it is."""

    project_id: str
    pairing_id: str
    total_cents: int
    budget_cents: int
    because: str
    stated_on: date


class FundOfSource(LivelihoodEvent, occurred="stated_on"):
    """What comes from one source, in 0.01 yuan."""

    project_id: str
    pairing_id: str
    source: FundSource
    amount_cents: int
    stated_on: date
