"""The administrators' pages: who has an account, for what, and what was done about it. No business rights come with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from application.look import look_of
from application.stores.accounts import keeping
from application.stores.accounts.accounts import Accounts
from application.stores.accounts.keeping import NewAccount, WeakPassword
from application.verb import Verb, use
from application.verbs import accounts as verbs
from domain.account.names import normal
from domain.account.role import BY_TWO, Role
from domain.kernel.errors import Unknown
from domain.registry.events import EntryKind
from interface.web.kit.context import Form, Page, allow, choice_of, text_of
from interface.web.kit.rendering import render
from interface.web.kit.sentences import history
from interface.web.kit.values import Malformed
from interface.words import LABELS
from projections.boards import trail
from projections.boards.accounts import AccountRow, account_list
from projections.boards.names import entries_named

router = APIRouter()


@router.get("/accounts")
def list_accounts(page: Annotated[Page, Depends(allow("keep_accounts"))]) -> Response:
    """All accounts, and the form for one."""
    rows = account_list(page.connection, page.at)
    return render(
        page,
        "accounts/accounts.html",
        rows=rows,
        names=page.people(row.person for row in rows),
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
    row = _find(page, username)
    wanted = trail.TrailFilter(thing_kind="username", thing=row.username, known_at=page.at)
    return render(
        page,
        "accounts/account.html",
        row=row,
        name=page.people([row.person]).get(row.person, ""),
        roles={role.value: LABELS["role"][role.value] for role in _roles(row)},
        by_two=[role.value for role in BY_TWO],
        sessions=len(accounts_of(page.request).sessions_of(row.username)),
        events=history(page, trail.page(page.connection, wanted, limit=100)),
    )


def _roles(row: AccountRow) -> list[Role]:
    """Which roles fit the account's unit or village, but for the one it has."""
    if row.branch or row.village:
        fitting = [Role.BRANCH_CLERK if row.branch else Role.VILLAGE_CLERK]
    else:
        fitting = [role for role in Role if role not in (Role.BRANCH_CLERK, Role.VILLAGE_CLERK)]
    return [role for role in fitting if role.value != row.role]


def _find(page: Page, username: str) -> AccountRow:
    row = next(
        (row for row in account_list(page.connection, page.at) if row.username == normal(username)), None
    )
    if row is None:
        raise Unknown("account", username)
    return row


@router.post("/accounts/{username}/role")
def grant_role(username: str, page: Annotated[Page, Depends(allow("grant_role"))], form: Form) -> Response:
    """Grant a role, or propose one that two grant."""
    role: Role = choice_of(form, "role", Role)
    step = verbs.propose_role if role in BY_TWO else verbs.grant_role
    _use(page, step, username, role=role)
    return _ended(page, username)


@router.post("/accounts/{username}/approve")
def approve_role(
    username: str, page: Annotated[Page, Depends(allow("approve_role"))], form: Form
) -> Response:
    """Grant what another administrator proposed."""
    _use(page, verbs.approve_role, username)
    return _ended(page, username)


@router.post("/accounts/{username}/refuse")
def refuse_role(username: str, page: Annotated[Page, Depends(allow("refuse_role"))], form: Form) -> Response:
    """Not grant what was proposed."""
    _use(page, verbs.refuse_role, username, because=text_of(form, "because"))
    return _to(username)


@router.post("/accounts/{username}/person")
def name_person(username: str, page: Annotated[Page, Depends(allow("name_person"))], form: Form) -> Response:
    """Put right who stands behind the account."""
    name, because = text_of(form, "person", limit=80), text_of(form, "because")
    _use(page, verbs.name_person, username, name=name, because=because)
    return _ended(page, username)


@router.post("/accounts/{username}/password")
def reset_password(
    username: str, page: Annotated[Page, Depends(allow("reset_password"))], form: Form
) -> Response:
    """Give the account a password to be changed at the next sign-in."""
    password = str(form.get("password", ""))
    accounts = accounts_of(page.request)
    hashed(accounts, lambda: keeping.reset_password(page.system, accounts, username, password, by=page.by))
    return _to(username)


@router.post("/accounts/{username}/disable")
def disable_account(
    username: str, page: Annotated[Page, Depends(allow("disable_account"))], form: Form
) -> Response:
    """Let nobody sign in as this any more."""
    _use(page, verbs.disable_account, username, because=text_of(form, "because"))
    return _ended(page, username)


@router.post("/accounts/{username}/enable")
def enable_account(
    username: str, page: Annotated[Page, Depends(allow("enable_account"))], form: Form
) -> Response:
    """Take the same person back, for no role yet."""
    _use(page, verbs.enable_account, username, because=text_of(form, "because"))
    return _to(username)


def _use(page: Page, verb: Verb[Any, Any], username: str, **stated: object) -> None:
    use(look_of(page.system), verb, username, page.by, page.actor, stated)


def accounts_of(request: Request) -> Accounts:
    """The accounts of the running pages."""
    accounts: Accounts = request.app.state.accounts
    return accounts


def _ended(page: Page, username: str) -> Response:
    """Whoever is signed in there signs in anew, as what the account is now."""
    accounts_of(page.request).end_sessions(username)
    return _to(username)


def _to(username: str) -> Response:
    return RedirectResponse(f"/accounts/{quote(normal(username))}", status_code=303)
