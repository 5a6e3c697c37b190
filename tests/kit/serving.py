"""The pages over a system, in this process (for HTTP tests) or on a free port (for a browser)."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

import httpx2 as httpx
import uvicorn
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from interface.accounts.accounts import Accounts
from interface.accounts.demo import DEMO_ACTORS, PASSWORD
from interface.composition import System, build
from interface.databases import open_engine
from interface.importing import import_folder
from interface.settings import Settings
from interface.web.app import create_app

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def demo_app(folder: Path, database_url: str | None = None) -> tuple[System, FastAPI]:
    """The demo county with its accounts."""
    system = build(Settings(folder=folder, database_url=database_url))
    with as_file(files("interface.demo").joinpath("ledgers")) as ledgers:
        import_folder(system, ledgers, actor="demo")
    return system, app_of(system)


def app_of(system: System) -> FastAPI:
    """The pages over a system, with the demo accounts."""
    accounts = Accounts(open_engine(system.settings, "accounts"), system.clock, QUICK)
    accounts.create_tables()
    for actor in DEMO_ACTORS:
        accounts.put(actor, PASSWORD)
    return create_app(system, accounts)


class Visitor:
    """Somebody signed in, following links and sending forms as a browser would."""

    def __init__(self, app: FastAPI, username: str | None) -> None:
        self.http = TestClient(app, base_url="http://127.0.0.1", follow_redirects=True)
        if username is not None:
            answer = self.post_raw("/sign-in", username=username, password=PASSWORD, next="/")
            assert answer.status_code == 200, answer.text

    def get(self, path: str) -> httpx.Response:
        return self.http.get(path)

    def post_raw(self, path: str, **values: str) -> httpx.Response:
        return self.http.post(path, data=values)

    def post(self, path: str, **values: str) -> httpx.Response:
        """Send a form with the session's token, read from a page."""
        token = re.search(r'name="csrf" value="([^"]+)"', self.get("/sign-in").text)
        assert token is not None
        return self.post_raw(path, csrf=token[1], **values)


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
