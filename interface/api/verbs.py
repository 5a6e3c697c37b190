"""A verb by POST: read, judged, recorded; or only judged."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from application.acting import Deed, EventShown, act, done_of, stream_of, version_of
from application.input.reading import Fault, FaultCode, Malformed, no_field
from application.stores.accounts.kept_answers import KeptAnswer, OtherInput
from application.stores.accounts.tokens import Bearer
from application.verb import Verb
from domain.kernel.recorded import By
from interface.api import problems
from interface.api.requests import Hall, Refused, by_of
from projections.boards import trail

ABANDONED = timedelta(minutes=10)
"""A request that recorded nothing for so long was never done."""


@dataclass(frozen=True)
class _Order:
    """What a request asks for."""

    key: str
    written: dict[str, Any]
    dry_run: bool
    seen: int | None
    idempotency_key: str

    def digest(self, verb: Verb[Any, Any]) -> str:
        """The same for the same input."""
        asked = [verb.name, self.key, self.seen, self.written]
        return hashlib.sha256(msgspec.json.encode(asked, order="deterministic")).hexdigest()


def path_of(verb: Verb[Any, Any]) -> str:
    """``/findings/{key}/order-rectification``, or ``/findings/raise-finding`` for what is begun."""
    name = verb.name.replace("_", "-")
    return f"{verb.on.path}/{name}" if verb.begins else f"{verb.on.path}/{{key}}/{name}"


def endpoint(hall: Hall, verb: Verb[Any, Any], at: str) -> Callable[[Request], Awaitable[Response]]:
    """What answers the verb's path. ``at``: where the API begins."""

    async def post(request: Request) -> Response:
        async with hall.admitted(request, verb.name, verb.roles) as bearer:
            order = _order(request, await hall.sent(request), verb.begins)
            by = by_of(request, bearer)
            done = await hall.seated(lambda: _once(hall, verb, order, bearer, by))
        headers = {} if done.version is None else {"ETag": f'"{done.version}"'}
        begun = verb.begins and not done.dry_run
        if begun and done.key is not None:
            headers["Location"] = f"{at}{verb.on.path}/{quote(done.key)}"
        return Response(
            msgspec.json.encode(done), 201 if begun else 200, headers=headers, media_type="application/json"
        )

    return post


def _order(request: Request, written: dict[str, Any], begins: bool) -> _Order:
    """Raises ``Malformed``."""
    faults: dict[str, Fault] = {}
    query = dict(request.query_params)
    dry_run = query.pop("dry_run", "false")
    if dry_run not in ("true", "false"):
        faults["dry_run"] = Fault(FaultCode.NOT_YES_OR_NO, "应为 true 或 false", "it must be true or false")
    faults |= dict.fromkeys(query, no_field(["dry_run"]))
    key = request.headers.get("idempotency-key", "").strip()
    if len(key) > 200:
        faults["Idempotency-Key"] = Fault(FaultCode.TOO_LONG, "最多 200 字", "at most 200 characters")
    match = request.headers.get("if-match", "").strip()
    digits = match[1:-1] if len(match) > 2 and match[0] == match[-1] == '"' else ""
    if match and begins:
        faults["If-Match"] = Fault(
            FaultCode.NO_FIELD,
            "此项办理新登记一个事项，尚无版本可比，请去掉 If-Match",
            "what is begun here has no version yet; leave If-Match out",
        )
    elif match not in ("", "*") and not (digits.isascii() and digits.isdecimal() and len(digits) <= 18):
        faults["If-Match"] = Fault(
            FaultCode.NOT_AS_WRITTEN,
            '应为查看时的 ETag，如 "3"',
            'it must be the ETag that was seen, such as "3"',
        )
    if faults:
        raise Malformed(faults)
    return _Order(
        key=request.path_params.get("key", ""),
        written=written,
        dry_run=dry_run == "true",
        seen=int(digits) if digits else None,
        idempotency_key=key,
    )


def _once(hall: Hall, verb: Verb[Any, Any], order: _Order, bearer: Bearer, by: By) -> Deed:
    """Done now, or what was done when the same was sent before."""
    if not order.idempotency_key or order.dry_run:
        return _done(hall, verb, order, bearer, by)
    answers, mine = hall.accounts.kept_answers, (bearer.id, order.idempotency_key)
    try:
        kept = answers.begin(*mine, order.digest(verb), by.correlation)
    except OtherInput:
        raise Refused(problems.OTHER_INPUT) from None
    if kept is not None:
        earlier = _earlier(hall, verb, order, kept)
        if earlier is not None:
            return earlier
        if hall.system.clock() - kept.begun_at < ABANDONED:
            raise Refused(problems.IN_PROGRESS, {"Retry-After": "5"})
        answers.forget(*mine)
        if answers.begin(*mine, order.digest(verb), by.correlation) is not None:
            raise Refused(problems.IN_PROGRESS, {"Retry-After": "5"})
    try:
        done = _done(hall, verb, order, bearer, by)
    except Exception:
        # Nothing was recorded: the remedy may be carried out, and the same sent again.
        answers.forget(*mine)
        raise
    answers.keep(*mine, msgspec.json.encode(done))
    return done


def _earlier(hall: Hall, verb: Verb[Any, Any], order: _Order, kept: KeptAnswer) -> Deed | None:
    """What the first request with the key was answered, or recorded without being answered; ``None`` where neither."""
    if kept.answer:
        return msgspec.json.decode(kept.answer, type=Deed)
    with hall.system.reading() as connection:
        rows = trail.page(connection, trail.TrailFilter(correlation=kept.request), limit=1000)[::-1]
    if not rows:
        return None
    stream = rows[0].stream if verb.begins else stream_of(hall.system, verb, order.key)
    events = tuple(EventShown(row.name, row.data) for row in rows if row.stream == stream)
    key = stream.partition("-")[2] if verb.begins else order.key
    return Deed(key, version_of(hall.system, stream), events, dry_run=False)


def _done(hall: Hall, verb: Verb[Any, Any], order: _Order, bearer: Bearer, by: By) -> Deed:
    system = hall.system
    outcome = act(
        system,
        verb,
        order.key,
        order.written,
        bearer.actor,
        by,
        dry_run=order.dry_run,
        seen=order.seen,
    )
    return done_of(system, verb, outcome, order.dry_run)
