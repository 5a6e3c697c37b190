"""The data area: ledgers uploaded, looked at before they are recorded, and recorded; templates; which lists go out."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select
from starlette.datastructures import FormData, UploadFile

from application.import_records import Batch, State
from application.ledgers.importing import new_batch
from application.ledgers.matching.name_index import labelled
from application.ledgers.matching.questions import ANOTHER, Choice
from application.ledgers.reversing import foreseen_reversal, points_moved, reverse_import
from application.ledgers.sheets import SHEETS, WORKBOOKS
from application.questions.about import TooLong
from application.questions.answers.people.imports import list_imports
from domain.kernel.errors import Unknown
from interface.http.gate import SLOW_LINE
from interface.ledgers.exporting import ledgers_of
from interface.ledgers.folder import LONGEST_NAME, once, readable_name
from interface.ledgers.uploads import Uploads, known_names
from interface.ledgers.writer import KnownNames, template
from interface.web.data.exports import EXPORTS
from interface.web.documents.documents import download
from interface.web.evidence.attachments import FORM
from interface.web.kit.asking import answer_of
from interface.web.kit.exporting import XLSX
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.posted import Form
from interface.web.kit.rendering import render
from interface.web.kit.sentences import tell_records
from interface.web.kit.values import Malformed, day_in, demand_sound, year_in
from projections.boards.assessment.runs import published_last, runs_of_year
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.listing import listed
from projections.boards.trail import trail
from projections.figures.citations import cited

router = APIRouter()
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of an upload; each file has a bound of its own when it is read."""
MOST_FILES: Final = 20
LONGEST_REASON: Final = 500
MOST_ASKED: Final = 50
"""Questions of an import that one form asks."""
SHOWN: Final = 20
"""Imports on a page of their list."""


@router.get("/data")
def show_data(page: Annotated[Page, Depends(allow("read_data"))]) -> Response:
    """In, templates, out; and the imports so far, for whoever may read ledgers."""
    imports = answer_of(page, list_imports, limit=SHOWN) if page.sees("read_ledgers") else None
    digests = {file.digest for each in imports.rows for file in each.files} if imports else set()
    return render(
        page,
        "data/data.html",
        imports=imports,
        kept=cited(page.connection, digests, page.at),
        workbooks={key: sheets[0].workbook for key, sheets in WORKBOOKS.items()},
        exports=[each for each in EXPORTS.values() if page.actor.role in each.question.roles],
    )


@router.get("/data/templates/{kind}.xlsx")
def download_template(kind: str, page: Annotated[Page, Depends(allow("read_data"))]) -> Response:
    """The template of a workbook, or of all of them together; the names in its lists are for whoever may read the register."""
    sheets = SHEETS if kind == "all" else WORKBOOKS.get(kind)
    if sheets is None:
        raise Unknown("template", kind)
    names = known_names(page.system) if page.sees("read_registry") else KnownNames()
    name = "全部台账" if kind == "all" else sheets[0].workbook
    return download(template(sheets, names), f"{name}模板.xlsx", XLSX)


@router.get("/data/ledgers/{kind}.xlsx")
def download_ledgers(kind: str, page: Annotated[Page, Depends(allow("read_ledgers"))]) -> Response:
    """What is on record, in the workbook that an import reads: it names persons, so each download is noted."""
    if kind != "all" and kind not in WORKBOOKS:
        raise Unknown("workbook", kind)
    page.system.accesses.note(page.actor, "workbook", [kind], page.request.url.path)
    name = "全部台账" if kind == "all" else WORKBOOKS[kind][0].workbook
    return download(ledgers_of(page.system, kind), f"{name}-{page.at}.xlsx", XLSX)


@router.post("/data/imports")
def upload(
    page: Annotated[
        Page, Depends(allow("import_ledgers", largest=LARGEST + FORM, files=MOST_FILES, within=SLOW_LINE))
    ],
    form: Form,
) -> Response:
    """Take ledgers, to be previewed: nothing of them is recorded yet."""
    taken: dict[str, int] = {}
    files = []
    for file in form.getlist("file"):
        if isinstance(file, UploadFile) and file.filename:
            name = readable_name(file.filename.replace("\\", "/").rsplit("/", 1)[-1][-LONGEST_NAME + 10 :])
            files.append((once(name, taken), file.file.read()))
    if not files:
        raise Malformed("file", "此项必填")
    batch = new_batch()
    page.system.imports.begin(batch, page.actor.username, page.actor.office, files, _year(form))
    return _worked_on(page, batch)


@router.get("/data/imports/{batch}")
def show_import(batch: str, page: Annotated[Page, Depends(allow("read_ledgers"))]) -> Response:
    """How far an import is, what it would do, or what it did."""
    found = page.system.imports.batch(batch)
    digests = sorted({file.digest for file in found.files})
    if found.outcome is not None and not found.is_working:
        page.system.accesses.note(page.actor, "workbook", digests, page.request.url.path)
    return render(
        page,
        "data/import.html",
        batch=found,
        kept=cited(page.connection, digests, page.at),
        still=not _uploads(page).has(batch) and page.system.imports.is_still(found),
        asked=(asked := _asked(found)),
        named=_named(page, {each.get("among", "") for each in asked}),
        reversed=bool(
            page.connection.scalar(select(trail.c.position).where(trail.c.correlation == f"reversal-{batch}"))
        ),
        further=max(0, found.counts.get("asked", 0) - MOST_ASKED),
    )


@router.post("/data/imports/{batch}/confirm")
def confirm(batch: str, page: Annotated[Page, Depends(allow("import_ledgers"))], form: Form) -> Response:
    """Record what was previewed. Whoever confirms once more, or what has changed since, sees how it stands."""
    seen = str(form.get("seen", ""))
    if page.system.imports.confirm(batch, page.actor.username, page.actor.office, seen):
        return _worked_on(page, batch)
    page.system.imports.batch(batch)
    return _to(batch)


@router.post("/data/imports/{batch}/preview")
def preview_again(
    batch: str, page: Annotated[Page, Depends(allow("import_ledgers"))], form: Form
) -> Response:
    """Look again: with answers to what was asked, for another year, or since something else was recorded."""
    found = page.system.imports.batch(batch)
    answers = {**found.answers, **_answers(_asked(found), form)}
    year = _year(form) or found.year
    if page.system.imports.preview_again(batch, answers=answers, year=year):
        return _worked_on(page, batch)
    return _to(batch)


@router.post("/data/imports/{batch}/go-on")
def go_on(batch: str, page: Annotated[Page, Depends(allow("import_ledgers"))]) -> Response:
    """Take up an import again that was interrupted."""
    page.system.imports.batch(batch)
    return _worked_on(page, batch)


@router.get("/data/imports/{batch}/reverse")
def foresee_reversal(batch: str, page: Annotated[Page, Depends(allow("import_ledgers"))]) -> Response:
    """What reversing an import would void, the points that would move, and what stands in its way."""
    return _reversal(page, batch, 200)


@router.post("/data/imports/{batch}/reverse")
def reverse(batch: str, page: Annotated[Page, Depends(allow("import_ledgers"))], form: Form) -> Response:
    """Void all that the import began, with a reason; where something stands in the way, the page says so again."""
    page.system.imports.batch(batch)
    because = str(form.get("because", "")).strip()
    if not because:
        raise Malformed("because", "此项必填")
    if len(because) > LONGEST_REASON:
        raise Malformed("because", "太长")
    if not reverse_import(page.system, batch, because, page.by).possible:
        return _reversal(page, batch, 409)
    return _to(batch)


def _reversal(page: Page, batch: str, status: int) -> Response:
    found = foreseen_reversal(page.system, batch)
    moved = None
    if found.possible:
        with suppress(TooLong):
            moved = points_moved(page.system, found)
    c = trail.c
    imports = page.connection.scalars(
        select(c.correlation)
        .where(c.position.in_(found.later), c.correlation.startswith("import-"))
        .distinct()
    ).all()
    years = {each.year for each in moved or ()}
    return render(
        page,
        "data/reverse.html",
        status=status,
        batch=page.system.imports.batch(batch),
        found=found,
        counted=Counter(each.kind for each in found.begun),
        moved=moved,
        public=[
            year for year in sorted(years) if published_last(runs_of_year(page.connection, year, page.at))
        ],
        told=[
            (many, list(tell_records(page, page.connection, many[:MOST_ASKED]).values()))
            for many in (found.steps, found.later, found.voided)
        ],
        imports=[each for each in page.system.imports.newest(None, 1000) if each.id in imports],
        names={each.pairing_id: each for each in page.connection.execute(select(pairings))},
    )


@router.post("/data/imports/{batch}/drop")
def drop(batch: str, page: Annotated[Page, Depends(allow("import_ledgers"))]) -> Response:
    """Take an upload away that was not recorded."""
    page.system.imports.batch(batch)
    page.system.imports.drop(batch)
    return RedirectResponse("/data", status_code=303)


@router.get("/data/imports/{batch}/returned.xlsx")
def download_returned(batch: str, page: Annotated[Page, Depends(allow("read_ledgers"))]) -> Response:
    """The refused rows in their own template, each with what is wrong and how to mend it."""
    found = page.system.imports.batch(batch)
    content = page.system.imports.returned(batch)
    if content is None:
        raise Unknown("returned rows", batch)
    digests = sorted({file.digest for file in found.files})
    page.system.accesses.note(page.actor, "workbook", digests, page.request.url.path)
    return download(content, f"退回-{found.begun_at:%Y%m%d}.xlsx", XLSX)


def _uploads(page: Page) -> Uploads:
    found: Uploads = page.request.app.state.uploads
    return found


def _worked_on(page: Page, batch: str) -> Response:
    _uploads(page).work_on(batch)
    return _to(batch)


def _to(batch: str) -> Response:
    return RedirectResponse(f"/data/imports/{batch}", status_code=303)


def _year(form: FormData) -> int | None:
    """The assessment year that is stated, if any. Raises ``Malformed``."""
    written = str(form.get("year", "")).strip()
    return year_in(written) if written else None


def _asked(batch: Batch) -> list[dict[str, Any]]:
    """What is asked, with the choices as one picks them; a question that took all there was waits for its turn."""
    if batch.outcome is None or batch.state is not State.PREVIEWED:
        return []
    return [
        question
        | {
            "choices": [
                Choice(each["answer"], each["message_zh"], each["message"]) for each in question["choices"]
            ]
        }
        for question in batch.outcome.get("asked", ())[:MOST_ASKED]
    ]


def _named(page: Page, kinds: set[str]) -> dict[str, list[str]]:
    """By kind, what is on record now, as it is written where a question asks for another one."""
    there = [each for each in listed(page.connection) if each.standing == each.entry] if any(kinds) else []
    return {
        kind: sorted(labelled(each.name, each.township) for each in there if each.kind.value == kind)
        for kind in kinds
    }


def _answers(asked: list[dict[str, Any]], form: FormData) -> dict[str, str]:
    """The answers of the form, a day or a name put in where one is taken. Raises ``Malformed`` for a day that is none, and
    where no name is written.
    """
    given = {}
    for question in asked:
        name = str(form.get(f"name-{question['id']}", "")).strip()
        # Whoever writes a name and picks nothing has answered by it.
        picked = str(form.get(f"answer-{question['id']}", "")) or (ANOTHER if name else "")
        choice = next((each for each in question["choices"] if each.answer == picked), None)
        if choice is None:
            continue
        if choice.takes_day:
            field = f"day-{question['id']}"
            day = day_in(field, str(form.get(field, "")).strip())
            picked = picked.removesuffix("DAY") + day.isoformat()
        if choice.takes_name:
            demand_sound(f"name-{question['id']}", name)
            if not name:
                raise Malformed(f"name-{question['id']}", "此项必填")
            picked = f"is {name}"
        given[question["id"]] = picked
    return given
