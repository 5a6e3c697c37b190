"""A request of the API: who bears which token, what was sent, and a seat to work on it. No cookies, no sessions."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from application.stores.accounts.accounts import Accounts
from application.stores.accounts.tokens import Bearer
from application.system import System
from domain.account.role import Role
from domain.kernel.errors import Forbidden
from domain.kernel.recorded import By, Source
from interface.api import problems
from interface.http.desk import Desk
from interface.words.problems import Problem, not_of_the_token

LARGEST = 4_200_000
"""Bytes of a body at most: a scheme is the longest thing that is sent."""
T = TypeVar("T")


class Refused(Exception):
    """The request is refused before anything is asked or done."""

    def __init__(self, problem: Problem, headers: dict[str, str] | None = None) -> None:
        super().__init__(problem.detail.en)
        self.problem = problem
        self.headers = headers or {}


def by_of(request: Request, bearer: Bearer) -> By:
    """Who does what is asked for."""
    return By(
        actor=bearer.actor.username,
        office=bearer.actor.office,
        source=Source(kind="api", name=request.url.path),
        correlation=request.state.request_id,
    )


class Shares:
    """No token has more than ``most`` requests worked on or waiting at once: the rest is for everybody else."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._now: Counter[str] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def one_of(self, token_id: str) -> Iterator[None]:
        """While a request of the token is worked on. Raises ``Refused``."""
        with self._lock:
            if self._now[token_id] >= self._most:
                raise Refused(problems.TOO_MANY, {"Retry-After": "1"})
            self._now[token_id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._now[token_id] -= 1
                if not self._now[token_id]:
                    del self._now[token_id]


@dataclass(frozen=True)
class Hall:
    """What all requests of the API share."""

    system: System
    accounts: Accounts
    desk: Desk
    shares: Shares

    @asynccontextmanager
    async def admitted(
        self, request: Request, name: str, roles: frozenset[Role] | set[Role]
    ) -> AsyncIterator[Bearer]:
        """Whoever bears a token that is good for ``name`` in one of ``roles``. Raises ``Refused`` or ``Forbidden``."""
        bearer = await self.bearer(request)
        if bearer.actor.role not in roles:
            raise Forbidden(name, bearer.actor.role.value)
        if not bearer.is_for(name):
            raise Refused(not_of_the_token(name))
        with self.shares.one_of(bearer.id):
            yield bearer

    async def bearer(self, request: Request) -> Bearer:
        """Who acts. Raises ``Refused`` where nobody bears a good token."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        found = None
        if scheme.lower() == "bearer" and token.strip():
            found = await run_in_threadpool(self.accounts.tokens.bearer, token.strip())
        if found is None:
            raise Refused(problems.UNAUTHORIZED, {"WWW-Authenticate": 'Bearer realm="lianjian"'})
        return found

    async def seated(self, work: Callable[[], T]) -> T:
        """Do the work in a thread, with a seat at the desk. Raises ``Busy``."""
        await self.desk.take()
        try:
            return await run_in_threadpool(work)
        finally:
            self.desk.give_back()

    async def sent(self, request: Request) -> dict[str, Any]:
        """The JSON object that was sent; an empty body is one without members. Raises ``Refused``, or as the gate does."""
        request.state.largest = LARGEST
        with self.desk.reading():
            body = await request.body()
        if not body:
            return {}
        media, options = parse_options_header(request.headers.get("content-type"))
        if media != b"application/json" or options.get(b"charset", b"utf-8").lower() not in (
            b"utf-8",
            b"utf8",
        ):
            raise Refused(problems.MEDIA_TYPE, {"Accept-Post": "application/json"})
        try:
            return msgspec.json.decode(body, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Refused(problems.UNREADABLE) from None
