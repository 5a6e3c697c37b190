"""Opening an account and resetting its password: forms of the kit, but for the password, which no log and no draft holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.input.fields import signature_of
from application.input.reading import Fault, FaultCode, Reading, Written, read
from application.stores.accounts import keeping
from application.stores.accounts.accounts import Accounts
from application.stores.accounts.keeping import NewAccount, WeakPassword
from application.things import ACCOUNT
from application.verbs.accounts import open_account, reset_password
from domain.account.names import normal
from domain.account.register import OfBranch, OfTownship, OfVillage
from domain.account.role import Role
from domain.kernel.errors import Conflict, Rejected
from domain.kernel.values import Line, Text
from interface.locales import N_
from interface.web.kit.forms.about import about_of
from interface.web.kit.forms.drawn import DrawnVerb, Refusal
from interface.web.kit.forms.form_fields import FormField, form_fields, written_in
from interface.web.kit.forms.of_verb import title_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.posted import Form
from interface.web.kit.rendering import render
from interface.words import LABELS
from projections.boards.registry.names import townships_on

router = APIRouter()
UserName = Annotated[str, Text(60)]
PersonName = Annotated[str, Text(80, may_be_empty=True)]
OtherName = Annotated[str, Text(60, may_be_empty=True)]
DisplayName = Annotated[str, Text(80)]
FIRST_PASSWORD = N_("首次登录的密码（登录后须更改）")
OF_ROLE = {Role.BRANCH_CLERK: "branch", Role.VILLAGE_CLERK: "village", Role.TOWNSHIP_OFFICE: "township"}
"""What an account of this role is for, and which field states it."""


def _stated(
    *,
    username: UserName,
    person: PersonName,
    same_as: OtherName,
    display_name: DisplayName,
    office: Line,
    role: Role | None,
    branch: OfBranch,
    village: OfVillage,
    township: OfTownship,
) -> None:
    """What is stated of a new account, beside its password."""


FIELDS = signature_of(_stated).fields


@router.get("/accounts/open-account")
def begin(page: Annotated[Page, Depends(allow("open_account"))]) -> Response:
    """The form for a new account."""
    return _opening(page, written_in(FIELDS, page.request.query_params), Refusal(), 200)


@router.post("/accounts")
def open_one(page: Annotated[Page, Depends(allow("open_account"))], form: Form) -> Response:
    """Open an account; its role is granted, or proposed where two grant it."""
    written = written_in(FIELDS, form)
    reading = read(FIELDS, written, today=page.today)
    faults = {**reading.faults, **_missing(page, reading)}
    if faults:
        return _opening(page, written, Refusal(faults=faults), 422)
    new = NewAccount(**reading.values)
    password, accounts = str(form.get("password", "")), _accounts(page)
    refusal = _done(
        page,
        lambda: keeping.open_account(page.system, accounts, new, password, by=page.by),
    )
    if refusal is not None:
        return _opening(page, written, refusal, 422 if refusal.faults else 409)
    return _to(new.username, open_account.name)


@router.get("/accounts/{username}/password")
def begin_reset(username: str, page: Annotated[Page, Depends(allow("reset_password"))]) -> Response:
    """The form for another password."""
    return _resetting(page, username, Refusal(), 200)


@router.post("/accounts/{username}/password")
def reset(username: str, page: Annotated[Page, Depends(allow("reset_password"))], form: Form) -> Response:
    """Give the account a password to be changed at the next sign-in."""
    password, accounts = str(form.get("password", "")), _accounts(page)
    refusal = _done(
        page,
        lambda: keeping.reset_password(page.system, accounts, username, password, by=page.by),
    )
    if refusal is not None:
        return _resetting(page, username, refusal, 422 if refusal.faults else 409)
    return _to(username, reset_password.name)


def _missing(page: Page, reading: Reading) -> dict[str, Fault]:
    """What a new account needs beside what each field asks for itself."""
    stated, needed = reading.values, []
    if not (stated.get("person") or stated.get("same_as")):
        needed.append("person")
    of_role = OF_ROLE.get(stated.get("role"))  # type: ignore[arg-type]
    if of_role and not stated.get(of_role):
        needed.append(of_role)
    found = {name: Fault(FaultCode.MISSING, "此项必填", "this is required") for name in needed}
    for name, there in (
        ("branch", page.units),
        ("village", page.villages),
        ("township", townships_on(page.connection, page.today)),
    ):
        if stated.get(name) and stated[name] not in there:
            found[name] = Fault(
                FaultCode.NOT_THERE, f"没有登记“{stated[name]}”", f"“{stated[name]}” is not registered"
            )
    return found


def _done(page: Page, work: Callable[[], None]) -> Refusal | None:
    """Do what needs a hash, a few at a time; why it is refused, ``None`` where it is done."""
    try:
        _accounts(page).hashing.do(work)
    except WeakPassword as error:
        words = LABELS["password_problem"][error.problem]
        fault = Fault(FaultCode.NOT_AS_WRITTEN, page.t(words), page.t(words))
        return Refusal(faults={"password": fault})
    except Rejected as rejected:
        return Refusal(rejected=rejected)
    except Conflict:
        return Refusal(conflict=True)
    return None


def _opening(page: Page, written: Written, refusal: Refusal, status: int) -> Response:
    fields = form_fields(page, open_account.name, FIELDS, written, {}, refusal.faults)
    return _drawn(page, open_account.name, "/accounts", fields, refusal, status)


def _resetting(page: Page, username: str, refusal: Refusal, status: int) -> Response:
    key = normal(username)
    address = f"/accounts/{quote(key)}/password"
    return _drawn(page, reset_password.name, address, [], refusal, status, key)


def _drawn(
    page: Page,
    name: str,
    address: str,
    fields: Sequence[FormField],
    refusal: Refusal,
    status: int,
    key: str = "",
) -> Response:
    verb = open_account if name == open_account.name else reset_password
    return render(
        page,
        "kit/forms/verb.html",
        status=status,
        form=DrawnVerb(name, title_of(page, verb), address, [*fields, password_field(page, refusal)]),
        refusal=refusal,
        thing=ACCOUNT,
        key=key,
        about=about_of(page, ACCOUNT, key) if key else None,
        sent=True,
        drafted=False,
        above="",
        answer=None,
    )


def password_field(page: Page, refusal: Refusal) -> FormField:
    """The control for a password that somebody else will know: what was typed in it is never shown again."""
    fault = refusal.faults.get("password")
    said = "" if fault is None else fault.en if page.language == "en" else fault.zh
    bounds = {"type": "password", "minlength": "10", "maxlength": "200", "autocomplete": "new-password"}
    return FormField("password", "text", page.t(FIRST_PASSWORD), "", True, (), said, (), bounds)


def _accounts(page: Page) -> Accounts:
    accounts: Accounts = page.request.app.state.accounts
    return accounts


def _to(username: str, done: str) -> Response:
    return RedirectResponse(f"/accounts/{quote(normal(username))}?done={done}", status_code=303)
