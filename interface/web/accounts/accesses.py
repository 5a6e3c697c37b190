"""Who looked: accesses to attachments, appeals and names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.access_records import Access
from application.questions.answers.people.accesses import list_accesses, list_refused_sign_ins
from interface.web.kit.asking import answer_of
from interface.web.kit.exporting import exported
from interface.web.kit.forms.about import account_behind
from interface.web.kit.listing import Filter, ListView, chips_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import render
from interface.words import LABELS, label

router = APIRouter()
EXPORTED = 50_000
"""Rows in one file at most; narrow the filter for more."""


@router.get("/accesses")
def read_accesses(page: Annotated[Page, Depends(allow("read_accesses"))]) -> Response:
    """Newest first, by kind and thing."""
    listing = ListView(page)
    answer = answer_of(page, list_accesses, limit=listing.limit)
    things = _things(page, answer.rows)
    listing.filters = [
        Filter("username", page.t("账号"), page.asked("username")),
        Filter("thing", page.t("对象"), page.asked("thing")),
    ]
    kinds = [(kind, page.t(words), None, "") for kind, words in LABELS["access_kind"].items()]
    chips = chips_of(page, "kind", None, kinds)
    return render(page, "accounts/accesses.html", answer=answer, listing=listing, chips=chips, things=things)


def _things(page: Page, rows: Sequence[Access]) -> dict[str, str]:
    """What was looked at: a person by the account, anything else by its number, where it has one."""
    page.numbers.read(row.thing for row in rows)
    accounts = account_behind(page)

    def shown(row: Access) -> str:
        if row.kind == "name" and row.thing not in accounts:
            return page.t("没有账号的人员（%(ref)s）", ref=row.thing)
        if row.kind == "sign_in" and row.thing == "unknown":
            return "—"
        return accounts.get(row.thing) or page.numbers.shown(row.thing)

    return {row.thing: shown(row) for row in rows}


@router.get("/accesses/export")
def export_accesses(page: Annotated[Page, Depends(allow("read_accesses"))]) -> Response:
    """The newest of the same list as a workbook or a table."""
    answer = answer_of(page, list_accesses, after=None, limit=EXPORTED)
    things = _things(page, answer.rows)
    heading = [page.t(each) for each in ("时间", "账号", "角色", "单位或机构", "类别", "对象", "页面")]
    rows = (
        (
            *(page.local(row.at), row.username, page.t(label("role", row.role)), row.office),
            *(page.t(label("access_kind", row.kind)), things[row.thing], row.page),
        )
        for row in answer.rows
    )
    return exported(page, "accesses", [heading, *rows])


@router.get("/accesses/refused")
def read_refused_sign_ins(page: Annotated[Page, Depends(allow("read_accesses"))]) -> Response:
    """Sign-ins that were refused, counted."""
    listing = ListView(page)
    answer = answer_of(page, list_refused_sign_ins, limit=listing.limit)
    return render(page, "accounts/refused_sign_ins.html", answer=answer, listing=listing)


@router.get("/accesses/refused/export")
def export_refused_sign_ins(page: Annotated[Page, Depends(allow("read_accesses"))]) -> Response:
    """The same as a workbook or a table."""
    answer = page.ask(list_refused_sign_ins, after=None, limit=EXPORTED)
    heading = [page.t(each) for each in ("时间", "地址", "账号", "次数")]
    rows = ((page.local(row.hour), row.address, row.username, row.count) for row in answer.rows)
    return exported(page, "refused-sign-ins", [heading, *rows])
