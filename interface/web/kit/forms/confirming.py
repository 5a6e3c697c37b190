"""Before what cannot be taken back, or bears the number of another: the page that says what will be done, and asks once more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Response

from application.acting import act
from application.input.reading import Written
from application.look import look_of
from application.things import FINDING
from application.verb import Verb
from interface.locales import translate
from interface.web.kit.forms.about import about_of, public_years
from interface.web.kit.page.page import Page
from interface.web.kit.page.posted import CARRIED
from interface.web.kit.rendering import render
from interface.words import EVENTS
from interface.words.pages.irreversible import CONSEQUENCES, SERVED_BY_HAND, SERVED_BY_SYSTEM
from interface.words.phrase import Phrase
from projections.boards.people.accounts import units_that_sign

CONFIRMED, TO_EDIT = "yes", "no"
"""What the form says once it is confirmed, or goes back to be edited."""


def _pairings_of_year(page: Page, key: str) -> int:
    return len(page.system.scoring.results(page.connection, int(key), page.at))


COUNTED: Mapping[str, Callable[[Page, str], int]] = {"freeze_run": _pairings_of_year}
"""How much a verb is done to, for what is said before it."""


def _how_served(page: Page, key: str) -> Phrase:
    signs = FINDING.owner(look_of(page.system), key).branch in units_that_sign(
        page.connection, page.today, page.at
    )
    return SERVED_BY_SYSTEM if signs else SERVED_BY_HAND


DEPENDS: Mapping[str, Callable[[Page, str], Phrase]] = {"order_rectification": _how_served}
"""What else is said before a verb, as the thing stands."""


def consequence(page: Page, verb: Verb[Any, Any], key: str) -> str:
    """What a verb that cannot be taken back does, and what then is no longer possible."""
    count, depends = COUNTED.get(verb.name), DEPENDS.get(verb.name)
    said = translate(page.language, CONSEQUENCES[verb.name], **({"n": count(page, key)} if count else {}))
    space = " " if page.language == "en" else ""
    return f"{said}{space}{depends(page, key).said(page.language)}" if depends else said


def to_confirm(page: Page, verb: Verb[Any, Any], key: str, written: Written, form: Any) -> Response:
    """What would be recorded and what follows from it; all that was typed goes along. ``form``: as it is drawn.

    Raises what the verb would raise: nothing is confirmed that would then be refused.
    """
    tried = act(page.system, verb, key, written, page.actor, page.by, strict=False, dry_run=True)
    return render(
        page,
        "kit/forms/confirm.html",
        form=form,
        key=key,
        thing=verb.on,
        about=about_of(page, verb.on, key) if key else None,
        public=public_years(page, verb, key),
        said=consequence(page, verb, key) if verb.irreversible else "",
        recorded=list(dict.fromkeys(EVENTS[each.NAME].title.said(page.language) for each in tried.events)),
        typed=[(name, value) for name, value in page.request.state.entered if name not in CARRIED],
    )
