"""Two moments of one page: what is different on it, line by line, and what was recorded between them."""

from __future__ import annotations

import difflib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Annotated, Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool

from domain.kernel.errors import Forbidden, Unknown
from interface.web.kit.areas import seen
from interface.web.kit.page.compared import is_compared
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page, position_of
from interface.web.kit.rendering import render, without_elements
from interface.web.kit.values import Malformed
from interface.web.kit.values import shown as shown_of
from projections.kit.memory import Reading

router = APIRouter()
USUAL = "/pairings"
"""What is compared where no page was chosen."""
LINES = {"tr", "li", "p", "dt", "dd", "h1", "h2", "h3", "summary", "blockquote", "pre"}
SILENT = {"form", "nav", "script", "style", "svg"}
"""What is no part of the record a page shows: what one may do from it, and how it looks."""


class _Lines(HTMLParser):
    """The lines of a page's main part as a reader sees them: one for each row, entry or paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._words: list[str] = []
        self._main = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "main":
            self._main = 1
        elif tag in SILENT:
            self._silent += 1
        elif tag in LINES:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        if tag in LINES or tag == "main":
            self._end()
        if tag == "main":
            self._main = 0
        elif tag in SILENT:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if self._main and not self._silent and data.strip():
            self._words.append(" ".join(data.split()))

    def _end(self) -> None:
        if self._words:
            self.lines.append(" ".join(self._words))
        self._words = []


def lines_of(html: str) -> list[str]:
    """What a reader sees in the main part of a page, without its forms and ways onward."""
    parser = _Lines()
    parser.feed(without_elements(html))
    return parser.lines


@dataclass(frozen=True)
class Change:
    """Lines that stood there before, and those that stand there after."""

    before: Sequence[str]
    after: Sequence[str]


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """Where two pages differ, in their order."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [
        Change(before[a1:a2], after[b1:b2])
        for kind, a1, a2, b1, b2 in matcher.get_opcodes()
        if kind != "equal"
    ]


async def _shown(
    request: Request, path: str, query: list[tuple[str, str]], at: int, once: dict[Hashable, Any]
) -> list[str]:
    """A page of ours as this reader would get it at a position; what it may not see is refused there. ``once``: what the pages
    of this comparison need not ask again.
    """
    scope = dict(request.scope)
    scope["path"], scope["raw_path"] = path, path.encode()
    scope["query_string"] = urlencode([*query, ("at", str(at))]).encode()
    scope["method"], scope["inside"] = "GET", True
    for name in ("router", "endpoint", "path_params", "state", "route"):
        scope.pop(name, None)
    # Whoever reads, and how far the tables were then, is the same on all that is compared.
    known = {name: request.scope["state"][name] for name in ("session", "stamps")}
    scope["state"] = {**known, "once": once}
    status, kind, parts = 0, b"", []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status, kind
        if message["type"] == "http.response.start":
            status = message["status"]
            kind = dict(message["headers"]).get(b"content-type", b"")
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await request.app(scope, receive, send)
    if status == 403:
        raise Forbidden("compare", path)
    if status == 404:
        # A thing that was not known yet is an empty page, and all of it is new.
        return []
    if status != 200:
        raise Unknown("page", path)
    if not kind.startswith(b"text/html"):
        raise not_comparable(path)
    return lines_of(b"".join(parts).decode())


def not_comparable(written: str) -> Malformed:
    """Why a page cannot be compared."""
    return Malformed("page", "“%(value)s”不是可比较的页面", value=shown_of(written))


def page_in(written: str) -> SplitResult:
    """The path and query of a page of ours that can be compared. Raises ``Malformed``."""
    try:
        wanted = urlsplit(written)
    except ValueError:
        raise not_comparable(written) from None
    if wanted.scheme or wanted.netloc or not wanted.path.startswith("/") or not is_compared(wanted.path):
        raise not_comparable(written)
    return wanted


@router.get("/compare")
async def compare(request: Request, page: Annotated[Page, Depends(allow("compare_moments"))]) -> Response:
    """What changed on a page between two moments, each a position or the end of a day."""
    wanted = page_in(request.query_params.get("page", USUAL))
    newest = page.newest
    first = await run_in_threadpool(
        position_of, page.system, newest, "from", request.query_params.get("from", "")
    )
    second = await run_in_threadpool(
        position_of, page.system, newest, "to", request.query_params.get("to", "")
    )
    query = [(name, value) for name, value in parse_qsl(wanted.query) if name not in ("at", "lang")]
    spoken = [*query, ("lang", page.language)]
    once = page.connection.once if isinstance(page.connection, Reading) else {}
    # Whoever is named at the earlier moment mostly is at the later one, and is asked for with all others there.
    after = await _shown(request, wanted.path, spoken, second, once)
    before = await _shown(request, wanted.path, spoken, first, once)
    if not before and not after:
        raise Unknown("page", wanted.path)
    found = await run_in_threadpool(changes, before, after)
    shown = urlencode(query)
    return render(
        page,
        "trail/compare.html",
        shown=wanted.path + (f"?{shown}" if shown else ""),
        link=lambda at: f"{wanted.path}?{urlencode([*query, ('at', str(at))])}",
        pages={each.path: each.title for each in seen(page) if is_compared(each.path)},
        first=first,
        second=second,
        changes=found,
    )
