"""What a monitor asks, and the one script: neither needs somebody signed in."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse

from application.questions.readiness import wanting
from interface.http.desk import Desk

# Of the module, not of an application: FastAPI remembers each handler it is given, and with it all that it closes over.
router = APIRouter()


@router.get("/health", response_class=PlainTextResponse)
async def health() -> str:
    """For a monitor: the process lives. It needs no thread, no connection and no seat."""
    return "ok\n"


@router.get("/ready", response_class=PlainTextResponse)
async def ready(request: Request) -> Response:
    """For a monitor or a balancer: the log, the read models and the disk are there, and so is a seat."""
    desk: Desk = request.app.state.desk
    await desk.take()
    try:
        missing = await run_in_threadpool(wanting, request.app.state.system)
    finally:
        desk.give_back()
    if missing:
        return PlainTextResponse("\n".join(missing) + "\n", 503, headers={"Retry-After": "10"})
    return PlainTextResponse("ready\n")


@router.get("/static/htmx.min.js")
def enhance() -> Response:
    """The one script, for live previews; every page works without it."""
    return Response(_htmx(), media_type="text/javascript", headers={"Cache-Control": "max-age=86400"})


@cache
def _htmx() -> bytes:
    return files("js_lib_htmx").joinpath("static/htmx/htmx.min.js").read_bytes()
