"""What can happen to an organisation, and documents by their numbers."""

from __future__ import annotations

import enum
from datetime import date

from domain.kernel.event import Event


class UnitLevel(enum.Enum):
    PREFECTURE = "prefecture"
    COUNTY = "county"


class UnitClass(enum.Enum):
    AGENCY = "agency"
    INSTITUTION = "institution"
    ENTERPRISE = "enterprise"


class TargetKind(enum.Enum):
    VILLAGE = "village"
    COMMUNITY = "community"


class DocumentKind(enum.Enum):
    """What a document with a number is."""

    ORDER = "order"
    CIRCULAR = "circular"


class Numbered(enum.Enum):
    """What bears a number (编号) that offices count through by the year."""

    FINDING = "finding"
    NEED = "need"
    PROJECT = "project"


class RegistryEvent(Event, context="registry"):
    """Base of the registry's events."""


class BranchRegistered(RegistryEvent):
    """A unit and its Party branch can be paired from now on."""

    branch: str
    unit_name: str
    branch_name: str
    level: UnitLevel
    unit_class: UnitClass


class BranchRenamed(RegistryEvent, occurred="renamed_on"):
    """The unit bears another name; its code and its history stay."""

    branch: str
    unit_name: str
    branch_name: str
    renamed_on: date


class VillageRegistered(RegistryEvent):
    """A village or community can be paired from now on."""

    village: str
    name: str
    kind: TargetKind
    township: str


class VillageRenamed(RegistryEvent, occurred="renamed_on"):
    """The village bears another name; its code and its history stay."""

    village: str
    name: str
    renamed_on: date


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

    kind: Numbered
    year: int
    number: str
    thing: str
