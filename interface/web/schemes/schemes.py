"""The scheme of a year: as a document for everybody, as drafts for those who write and approve it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select
from starlette.datastructures import FormData

from application.input.reading import Written
from application.question import ALL
from application.questions.answers.scoring import schemes as questions
from application.questions.answers.scoring.schemes import year_of_scheme
from application.things import CALENDAR, SCHEME
from application.verb import Outcome
from application.verbs.assessment.schemes import draft_scheme
from domain.assessment.scheme.changes import Change, changes
from domain.assessment.scheme.rules.registry import KINDS
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme_file.moving_on import moved_on, renumbered
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.assessment.schemes import shipped_texts
from domain.assessment.scoring.comparing import PairingChange
from domain.assessment.scoring.draft_trial import DraftTrial, try_out
from domain.assessment.year import clauses
from domain.assessment.year.events import SchemePublished
from domain.kernel.errors import Unknown
from interface.web.kit.asking import answer_of, stated_in
from interface.web.kit.forms.drawn import Refusal
from interface.web.kit.forms.of_verb import look_at
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page, number_asked
from interface.web.kit.page.posted import Form
from interface.web.kit.rendering import render
from interface.web.kit.values import Malformed
from interface.web.schemes import scheme_words
from interface.web.schemes.scheme_typing import EditedText, form_over, written_into
from projections.boards.pairing.pairings import of_year, pairings
from projections.figures.overview import years
from projections.kit.columns import known

router = APIRouter()


def _year_of_calendar(_: Page, outcome: Outcome) -> str:
    return f"/assessment?year={outcome.key}"


def _scheme_on(page: Page, outcome: Outcome) -> str:
    """The document once it is public, until then what is being drafted, as the form had it open."""
    if isinstance(outcome.events[-1], SchemePublished):
        return f"/schemes/{outcome.key}"
    return page.link(f"/schemes/{outcome.key}/draft", view=_view(page), open=page.asked("open") or None)


def _view(page: Page) -> str | None:
    """``text`` for the text itself, ``None`` for the form over its tree."""
    return "text" if page.asked("view") == "text" else None


def _written_down(page: Page, form: FormData) -> FormData:
    """A form of the editor with what was typed over the tree written into the text. Raises ``Malformed`` where that cannot
    be."""
    found = written_into(page, form)
    for path in found.typed:
        raise Malformed(path, "这一处的写法特殊，请到“文本”里修改")
    return _with_text(form, found.text)


def _with_text(form: FormData, text: str) -> FormData:
    return FormData([each for each in form.multi_items() if each[0] != "text"] + [("text", text)])


def _draft_again(page: Page, key: str, written: Written, refusal: Refusal, status: int) -> Response:
    """The editor, with what was written and why it comes back; over somebody else's newer draft, to be merged with it."""
    year = year_of_scheme(key)
    if page.request.method == "GET" and page.restored is None:
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
    read_from={draft_scheme.name: _written_down},
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


@router.get("/schemes")
def list_schemes(page: Annotated[Page, Depends(allow("read_schemes"))]) -> Response:
    """All years with what is in force and what is being drafted."""
    answer = page.ask(questions.list_schemes, after=None, limit=ALL)
    taken = [row.year for row in answer.rows]
    begun = {*taken, *years(page.connection, page.at, page.today.year)}
    suggested = next(
        (y for y in sorted(begun) if y not in taken), max(begun, default=page.today.year - 1) + 1
    )
    shipped = {name: parse_scheme(text).title for name, text in shipped_texts().items()}
    return render(page, "schemes/schemes.html", answer=answer, suggested=suggested, shipped=shipped)


@router.get("/schemes/start")
def start_draft(page: Annotated[Page, Depends(allow("draft_scheme"))]) -> Response:
    """To the editor of the year chosen."""
    query = page.request.query_params
    year = year_of_scheme(query.get("year", ""))
    return RedirectResponse(
        page.link(f"/schemes/{year}/draft", start=query.get("start", "")), status_code=303
    )


@router.get("/schemes/{year}")
def show_scheme(year: str, page: Annotated[Page, Depends(allow("read_schemes"))]) -> Response:
    """A published version as a document, by default the one in force."""
    answer = answer_of(page, questions.show_scheme, key=year)
    number = answer.version.version
    before = page.ask(questions.show_scheme, key=year, version=number - 1) if number > 1 else None
    return render(
        page,
        "schemes/scheme.html",
        answer=answer,
        scheme=parse_scheme(answer.text),
        people=page.people(each.approver_ref for each in answer.versions if each.approver_ref),
        words=scheme_words,
        difference=scheme_words.diff(before.text, answer.text) if before else [],
    )


@router.get("/schemes/{year}/text")
def download_scheme(year: str, page: Annotated[Page, Depends(allow("read_schemes"))]) -> Response:
    """A published version's text, byte for byte as its digest says."""
    answer = answer_of(page, questions.show_scheme, key=year)
    name = f"scheme-{answer.year}-version-{answer.version.version}.toml"
    return Response(
        answer.text,
        media_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _published(page: Page, year: int) -> questions.SchemeShown | None:
    """The version of a year that is in force, if any."""
    try:
        return page.ask(questions.show_scheme, key=str(year), version=None)
    except Unknown:
        return None


def _drafted(page: Page, year: int, draft: int | None = None) -> questions.DraftShown | None:
    """A draft of a year, the newest by default, if there is one."""
    try:
        return page.ask(questions.show_draft, key=str(year), draft=draft)
    except Unknown:
        return None


@router.get("/schemes/{year}/draft")
def show_draft(year: str, page: Annotated[Page, Depends(allow("read_drafts"))]) -> Response:
    """The newest draft, or an earlier one: to go on writing, to approve, or to read."""
    of, wanted = year_of_scheme(year), number_asked(page.request, "draft")
    newest, row = _drafted(page, of), _drafted(page, of, wanted)
    number = newest.draft.draft if newest else 0
    writes = page.may("draft_scheme") and (row is None or row.draft.draft == number)
    if row is None or (writes and row.draft.status == "published"):
        if not writes or wanted is not None:
            raise Unknown("draft of the scheme", f"{year} {wanted or ''}".strip())
        text = _beginning(page, of, page.asked("start"), row.text if row else "")
        return _editor(page, of, text, number)
    if writes:
        return _editor(page, of, row.text, number)
    return _reading(page, row)


def _beginning(page: Page, year: int, start: str, last: str) -> str:
    """What the editor begins with; nothing of it is saved yet."""
    published = _published(page, year)
    if published is not None:
        return renumbered(published.text, published.version.version + 1)
    if start == "previous" and (earlier := _earlier(page, year)) is not None:
        return moved_on(earlier.text, earlier.year, year)
    shipped = shipped_texts()
    if start in shipped:
        first = try_out(shipped[start]).scheme
        return moved_on(shipped[start], first.year if first else year, year)
    return last


def _earlier(page: Page, year: int) -> questions.SchemeShown | None:
    """The newest version of the newest earlier year that has one."""
    for row in page.ask(questions.list_schemes, after=None, limit=ALL).rows:
        if row.version is not None and row.year < year:
            return _published(page, row.year)
    return None


def _compared(page: Page, year: int) -> DraftComparison | None:
    found = _published(page, year) or _earlier(page, year)
    if found is None:
        return None
    text = found.text if found.year == year else moved_on(found.text, found.year, year)
    return DraftComparison(found.year, found.version.version, text, try_out(text).scheme)


def _preview(page: Page, year: int, text: str) -> dict[str, Any]:
    """Everything that is known about a text without its facts: quick enough while somebody types."""
    published = _published(page, year)
    tried = try_out(text, year, published.version.version + 1 if published else 1)
    compared = _compared(page, year)
    return {
        "year": year,
        "whole": _view(page) == "text",
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
    page: Page,
    year: int,
    text: str,
    newest: int | str,
    *,
    status: int = 200,
    written: EditedText | None = None,
    **more: Any,
) -> Response:
    found = _drafted(page, year)
    drafts = found.drafts if found else ()
    values: dict[str, Any] = {**NOT_TESTED, "stale": None, "because": "", "refusal": Refusal(), **more}
    preview = _preview(page, year, text)
    written = written or EditedText(text, page.asked("open"), {})
    return render(
        page,
        "schemes/scheme_editor.html",
        status,
        text=text,
        newest=newest,
        view=_view(page),
        kinds=tuple(KINDS),
        tree=None if _view(page) else form_over(page, written, preview["tried"]),
        saved=found.draft if found else None,
        found=drafts,
        published=_published(page, year),
        people=page.people({each.approver_ref for each in drafts if each.approver_ref}),
        **preview,
        **values,
    )


def _reading(page: Page, answer: questions.DraftShown) -> Response:
    return render(
        page,
        "schemes/scheme_draft.html",
        answer=answer,
        people=page.people({each.approver_ref for each in answer.drafts if each.approver_ref}),
        numbered=scheme_words.numbered(answer.text),
        **_back_test(page, answer.text, page.asked("sort")),
        **{**_preview(page, answer.year, answer.text), "whole": True},
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
    """What was typed and done in the editor, what is wrong with it, and what it would look like; nothing is saved."""
    of, written = year_of_scheme(year), written_into(page, form)
    stated = stated_in(page, draft_scheme.fields, _with_text(form, written.text))
    if _is_fragment(page):
        return render(page, "schemes/scheme_preview.html", **_preview(page, of, stated["text"]))
    return _editor(page, of, stated["text"], stated["based_on"], because=stated["because"], written=written)


@router.post("/schemes/{year}/draft/back-test")
def back_test_draft(year: str, page: Annotated[Page, Depends(allow("draft_scheme"))], form: Form) -> Response:
    """Who would have moved in the newest year that can be scored; nothing is saved."""
    of, written = year_of_scheme(year), written_into(page, form)
    stated = stated_in(page, draft_scheme.fields, _with_text(form, written.text))
    tested = _back_test(page, stated["text"], str(form.get("sort", "")))
    if _is_fragment(page):
        return render(page, "schemes/scheme_back_test.html", **tested)
    return _editor(
        page, of, stated["text"], stated["based_on"], because=stated["because"], written=written, **tested
    )
