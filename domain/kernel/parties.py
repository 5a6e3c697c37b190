"""The pairing, the branch and the village that an event is about, handed on by what names them already."""

from __future__ import annotations

from typing import Protocol, TypedDict


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
