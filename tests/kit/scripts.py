"""Scripts at the API of the demo county, each with a token of one of its accounts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2 as httpx
from starlette.testclient import TestClient

from application.stores.accounts.accounts import Accounts
from application.stores.accounts.keeping import accounts_of
from application.system import System
from interface.demo.accounts import open_demo_accounts
from interface.serving.server import Server, create_server
from tests.kit.prepared import prepared
from tests.kit.serving import QUICK


@dataclass(frozen=True)
class Api:
    """The demo county behind its server."""

    system: System
    accounts: Accounts
    server: Server

    def script(self, username: str, only: Collection[str] | None = None) -> Script:
        """A script with a new token of an account."""
        token, _ = self.accounts.tokens.issue(username, purpose="test", only=only)
        return Script(self.server, token)

    def close(self) -> None:
        self.accounts.close()
        self.system.close()


class Script:
    """Sends requests with a token, and nothing that a browser would."""

    def __init__(self, server: Server, token: str | None) -> None:
        self.http = TestClient(server, base_url="http://127.0.0.1")
        self.headers = {} if token is None else {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.http.get(f"/api/v1{path}", params=query, headers=self.headers)

    def post(self, path: str, written: dict[str, Any], **headers: str) -> httpx.Response:
        """``headers`` with ``_`` for ``-``."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.post(f"/api/v1{path}", json=written, headers={**self.headers, **more})


def api_of(folder: Path, database_url: str | None = None) -> Api:
    """The demo county, its accounts, and the server over them."""
    system = prepared(folder, database_url)
    accounts = accounts_of(system, QUICK)
    open_demo_accounts(system, accounts)
    return Api(system, accounts, create_server(system, accounts))
