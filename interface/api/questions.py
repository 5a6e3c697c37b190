"""A question by GET: the address is read, the answer goes out as JSON, page by page where it is a list."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from application.acting import version_of
from application.input.reading import Fault, FaultCode, Malformed, sounding
from application.look import look_of
from application.question import Question, ask, typed
from interface.api.requests import Hall

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def endpoint(hall: Hall, question: Question[..., Any]) -> Callable[[Request], Awaitable[Response]]:
    """What answers the question's path."""

    async def get(request: Request) -> Response:
        async with hall.admitted(request, question.name, question.roles) as bearer:

            def answered() -> tuple[Any, dict[str, str]]:
                key = request.path_params.get("key", "")
                written = {name: request.query_params.getlist(name) for name in request.query_params}
                if written.get("known_at"):
                    written["known_at"] = [_position(hall, text) for text in written["known_at"]]
                stated = typed(question, written, hall.system.today(), strict=True)
                # Before the answer: what is recorded between the two makes the version too old, never too new.
                version = {} if stated["known_at"] else _version(hall, question, key)
                found = ask(hall.system, question, bearer.actor, key, stated)
                return found, {**version, **_next(request, found, written)}

            answer, headers = await hall.seated(answered)
        return Response(msgspec.json.encode(answer), headers=headers, media_type="application/json")

    return get


def _position(hall: Hall, text: str) -> str:
    """The number of the last record of a day, where a day is stated. Raises ``Malformed``."""
    if text.isascii() and text.isdecimal():
        return text
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        position = hall.system.position_at_end_of(date.fromisoformat(text))
    except (ValueError, OverflowError):
        said = (
            f"“{sounding(text)[:80]}”既不是记录号（数字）也不是日期（如 2026-01-31）",
            f"“{sounding(text)[:80]}” is neither the number of a record nor a day such as 2026-01-31",
        )
        raise Malformed({"known_at": Fault(FaultCode.NOT_AS_WRITTEN, *said)}) from None
    if not position:
        said = (f"到 {text} 还没有任何记录", f"nothing was recorded by {text}")
        raise Malformed({"known_at": Fault(FaultCode.NOT_THERE, *said)})
    return str(position)


def _version(hall: Hall, question: Question[..., Any], key: str) -> dict[str, str]:
    """The version of the thing, for If-Match, where the question shows the thing itself."""
    if question.on is None or question.path != f"{question.on.path}/{{key}}":
        return {}
    version = version_of(hall.system, question.on.stream(look_of(hall.system), key))
    return {"ETag": f'"{version}"'}


def _next(request: Request, answer: Any, written: Mapping[str, list[str]]) -> dict[str, str]:
    """The address of the next page, where there is one: as known at the same record, also where that was a day's last."""
    further = getattr(answer, "next", None)
    if further is None:
        return {}
    query = [(name, value) for name, values in written.items() if name != "after" for value in values]
    address = f"{quote(request.url.path)}?{urlencode([*query, ('after', further)])}"
    return {"Link": f'<{address}>; rel="next"'}
