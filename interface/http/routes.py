"""Routes by the first word of their path: of six hundred, a request looks at those alone that can be meant."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send


class RoutesUnder(BaseRoute):
    """Those whose paths are ``start`` or begin with it and a slash, in their order."""

    def __init__(self, start: str, routes: Iterable[BaseRoute]) -> None:
        self.start = start
        self.routes = list(routes)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As the routes in their order would one by one."""
        path = scope["path"]
        partial: tuple[Match, Scope] = (Match.NONE, {})
        if path != self.start and not path.startswith(f"{self.start}/"):
            return partial
        for route in self.routes:
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, {**found, _ROUTE: route}
            if match is Match.PARTIAL and partial[0] is Match.NONE:
                partial = (match, {**found, _ROUTE: route})
        return partial

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope[_ROUTE].handle(scope, receive, send)


_ROUTE = "lianjian.route"


def by_first_word(routes: Iterable[BaseRoute], prefix: str = "") -> list[RoutesUnder]:
    """The routes under their first words after ``prefix``."""
    words = prefix.count("/") + 2
    under: dict[str, list[BaseRoute]] = {}
    for route in routes:
        path: str = getattr(route, "path", "/")
        under.setdefault("/".join(path.split("/")[:words]), []).append(route)
    return [RoutesUnder(start, those) for start, those in under.items()]
