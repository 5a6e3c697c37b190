"""The scheme of a year: as a document for everybody, as drafts for those who write and approve it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select

from application.reading import Written
from application.things import CALENDAR, SCHEME
from application.verb import Outcome
from application.verbs.schemes import draft_scheme
from domain.assessment.scheme.changes import Change, changes
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme_file.moving_on import moved_on, renumbered
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.assessment.schemes import shipped_texts
from domain.assessment.scoring.comparing import PairingChange
from domain.assessment.scoring.draft_trial import DraftTrial, try_out
from domain.assessment.year import clauses
from domain.assessment.year.events import SchemePublished
from domain.kernel.errors import Unknown
from domain.kernel.values import FIRST_YEAR, LAST_YEAR
from interface.web.kit.asking import stated_in
from interface.web.kit.context import Form, Page, allow
from interface.web.kit.rendering import render
from interface.web.kit.verb_pages import Refusal, add_verbs, look_at
from interface.web.schemes import scheme_words
from projections.boards.pairings import of_year, pairings
from projections.boards.schemes import drafts_of, versions_of, years_of_schemes
from projections.figures.overview import years
from projections.kit.columns import known

router = APIRouter()


def _year_of_calendar(_: Page, outcome: Outcome) -> str:
    return f"/assessment?year={outcome.key}"


def _scheme_on(_: Page, outcome: Outcome) -> str:
    """The document once it is public, until then what is being drafted."""
    public = isinstance(outcome.events[-1], SchemePublished)
    return f"/schemes/{outcome.key}" if public else f"/schemes/{outcome.key}/draft"


def _draft_again(page: Page, key: str, written: Written, refusal: Refusal, status: int) -> Response:
    """The editor, with what was written and why it comes back; over somebody else's newer draft, to be merged with it."""
    year = year_in(key)
    if page.request.method == "GET":
        return show_draft(key, page)
    text, newest = (str(written.get(name, "")) for name in ("text", "based_on"))
    text, stale = text.replace("\r\n", "\n"), None
    if refusal.rejected and refusal.rejected.clause is clauses.DRAFT_IS_NEWEST:
        theirs = SCHEME.state(look_at(page), key)
        stale, newest = scheme_words.diff(theirs.draft_text, text), str(theirs.draft)
    because = str(written.get("because", ""))
    return _editor(page, year, text, newest, status=status, stale=stale, because=because, refusal=refusal)


add_verbs(
    router,
    SCHEME,
    CALENDAR,
    shown_at={"calendar": _year_of_calendar, "scheme": _scheme_on},
    drawn_by={draft_scheme.name: _draft_again},
)
ORDERS: dict[str, Callable[[PairingChange], tuple[int, str]]] = {
    "furthest": lambda move: (-abs(move.by), move.pairing),
    "falling": lambda move: (move.by, move.pairing),
    "rising": lambda move: (-move.by, move.pairing),
}
"""How those who would have moved may be listed."""
NOT_TESTED: dict[str, Any] = {
    "tested": None,
    "moves": [],
    "paired": {},
    "asked": False,
    "order": "furthest",
    "orders": tuple(ORDERS),
}


@dataclass(frozen=True)
class DraftComparison:
    """What a draft is compared with: the version in force, or the newest of an earlier year with its dates moved on."""

    year: int
    version: int
    text: str
    scheme: Scheme | None


def year_in(text: str) -> int:
    """A year from an address. Raises ``Unknown``."""
    if not (text.isascii() and text.isdecimal() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise Unknown("published scheme for the year", text)
    return int(text)


@router.get("/schemes")
def list_schemes(page: Annotated[Page, Depends(allow("read_schemes"))]) -> Response:
    """All years with what is in force and what is being drafted."""
    rows = years_of_schemes(page.connection, page.at)
    listed = []
    for row in rows:
        found = drafts_of(page.connection, int(row.year), page.at)
        published = versions_of(page.connection, int(row.year), page.at)
        listed.append((row.year, published, found[0] if found else None))
    taken = [int(row.year) for row in rows]
    begun = {*taken, *years(page.connection, page.at, page.today.year)}
    suggested = next(
        (y for y in sorted(begun) if y not in taken), max(begun, default=page.today.year - 1) + 1
    )
    shipped = {name: parse_scheme(text).title for name, text in shipped_texts().items()}
    return render(page, "schemes/schemes.html", listed=listed, suggested=suggested, shipped=shipped)


@router.get("/schemes/start")
def start_draft(page: Annotated[Page, Depends(allow("draft_scheme"))]) -> Response:
    """To the editor of the year chosen."""
    query = page.request.query_params
    year = year_in(query.get("year", ""))
    return RedirectResponse(
        page.link(f"/schemes/{year}/draft", start=query.get("start", "")), status_code=303
    )


@router.get("/schemes/{year}")
def show_scheme(year: str, page: Annotated[Page, Depends(allow("read_schemes"))]) -> Response:
    """A published version as a document, by default the one in force."""
    rows = versions_of(page.connection, year_in(year), page.at)
    row = _version(page, rows)
    refs = [each.approver_ref for each in rows if each.approver_ref]
    before = next((each for each in rows if each.version == row.version - 1), None)
    return render(
        page,
        "schemes/scheme.html",
        year=int(year),
        rows=rows,
        row=row,
        scheme=parse_scheme(row.text),
        people=page.people(refs),
        words=scheme_words,
        difference=scheme_words.diff(before.text, row.text) if before else [],
    )


@router.get("/schemes/{year}/text")
def download_scheme(year: str, page: Annotated[Page, Depends(allow("read_schemes"))]) -> Response:
    """A published version's text, byte for byte as its digest says."""
    row = _version(page, versions_of(page.connection, year_in(year), page.at))
    return Response(
        row.text,
        media_type="application/toml; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="scheme-{row.year}-version-{row.version}.toml"'
        },
    )


def _version(page: Page, rows: list[Any]) -> Any:
    wanted = page.request.query_params.get("version", "")
    for row in rows:
        if wanted in ("", str(row.version)):
            return row
    raise Unknown("published scheme for the year", page.request.path_params["year"])


@router.get("/schemes/{year}/draft")
def show_draft(year: str, page: Annotated[Page, Depends(allow("read_drafts"))]) -> Response:
    """The newest draft, or an earlier one: to go on writing, to approve, or to read."""
    of = year_in(year)
    found = drafts_of(page.connection, of, page.at)
    wanted = page.request.query_params.get("draft", "")
    row = next((each for each in found if wanted in ("", str(each.draft))), None)
    newest = found[0].draft if found else 0
    writes = page.may("draft_scheme") and (row is None or row.draft == newest)
    if row is None or (writes and row.status == "published"):
        if not writes or wanted:
            raise Unknown("draft of the scheme", f"{year} {wanted}".strip())
        text = _beginning(page, of, page.request.query_params.get("start", ""), row.text if row else "")
        return _editor(page, of, text, newest)
    if writes:
        return _editor(page, of, row.text, newest)
    return _reading(page, of, row, newest)


def _beginning(page: Page, year: int, start: str, last: str) -> str:
    """What the editor begins with; nothing of it is saved yet."""
    published = versions_of(page.connection, year, page.at)
    if published:
        return renumbered(published[0].text, published[0].version + 1)
    if start == "previous" and (earlier := _earlier(page, year)) is not None:
        return moved_on(earlier.text, earlier.year, year)
    shipped = shipped_texts()
    if start in shipped:
        first = try_out(shipped[start]).scheme
        return moved_on(shipped[start], first.year if first else year, year)
    return last


def _earlier(page: Page, year: int) -> Any:
    """The newest version of the newest earlier year that has one."""
    for row in years_of_schemes(page.connection, page.at):
        if row.version and int(row.year) < year:
            return versions_of(page.connection, int(row.year), page.at)[0]
    return None


def _compared(page: Page, year: int) -> DraftComparison | None:
    rows = versions_of(page.connection, year, page.at)
    row = rows[0] if rows else _earlier(page, year)
    if row is None:
        return None
    text = row.text if row.year == year else moved_on(row.text, row.year, year)
    return DraftComparison(row.year, row.version, text, try_out(text).scheme)


def _preview(page: Page, year: int, text: str) -> dict[str, Any]:
    """Everything that is known about a text without its facts: quick enough while somebody types."""
    published = versions_of(page.connection, year, page.at)
    tried = try_out(text, year, published[0].version + 1 if published else 1)
    compared = _compared(page, year)
    return {
        "year": year,
        "tried": tried,
        "words": scheme_words,
        "around": scheme_words.around(text, _bad_lines(tried)),
        "compared": compared,
        "difference": scheme_words.diff(compared.text, text) if compared else [],
        "rules": _rule_by_rule(tried, compared),
    }


def _bad_lines(tried: DraftTrial) -> list[int | None]:
    return [each.line for each in tried.problems] + [tried.lines[each.where] for each in tried.bench.failed]


def _rule_by_rule(tried: DraftTrial, compared: DraftComparison | None) -> tuple[Change, ...]:
    if tried.scheme is None or compared is None or compared.scheme is None:
        return ()
    return changes(compared.scheme, tried.scheme)


def _editor(
    page: Page, year: int, text: str, newest: int | str, *, status: int = 200, **more: Any
) -> Response:
    found = drafts_of(page.connection, year, page.at)
    values: dict[str, Any] = {**NOT_TESTED, "stale": None, "because": "", "refusal": Refusal(), **more}
    return render(
        page,
        "schemes/scheme_editor.html",
        status,
        text=text,
        newest=newest,
        saved=found[0] if found else None,
        found=found,
        published=versions_of(page.connection, year, page.at),
        people=page.people({each.approver_ref for each in found if each.approver_ref}),
        **_preview(page, year, text),
        **values,
    )


def _reading(page: Page, year: int, row: Any, newest: int) -> Response:
    found = drafts_of(page.connection, year, page.at)
    return render(
        page,
        "schemes/scheme_draft.html",
        row=row,
        newest=newest,
        found=found,
        published=versions_of(page.connection, year, page.at),
        people=page.people({each.approver_ref for each in found if each.approver_ref}),
        numbered=scheme_words.numbered(row.text),
        **_back_test(page, row.text, page.request.query_params.get("sort", "")),
        **_preview(page, year, row.text),
    )


def _back_test(page: Page, text: str, order: str) -> dict[str, Any]:
    """Who would have moved, for the page; ``order`` is one of ``ORDERS``."""
    scheme = try_out(text).scheme
    tested = page.system.back_testing.back_test(page.connection, scheme, page.at) if scheme else None
    paired: dict[str, Any] = {}
    if tested is not None:
        query = select(pairings.c.pairing_id, pairings.c.branch, pairings.c.village)
        rows = page.connection.execute(query.where(of_year(tested.year), known(pairings, page.at)))
        paired = {row.pairing_id: row for row in rows}
    order = order if order in ORDERS else "furthest"
    moves = sorted(tested.moves, key=ORDERS[order]) if tested else []
    return {
        "tested": tested,
        "moves": moves,
        "paired": paired,
        "asked": True,
        "order": order,
        "orders": tuple(ORDERS),
    }


def _is_fragment(page: Page) -> bool:
    """Whether a script on the page asks for a part of it."""
    return page.request.headers.get("HX-Request") == "true"


@router.post("/schemes/{year}/draft/preview")
def preview_draft(year: str, page: Annotated[Page, Depends(allow("draft_scheme"))], form: Form) -> Response:
    """What is wrong with the text in the form, and what it would look like; nothing is saved."""
    of, stated = year_in(year), stated_in(page, draft_scheme.fields, form)
    if _is_fragment(page):
        return render(page, "schemes/scheme_preview.html", **_preview(page, of, stated["text"]))
    return _editor(page, of, stated["text"], stated["based_on"], because=stated["because"])


@router.post("/schemes/{year}/draft/back-test")
def back_test_draft(year: str, page: Annotated[Page, Depends(allow("draft_scheme"))], form: Form) -> Response:
    """Who would have moved in the newest year that can be scored; nothing is saved."""
    of, stated = year_in(year), stated_in(page, draft_scheme.fields, form)
    tested = _back_test(page, stated["text"], str(form.get("sort", "")))
    if _is_fragment(page):
        return render(page, "schemes/scheme_back_test.html", **tested)
    return _editor(page, of, stated["text"], stated["based_on"], because=stated["because"], **tested)
