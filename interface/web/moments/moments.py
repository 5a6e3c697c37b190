"""The moment as of which a page is shown, by its two days or by what was settled then; and the year that pages are about."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.questions.answers.moments import list_moments
from interface.web.accounts.session import local_path
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import YEAR, Page
from interface.web.kit.rendering import render
from interface.web.kit.values import year_in
from interface.web.moments.line import line_of

router = APIRouter()
MONTHS = 400 * 24 * 3600


@router.get("/moments")
def show_moments(page: Annotated[Page, Depends(allow("compare_moments"))]) -> Response:
    """Two days explained, and the line of what was settled; ``next``: the page to be shown as of them."""
    then = local_path(page.asked("next") or "/")
    answer = page.ask(list_moments)
    return render(
        page,
        "moments/moments.html",
        then=then,
        at=_stated(then, "at"),
        about=_stated(then, "about"),
        answer=answer,
        marks=line_of(answer),
        leads=lambda record: _with(then, at=str(record)),
    )


@router.get("/moments/go")
def go_to_moment(page: Annotated[Page, Depends(allow("compare_moments"))]) -> Response:
    """The page as of the days chosen; empty ones are now."""
    then = local_path(page.asked("next") or "/")
    return RedirectResponse(_with(then, at=page.asked("at"), about=page.asked("about")), status_code=303)


@router.get("/year")
def choose_year(page: Annotated[Page, Depends(allow("read_own_account"))]) -> Response:
    """Pages are about this year until another is chosen. Raises ``Malformed``."""
    year = year_in(page.asked("to"))
    # What the page is about may not have the year: it takes it where it can, and its own otherwise.
    response = RedirectResponse(_with(local_path(page.asked("next") or "/"), year=""), status_code=303)
    secure = page.system.settings.secure_cookies
    response.set_cookie(YEAR, str(year), samesite="lax", secure=secure, httponly=True, max_age=MONTHS)
    return response


def _stated(address: str, name: str) -> str:
    return dict(parse_qsl(urlsplit(address).query)).get(name, "")


def _with(address: str, **stated: str) -> str:
    """The address with these values in its query; an empty one is taken out."""
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in stated]
    left = [(name, value) for name, value in (*kept, *stated.items()) if value]
    return parts._replace(query=urlencode(left)).geturl()
