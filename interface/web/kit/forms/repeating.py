"""A form that is sent twice, by two clicks or by going back, is done once: the second leads to what the first has done."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import timedelta

import msgspec

from application.stores.accounts.accounts import Accounts
from domain.kernel.errors import Conflict
from interface.web.kit.page.page import Page
from projections.boards.trail import moved_on

PATIENCE, LOOK_EVERY = 3.0, 0.05
"""Seconds that the second waits for the first, and between two looks at it."""
LONGEST = timedelta(minutes=2)
"""No form is worked on for longer."""


def once(page: Page, drawn_at: str, do: Callable[[], str]) -> str:
    """The address that shows what was done: now by ``do``, or before by the very same form, drawn at the same position of the log
    with the same in it, where nothing has happened since to what it did: what was undone can be done again. Raises what ``do``
    raises, and ``Conflict`` while the first is still at work."""
    if not drawn_at:
        return do()
    accounts: Accounts = page.request.app.state.accounts
    answers = accounts.kept_answers
    who = hashlib.sha256(page.actor.username.encode()).hexdigest()[:20]
    sent = [str(page.request.url.path), page.request.url.query, drawn_at, page.request.state.entered]
    form = hashlib.sha256(msgspec.json.encode(sent)).hexdigest()
    until = time.monotonic() + PATIENCE
    while (kept := answers.begin(who, form, form, page.by.correlation)) is not None:
        if kept.answer and not moved_on(page.connection, kept.request):
            return kept.answer.decode()
        if kept.answer or page.system.clock() - kept.begun_at > LONGEST:
            # Done and changed since, or begun by a process that is gone: the form is judged anew.
            answers.forget(who, form)
            continue
        if time.monotonic() > until:
            raise Conflict("the same form is being worked on")
        time.sleep(LOOK_EVERY)
    try:
        address = do()
    except BaseException:
        # Nothing was recorded: the same may be sent again once it is right.
        answers.forget(who, form)
        raise
    answers.keep(who, form, address.encode())
    return address
