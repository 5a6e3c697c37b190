"""Policies: which are in force on a day, and one with its texts, what changed between them and what cites it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.questions.answers.policies import (
    CitedFrom,
    Citing,
    PolicyState,
    list_policies,
    show_policy,
)
from application.things import POLICY
from application.verbs.policies import issue_policy, place_policy, take_policy_off
from interface.web.kit.asking import answer_of
from interface.web.kit.attached import attached
from interface.web.kit.detail import next_steps
from interface.web.kit.forms.of_verb import address_of
from interface.web.kit.forms.steps import steps_of
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.in_words import article_name
from interface.web.kit.listing import Filter, ListView, chips_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import render
from interface.words import label

router = APIRouter()
Reader = Annotated[Page, Depends(allow("read_policies"))]
LIGHTS = {
    PolicyState.IN_FORCE: "green",
    PolicyState.TO_COME: "waiting",
    PolicyState.OVER: "done",
    PolicyState.VOIDED: "done",
}
add_verbs(router, POLICY)


@router.get("/policies")
def read_policies(page: Reader) -> Response:
    """The policies as they stand on a day."""
    listing = ListView(page)
    answer = answer_of(page, list_policies, limit=listing.limit)
    listing.filters = [
        Filter("q", page.t("名称或文号"), page.asked("q")),
        Filter("on", page.t("在哪一日"), page.asked("on"), day=True),
    ]
    states = [(each.value, page.t(label("policy_state", each.value)), None, "") for each in PolicyState]
    may_begin = page.may(issue_policy.name)
    return render(
        page,
        "policies/policies.html",
        answer=answer,
        listing=listing,
        chips=chips_of(page, "state", None, states),
        lights=LIGHTS,
        begin=address_of(issue_policy, "") if may_begin else "",
    )


@router.get("/policies/{key}")
def read_policy(key: str, page: Reader) -> Response:
    """A policy: the text in force on a day, or any of its versions."""
    shown = answer_of(page, show_policy, key=key)
    steps = next_steps(steps_of(page, POLICY, key), (place_policy.name,) if not shown.places else ())
    return render(
        page,
        "policies/policy.html",
        shown=shown,
        lights=LIGHTS,
        steps=steps,
        attached=attached(page, POLICY.kind, key),
        article_name=article_name,
        path_of=_path_of,
        taking_off=address_of(take_policy_off, key) if page.may(take_policy_off.name) else "",
    )


def _path_of(page: Page, citing: Citing) -> str:
    """The page of what cites a policy; empty where the reader may not see it."""
    match citing.source:
        case CitedFrom.SCHEME:
            return page.link(f"/schemes/{citing.key}") if page.sees("read_schemes") else ""
        case CitedFrom.PLANS:
            return page.link("/plans", year=citing.year)
        case CitedFrom.POLICY:
            return page.link(f"/policies/{citing.key}")
