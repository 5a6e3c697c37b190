"""Complaints and suggestions: the log, one with its answers, and where one is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.actors.actor import EVERYBODY, Owner, admits
from application.actors.complaint_readers import HANDLERS
from application.input.reading import Written
from application.look import look_of
from application.question import ALL
from application.questions.answers.people.complaints import (
    ComplaintOrder,
    Complaints,
    ComplaintShown,
    list_complaints,
    show_complaint,
)
from application.things import ABOUT, COMPLAINT
from application.verbs.complaints import (
    accept_complaint,
    answer_complaint,
    file_complaint,
    forward_complaint,
    rate_answer,
    withdraw_complaint,
)
from domain.account.role import Role
from domain.complaint.clauses import AT_ITS_DESK, BY_ITS_AUTHOR, HANDLED_BY_ANOTHER
from domain.complaint.complaint import ComplaintState
from domain.complaint.events import Subject
from domain.kernel.errors import Rejected, Unknown
from interface.web.kit.asking import answer_of
from interface.web.kit.detail import Station, next_steps
from interface.web.kit.exporting import exported
from interface.web.kit.forms.about import about_of
from interface.web.kit.forms.of_verb import AnyVerb, address_of
from interface.web.kit.forms.steps import steps_of
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.listing import Filter, ListView, chips, words
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import environment, render
from interface.words import label
from projections.boards.people.accounts import account_list

router = APIRouter()
SORTS = tuple(each.value for each in (ComplaintOrder.DAY_LAST, ComplaintOrder.AGE))
Reader = Annotated[Page, Depends(allow("read_complaints"))]
_BY_PATH = {each.path.removeprefix("/"): each for each in ABOUT.values()}
_OF_A_THING = re.compile(r"/([a-z]+)/([a-z]+-[0-9a-f]+)")


def _choices(page: Page, _: str, written: Written) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The accounts of the county's offices, by office; what it is about is chosen on that thing's page."""
    handlers = {each.value for each in HANDLERS}
    accounts = account_list(page.connection, page.today, page.at)
    listed = [
        (row.username, f"{row.office} · {row.username}")
        for row in accounts
        if row.role in handlers and not row.disabled and row.username != page.actor.username
    ]
    stated = str(written.get("thing", ""))
    kind, _, key = stated.partition("-")
    title = about_of(page, ABOUT[kind], key).title if kind in ABOUT and _may_see(page, kind, key) else stated
    return {
        "against": sorted(listed, key=lambda each: each[1]),
        "thing": [(stated, title)] if stated else [],
    }


def _barred(page: Page, verb: AnyVerb, key: str) -> Rejected | None:
    """Why the reader is not the one to do it: it is not the own one, it lies elsewhere, or the reader had a part in it."""
    shown = page.ask(show_complaint, key=key)
    if verb.name not in _others(page, shown):
        return None
    if verb.name in (rate_answer.name, withdraw_complaint.name):
        return Rejected(BY_ITS_AUTHOR)
    return Rejected(HANDLED_BY_ANOTHER if shown.handles else AT_ITS_DESK)


add_verbs(router, COMPLAINT, offered={file_complaint.name: _choices}, barred=_barred)


def _complaint_from(page: Page) -> str:
    """Where a complaint is written, of the thing whose page this is, if it is one."""
    found = _OF_A_THING.fullmatch(page.request.url.path)
    thing = _BY_PATH.get(found[1]) if found else None
    stated = {"thing": f"{thing.kind}-{found[2]}"} if found and thing else {}
    return page.link(address_of(file_complaint, ""), **stated)


environment.globals["complaint_from"] = _complaint_from


@router.get("/complaints")
def read_complaints(page: Reader) -> Response:
    """Those that the reader may see, by how they stand."""
    listing = ListView(page, sorts=SORTS)
    answer = answer_of(page, list_complaints, sort=listing.order(ComplaintOrder), limit=listing.limit)
    subjects = words(page, "subject", Subject)
    listing.filters = [
        Filter("q", page.t("查找"), page.asked("q")),
        Filter("subject", page.t("反映什么"), page.asked("subject"), subjects),
    ]
    counts = [(each.name, page.t(label("complaint_state", each.name)), each.count) for each in answer.parts]
    return render(
        page,
        "complaints/complaints.html",
        answer=answer,
        listing=listing,
        chips=chips(page, "state", counts, answer.found),
        begin=page.link(address_of(file_complaint, "")) if page.may(file_complaint.name) else "",
        narrowed=listing.filtered or bool(page.asked("state")),
    )


@router.get("/complaints/export")
def export_complaints(page: Reader) -> Response:
    """The same as a file."""
    listing = ListView(page, sorts=SORTS)
    answer: Complaints = answer_of(page, list_complaints, sort=listing.order(ComplaintOrder), limit=ALL)
    heading = [
        *(page.t(each) for each in ("提出日期", "反映什么", "内容", "提出单位")),
        *(page.t(each) for each in ("状态", "受理方", "期限", "天数", "评价")),
    ]
    rows = [
        [
            each.filed_on,
            page.t(label("subject", each.subject)),
            each.content,
            each.unit_name or each.village_name,
            page.t(label("complaint_state", each.state)),
            page.t(label("desk", each.desk)),
            each.due_on,
            each.days,
            {"yes": page.t("满意"), "no": page.t("不满意")}.get(each.rated, ""),
        ]
        for each in answer.rows
    ]
    return exported(page, "complaints", [heading, *rows])


@router.get("/complaints/{key}")
def read_complaint(key: str, page: Reader) -> Response:
    """One complaint with its answers, and what the reader may do about it."""
    shown = page.ask(show_complaint, key=key)
    kind, _, about = shown.thing.partition("-")
    thing = ABOUT.get(kind)
    usual = (answer_complaint.name, accept_complaint.name, rate_answer.name)
    return render(
        page,
        "complaints/complaint.html",
        shown=shown,
        about=about_of(page, thing, about) if thing and _may_see(page, kind, about) else None,
        about_path=f"{thing.path}/{about}" if thing else "",
        stations=_way(page, shown),
        steps=next_steps(steps_of(page, COMPLAINT, key, without=_others(page, shown)), usual),
    )


def _may_see(page: Page, kind: str, key: str) -> bool:
    try:
        owner = ABOUT[kind].owner(look_of(page.system), key)
    except Unknown:
        return False
    return admits(EVERYBODY, page.actor, Owner(owner.branch, owner.village))


def _others(page: Page, shown: ComplaintShown) -> frozenset[str]:
    """What others may do about it: only its author rates and withdraws, only where it lies it is handled."""
    found = set[str]()
    if not shown.own:
        found |= {rate_answer.name, withdraw_complaint.name}
    if not shown.answers:
        found |= {accept_complaint.name, answer_complaint.name}
    if not shown.handles and page.actor.role is not Role.REVIEWER:
        found.add(forward_complaint.name)
    return frozenset(found)


def _way(page: Page, shown: ComplaintShown) -> list[Station]:
    answered = [each for each in shown.written if each.step == "answered"]
    filed = Station(page.t("提出"), shown.filed_on.isoformat(), "done")
    if shown.state == ComplaintState.WITHDRAWN.value:
        return [filed, Station(page.t("已撤回"), shown.stands_on.isoformat(), "done")]
    answer = page.t(label("complaint_words", "answered"))
    due = page.t("期限 %(day)s", day=shown.due_on) if shown.due_on else ""
    now = "over" if shown.late else "now"
    way = [filed]
    if shown.state == ComplaintState.WAITING.value:
        return [*way, Station(page.t("受理"), due, now), Station(answer)]
    if not answered:
        return [
            *way,
            Station(page.t("受理"), shown.stands_on.isoformat(), "done"),
            Station(answer, due, now),
        ]
    way.append(Station(answer, answered[0].said_on.isoformat(), "done"))
    if shown.rated == "no":
        again = answered[1].said_on.isoformat() if len(answered) > 1 else ""
        way.append(Station(page.t("重新答复"), again or due, "done" if again else now))
    elif shown.rated == "yes":
        way.append(Station(page.t("满意"), shown.stands_on.isoformat(), "done"))
    return way
