"""The pages over a system, in this process (for HTTP tests) or on a free port (for a browser)."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2 as httpx
import uvicorn
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from application.stores.accounts.keeping import accounts_of
from application.system import System
from interface.demo.accounts import PASSWORD, open_demo_accounts
from interface.web.app import create_app
from interface.web.kit.rendering import without_elements
from tests.kit.prepared import Step, prepared

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def demo_app(
    folder: Path, database_url: str | None = None, then: Step | None = None
) -> tuple[System, FastAPI]:
    """The demo county with its accounts, after what was ``then`` done in it."""
    system = prepared(folder, database_url, then=then)
    return system, app_of(system)


def app_of(system: System) -> FastAPI:
    """The pages over a system, with the demo accounts."""
    accounts = accounts_of(system, QUICK)
    open_demo_accounts(system, accounts)
    return create_app(system, accounts)


TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


class Visitor:
    """Somebody signed in, following links and sending forms as a browser would."""

    def __init__(self, app: FastAPI, username: str | None) -> None:
        self.http = TestClient(app, base_url="http://127.0.0.1", follow_redirects=True)
        self._token = ""
        if username is not None:
            form = {"username": username, "password": PASSWORD, "next": "/health"}
            answer = self.http.post("/sign-in", data=form, follow_redirects=False)
            assert answer.status_code == 303, answer.text

    def get(self, path: str) -> httpx.Response:
        return self._noted(self.http.get(path))

    def post_raw(self, path: str, **values: str | list[str]) -> httpx.Response:
        return _read(self.http.post(path, data=values))

    def post(self, path: str, **values: str | list[str]) -> httpx.Response:
        """Send a form with the session's token, read once: on the page looked at first, or where no page is, which is quick; what
        cannot be taken back is confirmed."""
        if not self._token:
            self.get("/me/nowhere")
        assert self._token, "no page with a form was seen"
        answer = self.post_raw(path, csrf=self._token, **values)
        if 'name="confirmed" value="no"' in answer.text:
            answer = self.post_raw(path, csrf=self._token, confirmed="yes", **values)
        return self._noted(answer)

    def _noted(self, answer: httpx.Response) -> httpx.Response:
        answer = _read(answer)
        if not self._token and (token := TOKEN.search(answer.text)):
            self._token = token[1]
        return answer


def _read(answer: httpx.Response) -> httpx.Response:
    """A page's days and numbers as people read them, without the element that keeps each on one line."""
    if answer.headers.get("content-type", "").startswith("text/html"):
        answer._content = without_elements(answer.content.decode()).encode()
    return answer


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of the pages on a free port of 127.0.0.1."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
