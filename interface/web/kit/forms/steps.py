"""What the reader may do with a thing, with the forms of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from application.input.reading import Written
from application.verb import Thing
from application.verbs import VERBS, verbs_of
from interface.web.kit.forms.drawn import DrawnVerb, drawn
from interface.web.kit.forms.of_verb import AnyVerb, address_of, look_at, state_of, title_of
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import environment


def generated(thing: Thing[Any]) -> list[AnyVerb]:
    """The verbs of a thing whose pages are made from their fields."""
    return [verb for verb in verbs_of(thing.kind) if not verb.beside_log]


@pass_context
def _form_of(
    context: Context, name: str, key: str, proposed: Written | None = None, **fixed: object
) -> DrawnVerb | None:
    """For templates: the form of a verb on a thing, ``None`` where the reader may not use it, or the page shows the past.

    What the state refuses has no fields, and says why. ``proposed``: what the page offers; ``fixed``: what it does not ask.
    """
    page, verb = context["page"], VERBS[name]
    look = look_at(page)
    if page.is_past or not verb.may(page.actor, verb.owner(look, key, fixed)):
        return None
    state = state_of(page, verb, key)
    refused = None if verb.begins else verb.guard(state, key)
    if refused is not None:
        return DrawnVerb(verb.name, title_of(page, verb), address_of(verb, key), [], refused)
    return drawn(page, verb, key, state, fixed=fixed, proposed=proposed)


@dataclass(frozen=True)
class Steps:
    """What the reader may do with a thing: ``open`` with their forms, ``aside`` used rarely and linked to, ``refused`` by the
    state as it is."""

    open: list[DrawnVerb]
    aside: list[DrawnVerb]
    refused: list[DrawnVerb]


def steps_of(page: Page, thing: Thing[Any], key: str, *, without: frozenset[str] = frozenset()) -> Steps:
    """The verbs of a thing that this reader may use, but for those that the page draws elsewhere; none in the past."""
    steps = Steps([], [], [])
    if page.is_past:
        return steps
    look = look_at(page)
    state, owner = thing.state(look, key), thing.owner(look, key)
    for verb in generated(thing):
        if verb.begins or verb.name in without or not verb.may(page.actor, owner):
            continue
        refused = verb.guard(state, key)
        if refused is None and not verb.aside:
            steps.open.append(drawn(page, verb, key, state))
            continue
        # What is only named is drawn without its fields: what could be chosen in them need not be looked up.
        named = DrawnVerb(
            verb.name, title_of(page, verb), address_of(verb, key), [], refused, danger=verb.irreversible
        )
        (steps.refused if refused else steps.aside).append(named)
    return steps


environment.globals["form_of"] = _form_of
