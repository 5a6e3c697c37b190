"""What can happen to an organisation, and documents by their numbers. docs/decisions/0018-identity.md

An *entry* is what is registered: a unit with its branch, or a village or community. A name, class or township holds
from a day, until another does.
"""

from __future__ import annotations

import enum
from datetime import date

from domain.kernel.event import Event


class EntryKind(enum.Enum):
    """What is registered."""

    BRANCH = "branch"
    VILLAGE = "village"


class UnitLevel(enum.Enum):
    PREFECTURE = "prefecture"
    COUNTY = "county"


class UnitClass(enum.Enum):
    AGENCY = "agency"
    INSTITUTION = "institution"
    ENTERPRISE = "enterprise"


class TargetKind(enum.Enum):
    """The classes of targets. [非公企业、社会组织：原文 五.二 拓展领域]"""

    VILLAGE = "village"
    COMMUNITY = "community"
    PRIVATE_ENTERPRISE = "private_enterprise"
    SOCIAL_ORGANISATION = "social_organisation"


FIRST_TARGETS = (TargetKind.VILLAGE, TargetKind.COMMUNITY)
"""The classes with which every village and community of the county is to be paired."""


class CodeSystem(enum.Enum):
    """Who gives a code: 统一社会信用代码 (GB 32100), 行政区划代码 (GB/T 2260, with town and village as in GB/T 10114)."""

    CREDIT = "credit"
    DIVISION = "division"


class DocumentKind(enum.Enum):
    """What a document with a number is."""

    ORDER = "order"
    CIRCULAR = "circular"
    ISSUED = "issued"


class NumberedThing(enum.Enum):
    """What bears a number (编号) that offices count through by the year."""

    FINDING = "finding"
    NEED = "need"
    PROJECT = "project"


class RegistryEvent(Event, context="registry"):
    """Base of the registry's events."""


class BranchRegistered(RegistryEvent):
    """A unit and its Party branch can be paired from now on.

    ``since``: the day from which it bears this name, ``None`` for since ever. ``split_from``: the one it came from that day.
    ``parent``: the unit under which it stands from then on; empty for none.
    """

    branch: str
    unit_name: str
    branch_name: str
    level: UnitLevel
    unit_class: UnitClass
    since: date | None = None
    split_from: str = ""
    parent: str = ""


class BranchRenamed(RegistryEvent, occurred="renamed_on"):
    """The unit bears another name; its id and its history stay."""

    branch: str
    unit_name: str
    branch_name: str
    renamed_on: date


class BranchReclassified(RegistryEvent, occurred="reclassified_on"):
    """The unit is of another level or class."""

    branch: str
    level: UnitLevel
    unit_class: UnitClass
    reclassified_on: date


class BranchSubordinated(RegistryEvent, occurred="subordinated_on"):
    """The unit stands under another, ``parent``; under none where that is empty."""

    branch: str
    parent: str
    subordinated_on: date


class ParentStated(RegistryEvent):
    """The unit stood under ``parent`` ever since it was there: stated later than it was registered."""

    branch: str
    parent: str


class PartyDayFixed(RegistryEvent):
    """From the month that begins on ``from_month`` the branch holds its themed party day on this day of the month, on the last
    one where the month has no such day.
    """

    branch: str
    day_of_month: int
    from_month: date


class PartyDayChanged(RegistryEvent):
    """The day is another from a month on; what was fixed of that month and later ones falls."""

    branch: str
    day_of_month: int
    from_month: date
    because: str


class VillageRegistered(RegistryEvent):
    """A village or community can be paired from now on; ``since`` and ``split_from`` as for a branch."""

    village: str
    name: str
    kind: TargetKind
    township: str
    since: date | None = None
    split_from: str = ""


class VillageRenamed(RegistryEvent, occurred="renamed_on"):
    """The village bears another name; its id and its history stay."""

    village: str
    name: str
    renamed_on: date


class VillageMoved(RegistryEvent, occurred="moved_on"):
    """The village belongs to another township, or its township bears another name."""

    village: str
    township: str
    moved_on: date


class VillageReclassified(RegistryEvent, occurred="reclassified_on"):
    """A village became a community (村改居), or the other way."""

    village: str
    kind: TargetKind
    reclassified_on: date


class EntryEvent(RegistryEvent):
    """Base of what happens to a unit and a village alike."""

    entry_kind: EntryKind
    entry: str


class AliasLearned(EntryEvent):
    """Somebody agreed that this name, too, means the entry: a short form, a usual misspelling."""

    alias: str
    because: str


class AliasTakenBack(EntryEvent):
    """The name does not mean the entry any more."""

    alias: str
    because: str


class CodeGiven(EntryEvent):
    """The entry bears this code, instead of another of the system where it had one."""

    system: CodeSystem
    code: str


class CodeTakenBack(EntryEvent):
    """The code was not the entry's."""

    system: CodeSystem
    code: str
    because: str


class EntryMerged(EntryEvent, occurred="merged_on"):
    """From that day the entry is part of another, which goes on; it bears no name of its own any more."""

    into: str
    merged_on: date


class EntryAbsorbed(EntryEvent, occurred="merged_on"):
    """The other side of a merging: the entry goes on, the other is part of it."""

    other: str
    merged_on: date


class EntrySplit(EntryEvent, occurred="split_on"):
    """The entry goes on, ``off`` is of its own from that day; that one's registration says so, too. ``because``: what it rests
    on, where that was stated."""

    off: str
    split_on: date
    because: str = ""


class EntryRetired(EntryEvent, occurred="retired_on"):
    """From that day there is no such entry, and nothing that it became."""

    retired_on: date
    because: str


class EntryRestored(EntryEvent):
    """It was entered wrongly that the entry was retired, or merged (``merged_into``), on ``ended_on``: it never was."""

    ended_on: date
    merged_into: str
    because: str
    restored_on: date


class NameTaken(EntryEvent):
    """An official name belongs to an entry within its area, from a day (``None``: since ever).

    ``township``: the area of a village's name, empty for a unit's, which is the county's.
    """

    township: str
    name: str
    from_on: date | None


class NameFreed(EntryEvent):
    """From that day the name is the entry's no more."""

    township: str
    name: str
    until_on: date


class CodeTaken(RegistryEvent):
    """A code belongs to an entry."""

    system: CodeSystem
    code: str
    entry: str


class CodeFreed(RegistryEvent):
    """A code belongs to nobody."""

    system: CodeSystem
    code: str
    entry: str


class DocumentRegistered(RegistryEvent):
    """A document took its number (文号), as written.

    ``party``: the branch that an order tells; empty for a circular, which may name many. ``reference``: the finding or
    circular that first rested on it; ``dated_on`` is judged with that.
    """

    document_no: str
    kind: DocumentKind
    party: str
    dated_on: date
    reference: str


class NumberTaken(RegistryEvent):
    """A thing took its number, as written: within its kind and ``year``, in which it was found, raised or begun, no other
    has it. ``thing``: the id of what has it.
    """

    kind: NumberedThing
    year: int
    number: str
    thing: str
