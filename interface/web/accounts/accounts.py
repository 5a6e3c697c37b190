"""The administrators' pages: who has an account, for what, and what was done about it. No business rights come with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from application.question import ALL
from application.questions.answers.people import accounts as questions
from application.stores.accounts.accounts import Accounts
from application.stores.accounts.keeping import WeakPassword
from application.things import ACCOUNT
from application.verbs.accounts import approve_handover, approve_role, hand_over_office
from domain.account.names import normal
from domain.account.role import BY_TWO, Role
from interface.web.accounts.handovers import successors
from interface.web.kit.asking import answer_of
from interface.web.kit.detail import next_steps
from interface.web.kit.exporting import exported
from interface.web.kit.forms.steps import steps_of
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.listing import Chip, Filter, ListView
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import render
from interface.web.kit.values import Malformed
from interface.words import LABELS, label

router = APIRouter()
add_verbs(router, ACCOUNT, offered={hand_over_office.name: successors})


@router.get("/accounts")
def list_accounts(page: Annotated[Page, Depends(allow("keep_accounts"))]) -> Response:
    """The accounts by role and by what waits about them."""
    listing = ListView(page, sorts=("username", "office"))
    answer = _listed(page, listing, limit=listing.limit)
    listing.filters = [Filter("q", page.t("查找"), page.asked("q"))]
    return render(
        page,
        "accounts/accounts.html",
        answer=answer,
        listing=listing,
        chips=_chips(page, answer),
        names=page.people(row.person for row in answer.rows),
        shown=accounts_of(page.request).display_names(),
    )


@router.get("/accounts/export")
def export_accounts(page: Annotated[Page, Depends(allow("keep_accounts"))]) -> Response:
    """All rows of the same list as a workbook or a table, without names of persons."""
    answer = _listed(page, ListView(page, sorts=("username", "office")), after=None, limit=ALL)
    heading = [page.t(each) for each in ("账号", "角色", "待批准", "已停用", "单位或机构")]

    def role(value: str) -> str:
        return page.t(label("role", value)) if value else ""

    rows = (
        (
            row.username,
            role(row.role),
            role(row.proposed_role),
            page.t("是") if row.disabled else "",
            row.office,
        )
        for row in answer.rows
    )
    return exported(page, "accounts", [heading, *rows])


def _listed(page: Page, listing: ListView, **known: object) -> questions.AccountsShown:
    order = listing.order(questions.AccountOrder)
    return answer_of(page, questions.list_accounts, sort=order, **known)


def _chips(page: Page, answer: questions.AccountsShown) -> list[Chip]:
    role, state = page.asked("role"), page.asked("state")

    def chip(title: str, count: int | None, of_role: str = "", in_state: str = "") -> Chip:
        href = page.here(role=of_role or None, state=in_state or None, after=None, done=None)
        return Chip(title, count, href, (role, state) == (of_role, in_state))

    states = [
        chip(page.t(label("account_state", each.value)), answer.states[each.value], in_state=each.value)
        for each in questions.AccountState
        if each.value in answer.states
    ]
    roles = [
        chip(page.t(label("role", each.value)), answer.roles[each.value], of_role=each.value)
        for each in Role
        if each.value in answer.roles
    ]
    return [chip(page.t("全部"), None), *states, *roles]


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
        steps=next_steps(
            steps_of(page, ACCOUNT, answer.username),
            (approve_role.name, approve_handover.name, *(() if answer.role else WITHOUT_ROLE)),
        )
        if page.may("grant_role")
        else None,
        sessions=len(accounts_of(page.request).sessions_of(answer.username)),
    )


WITHOUT_ROLE = ("enable_account", "grant_role")
"""What leads an account on that nobody can work with."""


def accounts_of(request: Request) -> Accounts:
    """The accounts of the running pages."""
    accounts: Accounts = request.app.state.accounts
    return accounts
