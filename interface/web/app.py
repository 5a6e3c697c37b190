"""The application: routes, errors, headers. A route that no verb guards is refused at start."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.routing import BaseRoute

from domain.kernel.errors import Conflict, Forbidden, Rejected, Unknown
from interface.accounts.accounts import Accounts
from interface.composition import System
from interface.web import (
    accesses,
    appeals,
    assessment,
    attachments,
    compare,
    documents,
    evidence,
    evidence_queue,
    facts,
    findings,
    grades,
    late,
    matrix,
    notice,
    overview,
    pairings,
    ranking,
    reports,
    result_documents,
    result_uses,
    results,
    run_compare,
    runs,
    schemes,
    scores,
    session,
    simulation,
    trail,
    year_work,
)
from interface.web import (
    accounts as accounts_page,
)
from interface.web.context import Malformed, SignInFirst
from interface.web.refusal import entries
from interface.web.rendering import error_page

ROOMS = (
    attachments,
    accesses,
    compare,
    accounts_page,
    session,
    overview,
    facts,
    pairings,
    findings,
    scores,
    ranking,
    matrix,
    trail,
    run_compare,
    runs,
    schemes,
    grades,
    simulation,
    notice,
    results,
    result_documents,
    reports,
    result_uses,
    appeals,
    documents,
    evidence,
    assessment,
    year_work,
    evidence_queue,
    late,
)
STATIC = Path(__file__).parent / "static"
PUBLIC = {"/sign-in", "/sign-out", "/language", "/health"}
"""Paths that need nobody signed in."""
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def create_app(system: System, accounts: Accounts) -> FastAPI:
    """The pages over ``system``, for those in ``accounts``."""
    app = FastAPI(title="lianjian", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.system = system
    app.state.accounts = accounts
    for module in ROOMS:
        refuse_unguarded(module.router.routes)
        app.include_router(module.router)
    htmx = files("js_lib_htmx").joinpath("static/htmx/htmx.min.js").read_bytes()

    @app.get("/static/htmx.min.js")
    def enhance() -> Response:
        """The one script, for live previews; every page works without it."""
        return Response(htmx, media_type="text/javascript", headers={"Cache-Control": "max-age=86400"})

    app.state.doors = [
        (getattr(route, "path_regex"), verbs_of(route))  # noqa: B009
        for module in ROOMS
        for route in module.router.routes
        if "GET" in (getattr(route, "methods", None) or ())
    ]
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    _add_errors(app)

    @app.middleware("http")
    async def _around(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        request.state.request_id = f"request-{secrets.token_hex(8)}"
        response = await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.url.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return app


def verbs_of(route: BaseRoute) -> list[str]:
    """The verbs that guard a route."""
    dependant: Any = getattr(route, "dependant", None)
    if dependant is None:
        return []
    return [
        call.call.verb
        for call in dependant.dependencies
        if call.call is not None and hasattr(call.call, "verb")
    ]


def refuse_unguarded(routes: list[BaseRoute]) -> None:
    """Raise ``RuntimeError`` for a route that is not public and that no verb guards."""
    for route in routes:
        path = getattr(route, "path", "")
        if path not in PUBLIC and not verbs_of(route):
            raise RuntimeError(f"{path} is guarded by no verb")


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(SignInFirst)
    def _sign_in(request: Request, error: SignInFirst) -> Response:
        from urllib.parse import quote

        return RedirectResponse(f"/sign-in?next={quote(error.then)}", status_code=303)

    @app.exception_handler(Rejected)
    def _rejected(request: Request, error: Rejected) -> Response:
        return error_page(request, 409, "rejected.html", error=error, entries=entries(request))

    @app.exception_handler(Conflict)
    def _conflict(request: Request, error: Conflict) -> Response:
        return error_page(request, 409, "error.html", title="有人同时在办理", why="请重新载入页面后再办。")

    @app.exception_handler(Unknown)
    def _unknown(request: Request, error: Unknown) -> Response:
        return error_page(request, 404, "unknown.html", title="没有这一项", kind=error.kind, key=error.key)

    @app.exception_handler(Forbidden)
    def _forbidden(request: Request, error: Forbidden) -> Response:
        return error_page(request, 403, "error.html", title="无权办理", why="您的角色不能查看或办理此事项。")

    @app.exception_handler(Malformed)
    def _malformed(request: Request, error: Malformed) -> Response:
        return error_page(
            request, 422, "malformed.html", error=error, entries=entries(request, wrong=error.field)
        )

    @app.exception_handler(404)
    def _nowhere(request: Request, error: Exception) -> Response:
        return error_page(request, 404, "error.html", title="没有这一页", why="请核对地址。")

    @app.get("/health", response_class=PlainTextResponse)
    def health() -> str:
        """For a monitor: the log answers."""
        return f"ok {app.state.system.log.position()}\n"
