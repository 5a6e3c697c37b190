"""The page on which a unit or a village is split: the new ones, and which pairing goes to which, with what goes along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fastapi import Response

from application.input.reading import Written
from application.questions.answers.pairing.holdings import show_unit_holdings, show_village_holdings, staying
from application.things import BRANCH
from application.verbs.registry.splitting import split_branch, split_village
from domain.registry.splitting import MOST
from interface.web.kit.forms.drawn import Refusal, drawn
from interface.web.kit.forms.form_fields import FormField
from interface.web.kit.forms.of_verb import AnyVerb, look_at
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import render

SHOWN = 3
"""New ones that can be chosen before their names are entered; so many rows are empty at first."""


def splitting(page: Page, key: str, written: Written, refusal: Refusal, status: int) -> Response:
    """A unit is split."""
    return _page(page, split_branch, key, written, refusal, status)


def splitting_village(page: Page, key: str, written: Written, refusal: Refusal, status: int) -> Response:
    """A village or community is split."""
    return _page(page, split_village, key, written, refusal, status)


def _page(page: Page, verb: AnyVerb, key: str, written: Written, refusal: Refusal, status: int) -> Response:
    holdings = page.ask(show_unit_holdings if verb.on is BRANCH else show_village_holdings, key=key, on=None)
    state = verb.on.state(look_at(page), key)
    held = {each.pairing_id for each in holdings.rows}
    # What was chosen for a pairing that has left meanwhile is shown, too: nothing typed is lost.
    left = [key for row in _rows(written) if (key := str(row.get("pairing_id", ""))) and key not in held]
    proposed = {
        "moves": [
            {"pairing_id": key, "part": ""} for key in [*(each.pairing_id for each in holdings.rows), *left]
        ]
    }
    form = drawn(page, verb, key, state, written, refusal, proposed)
    form = form.offering(part=_parts(page, form.field("parts").rows))
    fields = [_may_stay(each) if each.name == "moves" else each for each in form.fields]
    return render(
        page,
        "registry/split.html",
        status=status,
        form=replace(form, fields=fields),
        refusal=refusal,
        thing=verb.on,
        key=key,
        name=state.name,
        holdings=holdings.rows,
        held=held,
        staying=staying(
            page.connection, [each.pairing_id for each in holdings.rows], page.today.year, page.at
        ),
    )


def _rows(written: Written) -> list[Mapping[str, object]]:
    """The pairings that are written, each with where it goes."""
    moves = written.get("moves")
    return [row for row in moves if isinstance(row, Mapping)] if isinstance(moves, list | tuple) else []


def _parts(page: Page, rows: Sequence[Sequence[FormField]]) -> list[tuple[str, str]]:
    """The new ones to choose from, by their names once those are entered."""
    names = [row[0].value for row in rows[:MOST]]
    return [
        (str(n), f"{n} {name}" if name else page.t("第 %(n)s 个新设的", n=n))
        for n, name in enumerate(names, 1)
        if name or n <= SHOWN
    ]


def _may_stay(table: FormField) -> FormField:
    """With nothing chosen, a pairing stays."""
    return replace(table, rows=[[replace(each, required=False) for each in row] for row in table.rows])
