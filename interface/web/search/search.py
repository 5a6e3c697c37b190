"""What was searched for: its page, and what the search box suggests while one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.question import MOST
from application.questions.answers.search import NAMES, Found, Searched, persons_ahead, search
from application.questions.searching.listed import FoundKind
from application.questions.searching.matching import RANK, Typed
from application.stores.bad_days import STORAGE, trouble
from interface.web.kit.asking import answer_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import environment, render
from interface.web.kit.values import Malformed
from interface.web.search.places import places_of
from interface.words import label

router = APIRouter()
Reader = Annotated[Page, Depends(allow("read_search"))]
OF_A_KIND = 8
"""Rows of each kind on the page of all kinds."""
LONGEST = 120
"""Characters that are searched for at most."""
SUGGESTED, PLACES = 8, 6
"""What the search box suggests while one types: things, and pages or steps."""
ADDRESSES = {
    FoundKind.VILLAGE: "/villages/{key}",
    FoundKind.UNIT: "/units/{key}",
    FoundKind.PAIRING: "/pairings/{key}",
    FoundKind.PERSON: "/pairings/{within}",
    FoundKind.FINDING: "/findings/{key}",
    FoundKind.APPEAL: "/appeals/{key}",
    FoundKind.NEED: "/pairings/{within}",
    FoundKind.PROJECT: "/pairings/{within}",
    FoundKind.CIRCULAR: "/pairings/{within}",
    FoundKind.DOCUMENT: "/documents/{key}",
    FoundKind.POLICY: "/policies/{key}",
    FoundKind.RUN: "/runs/{key}",
    FoundKind.OBJECTION: "/notice/{within}",
    FoundKind.SAMPLE: "/evidence",
    FoundKind.RECORD: "/events/{key}",
}
NOTHING = Searched((), None, ())
OF_YEAR = {FoundKind.NEED, FoundKind.PROJECT, FoundKind.CIRCULAR, FoundKind.SAMPLE}
"""What is shown on the page of another thing, or of all of a year."""


def address_of_found(page: Page, found: Found) -> str:
    """Where what was found is shown."""
    path = ADDRESSES[found.kind].format(key=quote(found.key, safe=""), within=quote(found.within, safe=""))
    return page.link(path, year=found.year if found.kind in OF_YEAR else None)


def what_of_found(page: Page, found: Found) -> str:
    """What tells it from another; of a record, what is recorded."""
    if found.kind is not FoundKind.RECORD:
        return found.what
    name, _, rest = found.what.partition(" · ")
    return " · ".join(filter(None, (page.t(label("event", name)), rest)))


environment.globals["address_of_found"] = address_of_found
environment.globals["what_of_found"] = what_of_found


@router.get("/search")
def show_search(page: Reader) -> Response:
    """What fits ``?q=``, by kind; the one thing that was named exactly is shown at once. ``?kind=``: all of a kind."""
    q, kind = _typed(page), _kind(page)
    whole = kind is None
    if kind is None:
        answer = _of_all_kinds(page, q)
    else:
        answer = _persons(page, q, None) if kind is FoundKind.PERSON else _asked(page, q, kind, None)
    if whole and page.after is None and (one := _one_named(answer, q)):
        return RedirectResponse(address_of_found(page, one), status_code=303)
    return render(
        page,
        "search/search.html",
        q=q,
        kind=kind,
        groups=[each for each in _by_kind(answer, OF_A_KIND if whole else MOST) if kind in (None, each[0])],
        answer=answer,
        places=places_of(page, Typed(q), PLACES) if q and whole else [],
    )


@router.get("/search/suggestions")
def show_suggestions(page: Reader) -> Response:
    """The options beneath the search box for what is typed so far. Nobody is named here: whose name is shown is noted, and
    that is worth a whole question."""
    q = _typed(page)
    groups = [each for each in _by_kind(_asked(page, q, None, SUGGESTED), SUGGESTED) if each[2]]
    places = places_of(page, Typed(q), PLACES if q else MOST)
    return render(page, "search/suggestions.html", q=q, groups=groups, places=places)


def _typed(page: Page) -> str:
    q = page.asked("q")
    if len(q) > LONGEST:
        raise Malformed("q", "最多 %(limit)s 字，现有 %(length)s 字", limit=LONGEST, length=len(q))
    return q


def _kind(page: Page) -> FoundKind | None:
    asked = page.asked("kind")
    try:
        return FoundKind(asked) if asked else None
    except ValueError:
        raise Malformed("kind", "“%(value)s”不在可选范围内", value=asked) from None


def _asked(
    page: Page, q: str, kind: FoundKind | None, limit: int | None, *, people: bool = False
) -> Searched:
    # Whoever keeps the accounts sees nothing of the county; pages and steps are found all the same.
    if not q or not page.may_ask(search):
        return NOTHING
    return answer_of(page, search, q=q, kind=kind, people=people, limit=limit)


def _persons(page: Page, q: str, limit: int | None) -> Searched:
    """Asked apart, since whoever is shown is noted: as many as are shown, and nobody where it cannot be noted."""
    if not page.sees(NAMES):
        return NOTHING
    try:
        return _asked(page, q, FoundKind.PERSON, limit, people=True)
    except STORAGE as error:
        if trouble(error) is None:
            raise
        return NOTHING


def _of_all_kinds(page: Page, q: str) -> Searched:
    if q and page.sees(NAMES):
        persons_ahead(page.connection, page.at)
    others, persons = _asked(page, q, None, MOST), _persons(page, q, OF_A_KIND)
    rows = sorted((*others.rows, *persons.rows), key=lambda row: RANK[row.how])
    of_persons = (each for each in persons.counts if each.kind is FoundKind.PERSON)
    return Searched(tuple(rows), None, (*others.counts, *of_persons))


def _one_named(answer: Searched, q: str) -> Found | None:
    """The only thing that is named exactly. Digits alone may be part of a number as well as a record's."""
    named = [row for row in answer.rows if row.exact]
    certain = len(answer.rows) == 1 or not q.isdecimal()
    return named[0] if len(named) == 1 and certain else None


def _by_kind(answer: Searched, most: int) -> Sequence[tuple[FoundKind, int, Sequence[Found]]]:
    """Each kind with how many there are and those that fit best, the kinds in the order of the best of each."""
    counts = {each.kind: each.found for each in answer.counts}
    rows: dict[FoundKind, list[Found]] = {}
    for row in answer.rows:
        rows.setdefault(row.kind, []).append(row)
    # Of a kind that so many others fit better, only the number is told.
    return [(kind, counts[kind], rows.get(kind, [])[:most]) for kind in dict.fromkeys([*rows, *counts])]
