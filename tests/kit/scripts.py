"""Scripts at the API of the demo county, each with a token of one of its accounts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2 as httpx
from sqlalchemy import func, select
from starlette.testclient import TestClient

from application.look import Look, look_of
from application.stores.accounts.accounts import Accounts
from application.stores.accounts.keeping import accounts_of
from application.system import System
from application.verb import Thing
from domain.account.role import Role
from domain.kernel.errors import Unknown
from domain.kernel.values import Whole
from interface.demo.accounts import open_demo_accounts
from interface.serving.server import Server, create_server
from projections.boards.trail import trail, trail_things
from tests.kit.prepared import prepared
from tests.kit.serving import QUICK

WHO = {
    Role.ADMIN: "guanli2",
    Role.BRANCH_CLERK: "danwei",
    Role.VILLAGE_CLERK: "cun",
    Role.SUPERVISOR: "ducha",
    Role.ASSESSOR: "kaohe",
    Role.REVIEWER: "fuhe",
    Role.AUDITOR: "shenji",
    Role.APPROVER: "lianban",
    Role.TOWNSHIP_OFFICE: "xiangzhen",
}
"""An account of the demo county for every role."""


@dataclass(frozen=True)
class Api:
    """The demo county behind its server."""

    system: System
    accounts: Accounts
    server: Server
    found: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    """A kind of thing and a position to ``keys_of`` them."""

    def script(self, username: str, only: Collection[str] | None = None) -> Script:
        """A script with a new token of an account."""
        token, _ = self.accounts.tokens.issue(username, purpose="test", only=only)
        return Script(self.server, token)

    @property
    def look(self) -> Look:
        """What verbs see of the system."""
        return look_of(self.system)

    def keys(self, thing: Thing[Any]) -> list[str]:
        """``keys_of`` the system, looked for once as long as nothing is recorded."""
        at = (thing.kind, self.system.log.position())
        if at not in self.found:
            self.found[at] = keys_of(self.system, thing)
        return self.found[at]

    def close(self) -> None:
        self.accounts.close()
        self.system.close()


class Script:
    """Sends requests with a token, and nothing that a browser would."""

    def __init__(self, server: Server, token: str | None) -> None:
        self.http = TestClient(server, base_url="http://127.0.0.1")
        self.token = token or ""
        self.headers = {} if token is None else {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.http.get(f"/api/v1{path}", params=query, headers=self.headers)

    def post(self, path: str, written: dict[str, Any], **headers: str) -> httpx.Response:
        """``headers`` with ``_`` for ``-``."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.post(f"/api/v1{path}", json=written, headers={**self.headers, **more})


def api_of(folder: Path, database_url: str | None = None) -> Api:
    """The demo county, its accounts, and the server over them."""
    return api_over(prepared(folder, database_url))


def api_over(system: System) -> Api:
    """The server over a county with the demo's accounts."""
    accounts = accounts_of(system, QUICK)
    open_demo_accounts(system, accounts)
    return Api(system, accounts, create_server(system, accounts))


def keys_of(system: System, thing: Thing[Any]) -> list[str]:
    """The keys of things of this kind that there are, what something was done with last first; years where it has one
    of each."""
    look = look_of(system)
    if thing.kind in ("account", "deputy"):
        return sorted(thing.state(look, "").accounts)
    if thing.kind == "person":
        return sorted(system.vault.commitments())
    named = trail_things.c
    by_field = select(named.thing).where(named.kind == _FIELDS.get(thing.kind, f"{thing.kind}_id"))
    by_field = by_field.group_by(named.thing).order_by(func.max(named.position).desc())
    newest = select(trail.c.stream).group_by(trail.c.stream).order_by(func.max(trail.c.position).desc())
    with system.reading() as connection:
        found = list(connection.scalars(by_field))
        # Where a thing's stream is looked up by its key, a key that is not there has none: it would be found by field.
        named_by_key = not found and _stream(thing, look, "key") != ""
        streams = dict.fromkeys(connection.scalars(newest)) if named_by_key else {}
    known = dict.fromkeys(stream.partition("-")[2] for stream in streams)
    found += [key for key in known if _stream(thing, look, key) in streams]
    if isinstance(thing.key, Whole):
        found = list(dict.fromkeys([*found, "2025", str(look.today().year)]))
    return found


_FIELDS = {"result_use": "use_id"}
"""A kind of thing to the field of events that names it, where that is not called after it."""


def _stream(thing: Thing[Any], look: Look, key: str) -> str:
    try:
        return thing.stream(look, key)
    except (ValueError, Unknown):
        return ""
