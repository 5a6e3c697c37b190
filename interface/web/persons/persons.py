"""What somebody has been and is, and which references into the vault are one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Response

from application.input.reading import Written
from application.look import look_of
from application.questions.answers.people import records
from application.things import PERSON_LINKS
from application.verb import Outcome
from application.verbs.accounts import link_person, unlink_person
from interface.web.kit.detail import next_steps
from interface.web.kit.forms.steps import steps_of
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import render

router = APIRouter()


def _record_page(_: Page, outcome: Outcome) -> str:
    return f"/persons/{quote(outcome.key)}"


def _namesakes(page: Page, key: str, _: Written) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Those of the same name are offered; whether one of them is the same person is for whoever says so."""
    known = page.ask(records.show_person_record, key=key)
    vault = page.system.vault
    found = vault.scopes(vault.namesakes([key]) - set(known.refs))
    return {"other": [(ref, f"{_scope(page, scope)} · {ref}") for ref, scope in sorted(found.items())]}


def _linked(page: Page, key: str, _: Written) -> Mapping[str, Sequence[tuple[str, str]]]:
    known = page.ask(records.show_person_record, key=key)
    scopes = page.system.vault.scopes(known.linked)
    return {"other": [(ref, f"{_scope(page, scopes.get(ref, ''))} · {ref}") for ref in known.linked]}


def _scope(page: Page, scope: str) -> str:
    """The unit's name where a unit's register has the person, else the office."""
    return page.units.get(scope, scope)


add_verbs(
    router,
    PERSON_LINKS,
    shown_at={PERSON_LINKS.kind: _record_page},
    offered={link_person.name: _namesakes, unlink_person.name: _linked},
)


@router.get("/persons/{ref}")
def show_person(ref: str, page: Annotated[Page, Depends(allow("read_person_records"))]) -> Response:
    """The record of one person; that the name was shown is noted."""
    answer = page.ask(records.show_person_record, key=ref)
    entered = look_of(page.system).persons(answer.refs)
    return render(
        page,
        "persons/person.html",
        answer=answer,
        name=page.people(answer.refs).get(ref, ""),
        scopes={each: _scope(page, scope) for each, (_, scope) in entered.items()},
        steps=next_steps(steps_of(page, PERSON_LINKS, ref), ()) if page.may("link_person") else None,
    )
