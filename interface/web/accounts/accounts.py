"""The administrators' pages: who has an account, for what, and what was done about it. No business rights come with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from application.question import MOST
from application.questions.answers.people import accounts as questions
from application.stores.accounts import keeping
from application.stores.accounts.accounts import Accounts
from application.stores.accounts.keeping import NewAccount, WeakPassword
from application.things import ACCOUNT
from domain.account.names import normal
from domain.account.role import BY_TWO, Role
from domain.registry.events import EntryKind
from interface.web.kit.context import Form, Page, allow, choice_of, text_of
from interface.web.kit.rendering import render
from interface.web.kit.values import Malformed
from interface.web.kit.verb_pages import add_verbs, steps_of
from interface.words import LABELS
from projections.boards.names import entries_named

router = APIRouter()
add_verbs(router, ACCOUNT)


@router.get("/accounts")
def list_accounts(page: Annotated[Page, Depends(allow("keep_accounts"))]) -> Response:
    """All accounts, and the form for one."""
    answer = page.ask(questions.list_accounts, after=page.after or "", limit=MOST)
    return render(
        page,
        "accounts/accounts.html",
        answer=answer,
        names=page.people(row.person for row in answer.rows),
        shown=accounts_of(page.request).display_names(),
        roles=LABELS["role"],
    )


@router.post("/accounts")
def open_account(page: Annotated[Page, Depends(allow("open_account"))], form: Form) -> Response:
    """Open an account; its role is granted, or proposed where two grant it."""
    role: Role = choice_of(form, "role", Role)
    of_unit = text_of(form, "unit", required=role is Role.BRANCH_CLERK)
    of_village = text_of(form, "village", required=role is Role.VILLAGE_CLERK)
    units = entries_named(page.connection, EntryKind.BRANCH, of_unit) if of_unit else []
    villages = entries_named(page.connection, EntryKind.VILLAGE, of_village) if of_village else []
    if of_unit and not units:
        raise Malformed("unit", "没有登记单位“%(value)s”", value=of_unit)
    if of_village and not villages:
        raise Malformed("village", "没有登记村（社区）“%(value)s”", value=of_village)
    for name, written, found in (("unit", of_unit, units), ("village", of_village, villages)):
        if len(found) > 1:
            raise Malformed(
                name, "“%(value)s”可指多个，请用现名，同名村注明乡镇，如“南溪村（青山镇）”", value=written
            )
    same_as = text_of(form, "same_as", required=False, limit=60)
    new = NewAccount(
        username=text_of(form, "username", limit=60),
        person=text_of(form, "person", required=not same_as, limit=80),
        same_as=same_as,
        display_name=text_of(form, "display_name", limit=80),
        office=text_of(form, "office", limit=120),
        role=role,
        branch=units[0] if units else "",
        village=villages[0] if villages else "",
    )
    password = str(form.get("password", ""))
    accounts = accounts_of(page.request)
    hashed(accounts, lambda: keeping.open_account(page.system, accounts, new, password, by=page.by))
    return _to(new.username)


def hashed(accounts: Accounts, work: Callable[[], None]) -> None:
    """Do what needs a hash, a few at a time. Raises ``Malformed`` for a password that is guessed too easily."""
    try:
        accounts.hashing.do(work)
    except WeakPassword as error:
        raise Malformed("password", LABELS["password_problem"][error.problem]) from None


@router.get("/accounts/{username}")
def show_account(username: str, page: Annotated[Page, Depends(allow("keep_accounts"))]) -> Response:
    """One account: what it is for, what was done about it, and what may be done now."""
    answer = page.ask(questions.show_account, key=normal(username))
    return render(
        page,
        "accounts/account.html",
        answer=answer,
        name=page.people([answer.person]).get(answer.person, ""),
        by_two=[role.value for role in BY_TWO],
        steps=steps_of(page, ACCOUNT, answer.username) if page.may("grant_role") else None,
        sessions=len(accounts_of(page.request).sessions_of(answer.username)),
    )


@router.post("/accounts/{username}/password")
def reset_password(
    username: str, page: Annotated[Page, Depends(allow("reset_password"))], form: Form
) -> Response:
    """Give the account a password to be changed at the next sign-in."""
    password = str(form.get("password", ""))
    accounts = accounts_of(page.request)
    hashed(accounts, lambda: keeping.reset_password(page.system, accounts, username, password, by=page.by))
    return _to(username)


def accounts_of(request: Request) -> Accounts:
    """The accounts of the running pages."""
    accounts: Accounts = request.app.state.accounts
    return accounts


def _to(username: str) -> Response:
    return RedirectResponse(f"/accounts/{quote(normal(username))}", status_code=303)
