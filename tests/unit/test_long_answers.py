"""How long the gate waits: for a body only so long, for the end of a long answer as long as it takes."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from interface.http.gate import Gate, TooSlow

WITHIN = 0.01
"""Seconds in which a body must come."""
SCOPE: Scope = {
    "type": "http",
    "method": "GET",
    "path": "/long",
    "query_string": b"",
    "headers": [(b"host", b"a")],
}


def heard(*messages: Message) -> list[str]:
    """The kinds of messages that an app behind the gate hears; the last of them comes long after the time of a body."""
    told: list[str] = []
    left = list(messages)

    async def receive() -> Message:
        if len(left) == 1:
            come = asyncio.Event()
            asyncio.get_running_loop().call_later(20 * WITHIN, come.set)
            await come.wait()
        return left.pop(0)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"]["within"] = WITHIN
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in messages:
            told.append((await receive())["type"])

    async def send(message: Message) -> None:
        assert message["type"] == "http.response.start"

    async def say(*_: object) -> None:
        raise AssertionError("the answer has begun")

    asyncio.run(Gate(app, say, {})({**SCOPE}, receive, send))  # type: ignore[arg-type]
    return told


def test_a_long_answer_is_not_cut_while_its_reader_is_there() -> None:
    whole: Message = {"type": "http.request", "body": b"", "more_body": False}
    assert heard(whole, {"type": "http.disconnect"}) == ["http.request", "http.disconnect"]


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    begun: Message = {"type": "http.request", "body": b"a", "more_body": True}
    with pytest.raises(TooSlow):
        heard(begun, {"type": "http.request", "body": b"b", "more_body": False})
