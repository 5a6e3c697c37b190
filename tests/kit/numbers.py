"""Finding what has a number, whatever its id is."""

from __future__ import annotations

from application.claims.number import thing_numbered
from application.system import System
from domain.registry.events import NumberedThing


def finding_id(system: System, number: str = "WT2025-059", year: int = 2025) -> str:
    """The id of the finding with this number; by default of one in the demo county that is still open."""
    found = thing_numbered(system.log, NumberedThing.FINDING, year, number)
    assert found, f"no finding {number} was found in {year}"
    return found
