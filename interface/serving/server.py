"""One server: the API under its path, the pages everywhere else, at one desk."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from application.stores.accounts.accounts import Accounts
from application.system import System
from interface.api.app import PATH, create_api
from interface.http.desk import Desk
from interface.serving.importing import OwnProcess
from interface.web.app import create_app


class Server:
    """Hands each request to its door, and what is no request (the server's start and end) to the pages."""

    def __init__(self, pages: ASGIApp, api: ASGIApp) -> None:
        self._pages = pages
        self._api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        door = self._api if path == PATH or path.startswith(f"{PATH}/") else self._pages
        await door(scope, receive, send)


def create_server(system: System, accounts: Accounts) -> Server:
    """Pages and API over ``system``, for those in ``accounts``."""
    desk = Desk(system.settings.at_once, system.settings.waiting)
    return Server(create_app(system, accounts, desk, OwnProcess()), create_api(system, accounts, desk))
