"""The lists of activities, needs and projects, of all pairings or of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from application.actors.actor import READERS, admits
from application.question import USUAL, Question
from application.questions.answers.alike.doubled_numbers import list_doubled_numbers
from application.questions.answers.alike.likenesses import list_likenesses
from application.questions.answers.pairing.campaigns import list_campaigns
from application.questions.answers.pairing.pairings import PairingRow
from application.questions.answers.pairing.resources import list_resources
from application.questions.answers.pairing.suggestions import Suggestion, suggest_resources
from application.questions.answers.pairing.work_listing import Part, ProjectState, Works
from application.questions.answers.pairing.works import (
    ActivityShown,
    NeedShown,
    ProjectShown,
    list_activities,
    list_needs,
    list_projects,
    show_activity,
    show_need,
    show_project,
)
from application.things import ACTIVITY, BEARERS, NEED, PROJECT
from application.verb import Thing
from application.verbs.livelihood import (
    accept_claim,
    accept_project,
    claim_need,
    complete_project,
    confirm_need,
    match_need,
    meet_need,
    offer_resource,
    open_project,
    raise_need,
)
from application.verbs.pairing.activities import (
    attest_activity,
    dispute_activity,
    maintain_activity,
    record_activity,
    settle_dispute,
)
from domain.livelihood.events import Category, ResourceCategory
from domain.pairing.events import ActivityTag
from domain.registry.events import NumberedThing
from interface.web.kit.asking import answer_of
from interface.web.kit.attached import attached, shared_photographs
from interface.web.kit.detail import Station, next_steps, stations
from interface.web.kit.forms.of_verb import AnyVerb, address_of, look_at
from interface.web.kit.forms.steps import steps_of
from interface.web.kit.listing import Filter, ListView, chips, of_township, words
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.rendering import render
from interface.web.pairings.pairings import find, no
from interface.words import label
from projections.boards.numbers import thing_meant
from projections.boards.pairing.pairings import pairings

router = APIRouter()
_ACTIVITY_STEPS = tuple(
    each.name for each in (attest_activity, dispute_activity, maintain_activity, settle_dispute)
)
"""What usually comes next, the first that is the reader's."""
Reader = Annotated[Page, Depends(allow("read_pairings"))]
OfProposals = Annotated[Page, Depends(allow("read_proposals"))]
"""Whoever sees what is only proposed: pairings and model cases."""


@router.get("/activities")
def read_activities(page: Reader) -> Response:
    """Activities by kind, of a year; of a pairing or a month where the address says so."""
    month = page.asked("month")
    months = [(str(n), page.t("%(n)s 月", n=n)) for n in range(1, 13)]
    tags = words(page, "activity_tag", ActivityTag)
    further = [
        Filter("month", page.t("月份"), month, months),
        Filter("tag", page.t("所属行动"), page.asked("tag"), tags),
    ]
    listing = ListView(page, sorts=("-held", "participants"))
    return list_page(page, listing, list_activities, "kind", "activity_kind", further, record_activity)


@router.get("/campaigns")
def read_campaigns(page: Reader) -> Response:
    """What the year's activities come to by campaign, focus and kind of contact."""
    year = year_of(page)
    return render(page, "pairings/campaigns.html", year=year, answer=page.ask(list_campaigns, year=year))


@router.get("/likenesses")
def read_likenesses(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """Entries of a year that may be one and the same, and numbers that two agreements bear, for somebody to judge."""
    year = year_of(page)
    answer = answer_of(page, list_likenesses, year=year, limit=USUAL)
    doubled = page.ask(list_doubled_numbers, after=None, limit=200)
    return render(page, "pairings/likenesses.html", year=year, answer=answer, doubled=doubled)


@router.get("/needs")
def read_needs(page: Reader) -> Response:
    """Needs by how far they have come, of a year."""
    listing = ListView(page, sorts=("-raised", "number"))
    return list_page(page, listing, list_needs, "state", "need_state", [_category(page)], raise_need)


@router.get("/resources")
def read_resources(page: Reader) -> Response:
    """What units offer, by whether it is on the list still."""
    listing = ListView(page, sorts=("-offered", "unit"))
    answer = answer_of(page, list_resources, limit=listing.limit)
    listing.filters = [
        Filter("q", page.t("查找"), page.asked("q")),
        Filter("category", page.t("类别"), page.asked("category"), words(page, "category", ResourceCategory)),
    ]
    return render(
        page,
        "pairings/resources.html",
        answer=answer,
        listing=listing,
        chips=chips(page, "state", _counted(page, "resource_state", answer.parts), answer.found),
        begin=_begin(page, offer_resource, None),
        narrowed=listing.filtered or bool(page.asked("state")),
    )


@router.get("/projects")
def read_projects(page: Reader) -> Response:
    """Projects by how far they have come, of the year in which they began."""
    listing = ListView(page, sorts=("-started", "planned_end", "budget"))
    return list_page(page, listing, list_projects, "state", "project_state", [_category(page)], open_project)


@router.get("/activities/{key}")
def read_activity(key: str, page: Reader) -> Response:
    """An activity, with what was corrected."""
    shown = page.ask(show_activity, key=key)
    return _work(page, ACTIVITY, key, shown, shown.held_on, (), _ACTIVITY_STEPS)


@router.get("/needs/{key}")
def read_need(key: str, page: Reader) -> Response:
    """A need on its way, and its next step. Its number may stand in the place of the id."""
    key = _meant(page, NEED, key, NumberedThing.NEED)
    shown = page.ask(show_need, key=key)
    way = (
        (page.t("提出"), shown.raised_on),
        (page.t("对接"), shown.matched_on),
        (page.t("办结"), shown.met_on),
        (page.t("村级确认"), shown.confirmed_on),
    )
    usual = (confirm_need.name, meet_need.name, accept_claim.name, match_need.name, claim_need.name)
    open_ = shown.matched_on is None and shown.withdrawn_on is None
    suggested = page.ask(suggest_resources, key=key) if open_ and page.may_ask(suggest_resources) else ()
    return _work(page, NEED, key, shown, shown.raised_on, stations(way), usual, suggested)


@router.get("/projects/{key}")
def read_project(key: str, page: Reader) -> Response:
    """A project on its way, and its next step. Its number may stand in the place of the id."""
    key = _meant(page, PROJECT, key, NumberedThing.PROJECT)
    shown = page.ask(show_project, key=key)
    way = (
        (page.t("开工"), shown.started_on),
        (page.t("完工"), shown.completed_on),
        (page.t("村级验收"), shown.accepted_on),
    )
    due = "" if shown.completed_on else page.t("期限 %(day)s", day=shown.planned_end_on)
    usual = (accept_project.name, complete_project.name)
    late = shown.state is ProjectState.OVERDUE
    return _work(page, PROJECT, key, shown, shown.started_on, stations(way, due, late), usual)


def _meant(page: Page, thing: Thing[Any], written: str, kind: NumberedThing) -> str:
    """The id of what has a number, among what the reader sees: of what is others' it is not told whether there is any."""

    def seen(key: str) -> bool:
        return admits(READERS, page.actor, replace(thing.owner(look_at(page), key), side=""))

    return thing_meant(page.connection, written, kind, seen)


def _work(
    page: Page,
    thing: Thing[Any],
    key: str,
    shown: ActivityShown | NeedShown | ProjectShown,
    day: date,
    way: Sequence[Station],
    usual: Sequence[str],
    suggested: Sequence[Suggestion] = (),
) -> Response:
    page.call_as_of_year(day.year)
    return render(
        page,
        "pairings/work.html",
        thing=thing,
        key=key,
        attached=attached(page, thing.kind, key) if thing.kind in BEARERS else None,
        shared=shared_photographs(page, thing.kind, key),
        shown=shown,
        people=page.people([shown.teacher_ref] if isinstance(shown, ActivityShown) else []),
        year=day.year,
        stations=way,
        steps=next_steps(steps_of(page, thing, key), usual),
        suggested=suggested,
    )


def _category(page: Page) -> Filter:
    return Filter("category", page.t("类别"), page.asked("category"), words(page, "category", Category))


def _nothing(_: Sequence[Any]) -> Mapping[str, Any]:
    return {}


def list_page(
    page: Page,
    listing: ListView,
    asked: Question[..., Works[Any]],
    part: str,
    group: str,
    further: Iterable[Filter],
    begun_by: AnyVerb,
    beside: Callable[[Sequence[Any]], Mapping[str, Any]] = _nothing,
) -> Response:
    """The page of one of the lists: ``part`` is the field that its chips choose, ``group`` the words of its values.
    ``beside``: what else the page is given for the rows that it shows.
    """
    year, pairing = year_of(page), _pairing(page)
    answer = answer_of(page, asked, year=year, limit=listing.limit)
    listing.filters = [
        Filter("q", page.t("查找"), page.asked("q")),
        *(of_township(page, answer.townships) if pairing is None else ()),
        *further,
    ]
    return render(
        page,
        f"pairings{asked.path}.html",
        year=year,
        answer=answer,
        listing=listing,
        pairing=pairing,
        chips=chips(page, part, _counted(page, group, answer.parts), answer.found),
        begin=_begin(page, begun_by, pairing),
        narrowed=listing.filtered or bool(page.asked(part)),
        **beside(answer.rows),
    )


def _counted(page: Page, group: str, parts: Iterable[Part]) -> list[tuple[str, str, int]]:
    return [(each.name, page.t(label(group, each.name)), each.count) for each in parts]


def _pairing(page: Page) -> PairingRow | None:
    """The pairing that the address is about. ``Unknown`` without it, ``Forbidden`` where it is not the reader's to read."""
    if not page.asked("pairing_id"):
        return None
    key = page.asked("pairing_id")
    row = find(page, pairings, key)
    page.demand("read_pairings", branch=row.branch, village=row.village, absent=no(pairings, key))
    return PairingRow(*(getattr(row, name) for name in PairingRow.__dataclass_fields__))


def _begin(page: Page, verb: AnyVerb, pairing: PairingRow | None) -> str:
    """Where another is begun, empty where the reader may not."""
    own = {"branch": pairing.branch, "village": pairing.village} if pairing is not None else {}
    if page.is_past or not page.may(verb.name, **own):
        return ""
    stated = {"pairing_id": pairing.pairing_id, **own} if pairing is not None else {}
    return page.link(address_of(verb, ""), **stated)
