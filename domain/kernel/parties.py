"""The two sides of a pairing; the pairing, branch and village of an event, handed on by what names them already."""

from __future__ import annotations

import enum
from typing import Annotated, Protocol, TypedDict

from domain.kernel.values import SuppliedValue


class Side(enum.Enum):
    """Who acts: the unit of the pairing, or its village. Neither acts for the other."""

    UNIT = "unit"
    VILLAGE = "village"


OwnSide = Annotated[Side, SuppliedValue.SIDE]
"""The side that whoever acts stands for."""
AnySide = Annotated[Side | None, SuppliedValue.SIDE]
"""The same where an office acts, too, which stands for none."""


class Parties(TypedDict):
    """For an event's fields of these names: ``PairingRenewed(**parties(pairing), renewed_on=day)``."""

    pairing_id: str
    branch: str
    village: str


class Paired(Protocol):
    """What names its pairing and the two in it."""

    @property
    def pairing_id(self) -> str: ...

    @property
    def branch(self) -> str: ...

    @property
    def village(self) -> str: ...


def parties(thing: Paired) -> Parties:
    """The pairing and the two in it, as ``thing`` names them."""
    return {"pairing_id": thing.pairing_id, "branch": thing.branch, "village": thing.village}
