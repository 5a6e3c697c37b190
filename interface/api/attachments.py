"""A file by POST: attached to a thing as on its page, under the name that the address states."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from tempfile import TemporaryFile
from typing import BinaryIO

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from application.acting import Deed, attached
from application.input.reading import MISSING, Fault, Malformed, no_field
from application.stores.accounts.tokens import Bearer
from application.verbs.attachments import add_attachment
from domain.attachment.attachments import LARGEST
from interface.api.requests import Hall, by_of
from interface.http.gate import SLOW_LINE

PATH = "/attachments/{kind}/{key}"


def endpoint(hall: Hall) -> Callable[[Request], Awaitable[Response]]:
    """What answers ``PATH``."""

    async def post(request: Request) -> Response:
        async with hall.admitted(request, add_attachment.name, add_attachment.roles) as bearer:
            name = _name(request)
            request.state.largest, request.state.within = LARGEST, SLOW_LINE
            with TemporaryFile() as file:
                with hall.desk.reading():
                    async for part in request.stream():
                        file.write(part)
                file.seek(0)
                done = await hall.seated(lambda: _attached(hall, request, bearer, file, name))
        return Response(msgspec.json.encode(done), 201, media_type="application/json")

    return post


def _name(request: Request) -> str:
    """Raises ``Malformed``."""
    query = dict(request.query_params)
    name = query.pop("name", "")
    faults: dict[str, Fault] = dict.fromkeys(query, no_field(["name"]))
    if not name:
        faults["name"] = MISSING
    if faults:
        raise Malformed(faults)
    return name


def _attached(hall: Hall, request: Request, bearer: Bearer, file: BinaryIO, name: str) -> Deed:
    of = request.path_params
    return attached(hall.system, bearer.actor, of["kind"], of["key"], file, name, by_of(request, bearer))
