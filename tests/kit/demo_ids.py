"""Ids of the demo county, as its seeded source makes them: of ``UNIT``, of ``VILLAGE``, and of what they do together."""

from __future__ import annotations

from domain.kernel import ids

BRANCH = "b-a40cabb5b6b975f9"
VILLAGE_ID = "v-c4ff21d149cd18d1"
PAIRING = ids.pairing_id(2025, VILLAGE_ID, BRANCH)
