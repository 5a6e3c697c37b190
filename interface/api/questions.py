"""A question by GET: the address is read, the answer goes out as JSON, page by page where it is a list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from application.acting import version_of
from application.look import look_of
from application.question import Question, ask, typed
from interface.api.requests import Hall


def endpoint(hall: Hall, question: Question[..., Any]) -> Callable[[Request], Awaitable[Response]]:
    """What answers the question's path."""

    async def get(request: Request) -> Response:
        async with hall.admitted(request, question.name, question.roles) as bearer:

            def answered() -> tuple[Any, dict[str, str]]:
                key = request.path_params.get("key", "")
                written = {name: request.query_params.getlist(name) for name in request.query_params}
                stated = typed(question, written, hall.system.today(), strict=True)
                found = ask(hall.system, question, bearer.actor, key, stated)
                return found, {**_version(hall, question, key), **_next(request, found)}

            answer, headers = await hall.seated(answered)
        return Response(msgspec.json.encode(answer), headers=headers, media_type="application/json")

    return get


def _version(hall: Hall, question: Question[..., Any], key: str) -> dict[str, str]:
    """The version of the thing, for If-Match, where the question shows the thing itself."""
    if question.on is None or question.path != f"{question.on.path}/{{key}}":
        return {}
    version = version_of(hall.system, question.on.stream(look_of(hall.system), key))
    return {"ETag": f'"{version}"'}


def _next(request: Request, answer: Any) -> dict[str, str]:
    """The address of the next page, where there is one."""
    further = getattr(answer, "next", None)
    if further is None:
        return {}
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    address = f"{quote(request.url.path)}?{urlencode([*query, ('after', further)])}"
    return {"Link": f'<{address}>; rel="next"'}
