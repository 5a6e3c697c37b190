"""The application: routes, errors, headers. A route that no verb guards is refused at start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.routing import BaseRoute

from application.stores.accounts.accounts import Accounts
from application.stores.accounts.keeping import end_sessions_of_changed
from application.stores.attaching import begin_looking
from application.system import System
from interface.http.desk import Desk
from interface.http.gate import guard
from interface.http.routes import by_first_word
from interface.ledgers.uploads import Apart, Uploads
from interface.web import health
from interface.web.accounts import accesses, deputies, opening, own_account, saved_views, session
from interface.web.accounts import accounts as accounts_page
from interface.web.appeals import appeals
from interface.web.burden import burden
from interface.web.complaints import complaints
from interface.web.data import data, exports
from interface.web.documents import documents, issued, score_notices
from interface.web.drafts import drafts
from interface.web.errors.errors import add_errors, failed
from interface.web.evidence import attachments, evidence, evidence_queue, ledgers
from interface.web.findings import findings
from interface.web.help import help as help_pages
from interface.web.moments import moments
from interface.web.notice import notice
from interface.web.overview import home, overview
from interface.web.pairings import (
    agreements,
    nominations,
    pairing_lists,
    pairings,
    plans,
    proposals,
    statements,
    works,
)
from interface.web.persons import persons
from interface.web.policies import policies
from interface.web.registry import coverage, registry
from interface.web.results import reports, result_documents, result_uses, results
from interface.web.runs import grades, run_compare, runs, simulation
from interface.web.schemes import schemes
from interface.web.scores import facts, matrix, ranking, scores
from interface.web.search import search
from interface.web.style import style
from interface.web.trail import compare, trail
from interface.web.year_work import assessment, late, year_work

ROOMS = (
    attachments,
    accesses,
    compare,
    opening,
    accounts_page,
    own_account,
    deputies,
    drafts,
    saved_views,
    session,
    moments,
    style,
    help_pages,
    home,
    overview,
    search,
    facts,
    pairings,
    nominations,
    plans,
    works,
    proposals,
    pairing_lists,
    agreements,
    persons,
    policies,
    statements,
    coverage,
    registry,
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
    complaints,
    burden,
    documents,
    issued,
    score_notices,
    evidence,
    assessment,
    year_work,
    evidence_queue,
    late,
    ledgers,
    data,
    exports,
)
STATIC = Path(__file__).parent / "static"
PUBLIC = {"/sign-in", "/sign-out", "/language", "/health", "/ready"}
"""Paths that need nobody signed in."""


def create_app(
    system: System, accounts: Accounts, desk: Desk | None = None, apart: Apart | None = None
) -> FastAPI:
    """The pages over ``system``, for those in ``accounts``, at a ``desk`` that may not be theirs alone; ledgers
    are imported in this process or ``apart``."""

    @asynccontextmanager
    async def served(_: FastAPI) -> AsyncIterator[None]:
        uploads.go_on()
        looking = begin_looking(system)
        yield
        system.pictures.stop()
        looking.join()
        uploads.close()
        system.days.close()

    app = FastAPI(title="lianjian", docs_url=None, redoc_url=None, openapi_url=None, lifespan=served)
    app.state.system = system
    app.state.accounts = accounts
    app.state.uploads = uploads = Uploads(system, apart)
    end_sessions_of_changed(system, accounts)
    app.state.desk = desk or Desk(system.settings.at_once, system.settings.waiting)
    pages = [route for module in ROOMS for route in module.router.routes]
    refuse_unguarded(pages)
    # Not included but taken: inclusion makes every route anew for each application (0.4 s), for prefixes we have not got.
    app.router.routes.extend(by_first_word(pages))
    app.router.routes.extend(health.router.routes)
    app.state.doors = [
        (getattr(route, "path_regex"), verbs_of(route))  # noqa: B009
        for route in pages
        if "GET" in (getattr(route, "methods", None) or ())
    ]
    app.mount("/static/help", StaticFiles(directory=help_pages.SHOWN), name="pictures")
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    add_errors(app)
    guard(app, system.settings, failed)
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
    """Raise ``RuntimeError`` for a route that is not public and that no verb guards before anything else is done."""
    for route in routes:
        path = getattr(route, "path", "")
        if path in PUBLIC:
            continue
        if not verbs_of(route):
            raise RuntimeError(f"{path} is guarded by no verb")
        dependant: Any = route.dependant  # type: ignore[attr-defined]
        if not hasattr(dependant.dependencies[0].call, "verb"):
            raise RuntimeError(f"{path} reads a form before it asks who sends it")
