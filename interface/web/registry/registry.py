"""Units and villages as they are called, and one of them with its names, its codes and its next steps."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.question import MOST
from application.questions.answers.registry.units_and_villages import (
    list_units,
    list_villages,
    show_unit,
    show_village,
)
from application.things import BRANCH, VILLAGE
from interface.web.kit.context import Page, allow
from interface.web.kit.rendering import render
from interface.web.kit.verb_pages import add_verbs, steps_of

router = APIRouter()
add_verbs(router, BRANCH, VILLAGE)
Reader = Annotated[Page, Depends(allow("read_registry"))]


@router.get("/units")
def read_units(page: Reader) -> Response:
    """All units."""
    answer = page.ask(list_units, after=page.after, limit=MOST)
    return render(page, "registry/entries.html", answer=answer, thing=BRANCH)


@router.get("/villages")
def read_villages(page: Reader) -> Response:
    """All villages and communities."""
    answer = page.ask(list_villages, after=page.after, limit=MOST)
    return render(page, "registry/entries.html", answer=answer, thing=VILLAGE)


@router.get("/units/{entry}")
def read_unit(entry: str, page: Reader) -> Response:
    """A unit."""
    answer = page.ask(show_unit, key=entry)
    return render(page, "registry/entry.html", answer=answer, steps=steps_of(page, BRANCH, entry))


@router.get("/villages/{entry}")
def read_village(entry: str, page: Reader) -> Response:
    """A village or community."""
    answer = page.ask(show_village, key=entry)
    return render(page, "registry/entry.html", answer=answer, steps=steps_of(page, VILLAGE, entry))
