"""Ids of the demo county, as its seeded source makes them: of ``UNIT``, of ``VILLAGE``, and of what they do together."""

from __future__ import annotations

from application.system import System
from domain.kernel.recorded import By, Source
from interface.demo.accounts import UNIT, VILLAGE
from tests.kit.entries import registered_unit, registered_village

BRANCH = "b-a40cabb5b6b975f9"
VILLAGE_ID = "v-c4ff21d149cd18d1"
PAIRING = "pr-c4ff21d149cd18d1"


def register_demo(system: System) -> None:
    """``UNIT`` and ``VILLAGE``, for a county without ledgers whose clerks have accounts all the same."""
    by = By(actor="demo", source=Source(kind="command", name="test"))
    registered_unit(system, UNIT, by=by)
    registered_village(system, VILLAGE, "某镇", by=by)
