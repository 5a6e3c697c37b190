"""Units and villages as they are called, and one of them with its names, its codes and its next steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from application.questions.answers.burdens import list_burdens
from application.questions.answers.pairing.holdings import (
    Holdings,
    show_unit_holdings,
    show_village_holdings,
)
from application.questions.answers.registry.units_and_villages import (
    list_units,
    list_villages,
    show_unit,
    show_unit_parents,
    show_village,
)
from application.things import BRANCH, VILLAGE
from application.verb import Outcome, Thing
from domain.registry.events import PartyDayChanged, PartyDayFixed, TargetKind, UnitClass
from interface.web.kit.asking import answer_of
from interface.web.kit.detail import next_steps
from interface.web.kit.forms.forewarning import FURTHER
from interface.web.kit.forms.steps import steps_of
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.listing import Filter, ListView, day_asked, of_township, words
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.pictures.burden_map import burden_map
from interface.web.kit.rendering import render
from interface.web.registry.below import going_along, left_behind, units_below
from interface.web.registry.split_warnings import what_stays
from interface.web.registry.splitting import splitting, splitting_village
from projections.boards.registry.listing import EntryListing
from projections.boards.registry.parents import ParentOfTime

router = APIRouter()


def shown_after(page: Page, outcome: Outcome) -> str:
    """The unit's page; the months of its party days once their day is fixed, which the unit reads, too."""
    # What is on record already is nothing that happens.
    if any(isinstance(each, (PartyDayFixed, PartyDayChanged)) for each in outcome.events):
        return f"/cadence?year={page.today.year}"
    return f"{BRANCH.path}/{outcome.key}"


add_verbs(
    router,
    BRANCH,
    VILLAGE,
    shown_at={BRANCH.kind: shown_after},
    drawn_by={"split_branch": splitting, "split_village": splitting_village},
)
FURTHER |= {"split_branch": what_stays, "split_village": what_stays}
FURTHER |= {"retire_branch": left_behind, "merge_branch": going_along}
Reader = Annotated[Page, Depends(allow("read_registry"))]
OfVillages = Annotated[Page, Depends(allow("read_villages"))]


@router.get("/units")
def read_units(page: Reader) -> Response:
    """Units, by class."""
    listing, on = ListView(page, sorts=("registered", "name")), day_asked(page)
    answer = answer_of(page, list_units, limit=listing.limit)
    classes = words(page, "unit_class", UnitClass)
    listing.filters = [
        Filter("q", page.t("查找"), page.asked("q")),
        Filter("unit_class", page.t("单位类别"), page.asked("unit_class"), classes),
        *_of_parent(page, answer.parents),
        Filter("on", page.t("在哪一日"), page.asked("on"), day=True),
    ]
    return render(page, "registry/entries.html", answer=answer, listing=listing, thing=BRANCH, on=on)


def _of_parent(page: Page, parents: Sequence[tuple[str, str]]) -> list[Filter]:
    """The filter by the unit above, where any stands under another."""
    return [Filter("parent", page.t("上级单位"), page.asked("parent"), parents)] if parents else []


@router.get("/villages")
def read_villages(page: OfVillages) -> Response:
    """Villages and communities, by township."""
    listing, on = ListView(page, sorts=("registered", "name")), day_asked(page)
    answer = answer_of(page, list_villages, limit=listing.limit)
    kinds = words(page, "target_kind", TargetKind)
    listing.filters = [
        Filter("q", page.t("查找"), page.asked("q")),
        *of_township(page, answer.townships),
        Filter("village_kind", page.t("类别"), page.asked("village_kind"), kinds),
        Filter("on", page.t("在哪一日"), page.asked("on"), day=True),
    ]
    return render(page, "registry/entries.html", answer=answer, listing=listing, thing=VILLAGE, on=on)


@router.get("/units/{entry}")
def read_unit(entry: str, page: Reader) -> Response:
    """A unit."""
    on = day_asked(page)
    held = page.ask(show_unit_holdings, key=entry, on=on or page.today)
    below, above = units_below(page, entry, on), page.ask(show_unit_parents, key=entry).rows
    return _entry(page, BRANCH, page.ask(show_unit, key=entry, on=on), held, on, below, above)


@router.get("/villages/{entry}")
def read_village(entry: str, page: OfVillages) -> Response:
    """A village or community."""
    on = day_asked(page)
    held = page.ask(show_village_holdings, key=entry, on=on or page.today)
    return _entry(page, VILLAGE, page.ask(show_village, key=entry, on=on), held, on)


def _entry(
    page: Page,
    thing: Thing[Any],
    answer: EntryListing,
    held: Holdings,
    on: date | None,
    below: Sequence[EntryListing] = (),
    parents: Sequence[ParentOfTime] = (),
) -> Response:
    steps = next_steps(steps_of(page, thing, answer.entry), ())
    borne = None
    if thing is VILLAGE:
        year = year_of(page)
        rows = page.ask(
            list_burdens, year=year, village=answer.entry, q="", sort=None, after=None, limit=1
        ).rows
        borne = burden_map(rows, year, page.t, page.link, named=False)
    return render(
        page,
        "registry/entry.html",
        answer=answer,
        thing=thing,
        steps=steps,
        borne=borne,
        on=on,
        held=held.rows,
        below=below,
        parents=parents,
        people=page.people(post.person_ref for each in held.rows for post in each.posts),
    )
