"""Help: for each role a tutorial with pictures of the demo county, and the rules behind the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from domain.kernel.errors import Unknown
from interface.web.help.rule import RULES, document
from interface.web.help.tutorial import PICTURES, pictures_there, tutorials
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import render

router = APIRouter()
SHOWN = Path(__file__).parent / PICTURES
"""The folder that is served as /static/help."""
Reader = Annotated[Page, Depends(allow("read_own_account"))]


@router.get("/help")
def show_help(page: Reader) -> Response:
    """The tutorial of the reader's own role first, then the others, then the rules."""
    own = tutorials().get(page.actor.role)
    others = [each for each in tutorials().values() if each is not own]
    return render(page, "help/help.html", own=own, others=others, rules=RULES)


@router.get("/help/rules")
def show_rules(page: Reader) -> Response:
    """What the documents are about."""
    return render(page, "help/rules.html", rules=RULES)


@router.get("/help/rules/{name}")
def show_rule(page: Reader, name: str, part: Annotated[str, Query()] = "") -> Response:
    """One document; a long one a part at a time."""
    if name not in RULES:
        raise Unknown("page", name)
    shown = document(name, page.language)
    asked = [each for each in shown.parts if each.name == part] or list(shown.parts[:1])
    return render(
        page,
        "help/rule.html",
        name=name,
        title=RULES[name],
        document=shown,
        parts=asked if shown.is_long else shown.parts,
    )


@router.get("/help/{role}")
def show_tutorial(page: Reader, role: str) -> Response:
    """The tutorial of a role, step by step."""
    told = {each.value: tutorial for each, tutorial in tutorials().items()}
    if role not in told:
        raise Unknown("page", role)
    tutorial = told[role]
    names = [tutorial.picture(number, page.language) for number in range(1, len(tutorial.steps) + 1)]
    # A new picture has a new address: the old one may be kept for long.
    pictures = [
        f"/static/help/{name}?v={pictures_there()[name]}" if name in pictures_there() else ""
        for name in names
    ]
    return render(page, "help/tutorial.html", tutorial=tutorial, pictures=pictures)
