"""The administrator's page: who has an account, and entering one. No business rights come with it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.access import Actor, Role
from interface.accounts.accounts import Accounts
from interface.web.context import Form, Page, allow, choice_of, text_of
from interface.web.labels import LABELS
from interface.web.rendering import render
from interface.web.values import Malformed

router = APIRouter()
SHORTEST = 10
"""Characters of a password at least."""


@router.get("/accounts")
def list_accounts(page: Annotated[Page, Depends(allow("keep_accounts"))]) -> Response:
    """All accounts, and the form for one."""
    accounts: Accounts = page.request.app.state.accounts
    return render(page, "accounts.html", accounts=accounts.everybody(), roles=LABELS["role"])


@router.post("/accounts")
def put_account(page: Annotated[Page, Depends(allow("keep_accounts"))], form: Form) -> Response:
    """Enter an account, or give it a new password, role or scope."""
    role: Role = choice_of(form, "role", Role)
    password = str(form.get("password", ""))
    if len(password) < SHORTEST:
        raise Malformed("password", "密码至少 %(least)s 个字符", least=SHORTEST)
    units = {name: code for code, name in page.units.items()}
    villages = {name: code for code, name in page.villages.items()}
    of_unit = text_of(form, "unit", required=role is Role.BRANCH_CLERK)
    of_village = text_of(form, "village", required=role is Role.VILLAGE_CLERK)
    if of_unit and of_unit not in units:
        raise Malformed("unit", "没有登记单位“%(value)s”", value=of_unit)
    if of_village and of_village not in villages:
        raise Malformed("village", "没有登记村（社区）“%(value)s”", value=of_village)
    accounts: Accounts = page.request.app.state.accounts
    username = text_of(form, "username", limit=60)
    office = text_of(form, "office", limit=120)
    person = page.system.vault.person(text_of(form, "person", limit=80), office)
    page.system.services.accounts.open_account(
        username,
        person=person,
        office=office,
        branch=units.get(of_unit, ""),
        village=villages.get(of_village, ""),
        opened_on=page.today,
        by=page.by,
    )
    accounts.put(
        Actor(
            username=username,
            person=person.ref,
            display_name=text_of(form, "display_name", limit=80),
            office=office,
            role=role,
            branch=units.get(of_unit, ""),
            village=villages.get(of_village, ""),
        ),
        password,
    )
    return RedirectResponse("/accounts", status_code=303)
