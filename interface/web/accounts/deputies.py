"""Acting for another account: who is named for it, and in whose name a session works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.actors.deputies import acting_for, principals
from application.input.reading import Written
from application.questions.answers.duties.listing import Duties, list_duties
from application.things import DEPUTY
from application.verb import Outcome
from application.verbs.accounts import name_deputy
from domain.account.clauses import DEPUTY_THERE
from domain.account.names import normal
from domain.account.role import Role
from domain.kernel.errors import Rejected
from interface.web.kit.asking import usual_answer
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.posted import Form
from interface.web.kit.page.sessions import ACTS_FOR
from projections.boards.people.accounts import AccountRow, account_list, account_of

router = APIRouter()
FEW = 5
"""Duties of an account that is acted for, before one works in its name."""
_Acting = Annotated[Page, Depends(allow("act_as_deputy"))]


def _of_same_role(page: Page, key: str, _: Written) -> Mapping[str, Sequence[tuple[str, str]]]:
    account = account_of(page.connection, normal(key), page.today)
    role = account.role if account is not None else ""
    found = [
        (each.username, f"{each.office} · {each.username}")
        for each in account_list(page.connection, page.today)
        if each.role == role and not each.disabled and each.username != normal(key)
    ]
    return {"deputy": found}


def _account_page(page: Page, outcome: Outcome) -> str:
    return _page_of(page, outcome.key)


def _page_of(page: Page, username: str) -> str:
    return f"/accounts/{quote(username)}" if page.actor.role is Role.ADMIN else "/me"


add_verbs(
    router,
    DEPUTY,
    shown_at={DEPUTY.kind: _account_page},
    offered={name_deputy.name: _of_same_role},
)


@router.get("/deputies/{username}")
def show_deputies(username: str, page: Annotated[Page, Depends(allow("name_deputy"))]) -> Response:
    """The page of the account, on which its deputies stand."""
    return RedirectResponse(_page_of(page, normal(username)), status_code=303)


@router.post("/acting")
def begin_acting(page: _Acting, form: Form) -> Response:
    """Work in the name of an account from now on, in this session."""
    wanted = normal(str(form.get("principal", "")))
    if all(each.username != wanted for each in principals(page.connection, page.actor.username, page.today)):
        raise Rejected(DEPUTY_THERE, wanted)
    response = RedirectResponse("/", status_code=303)
    response.set_cookie(
        ACTS_FOR,
        f"{page.session.id}:{quote(wanted)}",
        httponly=True,
        samesite="strict",
        secure=page.system.settings.secure_cookies,
    )
    return response


@router.post("/acting/end")
def end_acting(page: _Acting, form: Form) -> Response:
    """Work in the own name again."""
    response = RedirectResponse("/", status_code=303)
    response.delete_cookie(ACTS_FOR, secure=page.system.settings.secure_cookies)
    return response


@dataclass(frozen=True)
class ForAnother:
    """An account that the reader may act for, and what waits for it; ``None`` where that is the same as for the reader."""

    account: AccountRow
    duties: Duties | None

    @property
    def waiting(self) -> int:
        """How many things wait for the account."""
        found = self.duties
        return found.overdue + found.week + found.later if found else 0


def for_others(page: Page) -> Iterator[ForAnother]:
    """What the reader may do in the name of others, while working in the own name."""
    own = page.session.holder
    if page.is_past or own != page.actor:
        return
    for each in principals(page.connection, own.username, page.today):
        other = acting_for(own, each)
        same = (own.role, own.branch, own.village) == (other.role, other.branch, other.village)
        there = replace(page, session=page.session.acting(other))
        yield ForAnother(each, None if same else usual_answer(there, list_duties, limit=FEW))
