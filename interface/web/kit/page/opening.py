"""The guard of every route: who may come in, and the page that is opened for them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, ExitStack
from dataclasses import replace
from datetime import date

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection
from starlette.exceptions import HTTPException

from application.access import ROLES, demand_access
from application.stores.accounts.accounts import Accounts, Session
from application.system import System
from interface.http.desk import Busy, Desk
from interface.http.gate import COMES_WITHIN, OF_A_STRANGER, TooLarge, TooSlow, let_go
from interface.web.kit.page.interruptions import (
    BeforeRecords,
    ChangePasswordFirst,
    NotTheirForm,
    SendAgain,
    SignInFirst,
)
from interface.web.kit.page.page import Page, day_asked, language_of, position_of
from interface.web.kit.page.posted import LARGEST_FORM, draft_address, form_address, keep_draft, posted
from interface.web.kit.page.sessions import cookie_name, session_of
from interface.web.kit.page.typed import lead_to_id
from interface.web.kit.values import Malformed

OWN = {"read_own_account", "change_password"}
"""What somebody may do before the password is changed."""
IN_OWN_NAME = OWN | {
    *("end_session", "keep_views", "act_as_deputy"),
    *("file_complaint", "rate_answer", "withdraw_complaint"),
}
"""What concerns whoever is signed in, also while acting for another account."""


def allow(
    verb: str, *, largest: int = LARGEST_FORM, files: int = 0, within: float = COMES_WITHIN
) -> Callable[..., AsyncIterator[Page]]:
    """The dependency of a route: signed in, and in a role that may use ``verb``. Every route has one.

    Only then the form of a POST is read (up to ``largest`` bytes in ``within`` seconds, with ``files``), and only when
    all of it is there is a seat taken and a connection opened: whoever sends slowly keeps nobody waiting.
    """
    if verb not in ROLES:
        raise ValueError(f"nobody may {verb}: it is not in application.access.ROLES")

    async def page(request: Request) -> AsyncIterator[Page]:
        session = await run_in_threadpool(session_of, request)
        if session is None:
            raise SignInFirst(await _left(request, largest=largest, files=files, within=within))
        if session.must_change and verb not in OWN:
            await _left(request, largest=largest, files=files, within=within)
            raise ChangePasswordFirst
        if verb in IN_OWN_NAME:
            session = replace(session, actor=session.holder)
        demand_access(session.actor, verb)
        async with AsyncExitStack() as stack:
            if request.method == "POST":
                form = await stack.enter_async_context(
                    posted(request, largest=largest, files=files, within=within)
                )
                if form.get("csrf") != session.csrf:
                    writer, draft = await run_in_threadpool(keep_draft, request, form)
                    if draft and writer == session.holder.username:
                        raise SendAgain(draft)
                    # Nobody is made to send again what another page, or another account, has written.
                    request.state.entered = []
                    raise NotTheirForm
            held = await _sit_down(request)
            try:
                yield await run_in_threadpool(open_page, request, session, held)
            finally:
                await let_go(request.scope["state"])

    page.verb = verb  # type: ignore[attr-defined]
    return page


async def _left(request: Request, *, largest: int, files: int, within: float) -> str:
    """Where whoever is not let in comes back to: the page, or what was typed in the form, which is kept as a draft."""
    address = form_address(request)
    if request.method != "POST" or "hx-request" in request.headers:
        return address
    system: System = request.app.state.system
    accounts: Accounts = request.app.state.accounts
    token = request.cookies.get(cookie_name(system), "")
    known = bool(token) and await run_in_threadpool(accounts.drafts.was_session, token)
    try:
        async with posted(
            request, largest=largest if known else OF_A_STRANGER, files=files, within=within
        ) as form:
            _, draft = await run_in_threadpool(keep_draft, request, form)
    except (TooLarge, TooSlow, Busy, Malformed, HTTPException):
        return address
    return draft_address(draft) if draft else address


async def _sit_down(request: Request) -> ExitStack:
    """Take a seat; what the request opens from now on is closed before its answer is sent, or when it fails."""
    held = ExitStack()
    desk: Desk = request.app.state.desk
    # A page that another page shows (interface/web/trail/compare.py) sits with it.
    seated = not request.scope.get("inside")
    if seated:
        await desk.take()

    async def release() -> None:
        try:
            await run_in_threadpool(held.close)
        finally:
            if seated:
                desk.give_back()

    request.state.release = release
    return held


def open_page(request: Request, session: Session, held: ExitStack) -> Page:
    system: System = request.app.state.system
    about: date | None = None
    connection: Connection | None = None
    if request.method == "POST":
        # Whatever is done is done now: nobody chooses the day for it in an address; and what is read then is read anew.
        at = newest = system.runner.position()
    else:
        # How far the tables were when the session was looked up is how far the page sees.
        looking = held.enter_context(system.remembering(getattr(request.state, "stamps", None)))
        # What a page around this one has asked for already is not asked again.
        looking.once = getattr(request.state, "once", looking.once)
        newest = looking.newest
        at = position_of(system, newest, "at", request.query_params.get("at", ""))
        if at == 0 < newest:
            (first,) = system.log.read(limit=1)
            raise BeforeRecords(first.recorded_at.astimezone(system.settings.zone).date())
        about = day_asked(request, "about")
        if about is not None:
            system = held.enter_context(system.as_of(about, at))
            connection = held.enter_context(system.remembering())
        else:
            system, connection = replace(system, seen=looking), looking
    if connection is None:
        connection = held.enter_context(system.reading())
    lead_to_id(request, connection)
    return Page(
        request=request,
        system=system,
        session=session,
        language=language_of(request),
        connection=connection,
        newest=newest,
        at=at,
        about=about,
    )


def page_of_error(request: Request, session: Session, held: ExitStack) -> Page:
    """What an error says is said on a page of the present, whatever the address asked for."""
    system: System = request.app.state.system
    looking = held.enter_context(system.remembering(getattr(request.state, "stamps", None)))
    return Page(
        request=request,
        system=replace(system, seen=looking),
        session=session,
        language=language_of(request),
        connection=looking,
        newest=looking.newest,
        at=looking.newest,
    )
