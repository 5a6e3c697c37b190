"""Whose session a request is, and in whose name."""

from __future__ import annotations

from urllib.parse import unquote

from fastapi import Request

from application.actors.deputies import acting_for, principals
from application.stores.accounts.accounts import Session
from application.system import System
from projections.boards.people.accounts import AccountOfDay, account_of

ACTS_FOR = "lianjian_acts_for"
"""The cookie that says for which account a session acts: the session's id and the user name."""


def session_of(request: Request) -> Session | None:
    """The session of the request's cookie, if it lives; looked up once."""
    if not hasattr(request.state, "session"):
        system: System = request.app.state.system
        token = request.cookies.get(cookie_name(system))

        def who(username: str) -> AccountOfDay | None:
            with system.remembering() as reading:
                request.state.stamps = reading.stamps
                return account_of(reading, username, system.today())

        found: Session | None = request.app.state.accounts.session(token, who) if token else None
        request.state.session = found and _acting(request, system, found)
    session: Session | None = request.state.session
    return session


def _acting(request: Request, system: System, session: Session) -> Session:
    """The session in the name that its person has chosen, as long as that may be done; else in the own."""
    of, _, username = request.cookies.get(ACTS_FOR, "").partition(":")
    if of != session.id or not username:
        return session
    with system.remembering() as reading:
        # Read once more: what is remembered of accounts stays for all that the page reads.
        found = principals(reading, session.actor.username, system.today())
    for each in found:
        if each.username == unquote(username):
            return session.acting(acting_for(session.actor, each))
    return session


def cookie_name(system: System) -> str:
    """Over HTTPS a name that a browser takes from this very host only, and only secure."""
    return "__Host-lianjian_session" if system.settings.secure_cookies else "lianjian_session"


def address_of(request: Request) -> str:
    """The address of whoever asks; a trusted proxy has been looked behind already."""
    return request.client.host if request.client is not None else "unknown"
