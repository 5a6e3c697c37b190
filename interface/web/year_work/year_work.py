"""Lines as people score them: the unit's own scores, and the assessors' verification beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.input.reading import Written
from application.question import ALL
from application.questions.answers.scoring.score_sheets import (
    Choosable,
    LineScored,
    SheetState,
    list_score_sheets,
    show_self_scores,
    show_verification,
)
from application.things import SHEET, key_of_sheet, pairing_of_sheet, year_of_sheet
from application.verb import Outcome, Verb
from application.verbs.assessment.year_work import (
    record_ratings,
    record_superior_rank,
    record_superior_score,
    record_survey,
    self_score,
    verify_lines,
)
from interface.web.kit.asking import answer_of
from interface.web.kit.exporting import exported
from interface.web.kit.forms.drawn import DrawnVerb, Refusal, drawn
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.listing import Filter, ListView, chips_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of, year_of_pairing
from interface.web.kit.rendering import render
from interface.web.pairings.pairings import find, sees
from interface.words import label
from projections.boards.pairing.pairings import pairings
from projections.figures import overview as board


def room_of(page: Page, key: str) -> str:
    """The page of a sheet as people score it: for those who verify it, or for the unit."""
    room = "verification" if page.sees("read_verification") else "self-scores"
    return page.link(f"/{room}/{pairing_of_sheet(key)}", year=year_of_sheet(key))


def sheet_of(page: Page, outcome: Outcome) -> str:
    """The sheet whose lines were spoken of."""
    return room_of(page, outcome.key)


def own_scores(page: Page, key: str, written: Written, refusal: Refusal, status: int) -> Response:
    """All lines with their maximum, the provisional figure, and the own score."""
    answer = page.ask(show_self_scores, key=key)
    page.call_as_of_year(answer.year)
    rows = [
        {"indicator": each.indicator, "points_hundredths": each.own, "note": each.note}
        for each in answer.lines
        if each.scorable and each.verified is None
    ]
    form = _drawn(page, self_score, key, written, refusal, scores=rows)
    mine = page.may("self_score", branch=answer.branch) and not answer.over
    template = "year_work/self_scores.html"
    return render(page, template, status=status, answer=answer, form=form, refusal=refusal, mine=mine)


def verification(page: Page, key: str, written: Written, refusal: Refusal, status: int) -> Response:
    """Own, computed and verified score side by side, and what raters, respondents and superiors said."""
    answer = page.ask(show_verification, key=key)
    page.call_as_of_year(answer.sheet.year)
    lines = [each for each in answer.sheet.lines if each.by_hand or each.computed is not None]
    rows = [
        {"indicator": each.indicator, "points_hundredths": None, "because": "", "seen": each.seen}
        for each in lines
    ]
    sent = written.get("verifications")
    return render(
        page,
        "year_work/verification_sheet.html",
        status=status,
        answer=answer,
        form=_drawn(page, verify_lines, key, written, refusal, verifications=rows),
        refusal=refusal,
        ticked=_ticked(sent) if isinstance(sent, list) else set(answer.agreed),
        asking=[asked for each in answer.sheet.lines if (asked := _asking(page, key, each)).anything],
    )


def _ticked(sent: Sequence[Mapping[str, object]]) -> set[str]:
    """The lines that were sent with points; nothing is ticked anew on a form that comes back."""
    return {str(row.get("indicator")) for row in sent if row.get("points_hundredths")}


def choices_on_line(page: Page, key: str, written: Written) -> dict[str, list[tuple[str, str]]]:
    """The groups that rate a line, and the options of its survey; nothing while it is not known which line is meant."""
    for each in page.ask(show_verification, key=key).sheet.lines:
        if each.indicator == written.get("indicator"):
            return {"group": _said(page, each.groups), "option": _said(page, each.options)}
    return {}


def _drawn(
    page: Page, verb: Verb[Any, Any], key: str, written: Written, refusal: Refusal, **proposed: object
) -> DrawnVerb:
    return drawn(page, verb, key, SHEET.initial, written, refusal, proposed)


@dataclass(frozen=True)
class Asking:
    """A line that asks others, with the forms in which it is recorded what they said; ``None`` for what it does not ask."""

    line: LineScored
    ratings: DrawnVerb | None
    survey: DrawnVerb | None
    score: DrawnVerb | None
    rank: DrawnVerb | None

    @property
    def anything(self) -> bool:
        return any((self.ratings, self.survey, self.score, self.rank))


def _asking(page: Page, key: str, line: LineScored) -> Asking:
    def form(verb: Verb[Any, Any], asks: object, **proposed: object) -> DrawnVerb | None:
        # The address keeps which line it is: a form that comes back is still about it.
        fixed = {"indicator": line.indicator}
        return drawn(page, verb, key, SHEET.initial, proposed=proposed, fixed=fixed) if asks else None

    ratings = form(record_ratings, line.groups)
    return Asking(
        line,
        ratings.offering(group=_said(page, line.groups)) if ratings else None,
        form(
            record_survey, line.options, options=[{"option": each.id, "count": None} for each in line.options]
        ),
        form(record_superior_score, line.superior_full is not None),
        form(record_superior_rank, line.superior_rank),
    )


def _said(page: Page, choosable: Sequence[Choosable]) -> list[tuple[str, str]]:
    return [(each.id, each.called.en if page.language == "en" else each.called.zh) for each in choosable]


router = APIRouter()
add_verbs(
    router,
    SHEET,
    shown_at={"score_sheet": sheet_of},
    drawn_by={"self_score": own_scores, "verify_lines": verification},
    offered={"record_ratings": choices_on_line, "record_survey": choices_on_line},
)


@router.get("/score-sheets/{key}")
def show_sheet(key: str, page: Annotated[Page, Depends(allow("read_assessment"))]) -> Response:
    """The page of a sheet as people score it."""
    return RedirectResponse(room_of(page, key), status_code=303)


def _key(page: Page, pairing_id: str) -> str:
    return key_of_sheet(year_of_pairing(page, find(page, pairings, pairing_id)), pairing_id)


@router.get("/self-scores/{pairing_id}")
def show_own(pairing_id: str, page: Annotated[Page, Depends(allow("read_self_scores"))]) -> Response:
    """The unit's own scores of a pairing's year."""
    return own_scores(page, _key(page, pairing_id), {}, Refusal(), 200)


@router.get("/verification")
def list_verification(page: Annotated[Page, Depends(allow("read_verification"))]) -> Response:
    """How far each pairing is: lines scored by the unit, different, verified, and what is still to be entered."""
    year, listing = year_of(page), ListView(page, sorts=("attention", "village", "different", "verified"))
    answer = answer_of(page, list_score_sheets, year=year, limit=listing.limit)
    listing.filters = [
        Filter("q", page.t("村或单位"), page.asked("q")),
        Filter(
            "township", page.t("乡镇"), page.asked("township"), [(each, each) for each in answer.townships]
        ),
    ]
    states = [
        (each.state.value, page.t(label("sheet_state", each.state.value)), each.count, _LIGHTS[each.state])
        for each in answer.states
    ]
    return render(
        page,
        "year_work/verification.html",
        year=year,
        answer=answer,
        listing=listing,
        chips=chips_of(page, "state", answer.every, states),
    )


_LIGHTS = {SheetState.DIFFERENT: "yellow", SheetState.OPEN: "waiting", SheetState.VERIFIED: "done"}


@router.get("/verification/export")
def export_verification(page: Annotated[Page, Depends(allow("read_verification"))]) -> Response:
    """All rows of the same list as a workbook or a table."""
    answer = answer_of(page, list_score_sheets, year=year_of(page), after=None, limit=ALL)
    t = page.t
    heading = [t("联建村（社区）"), t("联建单位"), t("乡镇"), t("适用指标"), t("已自评"), t("自评不同")]
    heading += [t("已审核"), t("审核后有变"), t("待登记")]
    rows = (
        (
            *(row.village_name, row.unit_name, row.township, row.lines, row.own, row.differ),
            *(row.verified, row.moved, " ".join(row.missing)),
        )
        for row in answer.rows
    )
    return exported(page, "verification", [heading, *rows])


@router.get("/verification/{pairing_id}")
def show_verified(pairing_id: str, page: Annotated[Page, Depends(allow("read_verification"))]) -> Response:
    """The verification of a pairing's year."""
    return verification(page, _key(page, pairing_id), {}, Refusal(), 200)


def own_pairings(page: Page, year: int) -> list[board.PairingListing]:
    """The pairings of the reader's own unit."""
    return [row for row in board.pairing_rows(page.connection, year, page.at) if sees(page, row)]
