"""Units and villages as they are called, and one of them with its names, its codes and its next steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from application.things import BRANCH, VILLAGE
from application.verb import Thing
from domain.kernel.errors import Unknown
from domain.registry.events import EntryKind
from interface.web.kit.context import Page, allow
from interface.web.kit.rendering import render
from interface.web.kit.verb_pages import add_verbs, steps_of
from projections.boards.registry_listing import listed

router = APIRouter()
add_verbs(router, BRANCH, VILLAGE)
THINGS: Mapping[EntryKind, Thing[Any]] = {EntryKind.BRANCH: BRANCH, EntryKind.VILLAGE: VILLAGE}
Reader = Annotated[Page, Depends(allow("read_registry"))]


@router.get("/units")
def list_units(page: Reader) -> Response:
    """All units."""
    return _list(page, EntryKind.BRANCH)


@router.get("/villages")
def list_villages(page: Reader) -> Response:
    """All villages and communities."""
    return _list(page, EntryKind.VILLAGE)


@router.get("/units/{entry}")
def show_unit(entry: str, page: Reader) -> Response:
    """A unit."""
    return _show(page, EntryKind.BRANCH, entry)


@router.get("/villages/{entry}")
def show_village(entry: str, page: Reader) -> Response:
    """A village or community."""
    return _show(page, EntryKind.VILLAGE, entry)


def _list(page: Page, kind: EntryKind) -> Response:
    entries = [each for each in listed(page.connection, page.at) if each.kind is kind]
    return render(page, "registry/entries.html", entries=entries, thing=THINGS[kind])


def _show(page: Page, kind: EntryKind, key: str) -> Response:
    found = (each for each in listed(page.connection, page.at) if (each.kind, each.entry) == (kind, key))
    entry = next(found, None)
    if entry is None:
        raise Unknown(kind.value, key)
    steps = steps_of(page, THINGS[kind], key)
    return render(page, "registry/entry.html", entry=entry, thing=THINGS[kind], steps=steps)
