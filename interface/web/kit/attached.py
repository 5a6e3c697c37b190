"""What is attached to a thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from application.questions import history
from application.questions.answers.alike.shared_photographs import SharedPhotograph, list_shared_photographs
from application.things import BEARERS, PAIRING
from interface.web.kit.page.page import Page
from projections.boards.pairing.attached_pictures import COMPARED


def attached(page: Page, kind: str, thing: str) -> list[Row[Any]]:
    """The trail rows of what is attached to a thing, as known at the page's position."""
    rows = history.attached(page.connection, kind, thing, page.at)
    # What belongs to a thing within a pairing names the pairing, too.
    parts = [f"{each}_id" for each in BEARERS if each != PAIRING.kind] if kind == PAIRING.kind else []
    return [row for row in rows if not any(row.data.get(part) for part in parts)]


def shared_photographs(page: Page, kind: str, thing: str) -> Sequence[SharedPhotograph]:
    """The photographs of a thing that stand at another, too, for those who are shown that."""
    if kind not in COMPARED or not page.may_ask(list_shared_photographs):
        return ()
    return page.ask(list_shared_photographs, key=f"{kind}-{thing}")
