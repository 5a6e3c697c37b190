"""What everybody may see and do about the own account: the password, the sessions, the sign-ins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.questions.answers.people import accounts as questions
from application.questions.answers.people import records
from application.stores.accounts import keeping
from application.stores.accounts.throttle import TooOften, network
from interface.web.accounts.accounts import accounts_of, hashed
from interface.web.kit.areas import section_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.posted import Form
from interface.web.kit.page.sessions import address_of
from interface.web.kit.rendering import render
from interface.web.kit.values import Malformed

router = APIRouter()


@router.get("/me")
def show_own_account(page: Annotated[Page, Depends(allow("read_own_account"))]) -> Response:
    """The own account: what was done about it, who is signed in as it, who was and who was refused."""
    username = page.actor.username
    sign_ins, refused = page.system.accesses.sign_ins(username, 20)
    questions.own_account_ahead(page.connection, username, page.at)
    record = page.ask(records.show_own_record)
    return render(
        page,
        "accounts/own_account.html",
        must_change=page.session.must_change,
        views=page.session.views,
        where=lambda path: _called(page, path),
        sessions=accounts_of(page.request).sessions_of(username),
        here=page.session.id,
        sign_ins=sign_ins,
        refused=refused,
        answer=page.ask(questions.show_own_account),
        record=record,
    )


def _called(page: Page, path: str) -> str:
    """What the navigation calls a list."""
    found = section_of(path)
    return page.t(found[1].title) if found else path


@router.post("/me/password")
def change_password(page: Annotated[Page, Depends(allow("change_password"))], form: Form) -> Response:
    """Change the own password, which one knows; the other sessions end."""
    accounts, username = accounts_of(page.request), page.actor.username
    now, new, again = (str(form.get(name, "")) for name in ("password_now", "password", "password_again"))
    if new != again:
        raise Malformed("password_again", "两次输入的密码不同")
    if new == now:
        raise Malformed("password", "新密码须与现在的不同")

    def change() -> None:
        address = address_of(page.request)
        attempt = accounts.is_right(username, now, address)
        if not attempt.username:
            page.system.accesses.note_refusal(network(address), username)
        if attempt.wait:
            raise TooOften(attempt.wait)
        if not attempt.username:
            raise Malformed("password_now", "现在的密码不对")
        keeping.change_password(page.system, accounts, username, new, keep=page.session.id, by=page.by)

    hashed(accounts, change)
    # Whoever had to change it first goes on to the work.
    then = "/" if page.session.must_change else "/me"
    return RedirectResponse(f"{then}?done=change_password", status_code=303)


@router.post("/me/sessions/{session_id}/end")
def end_session(
    session_id: str, page: Annotated[Page, Depends(allow("end_session"))], form: Form
) -> Response:
    """End one of the own sessions."""
    accounts_of(page.request).end_session(page.actor.username, session_id)
    return RedirectResponse("/me", status_code=303)
