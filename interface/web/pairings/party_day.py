"""Where a clerk of a unit fixes the day of its themed party day, or changes it."""

from __future__ import annotations

from application.things import BRANCH
from application.verbs.registry.units_and_villages import change_party_day, fix_party_day
from interface.web.kit.forms.drawn import DrawnVerb
from interface.web.kit.forms.of_verb import address_of, look_at, title_of
from interface.web.kit.page.page import Page


def fixing(page: Page) -> DrawnVerb | None:
    """The step that is open to whoever acts for a unit, without its fields; ``None`` for others, and on a page of the past."""
    branch = page.actor.branch
    if page.is_past or not branch:
        return None
    state = BRANCH.state(look_at(page), branch)
    for verb in (fix_party_day, change_party_day):
        if page.may(verb.name, branch=branch) and verb.guard(state) is None:
            return DrawnVerb(verb.name, title_of(page, verb), page.link(address_of(verb, branch)), [])
    return None
