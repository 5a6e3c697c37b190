"""First and last at every request: addresses that are none are refused, bodies are bounded, answers get their headers."""

from __future__ import annotations

import asyncio
import enum
import logging
import secrets
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from application.input.reading import is_sound
from application.settings import Settings

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000"}
"""Where the pages are reached over HTTPS only, browsers remember that for a year."""
OF_A_STRANGER = 64 * 1024
"""Bytes of a body at most, until a route has let somebody in who may send more."""
COMES_WITHIN = 60.0
SLOW_LINE = 600.0
"""Seconds in which files must have come: 20 MB at 35 KB a second."""
"""Seconds in which a body must have come; an attachment over a slow line gets longer."""
LONGEST_ADDRESS = 16_384
"""Bytes of path and query at most."""

ErrorPage = Callable[[Request, Exception], Response]
"""Makes the page that says what was wrong."""


class TooLarge(Exception):
    """A body is longer than ``most`` bytes."""

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most} bytes")
        self.most = most


class TooSlow(Exception):
    """A body did not come in time."""


class Why(enum.Enum):
    """What is wrong with an address."""

    TOO_LONG = "too_long"
    UNSOUND = "unsound"
    NO_HOST = "no_host"


class BadAddress(Exception):
    """An address that nothing can have. ``field``: the part of it that is wrong."""

    def __init__(self, field: str, why: Why) -> None:
        super().__init__(f"{field}: {why.value}")
        self.field = field
        self.why = why


def guard(app: Starlette, settings: Settings, say: ErrorPage) -> None:
    """Which hosts are answered, HTTPS for good, and whose word is taken for where somebody comes from."""
    if settings.hosts:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(settings.hosts), www_redirect=False)
    app.add_middleware(Gate, say=say, more=HSTS if settings.secure_cookies else {})
    if settings.proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.proxies))


class Gate:
    """``say`` makes pages of what is refused before a route was found, and of what went wrong in one; ``more`` are headers
    of every answer beside the usual ones."""

    def __init__(self, app: ASGIApp, say: ErrorPage, more: Mapping[str, str]) -> None:
        self._app = app
        self._say = say
        self._headers = {**HEADERS, **more}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"] = f"request-{secrets.token_hex(8)}"
        # What one may get, one may ask about; the server leaves the body of the answer out.
        head = scope["method"] == "HEAD"
        inside = {**scope, "method": "GET"} if head else scope
        cached = scope["path"].startswith("/static/")
        answer = _Answer(send, state, self._headers, without_body=head, cached=cached)
        try:
            refuse_address(inside)
            await self._app(inside, _bounded(inside, receive), answer)
        except BadAddress as error:
            # Nothing can even be asked about such an address; the rest has its handlers.
            page = await run_in_threadpool(self._say, Request(_readable(inside)), error)
            await page(inside, receive, answer)
        except Exception as error:
            if not answer.begun:
                logging.getLogger("lianjian").error("%s", state["request_id"], exc_info=error)
                page = await run_in_threadpool(self._say, Request(_readable(inside)), error)
                await page(inside, receive, answer)
            raise
        finally:
            await let_go(state)


async def let_go(state: dict[str, Any]) -> None:
    """Give back what the request holds: its connection and its seat. Once is enough."""
    release = state.pop("release", None)
    if release is not None:
        await release()


def refuse_address(scope: Scope) -> None:
    """Raise ``BadAddress`` for an address or a host that nothing can have."""
    if len(scope["path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
        raise BadAddress("address", Why.TOO_LONG)
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    names = [("address", scope["path"]), *(("address", name) for name, _ in query)]
    for name, value in (*names, *query):
        if not is_sound(value):
            raise BadAddress(name, Why.UNSOUND)
    for name, value in scope["headers"]:
        if name == b"host" and not _is_host(value.decode("latin-1")):
            raise BadAddress("address", Why.NO_HOST)


def _is_host(written: str) -> bool:
    try:
        parts = urlsplit(f"//{written}")
        return parts.netloc == written and parts.hostname is not None and (parts.port or 1) > 0
    except ValueError:
        return False


def _readable(scope: Scope) -> Scope:
    """The scope with an address that can be read, for the page that says that the real one cannot."""
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "path": "/", "raw_path": b"/", "query_string": b"", "headers": headers}


def _bounded(scope: Scope, receive: Receive) -> Receive:
    """``receive`` up to ``state["largest"]`` bytes (a stranger's 64 KB where nothing is set) and for a time."""
    read = 0
    until: float | None = None
    whole = False
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    told = int(lengths[0][:DIGITS]) if lengths and lengths[0].isdigit() else 0

    async def next_message() -> Message:
        nonlocal read, until, whole
        if whole:
            # What comes then is that somebody has gone, for which a long answer waits as long as it takes.
            return await receive()
        state = scope["state"]
        most = state.get("largest", OF_A_STRANGER)
        if told > most:
            raise TooLarge(most)
        now = asyncio.get_running_loop().time()
        until = until or now + state.get("within", COMES_WITHIN)
        try:
            message = await asyncio.wait_for(receive(), max(until - now, 0.001))
        except TimeoutError:
            raise TooSlow from None
        read += len(message.get("body", b""))
        if read > most:
            raise TooLarge(most)
        whole = not message.get("more_body", False)
        return message

    return next_message


DIGITS = 18
"""Digits of a length that are looked at."""


class _Answer:
    """Sends the answer with the headers of all; when it begins, the work is over and what it held is let go."""

    def __init__(
        self,
        send: Send,
        state: dict[str, Any],
        headers: Mapping[str, str],
        *,
        without_body: bool,
        cached: bool,
    ) -> None:
        self._send = send
        self._state = state
        self._headers = headers if cached else {**headers, "Cache-Control": "no-store"}
        self._without_body = without_body
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            await let_go(self._state)
            there = {name.lower() for name, _ in message["headers"]}
            added = [(name.lower().encode(), value.encode()) for name, value in self._headers.items()]
            message = {
                **message,
                "headers": [*message["headers"], *(each for each in added if each[0] not in there)],
            }
        elif self._without_body:
            message = {**message, "body": b""}
        await self._send(message)
