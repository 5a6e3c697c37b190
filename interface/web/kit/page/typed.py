"""A number typed into an address: it leads to the thing's own address, which has its id."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request
from sqlalchemy import Connection, select

from projections.boards.assessment.results import objections
from projections.boards.assessment.runs import appeals, runs
from projections.boards.numbers import CountedThing, things_numbered

PATHS = {"run_id": CountedThing.RUN, "appeal_id": CountedThing.APPEAL, "objection_id": CountedThing.OBJECTION}
"""Part of a path to the kind of what it names."""
IDS = {
    CountedThing.RUN: runs.c.run_id,
    CountedThing.APPEAL: appeals.c.appeal_id,
    CountedThing.OBJECTION: objections.c.objection_id,
}
"""Kind to the column of a small table with the ids of all of them."""


class Elsewhere(Exception):
    """The thing is at ``address``."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def lead_to_id(request: Request, connection: Connection) -> None:
    """Raise ``Elsewhere`` where a path has the number of a run, an appeal or an objection, or ``?run=`` that of a run."""
    for name, kind in PATHS.items():
        if meant := _meant(connection, request.path_params.get(name, ""), kind):
            route = request.scope["route"]
            path = route.url_path_for(route.name, **{**request.path_params, name: meant})
            raise Elsewhere(_address(path, request.url.query))
    if meant := _meant(connection, request.query_params.get("run", ""), CountedThing.RUN):
        raise Elsewhere(_address(request.url.path, request.url.include_query_params(run=meant).query))


def _meant(connection: Connection, written: str, kind: CountedThing) -> str:
    """The id of what has this number; empty where nothing has, such as where an id is written."""
    if not written or connection.scalars(select(IDS[kind]).where(IDS[kind] == written)).first():
        return ""
    return next(iter(things_numbered(connection, written, kind)), "")


def _address(path: str, query: str) -> str:
    return quote(path, safe="/") + (f"?{query}" if query else "")
