"""Routes by their first word answer as in one long list."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Match, Route
from starlette.testclient import TestClient
from starlette.types import Scope

from interface.http.routes import by_first_word


async def told(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{request.scope['endpoint'].__name__} {dict(request.path_params)}")


PATHS = [
    ("/api", "GET"),
    ("/api/needs", "GET"),
    ("/api/needs/{key}", "GET"),
    ("/api/needs/{key}", "POST"),
    ("/api/needs/new", "GET"),
    ("/api/needs-met", "GET"),
    ("/api/units/{key}/{verb}", "POST"),
]
ROUTES = [Route(path, told, methods=[method]) for path, method in PATHS]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/api",
        "/api/",
        "/api/needs",
        "/api/needs/",
        "/api/needs/n1",
        "/api/needs/new",
        "/api/needs-met",
        "/api/needs-met/n1",
        "/api/needsmet",
        "/api/units",
        "/api/units/u1/close",
        "/needs",
        "/api/others",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "DELETE"])
def test_each_is_answered_as_by_the_list(path: str, method: str) -> None:
    answers = []
    for routes in (ROUTES, by_first_word(ROUTES, "/api")):
        http = TestClient(Starlette(routes=routes), follow_redirects=False)
        answer = http.request(method, path)
        answers.append(
            (answer.status_code, answer.text, answer.headers.get("location"), answer.headers.get("allow"))
        )
    assert answers[0] == answers[1]


def test_routes_of_other_words_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    matches = Route.matches

    def noted(self: Route, scope: Scope) -> tuple[Match, Scope]:
        looked_at.append(self.path)
        return matches(self, scope)

    monkeypatch.setattr(Route, "matches", noted)
    TestClient(Starlette(routes=by_first_word(ROUTES, "/api"))).get("/api/units/u1/close")
    assert set(looked_at) == {"/api", "/api/units/{key}/{verb}"}
