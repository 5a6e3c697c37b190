"""The list of a year's pairings: chosen from last year's what changes, then made in one act, and read afterwards."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.input.reading import Written
from application.questions.answers.pairing.pairing_lists import PairingListShown, show_pairing_list
from application.things import PAIRING_LIST
from application.verbs.pairing.pairing_lists import reissue_pairings
from domain.pairing.events import PairingChange
from interface.web.kit.forms.drawn import Refusal, drawn
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import render

router = APIRouter()


def reissuing(page: Page, key: str, written: Written, refusal: Refusal, status: int) -> Response:
    """What changes, each with what becomes of it; all others are renewed. Which those are was chosen on the page before."""
    answer = _list(page, key)
    sent = written.get("changes")
    chosen = (
        [str(row.get("pairing_id")) for row in sent]
        if isinstance(sent, list) and sent
        else page.request.query_params.getlist("changed")
    )
    chosen = list(dict.fromkeys(chosen))
    rows = [
        {"pairing_id": each, "change": PairingChange.REPLACE.value, "branch": "", "because": ""}
        for each in chosen
    ]
    renewed = len({each.pairing_id for each in answer.waiting} - set(chosen))
    proposed = {
        "reissued_on": date(answer.year, 1, 1).isoformat(),
        "renewed": renewed,
        "changes": rows,
    }
    # How many are renewed is what this page shows, also where it comes back.
    stated = {name: value for name, value in written.items() if name != "renewed"}
    state = PAIRING_LIST.initial
    form = drawn(page, reissue_pairings, key, state, stated, refusal, proposed)
    return render(
        page,
        "pairings/reissue.html",
        status=status,
        answer=answer,
        chosen=chosen,
        form=form,
        refusal=refusal,
    )


add_verbs(router, PAIRING_LIST, drawn_by={"reissue_pairings": reissuing})


@router.get("/pairing-lists/{key}")
def read_pairing_list(key: str, page: Annotated[Page, Depends(allow("read_registry"))]) -> Response:
    """Last year's pairings as they wait to be renewed, or what changed when they were."""
    answer = _list(page, key)
    may = answer.reissued_on is None and not page.is_past and page.may(reissue_pairings.name)
    return render(page, "pairings/pairing_list.html", answer=answer, may=may)


def _list(page: Page, key: str) -> PairingListShown:
    answer = page.ask(show_pairing_list, key=key)
    page.call_as_of_year(answer.year)
    return answer
