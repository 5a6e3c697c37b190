"""Signing in and out, and the language switch."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from application.input.reading import is_sound
from application.stores.accesses import Accesses
from application.stores.accounts.accounts import SESSION, Accounts, Session
from application.stores.accounts.throttle import TooOften, network
from application.system import System
from domain.kernel.errors import Forbidden
from interface.locales import LANGUAGES
from interface.web.kit.page.interruptions import NoRole
from interface.web.kit.page.page import LANGUAGE, language_of
from interface.web.kit.page.posted import posted
from interface.web.kit.page.sessions import ACTS_FOR, address_of, cookie_name, session_of
from interface.web.kit.rendering import answer_of, environment

router = APIRouter()


def local_path(wanted: str) -> str:
    """``wanted`` where it is a path of this site, else the start page."""
    local = wanted.startswith("/") and not wanted.startswith("//") and is_sound(wanted)
    return wanted if local and not set(wanted) & set("\\\t\n\r") else "/"


def host_in(origin: str) -> str | None:
    """The host an ``Origin`` names; ``None`` where it cannot be read."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def _form(request: Request, then: str, wrong: bool, status: int = 200) -> HTMLResponse:
    html = environment.get_template("accounts/sign_in.html").render(
        page=None, language=language_of(request), actor=None, csrf="", then=then, wrong=wrong
    )
    return answer_of(html, status)


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "/") -> Response:
    """The form; who is signed in goes on."""
    session = session_of(request)
    if session is not None:
        return RedirectResponse(local_path(next), status_code=303)
    return _form(request, local_path(next), wrong=False)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Start a session. The same answer for an unknown account, a wrong password and a disabled account."""
    async with posted(request) as form:
        return await _signed_in(request, form)


async def _signed_in(request: Request, form: FormData) -> Response:
    accounts: Accounts = request.app.state.accounts
    system: System = request.app.state.system
    then = local_path(str(form.get("next", "/")))
    origin = request.headers.get("origin")
    if origin not in (None, "null") and host_in(str(origin)) != request.url.netloc:
        raise Forbidden("sign_in", "the form came from another site")
    username, password = str(form.get("username", "")), str(form.get("password", ""))
    token, session = await accounts.hashing.run(lambda: _tried(request, username, password))
    if session is None:
        return _form(request, then, wrong=True, status=401)
    then = "/me" if session.must_change else then
    response = RedirectResponse(then, status_code=303)
    response.set_cookie(
        cookie_name(system),
        token,
        httponly=True,
        samesite="strict",
        secure=system.settings.secure_cookies,
        max_age=int(SESSION.total_seconds()),
    )
    return response


def _tried(request: Request, username: str, password: str) -> tuple[str, Session | None]:
    """The token and the session, empty and ``None`` where nobody is let in; either is noted."""
    accounts: Accounts = request.app.state.accounts
    accesses: Accesses = request.app.state.system.accesses
    address = address_of(request)
    attempt = accounts.sign_in(username, password, address)
    session = accounts.session(attempt.token) if attempt.token else None
    if session is not None:
        accesses.note(session.actor, "sign_in", [network(address)], "/sign-in")
        return attempt.token, session
    accesses.note_refusal(network(address), accounts.known(username))
    if attempt.wait:
        raise TooOften(attempt.wait)
    if attempt.no_role:
        raise NoRole
    return "", None


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session."""
    session = await run_in_threadpool(session_of, request)
    async with posted(request) as form:
        if session is not None and form.get("csrf") != session.csrf:
            raise Forbidden("sign_out", "the form's token is not the session's")
    if session is not None:
        accounts: Accounts = request.app.state.accounts
        await run_in_threadpool(accounts.end_session, session.holder.username, session.id)
    system: System = request.app.state.system
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(cookie_name(system), secure=system.settings.secure_cookies)
    response.delete_cookie(ACTS_FOR, secure=system.settings.secure_cookies)
    return response


@router.get("/language")
def language(request: Request, to: str, next: str = "/") -> Response:
    """Remember the language and go back."""
    response = RedirectResponse(local_path(next), status_code=303)
    if to in LANGUAGES:
        secure = request.app.state.system.settings.secure_cookies
        response.set_cookie(LANGUAGE, to, samesite="lax", secure=secure, max_age=365 * 24 * 3600)
    return response
