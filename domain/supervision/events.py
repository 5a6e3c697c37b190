"""What can happen to a finding, and the slips and circulars beside it.

``round`` counts the orders of a finding: 1 is the first, and each relapse leads to the next.
"""

from __future__ import annotations

import enum
from datetime import date
from typing import TypedDict

from domain.kernel.event import Event
from domain.kernel.person import PersonRef


class Method(enum.Enum):
    """How the inspection was made. [政府督查工作条例 art. 12]"""

    SELF_CHECK = "self_check"
    HEARING_REPORTS = "hearing_reports"
    ON_SITE = "on_site"
    INTERVIEW = "interview"
    COVERT_VISIT = "covert_visit"
    DISCUSSION = "discussion"
    PUBLIC_HEARING = "public_hearing"
    STATISTICS = "statistics"
    EVALUATION = "evaluation"
    RECORDS_REVIEW = "records_review"
    LEAD_COLLECTION = "lead_collection"
    SUMMONS = "summons"
    ONLINE = "online"


class FindingType(enum.Enum):
    RECORD_KEEPING = "record_keeping"
    ACTIVITIES = "activities"
    AGREEMENT = "agreement"
    LISTS = "lists"
    RESEARCH = "research"
    DUTY = "duty"
    PROJECTS = "projects"
    FALSIFICATION = "falsification"


class Severity(enum.Enum):
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Colour(enum.Enum):
    """Colour of a supervision slip."""

    BLUE = "blue"
    ORANGE = "orange"
    RED = "red"


class Service(enum.Enum):
    """How an order reached the unit: somebody handed it over, or the unit's own account signed for it."""

    BY_HAND = "by_hand"
    BY_SYSTEM = "by_system"


class CircularKind(enum.Enum):
    CRITICISM = "criticism"
    PRAISE = "praise"


class SupervisionEvent(Event, context="supervision"):
    """Base of the supervision events; each names its pairing."""

    pairing_id: str


class FindingNames(TypedDict):
    """What every event of a finding names."""

    finding_id: str
    pairing_id: str


class FindingEvent(SupervisionEvent):
    """Base of what happens to a finding."""

    finding_id: str

    @property
    def names(self) -> FindingNames:
        """The same, for the next event."""
        return {"finding_id": self.finding_id, "pairing_id": self.pairing_id}


class FindingRaised(FindingEvent, occurred="found_on"):
    """An inspection found something wrong. ``number`` (编号) as the office wrote it."""

    number: str
    branch: str
    village: str
    found_on: date
    method: Method
    inspector: PersonRef | None
    description: str
    finding_type: FindingType
    severity: Severity


class RectificationOrdered(FindingEvent, occurred="ordered_on"):
    """The branch is told to put it right by a day."""

    ordered_on: date
    due_on: date
    document_no: str
    measures: str
    round: int = 1


class OrderServed(FindingEvent, occurred="served_on"):
    """The order reached the unit; clocks start."""

    served_on: date
    served_to: str
    service: Service = Service.BY_HAND


class UnitReminded(FindingEvent, occurred="reminded_on"):
    """The unit was reminded (催办) of a rectification that it has not handed in."""

    reminded_on: date
    because: str


class OrderAcknowledged(FindingEvent, occurred="acknowledged_on"):
    """The unit signed for the order."""

    acknowledged_on: date


class ExtensionRequested(FindingEvent, occurred="requested_on"):
    """The unit asks for more time, with a reason and what it does meanwhile."""

    requested_on: date
    due_on: date
    because: str
    interim_measures: str


class ExtensionGranted(FindingEvent, occurred="granted_on"):
    """The new day by which it must be put right. ``granted_on`` is ``None`` where a ledger states no day."""

    granted_on: date | None
    due_on: date
    round: int = 1


class ExtensionRefused(FindingEvent, occurred="refused_on"):
    """No more time; the old day stands."""

    refused_on: date
    because: str


class RectificationSubmitted(FindingEvent, occurred="submitted_on"):
    """The branch reports that it is put right."""

    submitted_on: date
    account: str
    round: int = 1


class RectificationReturned(FindingEvent, occurred="returned_on"):
    """The report is not good enough and goes back."""

    returned_on: date
    because: str
    round: int = 1


class ReturnsStated(FindingEvent):
    """A ledger states how often reports were returned, without days."""

    count: int


class FindingReinspected(FindingEvent, occurred="reinspected_on"):
    """Somebody looked again. ``irregular``: ids of the clauses it broke, where a ledger states it."""

    reinspected_on: date
    inspector: PersonRef | None
    passed: bool
    irregular: tuple[str, ...] = ()
    round: int = 1


class FindingClosed(FindingEvent, occurred="closed_on"):
    """The number is cancelled in the ledger (销号). ``irregular``: ids of the clauses it broke, where a ledger
    states it."""

    closed_on: date
    irregular: tuple[str, ...] = ()
    round: int = 1


class FindingRelapsed(FindingEvent, occurred="relapsed_on"):
    """The same thing is wrong again: the finding is open once more, and a new order begins its next round.

    ``relapsed_on`` is ``None`` and ``because``, what came back, empty where a ledger states neither.
    """

    found_on: date
    relapsed_on: date | None
    because: str = ""


class FindingHandedOver(FindingEvent, occurred="handed_on"):
    """The unit or the village was split: from that day this unit answers for the finding, in this village. It counts for the
    pairing in which it was found; ``successor``: the pairing that goes on.
    """

    branch: str
    village: str
    successor: str
    handed_on: date
    because: str


class FindingWithdrawn(FindingEvent, occurred="withdrawn_on"):
    """The finding does not stand; it stays readable and counts nowhere."""

    withdrawn_on: date
    because: str
    appeal_id: str = ""
    round: int = 1


class FindingVoided(FindingEvent, occurred="voided_on"):
    """The finding was entered wrongly, with all its steps; it stays readable, counts nowhere, and its number is free.
    ``batch``: of the import that was reversed.
    """

    voided_on: date
    because: str
    round: int = 1
    batch: str = ""


class StepStruck(FindingEvent, occurred="struck_on"):
    """A step that a ledger states against procedure counts no more, and what rests on it; it stays readable.

    ``record``: its position in the log; ``version``: its place in the finding's stream; ``struck``: its event's name;
    ``round``: the round it belongs to; ``overtaken``: later steps stand without it.
    """

    record: int
    version: int
    struck: str
    struck_on: date
    because: str
    round: int = 1
    overtaken: bool = False


class SlipIssued(SupervisionEvent, occurred="issued_on"):
    """A supervision slip of a colour."""

    slip_id: str
    branch: str
    village: str
    colour: Colour
    issued_on: date


class SlipCorrected(SupervisionEvent, occurred="issued_on"):
    """The entry of a slip was wrong; these are the right values, beside those that were wrong."""

    slip_id: str
    branch: str
    village: str
    colour: Colour
    issued_on: date
    colour_before: Colour
    issued_before: date
    because: str


class SlipVoided(SupervisionEvent, occurred="voided_on"):
    """The slip was never issued."""

    slip_id: str
    branch: str
    village: str
    because: str
    voided_on: date


class CircularIssued(SupervisionEvent, occurred="issued_on"):
    """A circular of criticism or praise."""

    circular_id: str
    branch: str
    village: str
    kind: CircularKind
    document_no: str
    issued_on: date


class CircularCorrected(SupervisionEvent, occurred="issued_on"):
    """The entry of a circular was wrong; these are the right values, beside those that were wrong. Its number stays."""

    circular_id: str
    branch: str
    village: str
    kind: CircularKind
    document_no: str
    issued_on: date
    kind_before: CircularKind
    issued_before: date
    because: str


class CircularVoided(SupervisionEvent, occurred="voided_on"):
    """The circular never said anything of this pairing."""

    circular_id: str
    branch: str
    village: str
    document_no: str
    because: str
    voided_on: date
