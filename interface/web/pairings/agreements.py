"""The list of agreements, as they stand on any day."""

from __future__ import annotations

from fastapi import APIRouter, Response

from application.questions.answers.pairing.agreements import AgreementState, list_agreements
from interface.web.kit.asking import answer_of
from interface.web.kit.listing import Filter, ListView, chips, of_township
from interface.web.kit.rendering import render
from interface.web.kit.values import day_in
from interface.web.pairings.works import Reader
from interface.words import label

router = APIRouter()


@router.get("/agreements")
def read_agreements(page: Reader) -> Response:
    """Agreements by how they stand on a day, today where the address says none."""
    asked = page.asked("on")
    on = day_in("on", asked) if asked else page.today
    listing = ListView(page, sorts=("-day",))
    answer = answer_of(page, list_agreements, limit=listing.limit)
    listing.filters = [
        Filter("q", page.t("查找"), page.asked("q")),
        *of_township(page, answer.townships),
        Filter("on", page.t("在哪一日"), asked, day=True),
    ]
    counts = {each.name: each.count for each in answer.parts}
    counted = [(name, page.t(label("agreement_state", name)), n) for name, n in counts.items()]
    return render(
        page,
        "pairings/agreements.html",
        on=on,
        answer=answer,
        listing=listing,
        in_force=counts[AgreementState.IN_FORCE.value],
        chips=chips(page, "state", counted, answer.found),
    )
