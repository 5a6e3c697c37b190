"""Who looked: accesses to attachments, appeals and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from sqlalchemy import select

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
from projections.boards import trail

router = APIRouter()
OPENED = re.compile(r"/attachments/(\d{1,18})(?:/.*)?", re.ASCII)
DIGEST = 64
"""Characters of a file's digest."""
AT_ONCE = 500
"""So many things are asked for by one statement."""
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
    """What was looked at: a person by the account, or where the name was entered, a file by its name, anything else by its
    number, where it has one."""
    page.numbers.read(row.thing for row in rows)
    accounts = account_behind(page)
    scopes = page.system.vault.scopes(row.thing for row in rows if row.kind == "name")
    files = _files(page, rows)

    def shown(row: Access) -> str:
        if name := files.get(row.thing):
            return name
        if row.kind == "name" and row.thing not in accounts:
            scope = scopes.get(row.thing, "")
            return page.t(
                "没有账号的人员（%(where)s）", where=page.units.get(scope, scope) or page.t("姓名已删除")
            )
        if row.kind == "sign_in" and row.thing == "unknown":
            return "—"
        if len(row.thing) == DIGEST:
            return f"{row.thing[:16]}…"
        return accounts.get(row.thing) or page.numbers.shown(row.thing)

    return {row.thing: shown(row) for row in rows}


def _files(page: Page, rows: Sequence[Access]) -> dict[str, str]:
    """Digest to the name of the file, of attachments that were opened by their record and of imported ledgers."""
    found = [OPENED.fullmatch(row.page) for row in rows if row.kind == "attachment"]
    records = sorted({int(each[1]) for each in found if each})
    digests = sorted({row.thing for row in rows if row.kind == "workbook" and len(row.thing) == DIGEST})
    names: dict[str, str] = {}
    c = trail.trail.c
    cited = select(c.source_digest, c.source_name).distinct()
    for first in range(0, len(records), AT_ONCE):
        added = trail.events_at(page.connection, records[first : first + AT_ONCE]).values()
        names |= {each.data["digest"]: each.data["name"] for each in added if "digest" in each.data}
    for first in range(0, len(digests), AT_ONCE):
        some = c.source_digest.in_(digests[first : first + AT_ONCE])
        names |= {each.source_digest: each.source_name for each in page.connection.execute(cited.where(some))}
    return names


@router.get("/accesses/export")
def export_accesses(page: Annotated[Page, Depends(allow("read_accesses"))]) -> Response:
    """The newest of the same list as a workbook or a table."""
    answer = answer_of(page, list_accesses, after=None, limit=EXPORTED)
    things = _things(page, answer.rows)
    heading = [page.t(each) for each in ("时间", "账号", "角色", "单位或机构", "类别", "对象")]
    heading += [page.t("对象编号"), page.t("页面")]
    rows = (
        (
            *(page.local(row.at), row.username, page.t(label("role", row.role)), row.office),
            *(page.t(label("access_kind", row.kind)), things[row.thing], row.thing, row.page),
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
