"""Lists that an account has saved under a name: saved from the list, removed on the own account's page."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.stores.accounts.saved_views import LONGEST_ADDRESS, LONGEST_NAME, MOST, TooManyViews
from interface.web.accounts.session import local_path
from interface.web.kit.listing import PASSING, is_list, store_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.posted import Form, text_of
from interface.web.kit.values import Malformed

router = APIRouter()


@router.post("/me/views")
def save_view(page: Annotated[Page, Depends(allow("keep_views"))], form: Form) -> Response:
    """Keep a list as it is asked for now, and show it."""
    name = text_of(form, "view_name", limit=LONGEST_NAME)
    address = text_of(form, "address", limit=LONGEST_ADDRESS)
    wanted = urlsplit(local_path(address))
    if local_path(address) != address or not is_list(wanted.path):
        raise Malformed("address", "没有这个清单")
    query = urlencode([each for each in parse_qsl(wanted.query) if each[0] not in PASSING])
    address = f"{wanted.path}?{query}" if query else wanted.path
    try:
        store_of(page).save(page.actor.username, name, address)
    except TooManyViews:
        raise Malformed(
            "view_name", "已保存 %(most)s 个视图，请先在“我的账号”中删去不用的", most=MOST
        ) from None
    return RedirectResponse(address, status_code=303)


@router.post("/me/views/{view_id}/remove")
def remove_view(view_id: str, page: Annotated[Page, Depends(allow("keep_views"))], form: Form) -> Response:
    """Forget one of the own views."""
    store_of(page).remove(page.actor.username, view_id)
    return RedirectResponse("/me#views", status_code=303)
