"""The list of pairings, and a pairing with its whole story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from sqlalchemy import Row, Table, select

from application.actors.actor import READERS, Owner, admits
from application.input.reading import Written
from application.questions.answers.pairing import pairings as questions
from application.questions.answers.pairing.cadence import cadence_ahead, list_cadence, show_cadence
from application.questions.answers.scoring import scores
from application.things import ACTIVITY, CASE, MEETING, NEED, PAIRING, PROJECT, RESOURCE
from application.verb import Outcome
from application.verbs.livelihood import (
    accept_project,
    confirm_need,
    offer_resource,
    open_project,
    raise_need,
)
from application.verbs.pairing.activities import (
    judge_likeness,
    record_activity,
    share_activity,
)
from application.verbs.pairing.nominations import nominate_case
from application.verbs.pairing.pairings import (
    host_meeting,
    publish_case,
    sign_agreement,
)
from domain.kernel.errors import Unknown
from domain.pairing.events import PairingVoided
from domain.registry.events import UnitClass
from interface.web.kit.asking import answer_of
from interface.web.kit.attached import attached
from interface.web.kit.forms.choices import choices_of_key
from interface.web.kit.forms.drawn import DrawnVerb, drawn
from interface.web.kit.forms.of_verb import address_of, look_at, title_of
from interface.web.kit.forms.steps import steps_of
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.listing import Filter, ListView, chips, day_asked, of_township, words
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of, year_of_pairing, years_of_pairing
from interface.web.kit.pictures.cadence_map import cadence_map
from interface.web.kit.pictures.strip import strip
from interface.web.kit.pictures.timeline import timeline
from interface.web.kit.rendering import render
from interface.web.pairings.party_day import fixing
from interface.words import label
from projections.boards.pairing.pairings import pairings
from projections.kit.columns import known

SHOWN = 25
"""Pairings of a page of the cadence map."""
BEGUN = (record_activity, raise_need, open_project, nominate_case, publish_case, host_meeting, offer_resource)
"""What is begun in a pairing."""
USUALLY = frozenset({record_activity.name, raise_need.name})
"""What a clerk of the unit, and one of the village, begins most."""


def shown_with_its_pairing(page: Page, outcome: Outcome) -> str:
    """The page of the pairing, in the year in which the thing happened."""
    event: Any = outcome.events[0]
    # A resource is of no pairing.
    pairing = getattr(event, "pairing_id", "")
    return f"/pairings/{pairing}?year={event.occurred_on.year}" if pairing else "/resources"


def shown_after(_: Page, outcome: Outcome) -> str:
    """The pairing's page; the list, where it never was one."""
    voided = any(isinstance(each, PairingVoided) for each in outcome.events)
    return "/pairings" if voided else f"/pairings/{outcome.key}"


router = APIRouter()
_WITHOUT_PAGE = (CASE, MEETING, RESOURCE)


def _others_of_the_unit(page: Page, key: str, _: Written) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The pairings that an activity may be shared into: those of the unit that do not have it yet."""
    activity = ACTIVITY.state(look_at(page), key)
    having = {activity.pairing_id, *activity.shared_with}
    return {"pairings": [each for each in choices_of_key(page, PAIRING.kind) if each[0] not in having]}


def _the_like(page: Page, _: str, __: Written) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The other activity that the address names, by its topic and day."""
    other = page.asked("other")
    held = ACTIVITY.state(look_at(page), other).held if other else None
    return {} if held is None else {"other": [(other, f"{held.topic} · {held.held_on}")]}


add_verbs(
    router,
    PAIRING,
    NEED,
    ACTIVITY,
    PROJECT,
    *_WITHOUT_PAGE,
    shown_at=dict.fromkeys((each.kind for each in _WITHOUT_PAGE), shown_with_its_pairing)
    | {PAIRING.kind: shown_after},
    offered={share_activity.name: _others_of_the_unit, judge_likeness.name: _the_like},
)


@router.get("/pairings")
def read_pairings(page: Annotated[Page, Depends(allow("read_pairings"))]) -> Response:
    """The pairings of the year by their grades; a clerk sees the own ones."""
    on = day_asked(page)
    year = year_of(page) if on is None else on.year
    listing = ListView(page, sorts=("place", "unit", "signed", "activities", "total"))
    answer = answer_of(page, scores.list_pairings, year=year, limit=listing.limit)
    listing.filters = [
        Filter("q", page.t("村、单位或乡镇"), page.asked("q")),
        *of_township(page, answer.townships),
        Filter(
            "unit_class", page.t("单位类别"), page.asked("unit_class"), words(page, "unit_class", UnitClass)
        ),
        Filter(
            "signed",
            page.t("联建协议"),
            page.asked("signed"),
            [("yes", page.t("已签订")), ("no", page.t("未签订"))],
        ),
        Filter("on", page.t("在哪一日"), page.asked("on"), day=True, more=True),
    ]
    graded = [
        (each.grade, each.name.en if page.language == "en" else each.name.zh, each.count)
        for each in answer.grades
    ]
    return render(
        page,
        "pairings/pairings.html",
        on=on,
        year=year,
        answer=answer,
        listing=listing,
        chips=chips(page, "grade", graded, answer.found),
        published=any(row.standing and row.standing.run_no for row in answer.rows),
    )


@router.get("/cadence")
def show_cadences(page: Annotated[Page, Depends(allow("read_pairings"))]) -> Response:
    """The themed party days of all pairings by month, a page of them at a time; a clerk sees the own ones."""
    year = year_of(page)
    answer = answer_of(page, list_cadence, year=year, limit=SHOWN)
    drawn = cadence_map(answer.rows, year, page.t, page.link)
    return render(page, "pairings/cadence.html", year=year, answer=answer, cadence=drawn, step=fixing(page))


def _begun_in(page: Page, pairing: questions.PairingRow) -> list[DrawnVerb]:
    """What this reader may begin in a pairing, the pairing filled in, without the fields."""
    stated = {"pairing_id": pairing.pairing_id, "branch": pairing.branch, "village": pairing.village}
    return [
        DrawnVerb(verb.name, title_of(page, verb), page.link(address_of(verb, ""), **stated), [])
        for verb in BEGUN
        if not page.is_past and page.may(verb.name, branch=pairing.branch, village=pairing.village)
    ]


@dataclass(frozen=True)
class Asked:
    """What the other side of a pairing waits for: the form, with what it is about."""

    form: DrawnVerb
    matter: str
    number: str


def _asked_of(page: Page, answer: questions.PairingShown) -> Asked | None:
    """What was reported as met or completed and waits for this reader's word, the oldest first."""
    own = {"branch": answer.pairing.branch, "village": answer.pairing.village}
    if page.may(confirm_need.name, **own):
        for need in reversed(answer.needs):
            if need.met_on and not need.confirmed_on:
                form = drawn(page, confirm_need, need.need_id, NEED.state(look_at(page), need.need_id))
                return Asked(form, need.content, need.number)
    if page.may(accept_project.name, **own):
        for each in reversed(answer.projects):
            if each.completed_on and not each.accepted_on:
                state = PROJECT.state(look_at(page), each.project_id)
                return Asked(drawn(page, accept_project, each.project_id, state), each.name, each.number)
    return None


def sees(page: Page, row: Any) -> bool:
    """Whether the pairing is shown to the reader in a list."""
    return admits(READERS, page.actor, Owner(row.branch, row.village))


def find(page: Page, table: Table, key: str) -> Row[Any]:
    """The row of one thing at the page's position. ``Unknown`` where there is none."""
    column = table.c[table.info["key"]]
    row = page.connection.execute(select(table).where(column == key, known(table, page.at))).first()
    if row is None:
        raise no(table, key)
    return row


def no(table: Table, key: str) -> Unknown:
    """What is said where a table has no such row."""
    return Unknown(table.name, key)


@router.get("/pairings/{pairing_id}")
def show_pairing(pairing_id: str, page: Annotated[Page, Depends(allow("read_pairings"))]) -> Response:
    """Agreement, and of a year: posts, activities, needs, projects, findings, recognition; and the events behind."""
    row = find(page, pairings, pairing_id)
    page.demand("read_pairings", branch=row.branch, village=row.village, absent=no(pairings, pairing_id))
    year = year_of_pairing(page, row)
    cadence_ahead(page.connection, pairing_id, year, page.at)
    answer = page.ask(questions.show_pairing, key=pairing_id, year=year)
    steps, begun = steps_of(page, PAIRING, pairing_id), _begun_in(page, answer.pairing)
    if answer.pairing.signed_on is None:
        first = next((each for each in steps.open if each.name == sign_agreement.name), None)
    else:
        first = next((each for each in begun if each.name in USUALLY), None)
    waiting = _asked_of(page, answer)
    return render(
        page,
        "pairings/pairing.html",
        asked=waiting,
        attached=attached(page, "pairing", pairing_id),
        answer=answer,
        scored_words=page.t("、").join(page.t(label("target_kind", each)) for each in answer.scored),
        year=year,
        years=years_of_pairing(page, row),
        people=page.people(term.person_ref for term in answer.terms),
        first=first,
        others=[
            each for each in (*begun, *steps.open, *steps.aside) if waiting is not None or each is not first
        ],
        steps=steps,
        strip=strip(page.ask(show_cadence, key=pairing_id, year=year), year, page.t, page.link),
        timeline=timeline(answer, year, page.today, page.t, page.link),
    )
