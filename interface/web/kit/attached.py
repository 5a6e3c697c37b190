"""What is attached to a thing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from application.questions import history
from application.things import BEARERS, PAIRING
from interface.web.kit.page.page import Page


def attached(page: Page, kind: str, thing: str) -> list[Row[Any]]:
    """The trail rows of what is attached to a thing, as known at the page's position."""
    rows = history.attached(page.connection, kind, thing, page.at)
    # What belongs to a thing within a pairing names the pairing, too.
    parts = [f"{each}_id" for each in BEARERS if each != PAIRING.kind] if kind == PAIRING.kind else []
    return [row for row in rows if not any(row.data.get(part) for part in parts)]
