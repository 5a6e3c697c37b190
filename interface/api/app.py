"""The API's routes, all from verbs and questions, and what its errors look like."""

from __future__ import annotations

import logging
from functools import cache

import msgspec
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from application.acting import DOABLE
from application.questions.about import BeingBuilt
from application.questions.answers import QUESTIONS
from application.stores.accounts.accounts import Accounts
from application.stores.bad_days import STORAGE, trouble
from application.system import System
from interface.api import attachments, problems, questions, verbs
from interface.api.openapi import description_of_api
from interface.api.requests import Hall, Refused, Shares
from interface.http.desk import Busy, Desk
from interface.http.gate import TooLarge, TooSlow, guard
from interface.http.routes import by_first_word
from interface.words.problems import INNER, problem_of

PATH = "/api/v1"


def create_api(system: System, accounts: Accounts, desk: Desk) -> Starlette:
    """The API over ``system``, for those who bear a token of ``accounts``."""
    hall = Hall(system, accounts, desk, Shares(system.settings.at_once))
    routes = [
        Route(PATH + each.path, questions.endpoint(hall, each), methods=["GET"])
        for each in QUESTIONS.values()
    ]
    routes += [
        Route(PATH + verbs.path_of(each), verbs.endpoint(hall, each, PATH), methods=["POST"])
        for each in DOABLE.values()
    ]
    routes.append(Route(PATH + attachments.PATH, attachments.endpoint(hall), methods=["POST"]))
    routes.append(Route(f"{PATH}/openapi.json", _openapi, methods=["GET"]))
    api = Starlette(routes=by_first_word(routes, PATH))
    # A path with a slash at its end is none of ours; nothing is redirected.
    api.router.redirect_slashes = False
    _add_errors(api, hall)
    guard(api, system.settings, problems.failed)
    return api


def _openapi(_: Request) -> Response:
    """What there is, for whoever writes a script; it says nothing of the county."""
    return Response(_described(), media_type="application/json")


@cache
def _described() -> bytes:
    """Made once, and when somebody asks: it takes as long as all the rest of a start."""
    return msgspec.json.encode(description_of_api(PATH))


def _add_errors(api: Starlette, hall: Hall) -> None:
    async def inner(request: Request, error: Exception) -> Response:
        told = await run_in_threadpool(problem_of, hall.system, error)
        return problems.answer(request, told)

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        return problems.answer(request, error.problem, error.headers)

    async def busy(request: Request, error: Exception) -> Response:
        again_in = error.again_in if isinstance(error, Busy) else 5
        return problems.answer(request, problems.UNAVAILABLE, {"Retry-After": str(again_in)})

    async def bad_day(request: Request, error: Exception) -> Response:
        found = trouble(error)
        if found is None:
            raise error
        logging.getLogger("lianjian").error("%s %s: %s", request.method, request.url.path, found.sentence)
        return problems.answer(request, problems.UNAVAILABLE, {"Retry-After": "60"})

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 405:
            return problems.answer(request, problems.METHOD, error.headers)
        if error.status_code == 404:
            return problems.answer(request, problems.NO_SUCH_PATH)
        return problems.answer(request, problems.UNREADABLE)

    async def too_large(request: Request, error: Exception) -> Response:
        return problems.answer(request, problems.TOO_LARGE)

    async def too_slow(request: Request, error: Exception) -> Response:
        return problems.answer(request, problems.TOO_SLOW)

    async def gone(request: Request, error: Exception) -> Response:
        # Nobody is there to read it.
        return Response(status_code=400)

    for kinds, handler in (
        (STORAGE, bad_day),
        (INNER, inner),
        ((Refused,), refused),
        ((Busy, BeingBuilt, NoConnection), busy),
        ((HTTPException,), http),
        ((TooLarge,), too_large),
        ((TooSlow,), too_slow),
        ((ClientDisconnect,), gone),
    ):
        for kind in kinds:
            api.add_exception_handler(kind, handler)
